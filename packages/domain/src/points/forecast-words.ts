// forecast-words.ts: a forecast in English and Norwegian

import type { Language } from './language.ts'

/** What a language must be able to say of a forecast. What only the caller can name is handed in as text. */
export interface ForecastWords {
  readonly title: (asked: { readonly doctor: string; readonly date: string; readonly asKnown: string }) => string
  readonly now: (points: string, mandatory: string, needed: number) => string
  readonly expected: (through: string, points: string, mandatory: string, needed: number) => string
  readonly nothingMissing: string
  /** Nothing that was tried brings something of what is missing. */
  readonly outOfReach: string
  /** How the last safe days were found, and what is taken for granted. */
  readonly tried: string
  readonly lastSafeDay: (day: string) => string
  readonly plannedSessions: string
  readonly planned: (session: {
    readonly date: string
    readonly group: string
    readonly minutes: number
    readonly counted: number
  }) => string
  readonly stillMissing: string
  readonly threshold: (lacking: {
    readonly group: string
    readonly sessions: number
    readonly minutes: number
    readonly from: string
    readonly through: string
  }) => string
  readonly mandatory: (points: string, minutes: number | null) => string
  /** Null: nothing that was tried brings it by then. */
  readonly by: (last: string, enough: { readonly group: string; readonly lastSafeDay: string } | null) => string
}

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`
const both = (parts: ReadonlyArray<string | null>, and: string): string =>
  parts.filter((part) => part !== null).join(and)

const english: ForecastWords = {
  title: ({ doctor, date, asKnown }) => `Forecast for ${doctor} from ${date}, ${asKnown}`,
  now: (points, mandatory, needed) => `Now: ${points} points, ${mandatory} of ${needed} mandatory`,
  expected: (through, points, mandatory, needed) =>
    `On ${through}, with everything planned attended: ${points} points, ${mandatory} of ${needed} mandatory`,
  nothingMissing: 'Nothing more is needed.',
  lastSafeDay: (day) => `More is needed than is planned, and something more has to be held by ${day}.`,
  outOfReach: 'Something of what is missing can no longer be reached in that way.',
  tried: [
    'Tried by supposing sessions of one of the doctor’s groups, one a day, each as long as a day can count.',
    'Taken for granted: that they can be held, that enough members come, and that the group signs for them.',
    'Where it is too late to plan anything more, only what is planned or wished for already is supposed.',
  ].join(' '),
  plannedSessions: 'Planned:',
  planned: ({ date, group, minutes, counted }) =>
    `${date} with group ${group}: ${count(minutes, 'minute', 'minutes')}, ${counted} will count`,
  stillMissing: 'Still missing:',
  threshold: ({ group, sessions, minutes, from, through }) =>
    `With group ${group}, ${from} through ${through}: ${both(
      [
        sessions === 0 ? null : count(sessions, 'more counting session', 'more counting sessions'),
        minutes === 0 ? null : count(minutes, 'more counting minute', 'more counting minutes'),
      ],
      ' and ',
    )}.`,
  mandatory: (points, minutes) =>
    `Mandatory in the period: ${points} points${minutes === null ? '' : `, ${count(minutes, 'more counting minute', 'more counting minutes')}`}.`,
  by: (last, enough) =>
    enough === null
      ? `By ${last}: can no longer be reached.`
      : `By ${last}: can be reached with group ${enough.group}, the first session held by ${enough.lastSafeDay}.`,
}

const norwegian: ForecastWords = {
  title: ({ doctor, date, asKnown }) => `Prognose for ${doctor} fra ${date}, ${asKnown}`,
  now: (points, mandatory, needed) => `Nå: ${points} poeng, ${mandatory} av ${needed} obligatoriske`,
  expected: (through, points, mandatory, needed) =>
    `${through}, med alt det planlagte gjennomført: ${points} poeng, ${mandatory} av ${needed} obligatoriske`,
  nothingMissing: 'Det trengs ikke mer.',
  lastSafeDay: (day) => `Det trengs mer enn det som er planlagt, og noe mer må holdes senest ${day}.`,
  outOfReach: 'Noe av det som mangler, kan ikke lenger nås på den måten.',
  tried: [
    'Prøvd med tenkte møter i en av legens smågrupper, ett om dagen, hvert så langt som en dag kan telle.',
    'Det er tatt for gitt at de kan holdes, at nok medlemmer kommer, og at smågruppen har undertegnet for dem.',
    'Der det er for sent å planlegge mer, er bare det som alt er planlagt eller ønsket, tenkt holdt.',
  ].join(' '),
  plannedSessions: 'Planlagt:',
  planned: ({ date, group, minutes, counted }) =>
    `${date} med smågruppe ${group}: ${count(minutes, 'minutt', 'minutter')}, ${counted} vil telle`,
  stillMissing: 'Mangler fortsatt:',
  threshold: ({ group, sessions, minutes, from, through }) =>
    `Med smågruppe ${group}, ${from} til og med ${through}: ${both(
      [
        sessions === 0 ? null : count(sessions, 'tellende møte til', 'tellende møter til'),
        minutes === 0 ? null : count(minutes, 'tellende minutt til', 'tellende minutter til'),
      ],
      ' og ',
    )}.`,
  mandatory: (points, minutes) =>
    `Obligatorisk i perioden: ${points} poeng${minutes === null ? '' : `, ${count(minutes, 'tellende minutt til', 'tellende minutter til')}`}.`,
  by: (last, enough) =>
    enough === null
      ? `Innen ${last}: kan ikke lenger nås.`
      : `Innen ${last}: kan nås med smågruppe ${enough.group}, det første møtet holdt senest ${enough.lastSafeDay}.`,
}

/** The words of each language. */
export const forecastWordsOf: Readonly<Record<Language, ForecastWords>> = { en: english, nb: norwegian }

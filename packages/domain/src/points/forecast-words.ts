// forecast-words.ts: a forecast in English and Norwegian

import type { Language } from './language.ts'

/** What a language must be able to say of a forecast. What only the caller can name is handed in as text. */
export interface ForecastWords {
  readonly title: (asked: { readonly doctor: string; readonly date: string; readonly asKnown: string }) => string
  readonly now: (points: string, mandatory: string, needed: number) => string
  readonly expected: (through: string, points: string, mandatory: string, needed: number) => string
  readonly nothingMissing: string
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
  readonly mandatory: (points: string, minutes: number) => string
  readonly by: (last: string, lastSafeDay: string) => string
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
    `Mandatory in the period: ${points} points, ${count(minutes, 'more counting minute', 'more counting minutes')}.`,
  by: (last, lastSafeDay) => `By ${last}; something more has to be held by ${lastSafeDay}.`,
}

const norwegian: ForecastWords = {
  title: ({ doctor, date, asKnown }) => `Prognose for ${doctor} fra ${date}, ${asKnown}`,
  now: (points, mandatory, needed) => `Nå: ${points} poeng, ${mandatory} av ${needed} obligatoriske`,
  expected: (through, points, mandatory, needed) =>
    `${through}, med alt det planlagte gjennomført: ${points} poeng, ${mandatory} av ${needed} obligatoriske`,
  nothingMissing: 'Det trengs ikke mer.',
  lastSafeDay: (day) => `Det trengs mer enn det som er planlagt, og noe mer må holdes senest ${day}.`,
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
    `Obligatorisk i perioden: ${points} poeng, ${count(minutes, 'tellende minutt til', 'tellende minutter til')}.`,
  by: (last, lastSafeDay) => `Innen ${last}; noe mer må holdes senest ${lastSafeDay}.`,
}

/** The words of each language. */
export const forecastWordsOf: Readonly<Record<Language, ForecastWords>> = { en: english, nb: norwegian }

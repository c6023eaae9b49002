// words.ts: what a page says beside the sentences of the explanation itself: headings, columns and the labels of the chart

import type { Language } from '@smagruppe/domain'

/** What a language must be able to say on a page. What is written as people of that language write it is handed in as text. */
export interface PageWords {
  readonly onThisPage: string
  readonly total: string
  readonly years: string
  readonly programme: string
  readonly activities: string
  readonly forecast: string
  readonly attendances: string
  readonly rules: string
  readonly demandsFollow: string
  /** Of the table of years. */
  readonly year: Readonly<Record<YearColumn, string>>
  readonly yearsTable: string
  readonly allYears: string
  readonly chart: (from: string, to: string) => string
  readonly chartIsTable: string
  readonly soFar: string
  readonly begins: (date: string) => string
  readonly ends: (date: string) => string
  readonly asOf: (date: string) => string
  readonly needed: (points: number) => string
  readonly atMost: (points: number) => string
  /** Of the table of what the programme demands. */
  readonly demand: Readonly<Record<'title' | 'needed' | 'found' | 'missing' | 'standing', string>>
  readonly demandsTable: string
  readonly standing: Readonly<Record<'met' | 'missing' | 'notDemanded', string>>
  /** What became of an attendance or an activity. */
  readonly counts: string
  readonly countsAs: (points: string) => string
  readonly heldBack: (minutes: number) => string
  readonly nothing: string
  /** In the margin of a sheet of paper, around its number and how many there are. */
  readonly paper: Readonly<Record<'page' | 'of', string>>
}

/** The columns of the table of years. */
export type YearColumn =
  | 'year'
  | 'attended'
  | 'minutes'
  | 'pending'
  | 'mandatory'
  | 'elective'
  | 'overflow'
  | 'points'
  | 'sum'

const english: PageWords = {
  onThisPage: 'On this page',
  total: 'What it comes to',
  years: 'Year by year',
  programme: 'The whole programme',
  activities: 'Courses, visits and other work',
  forecast: 'Forecast',
  attendances: 'Attendance by attendance',
  rules: 'Rules',
  demandsFollow: 'The programme follows these rules',
  year: {
    year: 'Year',
    attended: 'Attended',
    minutes: 'Minutes that count',
    pending: 'Minutes held back',
    mandatory: 'Mandatory',
    elective: 'Elective',
    overflow: 'Beyond both',
    points: 'Points',
    sum: 'Sum so far',
  },
  yearsTable: 'Points of each calendar year of the period',
  allYears: 'Together',
  chart: (from, to) =>
    `Bar chart: points of each calendar year of the period ${from} to ${to}, each bar on top of the last`,
  chartIsTable: 'Each bar begins where the year before ended. The table has the same figures.',
  soFar: 'Points in the period so far',
  begins: (date) => `period from ${date}`,
  ends: (date) => `to ${date}`,
  asOf: (date) => `asked for ${date}`,
  needed: (points) => `needed: ${points}`,
  atMost: (points) => `at most: ${points}`,
  demand: { title: 'What', needed: 'Needed', found: 'Found', missing: 'Missing', standing: 'Standing' },
  demandsTable: 'What the programme asks for, and what is there',
  standing: { met: 'met', missing: 'missing', notDemanded: 'not demanded' },
  counts: 'counts',
  countsAs: (points) => `counts, ${points} points`,
  heldBack: (minutes) => `held back, ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`,
  nothing: 'no points',
  paper: { page: 'Page', of: 'of' },
}

const norwegian: PageWords = {
  onThisPage: 'På denne siden',
  total: 'Summen',
  years: 'År for år',
  programme: 'Hele etterutdanningen',
  activities: 'Kurs, besøk og annet',
  forecast: 'Prognose',
  attendances: 'Oppmøte for oppmøte',
  rules: 'Regler',
  demandsFollow: 'Etterutdanningen følger disse reglene',
  year: {
    year: 'År',
    attended: 'Oppmøter',
    minutes: 'Minutter som teller',
    pending: 'Minutter holdt tilbake',
    mandatory: 'Obligatoriske',
    elective: 'Valgfrie',
    overflow: 'Ut over begge',
    points: 'Poeng',
    sum: 'Sum så langt',
  },
  yearsTable: 'Poeng for hvert kalenderår i perioden',
  allYears: 'Til sammen',
  chart: (from, to) =>
    `Søylediagram: poeng for hvert kalenderår i perioden ${from} til ${to}, hver søyle oppå den forrige`,
  chartIsTable: 'Hver søyle begynner der året før sluttet. Tabellen har de samme tallene.',
  soFar: 'Poeng i perioden så langt',
  begins: (date) => `periode fra ${date}`,
  ends: (date) => `til ${date}`,
  asOf: (date) => `spurt per ${date}`,
  needed: (points) => `krav: ${points}`,
  atMost: (points) => `høyst: ${points}`,
  demand: { title: 'Hva', needed: 'Kreves', found: 'Funnet', missing: 'Mangler', standing: 'Status' },
  demandsTable: 'Hva etterutdanningen krever, og hva som er på plass',
  standing: { met: 'oppfylt', missing: 'mangler', notDemanded: 'ikke et krav' },
  counts: 'teller',
  countsAs: (points) => `teller, ${points} poeng`,
  heldBack: (minutes) => `holdt tilbake, ${minutes} ${minutes === 1 ? 'minutt' : 'minutter'}`,
  nothing: 'ingen poeng',
  paper: { page: 'Side', of: 'av' },
}

/** The words of each language. */
export const pageWordsOf: Readonly<Record<Language, PageWords>> = { en: english, nb: norwegian }

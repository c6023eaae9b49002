// words.ts: what stands around the answers, in each language

import {
  type Language,
  momentIn,
  notationOf,
  type Question,
  type Register,
  type SizeDistribution,
  type TopicOrigin,
} from '@smagruppe/domain'

/** The words of tables and reports. */
export interface Words {
  readonly points: {
    readonly title: (asked: Asked) => string
    readonly columns: Headings<'name' | 'before' | 'minutes' | 'mandatory' | 'elective' | 'missing' | 'pending'>
    readonly noDoctors: string
    readonly below: (doctors: number) => string
  }
  readonly register: {
    readonly title: (asked: Asked) => string
    readonly columns: Headings<'group' | 'name' | 'place' | 'size' | 'warning' | 'declared' | 'contact'>
    readonly warning: Readonly<Record<'UNDER' | 'OVER', (members: number) => string>>
    readonly none: string
    readonly noGroups: string
    readonly below: (sizes: SizeDistribution) => string
  }
  readonly topics: {
    readonly title: (asked: Asked) => string
    readonly columns: Headings<'date' | 'session' | 'group' | 'topic' | 'origin' | 'year' | 'times'>
    readonly origin: Readonly<Record<TopicOrigin, string>>
    readonly noTopics: string
    readonly below: (topics: number) => string
  }
  readonly people: { readonly forgotten: string; readonly noNumber: string }
  readonly imported: {
    readonly summary: (folder: string, rows: number, events: number, rejected: number, flagged: number) => string
    readonly notThere: (files: string) => string
    readonly rejected: string
    readonly flagged: string
    readonly columns: Headings<'file' | 'row' | 'column' | 'why'>
    readonly more: (rows: number) => string
  }
}

type Headings<Name extends string> = Readonly<Record<Name, string>>

/** What was asked, as it is written. */
export interface Asked {
  readonly date: string
  readonly asKnown: string
}

/** A question as people read it. */
export const written = (language: Language, { rules }: Register, { effectiveThrough, asKnownAt }: Question): Asked => {
  const { date, asKnown } = notationOf[language]
  return { date: date(effectiveThrough), asKnown: asKnown(momentIn(rules.zone, asKnownAt)) }
}

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`

/** A size that may be half of one: the middle between two. */
const half = (number: number, comma: '.' | ','): string => String(number).replace('.', comma)

const english: Words = {
  points: {
    title: ({ date, asKnown }) => `Points on ${date}, ${asKnown}`,
    columns: {
      name: 'name',
      before: 'before',
      minutes: 'minutes',
      mandatory: 'mandatory',
      elective: 'elective',
      missing: 'missing',
      pending: 'pending',
    },
    noDoctors: 'No doctor has a period that contains that date.',
    below: (doctors) => `${count(doctors, 'doctor', 'doctors')}; an indication, not a decision`,
  },
  register: {
    title: ({ date, asKnown }) => `Groups on ${date}, ${asKnown}`,
    columns: {
      group: 'group',
      name: 'name',
      place: 'place',
      size: 'size',
      warning: 'warning',
      declared: 'declared',
      contact: 'contact',
    },
    warning: { UNDER: (members) => `under ${members}`, OVER: (members) => `over ${members}` },
    none: 'none',
    noGroups: 'No groups.',
    below: ({ groups, smallest, largest, median }) =>
      `${count(groups, 'group', 'groups')}; ${smallest} to ${count(largest, 'member', 'members')}, median ${half(median, '.')}`,
  },
  topics: {
    title: ({ date, asKnown }) => `Topics through ${date}, ${asKnown}`,
    columns: {
      date: 'date',
      session: 'session',
      group: 'group',
      topic: 'topic',
      origin: 'origin',
      year: 'year',
      times: 'times',
    },
    origin: {
      'own-practice': 'own practice',
      hospital: 'hospital',
      conference: 'conference',
      'idea-bank': 'idea bank',
    },
    noTopics: 'No topics.',
    below: (topics) => `${count(topics, 'topic', 'topics')} taken up`,
  },
  people: { forgotten: '(forgotten)', noNumber: 'not claimed' },
  imported: {
    summary: (folder, rows, events, rejected, flagged) =>
      `Imported ${folder}: ${count(rows, 'row', 'rows')} read, ${count(events, 'event', 'events')} added, ${count(rejected, 'row', 'rows')} rejected, ${flagged} flagged.`,
    notThere: (files) => `Not there: ${files}`,
    rejected: 'Rejected:',
    flagged: 'Taken, but look at:',
    columns: { file: 'file', row: 'row', column: 'column', why: 'why' },
    more: (rows) => `… and ${rows} more`,
  },
}

const norwegian: Words = {
  points: {
    title: ({ date, asKnown }) => `Poeng per ${date}, ${asKnown}`,
    columns: {
      name: 'navn',
      before: 'før',
      minutes: 'minutter',
      mandatory: 'obligatorisk',
      elective: 'valgfri',
      missing: 'mangler',
      pending: 'venter',
    },
    noDoctors: 'Ingen lege har en periode som den datoen ligger i.',
    below: (doctors) => `${count(doctors, 'lege', 'leger')}; en veiledende beregning, ikke et vedtak`,
  },
  register: {
    title: ({ date, asKnown }) => `Smågrupper per ${date}, ${asKnown}`,
    columns: {
      group: 'gruppe',
      name: 'navn',
      place: 'kommune',
      size: 'leger',
      warning: 'varsel',
      declared: 'erklæring',
      contact: 'kontakt',
    },
    warning: { UNDER: (members) => `under ${members}`, OVER: (members) => `over ${members}` },
    none: 'ingen',
    noGroups: 'Ingen smågrupper.',
    below: ({ groups, smallest, largest, median }) =>
      `${count(groups, 'smågruppe', 'smågrupper')}; ${smallest} til ${count(largest, 'medlem', 'medlemmer')}, median ${half(median, ',')}`,
  },
  topics: {
    title: ({ date, asKnown }) => `Temaer til og med ${date}, ${asKnown}`,
    columns: {
      date: 'dato',
      session: 'møte',
      group: 'gruppe',
      topic: 'tema',
      origin: 'opphav',
      year: 'år',
      times: 'ganger',
    },
    origin: {
      'own-practice': 'egen praksis',
      hospital: 'sykehus',
      conference: 'konferanse',
      'idea-bank': 'idébank',
    },
    noTopics: 'Ingen temaer.',
    below: (topics) => `${count(topics, 'tema', 'temaer')} tatt opp`,
  },
  people: { forgotten: '(glemt)', noNumber: 'ikke oppgitt' },
  imported: {
    summary: (folder, rows, events, rejected, flagged) =>
      `Importerte ${folder}: ${count(rows, 'rad', 'rader')} lest, ${count(events, 'hendelse', 'hendelser')} lagt til, ${count(rejected, 'rad', 'rader')} avvist, ${flagged} merket.`,
    notThere: (files) => `Fantes ikke: ${files}`,
    rejected: 'Avvist:',
    flagged: 'Tatt med, men se på:',
    columns: { file: 'fil', row: 'rad', column: 'kolonne', why: 'hvorfor' },
    more: (rows) => `… og ${rows} til`,
  },
}

/** The words of each language. */
export const wordsOf: Readonly<Record<Language, Words>> = { en: english, nb: norwegian }

// words.ts: what stands around the answers, in each language

import {
  type Language,
  type Layer,
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
  readonly rules: {
    readonly title: (asked: Asked) => string
    /** `digest` is null for the pack that the scheme was founded with. */
    readonly inForce: (name: string, digest: string | null) => string
    readonly parameter: string
    readonly value: string
    readonly sources: string
    /** `until` is null where no end is said. */
    readonly term: (from: string, until: string | null) => string
    readonly published: (on: string) => string
    readonly layer: Readonly<Record<Layer, string>>
    readonly state: Readonly<Record<'in force' | 'ended' | 'not yet', string>>
    readonly nothing: string
    /** Of rules out of a file: that they can be published, have been now, or were before. */
    readonly outcome: Readonly<Record<'can be' | 'now' | 'before', string>>
    readonly before: string
    readonly after: string
    readonly noChanges: string
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
  rules: {
    title: ({ date, asKnown }) => `Rules on ${date}, ${asKnown}`,
    inForce: (name, digest) =>
      `In force for the whole country: ${name}, ${digest === null ? 'not published: the founding rules' : digest}`,
    parameter: 'parameter',
    value: 'what it says',
    sources: 'Sources:',
    term: (from, until) => (until === null ? `from ${from}` : `${from} to ${until} (that day not included)`),
    published: (on) => `published ${on}`,
    layer: {
      national: 'national',
      region: 'region',
      hospital: 'hospital',
      group: 'group',
      dispensation: 'dispensation',
    },
    state: { 'in force': 'in force', ended: 'ended', 'not yet': 'not yet' },
    nothing: 'Nothing was published by then.',
    outcome: { 'can be': 'Can be published', now: 'Published', before: 'Published before, nothing added' },
    before: 'in force',
    after: 'in the file',
    noChanges: 'It changes no rule.',
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
  rules: {
    title: ({ date, asKnown }) => `Regler per ${date}, ${asKnown}`,
    inForce: (name, digest) =>
      `Gjelder for hele landet: ${name}, ${digest === null ? 'ikke kunngjort: reglene ordningen begynte med' : digest}`,
    parameter: 'parameter',
    value: 'hva den sier',
    sources: 'Kilder:',
    term: (from, until) => (until === null ? `fra ${from}` : `${from} til ${until} (den dagen ikke medregnet)`),
    published: (on) => `kunngjort ${on}`,
    layer: {
      national: 'nasjonalt',
      region: 'region',
      hospital: 'sykehus',
      group: 'smågruppe',
      dispensation: 'dispensasjon',
    },
    state: { 'in force': 'gjelder', ended: 'over', 'not yet': 'gjelder ikke ennå' },
    nothing: 'Ingenting var kunngjort da.',
    outcome: { 'can be': 'Kan kunngjøres', now: 'Kunngjort', before: 'Kunngjort fra før, ingenting lagt til' },
    before: 'gjelder',
    after: 'i filen',
    noChanges: 'Ingen regel endres.',
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

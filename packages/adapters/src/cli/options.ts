// options.ts: what the words of a command line mean

import {
  Digest,
  type HprNumber,
  type Instant,
  instantOf,
  Label,
  type Language,
  type LegalDate,
  languages,
  parseHprNumber,
  parseLegalDate,
  tracks,
} from '@smagruppe/domain'
import { Argument, type Command, InvalidArgumentError, Option } from 'commander'
import { isLeft } from 'fp-ts/lib/Either.js'
import { isSome } from 'fp-ts/lib/Option.js'
import { parseEventStoreDbUrl } from '../eventstoredb/location.ts'
import { isEventStoreDbUrl } from '../stores/eventstoredb-url.ts'
import { isPostgresUrl } from '../stores/postgres-url.ts'
import type { Streams } from './printer.ts'
import type { SchemeName } from './schemes.ts'

/** Where a register is, and its vault. */
export interface Stores {
  readonly store: string
  readonly vault?: string
  /** Where the read models are, for a store that keeps none itself. */
  readonly projections?: string
}

/** The options of every answer: where the register is, whose rules it goes by, and how it is printed. */
export interface AnswerOptions extends Stores {
  readonly scheme?: SchemeName
  readonly lang: Language
  readonly json?: boolean
}

/** The options that every question takes. */
export interface QuestionOptions extends AnswerOptions {
  readonly asOf?: LegalDate
  readonly knownAt?: KnownAt
  /** A file with rules, whole or only what differs from those that the scheme was founded with. */
  readonly rules?: string
}

/** A moment, or the end of a day wherever the rules count their days. */
export type KnownAt = { readonly moment: Instant } | { readonly endOf: LegalDate }

/** The options of whoever publishes rules, takes them back or executes commands: in which capacity, and which office. */
export interface ActingOptions extends AnswerOptions {
  readonly role?: string
  readonly by: string
}

/** Words that are more than blanks, without those around them; otherwise says what is wanted. */
export const saying =
  (wanted: string) =>
  (written: string): string => {
    const words = written.trim()
    if (Label.is(words)) return words
    throw new InvalidArgumentError(wanted)
  }

/** Which office does it. */
export const byOption = (byDefault: string): Option =>
  new Option('--by <office>', 'who does it, an office and not a person’s name')
    .default(byDefault)
    .argParser(saying('Say which office.'))

/** What the points are used for. */
export const trackOption = (): Option =>
  new Option('--track <track>', 'which of the two tracks a minute can be used in')
    .choices(tracks)
    .default('resertification')

/** The argument that names a doctor. */
export const hprArgument = (): Argument =>
  new Argument('<hpr>', 'the HPR number of the doctor').argParser((written: string): HprNumber => {
    const parsed = parseHprNumber(written)
    if (isSome(parsed)) return parsed.value
    throw new InvalidArgumentError('An HPR number has 1 to 9 digits and is not zero.')
  })

const date = (written: string): LegalDate => {
  const parsed = parseLegalDate(written)
  if (isSome(parsed)) return parsed.value
  throw new InvalidArgumentError('Write a date as YYYY-MM-DD.')
}

const momentShape = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/

/** A date includes the whole day; an instant is taken to the millisecond. */
export const moment = (written: string): KnownAt => {
  const day = parseLegalDate(written)
  if (isSome(day)) return { endOf: day.value }
  const milliseconds =
    momentShape.test(written) && isSome(parseLegalDate(written.slice(0, 10))) ? Date.parse(written) : Number.NaN
  if (!Number.isNaN(milliseconds)) return { moment: instantOf(milliseconds) }
  throw new InvalidArgumentError(
    'Write a date as YYYY-MM-DD, or a moment as YYYY-MM-DDTHH:MM:SSZ or with +01:00 for Z.',
  )
}

export const file = (written: string): string => {
  if (written.includes('://')) throw new InvalidArgumentError('Name a file.')
  if (written.trim() === '') throw new InvalidArgumentError('Name a file.')
  return written
}

/** Where a register is. A file may be named as `sqlite:FILE`. */
export const place = (written: string): string => {
  if (isPostgresUrl(written)) return written
  if (isEventStoreDbUrl(written)) return eventStoreDbUrl(written)
  const path = written.replace(/^sqlite:(\/\/(?=\/))?/i, '')
  if (path.includes('://')) throw new InvalidArgumentError('Name a SQLite file, or a postgres:// or esdb:// URL.')
  return file(path)
}

const eventStoreDbUrl = (written: string): string => {
  const parsed = parseEventStoreDbUrl(written)
  if (isLeft(parsed)) throw new InvalidArgumentError(`${sentence(parsed.left.message)}.`)
  return written
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

/** Where rows or keys are kept, for which EventStoreDB has no place. */
export const placeBeside = (written: string): string => {
  if (isEventStoreDbUrl(written)) throw new InvalidArgumentError('Name a SQLite file, or a postgres:// URL.')
  return place(written)
}

export const storeOption = (): Option =>
  new Option(
    '--store <place>',
    'where the register is: a SQLite file, postgres://user@host/database?schema=name, or esdb://host:2113',
  )
    .default('smagruppe.db')
    .env('SMAGRUPPE_STORE')
    .argParser(place)

export const vaultOption = (): Option =>
  new Option(
    '--vault <place>',
    'where the keys of persons are, likewise (default: beside the store, as <store>.vault.db or schema <name>_vault)',
  )
    .env('SMAGRUPPE_VAULT')
    .argParser(placeBeside)

export const projectionsOption = (): Option =>
  new Option(
    '--projections <place>',
    'where the read models of an esdb:// store are: sqlite:FILE, a postgres:// URL, or memory (default: memory)',
  )
    .env('SMAGRUPPE_PROJECTIONS')
    .argParser((written) => (written === 'memory' ? written : placeBeside(written)))

/** A text with what stands for a password in URLs taken out. */
export const withoutPasswords = (text: string): string => text.replace(/(:\/\/[^\s:/@]*):\S*@/g, '$1@')

/** A vault and read models belong to one register: those that the environment names do not go with a store that was named otherwise. */
export const keepVaultWithItsStore = (command: Command): void => {
  for (const beside of ['vault', 'projections'])
    if (command.getOptionValueSource(beside) === 'env' && command.getOptionValueSource('store') === 'cli')
      command.setOptionValue(beside, undefined)
}

/** A day that something published begins or ends on. */
export const dateOption = (flags: string, description: string): Option => new Option(flags, description).argParser(date)

/** What published rules go by. */
export const digestOption = (): Option =>
  new Option('--digest <digest>', 'publish only what has this digest, as `rules check` printed it').argParser(
    (written) => {
      if (Digest.is(written)) return written
      throw new InvalidArgumentError('Write sha256: and 64 hexadecimal digits.')
    },
  )

export const asOfOption = (): Option =>
  new Option('--as-of <date>', 'consider what was effective through this date (default: today)').argParser(date)

export const knownAtOption = (): Option =>
  new Option(
    '--known-at <date>',
    'consider what was known by the end of this date, or by this moment (default: now)',
  ).argParser(moment)

export const jsonOption = (): Option => new Option('--json', 'print JSON instead')

export const csvOption = (): Option =>
  new Option('--csv <file>', 'also write the answer to this CSV file, the same in every language').argParser(file)

export const htmlOption = (): Option =>
  new Option(
    '--html <file>',
    'also write the explanation to this file, as a page for people: with a chart, the programme and the forecast, to be read or printed',
  ).argParser(file)

export const rulesOption = (): Option =>
  new Option(
    '--rules <file>',
    'answer by the rules in this JSON file, whole or only what differs from the default ones of the scheme',
  ).argParser(file)

/** The language of what people read: what was said, else what the machine speaks. */
export const langOption = ({ environment = {} }: Streams): Option =>
  new Option('--lang <language>', 'the language of tables and explanations')
    .choices([...languages])
    .default(languageOf(environment))
    .env('SMAGRUPPE_LANG')

/** Norwegian where the locale is Norwegian of any kind, English everywhere else. */
export const languageOf = (environment: NonNullable<Streams['environment']>): Language => {
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || ''
  return /^(nb|no|nn)([_.@-]|$)/i.test(locale) ? 'nb' : 'en'
}

/** For a part that is meant where no other is named: a word that is left over was to name another. */
export const refuseUnknownPart = ({ args: [word], parent }: Command): void => {
  if (word !== undefined) parent?.error(`error: unknown command '${word}'`)
}

const exitCodes = `Exit codes:
  0    done
  1    it could not be done; one line says why and what to do
  2    wrong usage; nothing was done
  130  interrupted (Ctrl-C); what was stored is whole`

/** What stands below the help of a command: examples, and how it can end. */
export const withExamples = (command: Command, ...examples: ReadonlyArray<string>): Command =>
  command.addHelpText('after', ['', 'Examples:', ...examples.map((line) => `  ${line}`), '', exitCodes].join('\n'))

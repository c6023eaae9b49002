// options.ts: what the words of a command line mean

import { endOf, type HprNumber, Instant, type LegalDate, oslo, parseHprNumber, parseLegalDate } from '@smagruppe/domain'
import { Argument, InvalidArgumentError, Option } from 'commander'
import { isSome } from 'fp-ts/lib/Option.js'
import { isPostgresUrl } from '../stores/postgres-url.ts'

/** The options that every question takes. */
export interface QuestionOptions {
  readonly store: string
  readonly vault?: string
  readonly asOf?: LegalDate
  readonly knownAt?: Instant
  readonly json?: boolean
}

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

/** A date includes the whole day; an instant is taken to the millisecond. */
const moment = (written: string): Instant => {
  if (Instant.is(written)) return written
  const parsed = parseLegalDate(written)
  if (isSome(parsed)) return endOf(oslo, parsed.value)
  throw new InvalidArgumentError('Write a date as YYYY-MM-DD, or a moment as YYYY-MM-DDTHH:MM:SS.sssZ.')
}

const file = (written: string): string => {
  if (written.includes('://')) throw new InvalidArgumentError('Name a file.')
  if (written.trim() === '') throw new InvalidArgumentError('Name a file.')
  return written
}

const place = (written: string): string => {
  if (isPostgresUrl(written)) return written
  if (written.includes('://')) throw new InvalidArgumentError('Name a SQLite file, or a postgres:// URL.')
  return file(written)
}

export const storeOption = (): Option =>
  new Option('--store <place>', 'where the register is: a SQLite file, or postgres://user@host/database?schema=name')
    .default('smagruppe.db')
    .argParser(place)

export const vaultOption = (): Option =>
  new Option(
    '--vault <place>',
    'where the keys of persons are, likewise (default: beside the store, as <store>.vault.db or schema <name>_vault)',
  ).argParser(place)

/** A text with what stands for a password in URLs taken out. */
export const withoutPasswords = (text: string): string => text.replace(/(:\/\/[^\s:/@]*):[^\s/]*@/g, '$1@')

export const asOfOption = (): Option =>
  new Option('--as-of <date>', 'consider what was effective through this date (default: today)').argParser(date)

export const knownAtOption = (): Option =>
  new Option('--known-at <date>', 'consider what was known by the end of this date (default: now)').argParser(moment)

export const jsonOption = (): Option => new Option('--json', 'print JSON instead of a table')

export const csvOption = (): Option =>
  new Option('--csv <file>', 'also write the answer to this CSV file').argParser(file)

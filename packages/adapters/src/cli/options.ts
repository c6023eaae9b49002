// options.ts: what the words of a command line mean

import { endOf, type HprNumber, Instant, type LegalDate, oslo, parseHprNumber, parseLegalDate } from '@smagruppe/domain'
import { Argument, InvalidArgumentError, Option } from 'commander'
import { isSome } from 'fp-ts/lib/Option.js'

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
  if (written.includes('://')) throw new InvalidArgumentError('Name a SQLite file; no other store is known yet.')
  if (written.trim() === '') throw new InvalidArgumentError('Name a file.')
  return written
}

export const storeOption = (): Option =>
  new Option('--store <file>', 'the SQLite file of the register').default('smagruppe.db').argParser(file)

export const vaultOption = (): Option =>
  new Option(
    '--vault <file>',
    'the SQLite file with the keys of persons (default: beside the store, as <store>.vault.db)',
  ).argParser(file)

export const asOfOption = (): Option =>
  new Option('--as-of <date>', 'consider what was effective through this date (default: today)').argParser(date)

export const knownAtOption = (): Option =>
  new Option('--known-at <date>', 'consider what was known by the end of this date (default: now)').argParser(moment)

export const jsonOption = (): Option => new Option('--json', 'print JSON instead of a table')

export const csvOption = (): Option =>
  new Option('--csv <file>', 'also write the answer to this CSV file').argParser(file)

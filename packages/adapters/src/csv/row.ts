// row.ts: one row of a sheet, cell by cell, with everything that is wrong with it

import { type HprNumber, type LegalDate, OrganisationNumber, parseHprNumber, parseLegalDate } from '@smagruppe/domain'
import { isSome, toNullable } from 'fp-ts/lib/Option.js'
import type { CsvRecord } from './reading.ts'

/** Why a row was not taken. */
export type RejectionCode =
  | 'REQUIRED'
  | 'INVALID_DATE'
  | 'INVALID_TIME'
  | 'INVALID_NUMBER'
  | 'INVALID_HPR'
  | 'INVALID_MUNICIPALITY_NUMBER'
  | 'INVALID_ORGANISATION_NUMBER'
  | 'INVALID_ROLE'
  | 'INVALID_CHANGE'
  | 'UNKNOWN_DOCTOR'
  | 'UNKNOWN_GROUP'
  | 'UNKNOWN_DEPARTMENT'
  | 'UNKNOWN_SESSION'
  | 'GROUP_NOT_AT_SESSION'
  | 'END_NOT_AFTER_START'
  | 'LEFT_NOT_AFTER_ARRIVED'
  | 'LEFT_BEFORE_JOINED'
  | 'ID_CONFLICT'
  | 'ALREADY_PRESENT'
  | 'NOT_PRESENT'
  | 'UNREADABLE'
  | 'REFUSED'

/** A row that was not taken: the file, the line on which it begins (the header being 1), the column, why. */
export interface Rejection {
  readonly file: string
  readonly row: number
  readonly column: string
  readonly code: RejectionCode
  readonly reason: string
}

/** What is wrong with one cell, or with several beginning with that column. */
export interface Problem {
  readonly column: string
  readonly code: RejectionCode
  readonly reason: string
}

/** Something odd about a row that was taken. */
export type FlagCode =
  | 'UNKNOWN_REQUEST'
  | 'UNKNOWN_KIND'
  | 'UNKNOWN_PLACE'
  | 'OFFER_NEVER_OPEN'
  | 'KNOWN_IN_FUTURE'
  | 'MISSING_COLUMN'
  | 'REPEATED_COLUMN'
  | 'TOO_MANY_CELLS'

/** A row that was taken and deserves a look. */
export interface Flag {
  readonly file: string
  readonly row: number
  readonly column: string
  readonly code: FlagCode
  readonly reason: string
}

/** A row while it is being read. Blanks around a cell are not part of it. */
export interface Row {
  readonly line: number
  readonly problems: ReadonlyArray<Problem>
  readonly wrong: (column: string, code: RejectionCode, reason: string) => void
  readonly text: (column: string) => string
  /** The parts between `;`, blank ones left out. */
  readonly list: (column: string) => ReadonlyArray<string>
  /** Text that must be there; blank is a problem. */
  readonly needed: (column: string) => string
  /** A date that must be there; null where it is not or cannot be read. */
  readonly date: (column: string) => LegalDate | null
  /** A date that may be blank. */
  readonly dateOrBlank: (column: string) => LegalDate | null
  /** A whole number from 0 that may be blank. */
  readonly wholeOrBlank: (column: string) => number | null
  /** An HPR number that must be there. */
  readonly hpr: (column: string) => HprNumber | null
  readonly hprIn: (column: string, written: string) => HprNumber | null
  readonly organisationNumber: (column: string) => OrganisationNumber | null
}

const longestNamed = 80

/** A cell as a message names it: a long one cut. */
export const cut = (written: string): string =>
  written.length > longestNamed ? `${written.slice(0, longestNamed)}…` : written

// As many as a session takes of anything.
const longestList = 100

/** Reads a record by the names of its columns. Of several columns of one name it is the first. */
export const rowOf = (header: ReadonlyArray<string>, { line, cells }: CsvRecord): Row => {
  const byColumn = new Map<string, string>()
  for (const [index, column] of header.entries()) {
    if (!byColumn.has(column)) byColumn.set(column, (cells[index] ?? '').trim())
  }
  const problems: Problem[] = []
  const wrong = (column: string, code: RejectionCode, reason: string): void => {
    problems.push({ column, code, reason })
  }
  const text = (column: string): string => byColumn.get(column) ?? ''
  const needed = (column: string): string => {
    const written = text(column)
    if (written === '') wrong(column, 'REQUIRED', `${column} is blank`)
    return written
  }
  const dateIn = (column: string, written: string): LegalDate | null => {
    const date = parseLegalDate(written)
    if (isSome(date)) return date.value
    wrong(column, 'INVALID_DATE', `'${cut(written)}' is no date; write YYYY-MM-DD`)
    return null
  }
  const hprIn = (column: string, written: string): HprNumber | null => {
    const hpr = toNullable(parseHprNumber(written))
    if (hpr === null)
      wrong(column, 'INVALID_HPR', `'${cut(written)}' is no HPR number; it has 1 to 9 digits and is not zero`)
    return hpr
  }
  return {
    line,
    problems,
    wrong,
    text,
    needed,
    hprIn,
    list: (column) => {
      const parts = text(column)
        .split(';')
        .map((part) => part.trim())
        .filter((part) => part !== '')
      if (parts.length <= longestList) return parts
      wrong(column, 'REFUSED', `the cell lists ${parts.length}; the register takes at most ${longestList}`)
      return []
    },
    date: (column) => {
      const written = needed(column)
      return written === '' ? null : dateIn(column, written)
    },
    dateOrBlank: (column) => (text(column) === '' ? null : dateIn(column, text(column))),
    wholeOrBlank: (column) => {
      const written = text(column)
      if (written === '') return null
      if (/^\d+$/.test(written)) return Math.min(Number(written), Number.MAX_SAFE_INTEGER)
      wrong(column, 'INVALID_NUMBER', `'${cut(written)}' is no whole number`)
      return null
    },
    hpr: (column) => {
      const written = needed(column)
      return written === '' ? null : hprIn(column, written)
    },
    organisationNumber: (column) => {
      const written = needed(column)
      if (OrganisationNumber.is(written)) return written
      if (written !== '')
        wrong(
          column,
          'INVALID_ORGANISATION_NUMBER',
          `'${cut(written)}' cannot be an organisation number: nine digits, the last a check digit`,
        )
      return null
    },
  }
}

/** The first problem in the order of the columns. */
export const firstProblem = (columns: ReadonlyArray<string>, problems: ReadonlyArray<Problem>): Problem | undefined =>
  [...problems].sort((one, other) => columns.indexOf(one.column) - columns.indexOf(other.column))[0]

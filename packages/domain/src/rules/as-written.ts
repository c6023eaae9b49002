// as-written.ts: what is wrong with what people wrote, said of the part of it that is wrong

import type * as t from 'io-ts'
import { shown, wrongIn } from '../kernel/decoding.ts'

/** Where a value is wrong, what stands there and what should. */
export interface WrongPart {
  readonly path: string
  readonly found: string
  readonly expected: string
}

/** The fields of an object, by their names. */
export type Fields = Readonly<Record<string, unknown>>

/** The fields of an object; null: it is none. */
export const fieldsOf = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null

/** Characters of an unknown name in a message. */
const longestName = 80

/** Those names that are not among the known ones. */
export const unknownNames = (fields: Fields, known: ReadonlyArray<string>, at: string): ReadonlyArray<WrongPart> =>
  Object.keys(fields)
    .filter((name) => !known.includes(name))
    .map((name) => ({
      path: `${at}${name.slice(0, longestName)}`,
      found: 'a name that is not known',
      expected: known.join(', '),
    }))

/** All that is wrong with a value; `at` is where it stands. */
export const wrongParts = (errors: t.Errors, at = ''): ReadonlyArray<WrongPart> =>
  wrongIn(errors).map(({ path, actual, expected }) => ({
    path: [at, ...path].filter((key) => key !== '').join('.'),
    found: asWritten(actual),
    expected,
  }))

/** Characters of a value in a message. */
const longest = 80

/** Deeper than this nothing is looked at. */
const deepest = 3

/** A value as it stands in a file, shortened where it is long. */
export const asWritten = (value: unknown): string =>
  fieldsOf(value) === null ? shown(value) : shortened(jsonOf(value, deepest))

const shortened = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text)

// Not JSON.stringify: what is to be shown may be large, or lead back to itself.
const jsonOf = (value: unknown, levels: number): string => {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, longest + 1))
  if (typeof value !== 'object' || value === null) return String(value)
  if (levels === 0) return '…'
  if (Array.isArray(value))
    return `[${first(value)
      .map((one) => jsonOf(one, levels - 1))
      .join(',')}]`
  const fields = first(Object.entries(value)).map(
    ([name, one]) => `${JSON.stringify(name.slice(0, longest))}:${jsonOf(one, levels - 1)}`,
  )
  return `{${fields.join(',')}}`
}

/** More of them than are shown anyway. */
const first = <A>(all: ReadonlyArray<A>): ReadonlyArray<A> => all.slice(0, longest)

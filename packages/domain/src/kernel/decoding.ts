// decoding.ts: what a codec found wrong, said in one line

import type * as t from 'io-ts'
import { inWords } from './in-words.ts'

/** The first thing wrong with untrusted data: where, what was found, what was expected. */
export const found = (errors: t.Errors): string => {
  if (errors.length === 0) return 'the data does not have the expected shape'
  const { path, found, expected } = problemOf(errors)
  return `${path === '' ? 'the whole' : path}: found ${found}, expected ${expected}`
}

/** The same in its parts; the path of the whole is empty. */
const problemOf = (errors: t.Errors): { readonly path: string; readonly found: string; readonly expected: string } => {
  const { path, at } = placeOf(errors[0]?.context ?? [])
  return { path, found: shown(at?.actual), expected: at === undefined ? 'something else' : inWords(at.type) }
}

/** Where the value is that is wrong. Which of several allowed shapes was tried last is of no interest: a choice is named as one. */
const placeOf = (context: t.Context): { readonly path: string; readonly at: t.ContextEntry | undefined } => {
  const choice = context.findIndex(({ type }) => '_tag' in type && type._tag === 'UnionType')
  const steps = choice < 0 ? context : context.slice(0, choice + 1)
  const path = steps
    .map(({ key }) => key)
    .filter((key) => key !== '')
    .join('.')
  return { path, at: steps.at(-1) }
}

const longest = 80

/** Any value as short text for a message. */
export const shown = (value: unknown): string => {
  const text = textOf(value)
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

const textOf = (value: unknown): string => {
  if (value === undefined) return 'nothing'
  if (typeof value === 'string') return `'${value.slice(0, longest + 1)}'`
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object'
  return String(value)
}

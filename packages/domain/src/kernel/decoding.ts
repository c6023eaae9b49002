// decoding.ts: what a codec found wrong, said in one line

import type * as t from 'io-ts'

/** The first thing wrong with untrusted data: where, what was found, what was expected. */
export const found = (errors: t.Errors): string => {
  const first = errors[0]
  if (first === undefined) return 'the data does not have the expected shape'
  const path = first.context
    .map(({ key }) => key)
    .filter((key) => key !== '')
    .join('.')
  const expected = first.context[first.context.length - 1]?.type.name ?? 'something else'
  return `${path === '' ? 'the whole' : path}: found ${shown(first.value)}, expected ${expected}`
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

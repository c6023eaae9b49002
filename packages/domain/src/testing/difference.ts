// difference.ts: values written out so that two of them can be compared and their difference read

import { isUnsealed } from '../values/personal.ts'

/** Any value as text, one part a line; keys in order, so that equal values give equal text. */
export const writtenOut = (value: unknown, indent = ''): string => {
  if (isUnsealed(value)) return `personal(${value.unsealed.person}, ${JSON.stringify(value.unsealed.open())})`
  if (value instanceof Map)
    return block(
      'Map {',
      [...value].map(([key, one]) => pair(key, one, indent)),
      '}',
      indent,
    )
  if (value instanceof Set)
    return block(
      'Set {',
      [...value].map((one) => writtenOut(one, deeper(indent))),
      '}',
      indent,
    )
  if (Array.isArray(value))
    return block(
      '[',
      value.map((one) => writtenOut(one, deeper(indent))),
      ']',
      indent,
    )
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
    return block(
      '{',
      fields.map(([key, one]) => `${key}: ${writtenOut(one, deeper(indent))}`),
      '}',
      indent,
    )
  }
  if (typeof value === 'string') return JSON.stringify(value)
  return Object.is(value, -0) ? '-0' : String(value)
}

const deeper = (indent: string): string => `${indent}  `

const pair = (key: unknown, value: unknown, indent: string): string =>
  `${writtenOut(key, deeper(indent))} => ${writtenOut(value, deeper(indent))}`

const block = (open: string, parts: ReadonlyArray<string>, close: string, indent: string): string =>
  parts.length === 0
    ? `${open}${close}`
    : `${open}\n${parts.map((part) => `${deeper(indent)}${part}\n`).join('')}${indent}${close}`

/** Throws an Error that shows both values and marks the lines in which they differ. */
export const mustEqual = (what: string, actual: unknown, expected: unknown): void => {
  const found = writtenOut(actual)
  const wanted = writtenOut(expected)
  if (found !== wanted) throw new Error(`${what}\n${marked(found, wanted)}`)
}

const marked = (found: string, wanted: string): string => {
  const inFound = new Set(found.split('\n'))
  const inWanted = new Set(wanted.split('\n'))
  const mark = (text: string, others: ReadonlySet<string>, sign: string): string =>
    text
      .split('\n')
      .map((line) => `${others.has(line) ? ' ' : sign} ${line}`)
      .join('\n')
  return `expected\n${mark(wanted, inFound, '-')}\nfound\n${mark(found, inWanted, '+')}`
}

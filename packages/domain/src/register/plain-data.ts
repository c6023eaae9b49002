// plain-data.ts: what was handed in as a command, copied into nothing but data

import type { Either } from 'fp-ts/lib/Either.js'
import { left, right } from 'fp-ts/lib/Either.js'
import { shown } from '../kernel/decoding.ts'

/** Levels of lists and objects. No command has as many as ten. */
const deepest = 32

/** Values in all: texts, numbers, lists, objects. A session with two thousand attendances of two intervals each has fewer. */
const most = 30_000

/** Characters of a path in a message. */
const longestPath = 80

/**
 * A copy that holds what JSON can hold, or what was found instead. Reading code that does something when it is looked at (a getter,
 * a proxy) ends here, and nothing said later is other than what was checked. Fields without a value are left out, as JSON does.
 */
export const plainData = (untrusted: unknown): Either<string, unknown> => {
  const copying: Copying = { values: 0, wrong: null }
  try {
    const copy = copied(untrusted, [], copying)
    return copying.wrong === null ? right(copy) : left(copying.wrong)
  } catch {
    return left('the whole: found what cannot be read, expected a command')
  }
}

interface Copying {
  values: number
  wrong: string | null
}

const copied = (value: unknown, path: ReadonlyArray<string>, copying: Copying): unknown => {
  if (copying.wrong !== null) return null
  copying.values += 1
  if (copying.values > most) return wrong(copying, path, `more than ${most} values in all`)
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      // The text of -0 is 0: what is stored and what is decided on are to be the same.
      return Number.isFinite(value) ? value + 0 : wrong(copying, path, shown(value))
    case 'object':
      return value === null ? null : copiedParts(value, path, copying)
    default:
      return wrong(copying, path, shown(value))
  }
}

const copiedParts = (value: object, path: ReadonlyArray<string>, copying: Copying): unknown => {
  if (path.length >= deepest) return wrong(copying, path, `more than ${deepest} levels`)
  if (Array.isArray(value)) {
    const list: unknown[] = []
    for (let index = 0; index < value.length && copying.wrong === null; index += 1)
      list.push(copied(value[index], [...path, String(index)], copying))
    return list
  }
  const fields: [string, unknown][] = []
  for (const [field, part] of Object.entries(value)) {
    if (copying.wrong !== null) break
    if (part === undefined || typeof part === 'function' || typeof part === 'symbol') continue
    fields.push([field, copied(part, [...path, field], copying)])
  }
  return Object.fromEntries(fields)
}

const wrong = (copying: Copying, path: ReadonlyArray<string>, found: string): null => {
  const where = path.length === 0 ? 'type' : path.join('.').slice(0, longestPath)
  copying.wrong ??= `${where}: found ${found}, expected what JSON can hold of a command`
  return null
}

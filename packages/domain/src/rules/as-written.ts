// as-written.ts: what is wrong with what people wrote, said of the part of it that is wrong

import * as t from 'io-ts'
import { shown } from '../kernel/decoding.ts'
import { inWords } from '../kernel/in-words.ts'

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

/** All that is wrong with a value. Of several shapes that it could have, what it lacks of the one that fits best; none does: all are named. `at` is where it stands. */
export const wrongParts = (errors: t.Errors, at = ''): ReadonlyArray<WrongPart> => {
  const parts = partsOf(errors.map(({ context }) => ({ context, choicesFrom: 0 })))
  return parts.map((steps) => {
    const last = steps.at(-1)
    return {
      path: [at, ...steps.filter((_, nth) => !isChoice(steps[nth - 1])).map(({ key }) => key)]
        .filter((key) => key !== '')
        .join('.'),
      found: asWritten(last?.actual),
      expected: last === undefined ? 'something else' : inWords(last.type),
    }
  })
}

/** An error, of which the choices before a depth are made. */
interface Failed {
  readonly context: t.Context
  readonly choicesFrom: number
}

const partsOf = (all: ReadonlyArray<Failed>): ReadonlyArray<t.Context> => {
  const parts: t.Context[] = []
  const choices = new Map<string, { readonly at: number; readonly failed: Failed[] }>()
  for (const failed of all) {
    const { context, choicesFrom } = failed
    const at = context.findIndex((entry, depth) => depth >= choicesFrom && isChoice(entry))
    if (at < 0) parts.push(context)
    else {
      const steps = context.slice(0, at + 1)
      const place = JSON.stringify(steps.map(({ key }) => key))
      const choice = choices.get(place)
      if (choice === undefined) {
        choices.set(place, { at, failed: [failed] })
      } else choice.failed.push(failed)
    }
  }
  for (const { at, failed } of choices.values()) {
    const best = bestOf(at, failed)
    const [first] = failed
    if (best !== null) parts.push(...partsOf(best.map(({ context }) => ({ context, choicesFrom: at + 2 }))))
    else if (first !== undefined) parts.push(first.context.slice(0, at + 1))
  }
  return parts
}

const isChoice = (entry: t.ContextEntry | undefined): boolean => entry?.type instanceof t.UnionType

/** The errors of the one alternative that is wrong only inside, and in the fewest places; null where there is not one such. */
const bestOf = (at: number, failed: ReadonlyArray<Failed>): ReadonlyArray<Failed> | null => {
  const alternatives = new Set(failed.map(({ context }) => context[at + 1]?.key))
  const inside = [...alternatives]
    .map((key) => failed.filter(({ context }) => context[at + 1]?.key === key))
    .filter((errors) => errors.every(({ context }) => context.length > at + 2))
    .sort((one, other) => one.length - other.length)
  const [best, next] = inside
  return best === undefined || next?.length === best.length ? null : best
}

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

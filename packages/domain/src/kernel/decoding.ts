// decoding.ts: what a codec found wrong, said in one line

import * as t from 'io-ts'
import { inWords, inWordsOfAny } from './in-words.ts'

/** The first thing wrong with untrusted data: where, what was found, what was expected. */
export const found = (errors: t.Errors): string => {
  const [first] = wrongIn(errors)
  if (first === undefined) return 'the data does not have the expected shape'
  const { path, actual, expected } = first
  return `${path.length === 0 ? 'the whole' : path.join('.')}: found ${shown(actual)}, expected ${expected}`
}

/** A part of untrusted data that is wrong: where it stands, what stands there, and what should. The path of the whole is empty. */
export interface Wrong {
  readonly path: ReadonlyArray<string>
  readonly actual: unknown
  readonly expected: string
}

/**
 * All that is wrong. Of several shapes that a value could have, what it lacks of the one that it says to have, or else of the one that fits best; where it
 * says to have none of them, that; where none fits best, all are named.
 */
export const wrongIn = (errors: t.Errors): ReadonlyArray<Wrong> =>
  partsOf(errors.map(({ context }) => ({ context, choicesFrom: 0 }))).map(({ steps, expected }) => {
    const last = steps.at(-1)
    return {
      path: steps
        .filter((_, nth) => !isChoice(steps[nth - 1]))
        .map(({ key }) => key)
        .filter((key) => key !== ''),
      actual: last?.actual,
      expected: expected ?? (last === undefined ? 'something else' : inWords(last.type)),
    }
  })

/** The way to a wrong part; `expected` where that is more than its last step takes. */
interface Part {
  readonly steps: t.Context
  readonly expected?: string
}

/** An error, of which the choices before a depth are made. */
interface Failed {
  readonly context: t.Context
  readonly choicesFrom: number
}

const isChoice = (entry: t.ContextEntry | undefined): boolean => entry?.type instanceof t.UnionType

const partsOf = (all: ReadonlyArray<Failed>): ReadonlyArray<Part> => {
  const places: Array<Part | Choice> = []
  const choices = new Map<string, Choice>()
  for (const { context, choicesFrom } of all) {
    const at = context.findIndex((entry, depth) => depth >= choicesFrom && isChoice(entry))
    if (at < 0) places.push({ steps: context })
    else {
      const steps = context.slice(0, at + 1)
      const place = JSON.stringify(steps.map(({ key }) => key))
      const choice = choices.get(place) ?? { steps, contexts: [] }
      if (!choices.has(place)) places.push(choice)
      choices.set(place, choice)
      choice.contexts.push(context)
    }
  }
  return places.flatMap((place) => ('contexts' in place ? chosen(place) : [place]))
}

/** What every shape found wrong that a value could have. */
interface Choice {
  readonly steps: t.Context
  readonly contexts: t.Context[]
}

const chosen = ({ steps, contexts }: Choice): ReadonlyArray<Part> => {
  const depth = steps.length
  const unsaid = saidOtherwise(steps)
  if (unsaid !== null) return [unsaid]
  const shapes = new Map<string | undefined, t.Context[]>()
  for (const context of contexts) {
    const shape = context[depth]?.key
    shapes.set(shape, [...(shapes.get(shape) ?? []), context])
  }
  const inside = [...shapes.values()].filter((shape) => shape.every((context) => context.length > depth + 1))
  const best = bestOf(inside, depth)
  return best === null ? [{ steps }] : partsOf(best.map((context) => ({ context, choicesFrom: depth + 1 })))
}

/** The field by which shapes are told apart, where an object says none of them there. */
const saidOtherwise = (steps: t.Context): Part | null => {
  const choice = steps.at(-1)
  if (!(choice?.type instanceof t.UnionType) || typeof choice.actual !== 'object' || choice.actual === null) return null
  const all: ReadonlyArray<t.Mixed> = choice.type.types
  const shapes = all.flatMap((one): ReadonlyArray<t.Props> => {
    const props = propsOf(one)
    return props === null ? [] : [props]
  })
  const [first = {}, ...others] = shapes
  const name = Object.keys(first).find((field) => shapes.every((props) => props[field] instanceof t.LiteralType))
  const said = name === undefined ? undefined : first[name]
  if (name === undefined || said === undefined || others.length === 0 || Array.isArray(choice.actual)) return null
  // What a getter would say is not asked for: it may throw.
  const actual: unknown = Object.getOwnPropertyDescriptor(choice.actual, name)?.value
  const codecs = shapes.flatMap((props) => props[name] ?? [])
  if (codecs.some((codec) => codec.is(actual))) return null
  const steppingIn = { key: '', type: said, actual: choice.actual }
  return { steps: [...steps, steppingIn, { key: name, type: said, actual }], expected: inWordsOfAny(codecs) }
}

/** The fields of an object's codec; null: it is none. */
const propsOf = (codec: t.Mixed): t.Props | null => {
  if (codec instanceof t.InterfaceType) return codec.props
  const isAround = codec instanceof t.ExactType || codec instanceof t.ReadonlyType || codec instanceof t.RefinementType
  return isAround ? propsOf(codec.type) : null
}

type Shape = ReadonlyArray<t.Context>

/** Whether a shape always says something else in one of its fields. */
const isUnlike = (shape: Shape, depth: number): boolean =>
  shape.some((context) => context.length === depth + 2 && context[depth + 1]?.type instanceof t.LiteralType)

/** The one that the value says to have, or that is wrong in the fewest places and lacks the fewest of them; null where there is not one such. */
const bestOf = (shapes: ReadonlyArray<Shape>, depth: number): Shape | null => {
  const said = shapes.filter((shape) => !isUnlike(shape, depth))
  const lacked = (shape: Shape): number => shape.filter((context) => context.at(-1)?.actual === undefined).length
  const order = (one: Shape, other: Shape): number => one.length - other.length || lacked(one) - lacked(other)
  const [best, next] = [...(said.length > 0 ? said : shapes)].sort(order)
  return best === undefined || (next !== undefined && order(best, next) === 0) ? null : best
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

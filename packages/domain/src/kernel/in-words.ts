// in-words.ts: what a codec takes, in words for whoever wrote something else

import * as t from 'io-ts'

type Codec = t.ContextEntry['type']

/** The codec, told in those words. The name of a brand is tied to its type by io-ts, so that it cannot be words from the start. */
export const toldAs = <C extends t.Mixed>(words: string, codec: C): C => Object.assign(codec, { name: words })

/** What a codec takes. Objects, choices of words and plain values are told by what they are made of; anything else by its name where it was given one. */
export const inWords = (codec: Codec): string => {
  if (codec instanceof t.StringType) return 'text'
  if (codec instanceof t.NumberType) return 'a number'
  if (codec instanceof t.BooleanType) return 'true or false'
  if (codec === t.Int) return 'a whole number'
  if (codec instanceof t.LiteralType) return literal(codec.value)
  if (codec instanceof t.KeyofType) return choice(Object.keys(codec.keys).map(literal))
  if (codec instanceof t.InterfaceType) return `{ ${fieldsOf(codec.props).join(', ')} }`
  if (codec instanceof t.ExactType) return inWords(codec.type)
  return isNamed(codec) ? codec.name : madeOf(codec)
}

/** Where nobody gave a codec a name, io-ts calls it as TypeScript would write its type. */
const isNamed = ({ name }: Codec): boolean => !/^(?:\(|Readonly|Array<)/.test(name)

const madeOf = (codec: Codec): string => {
  if (codec instanceof t.UnionType) return inWordsOfAny(codec.types)
  if (codec instanceof t.ReadonlyType || codec instanceof t.RefinementType) return inWords(codec.type)
  return codec instanceof t.ReadonlyArrayType || codec instanceof t.ArrayType ? 'a list' : codec.name
}

/** The names of fields, and what always stands in one. */
const fieldsOf = (fields: t.Props): ReadonlyArray<string> =>
  Object.entries(fields).map(([name, codec]) =>
    codec instanceof t.LiteralType ? `${name}: ${literal(codec.value)}` : name,
  )

const literal = (value: string | number | boolean): string => (typeof value === 'string' ? `'${value}'` : String(value))

/** What any of them takes; where nothing may stand too, it stands apart. */
export const inWordsOfAny = (all: ReadonlyArray<Codec>): string => {
  const isNone = (codec: Codec): boolean => codec instanceof t.NullType || codec instanceof t.UndefinedType
  const values = choice(all.filter((one) => !isNone(one)).map(inWords))
  return all.some(isNone)
    ? `${values}, or ${all.some((one) => one instanceof t.NullType) ? 'null' : 'nothing'}`
    : values
}

const choice = (all: ReadonlyArray<string>): string =>
  all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`

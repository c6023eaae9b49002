// execute-list.ts: smagruppe execute --list: every command there is, with what its data holds, read from the codecs themselves

import {
  CorrectFact,
  doctorCommands,
  groupCommands,
  hospitalCommands,
  Label,
  RetractFact,
  rulesCommands,
  sessionCommands,
  statementCommands,
  Text,
  topicCommands,
} from '@smagruppe/domain'
import type * as t from 'io-ts'
import { json } from './output.ts'
import type { Printer } from './printer.ts'

const commandsAbout: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'a group': groupCommands,
  'a session': sessionCommands,
  'a doctor': doctorCommands,
  'a hospital and its departments': hospitalCommands,
  'a topic': topicCommands,
  'a statement of points': statementCommands,
  rules: rulesCommands,
  'any of them': { CorrectFact, RetractFact },
}

/** Prints every command, by what it is about, with each field of its `data`. */
export const listCommands = ({ json: asJson }: { readonly json?: boolean }, printer: Printer): void => {
  const lines: string[] = []
  const all: [type: string, data: Readonly<Record<string, string>>][] = []
  for (const [what, commands] of Object.entries(commandsAbout)) {
    lines.push(printer.toned('heading', `About ${what}`), '')
    for (const [type, codec] of Object.entries(commands)) {
      const data = dataOf(codec)
      all.push([type, mapped(data, (choices) => choices.join(' | '))])
      lines.push(type, ...Object.entries(data).flatMap(([field, choices]) => fieldSaid(field, choices, printer)), '')
    }
  }
  printer.out(asJson === true ? json({ commands: Object.fromEntries(all) }) : lines.join('\n'))
}

/** A field with what it can be, each choice on a line where they do not fit on one. */
const fieldSaid = (field: string, choices: ReadonlyArray<string>, printer: Printer): ReadonlyArray<string> => {
  const [whole = '', ...more] = printer.sentence(`${field}: ${choices.join(' | ')}`, 2)
  if (more.length === 0) return [whole]
  return choices.flatMap((one, n) =>
    n === 0 ? printer.sentence(`${field}: ${one}`, 2) : printer.sentence(`| ${one}`, 4),
  )
}

/** Each field of the data of a command, with the choices of what it can be. */
const dataOf = (codec: unknown): Readonly<Record<string, ReadonlyArray<string>>> =>
  mapped(fieldsOf(fieldsOf(codec).data), (of) =>
    isKnown(of) && of._tag === 'UnionType' ? of.types.map(shapeOf) : [shapeOf(of)],
  )

const mapped = <A, B>(fields: Readonly<Record<string, A>>, as: (field: A) => B): Readonly<Record<string, B>> =>
  Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, as(value)]))

/** The codecs that commands are made of. */
type Known =
  | t.ExactC<t.Mixed & t.HasProps>
  | t.ReadonlyC<t.Mixed>
  | t.TypeC<t.Props>
  | t.ReadonlyArrayC<t.Mixed>
  | t.ArrayC<t.Mixed>
  | t.UnionC<[t.Mixed, t.Mixed]>
  | t.RefinementC<t.Mixed>
  | t.LiteralC<string | number | boolean>
  | t.UndefinedC
  | t.UnknownC
  | t.StringC
  | t.NumberC

const tags: ReadonlySet<unknown> = new Set<Known['_tag']>([
  'ExactType',
  'ReadonlyType',
  'InterfaceType',
  'ReadonlyArrayType',
  'ArrayType',
  'UnionType',
  'RefinementType',
  'LiteralType',
  'UndefinedType',
  'UnknownType',
  'StringType',
  'NumberType',
])

/** By its tag and not its class, of which there are two where the packages have each their own io-ts installed. */
const isKnown = (codec: unknown): codec is Known =>
  typeof codec === 'object' && codec !== null && '_tag' in codec && tags.has(codec._tag)

const fieldsOf = (codec: unknown): Readonly<Record<string, unknown>> => {
  if (!isKnown(codec)) return {}
  if (codec._tag === 'ExactType' || codec._tag === 'ReadonlyType') return fieldsOf(codec.type)
  return codec._tag === 'InterfaceType' ? codec.props : {}
}

/** What a value of that codec looks like. */
const shapeOf = (codec: unknown): string => {
  if (codec === Text) return 'text'
  if (codec === Label) return 'text (not blank)'
  if (!isKnown(codec)) return nameOf(codec)
  switch (codec._tag) {
    case 'ExactType':
    case 'ReadonlyType':
      return shapeOf(codec.type)
    case 'InterfaceType': {
      const fields = Object.entries(codec.props).map(([field, of]) => `${field}: ${shapeOf(of)}`)
      return `{ ${fields.join(', ')} }`
    }
    case 'ReadonlyArrayType':
    case 'ArrayType':
      return `[${shapeOf(codec.type)}, …]`
    case 'UnionType':
      return codec.types.map(shapeOf).join(' | ')
    case 'LiteralType':
      return JSON.stringify(codec.value)
    case 'UndefinedType':
      return 'left out'
    case 'UnknownType':
      return 'an object'
    case 'StringType':
      return 'text'
    case 'NumberType':
      return 'number'
    case 'RefinementType': {
      // Its name says what a text or number must be, and of what has parts only what must hold besides.
      const of = shapeOf(codec.type)
      if (/^[[{]/.test(of)) return `${of} (${codec.name})`
      return codec.name === 'Int' ? 'number' : `<${codec.name.replace(/(,|: ).*/, '')}>`
    }
  }
}

const nameOf = (codec: unknown): string =>
  typeof codec === 'object' && codec !== null && 'name' in codec ? String(codec.name) : 'anything'

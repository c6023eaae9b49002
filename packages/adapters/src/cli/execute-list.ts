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
import * as t from 'io-ts'
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
  mapped(fieldsOf(fieldsOf(codec).data), (of) => (of instanceof t.UnionType ? of.types.map(shapeOf) : [shapeOf(of)]))

const mapped = <A, B>(fields: Readonly<Record<string, A>>, as: (field: A) => B): Readonly<Record<string, B>> =>
  Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, as(value)]))

const fieldsOf = (codec: unknown): Readonly<Record<string, unknown>> => {
  if (codec instanceof t.ExactType || codec instanceof t.ReadonlyType) return fieldsOf(codec.type)
  return codec instanceof t.InterfaceType ? codec.props : {}
}

/** What a value of that codec looks like. */
const shapeOf = (codec: unknown): string => {
  if (codec === Text) return 'text'
  if (codec === Label) return 'text (not blank)'
  if (codec instanceof t.ExactType || codec instanceof t.ReadonlyType) return shapeOf(codec.type)
  if (codec instanceof t.InterfaceType) {
    const fields = Object.entries(codec.props).map(([field, of]) => `${field}: ${shapeOf(of)}`)
    return `{ ${fields.join(', ')} }`
  }
  if (codec instanceof t.ReadonlyArrayType || codec instanceof t.ArrayType) return `[${shapeOf(codec.type)}, …]`
  if (codec instanceof t.UnionType) return codec.types.map(shapeOf).join(' | ')
  if (codec instanceof t.LiteralType) return JSON.stringify(codec.value)
  if (codec instanceof t.UndefinedType) return 'left out'
  if (codec instanceof t.UnknownType) return 'an object'
  if (!(codec instanceof t.Type)) return 'anything'
  if (codec instanceof t.StringType) return 'text'
  if (codec instanceof t.NumberType || codec.name === 'Int') return 'number'
  // A name of several words says what must hold besides.
  return codec instanceof t.RefinementType && codec.name.includes(' ')
    ? `${shapeOf(codec.type)} (${codec.name})`
    : codec.name
}

// command.ts: commands as data, so that untrusted JSON can be executed

import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft, left } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { found, shown } from './decoding.ts'

/** The commands of one kind of stream, by their type. */
export type Commands<C> = Readonly<Record<string, { decode(data: unknown): t.Validation<C> }>>

/** The codec of a command: `type`, and `data` with these fields. */
export const command = <Type extends string, Fields extends t.Props>(type: Type, fields: Fields) =>
  t.strict({ type: t.literal(type), data: t.strict(fields) })

const AnyCommand = t.type({ type: t.string })

/** A command of one of these types, or what is wrong with it: where, found, expected. */
export const decodeCommand = <C>(commands: Commands<C>, untrusted: unknown): Either<string, C> => {
  if (!AnyCommand.is(untrusted)) return left(`type: found ${shown(untrusted)}, expected a command`)
  const codec = Object.hasOwn(commands, untrusted.type) ? commands[untrusted.type] : undefined
  if (codec === undefined)
    return left(`type: found ${shown(untrusted.type)}, expected one of ${Object.keys(commands).join(', ')}`)
  const decoded = codec.decode(untrusted)
  return isLeft(decoded) ? left(found(decoded.left)) : decoded
}

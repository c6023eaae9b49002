// execute-line.ts: one line of a file of commands: what it asks for, under which id, and what came of it

import { createHash } from 'node:crypto'
import {
  type Actor,
  CommandId,
  canonical,
  commandIdOf,
  type EventId,
  type ExecuteError,
  found,
  type Instant,
  type KnownSinceNotAllowed,
  type Position,
  type Register,
  type Revision,
  type StoreFailure,
  type StreamName,
  Text,
  type VaultFailure,
} from '@smagruppe/domain'
import { type Either, isLeft, left, right, tryCatch } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Line } from './execute-lines.ts'
import { type NoId, namesBeside, namesInLines, withIds } from './execute-names.ts'
import { moment } from './options.ts'
import { momentMeant } from './question.ts'

/** What came of a line. */
export type Outcome = CarriedOut | Rejected

interface OfLine {
  readonly line: number
  /** Null where the line does not say it. */
  readonly type: string | null
  /** The id of the command; null where it has none. */
  readonly id: CommandId | null
}

/** Carried out now, or before, or nothing was left to do. */
interface CarriedOut extends OfLine {
  readonly outcome: 'done' | 'done-before' | 'nothing-to-do'
  readonly stream: StreamName
  readonly events: ReadonlyArray<EventId>
  readonly revision: Revision | null
  readonly position: Position
}

/** Not taken: the line is no command, or the register does not want it. Nothing of it is stored. */
export interface Rejected extends OfLine {
  readonly outcome: 'rejected'
  readonly code: string
  readonly reason: string
}

/** The register could not be asked, which no other line would change. */
export type Stopped = StoreFailure | VaultFailure

/** Who asks, and whose names are said. */
export interface Asked {
  readonly actor: Actor
  readonly source: string
}

/** Carries out lines, in the order in which it is given them. */
export const executingLines = (
  register: Register,
  { actor, source }: Asked,
): ((line: Line) => Promise<Either<Stopped, Outcome>>) => {
  const names = namesInLines(register, source)
  const occurrences = new Map<string, number>()
  const wishes = new Map<CommandId, { readonly line: number; readonly wish: string }>()
  return async (line) => {
    const told: { line: number; type: string | null; id: CommandId | null } = {
      line: line.number,
      type: null,
      id: null,
    }
    const rejected = (code: string, reason: string) => right({ ...told, outcome: 'rejected' as const, code, reason })
    let called: ReadonlyMap<string, string> = new Map()
    const failed = (error: NoId | ExecuteError | KnownSinceNotAllowed): Either<Stopped, Outcome> => {
      const reason = whyRejected(error, (id) => (called.has(id) ? `${id} (${called.get(id)})` : id))
      if (typeof reason !== 'string') return left(reason)
      return rejected(error._tag === 'Refused' ? error.refusal._tag : error._tag, reason)
    }
    if ('unreadable' in line) return rejected('CommandMalformed', line.unreadable)
    const text = digestOf(line.text)
    const occurrence = (occurrences.get(text) ?? 0) + 1
    occurrences.set(text, occurrence)

    const wished = wishIn(line.text, register)
    if (isLeft(wished)) return failed({ _tag: 'CommandMalformed', found: wished.left })
    const { type, knownSince } = wished.right
    told.type = type
    const ids = await withIds(wished.right.data, names)
    if (isLeft(ids)) return failed(ids.left)
    const { data } = ids.right
    called = ids.right.called
    const wish = { type, data, knownSince }
    const id = wished.right.id ?? idFor(wish, occurrence)
    if (id === null) return rejected('IdNeeded', idNeeded)
    told.id = id
    const before = wishes.get(id)
    const same = digestOf(canonical(wish))
    if (before !== undefined && before.wish !== same)
      return rejected('DuplicateId', `id: line ${before.line} has the same, and asks for something else`)
    if (before === undefined) wishes.set(id, { line: line.number, wish: same })

    const asking = { actor, id, ...(knownSince === null ? {} : { knownSince }) }
    const asked = await register.execute({ type, data }, asking)()
    if (isLeft(asked)) {
      const { left: error } = asked
      return failed(
        error._tag === 'CommandMalformed' ? { ...error, found: error.found + namesBeside(error, names) } : error,
      )
    }
    const { repeated, ...receipt } = asked.right
    const outcome = repeated ? 'done-before' : receipt.events.length === 0 ? 'nothing-to-do' : 'done'
    return right({ ...told, outcome, ...receipt })
  }
}

/** Remembered in place of a line, which may be long. */
const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64')

interface Wish {
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
  readonly knownSince: Instant | null
}

const Written = t.type(
  {
    type: Text,
    data: t.refinement(t.UnknownRecord, () => true, 'an object'),
    id: t.union([CommandId, t.undefined], 'a lower-case UUID'),
    knownSince: t.union([t.string, t.undefined], 'a date or a moment'),
  },
  'an object with type and data',
)

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** What a line asks for; names are in it yet. */
const wishIn = (text: string, register: Register): Either<string, Wish & { readonly id: CommandId | null }> => {
  const parsed = tryCatch((): unknown => JSON.parse(text), said)
  if (isLeft(parsed)) return left(`no JSON: ${parsed.left}`)
  const written = Written.decode(parsed.right)
  if (isLeft(written)) return left(found(written.left))
  const { type, data, id, knownSince, ...others } = written.right
  const [other] = Object.keys(others)
  if (other !== undefined)
    return left(`${other}: found a field that is not known, expected ${Object.keys(Written.props).join(', ')}`)
  const since = tryCatch(() => (knownSince === undefined ? null : momentMeant(moment(knownSince), register)), said)
  return isLeft(since)
    ? left(`knownSince: found '${knownSince}'. ${since.left}`)
    : right({ type, data, id: id ?? null, knownSince: since.right })
}

/**
 * The id of a wish that was given none: made of what is asked, so that the same file again asks for nothing new, and of how often its
 * line stood in the file by then, so that what is said twice is asked twice. Null where it would be made of the name or number of a
 * person: it stands in the log, and whoever reads that could try names until one fits.
 */
const idFor = ({ type, data, knownSince }: Wish, occurrence: number): CommandId | null =>
  saysWho(type, data) ? null : commandIdOf('smagruppe execute', canonical([occurrence, type, data, knownSince]))

const saysWho = (type: string, data: unknown): boolean =>
  type === 'RegisterDoctor' || type === 'ClaimHpr' || (type === 'CorrectFact' && canonical(data).includes('"clear":'))

const idNeeded =
  'id: found nothing, expected a new lower-case UUID: this says the name or number of a person, of which no id is made'

/** An id, with what the line calls it. */
type InLine = (id: string) => string

/** Why this line and no other is not taken, or the failure that every other line would meet too. */
const whyRejected = (error: NoId | ExecuteError | KnownSinceNotAllowed, inLine: InLine): string | Stopped => {
  switch (error._tag) {
    case 'NameUnknown':
      return error.reason
    case 'CommandMalformed':
      return error.found
    case 'Refused':
      return `the register refused this: ${refusalSaid(error.refusal, inLine)}`
    case 'KnownSinceNotAllowed':
      return `knownSince: only --role importer may say it, found --role ${error.role}`
    case 'HprHeldByAnother':
      return `the record ${inLine(error.holder)} has this number; a person must say whether the two are one doctor`
    case 'TooManyConflicts':
      return `others keep writing to ${error.stream}; ask again a little later`
    case 'WrongExpectedRevision':
      return `others wrote to ${error.stream}; ask again`
    case 'DuplicateEventId':
      return 'id: another command has it, for something else'
    case 'AppendTooLarge':
      return `${error.bytes} bytes, more than the store takes (${error.limit})`
    case 'UnstorableText':
      return 'it has text that cannot be stored'
    case 'UnencodableEvent':
      return `${error.type} cannot be stored: ${error.reason}`
    case 'UndecodableEvent':
      return `${error.event.stream} has an event that cannot be read (revision ${error.event.revision}): ${error.reason}`
    case 'RulesUnknown':
      return error.message
    case 'VaultFailure':
      return error.reason === 'Forgotten' ? error.message : error
    case 'StoreFailure':
      return error
  }
}

const refusalSaid = ({ _tag, ...more }: { readonly _tag: string }, inLine: InLine): string => {
  const details = Object.entries(more).map(
    ([field, value]) => `${field} ${typeof value === 'string' ? inLine(value) : JSON.stringify(value)}`,
  )
  return details.length === 0 ? _tag : `${_tag} (${details.join(', ')})`
}

// event.ts: a fact, before and after it is stored

import * as t from 'io-ts'
import { NIL, v5 } from 'uuid'
import { checked } from './checked.ts'
import { toldAs } from './in-words.ts'
import type { Instant } from './instant.ts'

/** A fact. `type`, its version and `data` are what is stored: a public contract, changed only by a new version. */
export interface Event<Type extends string = string, Data = unknown> {
  readonly type: Type
  readonly data: Data
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Lower-case UUID text, of any version. */
export const isUuid = (text: string): boolean => uuid.test(text)

/** Tells the type apart; no value has it when the program runs. */
export interface EventIdBrand {
  readonly EventId: unique symbol
}
/** UUID v5 of (command id, index): the same command gives the same ids. */
export type EventId = t.Branded<string, EventIdBrand>
/** Reads an event id: lower-case UUID text. */
export const EventId = toldAs(
  'the id of an event, a lower-case UUID',
  t.brand(t.string, (text): text is EventId => isUuid(text), 'EventId'),
)

/** Tells the type apart; no value has it when the program runs. */
export interface CommandIdBrand {
  readonly CommandId: unique symbol
}
/** Names one wish of one caller; asking twice with the same id is asking once. */
export type CommandId = t.Branded<string, CommandIdBrand>
/** Reads a command id: lower-case UUID text. */
export const CommandId = toldAs(
  'the id of a command, a lower-case UUID',
  t.brand(t.string, (text): text is CommandId => isUuid(text), 'CommandId'),
)

/** Tells the type apart; no value has it when the program runs. */
export interface CorrelationIdBrand {
  readonly CorrelationId: unique symbol
}
/** Ties together all that came of one request, over streams and reactions. */
export type CorrelationId = t.Branded<string, CorrelationIdBrand>
/** Reads a correlation id: lower-case UUID text. */
export const CorrelationId = toldAs(
  'the id of a correlation, a lower-case UUID',
  t.brand(t.string, (text): text is CorrelationId => isUuid(text), 'CorrelationId'),
)

/** Tells the type apart; no value has it when the program runs. */
export interface StreamNameBrand {
  readonly StreamName: unique symbol
}
/** `category-uuid`, for example `group-6fa459ea-…`: the category is a lower-case word. */
export type StreamName = t.Branded<string, StreamNameBrand>
const streamShape = /^[a-z]+-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** Reads the name of a stream: a lower-case word, a hyphen, lower-case UUID text. */
export const StreamName = toldAs(
  'the name of a stream: a word, a hyphen and a UUID, in lower case',
  t.brand(t.string, (text): text is StreamName => streamShape.test(text), 'StreamName'),
)

/** Tells the type apart; no value has it when the program runs. */
export interface RevisionBrand {
  readonly Revision: unique symbol
}
/** An event's place in its stream, from 0. */
export type Revision = t.Branded<number, RevisionBrand>
/** Reads a revision: a whole number from 0. */
export const Revision = toldAs(
  'a revision, a whole number from 0',
  t.brand(t.number, (n): n is Revision => Number.isSafeInteger(n) && n >= 0, 'Revision'),
)

/** Tells the type apart; no value has it when the program runs. */
export interface PositionBrand {
  readonly Position: unique symbol
}
/** An event's place in the whole log: positive, unique, strictly increasing in commit order. 0 stands before the first. */
export type Position = t.Branded<number, PositionBrand>
/** Reads a position: a whole number from 0. */
export const Position = toldAs(
  'a position, a whole number from 0',
  t.brand(t.number, (n): n is Position => Number.isSafeInteger(n) && n >= 0, 'Position'),
)

/** Before the first event of a log. */
export const theStart: Position = checked(Position, 0)

/** Who acts, and as what. The id is the caller's own name for a user or a system, never a person's name. */
export const Actor = t.readonly(t.type({ id: t.string, role: t.string }))
export type Actor = t.TypeOf<typeof Actor>

/** What a caller hands a store: everything but the place and the time, which the store gives. */
export interface NewEvent {
  readonly id: EventId
  readonly type: string
  /** A whole number from 1 to 2,147,483,647. */
  readonly version: number
  /** JSON text, kept to the letter. */
  readonly data: string
  /** Earlier than the store's clock for history brought in; null: known when it is recorded. Never takes effect later than that. */
  readonly knownSince: Instant | null
  readonly actor: Actor
  readonly causation: CommandId
  readonly correlation: CorrelationId
}

/** What a store keeps. Dumb on purpose: JSON text in, the same text out; decoding is the catalogue's work. */
export interface StoredEvent extends Omit<NewEvent, 'knownSince'> {
  readonly stream: StreamName
  readonly revision: Revision
  readonly position: Position
  /**
   * The clock of who stored it, and never before that of an earlier append by the same handle. Whether the log as a whole may go back,
   * where several store with clocks of their own, is what a store declares.
   */
  readonly recordedAt: Instant
  /** When the register knew it: `recordedAt`, or earlier for history that was brought in. */
  readonly knownSince: Instant
}

/** A stored event whose data has been decoded. */
export interface Recorded<E extends Event = Event> extends Omit<StoredEvent, 'type' | 'version' | 'data'> {
  readonly event: E
}

/** The id of the event with that index among those one command gave. */
export const eventIdOf = (command: CommandId, index: number): EventId => checked(EventId, v5(String(index), command))

/**
 * A command id made from text, for callers whose wishes have a natural name (a row of a file, an event reacted to). It is stored in
 * the log in clear: never make it from a person's name or number, which anybody could then guess and check.
 */
export const commandIdOf = (namespace: string, name: string): CommandId => checked(CommandId, uuidOf(namespace, name))

/** UUID v5 of a name within a namespace of plain text. */
export const uuidOf = (namespace: string, name: string): string => v5(name, v5(namespace, NIL))

/** The stream of that category and id. */
export const streamName = (category: string, id: string): StreamName => checked(StreamName, `${category}-${id}`)

/** The word before the first hyphen: `group` of `group-6fa459ea-…`. */
export const categoryOf = (stream: StreamName): string => stream.slice(0, stream.indexOf('-'))

/** The id behind the category: `6fa459ea-…` of `group-6fa459ea-…`. */
export const idOf = (stream: StreamName): string => stream.slice(stream.indexOf('-') + 1)

/** A number as a revision; throws a RangeError on anything a store could not have counted. */
export const revision = (n: number): Revision => checked(Revision, n)

/** A number as a position; throws a RangeError on anything a store could not have counted. */
export const position = (n: number): Position => checked(Position, n)

// handle.ts: a command's way: load the stream, decide, append; and once more where somebody was faster

import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import {
  CorrectionCommand,
  type CorrectionRefusal,
  decideCorrection,
  type Entry,
  factIn,
  factsInForce,
  nameOfFact,
} from './correction.ts'
import type { Decider } from './decider.ts'
import {
  type Actor,
  type CommandId,
  type CorrelationId,
  type Event,
  type EventId,
  eventIdOf,
  type NewEvent,
  type Position,
  type Recorded,
  type Revision,
  type StreamName,
  theStart,
} from './event.ts'
import type { EventCatalogue, UndecodableEvent, UnencodableEvent } from './event-catalogue.ts'
import { type AppendError, type EventStore, exactly, noStream, type StoreFailure } from './event-store.ts'
import type { Instant } from './instant.ts'

/** Everything about a command but what it asks. */
export interface Request {
  readonly id: CommandId
  readonly actor: Actor
  /** The register's time, from the clock port. */
  readonly at: Instant
  /** For history brought in: since when it was known. Null: since it is recorded. */
  readonly knownSince: Instant | null
  readonly correlation: CorrelationId
}

/** What came of a command. `events` is empty where there was nothing to do. */
export interface Receipt {
  readonly stream: StreamName
  readonly events: ReadonlyArray<EventId>
  /** The stream's last revision that this command wrote or found; null: the stream does not exist. */
  readonly revision: Revision | null
  /** Where the last of the events stands; before it nothing needs to be waited for. */
  readonly position: Position
  /** This command had been carried out before; this is the first receipt again. */
  readonly repeated: boolean
}

/** The domain said no, and why. Nothing was stored. */
export interface Refused<Refusal> {
  readonly _tag: 'Refused'
  readonly refusal: Refusal
}

/** Somebody else wrote to the stream between each load and append; ask again later. Nothing was stored. */
export interface TooManyConflicts {
  readonly _tag: 'TooManyConflicts'
  readonly stream: StreamName
  readonly attempts: number
}

/** Everything that can come of a command but its receipt. */
export type HandleError<Refusal, SealError> =
  | Refused<Refusal | CorrectionRefusal>
  | TooManyConflicts
  | UndecodableEvent
  | UnencodableEvent
  | AppendError
  | SealError

/** One kind of stream, with what it needs to be written to. */
export interface Handling<State, Command, F extends Event, Refusal, SealError> {
  readonly store: EventStore
  readonly catalogue: EventCatalogue<F>
  readonly decider: Decider<State, Command, F, Refusal>
  /** Closes what an event holds of a person before it is stored; runs after the decision, when the event's id is known. */
  readonly seal: (id: EventId, event: Event) => TaskEither<SealError, Event>
  /** How often a command is decided before it gives up against other writers. */
  readonly attempts?: number
}

const usualAttempts = 10

/**
 * Carries a command out on a stream. Where the stream already holds an event that this command caused, the first receipt comes
 * back and nothing is decided twice. A refused command stores nothing.
 */
export const handle =
  <State, Command, F extends Event, Refusal, SealError>(handling: Handling<State, Command, F, Refusal, SealError>) =>
  (
    stream: StreamName,
    command: Command | CorrectionCommand,
    request: Request,
  ): TaskEither<HandleError<Refusal, SealError>, Receipt> =>
  async () => {
    const attempts = handling.attempts ?? usualAttempts
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const loaded = await load(handling.store, handling.catalogue, stream)
      if (isLeft(loaded)) return loaded
      const history = loaded.right
      const before = receiptOf(stream, request.id, history)
      if (before !== null) return right(before)

      const decided = decideOn(handling, history, command, request)
      if (isLeft(decided)) return left({ _tag: 'Refused', refusal: decided.left })
      const made = await newEvents(handling, decided.right, request)
      if (isLeft(made)) return made
      const [first, ...others] = made.right
      const last = history.at(-1)
      if (first === undefined) {
        return right({
          stream,
          events: [],
          revision: last?.revision ?? null,
          position: last?.position ?? theStart,
          repeated: false,
        })
      }

      const expected = last === undefined ? noStream : exactly(last.revision)
      const appended = await handling.store.append(stream, expected, [first, ...others])()
      if (!isLeft(appended)) {
        const { last: revision, position } = appended.right
        return right({ stream, events: made.right.map(({ id }) => id), revision, position, repeated: false })
      }
      if (appended.left._tag !== 'WrongExpectedRevision') return appended
    }
    return left({ _tag: 'TooManyConflicts', stream, attempts })
  }

/** A stream's whole history, decoded. A stream that does not exist has an empty one. */
export const load = async <F extends Event>(
  store: EventStore,
  catalogue: EventCatalogue<F>,
  stream: StreamName,
): Promise<Either<StoreFailure | UndecodableEvent, ReadonlyArray<Recorded<Entry<F>>>>> => {
  const history: Recorded<Entry<F>>[] = []
  for await (const page of store.readStream(stream)) {
    if (isLeft(page)) return page
    for (const stored of page.right.events) {
      const decoded = catalogue.decode(stored)
      if (isLeft(decoded)) return decoded
      history.push(decoded.right)
    }
  }
  return right(history)
}

/** The state that a history leaves: its facts in force, folded. */
export const stateOf = <State, Command, F extends Event, Refusal>(
  decider: Decider<State, Command, F, Refusal>,
  history: ReadonlyArray<Recorded<Entry<F>>>,
): State => {
  let state = decider.initial
  for (const { event } of factsInForce(history)) state = decider.evolve(state, event)
  return state
}

const receiptOf = (stream: StreamName, command: CommandId, history: ReadonlyArray<Recorded>): Receipt | null => {
  const caused = history.filter(({ causation }) => causation === command)
  const last = caused.at(-1)
  if (last === undefined) return null
  return {
    stream,
    events: caused.map(({ id }) => id),
    revision: last.revision,
    position: last.position,
    repeated: true,
  }
}

const decideOn = <State, Command, F extends Event, Refusal, SealError>(
  { catalogue, decider }: Handling<State, Command, F, Refusal, SealError>,
  history: ReadonlyArray<Recorded<Entry<F>>>,
  command: Command | CorrectionCommand,
  request: Request,
): Either<Refusal | CorrectionRefusal, ReadonlyArray<Entry<F>>> =>
  CorrectionCommand.is(command)
    ? correctOn(catalogue, decider, history, command, request)
    : decider.decide(command, request)(stateOf(decider, history))

const correctOn = <State, Command, F extends Event, Refusal>(
  catalogue: EventCatalogue<F>,
  decider: Decider<State, Command, F, Refusal>,
  history: ReadonlyArray<Recorded<Entry<F>>>,
  command: CorrectionCommand,
  request: Request,
): Either<Refusal | CorrectionRefusal, ReadonlyArray<Entry<F>>> => {
  const decided = decideCorrection(command, history, catalogue.readFact)
  if (isLeft(decided)) return decided
  for (const correction of decided.right) {
    const [envelope] = history
    if (decider.mayCorrect === undefined || envelope === undefined) continue
    const after = stateOf(decider, [...history, { ...envelope, id: eventIdOf(request.id, 0), event: correction }])
    const refusal = decider.mayCorrect(nameOfFact<F>(correction), factIn<F>(correction), request, after)
    if (refusal !== null) return left(refusal)
  }
  return decided
}

const newEvents = async <State, Command, F extends Event, Refusal, SealError>(
  { catalogue, seal }: Handling<State, Command, F, Refusal, SealError>,
  events: ReadonlyArray<Entry<F>>,
  { id: causation, actor, correlation, knownSince }: Request,
): Promise<Either<UnencodableEvent | SealError, ReadonlyArray<NewEvent>>> => {
  const made: NewEvent[] = []
  for (const [index, event] of events.entries()) {
    const id = eventIdOf(causation, index)
    const sealed = await seal(id, event)()
    if (isLeft(sealed)) return sealed
    const encoded = catalogue.encode(sealed.right)
    if (isLeft(encoded)) return encoded
    made.push({ id, ...encoded.right, knownSince, actor, causation, correlation })
  }
  return right(made)
}

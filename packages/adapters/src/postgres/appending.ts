// appending.ts: appends on their way to the server: gathered, sent in one call, and each answered

import {
  type AppendError,
  type Appended,
  EventId,
  type EventStore,
  type Instant,
  type NewEvent,
  position,
  type Revision,
  revision,
  type StoreFailure,
  storeFailure,
} from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { Batch, CopyTarget } from '../copying/index.ts'
import type { Append } from '../stores/append.ts'
import { isStorable } from '../stores/text.ts'
import type { Database } from './database.ts'
import { closedFailure, damaged, failureOf, isAboutContent } from './failures.ts'
import { gathering, type Underway } from './group-commit.ts'

export interface Appending extends Pick<CopyTarget, 'extend'> {
  readonly append: EventStore['append']
  /** Until all that was appended has its answer. */
  readonly idle: () => Promise<void>
}

export interface AppendingOptions {
  readonly clock: () => Instant
  /** How long an append waits while somebody else appends. */
  readonly patienceMs: number
  /** After so many milliseconds an append has its answer, wherever it is by then. */
  readonly timeoutMs: number
  /** Called after events were stored. */
  readonly onStored: () => void
}

type Answer = Either<AppendError, Appended>

/**
 * What an append may weigh, in bytes of text: as much as is stored well within the usual time limit, whatever characters it is made
 * of. The server would take more, but all others wait for it, and the event loop while it is written out.
 */
export const maxAppendBytes = 16 * 1024 * 1024
const heaviestBatch = 8 * 1024 * 1024
/** What an event weighs beside its text: no batch has more than some hundreds of them, unless one append does. */
const weightOfEvent = 16 * 1024

/** The writing half of the log. */
export const appendingTo = (database: Database, schema: string, options: AppendingOptions): Appending => {
  const call = callOf(schema)
  const { place } = database

  const run = async (batch: ReadonlyArray<Underway<Append, Answer>>): Promise<void> => {
    if (database.isClosed()) {
      for (const { answer } of batch) answer(left(closedFailure(place)))
      return
    }
    const recordedAt = options.clock()
    const sent = await database.attempt(
      call,
      argumentsOf(
        batch.map(({ item }) => ({ ...item, recordedAt })),
        'of the clock',
        options,
      ),
    )
    if (!isLeft(sent)) {
      if (sent.right.some(({ outcome }) => outcome === 'Stored')) options.onStored()
      for (const [index, { item, answer }] of batch.entries()) answer(answerFrom(item, sent.right[index], place))
      return
    }
    const { failure, error } = sent.left
    if (batch.length === 1 || !isAboutContent(error)) {
      for (const { answer } of batch) answer(left(failure))
      return
    }
    // Nothing of a batch that failed is stored; alone, only those fail that are to blame.
    for (const one of batch) if (!one.isAnswered()) await run([one])
  }

  const gathered = gathering<Append, Answer>({
    run,
    failed: (error) => left(failureOf(error, place)),
    weightOf,
    heaviest: heaviestBatch,
    timeoutMs: options.timeoutMs,
    overdue: () =>
      left(
        storeFailure(
          'Unavailable',
          `${place}: the append had no answer for ${options.timeoutMs} ms, and is stored or not: try again, with the same ids it is stored once`,
        ),
      ),
  })

  return {
    idle: gathered.idle,
    append: (stream, expected, events) => async () => {
      if (database.isClosed()) return left(closedFailure(place))
      if (events.length === 0) return left(noEvents(place))
      const refused = refusalOf(events)
      return refused === null ? gathered.add({ stream, expected, events }) : left(refused)
    },
    extend: (batches) => async () => {
      for (const { events } of batches) {
        const refused = refusalOf(events)
        if (refused !== null) return left(refused)
      }
      // As one transaction: where a batch is refused, those before it are undone too.
      const done = await database.transaction(async ({ query }): Promise<Either<AppendError, void>> => {
        for (const some of inCalls(batches)) {
          const rows = await query(call, argumentsOf(some, 'as copied', options))
          for (const [index, batch] of some.entries()) {
            const answer = answerFrom(batch, rows[index], place)
            if (isLeft(answer)) return answer
          }
        }
        return right(undefined)
      })
      if (!isLeft(done)) options.onStored()
      return done
    },
  }
}

/** Only JavaScript comes here: the type has one event at least. */
const noEvents = (place: string): StoreFailure =>
  storeFailure('Unsupported', `${place}: an append has one event at least`)

/** What cannot be stored at all; null where it can be tried. */
const refusalOf = (events: ReadonlyArray<NewEvent>): AppendError | null => {
  const unstorable = events.find((event) => !hasStorableText(event))
  if (unstorable !== undefined) return { _tag: 'UnstorableText', id: unstorable.id }
  const bytes = events.reduce((sum, event) => sum + bytesOf(event), 0)
  return bytes > maxAppendBytes ? { _tag: 'AppendTooLarge', bytes, limit: maxAppendBytes } : null
}

const weightOf = ({ events }: Append): number => events.reduce((sum, event) => sum + bytesOf(event) + weightOfEvent, 0)

/** Batches as they go to the server together. */
const inCalls = (batches: ReadonlyArray<Batch>): ReadonlyArray<ReadonlyArray<Batch>> => {
  const calls: Batch[][] = []
  let weight = 0
  for (const batch of batches) {
    weight += weightOf(batch)
    const last = calls.at(-1)
    if (last !== undefined && weight <= heaviestBatch) last.push(batch)
    else {
      calls.push([batch])
      weight = weightOf(batch)
    }
  }
  return calls
}

const textsOf = ({ type, data, actor }: NewEvent): ReadonlyArray<string> => [type, data, actor.id, actor.role]

const hasStorableText = (event: NewEvent): boolean => textsOf(event).every(isStorable)

const bytesOf = (event: NewEvent): number => textsOf(event).reduce((sum, text) => sum + Buffer.byteLength(text), 0)

/** Text that may be long goes as JSON, which is written many times as fast as the quoted elements of an array. */
const callOf = (schema: string): string => {
  const texts = (parameter: string): string => `ARRAY(SELECT json_array_elements_text(${parameter}::json))`
  const [types, datas, actors, roles] = ['$9', '$11', '$13', '$14'].map(texts)
  return `SELECT * FROM ${schema}.append($1, $2, $3, $4, $5, $6, $7, $8, ${types}, $10, ${datas}, $12, ${actors}, ${roles}, $15, $16)`
}

const argumentsOf = (
  appends: ReadonlyArray<Batch>,
  times: 'of the clock' | 'as copied',
  { patienceMs, timeoutMs }: AppendingOptions,
): ReadonlyArray<unknown> => {
  const events = appends.flatMap(({ events }) => events)
  return [
    // Who gave up here does not go on waiting on the server.
    `${Math.min(patienceMs, timeoutMs)}ms`,
    appends.map(({ recordedAt }) => recordedAt),
    times === 'as copied',
    appends.map(({ stream }) => stream),
    appends.map(({ expected }) => expected._tag),
    appends.map(({ expected }) => (expected._tag === 'Exactly' ? expected.revision : null)),
    appends.map(({ events }) => events.length),
    events.map(({ id }) => id),
    JSON.stringify(events.map(({ type }) => type)),
    events.map(({ version }) => version),
    JSON.stringify(events.map(({ data }) => data)),
    events.map(({ knownSince }) => knownSince),
    JSON.stringify(events.map(({ actor }) => actor.id)),
    JSON.stringify(events.map(({ actor }) => actor.role)),
    events.map(({ causation }) => causation),
    events.map(({ correlation }) => correlation),
  ]
}

/** What the function said of one append. */
const answerFrom = (
  { stream, expected }: Append,
  row: Readonly<Record<string, unknown>> | undefined,
  place: string,
): Answer => {
  switch (row?.outcome) {
    case 'Stored':
    case 'Whole': {
      const [first, last, at] = [row.first_revision, row.last_revision, row.last_position]
      if (typeof first !== 'number' || typeof last !== 'number' || typeof at !== 'number') break
      return right({ stream, first: revision(first), last: revision(last), position: position(at) })
    }
    case 'Duplicate':
      if (!EventId.is(row.duplicate)) break
      return left({ _tag: 'DuplicateEventId', id: row.duplicate })
    case 'Unexpected':
      return left({ _tag: 'WrongExpectedRevision', stream, expected, actual: revisionOrNull(row.last_revision) })
  }
  return left(failureOf(damaged(`the append function answered ${JSON.stringify(row)}`), place))
}

const revisionOrNull = (found: unknown): Revision | null => (typeof found === 'number' ? revision(found) : null)

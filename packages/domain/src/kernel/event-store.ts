// event-store.ts: the port behind which events are kept, and what every adapter promises

import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import {
  type EventId,
  type NewEvent,
  type Position,
  type Revision,
  type StoredEvent,
  type StreamName,
  streamName,
  theStart,
} from './event.ts'

/** What the caller believes of a stream when it appends. */
export type ExpectedRevision =
  | { readonly _tag: 'NoStream' }
  | { readonly _tag: 'StreamExists' }
  | { readonly _tag: 'Any' }
  | { readonly _tag: 'Exactly'; readonly revision: Revision }

/** The stream must not exist yet. */
export const noStream: ExpectedRevision = { _tag: 'NoStream' }
/** The stream must have an event. */
export const streamExists: ExpectedRevision = { _tag: 'StreamExists' }
/** Whatever the stream holds. */
export const any: ExpectedRevision = { _tag: 'Any' }
/** The stream's last event must have that revision. */
export const exactly = (revision: Revision): ExpectedRevision => ({ _tag: 'Exactly', revision })

/** Whether a stream whose last event has that revision (null: it does not exist) is as expected. */
export const isAsExpected = (expected: ExpectedRevision, actual: Revision | null): boolean => {
  switch (expected._tag) {
    case 'Any':
      return true
    case 'NoStream':
      return actual === null
    case 'StreamExists':
      return actual !== null
    case 'Exactly':
      return actual === expected.revision
  }
}

/** The store could not do its work. `retry` says whether the same call may succeed later without anybody mending anything. */
export interface StoreFailure {
  readonly _tag: 'StoreFailure'
  /**
   * `Missing`: nothing of ours is there; `Foreign`: what is there is not ours; `Older`, `Newer`: of another release; `Denied`: the
   * rights to it are lacking; `Unsupported`: this place or text cannot be kept as promised; `Superseded`: rows that were replaced;
   * `AheadOfLog`: rows that have followed events which the log does not hold.
   */
  readonly reason:
    | 'Busy'
    | 'Unavailable'
    | 'ReadOnly'
    | 'Full'
    | 'Damaged'
    | 'Missing'
    | 'Foreign'
    | 'Older'
    | 'Newer'
    | 'Denied'
    | 'Unsupported'
    | 'Closed'
    | 'Superseded'
    | 'AheadOfLog'
    | 'Unknown'
  readonly message: string
  readonly retry: boolean
}

/** A failure of a store; `Busy` and `Unavailable` may pass by themselves, the others do not. */
export const storeFailure = (reason: StoreFailure['reason'], message: string): StoreFailure => ({
  _tag: 'StoreFailure',
  reason,
  message,
  retry: reason === 'Busy' || reason === 'Unavailable',
})

/** Somebody else wrote to the stream first: load again and decide again. `actual` is null where the stream does not exist. */
export interface WrongExpectedRevision {
  readonly _tag: 'WrongExpectedRevision'
  readonly stream: StreamName
  readonly expected: ExpectedRevision
  readonly actual: Revision | null
}

/** Some but not all of these ids, or the same ids elsewhere, are in the log already. Nothing was stored. */
export interface DuplicateEventId {
  readonly _tag: 'DuplicateEventId'
  readonly id: EventId
}

/** The append is larger than this store takes in one. */
export interface AppendTooLarge {
  readonly _tag: 'AppendTooLarge'
  readonly bytes: number
  readonly limit: number
}

/** Text that not every store can give back the same (a lone surrogate, U+0000). Nothing was stored. */
export interface UnstorableText {
  readonly _tag: 'UnstorableText'
  readonly id: EventId
}

/** Everything that can come of an append but its receipt. */
export type AppendError = WrongExpectedRevision | DuplicateEventId | AppendTooLarge | UnstorableText | StoreFailure

/** The receipt of an append: the place of its first and last event. */
export interface Appended {
  readonly stream: StreamName
  readonly first: Revision
  readonly last: Revision
  readonly position: Position
}

/** A list with something in it. */
export type NonEmpty<A> = readonly [A, ...A[]]

/** What of a stream to read; all of it where nothing is said. */
export interface ReadStream {
  /** The first revision wanted; the stream's first where left out. */
  readonly from?: Revision
  readonly pageSize?: number
  readonly signal?: AbortSignalLike
}

/** What of the log to read; all of it where nothing is said. */
export interface ReadAll {
  /** Only what stands behind this position. */
  readonly after?: Position
  /** Only what stands at or before this position. */
  readonly until?: Position
  readonly types?: ReadonlyArray<string>
  /** Only streams of this category (`group`, `session` …). */
  readonly category?: string
  readonly pageSize?: number
  readonly signal?: AbortSignalLike
}

/** From where to follow the log, and what of it; all of it where nothing is said. */
export interface Subscribe {
  readonly after?: Position
  readonly types?: ReadonlyArray<string>
  readonly category?: string
  readonly pageSize?: number
  readonly signal?: AbortSignalLike
}

/** What an `AbortSignal` of any runtime has. */
export interface AbortSignalLike {
  readonly aborted: boolean
  /** Calls the listener when it is aborted. */
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void
  /** Calls the listener no more. */
  removeEventListener(type: 'abort', listener: () => void): void
}

/**
 * Some events, and how far the reader has seen with them: nothing will ever appear at or before `through` any more. A page may be
 * empty and still move `through`. Reading ends with a page that has caught up; a stream's last page is through the log's end.
 *
 * A page holds no more events than were asked for, and no more than `heaviestPage` of data unless it holds a single event.
 */
export interface Page {
  readonly events: ReadonlyArray<StoredEvent>
  readonly through: Position
  readonly caughtUp: boolean
}

/**
 * How much data the events of one page hold at most, so that a page fits into memory, whatever was stored. Counted in code units of
 * UTF-16, as `data.length` does. A store may count bytes of UTF-8 instead, which are never fewer: its pages hold as much of ASCII, and
 * less of other text.
 */
export const heaviestPage: number = 4 * 1024 * 1024

/** A page, or the failure that ended the reading: a Left is the last element. */
export type PageResult = Either<StoreFailure, Page>

/**
 * Where events are kept.
 *
 * Positions are positive and unique. They strictly increase in commit order, and within a stream with its revisions.
 * Once a reader has seen `through` = p, nothing ever appears at or before p. Nothing else is promised (no density).
 *
 * An append is to one stream and whole or not at all. Appending a whole batch again (same ids) gives the first receipt.
 */
export interface EventStore {
  /** Stores these events at the end of the stream, all or none, where the stream is as expected. */
  readonly append: (
    stream: StreamName,
    expected: ExpectedRevision,
    events: NonEmpty<NewEvent>,
  ) => TaskEither<AppendError, Appended>
  /** The events of one stream by revision, page by page. One that does not exist has none. */
  readonly readStream: (stream: StreamName, options?: ReadStream) => AsyncIterable<PageResult>
  /** The events of the whole log by position, page by page, to the end that it has when the last page is read. */
  readonly readAll: (options?: ReadAll) => AsyncIterable<PageResult>
  /**
   * Catches up and then stays: ends only when the signal aborts or the store fails. A failure that may pass (`retry`), such as a
   * dropped connection, is waited out, and the subscription goes on where it was.
   */
  readonly subscribe: (options?: Subscribe) => AsyncIterable<PageResult>
}

/** A name that no command gives, so that its stream never exists. */
const noStreamAtAll = streamName('none', '00000000-0000-0000-0000-000000000000')

/** The log's end: nothing will ever appear at or before it any more. */
export const headOf =
  (events: EventStore): TaskEither<StoreFailure, Position> =>
  async () => {
    let head = theStart
    for await (const page of events.readStream(noStreamAtAll)) {
      if (isLeft(page)) return page
      head = page.right.through
    }
    return right(head)
  }

// reading.ts: a log that can be read slice by slice, as the pages of the port

import {
  type AbortSignalLike,
  type EventStore,
  type Page,
  type PageResult,
  type Position,
  type ReadAll,
  type ReadStream,
  type Revision,
  revision,
  type StoreFailure,
  type StreamName,
  type Subscribe,
  theStart,
} from '@smagruppe/domain'
import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { Bell } from './bell.ts'
import { pauseBefore, unlessAborted } from './pausing.ts'

/** Which events of the whole log are wanted next, and how many at most. */
export interface Slice {
  readonly after: Position
  readonly until: Position | null
  readonly types: ReadonlyArray<string> | null
  readonly category: string | null
  readonly limit: number
}

/** Which events of one stream are wanted next, and how many at most. */
export interface StreamSlice {
  readonly stream: StreamName
  readonly from: Revision
  readonly limit: number
}

/** What one look gives: at once, or once a server has answered. It never rejects. */
export type Look = Either<StoreFailure, Page> | Promise<Either<StoreFailure, Page>>

/** A log, one look at a time. */
export interface SlicedLog {
  readonly slice: (wanted: Slice) => Look
  readonly streamSlice: (wanted: StreamSlice) => Look
  /** Lets others have their turn between two pages. */
  readonly breathe: () => Promise<void>
}

export interface Following {
  readonly bell: Bell
  /** How often to look for what another process has written; null: nobody else can. */
  readonly pollMs: number | null
}

const usualPageSize = 500

const limitOf = (pageSize: number | undefined): number =>
  pageSize === undefined ? usualPageSize : Math.max(1, Math.min(Math.trunc(pageSize) || 1, Number.MAX_SAFE_INTEGER))

/** The reading half of an event store. */
export const readingOf = (
  log: SlicedLog,
  following: Following,
): Pick<EventStore, 'readStream' | 'readAll' | 'subscribe'> => ({
  readStream: (stream, options = {}) => readStream(log, stream, options),
  readAll: (options = {}) => readAll(log, options),
  subscribe: (options = {}) => subscribe(log, following, options),
})

async function* readStream(log: SlicedLog, stream: StreamName, options: ReadStream): AsyncGenerator<PageResult, void> {
  const limit = limitOf(options.pageSize)
  let from = options.from ?? revision(0)
  while (!isAborted(options.signal)) {
    const page = await unlessAborted(log.streamSlice({ stream, from, limit }), options.signal)
    if (page === null) return
    yield page
    const last = isLeft(page) || page.right.caughtUp ? undefined : page.right.events.at(-1)
    if (last === undefined) return
    from = revision(last.revision + 1)
    await log.breathe()
  }
}

async function* readAll(log: SlicedLog, options: ReadAll): AsyncGenerator<PageResult, void> {
  const { until = null } = options
  const wanted = { ...filterOf(options), until, limit: limitOf(options.pageSize) }
  let after = options.after ?? theStart
  while (!isAborted(options.signal)) {
    const page = await unlessAborted(log.slice({ ...wanted, after }), options.signal)
    if (page === null) return
    yield page
    if (isLeft(page) || page.right.caughtUp) return
    after = page.right.through
    await log.breathe()
  }
}

/** A generator would end only at its next look when its reader leaves; this one is woken. */
const subscribe = (log: SlicedLog, following: Following, options: Subscribe): AsyncIterable<PageResult> => ({
  [Symbol.asyncIterator]: () => {
    const left = new AbortController()
    const leave = (): void => left.abort()
    if (options.signal?.aborted === true) leave()
    options.signal?.addEventListener('abort', leave, { once: true })
    const pages = follow(log, following, options, left.signal)
    const ended = <A>(result: A): A => {
      options.signal?.removeEventListener('abort', leave)
      return result
    }
    return {
      next: async () => {
        const result = await pages.next()
        return result.done === true ? ended(result) : result
      },
      return: async () => {
        leave()
        return ended(await pages.return())
      },
    }
  },
})

async function* follow(
  log: SlicedLog,
  { bell, pollMs }: Following,
  options: Subscribe,
  signal: AbortSignalLike,
): AsyncGenerator<PageResult, void> {
  const wanted = { ...filterOf(options), until: null, limit: limitOf(options.pageSize) }
  let after = options.after ?? theStart
  let begun = false
  let failures = 0
  while (!isAborted(signal)) {
    const heard = bell.rings()
    const page = await unlessAborted(log.slice({ ...wanted, after }), signal)
    if (page === null) return
    if (isLeft(page)) {
      if (!page.left.retry) {
        yield page
        return
      }
      failures += 1
      await bell.wait(heard, signal, pauseBefore(failures))
      continue
    }
    failures = 0
    // The first page comes even when it is empty: it says that the subscriber has caught up.
    if (!begun || page.right.through > after) yield page
    begun = true
    after = page.right.through
    if (page.right.caughtUp) await bell.wait(heard, signal, pollMs)
    else await log.breathe()
  }
}

const filterOf = ({ types, category }: Subscribe): Pick<Slice, 'types' | 'category'> => ({
  types: types ?? null,
  category: category ?? null,
})

// A function, for a signal changes between two looks and the compiler would remember the first one.
const isAborted = (signal: AbortSignalLike | undefined): boolean => signal?.aborted === true

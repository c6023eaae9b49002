// json-lines.ts: an event store of one's own, small enough to read: one file, and each append a line of JSON at its end

import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  Actor,
  CommandId,
  CorrelationId,
  categoryOf,
  EventId,
  type EventStore,
  earlier,
  heaviestPage,
  Instant,
  isAsExpected,
  later,
  type NewEvent,
  type Page,
  type PageResult,
  Position,
  position,
  type ReadAll,
  Revision,
  revision,
  type StoredEvent,
  StreamName,
  type Subscribe,
  storeFailure,
  Text,
  theStart,
} from '@smagruppe/domain'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

const Stored = t.type({
  id: EventId,
  stream: StreamName,
  revision: Revision,
  position: Position,
  recordedAt: Instant,
  knownSince: Instant,
  type: t.string,
  version: t.number,
  data: t.string,
  actor: Actor,
  causation: CommandId,
  correlation: CorrelationId,
})
const Line = t.array(Stored)

/** Opens the log in that file, and makes it where there is none; throws where it cannot. For one process, with any number of handles. */
export const openJsonLines = (
  path: string,
  clock: () => Instant,
): { readonly events: EventStore; readonly close: () => void } => {
  const file = openSync(path, 'a+')
  const log: StoredEvent[] = []
  const ids = new Map<EventId, StoredEvent>()
  const streams = new Map<StreamName, StoredEvent[]>()
  let known = 0
  let open = true

  /** What a line holds goes into memory. */
  const take = (line: string): void => {
    const events: unknown = JSON.parse(line)
    if (!Line.is(events)) throw new Error('a line is not what was written')
    for (const event of events) {
      log.push(event)
      ids.set(event.id, event)
      const stream = streams.get(event.stream)
      if (stream === undefined) streams.set(event.stream, [event])
      else stream.push(event)
    }
  }

  /** What other handles have written since; a line without its end was never answered. */
  const look = (): void => {
    const bytes = Buffer.alloc(fstatSync(file).size - known)
    readSync(file, bytes, 0, bytes.length, known)
    const whole = bytes.subarray(0, bytes.lastIndexOf('\n') + 1)
    for (const line of whole.toString().split('\n').slice(0, -1)) take(line)
    known += whole.length
  }

  /** Does something with what is in the file now. Nobody else in this process comes between. */
  const using = <A>(use: () => A) => {
    if (!open) return left(storeFailure('Closed', `${path}: it has been closed; open it again to use it`))
    try {
      look()
      return right(use())
    } catch (error) {
      // What the system refused may pass; what was written otherwise stays so.
      const isOfSystem = error instanceof Error && 'code' in error
      return left(storeFailure(isOfSystem ? 'Unavailable' : 'Damaged', `${path}: ${String(error)}`))
    }
  }

  const append = (...[stream, expected, events]: Parameters<EventStore['append']>) => {
    const unstorable = events.find(({ type, data, actor }) => ![type, data, actor.id, actor.role].every(isStorable))
    if (unstorable !== undefined) return left({ _tag: 'UnstorableText', id: unstorable.id } as const)

    const before = streams.get(stream) ?? []
    const stood = before.findIndex(({ id }) => id === events[0].id)
    const isAgain = stood >= 0 && events.every(({ id }, i) => before[stood + i]?.id === id)
    const receipt = (first: number, last: number) => {
      const at = streams.get(stream)?.[last]?.position ?? theStart
      return right({ stream, first: revision(first), last: revision(last), position: at })
    }
    if (isAgain) return receipt(stood, stood + events.length - 1)
    const fresh = new Set<EventId>()
    const duplicate = events.find(({ id }) => ids.has(id) || fresh.size === fresh.add(id).size)
    if (duplicate !== undefined) return left({ _tag: 'DuplicateEventId', id: duplicate.id } as const)
    const actual = before.at(-1)?.revision ?? null
    const next = before.length
    if (!isAsExpected(expected, actual))
      return left({ _tag: 'WrongExpectedRevision', stream, expected, actual } as const)

    const now = clock()
    const recordedAt = later(now, log.at(-1)?.recordedAt ?? now)
    const stored = (event: NewEvent, i: number): StoredEvent => ({
      ...event,
      stream,
      revision: revision(next + i),
      position: position(log.length + 1 + i),
      recordedAt,
      knownSince: earlier(event.knownSince ?? recordedAt, recordedAt),
    })
    // One line, so all of it or nothing; behind whatever a crash has left unfinished.
    ftruncateSync(file, known)
    writeSync(file, `${JSON.stringify(events.map(stored))}\n`)
    fsyncSync(file)
    look()
    return receipt(next, next + events.length - 1)
  }

  /** The next page of those events, and how far it has seen. */
  const pageOf = (events: ReadonlyArray<StoredEvent>, pageSize: number | undefined, end: Position): Page => {
    const page: StoredEvent[] = []
    let weight = 0
    for (const event of events.slice(0, Math.max(1, pageSize ?? 500))) {
      weight += event.data.length
      if (page.length > 0 && weight > heaviestPage) break
      page.push(event)
    }
    const caughtUp = page.length === events.length
    return { events: page, through: caughtUp ? end : (page.at(-1)?.position ?? end), caughtUp }
  }

  const head = (): Position => log.at(-1)?.position ?? theStart

  const nextOf = (after: Position, { until, types, category, pageSize }: ReadAll): PageResult =>
    using(() => {
      const end = Math.min(until ?? head(), head())
      const wanted = log
        .slice(after, end)
        .filter(({ type }) => types === undefined || types.includes(type))
        .filter(({ stream }) => category === undefined || categoryOf(stream) === category)
      return pageOf(wanted, pageSize, position(Math.max(after, end)))
    })

  async function* follow(options: Subscribe, leaving: AbortSignal): AsyncGenerator<PageResult, void> {
    let after: Position | null = null
    while (options.signal?.aborted !== true && !leaving.aborted) {
      const page = nextOf(after ?? options.after ?? theStart, options)
      if (isLeft(page) && !page.left.retry) return yield page
      if (!isLeft(page)) {
        // The first page comes even when it is empty: it says that there is no more for now.
        if (after === null || page.right.through > after) yield page
        after = page.right.through
      }
      await sleep(isLeft(page) || page.right.caughtUp ? 5 : 0)
    }
  }

  const events: EventStore = {
    append:
      (...asked) =>
      async () => {
        const answer = using(() => append(...asked))
        return isLeft(answer) ? answer : answer.right
      },
    readStream: async function* (stream, options = {}) {
      let from: number = options.from ?? 0
      for (let isLast = false; !isLast && options.signal?.aborted !== true; ) {
        const page = using(() => pageOf((streams.get(stream) ?? []).slice(from), options.pageSize, head()))
        yield page
        isLast = isLeft(page) || page.right.caughtUp
        from += isLeft(page) ? 0 : page.right.events.length
      }
    },
    readAll: async function* (options = {}) {
      let after = options.after ?? theStart
      for (let isLast = false; !isLast && options.signal?.aborted !== true; ) {
        const page = nextOf(after, options)
        yield page
        isLast = isLeft(page) || page.right.caughtUp
        after = isLeft(page) ? after : page.right.through
      }
    },
    subscribe: (options = {}) => ({
      [Symbol.asyncIterator]: () => {
        const leaving = new AbortController()
        const pages = follow(options, leaving.signal)
        // Whoever leaves while nothing comes would wait for the next event otherwise.
        const leave = async () => {
          leaving.abort()
          return pages.return()
        }
        return { next: () => pages.next(), return: leave }
      },
    }),
  }

  const close = (): void => {
    if (open) closeSync(file)
    open = false
  }
  return { events, close }
}

/** UTF-8 has no lone surrogates, and U+0000 is not for every store that a log may be copied to. */
const isStorable = (text: string): boolean => Text.is(text) && !text.includes('\0')

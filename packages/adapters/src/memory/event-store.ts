// event-store.ts: a log in memory, the model that other stores are compared with

import {
  type AppendError,
  type Appended,
  categoryOf,
  type EventId,
  type EventStore,
  type Instant,
  type Page,
  position,
  type StoredEvent,
  type StreamName,
  theStart,
} from '@smagruppe/domain'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type { CopyTarget } from '../copying/index.ts'
import { type Append, type LogView, planAppend, present } from '../stores/append.ts'
import { createBell } from '../stores/bell.ts'
import { fitting } from '../stores/page-weight.ts'
import { readingOf, type Slice, type StreamSlice } from '../stores/reading.ts'

/** What a log in memory needs from outside. */
export interface MemoryEventStoreOptions {
  /** Gives the time that is recorded; where it goes back, the log stays at the time of its last event. */
  readonly clock: () => Instant
}

/** A log that lives as long as the process: for tests, for trying out, and in a browser. Fails never. */
export const memoryEventStore = (options: MemoryEventStoreOptions): EventStore => memoryLogToExtend(options).events

/** The same, with the way to bring in what was recorded elsewhere: for copying alone, since it sets times. */
export const memoryLogToExtend = ({ clock }: MemoryEventStoreOptions): Pick<CopyTarget, 'events' | 'extend'> => {
  const log: StoredEvent[] = []
  const streams = new Map<StreamName, StoredEvent[]>()
  const ids = new Map<EventId, StoredEvent>()
  const bell = createBell()

  const view: LogView = {
    head: () => log.at(-1)?.position ?? theStart,
    lastRecordedAt: () => log.at(-1)?.recordedAt ?? null,
    revisionOf: (stream) => streams.get(stream)?.at(-1)?.revision ?? null,
    standingOf: (id) => ids.get(id) ?? null,
  }

  const store = (event: StoredEvent): void => {
    const kept = Object.freeze({ ...event, actor: Object.freeze(event.actor) })
    const stream = streams.get(kept.stream)
    if (stream === undefined) streams.set(kept.stream, [kept])
    else stream.push(kept)
    ids.set(kept.id, kept)
    log.push(kept)
  }

  const slice = ({ after, until, types, category, limit }: Slice): Page => {
    const end = Math.min(until ?? view.head(), view.head())
    let seen: number = after
    function* wanted(): Generator<StoredEvent, void> {
      // Positions are dense here: the event behind position p stands at index p.
      for (let found = 0; seen < end && found < limit; ) {
        const event = log[seen]
        if (event === undefined) return
        seen = event.position
        if (types !== null && !types.includes(event.type)) continue
        if (category !== null && categoryOf(event.stream) !== category) continue
        found += 1
        yield event
      }
    }
    const { events, cut } = fitting(wanted())
    const through = cut ? (events.at(-1)?.position ?? after) : position(seen)
    return { events, through, caughtUp: through >= end }
  }

  const streamSlice = ({ stream, from, limit }: StreamSlice): Page => {
    const whole = streams.get(stream) ?? []
    const { events } = fitting(whole.slice(from, from + limit))
    const caughtUp = from + events.length >= whole.length
    return { events, through: caughtUp ? view.head() : (events.at(-1)?.position ?? theStart), caughtUp }
  }

  const append = (wanted: Append, at: () => Instant): Either<AppendError, Appended> => {
    const plan = planAppend(wanted, view, at)
    if (isLeft(plan)) return plan
    plan.right.write.forEach(store)
    if (plan.right.write.length > 0) bell.ring()
    return right(plan.right.receipt)
  }

  return {
    events: {
      append: (stream, expected, events) => async () =>
        append({ stream, expected, events }, () => present(view, clock)),
      ...readingOf(
        {
          slice: (wanted) => right(slice(wanted)),
          streamSlice: (wanted) => right(streamSlice(wanted)),
          breathe: () => new Promise((resolve) => setTimeout(resolve, 0)),
        },
        { bell, pollMs: null },
      ),
    },
    extend: (batches) => async () => {
      for (const batch of batches) {
        const appended = append(batch, () => batch.recordedAt)
        if (isLeft(appended)) return appended
      }
      return right(undefined)
    },
  }
}

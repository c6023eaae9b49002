// integrity.ts: whether a register on EventStoreDB is sound: what is promised of its events, and that no stream was deleted

import type { EventStore, StoredEvent, StoreFailure, StreamName } from '@smagruppe/domain'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { systemClock } from '../node/index.ts'
import { type Checked, Enough, notes, overEvents, type Tell } from '../stores/checking.ts'
import { type EventStoreDbOptions, openEventStoreDb } from './event-store.ts'

/** What may be set otherwise for a check. */
export interface EventStoreDbCheckOptions extends Omit<EventStoreDbOptions, 'clock'> {
  /** Told after every thousand events. */
  readonly onProgress?: (events: number) => void
}

/**
 * Goes over the register on that server, also while others write to it, and over each of its streams: what was deleted or truncated still
 * stands in the log until the server is scavenged. Damage is a finding, not a failure; for the failures see `openEventStoreDb`.
 */
export const checkEventStoreDb =
  (url: string, { onProgress, ...options }: EventStoreDbCheckOptions = {}): TaskEither<StoreFailure, Checked> =>
  async () => {
    const opened = await openEventStoreDb(url, { ...options, clock: systemClock })()
    if (isLeft(opened)) return opened
    const { events, close } = opened.right
    const { findings, tell } = notes()
    try {
      const rows = await overLog(events, tell, onProgress)
      return rows._tag === 'Left' ? rows : right({ rows: rows.right, findings })
    } finally {
      await close()
    }
  }

const overLog = async (events: EventStore, tell: Tell, onProgress: (events: number) => void = () => {}) => {
  const lengths = new Map<StreamName, number>()
  const over = overEvents(tell)
  let rows = 0
  try {
    for await (const page of events.readAll()) {
      if (isLeft(page)) {
        if (page.left.reason !== 'Damaged') return page
        tell('Event', page.left.message)
        break
      }
      for (const event of page.right.events) {
        over(rowOf(event))
        lengths.set(event.stream, (lengths.get(event.stream) ?? 0) + 1)
        rows += 1
        if (rows % 1_000 === 0) onProgress(rows)
      }
    }
    for (const [stream, length] of lengths) {
      const failure = await overStream(events, stream, length, tell)
      if (failure !== null) return left(failure)
    }
  } catch (error) {
    if (!(error instanceof Enough)) throw error
  }
  return right(rows)
}

const overStream = async (
  events: EventStore,
  stream: StreamName,
  length: number,
  tell: Tell,
): Promise<StoreFailure | null> => {
  let found = 0
  for await (const page of events.readStream(stream)) {
    if (!isLeft(page)) {
      found += page.right.events.length
      continue
    }
    if (page.left.reason !== 'Damaged') return page.left
    tell('Revision', page.left.message)
    return null
  }
  if (found < length) tell('Revision', `${stream} gives ${found} events, and the log has ${length} of it`)
  return null
}

/** As a row of an SQL log, which is what the checks go over. */
const rowOf = (event: StoredEvent) => ({
  ...event,
  recorded_at: event.recordedAt,
  known_since: event.knownSince,
  actor_id: event.actor.id,
  actor_role: event.actor.role,
})

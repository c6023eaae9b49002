// alone.ts: of several instances one works at a time, and another takes over when it dies

import type { AbortSignalLike, StoreFailure } from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { createBell } from '../stores/bell.ts'
import { pauseBefore } from '../stores/pausing.ts'
import type { Database, Session } from './database.ts'
import { closedFailure, failureOf } from './failures.ts'

/** Whose turn it is, for what. */
export interface Alone {
  /** What is worked on: of all who name the same in this schema one works. Name the same for all versions of a projection. */
  readonly on: string
  /** Ends the waiting, and asks the work to end. */
  readonly signal?: AbortSignalLike
}

/** Work that ends soon after its signal aborts. */
export type Work = (signal: AbortSignal) => Promise<void>

/** The turns of one open register. */
export interface Turns {
  readonly alone: (alone: Alone, work: Work) => TaskEither<StoreFailure, void>
  /** Asks all work to end, and waits for it as long as for an answer; whoever still waits for a turn gets `Closed`. */
  readonly stop: () => Promise<void>
}

interface TurnsOptions {
  readonly pollMs: number
  readonly timeoutMs: number
}

/**
 * Waits for the turn of this instance, then does the work. Whose turn it is, the server knows by a lock in a transaction that stays
 * open, on a connection of its own: so it holds behind a pooler too, and ends with the connection. Where the connection is lost
 * meanwhile, the signal of the work aborts and this waits for its turn again.
 */
export const turnsOn = (database: Database, schema: string, { pollMs, timeoutMs }: TurnsOptions): Turns => {
  const stopping = new AbortController()
  const underway = new Set<Promise<unknown>>()

  const follow = async ({ on, signal }: Alone, work: Work): Promise<Either<StoreFailure, void>> => {
    const bell = createBell()
    const outside = new AbortController()
    const abort = (): void => outside.abort()
    const signals = signal === undefined ? [stopping.signal] : [stopping.signal, signal]
    for (const one of signals) {
      one.addEventListener('abort', abort, { once: true })
      if (one.aborted) abort()
    }
    try {
      for (let failures = 0; !outside.signal.aborted; ) {
        const turn = await takeTurn(database, `smagruppe alone ${schema} ${on}`, pollMs, outside.signal, work)
        if (!isLeft(turn) && turn.right === 'done') return right(undefined)
        if (isLeft(turn) && !turn.left.retry) return turn
        failures = isLeft(turn) ? failures + 1 : 0
        await bell.wait(0, outside.signal, isLeft(turn) ? pauseBefore(failures) : pollMs)
      }
      return signal?.aborted === true ? right(undefined) : left(closedFailure(database.place))
    } finally {
      for (const one of signals) one.removeEventListener('abort', abort)
    }
  }

  return {
    alone: (alone, work) => () => {
      const followed = follow(alone, work)
      underway.add(followed)
      return followed.finally(() => underway.delete(followed))
    },
    stop: async () => {
      stopping.abort()
      const bell = createBell()
      void Promise.allSettled(underway).then(bell.ring)
      await bell.wait(0, undefined, timeoutMs)
    },
  }
}

const takeTurn = async (
  database: Database,
  lock: string,
  pollMs: number,
  outside: AbortSignal,
  work: Work,
): Promise<Either<StoreFailure, 'done' | 'lost' | 'not our turn'>> => {
  const session = await database.session()
  if (isLeft(session)) return session
  const { query, release } = session.right
  try {
    await query('BEGIN ISOLATION LEVEL READ COMMITTED')
    const [row] = await query('SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS ours', [lock])
    const begins = row?.ours === true && !outside.aborted
    const turn = begins ? await workWhileConnected(session.right, pollMs, outside, work) : 'not our turn'
    if (turn !== 'lost') await query('ROLLBACK')
    release(turn === 'lost' ? 'broken' : 'whole')
    return right(turn)
  } catch (error) {
    release('broken')
    return left(failureOf(error, database.place))
  }
}

const lost = new Error('the connection that held the turn was lost')

/** Does the work, and has its signal abort when the connection is lost or the signal from outside aborts. */
const workWhileConnected = async (
  { client, query }: Session,
  pollMs: number,
  outside: AbortSignal,
  work: Work,
): Promise<'done' | 'lost'> => {
  const inside = new AbortController()
  const abort = (): void => inside.abort()
  const lose = (): void => inside.abort(lost)
  client.on('error', lose)
  client.on('end', lose)
  outside.addEventListener('abort', abort, { once: true })
  if (outside.aborted) abort()
  const ended = createBell()
  // A connection that died without a word is found out by asking; asking also keeps it from being idle for too long.
  const ask = async (): Promise<void> => {
    while (ended.rings() === 0 && !inside.signal.aborted) {
      await ended.wait(0, inside.signal, pollMs)
      if (ended.rings() === 0 && !inside.signal.aborted) await query('SELECT 1').catch(lose)
    }
  }
  try {
    const worked = Promise.resolve(inside.signal).then(work).finally(ended.ring)
    await Promise.all([worked, ask()])
    return inside.signal.reason === lost ? 'lost' : 'done'
  } finally {
    client.removeListener('error', lose)
    client.removeListener('end', lose)
    outside.removeEventListener('abort', abort)
    inside.abort()
  }
}

// alone.ts: of several instances one works at a time, and another takes over when it dies

import type { AbortSignalLike, StoreFailure } from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { createBell } from '../stores/bell.ts'
import { pauseBefore } from '../stores/pausing.ts'
import type { Database } from './database.ts'
import { failureOf } from './failures.ts'

/** Whose turn it is, for what. */
export interface Alone {
  /** What is worked on: of all who name the same in this schema one works. Name the same for all versions of a projection. */
  readonly on: string
  /** Ends the waiting, and asks the work to end. */
  readonly signal?: AbortSignalLike
}

/** Work that ends soon after its signal aborts. */
export type Work = (signal: AbortSignal) => Promise<void>

/**
 * Waits for the turn of this instance, then does the work. Whose turn it is, the server knows by a lock in a transaction that stays
 * open, on a connection of its own: so it holds behind a pooler too, and ends with the connection. Where the connection is lost
 * meanwhile, the signal of the work aborts and this waits for its turn again.
 */
export const aloneOn =
  (database: Database, schema: string, pollMs: number) =>
  ({ on, signal }: Alone, work: Work): TaskEither<StoreFailure, void> =>
  async () => {
    const bell = createBell()
    const outside = new AbortController()
    const abort = (): void => outside.abort()
    signal?.addEventListener('abort', abort, { once: true })
    if (signal?.aborted === true) abort()
    try {
      for (let failures = 0; !outside.signal.aborted; ) {
        const turn = await takeTurn(database, `smagruppe alone ${schema} ${on}`, pollMs, outside.signal, work)
        if (!isLeft(turn) && turn.right === 'done') return right(undefined)
        if (isLeft(turn) && !turn.left.retry) return turn
        failures = isLeft(turn) ? failures + 1 : 0
        await bell.wait(0, outside.signal, isLeft(turn) ? pauseBefore(failures) : pollMs)
      }
      return right(undefined)
    } finally {
      signal?.removeEventListener('abort', abort)
    }
  }

const takeTurn = async (
  database: Database,
  lock: string,
  pollMs: number,
  outside: AbortSignal,
  work: Work,
): Promise<Either<StoreFailure, 'done' | 'not our turn'>> => {
  const session = await database.session()
  if (isLeft(session)) return session
  const { client, query, release } = session.right
  const inside = new AbortController()
  const abort = (): void => inside.abort()
  client.on('error', abort)
  client.on('end', abort)
  outside.addEventListener('abort', abort, { once: true })
  let broken = true
  try {
    await query('BEGIN ISOLATION LEVEL READ COMMITTED')
    const [row] = await query('SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS ours', [lock])
    if (row?.ours === true) {
      let working = true
      const worked = work(inside.signal).finally(() => {
        working = false
      })
      // A connection that died without a word is found out by asking; asking also keeps it from being idle for too long.
      const bell = createBell()
      worked.then(bell.ring, bell.ring)
      while (working && !inside.signal.aborted) {
        await bell.wait(bell.rings(), inside.signal, pollMs)
        if (working && !inside.signal.aborted) await query('SELECT 1').catch(abort)
      }
      await worked
    }
    const lost = inside.signal.aborted && !outside.aborted
    if (!lost) {
      await query('ROLLBACK')
      broken = false
    }
    return right(row?.ours === true && !lost ? 'done' : 'not our turn')
  } catch (error) {
    return left(failureOf(error, database.place))
  } finally {
    client.removeListener('error', abort)
    client.removeListener('end', abort)
    outside.removeEventListener('abort', abort)
    inside.abort()
    release(broken ? 'broken' : 'whole')
  }
}

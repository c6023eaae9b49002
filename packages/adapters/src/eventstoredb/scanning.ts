// scanning.ts: $all behind a position, event by event, over as many calls and connections as that takes

import { type Position, position, type StoreFailure, storeFailure, theStart } from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { Client, Filter, KeptEvent, Reading } from './client.ts'
import type { Connection, Held } from './connection.ts'
import { safe } from './envelope.ts'
import { closedFailure, noAnswer } from './failures.ts'
import { fieldOf, typeOf } from './records.ts'

/** What a look at the log gives next: an event and where it stands, or null and how far the log went when its end was come to. */
export interface Seen {
  readonly event: KeptEvent | null
  readonly at: Position
}

export interface Scan {
  /** The last event that was looked at; where it began, before that. */
  readonly cursor: () => Position
  readonly next: () => Promise<Either<StoreFailure, Seen>>
  /** What `next` would give, where that need not be waited for. */
  readonly atHand: () => Seen | null
  /** What was looked at comes once more; until then the scan stands before it. */
  readonly putBack: (seen: Seen, before: Position) => void
  readonly leave: () => void
}

// A client may go on reading what nobody wants any more, so a call asks for no more than this.
const longestRun = 20_000

/** The position of the last event on the server, whoever's it is. */
export const headOn = (connection: Connection): Promise<Either<StoreFailure, Position>> => connection.ask(headOf)

const headOf = async (client: Client): Promise<Position> => {
  const reading = client.readAll({ from: 'end', direction: 'backwards', limit: 1, filter: null })
  try {
    const [last] = await reading.next()
    if (last !== undefined) await reading.next()
    return last === undefined ? theStart : position(safe(last.position, 'the last event of $all'))
  } finally {
    reading.leave()
  }
}

/**
 * Reads behind `after`, which is where an event stands, or the start. A connection that drops is made anew, and reading goes on where it
 * was. With a filter that the server takes, events that do not fit do not come, and the end is where the log was known to end before.
 */
export const scanOf = (connection: Connection, after: Position, filter: Filter | null): Scan => {
  let cursor = after
  let run: Run | null = null
  let ahead: Seen[] = []

  const leave = (): void => {
    run?.end()
    run = null
    ahead = []
  }

  const atHand = (): Seen | null => {
    const seen = ahead.shift() ?? null
    if (seen !== null) cursor = seen.at
    return seen
  }

  const next = async (): Promise<Either<StoreFailure, Seen>> => {
    if (connection.closed.aborted) return left(closedFailure(connection.place))
    const had = atHand()
    if (had !== null) return right(had)
    let patience = connection.patience()
    for (;;) {
      if (run === null) {
        const begun = await beginRun(connection, cursor, filter)
        if (isLeft(begun)) return begun
        run = begun.right
      }
      try {
        const events = await run.next()
        if (events.length === 0) {
          const { count, head } = run
          leave()
          // A run that gave all that it was asked for says nothing of what stands behind it.
          if (count >= longestRun) continue
          if (head !== null && head > cursor) cursor = head
          return right({ event: null, at: cursor })
        }
        // A reading begins with the event that stands there.
        ahead = events.map(seenOf).filter(({ at }) => at > cursor)
        const seen = atHand()
        if (seen !== null) return right(seen)
        patience = connection.patience()
      } catch (error) {
        const wasBegun = run.count > 0
        run.end(error)
        run = null
        const failure = connection.failureOf(error)
        const mayBeNowhere = !wasBegun && cursor !== theStart && isLikeARefusal(error)
        if (await patience.lasts(mayBeNowhere ? { ...failure, retry: true } : failure)) continue
        const isNowhere = mayBeNowhere && (await standsNothingAt(connection, cursor))
        return left(isNowhere ? notAPosition(connection.place, cursor) : failure)
      }
    }
  }

  return {
    cursor: () => cursor,
    next,
    atHand,
    putBack: (seen, before) => {
      ahead.unshift(seen)
      cursor = before
    },
    leave,
  }
}

const seenOf = (event: KeptEvent): Seen => ({
  event,
  at: position(safe(event.position, `an event of ${event.stream}`)),
})

/**
 * Whether a client may have told by this that no event stands where a reading was to begin. One says that something unknown went wrong, the
 * other that the server is not there: words for much that passes too, so that alone they say nothing.
 */
const isLikeARefusal = (error: unknown): boolean => {
  const [kind, code] = [typeOf(error), fieldOf(error, 'code')]
  return (kind === 'unknown' && code === 2) || (kind === 'unavailable' && code === undefined)
}

/**
 * Whether the server refuses to read from there, and right before did read from where an event is known to stand. To be asked only once
 * trying again was of no use: who is told so throws read models away.
 */
const standsNothingAt = async (connection: Connection, at: Position): Promise<boolean> => {
  const found = await connection.attempt(async (client) => {
    const head = await headOf(client)
    return head !== at && (await readsFrom(client, head)) && !(await readsFrom(client, at))
  })
  return !isLeft(found) && found.right
}

const readsFrom = async (client: Client, at: Position): Promise<boolean> => {
  const reading = client.readAll({ from: BigInt(at), direction: 'forwards', limit: 1, filter: null })
  try {
    const [first] = await reading.next()
    if (first !== undefined) await reading.next()
    return true
  } catch (error) {
    if (isLikeARefusal(error)) return false
    throw error
  } finally {
    reading.leave()
  }
}

interface Run {
  readonly next: () => Promise<ReadonlyArray<KeptEvent>>
  /** How many events came, also such as were passed over. */
  readonly count: number
  /** How far the log went before it began, where that is not to be seen from the events themselves. */
  readonly head: Position | null
  readonly end: (error?: unknown) => void
}

const beginRun = async (
  connection: Connection,
  after: Position,
  filter: Filter | null,
): Promise<Either<StoreFailure, Run>> => {
  const atServer = connection.filtersReads ? filter : null
  const head = atServer === null ? right(null) : await headOn(connection)
  if (isLeft(head)) return head
  const held = connection.hold()
  if (isLeft(held)) return held
  const reading = held.right.client.readAll({
    from: after === theStart ? 'start' : BigInt(after),
    direction: 'forwards',
    limit: longestRun,
    filter: atServer,
  })
  return right(runOf(reading, held.right, connection, head.right))
}

/** One timer for the whole run: setting one for each event would cost more than reading it. */
const runOf = (
  reading: Reading,
  held: Held,
  { timeForOne, closed }: Pick<Connection, 'timeForOne' | 'closed'>,
  head: Position | null,
): Run => {
  let waitingSince: number | null = null
  let giveUp: (error: Error) => void = () => {}
  const timer = setInterval(
    () => {
      if (waitingSince !== null && Date.now() - waitingSince > timeForOne) giveUp(noAnswer(timeForOne))
    },
    Math.max(10, timeForOne / 4),
  )
  timer.unref()
  const close = (): void => giveUp(new Error('the store has been closed'))
  closed.addEventListener('abort', close, { once: true })
  const run = {
    count: 0,
    head,
    next: () =>
      new Promise<ReadonlyArray<KeptEvent>>((resolve, reject) => {
        giveUp = reject
        waitingSince = Date.now()
        reading.next().then((events) => {
          waitingSince = null
          run.count += events.length
          resolve(events)
        }, reject)
      }),
    end: (error?: unknown) => {
      clearInterval(timer)
      closed.removeEventListener('abort', close)
      reading.leave()
      held.release(error)
    },
  }
  return run
}

const notAPosition = (place: string, at: Position): StoreFailure =>
  storeFailure(
    'AheadOfLog',
    `${place}: no event stands at ${at}: what has followed the log to there has followed another one; rebuild the read models`,
  )

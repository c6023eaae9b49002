// crash-server.test-kit.ts: for the tests that kill a server: clients that go on working through it, and one moment of what it holds

import { setTimeout as sleep } from 'node:timers/promises'
import { type AppendError, type Appended, any, catchUp, type StoredEvent } from '@smagruppe/domain'
import { isLeft } from 'fp-ts/lib/Either.js'
import { Pool } from 'pg'
import { rightOf, within } from '../contract/case.ts'
import { systemClock } from '../node/index.ts'
import { batchNamed, counting } from '../stores/batches.test-kit.ts'
import { type Examined, lookedAt } from '../stores/whole-batches.test-kit.ts'
import { openPostgres, type PostgresRegister } from './index.ts'

/** Clients at work on one schema: writers in two instances, a subscriber, and two instances of which one carries the read models on. */
export interface AtWork {
  /** What each batch was answered in the end. */
  readonly answered: ReadonlyMap<string, Appended>
  /** The batches that were sent and have no answer yet. */
  readonly inFlight: () => ReadonlyArray<string>
  /** How often each batch got a failure for an answer. */
  readonly failed: ReadonlyMap<string, number>
  /** What these failures said, and how often. */
  readonly failures: ReadonlyMap<string, number>
  /** What the subscriber has seen so far: it is one subscription all the time. */
  readonly seen: ReadonlyArray<StoredEvent>
  /** How often somebody's turn began to carry the read models on. */
  readonly turns: () => number
  /** Until so many more batches are answered. */
  readonly answers: (count: number) => Promise<void>
  /** Has the writers end, waits until subscriber and read models have come to the end too, and closes all. Gives how far that is. */
  readonly end: () => Promise<number>
  /** Has all of them end where they are. */
  readonly abandon: () => void
}

export const atWork = async (url: string, schema: string, name: string, writers: number): Promise<AtWork> => {
  const open = async (): Promise<PostgresRegister> =>
    rightOf(await openPostgres(url, { clock: systemClock, schema, pollMs: 100 })())
  const [one, other, reader, ...carriers] = [await open(), await open(), await open(), await open(), await open()]
  const ending = new AbortController()
  const done = new AbortController()
  const answered = new Map<string, Appended>()
  const sent = new Set<string>()
  const failed = new Map<string, number>()
  const failures = new Map<string, number>()
  const seen: StoredEvent[] = []
  let turns = 0

  /** Fails but for what a caller is told to try again. */
  const tolerated = (failure: AppendError): void => {
    if (failure._tag !== 'StoreFailure' || !failure.retry)
      throw new Error(`nothing to try again: ${JSON.stringify(failure)}`)
    const said = failure.message.slice(failure.message.indexOf(': ') + 2)
    const what = `${failure.reason}: ${said.replace(/;.*| 127.0.0.1:\d+/g, '')}`
    failures.set(what, (failures.get(what) ?? 0) + 1)
  }

  const write = async ({ events: log }: PostgresRegister, writer: number): Promise<void> => {
    for (let i = 0; !ending.signal.aborted; i += 1) {
      const batch = `batch ${name}.${writer} ${i}`
      const { stream, events } = batchNamed(batch)
      while (!answered.has(batch) && !done.signal.aborted) {
        sent.add(batch)
        const answer = await log.append(stream, any, events)()
        sent.delete(batch)
        if (!isLeft(answer)) answered.set(batch, answer.right)
        else {
          tolerated(answer.left)
          failed.set(batch, (failed.get(batch) ?? 0) + 1)
          await sleep(50)
        }
      }
    }
  }
  const subscribe = async (): Promise<void> => {
    for await (const page of reader.events.subscribe({ signal: done.signal, pageSize: 50 }))
      seen.push(...rightOf(page).events)
  }
  const carryOn = async (carrier: PostgresRegister): Promise<void> => {
    const work = async (signal: AbortSignal): Promise<void> => {
      turns += 1
      while (!signal.aborted) {
        const carried = await catchUp({ ...counting(carrier), pageSize: 16, signal })()
        if (isLeft(carried)) tolerated(carried.left)
        await sleep(isLeft(carried) ? 10 : 1)
      }
    }
    rightOf(await carrier.alone({ on: 'counts', signal: done.signal }, work)())
  }
  const writes = Array.from({ length: writers }, (_, w) => write(w % 2 === 0 ? one : other, w))
  const follows = [subscribe(), ...carriers.map(carryOn)]
  // What one of them fails of is told when all are waited for, and by then nobody may have listened.
  const all = Promise.all([...writes, ...follows])
  all.catch(() => {})
  const unlessFailed = async (what: string, isSo: () => boolean | Promise<boolean>): Promise<void> => {
    const waiting = (async () => {
      while (!(await isSo())) await sleep(2)
    })()
    await within(
      60_000,
      what,
      Promise.race([waiting, all]).then(() => waiting),
    )
  }

  return {
    answered,
    inFlight: () => [...sent],
    failed,
    failures,
    seen,
    turns: () => turns,
    answers: (count) => {
      const enough = answered.size + count
      return unlessFailed(`answer ${enough}`, () => answered.size >= enough)
    },
    end: async () => {
      ending.abort()
      await within(60_000, 'the writers', Promise.all(writes))
      const last = Math.max(0, ...[...answered.values()].map(({ position }) => position))
      const [count] = counting(one).followers
      await unlessFailed('the subscriber', () => (seen.at(-1)?.position ?? 0) >= last)
      await unlessFailed('the read models', async () => {
        const builds = rightOf(await one.rows.kept())
        return count !== undefined && builds.length > 0 && builds.every(({ checkpoint }) => checkpoint >= last)
      })
      done.abort()
      await within(60_000, 'all clients', all)
      for (const register of [one, other, reader, ...carriers]) rightOf(await register.close())
      return last
    },
    abandon: () => {
      ending.abort()
      done.abort()
    },
  }
}

/** One moment of a schema, while others go on writing to it: all looks are of one transaction, which sees no other. */
export const momentOf = async (url: string, schema: string): Promise<Examined> => {
  const pool = new Pool({ connectionString: url, max: 1 })
  try {
    const client = await pool.connect()
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    client.release()
    const register = rightOf(await openPostgres(pool, { clock: systemClock, schema, migrations: 'expect' })())
    return await lookedAt(register)
  } finally {
    await pool.end()
  }
}

// bench.ts: the adapter and the bare client in turn, on the same server, and how many events a second each of them manages

import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { EventStore, NewEvent, NonEmpty, Position, StreamName } from '../../packages/domain/src/index.ts'

const names = ['kurrentdb-client', 'db-client'] as const
type Name = (typeof names)[number]

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))
const adapters = '../../packages/adapters'

async function standIn(): Promise<{ readonly url: string; readonly end: () => void }> {
  const child = spawn(process.execPath, [path(`${adapters}/src/eventstoredb/stand-in/serve.test-kit.ts`)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((resolve) => child.stdout.once('data', (line) => resolve(String(line).trim())))
  return { url, end: () => child.stdin.end() }
}

function run(command: string, words: string[], env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    spawn(command, words, { env, stdio: 'inherit' }).on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`exit code ${code}`)),
    )
  })
}

/** What is measured: so many events written or read, by one way or the other. */
interface Way {
  readonly append: (events: number) => Promise<void>
  readonly catchUp: () => Promise<number>
  readonly follow: () => Promise<number>
  readonly readStream: () => Promise<number>
}

async function measure(name: Name, url: string): Promise<void> {
  const { openEventStoreDb } = await import(`${adapters}/src/eventstoredb/index.ts`)
  const { systemClock } = await import(`${adapters}/src/node/index.ts`)
  const opened = await openEventStoreDb(url, { client: name, clock: systemClock })()
  if (opened._tag === 'Left') throw new Error(opened.left.message)
  const stream = newStream()
  // Both read from here on: what stands before was written for the client that was measured first, or by others.
  const first = await opened.right.events.append(stream, { _tag: 'NoStream' }, batchOf(500))()
  if (first._tag === 'Left') throw new Error(JSON.stringify(first.left))
  const from = first.right.position
  const ours = oursOn(opened.right.events, stream, from)
  const bare = bareOn(name, url, stream, BigInt(from))

  console.log(
    `\n${name}\n${'what'.padEnd(34)}${'bare/s'.padStart(9)}${'ours/s'.padStart(9)}  ratio  processor  ratio from turn to turn`,
  )
  // What is read was all written by the adapter: what others wrote it would have to pass over.
  await inTurns(4, 60, () => ours.append(100))
  await compare('read $all', null, (way) => way.catchUp())
  await compare('subscribe, until caught up', null, (way) => way.follow())
  await compare('read a stream of 500 events', null, (way) => way.readStream())
  for (const [what, inFlight, each, appends] of [
    ['append, one after another', 1, 1, 100],
    ['append, 8 in flight', 8, 1, 300],
    ['append, 64 in flight', 64, 1, 1_000],
    ['append, 100 events a call', 1, 100, 40],
  ] as const)
    await compare(what, appends * each, (way) => inTurns(inFlight, appends, () => way.append(each)))
  await opened.right.close()
  process.exit(0)

  async function compare(what: string, events: number | null, work: (way: Way) => Promise<unknown>): Promise<void> {
    const rates = { bare: [] as number[], ours: [] as number[] }
    const effort = { bare: [] as number[], ours: [] as number[] }
    // In turns, so that whatever else the machine does meets both; the first two turns only warm up.
    for (let turn = -2; turn < rounds; turn += 1) {
      const order = turn % 2 === 0 ? (['bare', 'ours'] as const) : (['ours', 'bare'] as const)
      for (const way of order) {
        const begun = performance.now()
        const spent = process.cpuUsage()
        const found = await work(way === 'bare' ? bare : ours)
        const done = events ?? Number(found)
        const rate = (done * 1_000) / (performance.now() - begun)
        const { user, system } = process.cpuUsage(spent)
        if (turn < 0) continue
        rates[way].push(rate)
        effort[way].push((user + system) / done)
      }
    }
    const [one, other] = [median(rates.bare), median(rates.ours)]
    const shown = (rate: number): string => rate.toFixed(0).padStart(9)
    const ratios = rates.bare.map((rate, turn) => (rates.ours[turn] ?? Number.NaN) / rate)
    const efforts = effort.bare.map((spent, turn) => spent / (effort.ours[turn] ?? Number.NaN))
    const range = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`
    console.log(
      `${what.padEnd(34)}${shown(one)}${shown(other)}  ${median(ratios).toFixed(2).padStart(5)}  ${median(efforts).toFixed(2).padStart(9)}  ${range}`,
    )
  }
}

const rounds = 9

const median = (rates: ReadonlyArray<number>): number =>
  [...rates].sort((a, b) => a - b)[Math.floor(rates.length / 2)] ?? 0

const inTurns = async (inFlight: number, times: number, work: () => Promise<void>): Promise<void> => {
  let begun = 0
  const worker = async (): Promise<void> => {
    while (begun < times) {
      begun += 1
      await work()
    }
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
}

const data = {
  session: randomUUID(),
  group: randomUUID(),
  held: { on: '2024-03-12', from: '18:00', to: '20:30' },
  minutes: 150,
  topics: ['hypertension', 'prescribing'],
  attended: Array.from({ length: 4 }, () => randomUUID()),
}
const actor = { id: 'bench', role: 'secretary' }
const newStream = (): StreamName => `group-${randomUUID()}` as StreamName

const batchOf = (count: number): NonEmpty<NewEvent> =>
  Array.from({ length: count }, () => ({
    id: randomUUID(),
    type: 'SessionHeld',
    version: 1,
    data: JSON.stringify(data),
    knownSince: null,
    actor,
    causation: randomUUID(),
    correlation: randomUUID(),
  })) as unknown as NonEmpty<NewEvent>

function oursOn(events: EventStore, stream: StreamName, after: Position): Way {
  return {
    append: async (count) => {
      const appended = await events.append(newStream(), { _tag: 'NoStream' }, batchOf(count))()
      if (appended._tag === 'Left') throw new Error(JSON.stringify(appended.left))
    },
    catchUp: async () => {
      let count = 0
      for await (const page of events.readAll({ after })) {
        if (page._tag === 'Left') throw new Error(page.left.message)
        count += page.right.events.length
      }
      return count
    },
    follow: async () => {
      let count = 0
      for await (const page of events.subscribe({ after })) {
        if (page._tag === 'Left') throw new Error(page.left.message)
        count += page.right.events.length
        if (page.right.caughtUp) return count
      }
      return count
    },
    readStream: async () => {
      let count = 0
      for await (const page of events.readStream(stream)) {
        if (page._tag === 'Left') throw new Error(page.left.message)
        count += page.right.events.length
      }
      return count
    },
  }
}

function bareOn(name: Name, url: string, stream: StreamName, from: bigint): Way {
  const fromPosition = { commit: from, prepare: from }
  const require = createRequire(new URL(`${adapters}/package.json`, import.meta.url))
  const bare = require(name === 'db-client' ? '@eventstore/db-client' : '@kurrent/kurrentdb-client')
  const client = (bare.EventStoreDBClient ?? bare.KurrentDBClient).connectionString(
    name === 'db-client' ? url : url.replace('esdb', 'kurrentdb'),
  )
  const event = () =>
    bare.jsonEvent({
      type: 'SessionHeld',
      data,
      metadata: {
        version: 1,
        recordedAt: new Date().toISOString(),
        actor,
        $causationId: randomUUID(),
        $correlationId: randomUUID(),
      },
    })
  return {
    append: async (count) => {
      const expected = bare.NO_STREAM
      await client.appendToStream(
        newStream(),
        Array.from({ length: count }, event),
        name === 'db-client' ? { expectedRevision: expected } : { streamState: expected },
      )
    },
    catchUp: async () => {
      let count = 0
      for await (const { event } of client.readAll({ fromPosition })) if (event.type === 'SessionHeld') count += 1
      return count
    },
    follow: async () => {
      let count = 0
      const subscription = client.subscribeToAll({ fromPosition })
      await new Promise<void>((resolve, reject) => {
        subscription.on('data', ({ event }: { event: { type: string } }) => {
          if (event.type === 'SessionHeld') count += 1
        })
        subscription.on('caughtUp', resolve)
        subscription.on('error', reject)
      })
      await subscription.unsubscribe()
      return count
    },
    readStream: async () => {
      let count = 0
      for await (const { event } of client.readStream(stream)) if (event !== undefined) count += 1
      return count
    },
  }
}

// Both clients in one process break each other, so each is measured in one of its own.
const only = process.argv[2]
if (only === undefined) {
  const server = process.env.EVENTSTOREDB_URL === undefined ? await standIn() : null
  const url = process.env.EVENTSTOREDB_URL ?? server?.url ?? ''
  console.log(
    `Server: ${server === null ? 'the one that EVENTSTOREDB_URL names' : 'the stand-in, in a process of its own'}`,
  )
  for (const name of names)
    await run(process.execPath, [path('bench.ts'), name], { ...process.env, EVENTSTOREDB_URL: url })
  server?.end()
} else await measure(only === 'db-client' ? 'db-client' : 'kurrentdb-client', process.env.EVENTSTOREDB_URL ?? '')

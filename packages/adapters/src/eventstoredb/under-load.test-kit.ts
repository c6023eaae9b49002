// under-load.test-kit.ts: a server that dies, stops, hangs and loses connections while many write and follow, for each client

import { setTimeout as sleep } from 'node:timers/promises'
import {
  any,
  type EventStore,
  type ExpectedRevision,
  exactly,
  noStream,
  type Page,
  type Position,
  revision,
  type StoredEvent,
  type StreamName,
  streamExists,
  theStart,
} from '@smagruppe/domain'
import { isLeft } from 'fp-ts/lib/Either.js'
import { describe, expect, onTestFinished, test } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { appended, event, eventsOf, namesOf, nextPage, stream } from '../contract/samples.ts'
import { fullSize } from '../stores/batches.test-kit.ts'
import type { ClientName } from './client.ts'
import { listens, logsBy, serving } from './serving.test-kit.ts'
import type { StandIn } from './stand-in/stand-in.test-kit.ts'

const [rounds, timeout] = fullSize ? [60, 1_800_000] : [2, 120_000]

/** What happens to the server in each round; `i` is the number of the round. */
const troubles: Readonly<Record<string, (server: StandIn, i: number) => Promise<void>>> = {
  'dies and is started again': async (server) => {
    await server.die()
    await sleep(50)
    await server.restart()
  },
  'stops in order and is started again': async (server, i) => {
    await server.stop({ milliseconds: 100, held: i % 2 === 0 ? 'stored' : 'not stored' })
    await sleep(50)
    await server.restart()
  },
  'breaks connections': async (server) => server.drop(),
  'hangs, and does later what it was asked': async (server) => {
    server.hang()
    await sleep(200)
    server.resume()
  },
  'loses answers, also as it dies': async (server, i) => {
    server.loseAnswer({ nth: 3, instead: 'drop', events: 'stored' })
    server.loseAnswer({ nth: 9, instead: 'die', events: i % 2 === 0 ? 'stored' : 'not stored' })
    while (await listens(server.endpoint.port)) await sleep(10)
    await server.restart()
  },
}

const shared = stream('shared', 'session')

/** Four ways to append, each with what it expects of which stream. */
const ways: ReadonlyArray<(writer: string, i: number) => readonly [StreamName, ExpectedRevision]> = [
  (writer, i) => [stream(writer), i === 0 ? noStream : exactly(revision(i - 1))],
  (writer, i) => [stream(`${writer} ${i}`), noStream],
  () => [shared, any],
  () => [shared, streamExists],
]

/** Sixteen who write, asking again with the same what may pass; until it is over; `told` is what they were told was stored. */
const written = async (stores: ReadonlyArray<EventStore>, told: string[], until: () => boolean): Promise<void> => {
  const writer = async (w: number): Promise<void> => {
    const [store, way] = [stores[w % stores.length], ways[(w >> 1) % ways.length]]
    if (store === undefined || way === undefined) throw new Error('there are four ways, and stores')
    for (let i = 0; !until(); i += 1) {
      const one = event(`${w} ${i}`, { type: i % 3 === 0 ? 'Third' : 'Other' })
      for (;;) {
        const answer = await store.append(...way(`${w}`, i), [one])()
        if (!isLeft(answer)) break
        if (answer.left._tag !== 'StoreFailure' || !answer.left.retry)
          throw new Error(`writer ${w}: ${JSON.stringify(answer.left)}`)
      }
      told.push(`${w} ${i}`)
    }
  }
  await Promise.all(Array.from({ length: 16 }, (_, w) => writer(w)))
}

interface Wanted {
  readonly category?: string
  readonly types?: ReadonlyArray<string>
}

/** A subscription, and whoever has seen the log up to that position. */
const followedBy = (store: EventStore, wanted: Wanted) => {
  const [seen, leaving]: [StoredEvent[], AbortController] = [[], new AbortController()]
  let through: Position = theStart
  const following = (async () => {
    for await (const result of store.subscribe({ ...wanted, signal: leaving.signal })) {
      const page = rightOf<unknown, Page>(result)
      through = page.through
      seen.push(...page.events)
    }
  })()
  return async (last: Position): Promise<ReadonlyArray<StoredEvent>> => {
    while (through < last) await Promise.race([sleep(20), following])
    leaving.abort()
    await following
    return seen
  }
}

/** Reads what is new again and again, from where it was, and after each failure that may pass. */
const tailed = async (store: EventStore, until: () => boolean): Promise<ReadonlyArray<StoredEvent>> => {
  const seen: StoredEvent[] = []
  let through = theStart
  for (let isLast = false; ; isLast = until()) {
    let failures = 0
    for await (const result of store.readAll({ after: through, pageSize: 50 })) {
      if (isLeft(result)) {
        expect(result.left).toMatchObject({ reason: 'Unavailable', retry: true })
        failures += 1
        continue
      }
      seen.push(...result.right.events)
      through = result.right.through
    }
    if (isLast && failures === 0) return seen
    await sleep(10)
  }
}

const isWanted =
  ({ category, types }: Wanted) =>
  ({ stream, type }: StoredEvent): boolean =>
    (category === undefined || stream.startsWith(`${category}-`)) && (types === undefined || types.includes(type))

export const underLoadCases = (client: ClientName): void => {
  const { opened } = logsBy(client)

  describe(`a server that comes and goes under load, by ${client}`, () => {
    for (const [how, trouble] of Object.entries(troubles))
      test(
        `it ${how}: nothing lost, nothing twice, nothing left waiting, and whoever follows goes on`,
        async () => {
          const server = await serving()
          const logs = [await opened(server.url()), await opened(server.url())]
          const [store, other] = logs.map(({ events }) => events)
          if (store === undefined || other === undefined) throw new Error('there are two')
          await appended(store, shared, noStream, event('begun'))
          const filters: ReadonlyArray<Wanted> = [{}, { category: 'session' }, { types: ['Third'] }]
          const followers = filters.flatMap((wanted) => [followedBy(store, wanted), followedBy(other, wanted)])
          let [isOver, isWritten] = [false, false]
          const tailing = tailed(other, () => isWritten)
          const told: string[] = []
          const troubling = async (): Promise<void> => {
            for (let i = 0; i <= rounds; i += 1) {
              const enough = told.length + 50
              while (told.length < enough) await sleep(5)
              if (i < rounds) await trouble(server, i)
            }
            isOver = true
          }
          await Promise.all([written([store, other], told, () => isOver), troubling()])
          isWritten = true
          const log = await eventsOf(store.readAll())
          expect([...namesOf(log)].sort()).toEqual(['begun', ...told].sort())
          const last = log.at(-1)?.position ?? theStart
          for (const [i, follower] of followers.entries()) {
            const wanted = log.filter(isWanted(filters[i >> 1] ?? {}))
            expect(namesOf(await follower(last))).toEqual(namesOf(wanted))
          }
          expect(namesOf(await tailing)).toEqual(namesOf(log))
          for (const { close } of logs) rightOf(await close())
          if (fullSize)
            console.log(`${client}: it ${how}, ${rounds} times: ${told.length} told, ${log.length - 1} stored`)
        },
        timeout,
      )

    test('a server beside it dies: appends to this one go on, and nothing is thrown outside a call', async () => {
      const [healthy, lost] = [await serving(), await serving()]
      const [log, doomed] = [await opened(healthy.url()), await opened(lost.url(), { timeoutMs: 2_400 })]
      const writing = Array.from({ length: 32 }, (_, i) => `${i}`)
      const begin = ({ events }: typeof log) =>
        Promise.all(writing.map((name) => events.append(stream(name), noStream, [event(name)])()))
      const answers = [begin(log), begin(doomed)]
      await lost.die()
      const [kept = [], failed = []] = await Promise.all(answers)
      for (const answer of kept) rightOf(answer)
      for (const answer of failed)
        if (isLeft(answer)) expect(answer.left).toMatchObject({ reason: 'Unavailable', retry: true })
      for (const name of writing) await appended(log.events, stream(name), exactly(revision(0)), event(`${name} again`))
      expect((await eventsOf(log.events.readAll())).length).toBe(64)
    })

    test('connections break while more is under way than the network takes: nothing is thrown outside a call', async () => {
      const server = await serving()
      const log = await opened(server.url(), { timeoutMs: 20_000 })
      const [text, count] = ['x'.repeat(400_000), fullSize ? 60 : 24]
      const appends = Array.from({ length: count }, (_, i) =>
        log.events.append(stream(`${i}`), noStream, [
          event(`${i}`, { data: JSON.stringify({ name: `${i}`, text }) }),
        ])(),
      )
      for (let i = 0; i < 3; i += 1) {
        await sleep(20)
        server.drop()
      }
      for (const answer of await Promise.all(appends)) rightOf(answer)
      expect(new Set(namesOf(await eventsOf(log.events.readAll()))).size).toBe(count)
      expect((await eventsOf(log.events.readAll())).length).toBe(count)
    })

    test('the node is not the leader, and then is again', async () => {
      const leader = await serving()
      const follower = await serving({ log: leader.log })
      const log = await opened(follower.url())
      const ours = stream('ours')
      follower.follow(leader.endpoint)
      await appended(log.events, ours, noStream, event('first'))
      follower.follow(undefined)
      await appended(log.events, ours, exactly(revision(0)), event('second'))
      expect(namesOf(await eventsOf(log.events.readAll()))).toEqual(['first', 'second'])
    })

    test('a subscription that waits is told of what comes, and again after its connection broke', async () => {
      const server = await serving()
      // It would look by itself only after an hour.
      const log = await opened(server.url(), { pollMs: 3_600_000 })
      const other = await opened(server.url())
      const following = new AbortController()
      onTestFinished(() => following.abort())
      const pages = log.events.subscribe({ signal: following.signal })[Symbol.asyncIterator]()
      await nextPage(pages)
      await appended(other.events, stream('ours'), noStream, event('first'))
      expect(namesOf((await nextPage(pages)).events)).toEqual(['first'])
      server.drop()
      await appended(other.events, stream('ours'), any, event('after a break'))
      expect(namesOf((await nextPage(pages)).events)).toEqual(['after a break'])
      await server.die()
      await server.restart()
      await appended(other.events, stream('ours'), any, event('after a restart'))
      expect(namesOf((await nextPage(pages)).events)).toEqual(['after a restart'])
    })
  })
}

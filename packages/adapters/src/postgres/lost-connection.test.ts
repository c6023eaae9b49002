// lost-connection.test.ts: a connection that is lost in the middle: of an append, a read, a catch-up, a commit, the sealing of a name

import { setTimeout as sleep } from 'node:timers/promises'
import {
  any,
  catchUp,
  type DoctorId,
  defineProjection,
  doctorId,
  type EventOf,
  emptyCatalogue,
  encodeRow,
  eventType,
  everything,
  follower,
  noStream,
  type PageResult,
  position,
  promised,
  replay,
  revision,
  theStart,
  uuidOf,
} from '@smagruppe/domain'
import * as t from 'io-ts'
import { expect, inject, test } from 'vitest'
import { leftOf, rightOf } from '../contract/case.ts'
import { appended, event, eventsOf, namesOf, nextPage, stream } from '../contract/samples.ts'
import { openPostgresVault, type PostgresRegister } from './index.ts'
import { newDatabase, newRegister, rawSql } from './postgres.test-kit.ts'
import { newProxy } from './proxy.test-kit.ts'

const ours = stream('ours')
const lost = { _tag: 'StoreFailure', reason: 'Unavailable', retry: true }

/** That many events named 0, 1, 2 … */
const filled = async ({ events }: PostgresRegister, count: number): Promise<ReadonlyArray<string>> => {
  const names = Array.from({ length: count }, (_, i) => `${i}`)
  const [first = event('0'), ...others] = names.map((name) => event(name))
  await appended(events, ours, noStream, first, ...others)
  return names
}

test('in the middle of an append: gives Unavailable, and the same append again goes in once', async () => {
  const register = await newRegister()
  const { schema } = register
  const { run } = await rawSql()
  await run(`BEGIN; LOCK TABLE ${schema}.events IN ACCESS EXCLUSIVE MODE`)
  const appends = ['first', 'second'].map((name) => register.events.append(stream(name), noStream, [event(name)])())
  const waiting = `SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%${schema}.append%'`
  const watcher = await rawSql()
  while ((await watcher.run(waiting)).length === 0) await sleep(5)
  await watcher.run(`SELECT pg_terminate_backend(pid) FROM (${waiting}) w`)
  for (const answer of await Promise.all(appends)) {
    expect(leftOf(answer)).toMatchObject({ _tag: 'StoreFailure', reason: 'Unavailable', retry: true })
  }
  await run('ROLLBACK')
  for (const name of ['first', 'second']) await appended(register.events, stream(name), noStream, event(name))
  expect(namesOf(await eventsOf(register.events.readAll()))).toEqual(['first', 'second'])
})

test('after the server stored the append, and before it said so: the receipt comes with the next try', async () => {
  const proxy = await newProxy(inject('postgres'))
  const { events } = await newRegister({ timeoutMs: 300 }, proxy.url)
  proxy.fallSilent()
  expect(leftOf(await events.append(ours, noStream, [event('first')])())).toMatchObject({
    reason: 'Unavailable',
    retry: true,
    message: expect.stringContaining('300 ms'),
  })
  proxy.speak()
  expect(await appended(events, ours, noStream, event('first'))).toEqual({
    stream: ours,
    first: 0,
    last: 0,
    position: 1,
  })
  expect(namesOf(await eventsOf(events.readAll()))).toEqual(['first'])
})

test('a connection is replaced, whether it was idle or at work', async () => {
  const proxy = await newProxy(inject('postgres'))
  const { events, rows, schema } = await newRegister({}, proxy.url)
  const direct = await newRegister({ schema })
  const untilStored = async (name: string): Promise<void> => {
    for (;;) {
      const answer = await events.append(ours, any, [event(name)])()
      if (answer._tag === 'Right') break
      expect(answer.left).toMatchObject(lost)
    }
    expect(rightOf(await rows.get({ name: 'rows', version: 1 }, 'a')())).toBe(null)
  }
  for (const name of ['a', 'b', 'c']) {
    proxy.cut()
    await untilStored(name)
  }
  // What the server said is held back, so that the connection is at work when it is cut.
  proxy.fallSilent()
  const atWork = events.append(ours, any, [event('d')])()
  while (!namesOf(await eventsOf(direct.events.readAll())).includes('d')) await sleep(5)
  proxy.cut()
  proxy.speak()
  expect(leftOf(await atWork)).toMatchObject(lost)
  await untilStored('d')
  expect(namesOf(await eventsOf(events.readAll()))).toEqual(['a', 'b', 'c', 'd'])
})

test('in the middle of a reading: the reading ends with it, and another goes on behind the last page', async () => {
  const writer = await newRegister()
  const names = await filled(writer, 100)
  const proxy = await newProxy(inject('postgres'))
  const { events } = await newRegister({ schema: writer.schema }, proxy.url)
  const read: string[] = []
  const readings: Readonly<Record<string, (after: number) => AsyncIterable<PageResult>>> = {
    all: (after) => events.readAll({ after: position(after), pageSize: 30 }),
    stream: (after) => events.readStream(ours, { from: revision(after), pageSize: 30 }),
  }
  for (const [what, reading] of Object.entries(readings)) {
    read.length = 0
    const failures: unknown[] = []
    for (let done = false; !done; ) {
      for await (const page of reading(read.length)) {
        if (page._tag === 'Left') {
          failures.push(page.left)
          continue
        }
        read.push(...namesOf(page.right.events))
        done = page.right.caughtUp
        if (read.length === 30 || read.length === 60) proxy.cut()
      }
    }
    expect(read, what).toEqual(names)
    expect(failures, what).toMatchObject([lost, lost])
  }
})

test('in the middle of a subscription that catches up: it goes on by itself, nothing is left out or repeated', async () => {
  const writer = await newRegister()
  const names = await filled(writer, 200)
  const proxy = await newProxy(inject('postgres'))
  const { events } = await newRegister({ schema: writer.schema, pollMs: 20 }, proxy.url)
  const controller = new AbortController()
  const subscription = events.subscribe({ pageSize: 25, signal: controller.signal })[Symbol.asyncIterator]()
  const followed: string[] = []
  while (followed.length < names.length) {
    followed.push(...namesOf((await nextPage(subscription)).events))
    proxy.cut()
  }
  await appended(writer.events, ours, any, event('live'))
  followed.push(...namesOf((await nextPage(subscription)).events))
  controller.abort()
  expect(followed).toEqual([...names, 'live'])
})

const somethingHappened = eventType('SomethingHappened', t.strict({ name: t.string }))
type Happening = EventOf<typeof somethingHappened>
const catalogue = emptyCatalogue.with(somethingHappened)
/** Keeps the positions in their order, so that whatever is followed twice or left out shows. */
const happened = defineProjection<Happening, string>({
  name: 'happened',
  version: 1,
  kind: 'current',
  handles: new Set(['SomethingHappened']),
  keys: ({ stream }) => [stream],
  evolve: (row, { position }) => `${row ?? ''} ${position}`,
  row: t.string,
})

test('in the middle of a catch-up: rows and checkpoint stand together, and the next one goes on from there', async () => {
  const writer = await newRegister()
  await filled(writer, 100)
  const proxy = await newProxy(inject('postgres'))
  const { events, rows } = await newRegister({ schema: writer.schema, timeoutMs: 500 }, proxy.url)
  const task = { events, rows, catalogue, followers: [follower(happened)], pageSize: 10 }
  const checkpoint = async () => rightOf(await writer.rows.checkpoint(happened)())
  const trouble = [
    // While the next page is on its way.
    (through: number) => {
      if (through !== 20) return
      proxy.fallSilent()
      setTimeout(proxy.cut, 50)
    },
    // The answer never comes, and the connection stays.
    (through: number) => {
      if (through === 40) proxy.fallSilent()
    },
  ]
  for (const [tried, strike] of trouble.entries()) {
    const failed = leftOf(await catchUp({ ...task, onPage: strike })())
    expect(failed).toMatchObject(lost)
    expect(await checkpoint()).toBe((tried + 1) * 20)
    proxy.speak()
  }
  expect(rightOf(await catchUp(task)())).toMatchObject({ through: 100 })
  const replayed = replay(happened, await promised(everything(events, catalogue)))
  expect(rightOf(await rows.list(happened, { limit: 10 })())).toEqual(
    [...replayed].map(([key, row]) => ({ key, row: encodeRow(happened, row) })),
  )
})

test('after a commit was stored, and before the server said so: whoever commits again is told where the rows stand', async () => {
  const proxy = await newProxy(inject('postgres'))
  const { rows, schema } = await newRegister({ timeoutMs: 300 }, proxy.url)
  const direct = await newRegister({ schema })
  const row = { key: 'a', row: '1' }
  const commit = () => rows.commit(happened, [row], { from: theStart, to: position(5) })()
  proxy.fallSilent()
  expect(leftOf(await commit())).toMatchObject(lost)
  proxy.speak()
  expect(leftOf(await commit())).toMatchObject({ _tag: 'CheckpointMoved', expected: 0, actual: 5 })
  expect(rightOf(await direct.rows.list(happened, { limit: 10 })())).toEqual([row])
})

test('in the middle of sealing a name: the same again gives what the key that was kept seals', async () => {
  const url = await newDatabase()
  const proxy = await newProxy(url)
  const vault = rightOf(await openPostgresVault(proxy.url, { timeoutMs: 300 })())
  const kari: DoctorId = doctorId(uuidOf('doctor', 'kari'))
  const seal = () => vault.seal(kari, { event: event('a').id, field: 'name' }, 'Kari')()
  proxy.fallSilent()
  expect(leftOf(await seal())).toMatchObject({ _tag: 'VaultFailure', reason: 'Unavailable', retry: true })
  proxy.speak()
  const sealed = rightOf(await seal())
  expect(rightOf(await seal())).toEqual(sealed)
  const { run } = await rawSql(url)
  expect(await run('SELECT count(*)::integer AS count FROM smagruppe_vault.keys')).toEqual([{ count: 1 }])
  expect(rightOf(await vault.reveal(sealed)())).toEqual({ _tag: 'Known', text: 'Kari' })
  rightOf(await vault.close())
})

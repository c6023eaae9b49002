// rebuilding.test.ts: instances that build the same rows: one at a time or against each other, and readers who never see half of it

import {
  any,
  type CatchUp,
  catchUp,
  defineProjection,
  type EventOf,
  emptyCatalogue,
  encodeRow,
  eventType,
  everything,
  follower,
  isOlder,
  promised,
  rebuild,
  replay,
  type StoredRow,
} from '@smagruppe/domain'
import { isLeft } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { expect, inject, test } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { appended, event, stream } from '../contract/samples.ts'
import type { PostgresRegister } from './index.ts'
import { newRegister } from './postgres.test-kit.ts'
import { newProxy } from './proxy.test-kit.ts'

const somethingHappened = eventType('SomethingHappened', t.strict({ name: t.string }))
type Happening = EventOf<typeof somethingHappened>
const happenings = emptyCatalogue.with(somethingHappened)

/** How much happened in each stream, times the version: rows of two versions are told apart. */
const happened = (version: number) =>
  defineProjection<Happening, number>({
    name: 'happened',
    version,
    kind: 'current',
    handles: new Set(['SomethingHappened']),
    keys: ({ stream }) => [stream],
    evolve: (count) => (count ?? 0) + version,
    row: t.number,
  })

const taskOf = ({ events, rows }: PostgresRegister, version: number): CatchUp<Happening> => ({
  events,
  rows,
  catalogue: happenings,
  followers: [follower(happened(version))],
})

const registers = async (count: number, schema?: string) => {
  const first = await newRegister({ pollMs: 10, ...(schema === undefined ? {} : { schema }) })
  const others = await Promise.all(
    Array.from({ length: count - 1 }, () => newRegister({ pollMs: 10, schema: first.schema })),
  )
  return [first, ...others]
}

const filled = async ({ events }: PostgresRegister, count: number): Promise<void> => {
  const some = Array.from({ length: count }, (_, i) => appended(events, stream(`stream ${i % 3}`), any, event(`${i}`)))
  await Promise.all(some)
}

const replayed = async ({ events }: PostgresRegister, version: number): Promise<ReadonlyArray<StoredRow>> =>
  [...replay(happened(version), await promised(everything(events, happenings)))]
    .map(([key, row]) => ({ key, row: encodeRow(happened(version), row) }))
    .sort((one, other) => (one.key < other.key ? -1 : 1))

const rowsOf = ({ rows }: PostgresRegister, version: number, build: number) =>
  promised(rows.list({ name: 'happened', version, build }, { limit: 100 }))

test('instances that build and switch at once: one build serves, whole, and none that is older is there', async () => {
  const instances = await registers(4)
  const [first] = instances
  if (first === undefined) throw new Error('there are no instances')
  await filled(first, 200)
  await promised(catchUp({ ...taskOf(first, 1), pageSize: 50 }))
  const ended = await Promise.all(
    instances.map((instance, i) => {
      const task = { ...taskOf(instance, (i % 2) + 1), pageSize: 20 }
      return (i < 2 ? rebuild(task) : catchUp(task))()
    }),
  )
  for (const result of ended) if (isLeft(result)) expect(result.left).toMatchObject({ reason: 'Superseded' })
  expect(ended.some((result) => !isLeft(result))).toBe(true)
  const kept = await promised(first.rows.kept)
  const serving = kept.filter(({ serves }) => serves)
  expect(serving.length).toBe(1)
  for (const { version, build, checkpoint } of serving) {
    expect(kept.filter((one) => isOlder(one, { name: 'happened', version, build }))).toEqual([])
    expect(checkpoint).toBe(200)
    expect(await rowsOf(first, version, build)).toEqual(await replayed(first, version))
  }
})

test('of several instances one builds; when its connection is lost another goes on where it stood', async () => {
  const [second] = await registers(1)
  if (second === undefined) throw new Error('there is no instance')
  await filled(second, 100)
  await promised(catchUp(taskOf(second, 1)))
  const proxy = await newProxy(inject('postgres'))
  const first = await newRegister({ schema: second.schema, pollMs: 10 }, proxy.url)
  const giveUp = new AbortController()
  let begun = (): void => {}
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve
  })
  const pages: number[] = []
  const one = first.alone({ on: 'read models', signal: giveUp.signal }, async (signal) => {
    const onPage = (through: number): void => {
      pages.push(through)
      if (through !== 30) return
      giveUp.abort()
      proxy.cut()
      begun()
    }
    await rebuild({ ...taskOf(first, 1), pageSize: 10, onPage, signal })()
  })()
  await hasBegun
  const before = await rowsOf(second, 1, 0)
  const others: number[] = []
  rightOf(
    await second.alone({ on: 'read models' }, async (signal) => {
      const onPage = (through: number): void => void others.push(through)
      rightOf(await rebuild({ ...taskOf(second, 1), pageSize: 10, onPage, signal })())
    })(),
  )
  await one
  expect(before).toEqual(await replayed(second, 1))
  expect(pages).toEqual([10, 20, 30])
  expect(others.slice(0, 2)).toEqual([40, 50])
  expect(await promised(second.rows.kept)).toEqual([
    { name: 'happened', version: 1, build: 1, checkpoint: 100, serves: true, quarantined: 0 },
  ])
  expect(await rowsOf(second, 1, 1)).toEqual(await replayed(second, 1))
})

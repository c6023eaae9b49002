// race.test.ts: the position contract, while several instances write and a reader follows

import { describe, expect, inject, test } from 'vitest'
import { holds, opened } from '../contract/contract.test-kit.ts'
import { type EventStoreSubject, subscriptionCases } from '../contract/index.ts'
import { eventsOf } from '../contract/samples.ts'
import { newName, newPool, newRegister, rawSql } from './postgres.test-kit.ts'
import { naiveStore, race } from './race.test-kit.ts'

test('sixteen writers in four instances: nothing lost, nothing twice, nothing reordered', async () => {
  const first = await newRegister({ pollMs: 50 })
  const { schema } = first
  const instances = [first, ...(await Promise.all([1, 2, 3].map(() => newRegister({ schema }))))]
  const reader = await newRegister({ schema, pollMs: 50 })
  const raced = await race(
    instances.map(({ events }) => events),
    reader.events,
    { writers: 16, each: 125 },
  )
  expect(raced).toEqual({ seen: 2_000, lost: [], twice: [], reordered: [] })
  const log = await eventsOf(reader.events.readAll())
  expect(log.map(({ position }) => position)).toEqual(log.map((_, i) => i + 1))
})

describe('a store that takes its positions from a sequence', () => {
  const subject: EventStoreSubject = {
    capabilities: { maxAppendBytes: 'unlimited', idempotency: 'exact', monotoneRecordedAt: true, onceClosed: 'goesOn' },
    open: async () => {
      const schema = newName('naive')
      const pool = newPool(inject('postgres'), { max: 18 })
      const { run } = await rawSql()
      const naive = await naiveStore(pool, schema)
      const close = async (): Promise<void> => void (await run(`DROP SCHEMA ${schema} CASCADE`))
      return { it: naive, close, another: async () => opened(naive), interrupt: async () => {} }
    },
  }

  test("fails the contract's own race: events that were committed late are never seen", async () => {
    const [raceCase] = subscriptionCases.filter(({ name }) =>
      name.startsWith('a reader who follows while sixteen write'),
    )
    const failure: unknown = await raceCase?.run(subject).catch((error: unknown) => error)
    expect(failure).toMatchObject({
      code: 'ERR_ASSERTION',
      expected: { seen: 800, lost: [], twice: [], reordered: [] },
      actual: { lost: expect.arrayContaining([expect.any(String)]), twice: [] },
    })
  })

  test('is not found out while nobody races', async () => {
    const name = 'a subscription catches up, then stays: nothing lost, nothing twice'
    expect(await holds(subscriptionCases, name, subject)).toBe(true)
  })
})

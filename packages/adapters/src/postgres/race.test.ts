// race.test.ts: the position contract, while several instances write and a reader follows

import { expect, inject, onTestFinished, test } from 'vitest'
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

test('a store that takes its positions from a sequence loses the same race', async () => {
  const schema = newName('naive')
  const pool = newPool(inject('postgres'), { max: 18 })
  const { run } = await rawSql()
  onTestFinished(async () => void (await run(`DROP SCHEMA ${schema} CASCADE`)))
  const naive = await naiveStore(pool, schema)
  const { lost, reordered } = await race([naive], naive, { writers: 16, each: 50 })
  expect(lost.length + reordered.length).toBeGreaterThan(0)
})

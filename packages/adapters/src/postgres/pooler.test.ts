// pooler.test.ts: behind a pooler in transaction mode all promises hold, with polling in the place of LISTEN

import { describe, expect, inject, test } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { eventStoreCases, projectionStoreCases, subscriptionCases } from '../contract/index.ts'
import { systemClock } from '../node/index.ts'
import { eventStoreOn } from './contract.test-kit.ts'
import { openPostgres } from './index.ts'
import { transactionPooler } from './pooler.test-kit.ts'
import { newName, newRegister, rawSql } from './postgres.test-kit.ts'
import { race } from './race.test-kit.ts'

describe('the contract holds', () => {
  const eventStore = eventStoreOn((url) => transactionPooler(url, 3), { notifications: 'poll', pollMs: 20 })
  for (const { name, run } of [...eventStoreCases, ...subscriptionCases]) test(name, () => run(eventStore))
  for (const { name, run } of projectionStoreCases) {
    test(name, () => run({ open: async () => ({ it: (await opened({})).rows, close: async () => {} }) }))
  }
})

const opened = async ({ clock = systemClock, schema = newName('pooled'), sessions = 3 }) => {
  const pooler = transactionPooler(inject('postgres'), sessions)
  const options = { schema, clock, notifications: 'poll', pollMs: 20 } as const
  await newRegister({ schema })
  return rightOf(await openPostgres(pooler, options)())
}

test('the race is won through three sessions', async () => {
  const schema = newName('pooled')
  const [one, other] = [await opened({ schema }), await opened({ schema })]
  const raced = await race([one.events, other.events], one.events, { writers: 16, each: 40 })
  expect(raced).toEqual({ seen: 640, lost: [], twice: [], reordered: [] })
})

test('one instance works at a time, and no lock is left in a shared session', async () => {
  const schema = newName('pooled')
  const pooler = transactionPooler(inject('postgres'), 3)
  await newRegister({ schema })
  const options = { schema, clock: systemClock, notifications: 'poll', pollMs: 20 } as const
  const [one, other] = [rightOf(await openPostgres(pooler, options)()), rightOf(await openPostgres(pooler, options)())]
  const { run } = await rawSql()
  const locks = `SELECT count(*)::integer AS count FROM pg_locks WHERE locktype = 'advisory' AND objid = (hashtextextended($1, 0) & 4294967295)::bigint::oid`
  const held = () => run(locks, [`smagruppe alone ${schema} rows 1`])
  const heldAtWork: unknown[] = []
  let working = 0
  let most = 0
  const work = async (): Promise<void> => {
    working += 1
    most = Math.max(most, working)
    heldAtWork.push(await held())
    await new Promise((resolve) => setTimeout(resolve, 60))
    working -= 1
  }
  await Promise.all([one, other, one].map(async ({ alone }) => rightOf(await alone({ on: 'rows 1' }, work)())))
  expect(most).toBe(1)
  expect(heldAtWork).toEqual([[{ count: 1 }], [{ count: 1 }], [{ count: 1 }]])
  expect(await held()).toEqual([{ count: 0 }])
})

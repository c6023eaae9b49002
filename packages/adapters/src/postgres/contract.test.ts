// contract.test.ts: the stores and the vault on PostgreSQL keep the contract, each case in a schema of its own

import { describe, inject, test } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { eventStoreCases, type Opened, projectionStoreCases, subscriptionCases, vaultCases } from '../contract/index.ts'
import { systemClock } from '../node/index.ts'
import { eventStoreOn } from './contract.test-kit.ts'
import { openPostgres, openPostgresVault } from './index.ts'
import { newName, rawSql } from './postgres.test-kit.ts'

/** Something in a schema of its own, which goes when it is closed. */
const inSchema = async <A extends { readonly close: () => Promise<unknown> }, B>(
  open: (schema: string) => Promise<A>,
  pick: (opened: A) => B,
): Promise<Opened<B>> => {
  const schema = newName('contract')
  const { run } = await rawSql()
  const opened = await open(schema)
  const close = async (): Promise<void> => {
    await opened.close()
    await run(`DROP SCHEMA ${schema} CASCADE`)
  }
  return { it: pick(opened), close }
}

const eventStore = eventStoreOn((url) => url, {})

describe('event store', () => {
  for (const { name, run } of eventStoreCases) test(name, () => run(eventStore))
})

describe('subscriptions', () => {
  for (const { name, run } of subscriptionCases) test(name, () => run(eventStore))
})

describe('rows', () => {
  for (const { name, run } of projectionStoreCases) {
    test(name, () =>
      run({
        open: () =>
          inSchema(
            async (schema) => rightOf(await openPostgres(inject('postgres'), { clock: systemClock, schema })()),
            ({ rows }) => rows,
          ),
      }),
    )
  }
})

describe('vault', () => {
  for (const { name, run } of vaultCases) {
    test(name, () =>
      run({
        open: () =>
          inSchema(
            async (schema) => rightOf(await openPostgresVault(inject('postgres'), { schema })()),
            (vault) => vault,
          ),
      }),
    )
  }
})

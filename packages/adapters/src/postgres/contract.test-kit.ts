// contract.test-kit.ts: an event store on PostgreSQL as the contract asks for it: opened twice, and its connections broken

import type { EventStore } from '@smagruppe/domain'
import { inject } from 'vitest'
import { rightOf } from '../contract/case.ts'
import type { EventStoreSubject, Opened } from '../contract/index.ts'
import { maxAppendBytes } from './appending.ts'
import { openPostgres, type PostgresOptions, type PostgresPool } from './index.ts'
import { newName, rawSql } from './postgres.test-kit.ts'

/** Event stores that are reached in that way, each in a schema of its own, which goes at the end of its case. */
export const eventStoreOn = (
  reaching: (url: string) => string | PostgresPool,
  options: Omit<PostgresOptions, 'clock' | 'schema'>,
): EventStoreSubject => ({
  capabilities: { maxAppendBytes, idempotency: 'exact', monotoneRecordedAt: true, onceClosed: 'refuses' },
  open: async (clock) => {
    const schema = newName('contract')
    const { run } = await rawSql()
    // By this name its connections are known, so that they can be broken.
    const url = new URL(inject('postgres'))
    url.searchParams.set('application_name', schema)
    const at = reaching(url.href)
    const another = async (its: typeof clock): Promise<Opened<EventStore>> => {
      const { events, close } = rightOf(await openPostgres(at, { ...options, clock: its, schema })())
      return { it: events, close: async () => void rightOf(await close()) }
    }
    const { it, close } = await another(clock)
    return {
      it,
      close: async () => {
        await close()
        await run(`DROP SCHEMA ${schema} CASCADE`)
      },
      another,
      interrupt: async () => {
        await run('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [schema])
      },
    }
  },
})

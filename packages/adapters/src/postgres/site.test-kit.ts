// site.test-kit.ts: two schemas for a register and its vault on the server that the tests share, for the model runs

import { inject } from 'vitest'
import { rightOf } from '../contract/case.ts'
import type { NewSite } from '../stores/commands.test-kit.ts'
import { openPostgres, openPostgresVault } from './index.ts'
import { newName, newPool, rawSql } from './postgres.test-kit.ts'

/**
 * Every second time it is opened it waits to be woken by the server, and else looks by itself: each way must do alone. All handles
 * share a pool, since connecting takes longer than all else; one is kept for each that listens.
 */
export const postgresSites = async (): Promise<NewSite> => {
  const pool = newPool(inject('postgres'), { max: 20 })
  const { run } = await rawSql()
  return async (clock) => {
    const schema = newName('model')
    const vaultSchema = `${schema}_vault`
    let opened = 0
    return {
      open: async () => {
        opened += 1
        const looking =
          opened % 2 === 0
            ? ({ notifications: 'listen', pollMs: 3_600_000 } as const)
            : ({ notifications: 'poll', pollMs: 3 } as const)
        const register = rightOf(await openPostgres(pool, { clock, schema, ...looking })())
        const vault = rightOf(await openPostgresVault(pool, { schema: vaultSchema })())
        const close = async (): Promise<void> => {
          rightOf(await register.close())
          rightOf(await vault.close())
        }
        return { events: register.events, rows: register.rows, vault, close }
      },
      remove: async () => void (await run(`DROP SCHEMA ${schema} CASCADE; DROP SCHEMA ${vaultSchema} CASCADE`)),
    }
  }
}

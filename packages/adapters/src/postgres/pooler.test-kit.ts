// pooler.test-kit.ts: a pooler in transaction mode: each transaction of a client may meet another session of the server

import type { PoolClient } from 'pg'
import type { PostgresPool, Statement } from './database.ts'
import { newPool } from './postgres.test-kit.ts'

/**
 * A pool whose clients hold no session of the server: every transaction is given one of the few that are shared, and gives it back
 * when it ends. What an app leaves in a session, a lock of the session or a LISTEN, it does not find again, and another does.
 */
export const transactionPooler = (url: string, sessions: number): PostgresPool => {
  const pool = newPool(url, { max: sessions })
  return {
    on: (event, listener) => pool.on(event, listener),
    removeListener: (event, listener) => pool.removeListener(event, listener),
    connect: async () => {
      let held: PoolClient | null = null
      const giveBack = (): void => {
        held?.release()
        held = null
      }
      return {
        query: async (statement: Statement) => {
          const session = held ?? (await pool.connect())
          held = session
          try {
            const { rows } = await session.query(statement)
            if (session.getTransactionStatus() === 'I') giveBack()
            return { rows }
          } catch (error) {
            if (session.getTransactionStatus() === 'I') giveBack()
            throw error
          }
        },
        release: () => {
          // A client that goes in the middle of a transaction: the pooler ends the session.
          held?.release(true)
          held = null
        },
        on: () => undefined,
        removeListener: () => undefined,
      }
    },
  }
}

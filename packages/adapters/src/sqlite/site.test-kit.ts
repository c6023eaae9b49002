// site.test-kit.ts: a folder for a register and its vault, for the model runs

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rightOf } from '../contract/case.ts'
import type { NewSite } from '../stores/commands.test-kit.ts'
import { openSqlite, openSqliteVault } from './index.ts'

/** What is tried is not the disk, so where there is a folder in memory nobody waits for one. */
const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

export const newSqliteSite: NewSite = async (clock) => {
  const folder = mkdtempSync(join(parent, 'smagruppe-'))
  return {
    open: async () => {
      const register = rightOf(await openSqlite(join(folder, 'register.sqlite'), { clock, pollMs: 2 })())
      const vault = rightOf(await openSqliteVault(join(folder, 'vault.sqlite'))())
      const close = async (): Promise<void> => {
        rightOf(await register.close())
        rightOf(await vault.close())
      }
      return { events: register.events, rows: register.rows, vault, close }
    },
    remove: async () => rmSync(folder, { recursive: true }),
  }
}

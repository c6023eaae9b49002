// contract.test.ts: the stores and the vault on SQLite keep the contract, each case in files of its own

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { eventStoreCases, type Opened, projectionStoreCases, vaultCases } from '../contract/index.ts'
import { systemClock } from '../node/index.ts'
import { openSqlite, openSqliteVault } from './index.ts'

/** A file in a folder of its own, which goes when it is closed. */
const inFolder = async <A extends { readonly close: () => Promise<unknown> }, B>(
  open: (path: string) => Promise<A>,
  pick: (opened: A) => B,
): Promise<Opened<B>> => {
  const folder = mkdtempSync(join(tmpdir(), 'smagruppe-'))
  const opened = await open(join(folder, 'file.sqlite'))
  const close = async (): Promise<void> => {
    await opened.close()
    rmSync(folder, { recursive: true })
  }
  return { it: pick(opened), close }
}

describe('event store', () => {
  for (const { name, run } of eventStoreCases) {
    test(name, () =>
      run({
        open: (clock) =>
          inFolder(
            async (path) => rightOf(await openSqlite(path, { clock })()),
            ({ events }) => events,
          ),
      }),
    )
  }
})

describe('rows', () => {
  for (const { name, run } of projectionStoreCases) {
    test(name, () =>
      run({
        open: () =>
          inFolder(
            async (path) => rightOf(await openSqlite(path, { clock: systemClock })()),
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
          inFolder(
            async (path) => rightOf(await openSqliteVault(path)()),
            (vault) => vault,
          ),
      }),
    )
  }
})

// crash.test-kit.ts: for the command's crash tests: sheets, the command as a process to be killed, and what it leaves behind

import { cpSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { rightOf } from '../contract/case.ts'
import { anyRows, asSheets } from '../csv/random-sheets.test-kit.ts'
import { writeSheets } from '../csv/sheets.test-kit.ts'
import {
  checkSqlite,
  checkSqliteVault,
  type Finding,
  type OpenedRegister,
  openSqliteRegister,
  vaultBeside,
} from '../sqlite/index.ts'
import { fullSize, seed } from '../stores/batches.test-kit.ts'
import { type Ready, readyProcess } from '../stores/crash.test-kit.ts'

const fileOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** Starts `smagruppe` on these words, up to where it would begin. */
export const gated = (...words: ReadonlyArray<string>): Promise<Ready> =>
  readyProcess(['--import', fileOf('gate.test-kit.ts'), fileOf('main.ts'), ...words])

/** Lays out any two years of three groups; in a run at full size the pilot year in turn with them. */
export const layOut = (folder: string, n: number): void => {
  for (const file of readdirSync(folder)) if (file.endsWith('.csv')) rmSync(join(folder, file))
  if (fullSize && n % 2 === 0) cpSync(fileOf('../../../examples/pilot-year/data'), folder, { recursive: true })
  else
    for (const rows of fc.sample(anyRows, { numRuns: 1, seed: Number(seed) + n })) writeSheets(folder, asSheets(rows))
}

/** Opens a register for as long as the work takes. */
export const withRegister = async <A>(store: string, work: (opened: OpenedRegister) => Promise<A>): Promise<A> => {
  const opened = rightOf(await openSqliteRegister(store)())
  try {
    return await work(opened)
  } finally {
    rightOf(await opened.close())
  }
}

/** What is wrong with the two files of a register. */
export const findingsIn = async (store: string): Promise<ReadonlyArray<Finding>> => [
  ...rightOf(await checkSqlite(store)()).findings,
  ...rightOf(await checkSqliteVault(vaultBeside(store))()).findings,
]

/** How many numbers are claimed in a register's vault, by how many doctors, and how many persons have a key. */
export const vaultOf = (store: string): unknown => {
  const vault = new DatabaseSync(vaultBeside(store), { readOnly: true })
  try {
    return vault
      .prepare(
        'SELECT count(*) AS claims, count(DISTINCT doctor) AS holders, (SELECT count(*) FROM keys) AS keys FROM claims',
      )
      .get()
  } finally {
    vault.close()
  }
}

/** Removes a register with all that lies beside it. */
export const remove = (store: string): void => {
  for (const file of [store, vaultBeside(store)])
    for (const beside of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${beside}`, { force: true })
}

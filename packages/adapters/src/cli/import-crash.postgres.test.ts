// import-crash.postgres.test.ts: imports into PostgreSQL killed at random moments and begun again give what an undisturbed one gives

import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { folderWith } from '../csv/sheets.test-kit.ts'
import { checkPostgres, checkPostgresVault, openPostgresRegister } from '../postgres/index.ts'
import { newDatabase, rawSql, urlWith } from '../postgres/postgres.test-kit.ts'
import { fullSize } from '../stores/batches.test-kit.ts'
import { type Keeping, killImports } from './import-crash.test-kit.ts'

const schemaOf = (store: string): string => new URL(store).searchParams.get('schema') ?? ''
const vaultOf = (store: string): string => `${schemaOf(store)}_vault`

test('an import that was killed again and again ends as one that was not', { timeout: 1_800_000 }, async () => {
  const url = await newDatabase()
  const { run } = await rawSql(url)
  /** Until the server has ended all other sessions: the last statement of a dead process may yet be stored before that. */
  const alone = async (): Promise<void> => {
    const others = 'SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()'
    while ((await run(others)).length > 0) await sleep(2)
  }
  const onServer: Keeping = {
    open: (store) => async () => {
      await alone()
      return openPostgresRegister(store)()
    },
    findingsIn: async (store) => [
      ...rightOf(await checkPostgres(store)()).findings,
      ...rightOf(await checkPostgresVault(store, { schema: vaultOf(store) })()).findings,
    ],
    vaultOf: (store) =>
      run(`SELECT count(*) AS claims, count(DISTINCT doctor) AS holders,
             (SELECT count(*) FROM ${vaultOf(store)}.keys) AS keys FROM ${vaultOf(store)}.claims`),
    remove: async (store) => void (await run(`DROP SCHEMA ${schemaOf(store)}, ${vaultOf(store)} CASCADE`)),
  }
  const [store, elsewhere] = [urlWith({ schema: 'register' }, url), urlWith({ schema: 'undisturbed' }, url)]
  await killImports({ keeping: onServer, folder: folderWith({}), store, elsewhere, wanted: fullSize ? 20 : 1 })
})

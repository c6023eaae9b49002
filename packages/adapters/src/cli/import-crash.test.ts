// import-crash.test.ts: imports killed at random moments and begun again give what an undisturbed one gives, persons included

import { join } from 'node:path'
import { test } from 'vitest'
import { folderWith } from '../csv/sheets.test-kit.ts'
import { openSqliteRegister } from '../sqlite/index.ts'
import { fullSize } from '../stores/batches.test-kit.ts'
import { findingsIn, remove, vaultOf } from './crash.test-kit.ts'
import { type Keeping, killImports } from './import-crash.test-kit.ts'

const inFiles: Keeping = {
  open: openSqliteRegister,
  findingsIn,
  vaultOf: async (store) => vaultOf(store),
  remove: async (store) => remove(store),
}

test('an import that was killed again and again ends as one that was not', { timeout: 1_800_000 }, async () => {
  const folder = folderWith({})
  const [store, elsewhere] = [join(folder, 'register.db'), join(folder, 'undisturbed.db')]
  await killImports({ keeping: inFiles, folder, store, elsewhere, wanted: fullSize ? 200 : 3 })
})

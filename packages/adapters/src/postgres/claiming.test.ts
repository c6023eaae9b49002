// claiming.test.ts: a number that is given up while it is claimed is held by whom the claim named, or by nobody

import { DoctorId, uuidOf } from '@smagruppe/domain'
import { expect, inject, onTestFinished, test } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { openPostgresVault } from './index.ts'
import { newName, newPool, rawSql } from './postgres.test-kit.ts'

test('a claim is answered though its number is given up in the same moment', async () => {
  const schema = newName('vault')
  const { run } = await rawSql()
  const vault = rightOf(await openPostgresVault(newPool(inject('postgres')), { schema })())
  onTestFinished(async () => {
    await vault.close()
    await run(`DROP SCHEMA ${schema} CASCADE`)
  })
  const [kari] = [uuidOf('doctor', 'kari')].filter(DoctorId.is)
  if (kari === undefined) throw new Error('uuidOf gave no UUID')
  for (let round = 0; round < 60; round += 1) {
    const number = `${round}`
    const claims = [0, 1, 2].map(() => vault.claim(number, kari)())
    const releases = [0, 1, 2].map(() => vault.release(number, kari)())
    expect((await Promise.all(claims)).map(rightOf)).toEqual([kari, kari, kari])
    ;(await Promise.all(releases)).map(rightOf)
    expect([kari, null]).toContain(rightOf(await vault.holderOf(number)()))
  }
})

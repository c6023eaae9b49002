// big-race.test.ts: the race over processes, with tens of thousands of events when it runs at full size

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { systemClock } from '../node/index.ts'
import { fullSize, seed } from '../stores/batches.test-kit.ts'
import { expectNothingWrong, lookedAtRace, racedInProcesses } from '../stores/raced.test-kit.ts'
import { partsOf } from '../stores/racing.test-kit.ts'
import { checkSqlite, openSqlite } from './index.ts'
import type { Orders } from './race-process.test-kit.ts'

const program = fileURLToPath(new URL('race-process.test-kit.ts', import.meta.url))

test('eight writers in several processes, another that tails the log, and one that counts in it', {
  timeout: fullSize ? 900_000 : 120_000,
}, async () => {
  const events = fullSize ? 50_000 : 1_000
  const folder = mkdtempSync(join(tmpdir(), 'smagruppe-race-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'register.sqlite')
  const parts = partsOf({ instances: fullSize ? 4 : 2, writers: fullSize ? 2 : 4, events, sizes: 'all' })
  console.log(`race, seed ${seed}`)
  const told = await racedInProcesses(program, parts, (part): Orders => ({ path, part }))
  const register = rightOf(await openSqlite(path, { clock: systemClock })())
  const raced = await lookedAtRace(register, told)
  console.log(`race over ${parts.length} processes: ${JSON.stringify(raced)}`)
  expectNothingWrong(raced, events)
  rightOf(await register.close())
  expect(rightOf(await checkSqlite(path)())).toEqual({ rows: raced.events, findings: [] })
})

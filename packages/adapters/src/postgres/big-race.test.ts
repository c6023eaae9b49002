// big-race.test.ts: races over instances and over processes, with tens of thousands of events when they run at full size

import { fileURLToPath } from 'node:url'
import { expect, inject, test } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { fullSize, seed } from '../stores/batches.test-kit.ts'
import { expectNothingWrong, lookedAtRace, racedInProcesses } from '../stores/raced.test-kit.ts'
import { partsOf, type Say, takePart } from '../stores/racing.test-kit.ts'
import { checkPostgres } from './index.ts'
import { newRegister } from './postgres.test-kit.ts'
import type { Orders } from './race-process.test-kit.ts'

const program = fileURLToPath(new URL('race-process.test-kit.ts', import.meta.url))

const timeout = 900_000

const checked = async (schema: string) => rightOf(await checkPostgres(inject('postgres'), { schema })())

test('writers in several processes, another that tails the log, and one that counts in it', {
  timeout,
}, async () => {
  const events = fullSize ? 50_000 : 2_000
  const register = await newRegister()
  const { schema } = register
  const parts = partsOf({ instances: fullSize ? 4 : 2, writers: fullSize ? 2 : 4, events, sizes: 'all' })
  console.log(`race, seed ${seed}`)
  const told = await racedInProcesses(program, parts, (part): Orders => ({ url: inject('postgres'), schema, part }))
  const raced = await lookedAtRace(register, told)
  console.log(`race over ${parts.length} processes: ${JSON.stringify(raced)}`)
  expectNothingWrong(raced, events)
  expect(await checked(schema)).toEqual({ rows: raced.events, findings: [] })
})

// At any size race.test.ts has the same writers.
if (fullSize) {
  test('sixteen writers in four instances who append one event after the other', { timeout }, async () => {
    const events = 50_000
    const register = await newRegister()
    const { schema } = register
    const parts = partsOf({ instances: 4, writers: 4, events, sizes: 'single' })
    console.log(`race, seed ${seed}`)
    const told = await Promise.all(
      parts.map(async (part) => {
        const said: string[][] = []
        const say: Say = (...words) => said.push(words.map(String))
        await takePart(await newRegister({ schema, patienceMs: 60_000 }), part, say)
        return said
      }),
    )
    const raced = await lookedAtRace(register, told)
    console.log(`race over ${parts.length} instances: ${JSON.stringify(raced)}`)
    expectNothingWrong(raced, events)
    expect(await checked(schema)).toEqual({ rows: raced.events, findings: [] })
  })
}

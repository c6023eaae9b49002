// copy-crash.test.ts: copies killed at random moments and begun again end as the register that was copied

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { StoredEvent } from '@smagruppe/domain'
import { expect, test } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { eventsOf } from '../contract/samples.ts'
import { folderWith, logOf, numbersIn } from '../csv/sheets.test-kit.ts'
import { systemClock } from '../node/index.ts'
import { checkSqlite, openSqlite } from '../sqlite/index.ts'
import { chanceFrom, fullSize, seed } from '../stores/batches.test-kit.ts'
import { inRounds } from '../stores/crash.test-kit.ts'
import { findingsIn, gated, layOut, remove, vaultOf, withRegister } from './crash.test-kit.ts'
import { inOneLine, type Order } from './gate.test-kit.ts'
import { smagruppe } from './smagruppe.test-kit.ts'

/** All that a register holds, its persons in clear. */
const contentOf = (store: string) =>
  withRegister(store, async (opened) => {
    const numbers = await numbersIn(opened)
    const people = rightOf(await opened.register.people([...numbers.keys()])())
    return { log: await logOf(opened), numbers, people, vault: vaultOf(store) }
  })

/** The log that a killed copy left; none where it was killed before it made a file. */
const logLeftAt = async (store: string): Promise<ReadonlyArray<StoredEvent>> => {
  if (!existsSync(store)) return []
  const left = rightOf(await openSqlite(store, { clock: systemClock })())
  const log = await eventsOf(left.events.readAll())
  rightOf(await left.close())
  expect(rightOf(await checkSqlite(store)()).findings).toEqual([])
  return log
}

const told = async (...words: ReadonlyArray<string>): Promise<unknown> => {
  const { code, out, err } = await smagruppe(...words, '--json')
  expect(code, err).toBe(0)
  return JSON.parse(out)
}

test('a copy that was killed holds a beginning of the log, and made again all of the register', {
  timeout: 900_000,
}, async () => {
  const wanted = fullSize ? 50 : 2
  const chance = chanceFrom(`copies ${seed}`)
  const folder = folderWith({})
  const at = (name: string): string => join(folder, name)
  const [origin, copy, elsewhere] = [at('origin.db'), at('copy.db'), at('elsewhere.db')]
  layOut(folder, 0)
  await told('import', folder, '--store', origin)
  const expected = await contentOf(origin)
  const events = expected.log.length
  const undisturbed = await (await gated('copy', origin, elsewhere)).ended(inOneLine({ call: 0, killedBy: 'another' }))
  expect(undisturbed.code, undisturbed.complaint).toBe(0)
  const calls = Number(undisturbed.said.findLast(([what]) => what === 'calls')?.[1])
  expect(await contentOf(elsewhere)).toEqual(expected)

  const seen = { nothingYet: 0, inTheMiddle: 0, wholeLog: 0, ended: 0 }
  let kills = 0
  const start = () => gated('copy', origin, copy)
  await inRounds(start, async (_, process) => {
    const order: Order = { call: 1 + chance.below(calls), killedBy: chance.oneOf('itself', 'another') }
    const { code } = await process.killedAfter(inOneLine(order), chance.below(5), 'now')
    const left = await logLeftAt(copy)
    expect(left).toEqual(expected.log.slice(0, left.length))
    const how =
      code !== null ? 'ended' : left.length === 0 ? 'nothingYet' : left.length < events ? 'inTheMiddle' : 'wholeLog'
    seen[how] += 1
    expect(await told('copy', origin, copy)).toMatchObject({ events, added: events - left.length })
    expect(await findingsIn(copy)).toEqual([])
    expect(await contentOf(copy)).toEqual(expected)
    remove(copy)
    kills += code === null ? 1 : 0
    return kills < wanted ? 'more' : 'enough'
  })
  console.log(`copies, seed ${seed}, ${kills} kills, ${calls} calls: ${JSON.stringify(seen)}`)
  if (fullSize) expect(seen.inTheMiddle).toBeGreaterThan(0)
})

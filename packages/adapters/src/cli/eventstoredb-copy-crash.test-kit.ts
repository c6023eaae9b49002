// eventstoredb-copy-crash.test-kit.ts: copies to EventStoreDB and from it, killed at random moments and begun again, by each client

import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { folderWith, logOf, numbersIn } from '../csv/sheets.test-kit.ts'
import { type ClientName, checkEventStoreDb } from '../eventstoredb/index.ts'
import { standIn } from '../eventstoredb/stand-in/stand-in.test-kit.ts'
import { chanceFrom, fullSize, seed } from '../stores/batches.test-kit.ts'
import { findingsIn, gated, layOut, remove, vaultOf, withRegister } from './crash.test-kit.ts'
import { inOneLine } from './gate.test-kit.ts'
import { smagruppe } from './smagruppe.test-kit.ts'

/** All that a register holds, its persons in clear. */
const contentOf = (store: string) =>
  withRegister(store, async (opened) => {
    const numbers = await numbersIn(opened)
    const people = rightOf(await opened.register.people([...numbers.keys()])())
    return { log: await logOf(opened), numbers, people, vault: vaultOf(store) }
  })

const told = async (...words: ReadonlyArray<string>): Promise<unknown> => {
  const { code, out, err } = await smagruppe(...words, '--json')
  expect(code, err).toBe(0)
  return JSON.parse(out)
}

// At full size so many copies are killed in each direction.
const wanted = fullSize ? 10 : 1

export const copyCrashCases = (client: ClientName): void => {
  test(`copies to EventStoreDB and back that were killed go on from what is there when they are made again, by ${client}`, {
    timeout: 1_800_000,
  }, async () => {
    const folder = folderWith({})
    const at = (name: string): string => join(folder, name)
    const [origin, back] = [at('origin.db'), at('back.db')]
    layOut(folder, 0)
    await told('import', folder, '--store', origin)
    const expected = await contentOf(origin)
    const events = expected.log.length
    const server = await standIn()
    onTestFinished(server.close)
    const chance = chanceFrom(`copies by ${client} ${seed}`)
    const killed = { 'to it': 0, 'in the middle': 0, 'from it': 0 }

    for (let round = 0; killed['to it'] < wanted || killed['from it'] < wanted; round += 1) {
      const register = `round_${round}`
      const [there, keys] = [server.url({ parameters: { client, register } }), at(`${register}.db`)]
      const held = (): number => server.log.all.filter(({ stream }) => stream.startsWith(`${register}.`)).length
      const [many, then] = [chance.below(events + 1), chance.below(5)]
      const to = await gated('copy', origin, there, '--to-vault', keys)
      const toEnded = await to.killedOnce(inOneLine({ call: 0, killedBy: 'another' }), async (ended) => {
        while (held() < many && !ended.aborted) await sleep(1)
        await sleep(then)
      })
      const left = held()
      killed['to it'] += toEnded.code === null ? 1 : 0
      killed['in the middle'] += left > 0 && left < events ? 1 : 0
      expect(await told('copy', origin, there, '--to-vault', keys)).toMatchObject({ events, added: events - left })
      expect(rightOf(await checkEventStoreDb(there)())).toEqual({ rows: events, findings: [] })

      // Every event is a call to the database, and so is all that is done for the vault.
      const order = { call: 1 + chance.below(2 * events), killedBy: chance.oneOf('itself', 'another') } as const
      const from = await gated('copy', there, back, '--vault', keys)
      const fromEnded = await from.killedAfter(inOneLine(order), chance.below(5), 'now')
      killed['from it'] += fromEnded.code === null ? 1 : 0
      expect(await told('copy', there, back, '--vault', keys)).toMatchObject({ events })
      expect(await findingsIn(back)).toEqual([])
      expect(await contentOf(back)).toEqual(expected)
      remove(back)
    }
    console.log(`copies of ${events} events by ${client}, seed ${seed}, killed: ${JSON.stringify(killed)}`)
    if (fullSize) expect(killed['in the middle']).toBeGreaterThan(0)
  })
}

// import-crash.test.ts: imports killed at random moments and begun again give what an undisturbed one gives, persons included

import { join } from 'node:path'
import {
  doctorEvidence,
  encodeRow,
  everything,
  groupEvidence,
  groupRegister,
  hospitalDirectory,
  type Projection,
  type RegisterEvent,
  references,
  registerEvents,
  replay,
  type StoredEvent,
  sessionEvidence,
  topicLog,
  topics,
} from '@smagruppe/domain'
import { expect, test } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { answersOf, asked, contentOf, folderWith, logOf, numbersIn } from '../csv/sheets.test-kit.ts'
import { chanceFrom, fullSize, seed } from '../stores/batches.test-kit.ts'
import { inRounds } from '../stores/crash.test-kit.ts'
import { findingsIn, gated, layOut, remove, vaultOf, withRegister } from './crash.test-kit.ts'
import { inOneLine, type Order } from './gate.test-kit.ts'
import { smagruppe } from './smagruppe.test-kit.ts'

const yearEnd = asked('2024-12-31', '2025-05-31')

/** All that an import leaves behind, in words that do not depend on ids made by chance. */
const outcomeOf = (store: string) =>
  withRegister(store, async (opened) => {
    const doctors = rightOf(await opened.register.rows.all(doctorEvidence)())
    const numbers = await numbersIn(opened)
    const people = rightOf(await opened.register.people([...numbers.keys()])())
    return {
      events: (await logOf(opened)).length,
      content: await contentOf(opened),
      answers: await answersOf(opened, yearEnd),
      people: [...people].map(([doctor, person]) => `${numbers.get(doctor)} ${JSON.stringify(person)}`).sort(),
      doctors: doctors.size,
      vault: vaultOf(store),
    }
  })

/** The log of a register that was left by a killed import; fails where a file or a read model of it is not sound. */
const examined = (store: string): Promise<ReadonlyArray<StoredEvent>> =>
  withRegister(store, async (opened) => {
    expect(await findingsIn(store)).toEqual([])
    const recorded = rightOf(await everything(opened.events, registerEvents)())
    const check = async <Row>(projection: Projection<RegisterEvent, Row>): Promise<void> => {
      const kept = rightOf(await opened.register.rows.all(projection)())
      expect(encoded(projection, kept)).toEqual(encoded(projection, replay(projection, recorded)))
    }
    await check(groupRegister)
    await check(topicLog)
    await check(topics)
    await check(hospitalDirectory)
    await check(references)
    await check(sessionEvidence)
    await check(groupEvidence)
    await check(doctorEvidence)
    return logOf(opened)
  })

const encoded = <Row>(projection: Projection<RegisterEvent, Row>, rows: ReadonlyMap<string, Row>): unknown =>
  new Map([...rows].map(([key, row]) => [key, encodeRow(projection, row)]))

/** The sheets of a folder, and what an undisturbed import makes of them. */
interface Undisturbed {
  readonly report: { readonly events: number; readonly rejections: unknown; readonly flags: unknown }
  readonly outcome: Awaited<ReturnType<typeof outcomeOf>>
  /** How often it called the database. */
  readonly calls: number
}

const imported = async (folder: string, store: string): Promise<Undisturbed['report']> => {
  const { code, out, err } = await smagruppe('import', folder, '--store', store, '--json')
  expect(code, err).toBe(0)
  return JSON.parse(out)
}

test('an import that was killed again and again ends as one that was not', { timeout: 1_800_000 }, async () => {
  const wanted = fullSize ? 200 : 3
  const chance = chanceFrom(`imports ${seed}`)
  const folder = folderWith({})
  const store = join(folder, 'register.db')
  const importing = (into: string) => () => gated('import', folder, '--store', into)
  const undisturbedImport = async (): Promise<Undisturbed> => {
    const elsewhere = join(folder, 'undisturbed.db')
    const { code, said, complaint } = await (await importing(elsewhere)()).ended(
      inOneLine({ call: 0, killedBy: 'another' }),
    )
    expect(code, complaint).toBe(0)
    const calls = Number(said.findLast(([what]) => what === 'calls')?.[1])
    const outcome = await outcomeOf(elsewhere)
    const { rejections, flags } = await imported(folder, elsewhere)
    remove(elsewhere)
    return { report: { events: outcome.events, rejections, flags }, outcome, calls }
  }
  const seen = {
    inTheMiddle: 0,
    beforeTheFirstEvent: 0,
    afterTheLast: 0,
    ended: 0,
    registers: 0,
    quarters: [0, 0, 0, 0],
  }

  layOut(folder, 0)
  let undisturbed = await undisturbedImport()
  let before: ReadonlyArray<StoredEvent> = []
  let [kills, ofThisRegister] = [0, 2]
  await inRounds(importing(store), async (n, process) => {
    // Killed by itself it dies right there, by another a little later, wherever it is by then. The first dies halfway.
    const order: Order =
      n === 0
        ? { call: Math.floor(undisturbed.calls / 2), killedBy: 'itself' }
        : { call: 1 + chance.below(undisturbed.calls), killedBy: chance.oneOf('itself', 'another') }
    const { code } = await process.killedAfter(inOneLine(order), chance.below(5), 'now')
    expect([null, 0]).toContain(code)
    const log = await examined(store)
    const { events: total, rejections, flags } = undisturbed.report
    expect(log.slice(0, before.length)).toEqual(before)
    kills += code === null ? 1 : 0
    if (code !== null) seen.ended += 1
    else if (log.length === total) seen.afterTheLast += 1
    else if (log.length === 0) seen.beforeTheFirstEvent += 1
    else {
      seen.inTheMiddle += 1
      const quarter = Math.floor((4 * log.length) / total)
      seen.quarters = seen.quarters.map((count, i) => (i === quarter ? count + 1 : count))
    }
    before = log
    ofThisRegister -= 1
    if (ofThisRegister === 0 || code !== null || kills === wanted) {
      expect(await imported(folder, store)).toMatchObject({ events: total - log.length, rejections, flags })
      expect((await examined(store)).slice(0, log.length)).toEqual(log)
      expect(await outcomeOf(store)).toEqual(undisturbed.outcome)
      expect((await imported(folder, store)).events).toBe(0)
      remove(store)
      seen.registers += 1
      if (kills === wanted) return 'enough'
      layOut(folder, seen.registers)
      undisturbed = await undisturbedImport()
      before = []
      ofThisRegister = chance.oneOf(1, 2, 3, 5)
    }
    return 'more'
  })
  console.log(`imports, seed ${seed}, ${kills} kills: ${JSON.stringify(seen)}`)
  expect(seen.inTheMiddle).toBeGreaterThanOrEqual(wanted / 3)
})

// wal.test.ts: what is left of a register when the machine fails: its write-ahead log cut, torn, begun anew and half checkpointed

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { catchUp, DoctorId, type Sealed, type StoredEvent, uuidOf } from '@smagruppe/domain'
import { expect, onTestFinished, test } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { event, eventsOf } from '../contract/samples.ts'
import { systemClock } from '../node/index.ts'
import { appendBatches, type Chance, chanceFrom, counting, fullSize, seed } from '../stores/batches.test-kit.ts'
import { expectSame } from '../stores/whole-batches.test-kit.ts'
import { openSqlite, openSqliteVault, type SqliteRegister } from './index.ts'
import { examinedAndGoneOnWith } from './torn-files.test-kit.ts'
import { framesIn, lastCommitEnd } from './wal.test-kit.ts'

const patience = 1_800_000
const sector = 512

/** What a disk holds of a register that is open: its file, and the log beside it. The shared-memory file is lost with the machine. */
interface OnDisk {
  readonly main: Buffer
  readonly log: Buffer
}

/** What had been answered, up to which position, when the log's last transaction ended there. */
interface Answered {
  readonly end: number
  readonly position: number
}

// Hundreds of copies are looked at, and none of them has to survive anything.
const inMemory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'smagruppe-wal-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

const onDisk = (path: string): OnDisk => ({
  main: readFileSync(path),
  log: existsSync(`${path}-wal`) ? readFileSync(`${path}-wal`) : Buffer.alloc(0),
})

const openedIn = async (path: string): Promise<SqliteRegister> => {
  const register = rightOf(await openSqlite(path, { clock: systemClock })())
  onTestFinished(async () => void (await register.close()))
  return register
}

/** Appends batches, several in a turn, and counts them now and then; gives what was answered when, turn by turn. */
const written = async (path: string, register: SqliteRegister, chance: Chance, turns: number): Promise<Answered[]> => {
  const answered: Answered[] = []
  for (let turn = 0; turn < turns; turn += 1) {
    const names = Array.from({ length: chance.oneOf(1, 1, 2, 5) }, (_, i) => `batch ${seed} ${chance.below(1e9)} ${i}`)
    const receipts = await appendBatches(register, names)
    const position = Math.max(...receipts.map(({ position }) => position))
    answered.push({ end: lastCommitEnd(onDisk(path).log), position })
    if (turn % 3 === 0) rightOf(await catchUp(counting(register))())
  }
  return answered
}

const answeredBy = (answered: ReadonlyArray<Answered>, end: number): number =>
  answered.findLast((one) => one.end <= end)?.position ?? 0

/** A register that finds this on the disk opens, holds exactly these events, is whole, and goes on. */
const expectRecovered = async (
  where: string,
  { main, log }: OnDisk,
  expected: ReadonlyArray<StoredEvent>,
): Promise<void> => {
  const inside = mkdtempSync(join(inMemory, 'smagruppe-wal-'))
  const path = join(inside, 'register.sqlite')
  try {
    writeFileSync(path, main)
    writeFileSync(`${path}-wal`, log)
    const next = `batch ${where}`
    const { log: found, answers, after } = await examinedAndGoneOnWith(path, [next])
    expectSame(found, expected)
    expectSame(after.log.slice(0, expected.length), expected)
    expect(answers).toEqual([after.standing.get(next)])
  } catch (error) {
    throw new Error(`seed ${seed}, ${where}`, { cause: error })
  } finally {
    rmSync(inside, { recursive: true })
  }
}

/** A register that was written to in so many turns and never checkpointed. */
const neverCheckpointed = async (chance: Chance, turns: number) => {
  const path = join(folder(), 'register.sqlite')
  const register = await openedIn(path)
  const empty = onDisk(path)
  const answered = await written(path, register, chance, turns)
  const all = await eventsOf(register.events.readAll())
  const { main, log } = onDisk(path)
  expect(main).toEqual(empty.main)
  return { main, log, answered, all, frames: framesIn(log) }
}

test('a log cut at any frame, or inside one, gives back all that was answered by then and nothing half', {
  timeout: patience,
}, async () => {
  const chance = chanceFrom(`cuts ${seed}`)
  const { main, log, answered, all, frames } = await neverCheckpointed(chance, fullSize ? 60 : 6)
  const cuts = [0, ...frames.flatMap(({ start, end }) => [start, end])]
  const inside = Array.from({ length: fullSize ? 600 : 20 }, () => chance.below(log.length))
  for (const cut of new Set([...cuts, ...inside])) {
    const expected = all.slice(0, answeredBy(answered, cut))
    await expectRecovered(`cut at byte ${cut}`, { main, log: log.subarray(0, cut) }, expected)
  }
  console.log(`cuts, seed ${seed}: ${frames.length} frames, ${inside.length} random bytes`)
  expect(answered.length).toBeLessThan(frames.length)
})

test('sectors of a transaction that were not on the disk yet, or not as written, take nothing that was answered', {
  timeout: patience,
}, async () => {
  const chance = chanceFrom(`sectors ${seed}`)
  const { main, log, answered, all } = await neverCheckpointed(chance, fullSize ? 40 : 6)
  const seen = { torn: 0, whole: 0 }
  for (let n = 0; n < (fullSize ? 600 : 20); n += 1) {
    const turn = chance.below(answered.length)
    const synced = answered[turn - 1]?.end ?? 0
    const torn = Buffer.from(log.subarray(0, answered[turn]?.end))
    for (let lost = chance.below(3); lost >= 0; lost -= 1) {
      const at = synced + chance.below(torn.length - synced)
      const behind = Math.min(torn.length, Math.max(at + 1, (Math.floor(at / sector) + 1) * sector))
      const harm = chance.oneOf('zeros', 'noise', 'a bit')
      if (harm === 'a bit') torn.writeUInt8((torn.readUInt8(at) ^ (1 << chance.below(8))) & 0xff, at)
      else for (let i = at; i < behind; i += 1) torn.writeUInt8(harm === 'zeros' ? 0 : chance.below(256), i)
    }
    const position = answeredBy(answered, lastCommitEnd(torn))
    expect(position).toBeGreaterThanOrEqual(answeredBy(answered, synced))
    seen[position < answeredBy(answered, torn.length) ? 'torn' : 'whole'] += 1
    await expectRecovered(`torn ${n}`, { main, log: torn }, all.slice(0, position))
  }
  console.log(`sectors, seed ${seed}: ${JSON.stringify(seen)}`)
  expect(seen.torn).toBeGreaterThan(seen.whole)
})

test('a checkpoint that was broken off half-way takes nothing', { timeout: patience }, async () => {
  const chance = chanceFrom(`checkpoints ${seed}`)
  const { main, log, answered, all, frames } = await neverCheckpointed(chance, fullSize ? 40 : 6)
  const pageSize = log.readUInt32BE(8)
  for (let n = 0; n < (fullSize ? 300 : 15); n += 1) {
    // SQLite syncs the log before it writes a page back: what is checkpointed is on the disk in the log as well.
    const synced = answered[chance.below(answered.length)]?.end ?? 0
    const newest = new Map(frames.filter(({ end }) => end <= synced).map(({ page, end }) => [page, end - pageSize]))
    const mixed = Buffer.alloc(Math.max(main.length, Math.max(...newest.keys()) * pageSize))
    main.copy(mixed)
    for (const [page, from] of newest) {
      for (let at = 0; at < pageSize; at += sector)
        if (chance.below(2) === 0) log.copy(mixed, (page - 1) * pageSize + at, from + at, from + at + sector)
    }
    const cut = synced + chance.below(log.length - synced + 1)
    const expected = all.slice(0, answeredBy(answered, cut))
    await expectRecovered(`checkpoint ${n}`, { main: mixed, log: log.subarray(0, cut) }, expected)
  }
})

test('a log that was begun anew after a checkpoint, cut at any frame, gives back all that was answered by then', {
  timeout: patience,
}, async () => {
  const chance = chanceFrom(`anew ${seed}`)
  const path = join(folder(), 'register.sqlite')
  const register = await openedIn(path)
  await written(path, register, chance, fullSize ? 40 : 8)
  const other = new DatabaseSync(path)
  expect(other.prepare('PRAGMA wal_checkpoint(RESTART)').get()).toMatchObject({ busy: 0 })
  other.close()
  const { main, log: older } = onDisk(path)
  const first = (await eventsOf(register.events.readAll())).length
  const answered = await written(path, register, chance, fullSize ? 20 : 3)
  const { main: unchanged, log } = onDisk(path)
  expect(unchanged).toEqual(main)
  const all = await eventsOf(register.events.readAll())
  const frames = framesIn(log)
  const inside = Array.from({ length: fullSize ? 300 : 15 }, () => chance.below(lastCommitEnd(log)))
  for (const cut of new Set([...frames.flatMap(({ start, end }) => [start, end]), ...inside, 0, 8, 16, 20, 24, 28])) {
    // Behind the cut stand the frames of the older log, which SQLite writes over and does not remove.
    const mixed = Buffer.concat([log.subarray(0, cut), older.subarray(cut)])
    const expected = all.slice(0, Math.max(first, answeredBy(answered, cut)))
    await expectRecovered(`anew, cut at byte ${cut}`, { main, log: mixed }, expected)
  }
  console.log(`anew, seed ${seed}: ${frames.length} frames, ${inside.length} random bytes, ${older.length} bytes older`)
})

test('a vault whose log is cut at any frame keeps every number and key that it had answered', {
  timeout: patience,
}, async () => {
  const path = join(folder(), 'vault.sqlite')
  const vault = rightOf(await openSqliteVault(path)())
  const doctors = Array.from({ length: fullSize ? 60 : 8 }, (_, i) => uuidOf('doctor', `${i}`)).filter(DoctorId.is)
  const place = { event: event('named').id, field: 'name' }
  const answered: Array<{
    readonly claimed: number
    readonly doctor: DoctorId
    readonly kept: number
    readonly name: Sealed
  }> = []
  for (const doctor of doctors) {
    expect(rightOf(await vault.claim(`number of ${doctor}`, doctor)())).toBe(doctor)
    const claimed = lastCommitEnd(onDisk(path).log)
    const name = rightOf(await vault.seal(doctor, place, `name of ${doctor}`)())
    answered.push({ claimed, doctor, kept: lastCommitEnd(onDisk(path).log), name })
  }
  const { main, log } = onDisk(path)
  rightOf(await vault.close())
  const copy = join(folder(), 'vault.sqlite')
  for (const { end: cut } of framesIn(log)) {
    writeFileSync(copy, main)
    writeFileSync(`${copy}-wal`, log.subarray(0, cut))
    const recovered = rightOf(await openSqliteVault(copy)())
    for (const { claimed, doctor, kept, name } of answered) {
      const holder = rightOf(await recovered.holderOf(`number of ${doctor}`)())
      expect(holder, `cut at byte ${cut}`).toBe(claimed <= cut ? doctor : null)
      if (kept > cut) continue
      expect(rightOf(await recovered.reveal(name)()), `cut at byte ${cut}`).toEqual({
        _tag: 'Known',
        text: `name of ${doctor}`,
      })
    }
    rightOf(await recovered.close())
  }
})

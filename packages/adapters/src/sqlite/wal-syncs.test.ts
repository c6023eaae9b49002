// wal-syncs.test.ts: what is answered is on the disk: the settings, the transactions, and the system calls that were made

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { DoctorId, uuidOf } from '@smagruppe/domain'
import { expect, onTestFinished, test, vi } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { systemClock } from '../node/index.ts'
import { appendBatches, fullSize } from '../stores/batches.test-kit.ts'
import { readyProcess } from '../stores/crash.test-kit.ts'
import { inOneLine } from './crash-writer.test-kit.ts'
import { openSqlite, openSqliteVault } from './index.ts'
import { deedsIn, tracedTo } from './system-calls.test-kit.ts'
import { framesIn } from './wal.test-kit.ts'

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'smagruppe-syncs-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

/** Opens something and gives the connection that it writes through. */
const connectionOf = async <A extends { readonly close: () => Promise<unknown> }>(
  open: () => Promise<A>,
): Promise<{ readonly opened: A; readonly connection: DatabaseSync }> => {
  const prepare = vi.spyOn(DatabaseSync.prototype, 'prepare')
  try {
    const opened = await open()
    onTestFinished(async () => void (await opened.close()))
    const connection: unknown = prepare.mock.contexts.at(-1)
    if (!(connection instanceof DatabaseSync)) throw new Error('nothing was prepared')
    return { opened, connection }
  } finally {
    prepare.mockRestore()
  }
}

const settingsOf = (connection: DatabaseSync): Readonly<Record<string, unknown>> =>
  Object.assign(
    {},
    ...['journal_mode', 'synchronous', 'locking_mode', 'recursive_triggers', 'trusted_schema', 'secure_delete'].map(
      (name) => connection.prepare(`PRAGMA ${name}`).get(),
    ),
  )

const lasting = {
  journal_mode: 'wal',
  synchronous: 2,
  locking_mode: 'normal',
  recursive_triggers: 1,
  trusted_schema: 0,
  secure_delete: 0,
}

test('the connections that write have the settings by which a commit is on the disk', async () => {
  const inside = folder()
  for (const _time of ['when it is made', 'when it is opened again']) {
    const log = await connectionOf(async () =>
      rightOf(await openSqlite(join(inside, 'register.db'), { clock: systemClock })()),
    )
    expect(settingsOf(log.connection)).toEqual(lasting)
    await appendBatches(log.opened, ['batch one', 'batch other'])
    expect(settingsOf(log.connection)).toEqual(lasting)
    rightOf(await log.opened.close())
    const vault = await connectionOf(async () => rightOf(await openSqliteVault(join(inside, 'vault.db'))()))
    expect(settingsOf(vault.connection)).toEqual({ ...lasting, secure_delete: 1 })
    rightOf(await vault.opened.close())
  }
})

test('appends of one turn are one transaction of the log, and appends one after the other one each', async () => {
  const path = join(folder(), 'register.db')
  const register = rightOf(await openSqlite(path, { clock: systemClock })())
  onTestFinished(async () => void (await register.close()))
  const transactions = (): number => framesIn(readFileSync(`${path}-wal`)).filter(({ commits }) => commits).length
  const names = (what: string): ReadonlyArray<string> => Array.from({ length: 30 }, (_, i) => `batch ${what} ${i}`)
  await appendBatches(register, names('together'))
  expect(transactions()).toBe(1)
  for (const name of names('apart')) await appendBatches(register, [name])
  expect(transactions()).toBe(31)
})

test('a number that the vault has answered is a transaction of its own', async () => {
  const path = join(folder(), 'vault.db')
  const vault = rightOf(await openSqliteVault(path)())
  onTestFinished(async () => void (await vault.close()))
  const transactions = (): number => framesIn(readFileSync(`${path}-wal`)).filter(({ commits }) => commits).length
  const before = transactions()
  for (const [i, doctor] of ['a', 'b', 'c'].map((name) => uuidOf('doctor', name)).entries()) {
    if (DoctorId.is(doctor)) rightOf(await vault.claim(`number ${i}`, doctor)())
    expect(transactions()).toBe(before + i + 1)
  }
})

// Whether the disk was told to keep what was written can only be seen from outside the process.
if (fullSize) {
  const program = fileURLToPath(new URL('crash-writer.test-kit.ts', import.meta.url))

  test('strace is there to count with', () => {
    const { status } = spawnSync('strace', ['-V'])
    expect(status, 'the full-size run watches system calls: install strace (Debian: apt-get install strace)').toBe(0)
  })

  test('no answer is given before its transaction is synced, and a turn is synced once', {
    timeout: 300_000,
  }, async () => {
    const inside = folder()
    const path = join(inside, 'register.db')
    const trace = join(inside, 'trace')
    const turns = Array.from({ length: 120 }, (_, t) =>
      Array.from({ length: t % 2 === 0 ? 1 : 25 }, (_, i) => `batch ${t}.${i}`),
    )
    const process = await readyProcess([program], tracedTo(trace))
    const { code, said, complaint } = await process.ended(inOneLine({ path, work: 'turns', turns }))
    expect([code, complaint]).toEqual([0, ''])
    expect(said.filter(([what]) => what === 'stored').length).toBe(60 * 26)

    const unsynced = new Set<string>()
    const perTurn: Array<{ syncs: number; checkpoints: number; begun: number; answers: number }> = []
    for (const deed of deedsIn(readFileSync(trace, 'utf8'), path)) {
      if (deed.did === 'say' && deed.what.startsWith('turn')) {
        perTurn.push({ syncs: 0, checkpoints: 0, begun: 0, answers: 0 })
        continue
      }
      const turn = perTurn.at(-1)
      if (turn === undefined) continue
      if (deed.did === 'say') {
        expect([...unsynced], `before ${deed.what}`).not.toContain('log')
        // The log's own name in its folder as well.
        expect([...unsynced], `before ${deed.what}`).not.toContain('folder')
        turn.answers += 1
      } else if (deed.did === 'sync') {
        if (deed.what === 'log') turn.syncs += 1
        if (deed.what === 'file') turn.checkpoints += 1
        unsynced.delete(deed.what)
      } else {
        // A page goes back into the file once the log is synced, and the log is begun anew once the file is.
        if (deed.what === 'file') expect([...unsynced]).not.toContain('log')
        if (deed.what === 'log' && deed.at === 0) {
          expect([...unsynced]).not.toContain('file')
          turn.begun += 1
          if (perTurn.length === 1) unsynced.add('folder')
        }
        unsynced.add(deed.what)
      }
    }
    // Once for the transaction, once where a log is begun, and once before its pages go back into the file.
    expect(perTurn.map(({ syncs }) => syncs)).toEqual(perTurn.map(({ begun, checkpoints }) => 1 + begun + checkpoints))
    expect(perTurn.map(({ answers }) => answers)).toEqual(turns.map(({ length }) => length))
    const total = (of: 'syncs' | 'checkpoints' | 'begun' | 'answers'): number =>
      perTurn.reduce((sum, turn) => sum + turn[of], 0)
    console.log(
      `syncs: ${total('answers')} answers in ${perTurn.length} turns, ${total('syncs')} syncs of the log, ` +
        `which was begun ${total('begun')} times; ${total('checkpoints')} checkpoints`,
    )
    expect(total('checkpoints')).toBeGreaterThan(1)
  })
}

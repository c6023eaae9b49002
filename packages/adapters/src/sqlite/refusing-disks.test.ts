// refusing-disks.test.ts: disks that are full and files that may not be written to: each refusal typed, nothing answered that is not stored

import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { appended, event, noon, stream } from '../contract/samples.ts'
import { fullSize } from '../stores/batches.test-kit.ts'
import { openSqlite, openSqliteVault } from './index.ts'
import { answerOf } from './process.test-kit.ts'

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'smagruppe-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

/** Appends until the store refuses, then something small once more; closes, and opens again to read. Other appends stand in the same turn. */
const fillingUp = (path: string): string => `
  const open = async () => rightOf(await openSqlite(${JSON.stringify(path)}, { clock: systemClock })())
  const register = await open()
  const answered = []
  let refused = null
  for (let i = 0; refused === null && i < 10_000; i += 1) {
    const turn = await Promise.all([0, 1, 2].map(async (j) => {
      const name = i + ' ' + j
      const data = JSON.stringify({ name, long: 'x'.repeat(5_000) })
      return [name, await register.events.append(stream('of ' + j), any, [event(name, { data })])()]
    }))
    for (const [name, answer] of turn) {
      if (answer._tag === 'Right') answered.push(name)
      else refused ??= answer.left
    }
  }
  const before = namesOf(await eventsOf(register.events.readAll()))
  const closed = await register.close()
  const again = await open()
  const stored = namesOf(await eventsOf(again.events.readAll()))
  console.log(JSON.stringify({
    answered: answered.length,
    refused,
    readable: JSON.stringify(before) === JSON.stringify(answered),
    closed: closed._tag,
    kept: JSON.stringify(stored) === JSON.stringify(answered),
  }))
`

describe('where there is no more room, what was answered is what is stored', () => {
  test('a file that may not grow any more', async () => {
    const path = join(folder(), 'register.sqlite')
    const limited = ['bash', '-c', 'ulimit -f 512; "$@"', 'limited']
    expect(await answerOf(fillingUp(path), limited)).toMatchObject({
      answered: expect.toSatisfy((count) => count > 10),
      refused: { _tag: 'StoreFailure', reason: 'Unavailable', retry: true, message: expect.stringContaining(path) },
      readable: true,
      closed: 'Right',
      kept: true,
    })
  })

  // A disk of its own needs a namespace of its own, which not every system gives.
  const ownDisk = ['unshare', '--mount', ...(process.getuid?.() === 0 ? [] : ['--map-root-user'])]
  const [unshare = '', ...ownMounts] = ownDisk
  const mayMount = spawnSync(unshare, [...ownMounts, 'mount', '-t', 'tmpfs', 'none', tmpdir()]).status === 0

  if (mayMount)
    test('a disk that is full', async () => {
      const small = folder()
      const path = join(small, 'register.sqlite')
      const mounted = [...ownDisk, 'bash', '-c', `mount -t tmpfs -o size=2m none "${small}" && "$@"`, 'small']
      expect(await answerOf(fillingUp(path), mounted)).toMatchObject({
        answered: expect.toSatisfy((count) => count > 10),
        refused: { _tag: 'StoreFailure', reason: 'Full', message: expect.stringContaining(path) },
        readable: true,
        closed: 'Right',
        kept: true,
      })
    })
  else
    test('a disk that is full could not be tried, as this system lets nobody mount one', () => {
      expect(fullSize, 'at full size there must be a disk to fill').toBe(false)
    })
})

describe('what may only be read is refused when it is opened, for it could not keep an event', () => {
  const nobody = 65_534

  /** What opening says to somebody who is not root: root may write to everything. */
  const openedByNobody = (register: string, vault: string): Promise<unknown> =>
    answerOf(`
      if (process.getuid() === 0) process.setuid(${nobody})
      console.log(JSON.stringify([
        await openSqlite(${JSON.stringify(register)}, { clock: systemClock })(),
        await openSqliteVault(${JSON.stringify(vault)})(),
      ]))
    `)

  const registerAndVault = async () => {
    const inside = folder()
    const [register, vault] = [join(inside, 'register.sqlite'), join(inside, 'vault.sqlite')]
    const opened = rightOf(await openSqlite(register, { clock: () => noon })())
    await appended(opened.events, stream('ours'), { _tag: 'Any' }, event('first'))
    rightOf(await opened.close())
    rightOf(await rightOf(await openSqliteVault(vault)()).close())
    if (process.getuid?.() === 0) for (const path of [inside, register, vault]) chownSync(path, nobody, nobody)
    return { inside, register, vault }
  }

  const refused = (tag: string, path: string) => ({
    _tag: 'Left',
    left: { _tag: tag, reason: 'ReadOnly', retry: false, message: expect.stringContaining(path) },
  })

  test('a file', async () => {
    const { register, vault } = await registerAndVault()
    for (const path of [register, vault]) chmodSync(path, 0o444)
    expect(await openedByNobody(register, vault)).toEqual([
      refused('StoreFailure', register),
      refused('VaultFailure', vault),
    ])
  })

  test('a folder, where SQLite could put no write-ahead log beside the file', async () => {
    const { inside, register, vault } = await registerAndVault()
    chmodSync(inside, 0o555)
    onTestFinished(() => chmodSync(inside, 0o755))
    expect(await openedByNobody(register, vault)).toEqual([
      refused('StoreFailure', inside),
      refused('VaultFailure', inside),
    ])
  })

  test('a folder that a new file is to be made in', async () => {
    const { inside } = await registerAndVault()
    chmodSync(inside, 0o555)
    onTestFinished(() => chmodSync(inside, 0o755))
    expect(await openedByNobody(join(inside, 'new'), join(inside, 'newer'))).toEqual([
      refused('StoreFailure', inside),
      refused('VaultFailure', inside),
    ])
  })

  test('a file that loses its rights while it is open is refused at the next opening, and until then it is kept', async () => {
    const { register } = await registerAndVault()
    const opened = rightOf(await openSqlite(register, { clock: () => noon })())
    chmodSync(register, 0o444)
    expect((await appended(opened.events, stream('ours'), { _tag: 'Any' }, event('second'))).position).toBe(2)
    rightOf(await opened.close())
  })
})

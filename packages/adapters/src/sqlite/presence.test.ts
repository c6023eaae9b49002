// presence.test.ts: a file that is deleted, moved or replaced while it is open is noticed at the next call

import { copyFileSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { any, theStart } from '@smagruppe/domain'
import { right } from 'fp-ts/lib/Either.js'
import { describe, expect, onTestFinished, test } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { appended, event, eventsOf, namesOf, nextPage, noon, stream } from '../contract/samples.ts'
import { openDatabase } from './database.ts'
import { connectionTo } from './group-commit.ts'
import { openSqlite, openSqliteVault } from './index.ts'
import { registerFile } from './schema.ts'

const ours = stream('ours')

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'smagruppe-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

const openRegister = async (path: string) => {
  const opened = rightOf(await openSqlite(path, { clock: () => noon, pollMs: 5 })())
  onTestFinished(async () => void (await opened.close()))
  return opened
}

const gone = (path: string) => ({
  _tag: 'Left',
  left: { _tag: 'StoreFailure', reason: 'Unavailable', retry: false, message: expect.stringContaining(path) },
})

/** What can happen to the files of an open register, and which of them the failure names. */
const accidents: Readonly<Record<string, readonly [(path: string) => void, string]>> = {
  'the file is deleted': [(path) => unlinkSync(path), ''],
  'the file is moved': [(path) => renameSync(path, `${path}.moved`), ''],
  'the file is replaced by a copy of itself': [
    (path) => {
      copyFileSync(path, `${path}.copy`)
      renameSync(`${path}.copy`, path)
    },
    '',
  ],
  'the write-ahead log is deleted': [(path) => unlinkSync(`${path}-wal`), '-wal'],
  'the write-ahead log is replaced': [
    (path) => {
      copyFileSync(`${path}-wal`, `${path}.copy`)
      renameSync(`${path}.copy`, `${path}-wal`)
    },
    '-wal',
  ],
  'the shared memory, by which processes know of each other, is deleted': [(path) => unlinkSync(`${path}-shm`), '-shm'],
}

describe('a store whose file is taken away under it answers nothing as stored, and gives no more', () => {
  for (const [what, [accident, suffix]] of Object.entries(accidents)) {
    test(what, async () => {
      const path = join(folder(), 'register.sqlite')
      const { events, rows } = await openRegister(path)
      await appended(events, ours, any, event('first'))
      const subscription = events.subscribe()[Symbol.asyncIterator]()
      await nextPage(subscription)

      accident(path)
      const file = `${path}${suffix}`
      const [second, third] = [event('second'), event('third')]
      expect(await Promise.all([events.append(ours, any, [second])(), events.append(ours, any, [third])()])).toEqual([
        gone(file),
        gone(file),
      ])
      expect((await subscription.next()).value).toEqual(gone(file))
      expect(await rows.checkpoint({ name: 'rows', version: 1 })()).toEqual(gone(file))
      for await (const page of events.readAll()) expect(page).toEqual(gone(file))
    })
  }

  test('also while a transaction goes to the disk', async () => {
    const path = join(folder(), 'register.sqlite')
    let asked = 0
    // The clock is asked in the middle of the transaction.
    const clock = () => {
      asked += 1
      if (asked === 2) unlinkSync(path)
      return noon
    }
    const opened = rightOf(await openSqlite(path, { clock })())
    onTestFinished(async () => void (await opened.close()))
    await appended(opened.events, ours, any, event('first'))
    expect(await opened.events.append(ours, any, [event('second')])()).toEqual(gone(path))
  })

  test('also before anybody has used it', async () => {
    const path = join(folder(), 'register.sqlite')
    rightOf(await (await openRegister(path)).close())
    copyFileSync(path, `${path}.backup`)
    const opened = rightOf(await openDatabase(path, registerFile, 1_000))
    // A backup is put back by another process, just now.
    renameSync(`${path}.backup`, path)
    const connection = connectionTo(opened, path)
    onTestFinished(async () => void (await connection.close()))
    expect(await connection.write(() => right('stored'))()).toEqual(gone(path))
  })

  test('the vault as well', async () => {
    const path = join(folder(), 'vault.sqlite')
    const vault = rightOf(await openSqliteVault(path)())
    onTestFinished(async () => void (await vault.close()))
    unlinkSync(path)
    expect(await vault.holderOf('1')()).toMatchObject({
      left: { _tag: 'VaultFailure', reason: 'Unavailable', retry: false },
    })
  })
})

test('what was gone stays gone for that store; once the file is back, opening it again finds all that was answered', async () => {
  const path = join(folder(), 'register.sqlite')
  const first = await openRegister(path)
  await appended(first.events, ours, any, event('first'))
  renameSync(path, `${path}.moved`)
  expect(await first.events.append(ours, any, [event('second')])()).toEqual(gone(path))
  renameSync(`${path}.moved`, path)
  expect(await first.events.append(ours, any, [event('second')])()).toEqual(gone(path))
  rightOf(await first.close())

  const again = await openRegister(path)
  expect(namesOf(await eventsOf(again.events.readAll()))).toEqual(['first'])
  expect((await appended(again.events, ours, any, event('second'))).position).toBe(2)
})

test('a register behind a link is watched where it is, and where the link leads', async () => {
  const inside = folder()
  const [one, other, link] = ['one', 'other', 'link'].map((name) => join(inside, name))
  if (one === undefined || other === undefined || link === undefined) throw new Error('three names')
  rightOf(await (await openRegister(other)).close())
  rightOf(await (await openRegister(one)).close())
  symlinkSync(one, link)
  const { events } = await openRegister(link)
  await appended(events, ours, any, event('first'))
  expect(readdirSync(inside)).toContain('one-wal')
  unlinkSync(link)
  symlinkSync(other, link)
  expect(await events.append(ours, any, [event('second')])()).toEqual(gone(link))
})

test('checkpoints and other processes that come and go are no accident', async () => {
  const path = join(folder(), 'register.sqlite')
  const { events } = await openRegister(path)
  for (let i = 0; i < 5; i += 1) {
    const other = rightOf(await openSqlite(path, { clock: () => noon })())
    await appended(other.events, ours, any, event(`other ${i}`, { data: JSON.stringify('x'.repeat(5_000_000)) }))
    rightOf(await other.close())
    await appended(events, ours, any, event(`ours ${i}`))
  }
  expect((await eventsOf(events.readAll({ after: theStart }))).length).toBe(10)
})

// files.test.ts: what becomes of a file: made, opened again, brought up, refused, damaged, closed

import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { any, noStream, type Page, position, storeFailure, theStart } from '@smagruppe/domain'
import { describe, expect, onTestFinished, test } from 'vitest'
import { leftOf, rightOf } from '../contract/case.ts'
import { appended, event, eventsOf, namesOf, noon, pagesOf, secondsAfter, stream } from '../contract/samples.ts'
import { systemClock } from '../node/index.ts'
import { openSqlite, openSqliteVault } from './index.ts'

const ours = stream('ours')
const options = { clock: systemClock, busyTimeoutMs: 60 }

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'smagruppe-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

const database = (path: string, statements: string): DatabaseSync => {
  const opened = new DatabaseSync(path)
  opened.exec(statements)
  return opened
}

/** All files of a folder with their digests. */
const contents = (path: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(path).map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(path, name)))
        .digest('hex'),
    ]),
  )

test('a register keeps what it has been given when it is opened again', async () => {
  const path = join(folder(), 'register.sqlite')
  const first = rightOf(await openSqlite(path, options)())
  const receipt = await appended(first.events, ours, noStream, event('first'), event('second'))
  rightOf(
    await first.rows.commit({ name: 'rows', version: 1 }, [{ key: 'a', row: '1' }], {
      from: theStart,
      to: receipt.position,
    })(),
  )
  const before = await eventsOf(first.events.readAll())
  rightOf(await first.close())
  expect(readdirSync(join(path, '..'))).toEqual(['register.sqlite'])

  const second = rightOf(await openSqlite(path, options)())
  expect(await eventsOf(second.events.readAll())).toEqual(before)
  expect(await appended(second.events, ours, noStream, event('first'), event('second'))).toEqual(receipt)
  expect(rightOf(await second.rows.checkpoint({ name: 'rows', version: 1 })())).toBe(2)
  expect(rightOf(await second.rows.get({ name: 'rows', version: 1 }, 'a')())).toBe('1')
  rightOf(await second.close())
})

test('time does not go back when a register is opened again with a clock that is behind', async () => {
  const path = join(folder(), 'register.sqlite')
  for (const [clock, name] of [
    [() => noon, 'first'],
    [() => secondsAfter(noon, -5), 'second'],
  ] as const) {
    const { events, close } = rightOf(await openSqlite(path, { clock })())
    await appended(events, ours, any, event(name))
    expect((await eventsOf(events.readAll())).at(-1)?.recordedAt).toBe(noon)
    rightOf(await close())
  }
})

test('a new file has the settings that a commit needs to survive, and names us as its application', async () => {
  const path = join(folder(), 'register.sqlite')
  const { close } = rightOf(await openSqlite(path, options)())
  const other = database(path, '')
  expect(other.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
  expect(other.prepare('PRAGMA application_id').get()).toEqual({ application_id: 0x536d4772 })
  expect(other.prepare('PRAGMA user_version').get()).toEqual({ user_version: 3 })
  const strict = other
    .prepare("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite%'")
    .all()
  expect(strict.length).toBe(4)
  expect(strict.every(({ strict }) => strict === 1)).toBe(true)
  other.close()
  rightOf(await close())
})

test('an empty file becomes a register', async () => {
  const path = join(folder(), 'register.sqlite')
  writeFileSync(path, '')
  const { events, close } = rightOf(await openSqlite(path, options)())
  await appended(events, ours, noStream, event('first'))
  rightOf(await close())
})

describe('a file that is not ours is refused, by its path, and left as it is', () => {
  const strangers: Readonly<Record<string, (path: string) => void>> = {
    'plain text': (path) => writeFileSync(path, 'hpr,name\n9144900,Kari\n'.repeat(500)),
    'a few bytes': (path) => writeFileSync(path, 'x'),
    'a folder': (path) => mkdirSync(path),
    'a database of another application': (path) =>
      database(path, 'PRAGMA application_id = 77; CREATE TABLE t (a)').close(),
    'a database of nobody in particular': (path) =>
      database(path, 'CREATE TABLE events (position INTEGER PRIMARY KEY)').close(),
    'an empty database': (path) => database(path, 'PRAGMA user_version = 1; VACUUM').close(),
    'a closed database with a write-ahead log': (path) =>
      database(path, 'PRAGMA journal_mode = WAL; CREATE TABLE t (a)').close(),
    'a database whose owner died before it closed': (path) => {
      const alive = `${path}.alive`
      const owner = database(alive, 'PRAGMA journal_mode = WAL; CREATE TABLE t (a)')
      writeFileSync(path, readFileSync(alive))
      writeFileSync(`${path}-wal`, readFileSync(`${alive}-wal`))
      owner.close()
      rmSync(alive)
    },
  }
  for (const [what, make] of Object.entries(strangers)) {
    test(what, async () => {
      const inside = folder()
      const path = join(inside, 'register.sqlite')
      make(path)
      const isFile = statSync(path).isFile()
      const before = isFile ? contents(inside) : {}
      for (const failure of [
        leftOf(await openSqlite(path, options)()),
        leftOf(await openSqliteVault(path, options)()),
      ]) {
        expect(failure).toMatchObject({ reason: 'Foreign', retry: false })
        expect(failure.message).toContain(path)
        // SQLite's reader leaves its shared-memory file; what was there is there still.
        if (isFile) expect(contents(inside)).toMatchObject(before)
      }
    })
  }
})

test('a vault is no register and a register is no vault', async () => {
  const inside = folder()
  const register = join(inside, 'register.sqlite')
  const vault = join(inside, 'vault.sqlite')
  rightOf(await rightOf(await openSqlite(register, options)()).close())
  rightOf(await rightOf(await openSqliteVault(vault, options)()).close())
  const before = contents(inside)
  expect(leftOf(await openSqlite(vault, options)()).reason).toBe('Foreign')
  expect(leftOf(await openSqliteVault(register, options)())).toMatchObject({ _tag: 'VaultFailure', reason: 'Foreign' })
  expect(contents(inside)).toEqual(before)
})

test('a file of a newer release is refused and left as it is', async () => {
  const inside = folder()
  const path = join(inside, 'register.sqlite')
  rightOf(await rightOf(await openSqlite(path, options)()).close())
  database(path, 'PRAGMA user_version = 99').close()
  const before = contents(inside)
  const failure = leftOf(await openSqlite(path, options)())
  expect(failure).toEqual(storeFailure('Newer', failure.message))
  expect(failure.message).toContain(`${path} is a register of version 99, and this release knows versions up to 3`)
  expect(contents(inside)).toEqual(before)
})

test('a file that somebody holds locked is busy, and opens when it is let go', async () => {
  const path = join(folder(), 'register.sqlite')
  rightOf(await rightOf(await openSqlite(path, options)()).close())
  const holder = database(path, 'PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; PRAGMA user_version = 3; COMMIT')
  const failure = leftOf(await openSqlite(path, options)())
  expect(failure).toMatchObject({ reason: 'Busy', retry: true })
  expect(failure.message).toContain(path)
  holder.close()
  rightOf(await rightOf(await openSqlite(path, options)()).close())
})

test('what cannot be opened at all is said with its path', async () => {
  const missing = join(folder(), 'not there', 'register.sqlite')
  const failure = leftOf(await openSqlite(missing, options)())
  expect(failure).toMatchObject({ reason: 'Unavailable', retry: false })
  expect(failure.message).toContain(missing)
  for (const memory of ['', ':memory:']) expect(leftOf(await openSqlite(memory, options)()).reason).toBe('Unsupported')
})

test('a damaged file is a failure, not a crash', async () => {
  const path = join(folder(), 'register.sqlite')
  const first = rightOf(await openSqlite(path, options)())
  for (let i = 0; i < 400; i += 1) await appended(first.events, ours, any, event(`${i}`))
  rightOf(await first.close())
  const bytes = readFileSync(path)
  bytes.fill(0xa5, bytes.length / 2)
  writeFileSync(path, bytes)
  const opened = await openSqlite(path, options)()
  const register = rightOf(opened)
  const results = []
  for await (const result of register.events.readAll()) results.push(result)
  const last = results.at(-1)
  if (last === undefined) throw new Error('there is a last element')
  expect(leftOf<unknown, Page>(last)).toMatchObject({ _tag: 'StoreFailure', reason: 'Damaged', retry: false })
  rightOf(await register.close())
})

test('a row that we could not have written is damage', async () => {
  const path = join(folder(), 'register.sqlite')
  const { events, close } = rightOf(await openSqlite(path, options)())
  const foreign = database(path, '')
  foreign.exec(`INSERT INTO events VALUES (1, 'no uuid', 'group-x', 0, 'T', 1, '{}', 'now', 'now', 'a', 'r', 'c', 'c')`)
  foreign.close()
  for await (const result of events.readAll())
    expect(leftOf<unknown, Page>(result)).toMatchObject({ reason: 'Damaged' })
  expect(leftOf(await events.append(ours, any, [event('first')])())).toMatchObject({ reason: 'Damaged' })
  rightOf(await close())
})

test('after closing, every call says so, and closing again does nothing', async () => {
  const { events, rows, close } = rightOf(await openSqlite(join(folder(), 'register.sqlite'), options)())
  const waiting = events.subscribe()[Symbol.asyncIterator]()
  expect((await pagesOf(events.readAll())).length).toBe(1)
  await waiting.next()
  const end = waiting.next()
  const last = events.append(ours, noStream, [event('first')])()
  rightOf(await close())
  expect(rightOf(await last).position).toBe(1)
  rightOf(await close())
  const projection = { name: 'rows', version: 1 }
  const answers = [
    await events.append(ours, any, [event('second')])(),
    await rows.checkpoint(projection)(),
    await rows.get(projection, 'a')(),
    await rows.getMany(projection, ['a'])(),
    await rows.list(projection, { limit: 1 })(),
    await rows.commit(projection, [], { from: theStart, to: position(1) })(),
    (await end).value,
    (await events.subscribe()[Symbol.asyncIterator]().next()).value,
    (await events.readAll()[Symbol.asyncIterator]().next()).value,
    (await events.readStream(ours)[Symbol.asyncIterator]().next()).value,
  ]
  for (const answer of answers)
    expect(answer).toMatchObject({ _tag: 'Left', left: { _tag: 'StoreFailure', reason: 'Closed', retry: false } })
})

test('what other connections store is read, in one order', async () => {
  const path = join(folder(), 'register.sqlite')
  const one = rightOf(await openSqlite(path, options)())
  const other = rightOf(await openSqlite(path, options)())
  const names = Array.from({ length: 60 }, (_, i) => `${i}`)
  await Promise.all(
    names.map((name, i) => appended((i % 2 === 0 ? one : other).events, stream(`${i % 5}`), any, event(name))),
  )
  const seen = await eventsOf(one.events.readAll())
  expect(await eventsOf(other.events.readAll())).toEqual(seen)
  expect(new Set(namesOf(seen))).toEqual(new Set(names))
  expect(seen.map(({ position }) => position)).toEqual(names.map((_, i) => i + 1))
  rightOf(await one.close())
  rightOf(await other.close())
})

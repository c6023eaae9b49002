// group-commit.test.ts: what one turn of the event loop writes is one transaction, with an answer for each

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { expect, onTestFinished, test } from 'vitest'
import { leftOf, rightOf } from '../contract/case.ts'
import { connectionTo } from './group-commit.ts'
import { identityOf } from './presence.ts'

const file = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'smagruppe-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'file.sqlite')
}

const opened = (path: string) => {
  const database = new DatabaseSync(path)
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 50; CREATE TABLE IF NOT EXISTS t (n INTEGER PRIMARY KEY, text TEXT) STRICT',
  )
  const connection = connectionTo({ database, identity: identityOf(path) }, path)
  onTestFinished(async () => void (await connection.close()))
  const insert = database.prepare('INSERT INTO t (n, text) VALUES (?, ?)')
  const numbers = (): ReadonlyArray<unknown> =>
    rightOf(connection.read(() => database.prepare('SELECT n FROM t ORDER BY n').all())).map(({ n }) => n)
  const put = (n: number, text = '') =>
    connection.write((): Either<'refused', number> => {
      insert.run(n, text)
      return right(n)
    })
  return { database, connection, insert, numbers, put }
}

/** How many transactions a write-ahead log holds: frames whose header says that a commit ends there (sqlite.org/fileformat2.html). */
const commitsIn = (path: string): number => {
  const log = readFileSync(`${path}-wal`)
  const frame = 24 + log.readUInt32BE(8)
  let commits = 0
  for (let at = 32; at + frame <= log.length; at += frame) if (log.readUInt32BE(at + 4) !== 0) commits += 1
  return commits
}

test('all that one turn writes is one transaction, and each turn has its own', async () => {
  const path = file()
  const { put, numbers } = opened(path)
  const before = commitsIn(path)
  const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => put(i)()))
  expect(answers).toEqual(Array.from({ length: 200 }, (_, i) => right(i)))
  expect(commitsIn(path)).toBe(before + 1)
  for (const n of [1001, 1002, 1003]) await put(n)()
  expect(commitsIn(path)).toBe(before + 4)
  expect(numbers().length).toBe(203)
})

test('a task that is not run writes nothing', async () => {
  const { put, numbers } = opened(file())
  put(1)
  await put(2)()
  expect(numbers()).toEqual([2])
})

test('what is stored is what was answered, whichever works of a turn are refused or fail', async () => {
  const { connection, database, insert, numbers } = opened(file())
  const work = fc.record({ n: fc.nat(9), ending: fc.constantFrom('taken', 'refused', 'thrown', 'twice') })
  await fc.assert(
    fc.asyncProperty(fc.array(work, { maxLength: 12 }), async (works) => {
      database.exec('DELETE FROM t')
      const answers = await Promise.all(
        works.map(({ n, ending }) =>
          connection.write((): Either<'refused', number> => {
            insert.run(n, '')
            if (ending === 'thrown') throw new Error('as a defect would')
            if (ending === 'twice') insert.run(n, '')
            return ending === 'refused' ? left('refused') : right(n)
          })(),
        ),
      )
      const taken = answers.flatMap((answer) => (isLeft(answer) ? [] : [answer.right]))
      expect(numbers()).toEqual([...new Set(taken)].sort((a, b) => a - b))
      // The first that was to be taken is taken: the ones before it that were not leave no trace.
      const wanted = new Set(works.filter(({ ending }) => ending === 'taken').map(({ n }) => n))
      expect(new Set(taken)).toEqual(wanted)
    }),
    { numRuns: 200 },
  )
})

test('where the transaction cannot begin all get the failure, and the same works go in later', async () => {
  const path = file()
  const { put, numbers } = opened(path)
  const other = new DatabaseSync(path)
  other.exec('BEGIN IMMEDIATE')
  const refused = await Promise.all([put(1)(), put(2)()])
  for (const one of refused) expect(leftOf(one)).toMatchObject({ _tag: 'StoreFailure', reason: 'Busy', retry: true })
  other.exec('ROLLBACK')
  other.close()
  expect(await Promise.all([put(1)(), put(2)()])).toEqual([right(1), right(2)])
  expect(numbers()).toEqual([1, 2])
})

test('where the commit fails all get the failure, and nothing is stored', async () => {
  const { connection, database, insert, numbers, put } = opened(file())
  database.exec(`CREATE TABLE parent (n INTEGER PRIMARY KEY) STRICT;
    CREATE TABLE child (n INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED) STRICT; PRAGMA foreign_keys = ON`)
  const results = await Promise.all([
    put(1)(),
    connection.write((): Either<'refused', void> => {
      database.exec('INSERT INTO child VALUES (5)')
      return right(undefined)
    })(),
    connection.write((): Either<'refused', void> => {
      insert.run(2, '')
      return left('refused')
    })(),
  ])
  for (const one of results)
    expect(one).toMatchObject({ _tag: 'Left', left: { _tag: 'StoreFailure', reason: 'Unknown' } })
  expect(numbers()).toEqual([])
  expect(await put(3)()).toEqual(right(3))
})

test('where the disk is full, what was answered is what is stored', async () => {
  const { database, numbers, put } = opened(file())
  database.exec('PRAGMA max_page_count = 20')
  const results = await Promise.all([put(1)(), put(2, 'x'.repeat(1_000_000))(), put(3)()])
  expect(results.filter(isLeft).length).toBeGreaterThan(0)
  for (const one of results.filter(isLeft)) expect(leftOf(one)).toMatchObject({ reason: 'Full', retry: false })
  expect(numbers()).toEqual(results.flatMap((one) => (isLeft(one) ? [] : [one.right])))
  expect(await put(4)()).toEqual(right(4))
})

test('a file opened for reading refuses what would write', async () => {
  const path = file()
  rightOf(await opened(path).put(1)())
  const database = new DatabaseSync(path, { readOnly: true })
  const reader = connectionTo({ database, identity: identityOf(path) }, path)
  const insert = database.prepare('INSERT INTO t (n) VALUES (7)')
  const refused = await reader.write((): Either<'refused', unknown> => right(insert.run()))()
  expect(leftOf(refused)).toMatchObject({ reason: 'ReadOnly', retry: false })
  rightOf(await reader.close())
})

test('closing writes what is waiting, and refuses what comes after', async () => {
  const path = file()
  const { connection, put } = opened(path)
  const waiting = put(1)()
  const closing = connection.close()
  const late = put(2)()
  expect(await waiting).toEqual(right(1))
  expect(await closing).toEqual(right(undefined))
  expect(leftOf(await late)).toMatchObject({ reason: 'Closed' })
  expect(leftOf(connection.read(() => 1))).toMatchObject({ reason: 'Closed' })
  expect(opened(path).numbers()).toEqual([1])
})

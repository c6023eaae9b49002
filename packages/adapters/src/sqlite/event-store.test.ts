// event-store.test.ts: what the log on SQLite promises beyond the contract: SQL from elsewhere, one turn, long reads

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { any, noStream, theStart } from '@smagruppe/domain'
import { describe, expect, onTestFinished, test } from 'vitest'
import { rightOf, within } from '../contract/case.ts'
import { appended, event, eventsOf, namesOf, nextPage, noon, pagesOf, stream } from '../contract/samples.ts'
import { openSqlite, type SqliteOptions } from './index.ts'

const ours = stream('ours')

const register = async (changed: Partial<SqliteOptions> = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'smagruppe-'))
  const path = join(folder, 'register.sqlite')
  const open = async () => {
    const opened = rightOf(await openSqlite(path, { clock: () => noon, ...changed })())
    onTestFinished(async () => void (await opened.close()))
    return opened
  }
  const { events } = await open()
  const raw = new DatabaseSync(path)
  onTestFinished(() => {
    raw.close()
    rmSync(folder, { recursive: true })
  })
  return { events, raw, open }
}

describe('SQL from elsewhere cannot rewrite the log', () => {
  const values = (position: string, id: string, of: string, revision: number, recordedAt: string = noon): string =>
    `(${position}, '${id}', '${of}', ${revision}, 'T', 1, '{}', '${recordedAt}', '${recordedAt}', 'a', 'r', '${id}', '${id}')`
  const [known, fresh] = [event('second').id, event('fresh').id]
  const theirs = stream('theirs')
  const attempts: Readonly<Record<string, readonly [string, string]>> = {
    'an UPDATE': [`UPDATE events SET data = 'x'`, 'never changed'],
    'an UPDATE of nothing': ['UPDATE events SET position = position', 'never changed'],
    'an UPDATE OR REPLACE that would push another event out': [
      'UPDATE OR REPLACE events SET position = 1 WHERE position = 3',
      'never changed',
    ],
    'an UPDATE OR IGNORE': ['UPDATE OR IGNORE events SET revision = 7 WHERE position = 3', 'never changed'],
    'an UPDATE OR ROLLBACK of a time': [`UPDATE OR ROLLBACK events SET recorded_at = '2020'`, 'never changed'],
    'a DELETE': ['DELETE FROM events', 'never deleted'],
    'a DELETE of the last': ['DELETE FROM events WHERE position = 3', 'never deleted'],
    'an INSERT of a known id': [`INSERT INTO events VALUES ${values('4', known, theirs, 0)}`, 'stored already'],
    'an INSERT OR REPLACE of a known id': [
      `INSERT OR REPLACE INTO events VALUES ${values('4', known, theirs, 0)}`,
      'stored already',
    ],
    'a REPLACE of a known revision': [`REPLACE INTO events VALUES ${values('4', fresh, ours, 1)}`, 'next revision'],
    'an INSERT OR IGNORE of a known revision': [
      `INSERT OR IGNORE INTO events VALUES ${values('4', fresh, ours, 1)}`,
      'next revision',
    ],
    'an INSERT with a gap in the stream': [`INSERT INTO events VALUES ${values('4', fresh, ours, 4)}`, 'next revision'],
    'a REPLACE at a known position': [`REPLACE INTO events VALUES ${values('2', fresh, theirs, 0)}`, 'behind the last'],
    'a REPLACE at the last position': [
      `REPLACE INTO events VALUES ${values('3', fresh, theirs, 0)}`,
      'behind the last',
    ],
    'an INSERT before the first position': [
      `INSERT INTO events VALUES ${values('0', fresh, theirs, 0)}`,
      'behind the last',
    ],
    'an INSERT without a position': [
      `INSERT INTO events VALUES ${values('NULL', fresh, theirs, 0)}`,
      'behind the last',
    ],
    'an INSERT OR REPLACE that takes the place, the id and the revision of the last': [
      `INSERT OR REPLACE INTO events VALUES ${values('3', event('third').id, ours, 2)}`,
      'an event',
    ],
    'an INSERT of the first revision of a stream as its second': [
      `INSERT INTO events VALUES ${values('4', fresh, theirs, 1)}`,
      'next revision',
    ],
    'an INSERT of a negative revision': [
      `INSERT INTO events VALUES ${values('4', fresh, theirs, -1)}`,
      'next revision',
    ],
    'an INSERT at a negative position': [
      `INSERT INTO events VALUES ${values('-1', fresh, theirs, 0)}`,
      'behind the last',
    ],
    'an INSERT of several, of which one is known': [
      `INSERT INTO events VALUES ${values('4', fresh, theirs, 0)}, ${values('5', known, theirs, 1)}`,
      'stored already',
    ],
    'an INSERT of several at one position': [
      `INSERT OR REPLACE INTO events VALUES ${values('4', fresh, theirs, 0)}, ${values('4', event('fresher').id, theirs, 1)}`,
      'behind the last',
    ],
    'an INSERT of an event that was known later than it was recorded': [
      `INSERT INTO events SELECT 4, '${fresh}', '${theirs}', 0, type, 1, data, recorded_at, '9', 'a', 'r', causation, correlation FROM events WHERE position = 1`,
      'CHECK',
    ],
    'an upsert that does nothing': [
      `INSERT INTO events VALUES ${values('4', known, theirs, 0)} ON CONFLICT DO NOTHING`,
      'stored already',
    ],
    'an INSERT beyond what can be counted': [
      `INSERT INTO events VALUES ${values('9007199254740992', fresh, theirs, 0)}`,
      'CHECK',
    ],
    'an upsert': [
      `INSERT INTO events VALUES ${values('4', known, theirs, 0)} ON CONFLICT (id) DO UPDATE SET data = 'x'`,
      'stored already',
    ],
  }
  for (const [what, [statement, reason]] of Object.entries(attempts)) {
    test(what, async () => {
      const { events, raw } = await register()
      await appended(events, ours, noStream, event('first'), event('second'), event('third'))
      const before = await eventsOf(events.readAll())
      // With them off, as they are where nobody asks for them, a REPLACE deletes rows without asking the triggers.
      for (const recursive of ['OFF', 'ON']) {
        raw.exec(`PRAGMA recursive_triggers = ${recursive}`)
        expect(() => raw.exec(statement)).toThrow(reason)
        expect(await eventsOf(events.readAll())).toEqual(before)
      }
    })
  }

  test('what follows the rules goes in', async () => {
    const { events, raw } = await register()
    await appended(events, ours, noStream, event('first'))
    raw.exec(`INSERT INTO events VALUES ${values('7', fresh, ours, 1)}`)
    expect((await eventsOf(events.readAll())).map(({ position }) => position)).toEqual([1, 7])
    expect((await appended(events, ours, any, event('third'))).position).toBe(8)
  })
})

test('appends of one turn all have their place, also in one stream', async () => {
  const { events } = await register()
  const receipts = await Promise.all(Array.from({ length: 50 }, (_, i) => appended(events, ours, any, event(`${i}`))))
  expect(receipts.map(({ first, position }) => [first, position])).toEqual(receipts.map((_, i) => [i, i + 1]))
})

test('a subscription sees what another connection stores', async () => {
  const { events, open } = await register({ pollMs: 10 })
  const other = await open()
  const controller = new AbortController()
  const subscription = events.subscribe({ signal: controller.signal })[Symbol.asyncIterator]()
  expect(await nextPage(subscription)).toEqual({ events: [], through: theStart, caughtUp: true })
  for (const name of ['first', 'second']) {
    await appended(other.events, ours, any, event(name))
    expect(namesOf((await within(2_000, 'the page', nextPage(subscription))).events)).toEqual([name])
  }
  controller.abort()
})

test('a subscription does not wait for its next look while more is left', async () => {
  const { events } = await register({ pollMs: 60_000 })
  for (let i = 0; i < 20; i += 1) await appended(events, ours, any, event(`${i}`))
  const controller = new AbortController()
  const subscription = events.subscribe({ pageSize: 1, signal: controller.signal })[Symbol.asyncIterator]()
  for (let i = 0; i < 20; i += 1)
    expect(namesOf((await within(1_000, 'the page', nextPage(subscription))).events)).toEqual([`${i}`])
  controller.abort()
})

test('a filtered look at a long log goes over it in parts, and other work has its turn between them', async () => {
  const { events } = await register()
  const many = Array.from({ length: 25 }, (_, s) =>
    appended(
      events,
      stream(`${s}`),
      noStream,
      event(`${s}`),
      ...Array.from({ length: 999 }, (_, i) => event(`${s} ${i}`, i === 998 && s === 24 ? { type: 'Rare' } : {})),
    ),
  )
  await Promise.all(many)
  let turns = 0
  const counting = setInterval(() => {
    turns += 1
  }, 0)
  const pages = await pagesOf(events.readAll({ types: ['Rare'] }))
  clearInterval(counting)
  expect(pages.map(({ through }) => through)).toEqual([10_000, 20_000, 25_000])
  expect(namesOf(pages.flatMap(({ events }) => events))).toEqual(['24 998'])
  expect(turns).toBeGreaterThan(0)
})

// raw-sql.test.ts: SQL from elsewhere cannot rewrite the log, not even that of the server's superuser

import { any, noStream } from '@smagruppe/domain'
import { describe, expect, test } from 'vitest'
import { appended, event, eventsOf, noon, stream } from '../contract/samples.ts'
import { newName, newRegister, rawSql } from './postgres.test-kit.ts'

const [ours, theirs] = [stream('ours'), stream('theirs')]
const [known, fresh, other] = [event('second').id, event('fresh').id, event('other').id]

const row = (position: string, id: string, of: string, revision: number, recordedAt: string = noon): string =>
  `(${position}, '${id}', '${of}', ${revision}, 'T', 1, '{}', '${recordedAt}', '${recordedAt}', 'a', 'r', '${id}', '${id}')`

const rewrites: Readonly<Record<string, readonly [string, string]>> = {
  'an UPDATE': [`UPDATE events SET data = 'x'`, 'never changed'],
  'an UPDATE of nothing': ['UPDATE events SET data = data WHERE false', 'never changed'],
  'a DELETE': ['DELETE FROM events', 'never deleted'],
  'a DELETE of the last': ['DELETE FROM events WHERE position = 3', 'never deleted'],
  'a TRUNCATE': ['TRUNCATE events', 'never deleted'],
  'an upsert of a known id': [
    `INSERT INTO events VALUES ${row('4', known, theirs, 0)} ON CONFLICT (id) DO UPDATE SET data = 'x'`,
    'never changed',
  ],
  'a MERGE': [
    `MERGE INTO events USING (SELECT 2) AS one (n) ON position = n WHEN MATCHED THEN DELETE`,
    'never deleted',
  ],
  'an INSERT of a known id': [`INSERT INTO events VALUES ${row('4', known, theirs, 0)}`, 'events_id_key'],
  'an INSERT of a known revision': [`INSERT INTO events VALUES ${row('4', fresh, ours, 1)}`, 'stream_revision_key'],
  'an INSERT at a known position': [`INSERT INTO events VALUES ${row('2', fresh, theirs, 0)}`, 'events_pkey'],
  'an INSERT with a gap in the stream': [`INSERT INTO events VALUES ${row('4', fresh, ours, 4)}`, 'next revision'],
  'an INSERT of revisions against the order of positions': [
    `INSERT INTO events VALUES ${row('4', fresh, theirs, 1)}, ${row('5', other, theirs, 0)}`,
    'next revision',
  ],
  'an INSERT before the first position': [`INSERT INTO events VALUES ${row('0', fresh, theirs, 0)}`, 'position_check'],
  'an INSERT without a position': [`INSERT INTO events VALUES ${row('NULL', fresh, theirs, 0)}`, 'not-null'],
  'an INSERT in the past': [
    `INSERT INTO events VALUES ${row('4', fresh, theirs, 0, '2023-01-01T00:00:00.000Z')}`,
    'recorded before',
  ],
  'an INSERT whose rows go back in time': [
    `INSERT INTO events VALUES ${row('4', fresh, theirs, 0, '2025-01-01T00:00:00.000Z')}, ${row('5', other, theirs, 1)}`,
    'recorded before',
  ],
  'an INSERT beyond what can be counted': [
    `INSERT INTO events VALUES ${row('9007199254740992', fresh, theirs, 0)}`,
    'position_check',
  ],
}

for (const role of ['origin', 'replica']) {
  describe(`with session_replication_role = ${role} the superuser is refused`, () => {
    for (const [what, [statement, reason]] of Object.entries(rewrites)) {
      test(what, async () => {
        const { events, schema } = await newRegister({ clock: () => noon })
        await appended(events, ours, noStream, event('first'), event('second'), event('third'))
        const before = await eventsOf(events.readAll())
        const { run } = await rawSql()
        await run(`SET search_path = ${schema}; SET session_replication_role = ${role}`)
        await expect(run(statement)).rejects.toThrow(reason)
        expect(await eventsOf(events.readAll())).toEqual(before)
      })
    }
  })
}

test('a position before the end is refused also where nothing stands there', async () => {
  const { events, schema } = await newRegister({ clock: () => noon })
  await appended(events, ours, noStream, event('first'))
  const { run } = await rawSql()
  await run(`SET search_path = ${schema}; INSERT INTO events VALUES ${row('7', fresh, ours, 1)}`)
  await expect(run(`INSERT INTO events VALUES ${row('5', other, theirs, 0)}`)).rejects.toThrow('behind the last')
  await run('BEGIN ISOLATION LEVEL REPEATABLE READ')
  await expect(run(`INSERT INTO events VALUES ${row('9', other, theirs, 0)}`)).rejects.toThrow('READ COMMITTED')
  await run('ROLLBACK')
  expect((await eventsOf(events.readAll())).map(({ position }) => position)).toEqual([1, 7])
  expect((await appended(events, ours, any, event('third'))).position).toBe(8)
})

test('who inserts by hand and who appends wait for each other', async () => {
  const { events, schema } = await newRegister({ clock: () => noon, patienceMs: 50 })
  const { run } = await rawSql()
  await run(`BEGIN; INSERT INTO ${schema}.events VALUES ${row('1', fresh, theirs, 0)}`)
  const waiting = events.append(ours, noStream, [event('first')])()
  expect(await waiting).toMatchObject({ left: { _tag: 'StoreFailure', reason: 'Busy', retry: true } })
  await run('COMMIT')
  expect((await appended(events, ours, noStream, event('first'))).position).toBe(2)
})

test('a role that is not the owner can switch no trigger off and drop nothing', async () => {
  const { schema } = await newRegister()
  const role = newName('app')
  const { run } = await rawSql()
  await run(
    `CREATE ROLE ${role}; GRANT ALL ON ALL TABLES IN SCHEMA ${schema} TO ${role}; GRANT ALL ON SCHEMA ${schema} TO ${role}`,
  )
  await run(`SET ROLE ${role}`)
  for (const statement of [
    `ALTER TABLE ${schema}.events DISABLE TRIGGER ALL`,
    `DROP TABLE ${schema}.events`,
    `DROP FUNCTION ${schema}.append`,
    `SET session_replication_role = replica`,
  ]) {
    await expect(run(statement)).rejects.toThrow(/must be owner|permission denied/)
  }
  await expect(run(`DELETE FROM ${schema}.events`)).rejects.toThrow('never deleted')
  await run(`RESET ROLE; DROP OWNED BY ${role}; DROP ROLE ${role}`)
})

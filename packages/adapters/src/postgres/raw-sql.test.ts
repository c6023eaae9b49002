// raw-sql.test.ts: SQL from elsewhere cannot rewrite the log, not even that of the server's superuser

import { any, doctorId, noStream, uuidOf } from '@smagruppe/domain'
import { describe, expect, test } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { appended, event, eventsOf, noon, stream } from '../contract/samples.ts'
import { openPostgresVault } from './index.ts'
import { newDatabase, newName, newRegister, rawSql } from './postgres.test-kit.ts'

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

describe('in a vault the superuser is refused', () => {
  const zeros = `decode(repeat('00', 32), 'hex')`
  const refused: Readonly<Record<string, readonly [string, string]>> = {
    'another key': [`UPDATE keys SET key = ${zeros}`, 'destroyed once'],
    'another time of destruction': [`UPDATE keys SET destroyed_at = 'x' WHERE key IS NULL`, 'destroyed once'],
    'a key that was destroyed': [
      `UPDATE keys SET key = ${zeros}, destroyed_at = NULL WHERE key IS NULL`,
      'destroyed once',
    ],
    'a key under another person': [
      `UPDATE keys SET person = gen_random_uuid(), key = NULL, destroyed_at = 'x' WHERE key IS NOT NULL`,
      'destroyed once',
    ],
    'an upsert of a key': [
      `INSERT INTO keys SELECT person, ${zeros}, NULL FROM keys ON CONFLICT (person) DO UPDATE SET key = excluded.key`,
      'destroyed once',
    ],
    'a second key of a person': [`INSERT INTO keys SELECT person, ${zeros}, NULL FROM keys`, 'keys_pkey'],
    'a key that is too short': [`INSERT INTO keys VALUES (gen_random_uuid(), 'short', NULL)`, 'keys_key_check'],
    'a key that is there and destroyed': [`INSERT INTO keys VALUES (gen_random_uuid(), ${zeros}, 'x')`, 'keys_check'],
    'a DELETE of keys': ['DELETE FROM keys', 'never deleted'],
    'a TRUNCATE of keys': ['TRUNCATE keys', 'never deleted'],
    'another secret': [`UPDATE secret SET bytes = ${zeros}`, 'never changed'],
    'a second secret': [`INSERT INTO secret VALUES (2, ${zeros})`, 'secret_one_check'],
    'an upsert of the secret': [
      `INSERT INTO secret VALUES (1, ${zeros}) ON CONFLICT (one) DO UPDATE SET bytes = excluded.bytes`,
      'never changed',
    ],
    'a DELETE of the secret': ['DELETE FROM secret', 'never deleted'],
    'a TRUNCATE of the secret': ['TRUNCATE secret', 'never deleted'],
    'a second claim of a number': ['INSERT INTO claims SELECT digest, gen_random_uuid() FROM claims', 'claims_pkey'],
  }
  for (const role of ['origin', 'replica']) {
    test(`with session_replication_role = ${role}`, async () => {
      const url = await newDatabase()
      const vault = rightOf(await openPostgresVault(url)())
      const place = { event: known, field: 'name' }
      for (const name of ['kari', 'ola']) rightOf(await vault.seal(doctorId(uuidOf('doctor', name)), place, name)())
      rightOf(await vault.claim('1', doctorId(uuidOf('doctor', 'kari')))())
      const { run } = await rawSql(url)
      await run(`SET search_path = smagruppe_vault; SET session_replication_role = ${role}`)
      await run(`UPDATE keys SET key = NULL, destroyed_at = 'then' WHERE person = '${uuidOf('doctor', 'ola')}'`)
      const all = `SELECT (SELECT json_agg(k ORDER BY person) FROM keys k) AS keys, (SELECT json_agg(s) FROM secret s) AS secret,
        (SELECT json_agg(c) FROM claims c) AS claims`
      const before = await run(all)
      for (const [what, [statement, reason]] of Object.entries(refused))
        await expect(run(statement), what).rejects.toThrow(reason)
      expect(await run(all)).toEqual(before)
      rightOf(await vault.close())
    })
  }
})

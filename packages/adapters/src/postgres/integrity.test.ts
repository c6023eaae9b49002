// integrity.test.ts: what somebody with the owner's rights did to a schema is found

import { any, commandIdOf, doctorId, eventIdOf, position, theStart, uuidOf } from '@smagruppe/domain'
import { right } from 'fp-ts/lib/Either.js'
import { describe, expect, inject, test } from 'vitest'
import { leftOf, rightOf } from '../contract/case.ts'
import { appended, event, noon, secondsAfter, stream } from '../contract/samples.ts'
import { checkPostgres, checkPostgresVault, openPostgresVault, postgresGrants, postgresVaultGrants } from './index.ts'
import { newDatabase, newName, newPool, newRegister, rawSql, urlWith } from './postgres.test-kit.ts'

const [ours, theirs] = [stream('ours'), stream('theirs')]

/** Three events of our stream and one of another before the last, and rows that have seen them all. */
const register = async () => {
  let now = noon
  const clock = () => {
    now = secondsAfter(now, 1)
    return now
  }
  const { events, rows, schema } = await newRegister({ clock })
  for (const [to, name] of [
    [ours, 'first'],
    [ours, 'second'],
    [theirs, 'other'],
    [ours, 'third'],
  ] as const)
    await appended(events, to, any, event(name))
  const changes = [{ key: 'a', row: '1' }]
  rightOf(await rows.commit({ name: 'rows', version: 1 }, changes, { from: theStart, to: position(4) })())
  const { run } = await rawSql()
  await run(`SET search_path = ${schema}`)
  return { events, schema, run, check: checkPostgres(inject('postgres'), { schema }) }
}

const vault = async () => {
  const url = await newDatabase()
  const opened = rightOf(await openPostgresVault(url)())
  const kari = doctorId(uuidOf('doctor', 'kari'))
  const place = { event: eventIdOf(commandIdOf('test', 'seal'), 0), field: 'name' }
  rightOf(await opened.seal(kari, place, 'Kari Nordmann')())
  rightOf(await opened.claim('9144900', kari)())
  rightOf(await opened.close())
  const { run } = await rawSql(url)
  await run('SET search_path = smagruppe_vault')
  return { url, run, check: checkPostgresVault(url) }
}

test('a sound register and a sound vault have no findings; a role with the grants can see so', async () => {
  const { schema, run, check } = await register()
  const keys = await vault()
  expect(await check()).toEqual(right({ rows: 4, findings: [] }))
  expect(await keys.check()).toEqual(right({ rows: 1, findings: [] }))
  const role = newName('app')
  await run(`CREATE ROLE ${role} LOGIN PASSWORD 'app'; ${postgresGrants({ schema, role })}`)
  await keys.run(postgresVaultGrants({ role }))
  const as = { user: role, password: 'app' }
  expect(await checkPostgres(urlWith(as), { schema })()).toEqual(right({ rows: 4, findings: [] }))
  expect(await checkPostgresVault(urlWith(as, keys.url))()).toEqual(right({ rows: 1, findings: [] }))
})

test('a register is checked while others write to it, to where it ended when the check began', async () => {
  const { events, check: _, schema } = await register()
  await appended(events, ours, any, event('more'), ...Array.from({ length: 2_500 }, (_, i) => event(`more ${i}`)))
  const seen: number[] = []
  const check = checkPostgres(inject('postgres'), { schema, onProgress: (count) => seen.push(count) })
  const checking = check()
  let written = 0
  const writing = (async () => {
    for (; seen.length < 2; written += 1) await appended(events, theirs, any, event(`meanwhile ${written}`))
  })()
  const { rows, findings } = rightOf(await checking)
  await writing
  expect(findings).toEqual([])
  expect(seen.slice(0, 2)).toEqual([1_000, 2_000])
  expect(rows).toBeGreaterThanOrEqual(2_505)
  expect(written).toBeGreaterThan(0)
})

test('what is not there, is something else or of another release cannot be checked', async () => {
  expect(leftOf(await checkPostgres(urlWith({ schema: newName('none') }))())).toMatchObject({ reason: 'Missing' })
  const { schema, run } = await register()
  expect(leftOf(await checkPostgresVault(inject('postgres'), { schema })())).toMatchObject({ reason: 'Foreign' })
  await run(`INSERT INTO smagruppe_versions (kind, version) VALUES ('register', 99)`)
  expect(leftOf(await checkPostgres(inject('postgres'), { schema })())).toMatchObject({ reason: 'Newer' })
})

describe('in a register', () => {
  const schemas: Readonly<Record<string, readonly [string, string, string]>> = {
    'a trigger was dropped': [
      'DROP TRIGGER events_go_to_the_end ON events',
      'Schema',
      'the trigger events.events_go_to_the_end is missing',
    ],
    'a trigger was switched off': [
      'ALTER TABLE events DISABLE TRIGGER events_are_never_rewritten',
      'Schema',
      'the trigger events.events_are_never_rewritten was altered',
    ],
    'a trigger no longer fires always': [
      'ALTER TABLE events ENABLE TRIGGER events_are_never_rewritten',
      'Schema',
      'the trigger events.events_are_never_rewritten was altered',
    ],
    'a trigger was added': [
      'CREATE TRIGGER a_guest BEFORE INSERT ON events EXECUTE FUNCTION take_turns()',
      'Schema',
      'the trigger events.a_guest is not ours',
    ],
    'a function does something else': [
      `CREATE OR REPLACE FUNCTION refuse_to_rewrite() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
         AS 'BEGIN RETURN NULL; END'`,
      'Schema',
      'the function refuse_to_rewrite was altered',
    ],
    'a function runs on another search path': [
      'ALTER FUNCTION append SET search_path = public',
      'Schema',
      'the function append was altered',
    ],
    'a function was added': [
      `CREATE FUNCTION a_guest() RETURNS integer LANGUAGE sql AS 'SELECT 1'`,
      'Schema',
      'the function a_guest is not ours',
    ],
    'a constraint was dropped': [
      'ALTER TABLE events DROP CONSTRAINT events_stream_revision_key',
      'Schema',
      'the constraint events.events_stream_revision_key is missing',
    ],
    'a column sorts otherwise': [
      'ALTER TABLE build_rows ALTER COLUMN row TYPE text COLLATE "POSIX"',
      'Schema',
      'the column build_rows.row was altered',
    ],
    'rows do not survive a crash': [
      'ALTER TABLE build_rows SET UNLOGGED',
      'Schema',
      'the table build_rows was altered',
    ],
    'a rule does something instead': [
      'CREATE RULE a_guest AS ON INSERT TO events DO INSTEAD NOTHING',
      'Schema',
      'the rule events.a_guest is not ours',
    ],
    'rows are hidden': ['ALTER TABLE events ENABLE ROW LEVEL SECURITY', 'Schema', 'the table events was altered'],
    'rows of another table are shown': [
      'CREATE TABLE heirs () INHERITS (events)',
      'Schema',
      'the child table events.heirs is not ours',
    ],
    'a table is never vacuumed': [
      'ALTER TABLE events SET (autovacuum_enabled = off)',
      'Schema',
      'the table events was altered',
    ],
    'there is a table of somebody else': ['CREATE TABLE guests ()', 'Schema', 'the table guests is not ours'],
    'everybody may read': ['GRANT SELECT ON events TO PUBLIC', 'Grants', 'PUBLIC has SELECT on events: revoke it'],
    'a role may write by hand': [
      'GRANT INSERT ON events TO pg_monitor',
      'Grants',
      'pg_monitor has INSERT on events: revoke it',
    ],
    'everybody may append': [
      'GRANT EXECUTE ON FUNCTION append TO PUBLIC',
      'Grants',
      'PUBLIC has EXECUTE on append: revoke it',
    ],
    'a table belongs to another role': [
      'ALTER TABLE build_rows OWNER TO pg_monitor',
      'Grants',
      'tables and functions belong to several roles: pg_monitor, postgres',
    ],
  }
  for (const [what, [statement, code, message]] of Object.entries(schemas)) {
    test(what, async () => {
      const { run, check } = await register()
      await run(statement)
      expect(rightOf(await check()).findings).toContainEqual({ code, message })
    })
  }

  const rows: Readonly<Record<string, readonly [string, ReadonlyArray<readonly [string, string]>]>> = {
    'an event was taken out': [
      'DELETE FROM events WHERE position = 2',
      [['Revision', `position 4: ${ours} has revision 2 where 1 follows`]],
    ],
    'an event is none': [
      `UPDATE events SET stream = 'nowhere' WHERE position = 3`,
      [['Event', 'the row at position 3 is no event that a register writes']],
    ],
    'rows claim to have seen more': [
      'UPDATE builds SET checkpoint = 9',
      [['Checkpoint', 'rows 1 claims to have seen position 9, and the log ends at 4']],
    ],
  }
  for (const [what, [statement, found]] of Object.entries(rows)) {
    test(what, async () => {
      const { run, check } = await register()
      await run(`ALTER TABLE events DISABLE TRIGGER ALL`)
      await run(statement)
      for (const trigger of ['events_are_never_rewritten', 'events_go_to_the_end', 'events_are_inserted_in_turn'])
        await run(`ALTER TABLE events ENABLE ALWAYS TRIGGER ${trigger}`)
      expect(await check()).toEqual(
        right({
          rows: statement.startsWith('DELETE') ? 3 : 4,
          findings: found.map(([code, message]) => ({ code, message })),
        }),
      )
    })
  }

  test('after a hundred findings it looks no further', async () => {
    const { run, check } = await register()
    await run(`DO $$ BEGIN FOR i IN 1 .. 150 LOOP EXECUTE 'CREATE TABLE guest_' || i || ' ()'; END LOOP; END $$`)
    expect(rightOf(await check()).findings.length).toBe(100)
  })

  test('a check that could not go over the rows is a failure, whatever it found before', async () => {
    const { schema, run } = await register()
    await run('DROP TRIGGER events_go_to_the_end ON events')
    const impatient = newPool(inject('postgres'), { options: '-c lock_timeout=100ms' })
    const check = checkPostgres(impatient, { schema })
    expect(rightOf(await check()).findings.length).toBe(1)
    await run('BEGIN; LOCK TABLE events IN ACCESS EXCLUSIVE MODE')
    expect(leftOf(await check())).toMatchObject({ _tag: 'StoreFailure', reason: 'Busy', retry: true })
    await run('ROLLBACK')
  })

  test('a table that is gone is a finding', async () => {
    const { run, check } = await register()
    await run('DROP TABLE builds')
    expect(rightOf(await check()).findings).toContainEqual({ code: 'Schema', message: 'the table builds is missing' })
  })
})

describe('in a vault', () => {
  test('its secret is gone, a key was altered, everybody may read', async () => {
    const { run, check } = await vault()
    await run(`ALTER TABLE secret DISABLE TRIGGER the_secret_stays; DELETE FROM secret; GRANT SELECT ON keys TO PUBLIC;
      GRANT UPDATE ON keys TO pg_monitor`)
    expect(rightOf(await check()).findings).toEqual([
      { code: 'Schema', message: 'the trigger secret.the_secret_stays was altered' },
      { code: 'Grants', message: 'PUBLIC has SELECT on keys: revoke it' },
      { code: 'Grants', message: 'pg_monitor has UPDATE on keys: revoke it' },
      { code: 'Vault', message: 'the secret that numbers are looked up by is missing' },
    ])
  })
})

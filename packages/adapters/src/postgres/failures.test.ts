// failures.test.ts: what goes wrong on the way, on a real server: a typed answer each time, and nothing lost

import { setTimeout as sleep } from 'node:timers/promises'
import { any, noStream, theStart } from '@smagruppe/domain'
import { describe, expect, inject, test } from 'vitest'
import { leftOf, rightOf } from '../contract/case.ts'
import { appended, event, eventsOf, namesOf, stream } from '../contract/samples.ts'
import { systemClock } from '../node/index.ts'
import { openPostgres, openPostgresVault, postgresGrants, postgresVaultGrants } from './index.ts'
import { newName, newPool, newRegister, rawSql, urlWith } from './postgres.test-kit.ts'

const ours = stream('ours')
const rows = { name: 'rows', version: 1 }

/** A role that may work with a register, with settings of its own. */
const appRole = async (schema: string, settings: ReadonlyArray<string> = []) => {
  const role = newName('app')
  const { run } = await rawSql()
  await run(`CREATE ROLE ${role} LOGIN PASSWORD 'app'`)
  for (const setting of settings) await run(`ALTER ROLE ${role} SET ${setting}`)
  await run(postgresGrants({ schema, role }))
  return { role, url: urlWith({ user: role, password: 'app', schema }) }
}

const asApp = async (settings: ReadonlyArray<string> = []) => {
  const owner = await newRegister()
  const { schema } = owner
  const { role, url } = await appRole(schema, settings)
  const app = await newRegister({ schema, migrations: 'expect' }, url)
  return { owner, app, schema, role, url }
}

test('a serialization level that was changed is refused, and nothing is stored', async () => {
  for (const level of ['serializable', 'repeatable read']) {
    const { app } = await asApp([`default_transaction_isolation = '${level}'`])
    const failed = leftOf(await app.events.append(ours, noStream, [event('first')])())
    expect(failed).toMatchObject({ _tag: 'StoreFailure', reason: 'Unsupported', retry: false })
    expect(failed).toMatchObject({ message: expect.stringContaining('READ COMMITTED') })
    expect(await eventsOf(app.events.readAll())).toEqual([])
  }
  const { schema } = await newRegister()
  const pool = newPool(inject('postgres'), { options: '-c default_transaction_isolation=serializable' })
  const behind = rightOf(await openPostgres(pool, { clock: systemClock, schema })())
  expect(leftOf(await behind.events.append(ours, noStream, [event('first')])())).toMatchObject({
    reason: 'Unsupported',
  })
  rightOf(await behind.close())
})

test('a statement that takes too long for the server is Busy, and goes in later', async () => {
  const { app, schema } = await asApp([`statement_timeout = '100ms'`])
  const { run } = await rawSql()
  await run(`BEGIN; LOCK TABLE ${schema}.events IN ACCESS EXCLUSIVE MODE`)
  const failed = leftOf(await app.events.append(ours, noStream, [event('first')])())
  expect(failed).toMatchObject({ reason: 'Busy', retry: true, message: expect.stringContaining('statement_timeout') })
  await run('ROLLBACK')
  expect((await appended(app.events, ours, noStream, event('first'))).position).toBe(1)
})

test('a session that may only read is ReadOnly', async () => {
  const { app } = await asApp(['default_transaction_read_only = on'])
  const failed = leftOf(await app.events.append(ours, noStream, [event('first')])())
  expect(failed).toMatchObject({ reason: 'ReadOnly', retry: false })
  expect(await eventsOf(app.events.readAll())).toEqual([])
})

test('a transaction that takes too long for the server is Busy, also where it ends the connection, and goes in later', async () => {
  const { app, schema } = await asApp([`transaction_timeout = '200ms'`])
  const { run } = await rawSql()
  await run(`BEGIN; LOCK TABLE ${schema}.events IN ACCESS EXCLUSIVE MODE`)
  const failed = leftOf(await app.events.append(ours, noStream, [event('first')])())
  expect(failed).toMatchObject({ reason: 'Busy', retry: true, message: expect.stringContaining('transaction_timeout') })
  await run('ROLLBACK')
  expect((await appended(app.events, ours, noStream, event('first'))).position).toBe(1)
})

test('while somebody else holds the log or its table for too long, an append is Busy, and goes in later', async () => {
  const { events, schema } = await newRegister({ patienceMs: 50 })
  const { run } = await rawSql()
  for (const [name, hold] of [
    ['log', `SELECT pg_advisory_xact_lock(hashtextextended('smagruppe log ${schema}', 0))`],
    ['table', `LOCK TABLE ${schema}.events IN ACCESS EXCLUSIVE MODE`],
  ] as const) {
    await run(`BEGIN; ${hold}`)
    const failed = leftOf(await events.append(stream(name), noStream, [event(name)])())
    expect(failed, name).toMatchObject({ reason: 'Busy', retry: true, message: expect.stringContaining('55P03') })
    await run('ROLLBACK')
    await appended(events, stream(name), noStream, event(name))
  }
  expect(namesOf(await eventsOf(events.readAll()))).toEqual(['log', 'table'])
})

test('a deadlock is Busy for whom the server gives up, and goes in later', async () => {
  const { events, schema } = await newRegister()
  const [holder, watcher] = [await rawSql(), await rawSql()]
  await holder.run(`SET deadlock_timeout = '60s'; BEGIN; LOCK TABLE ${schema}.events IN ACCESS EXCLUSIVE MODE`)
  const first = events.append(ours, noStream, [event('first')])()
  const waiting = `SELECT FROM pg_stat_activity WHERE wait_event = 'relation' AND query LIKE '%${schema}.append%'`
  while ((await watcher.run(waiting)).length === 0) await sleep(5)
  await holder.run(`SELECT pg_advisory_xact_lock(hashtextextended('smagruppe log ${schema}', 0))`)
  expect(leftOf(await first)).toMatchObject({
    reason: 'Busy',
    retry: true,
    message: expect.stringContaining('deadlock detected (40P01)'),
  })
  await holder.run('ROLLBACK')
  await appended(events, ours, noStream, event('first'))
  expect(namesOf(await eventsOf(events.readAll()))).toEqual(['first'])
})

test('a limit that was set is Unavailable until it is raised, for the append that meets it and not for its neighbours', async () => {
  const { app } = await asApp([`temp_file_limit = '0'`, `work_mem = '64kB'`])
  const large = event('large', { data: JSON.stringify({ name: 'x'.repeat(1_000_000) }) })
  const answers = await Promise.all([
    app.events.append(stream('before'), noStream, [event('before')])(),
    app.events.append(stream('large'), noStream, [large])(),
    app.events.append(stream('after'), noStream, [event('after')])(),
  ])
  expect(leftOf(answers[1])).toMatchObject({
    reason: 'Unavailable',
    retry: false,
    message: expect.stringContaining('53400'),
  })
  expect(answers.map(({ _tag }) => _tag)).toEqual(['Right', 'Left', 'Right'])
  expect(namesOf(await eventsOf(app.events.readAll()))).toEqual(['before', 'after'])
})

test('without a connection left it is Unavailable, and goes in as soon as there is one', async () => {
  const { app, role, url } = await asApp()
  const { run } = await rawSql()
  await run(`ALTER ROLE ${role} CONNECTION LIMIT 1`)
  await run(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${role}'`)
  const taking = async () => {
    for (;;) {
      try {
        return await rawSql(url)
      } catch (error) {
        expect(error).toMatchObject({ code: '53300' })
      }
    }
  }
  const taken = await taking()
  // The first call may be the one that finds the connection of the pool gone.
  await app.rows.checkpoint(rows)()
  expect(leftOf(await app.events.append(ours, noStream, [event('first')])())).toMatchObject({
    reason: 'Unavailable',
    retry: true,
    message: expect.stringContaining('53300'),
  })
  await taken.client.end()
  const again = async () => {
    for (;;) {
      const answer = await app.events.append(ours, noStream, [event('first')])()
      if (answer._tag === 'Right') return answer.right
      expect(answer.left).toMatchObject({ reason: 'Unavailable', retry: true })
    }
  }
  expect((await again()).position).toBe(1)
})

test('what no test can bring about on a sound machine, a trigger says in its place, and nothing of the append is stored', async () => {
  const { events, schema } = await newRegister()
  const { run } = await rawSql()
  for (const [state, reason, retry] of [
    ['53100', 'Full', false],
    ['58030', 'Unavailable', false],
    ['40001', 'Busy', true],
    ['P0001', 'Unknown', false],
  ] as const) {
    await run(`CREATE OR REPLACE FUNCTION ${schema}.fail() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'no more' USING ERRCODE = '${state}'; END $$;
      CREATE OR REPLACE TRIGGER fail AFTER INSERT ON ${schema}.events EXECUTE FUNCTION ${schema}.fail()`)
    expect(leftOf(await events.append(ours, noStream, [event('first')])()), state).toMatchObject({ reason, retry })
  }
  await run(`DROP TRIGGER fail ON ${schema}.events`)
  expect(await eventsOf(events.readAll())).toEqual([])
})

test('a schema that goes away is Missing', async () => {
  const { events, rows, schema } = await newRegister()
  await (await rawSql()).run(`DROP SCHEMA ${schema} CASCADE`)
  expect(leftOf(await events.append(ours, any, [event('first')])())).toMatchObject({ reason: 'Missing', retry: false })
  expect(leftOf(await rows.get({ name: 'rows', version: 1 }, 'a')())).toMatchObject({ reason: 'Missing' })
  for await (const page of events.subscribe()) expect(leftOf(page)).toMatchObject({ reason: 'Missing' })
})

describe('grants', () => {
  test('a user without them is Denied', async () => {
    const { schema } = await newRegister()
    const role = newName('bare')
    const { run } = await rawSql()
    await run(`CREATE ROLE ${role} LOGIN PASSWORD 'bare'`)
    const url = urlWith({ user: role, password: 'bare', schema })
    for (const migrations of ['run', 'expect'] as const) {
      const failed = leftOf(await openPostgres(url, { clock: systemClock, migrations })())
      expect(failed).toMatchObject({ reason: 'Denied', retry: false })
      expect(failed.message).toContain('postgresGrants')
    }
    const { run: asBare } = await rawSql(url)
    for (const statement of [
      `SELECT FROM ${schema}.events`,
      `INSERT INTO ${schema}.events DEFAULT VALUES`,
      `UPDATE ${schema}.events SET data = ''`,
      `DELETE FROM ${schema}.events`,
      `TRUNCATE ${schema}.events`,
      `SELECT ${schema}.append('0', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}')`,
    ]) {
      await expect(asBare(statement), statement).rejects.toThrow(`permission denied for schema ${schema}`)
    }
    await run(`GRANT USAGE ON SCHEMA ${schema} TO ${role}; GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO ${role}`)
    const reader = rightOf(await openPostgres(url, { clock: systemClock })())
    expect(leftOf(await reader.events.append(ours, any, [event('first')])())).toMatchObject({ reason: 'Denied' })
    const commit = reader.rows.commit({ name: 'rows', version: 1 }, [], { from: theStart, to: theStart })
    expect(leftOf(await commit())).toMatchObject({ reason: 'Denied' })
    expect(await eventsOf(reader.events.readAll())).toEqual([])
    rightOf(await reader.close())
  })

  test('a user with them works, and can write to the log by the function alone', async () => {
    const { app, schema, url } = await asApp()
    await appended(app.events, ours, noStream, event('first'))
    const { run } = await rawSql(url)
    for (const statement of [
      `INSERT INTO ${schema}.events DEFAULT VALUES`,
      `UPDATE ${schema}.events SET data = ''`,
      `DELETE FROM ${schema}.events`,
      `TRUNCATE ${schema}.events`,
      `SET session_replication_role = replica`,
    ]) {
      await expect(run(statement)).rejects.toThrow('permission denied')
    }
  })

  test('a vault has its own', async () => {
    const schema = newName('vault')
    const owner = rightOf(await openPostgresVault(inject('postgres'), { schema })())
    const role = newName('app')
    const { run } = await rawSql()
    await run(`CREATE ROLE ${role} LOGIN PASSWORD 'app'`)
    const url = urlWith({ user: role, password: 'app', schema })
    expect(leftOf(await openPostgresVault(url)())).toMatchObject({ _tag: 'VaultFailure', reason: 'Denied' })
    await run(postgresVaultGrants({ schema, role }))
    const app = rightOf(await openPostgresVault(url, { migrations: 'expect' })())
    const person = crypto.randomUUID() as never
    const sealed = rightOf(await app.seal(person, { event: event('a').id, field: 'name' }, 'Kari')())
    expect(rightOf(await owner.reveal(sealed)())).toEqual({ _tag: 'Known', text: 'Kari' })
    rightOf(await app.claim('1', person)())
    rightOf(await app.release('1', person)())
    rightOf(await app.close())
    rightOf(await owner.close())
    await run(`DROP SCHEMA ${schema} CASCADE`)
  })
})

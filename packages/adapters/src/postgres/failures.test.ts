// failures.test.ts: what goes wrong on the way, on a real server: a typed answer each time, and nothing lost

import { setTimeout as sleep } from 'node:timers/promises'
import { any, noStream } from '@smagruppe/domain'
import { describe, expect, inject, test } from 'vitest'
import { leftOf, rightOf } from '../contract/case.ts'
import { appended, event, eventsOf, namesOf, stream } from '../contract/samples.ts'
import { systemClock } from '../node/index.ts'
import { openPostgres, openPostgresVault, postgresGrants, postgresVaultGrants } from './index.ts'
import { newName, newPool, newRegister, rawSql, urlWith } from './postgres.test-kit.ts'
import { newProxy } from './proxy.test-kit.ts'
import { newServer } from './server.test-kit.ts'

const ours = stream('ours')

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

test('a full disk and other ends of the server’s means are told apart, and nothing of the append is stored', async () => {
  const { events, schema } = await newRegister()
  const { run } = await rawSql()
  for (const [state, reason, retry] of [
    ['53100', 'Full', false],
    ['53200', 'Unavailable', true],
    ['53400', 'Unavailable', true],
    ['58030', 'Unavailable', false],
    ['XX001', 'Damaged', false],
    ['40001', 'Busy', true],
    ['40P01', 'Busy', true],
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
    await run(`GRANT USAGE ON SCHEMA ${schema} TO ${role}; GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO ${role}`)
    const reader = rightOf(await openPostgres(url, { clock: systemClock })())
    expect(leftOf(await reader.events.append(ours, any, [event('first')])())).toMatchObject({ reason: 'Denied' })
    const commit = reader.rows.commit({ name: 'rows', version: 1 }, [], { from: 0 as never, to: 0 as never })
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

describe('a connection that is lost', () => {
  test('in the middle of an append gives Unavailable, and the same append again goes in once', async () => {
    const register = await newRegister()
    const { schema } = register
    const { run } = await rawSql()
    await run(`BEGIN; LOCK TABLE ${schema}.events IN ACCESS EXCLUSIVE MODE`)
    const appends = ['first', 'second'].map((name) => register.events.append(stream(name), noStream, [event(name)])())
    const waiting = `SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%${schema}.append%'`
    const watcher = await rawSql()
    while ((await watcher.run(waiting)).length === 0) await sleep(5)
    await watcher.run(`SELECT pg_terminate_backend(pid) FROM (${waiting}) w`)
    for (const answer of await Promise.all(appends)) {
      expect(leftOf(answer)).toMatchObject({ _tag: 'StoreFailure', reason: 'Unavailable', retry: true })
    }
    await run('ROLLBACK')
    for (const name of ['first', 'second']) await appended(register.events, stream(name), noStream, event(name))
    expect(namesOf(await eventsOf(register.events.readAll()))).toEqual(['first', 'second'])
  })

  test('after the server stored the append, and before it said so: the receipt comes with the next try', async () => {
    const proxy = await newProxy(inject('postgres'))
    const { events } = await newRegister({ timeoutMs: 300 }, proxy.url)
    proxy.fallSilent()
    expect(leftOf(await events.append(ours, noStream, [event('first')])())).toMatchObject({
      reason: 'Unavailable',
      retry: true,
      message: expect.stringContaining('300 ms'),
    })
    proxy.speak()
    expect(await appended(events, ours, noStream, event('first'))).toEqual({
      stream: ours,
      first: 0,
      last: 0,
      position: 1,
    })
    expect(namesOf(await eventsOf(events.readAll()))).toEqual(['first'])
  })

  test('is replaced, whether it was idle or at work', async () => {
    const proxy = await newProxy(inject('postgres'))
    const { events, rows, schema } = await newRegister({}, proxy.url)
    const direct = await newRegister({ schema })
    const lost = { reason: 'Unavailable', retry: true }
    const untilStored = async (name: string): Promise<void> => {
      for (;;) {
        const answer = await events.append(ours, any, [event(name)])()
        if (answer._tag === 'Right') break
        expect(answer.left).toMatchObject(lost)
      }
      expect(rightOf(await rows.get({ name: 'rows', version: 1 }, 'a')())).toBe(null)
    }
    for (const name of ['a', 'b', 'c']) {
      proxy.cut()
      await untilStored(name)
    }
    // What the server said is held back, so that the connection is at work when it is cut.
    proxy.fallSilent()
    const atWork = events.append(ours, any, [event('d')])()
    while (!namesOf(await eventsOf(direct.events.readAll())).includes('d')) await sleep(5)
    proxy.cut()
    proxy.speak()
    expect(leftOf(await atWork)).toMatchObject(lost)
    await untilStored('d')
    expect(namesOf(await eventsOf(events.readAll()))).toEqual(['a', 'b', 'c', 'd'])
  })
})

test('a server that stops, in order or not, is Unavailable until it is back, and has lost nothing', async () => {
  const server = await newServer()
  try {
    const register = rightOf(await openPostgres(server.url, { clock: systemClock, timeoutMs: 2_000 })())
    const stops = ['fast', 'immediate', 'kill'] as const
    for (const how of stops) {
      await appended(register.events, ours, any, event(how))
      await server.stop(how)
      const failed = leftOf(await register.events.append(ours, any, [event(`${how} lost`)])())
      expect(failed).toMatchObject({ _tag: 'StoreFailure', reason: 'Unavailable', retry: true })
      expect(leftOf(await openPostgres(server.url, { clock: systemClock })())).toMatchObject({ reason: 'Unavailable' })
      await server.start()
      expect(rightOf(await register.rows.checkpoint({ name: 'rows', version: 1 })())).toBe(0)
    }
    expect(namesOf(await eventsOf(register.events.readAll()))).toEqual(stops)
    rightOf(await register.close())
  } finally {
    await server.remove()
  }
})

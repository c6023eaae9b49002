// failures.test.ts: what goes wrong on the way, on a real server: a typed answer each time, and nothing lost

import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { TLSSocket } from 'node:tls'
import { any, doctorId, noStream, position, theStart } from '@smagruppe/domain'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { leftOf, rightOf } from '../contract/case.ts'
import { appended, event, eventsOf, namesOf, stream } from '../contract/samples.ts'
import { systemClock } from '../node/index.ts'
import { newCertificate } from '../stores/certificates.test-kit.ts'
import { failureOf } from './failures.ts'
import { openPostgres, openPostgresVault, postgresGrants, postgresVaultGrants } from './index.ts'
import { collected, newName, newPool, newRegister, rawSql, urlWith } from './postgres.test-kit.ts'

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
    const commit = app.rows.commit(rows, [{ key: 'a', row: '1' }], { from: theStart, to: position(1) })
    expect(leftOf(await commit())).toMatchObject({ reason: 'Unsupported', retry: false })
    expect(rightOf(await app.rows.checkpoint(rows)())).toBe(0)
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

test('appends that the server ended together for taking too long are all Busy at once, and go in later', async () => {
  const { app, schema } = await asApp([`statement_timeout = '300ms'`])
  const { run } = await rawSql()
  await run(`BEGIN; LOCK TABLE ${schema}.events IN ACCESS EXCLUSIVE MODE`)
  const many = Array.from({ length: 40 }, (_, i) => app.events.append(stream(`${i}`), noStream, [event(`${i}`)])())
  for (const answer of await Promise.all(many)) expect(leftOf(answer)).toMatchObject({ reason: 'Busy', retry: true })
  await run('ROLLBACK')
  expect((await appended(app.events, ours, noStream, event('first'))).position).toBe(1)
})

test('an append has its answer after timeoutMs, also behind others that have none, and abandoned ones do not pile up', async () => {
  const { events, schema } = await newRegister({ timeoutMs: 300, patienceMs: 60_000 })
  const { run } = await rawSql()
  await run(`BEGIN; SELECT pg_advisory_xact_lock(hashtextextended('smagruppe log ${schema}', 0))`)
  const first = events.append(stream('a'), any, [event('a')])()
  await sleep(100)
  const answers = await Promise.all([first, events.append(stream('b'), any, [event('b')])()])
  for (const answer of answers) expect(leftOf(answer)).toMatchObject({ retry: true })
  const waiting = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%${schema}.append%'`
  while ((await run(waiting)).length > 0) await sleep(20)
  await run('ROLLBACK')
  expect(await eventsOf(events.readAll())).toEqual([])
  await appended(events, stream('b'), any, event('b'))
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
  const pages = await collected(events.subscribe())
  expect(pages.map((page) => leftOf(page).reason)).toEqual(['Missing'])
})

describe('what is thrown on the way to a server', () => {
  const thrown = (code: string, syscall?: string) =>
    Object.assign(new Error('it failed'), { code, ...(syscall === undefined ? {} : { syscall }) })
  const judged: ReadonlyArray<
    readonly [code: string, reason: string, retry: boolean, words: string, syscall?: string]
  > = [
    ['ECONNREFUSED', 'Unavailable', true, 'start it', 'connect'],
    ['ECONNRESET', 'Unavailable', true, 'try again', 'read'],
    ['ETIMEDOUT', 'Unavailable', true, 'try again'],
    ['ENOTFOUND', 'Unavailable', false, 'check its name', 'getaddrinfo'],
    ['ENOENT', 'Unavailable', true, 'check its socket', 'connect'],
    ['ENOENT', 'Unavailable', false, 'check sslrootcert', 'open'],
    ['EACCES', 'Denied', false, "the server's socket", 'connect'],
    ['EACCES', 'Unavailable', false, 'check sslrootcert', 'open'],
    ['ERR_INVALID_URL', 'Unsupported', false, 'write postgres://'],
    ['ERR_SOCKET_CLOSED', 'Unavailable', true, 'try again'],
    ['ERR_STREAM_DESTROYED', 'Unavailable', true, 'try again'],
    ['ERR_INVALID_ARG_TYPE', 'Unknown', false, 'it failed'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'Unavailable', false, 'is not trusted'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'Unavailable', false, 'is not trusted'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'Unavailable', false, 'is not trusted'],
    ['CERT_HAS_EXPIRED', 'Unavailable', false, 'is not trusted'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'Unavailable', false, 'is not trusted'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'Unavailable', false, 'is not trusted'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'Unavailable', false, 'speaks another TLS'],
    ['EPROTO', 'Unavailable', false, 'speaks another TLS', 'write'],
    ['57P04', 'Missing', false, 'was dropped'],
    ['57P01', 'Unavailable', true, 'try again'],
    ['08006', 'Unavailable', true, 'try again'],
  ]
  test.for(judged)('%s is %s', ([code, reason, retry, words, syscall]) => {
    const failure = failureOf(thrown(code, syscall), 'the place')
    expect(failure).toMatchObject({ reason, retry, message: expect.stringContaining(`the place: it failed (${code})`) })
    expect(failure.message.includes(words), failure.message).toBe(true)
  })

  test('a file of certificates that is not there', async () => {
    const url = `${inject('postgres')}?sslmode=verify-full&sslrootcert=/nowhere/root.pem`
    const failed = leftOf(await openPostgres(url, { clock: systemClock })())
    expect(failed).toMatchObject({ reason: 'Unavailable', retry: false })
    expect(failed.message).toContain('check sslrootcert')
  })

  test('a certificate that nobody knows', async () => {
    const { key, chain, remove } = await newCertificate()
    onTestFinished(remove)
    // A server as far as its certificate: S to the request for TLS.
    const server = createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => {
        socket.write('S')
        new TLSSocket(socket, { isServer: true, key, cert: chain }).on('error', () => {})
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const url = `postgres://user@127.0.0.1:${port}/database?sslmode=verify-full`
    const failed = leftOf(await openPostgres(url, { clock: systemClock })())
    expect(failed).toMatchObject({ reason: 'Unavailable', retry: false })
    expect(failed.message).toContain('(UNABLE_TO_VERIFY_LEAF_SIGNATURE)')
    expect(failed.message).toContain('is not trusted')
  })
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
      `SELECT ${schema}.append('0', '{}', false, '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}')`,
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
    const person = doctorId(crypto.randomUUID())
    const sealed = rightOf(await app.seal(person, { event: event('a').id, field: 'name' }, 'Kari')())
    expect(rightOf(await owner.reveal(sealed)())).toEqual({ _tag: 'Known', text: 'Kari' })
    rightOf(await app.claim('1', person)())
    rightOf(await app.release('1', person)())
    rightOf(await app.close())
    rightOf(await owner.close())
    await run(`DROP SCHEMA ${schema} CASCADE`)
  })
})

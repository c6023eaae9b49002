// opening.test.ts: what cannot be opened is said with a reason, what to do, and whether to try again; and what can be is opened

import { any, promised } from '@smagruppe/domain'
import type { Either } from 'fp-ts/lib/Either.js'
import { describe, expect, inject, onTestFinished, test, vi } from 'vitest'
import { leftOf, rightOf } from '../contract/case.ts'
import { appended, event, stream } from '../contract/samples.ts'
import { systemClock } from '../node/index.ts'
import { databaseAt } from './database.ts'
import { openPostgres, openPostgresRegister, openPostgresVault, type PostgresOptions } from './index.ts'
import { bringUp } from './migrating.ts'
import { collected, newDatabase, newName, newPool, newRegister, rawSql, urlWith } from './postgres.test-kit.ts'
import { registerSchema } from './schema.ts'
import { password } from './server.test-kit.ts'

const opening = (url: string, options: Partial<PostgresOptions> = {}) =>
  openPostgres(url, { clock: systemClock, ...options })()

describe('what cannot be opened', () => {
  const answers: Readonly<Record<string, readonly [url: () => string, reason: string, retry: boolean, words: string]>> =
    {
      'a wrong password': [() => urlWith({ password: 'guess' }), 'Denied', false, 'check the password'],
      'an unknown user': [() => urlWith({ user: 'nobody_known' }), 'Denied', false, 'check the password'],
      'an unknown database': [() => urlWith({ database: 'nowhere' }), 'Missing', false, 'make the database'],
      'no server': [() => urlWith({ port: 1 }), 'Unavailable', true, 'no server answers there'],
      'TLS where the server has none': [
        () => `${inject('postgres')}?sslmode=verify-full`,
        'Unavailable',
        false,
        'set the server up for TLS',
      ],
      'no URL': [() => 'mysql://root@localhost/x', 'Unsupported', false, 'this is no URL of a database'],
      'a URL that cannot be read': [
        () => 'postgres://user:pass@[/x',
        'Unsupported',
        false,
        'this is no URL of a database',
      ],
      'a schema name that needs quotes': [
        () => urlWith({ schema: 'A"; DROP' }),
        'Unsupported',
        false,
        'cannot be the name',
      ],
      'a schema name that SQL reserves': [() => urlWith({ schema: 'user' }), 'Unsupported', false, 'SQL reserves'],
      "one of the server's schemas": [
        () => urlWith({ schema: 'pg_catalog' }),
        'Unsupported',
        false,
        'cannot be the name',
      ],
    }
  for (const [what, [url, reason, retry, words]] of Object.entries(answers)) {
    test(what, async () => {
      for (const failed of [leftOf(await opening(url())), leftOf(await openPostgresVault(url())())]) {
        expect(failed).toMatchObject({ reason, retry })
        expect(failed.message).toContain(words)
        expect(failed.message).not.toContain(password)
        expect(failed.message).not.toContain('pass@')
      }
    })
  }

  test('a database that is not in UTF-8', async () => {
    const url = await newDatabase(inject('postgres'), `ENCODING 'LATIN1' TEMPLATE template0`)
    expect(leftOf(await opening(url))).toMatchObject({ reason: 'Unsupported', retry: false })
    expect(leftOf(await opening(url)).message).toContain("make one with ENCODING 'UTF8'")
  })

  test('a server without a connection left', async () => {
    const user = newName('few')
    const { run } = await rawSql()
    await run(`CREATE ROLE ${user} LOGIN PASSWORD 'few' CONNECTION LIMIT 1`)
    const url = urlWith({ user, password: 'few' })
    const first = await rawSql(url)
    expect(leftOf(await opening(url))).toMatchObject({ reason: 'Unavailable', retry: true })
    await first.client.end()
    await run(`DROP ROLE ${user}`)
  })
})

describe('schemas', () => {
  const url = () => urlWith({ schema: newName('schema') })
  const schemaOf = (of: string): string => new URL(of).searchParams.get('schema') ?? ''

  test('that are not there are Missing where they are expected, and nothing is made', async () => {
    const at = url()
    expect(leftOf(await opening(at, { migrations: 'expect' }))).toMatchObject({ reason: 'Missing', retry: false })
    const { run } = await rawSql()
    expect(await run('SELECT FROM pg_namespace WHERE nspname = $1', [schemaOf(at)])).toEqual([])
    expect(leftOf(await openPostgresVault(at, { migrations: 'expect' })())).toMatchObject({ reason: 'Missing' })
  })

  test('that hold something else are Foreign, and left as they are', async () => {
    const at = url()
    const { run } = await rawSql()
    await run(`CREATE SCHEMA ${schemaOf(at)}; CREATE TABLE ${schemaOf(at)}.events (mine text)`)
    for (const migrations of ['run', 'expect'] as const) {
      expect(leftOf(await opening(at, { migrations }))).toMatchObject({ reason: 'Foreign', retry: false })
    }
    expect(await run(`SELECT * FROM ${schemaOf(at)}.events`)).toEqual([])
    await run(`DROP SCHEMA ${schemaOf(at)} CASCADE`)
  })

  test('that hold a function or a type alone are Foreign too', async () => {
    const { run } = await rawSql()
    for (const made of [
      'FUNCTION %.mine() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$',
      "TYPE %.mine AS ENUM ('a')",
    ]) {
      const at = url()
      await run(`CREATE SCHEMA ${schemaOf(at)}; CREATE ${made.replace('%', schemaOf(at))}`)
      expect(leftOf(await opening(at))).toMatchObject({ reason: 'Foreign', retry: false })
      await run(`DROP SCHEMA ${schemaOf(at)} CASCADE`)
    }
  })

  test('a vault is no register, and a register no vault', async () => {
    const { schema } = await newRegister()
    expect(leftOf(await openPostgresVault(inject('postgres'), { schema })())).toMatchObject({ reason: 'Foreign' })
    const at = url()
    rightOf(await rightOf(await openPostgresVault(at)()).close())
    expect(leftOf(await opening(at))).toMatchObject({ reason: 'Foreign' })
    await (await rawSql()).run(`DROP SCHEMA ${schemaOf(at)} CASCADE`)
  })

  test('of a newer release are Newer', async () => {
    const { schema } = await newRegister()
    const { run } = await rawSql()
    await run(`INSERT INTO ${schema}.smagruppe_versions (kind, version) VALUES ('register', 99)`)
    expect(leftOf(await opening(urlWith({ schema })))).toMatchObject({ reason: 'Newer', retry: false })
    const at = url()
    rightOf(await rightOf(await openPostgresVault(at)()).close())
    await run(`INSERT INTO ${schemaOf(at)}.smagruppe_versions (kind, version) VALUES ('vault', 99)`)
    const newer = { _tag: 'VaultFailure', reason: 'Newer', retry: false }
    expect(leftOf(await openPostgresVault(at)())).toMatchObject(newer)
    await run(`DROP SCHEMA ${schemaOf(at)} CASCADE`)
  })

  test('of an older release are Older where they are expected, and brought up once by however many instances', async () => {
    const { schema, events } = await newRegister()
    const next = { ...registerSchema, steps: [...registerSchema.steps, (at: string) => `CREATE TABLE ${at}.more ()`] }
    const database = databaseAt(inject('postgres'), 'a test', { timeoutMs: 10_000 })
    onTestFinished(async () => void (await database.close()))
    const older = await bringUp(database, schema, next, 'expect')
    expect(older).toMatchObject({ reason: 'Older', retry: false })
    expect(older?.message).toContain('the register is of version 1 and this release needs 2; open it once as the owner')
    const all = await Promise.all(Array.from({ length: 4 }, () => bringUp(database, schema, next, 'run')))
    expect(all).toEqual([null, null, null, null])
    expect(await bringUp(database, schema, next, 'expect')).toBe(null)
    // Who had it open goes on; whoever opens it anew by the older release is told.
    expect((await appended(events, stream('ours'), any, event('first'))).position).toBe(1)
    expect(leftOf(await opening(urlWith({ schema })))).toMatchObject({ reason: 'Newer', retry: false })
  })

  test('that exist and are empty are filled', async () => {
    const schema = newName('empty')
    await (await rawSql()).run(`CREATE SCHEMA ${schema}`)
    expect((await newRegister({ schema })).schema).toBe(schema)
  })

  test('are made once, by however many instances', async () => {
    const at = url()
    const opened = await Promise.all(Array.from({ length: 8 }, () => opening(at)))
    for (const one of opened) rightOf(await rightOf(one).close())
    const { run } = await rawSql()
    expect(await run(`SELECT kind, version FROM ${schemaOf(at)}.smagruppe_versions`)).toEqual([
      { kind: 'register', version: 1 },
    ])
    await run(`DROP SCHEMA ${schemaOf(at)} CASCADE`)
  })
})

describe('a whole register', () => {
  const doctor = {
    type: 'RegisterDoctor',
    data: { doctor: crypto.randomUUID(), name: 'Kari Nordmann', municipality: null },
  }
  const by = { actor: { id: 'a test', role: 'coordinator' } }

  test('has its vault in a schema beside it, and is refused with another', async () => {
    const url = await newDatabase()
    const { register, close } = await promised(openPostgresRegister(url))
    await promised(register.execute(doctor, by))
    await promised(close)
    await promised(close)
    const again = await promised(openPostgresRegister(url, { migrations: 'expect' }))
    rightOf(await again.close())
    const refused = (vault: string) => ({
      _tag: 'VaultFailure',
      reason: 'Foreign',
      retry: false,
      message: expect.stringMatching(new RegExp(`^${vault} is not the vault of the register: `)),
    })
    const wrong = await openPostgresRegister(url, { vaultSchema: 'another' })()
    expect(leftOf(wrong)).toEqual(refused('the vault in schema another'))
    const { run } = await rawSql(url)
    expect(await run(`SELECT nspname FROM pg_namespace WHERE nspname LIKE '%smagruppe%' ORDER BY 1`)).toEqual([
      { nspname: 'smagruppe' },
      { nspname: 'smagruppe_vault' },
    ])
    const named = await openPostgresRegister(url, { vault: urlWith({ schema: 'another' }, url) })()
    expect(leftOf(named)).toEqual(refused('the vault that was named'))
    await run('DROP SCHEMA smagruppe_vault CASCADE')
    expect(leftOf(await openPostgresRegister(url)())).toEqual(refused('the vault in schema smagruppe_vault'))
  })

  test('whose vault could not have its name beside it is refused before anything is made', async () => {
    const schema = 'a'.repeat(48)
    const failed = leftOf(await openPostgresRegister(urlWith({ schema }))())
    expect(failed).toMatchObject({ reason: 'Unsupported', retry: false })
    expect(failed.message).toContain(`"${schema}_vault" cannot be the name`)
    expect(await (await rawSql()).run('SELECT FROM pg_namespace WHERE nspname = $1', [schema])).toEqual([])
  })

  test('opens its vault and says where it is, whatever a session is set to', async () => {
    const url = await newDatabase()
    const { register, place, close } = await promised(openPostgresRegister(url))
    await promised(register.execute(doctor, by))
    await promised(close)
    const options = encodeURIComponent('-c bytea_output=escape -c TimeZone=Asia/Tokyo')
    const again = await promised(openPostgresRegister(`${url}?options=${options}`))
    expect(again.place).toBe(place)
    rightOf(await again.register.execute({ ...doctor, data: { ...doctor.data, doctor: crypto.randomUUID() } }, by)())
    await promised(again.close)
  })

  test('is kept up to date by one instance, and by another when that is closed', async () => {
    const url = await newDatabase()
    const notes: string[] = []
    const instance = async (name: string) => {
      const { register, events, alone, close } = await promised(openPostgresRegister(url, { pollMs: 20 }))
      const work = async (signal: AbortSignal): Promise<void> => {
        for await (const page of events.subscribe({ signal })) {
          if (!rightOf(page).caughtUp) continue
          await promised(register.refresh)
          notes.push(`${name} ${rightOf(page).through}`)
        }
      }
      return { register, close, done: alone({ on: 'read models' }, work)() }
    }
    const noted = (note: string) => vi.waitFor(() => expect(notes).toContain(note), 20_000)
    const first = await instance('first')
    await noted('first 0')
    const second = await instance('second')
    await promised(second.register.execute(doctor, by))
    await noted('first 1')
    rightOf(await first.close())
    rightOf(await first.done)
    await noted('second 1')
    rightOf(await second.close())
    rightOf(await second.done)
    expect([...new Set(notes)]).toEqual(['first 0', 'first 1', 'second 1'])
  })

  test('takes a pool of the app, and leaves it open', async () => {
    const pool = newPool(await newDatabase())
    const listeners = pool.listenerCount('error')
    const { register, close } = await promised(openPostgresRegister(pool))
    await promised(register.execute(doctor, by))
    await promised(close)
    expect((await pool.query('SELECT count(*)::integer AS count FROM smagruppe.events')).rows).toEqual([{ count: 1 }])
    expect(pool.listenerCount('error')).toBe(listeners)
  })
})

test('after closing, every call says so, and closing again does nothing', async () => {
  const { events, rows, close } = await newRegister()
  rightOf(await close())
  rightOf(await close())
  const projection = { name: 'rows', version: 1 }
  const answers: ReadonlyArray<Either<unknown, unknown>> = [
    await rows.checkpoint(projection)(),
    await rows.get(projection, 'a')(),
    await events.append(stream('ours'), any, [event('first')])(),
  ]
  for (const answer of answers) {
    expect(leftOf(answer)).toMatchObject({ _tag: 'StoreFailure', reason: 'Closed', retry: false })
  }
  const pages = await collected(events.subscribe())
  expect(pages.map((page) => leftOf(page).reason)).toEqual(['Closed'])
})

// postgres.test-kit.ts: for the tests of this folder: new places on a real server, and raw SQL on them

import { randomUUID } from 'node:crypto'
import { Client, Pool } from 'pg'
import { inject, onTestFinished } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { systemClock } from '../node/index.ts'
import { openPostgres, type PostgresOptions, type PostgresRegister } from './index.ts'

/** A name that nobody else has. */
export const newName = (what: string): string => `${what}_${randomUUID().replaceAll('-', '').slice(0, 12)}`

/** The URL of the server that the tests share, with the parts given changed. */
export const urlWith = (
  parts: {
    readonly database?: string
    readonly user?: string
    readonly password?: string
    readonly schema?: string
    readonly port?: number
  },
  from = inject('postgres'),
): string => {
  const url = new URL(from)
  if (parts.database !== undefined) url.pathname = `/${parts.database}`
  if (parts.user !== undefined) url.username = parts.user
  if (parts.password !== undefined) url.password = parts.password
  if (parts.schema !== undefined) url.searchParams.set('schema', parts.schema)
  if (parts.port !== undefined) url.port = `${parts.port}`
  return url.href
}

/** A connection for raw SQL, as the superuser unless a URL says otherwise. */
export const rawSql = async (url = inject('postgres')) => {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  onTestFinished(() => client.end())
  return {
    client,
    run: async (text: string, values?: unknown[]): Promise<ReadonlyArray<Record<string, unknown>>> =>
      (await client.query(text, values)).rows,
  }
}

/** A new, empty database; goes when the test has finished. */
export const newDatabase = async (from = inject('postgres'), suffix = ''): Promise<string> => {
  const database = newName('test')
  const { run } = await rawSql(from)
  await run(`CREATE DATABASE ${database} ${suffix}`)
  onTestFinished(async () => void (await run(`DROP DATABASE ${database} WITH (FORCE)`)))
  return urlWith({ database }, from)
}

/** A register in a schema of its own. It is closed, and the schema dropped, when the test has finished. */
export const newRegister = async (
  options: Partial<PostgresOptions> = {},
  url = inject('postgres'),
): Promise<PostgresRegister> => {
  const schema = options.schema ?? newName('register')
  const register = rightOf(await openPostgres(url, { clock: systemClock, ...options, schema })())
  onTestFinished(async () => {
    await register.close()
    const client = new Client({ connectionString: urlWith({ database: new URL(url).pathname.slice(1) }) })
    client.on('error', () => {})
    await client.connect()
    await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`)
    await client.end()
  })
  return register
}

/** All that comes, so that nothing at all is seen too. */
export const collected = async <A>(coming: AsyncIterable<A>): Promise<ReadonlyArray<A>> => {
  const all: A[] = []
  for await (const one of coming) all.push(one)
  return all
}

/** A pool as an app has one; it is ended when the test has finished. */
export const newPool = (url = inject('postgres'), settings: ConstructorParameters<typeof Pool>[0] = {}): Pool => {
  const pool = new Pool({ connectionString: url, ...settings })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  onTestFinished(() => pool.end())
  return pool
}

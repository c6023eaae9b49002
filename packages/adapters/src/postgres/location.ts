// location.ts: which server, database and schema are meant, and how they are spoken of without a password

import { type StoreFailure, storeFailure } from '@smagruppe/domain'
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { isPostgresUrl } from '../stores/postgres-url.ts'

/** Where something of ours is, in a database. */
export interface Location {
  /** What `pg` connects with: the URL without what is ours in it. */
  readonly url: string
  /** The schema that the URL names; null where it names none. */
  readonly schema: string | null
  /** Host, port and database, for people to read. */
  readonly name: string
}

/** Reads `postgres://user:password@host:port/database?schema=name`. Other parameters are left to `pg`. */
export const parsePostgresUrl = (text: string): Either<StoreFailure, Location> => {
  if (!isPostgresUrl(text) || !URL.canParse(text)) {
    return left(
      storeFailure('Unsupported', 'this is no URL of a database: write postgres://user:password@host:port/database'),
    )
  }
  const url = new URL(text)
  const schema = url.searchParams.get('schema')
  url.searchParams.delete('schema')
  const host = url.searchParams.get('host') ?? url.hostname
  const name = `${host || 'localhost'}${url.port === '' ? '' : `:${url.port}`}${url.pathname}`
  return right({ url: url.href, schema, name })
}

/** The schema of a register, and that of a vault, where nobody names one. */
export const usualSchemas = { register: 'smagruppe', vault: 'smagruppe_vault' } as const

/**
 * A name that needs no quotes, unless the server reserves it, and leaves room for what is made of it; so it can stand in SQL as it is.
 * Names that begin with `pg_` are the server's.
 */
export const isSchemaName = (name: string): boolean => /^(?!pg_)[a-z_][a-z0-9_]{0,47}$/.test(name)

export const badSchemaName = (name: string): StoreFailure =>
  storeFailure(
    'Unsupported',
    `${JSON.stringify(name)} cannot be the name of the schema: take up to 48 of a–z, 0–9 and _, not beginning with a digit or pg_, and no word that SQL reserves`,
  )

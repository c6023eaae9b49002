// opening.ts: a whole register on PostgreSQL in one call: log, rows and vault, with the machine's clock and ids

import type { Instant, Settings, StoreFailure, VaultFailure } from '@smagruppe/domain'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { randomIds, systemClock } from '../node/index.ts'
import { type OpenedRegister, openedOn } from '../stores/opened-register.ts'
import type { Alone, Work } from './alone.ts'
import type { PostgresPool } from './database.ts'
import { badSchemaName, isSchemaName, parsePostgresUrl, usualSchemas } from './location.ts'
import { openPostgres, type PostgresDurability, type PostgresOptions } from './register.ts'
import { openPostgresVault } from './vault.ts'

export interface PostgresRegisterOptions extends Settings, Omit<PostgresOptions, 'clock'> {
  /** Where the keys of persons are: another database, which is better, or the register's own where left out. */
  readonly vault?: string | PostgresPool
  /** The schema of the vault; where left out the one that its URL names, `smagruppe_vault`, or in the register's own database its schema's name and `_vault`. */
  readonly vaultSchema?: string
  /** The machine's clock where left out. */
  readonly clock?: () => Instant
  /** Random UUIDs where left out. */
  readonly newId?: () => string
}

/** A register with the stores it was opened on. */
export interface OpenedPostgresRegister extends OpenedRegister {
  /** The schema that holds the log and the rows. */
  readonly schema: string
  /** Which of its promises the register's server keeps, as it said itself. */
  readonly durability: PostgresDurability
  /** Which schema of which server it is, whatever the URL that it was reached by. */
  readonly place: string
  /** Does work when it is the turn of this instance: of all instances that name the same, one works. */
  readonly alone: (alone: Alone, work: Work) => TaskEither<StoreFailure, void>
}

/**
 * Opens the register in that database and its vault, and makes them where there are none. For the failures see `openPostgres`; a
 * vault that is not this register's is `Foreign`. After a failure nothing is open.
 */
export const openPostgresRegister =
  (
    urlOrPool: string | PostgresPool,
    options: PostgresRegisterOptions = {},
  ): TaskEither<StoreFailure | VaultFailure, OpenedPostgresRegister> =>
  async () => {
    const { clock = systemClock, newId = randomIds, vault: _vault, vaultSchema: _name, schema: _, ...others } = options
    const unfit = unfitVaultSchema(urlOrPool, options)
    if (unfit !== null) return left(badSchemaName(unfit))
    const store = await openPostgres(urlOrPool, { ...options, clock })()
    if (isLeft(store)) return store
    const { schema, durability, place, alone } = store.right
    const keys = vaultPlace(urlOrPool, options, schema)
    const vault = openPostgresVault(keys.at, { ...others, ...keys.options })
    const { schema: ofVault } = keys.options
    const named = ofVault === undefined ? 'the vault that was named' : `the vault in schema ${ofVault}`
    const names = { store: 'the register', vault: named }
    const opened = await openedOn(store.right, vault, names, { now: clock, newId }, others)
    return isLeft(opened) ? opened : right({ ...opened.right, schema, durability, place, alone })
  }

/** The name that no schema of a vault can have; null where it can. Looked at before the register's is made. */
const unfitVaultSchema = (urlOrPool: string | PostgresPool, options: PostgresRegisterOptions): string | null => {
  const at = typeof urlOrPool === 'string' ? parsePostgresUrl(urlOrPool) : null
  const inUrl = at === null || isLeft(at) ? null : at.right.schema
  const { schema = null } = vaultPlace(urlOrPool, options, options.schema ?? inUrl ?? usualSchemas.register).options
  return schema === null || isSchemaName(schema) ? null : schema
}

/** Where the vault of a register is that stands in that schema. */
export const vaultPlace = (
  urlOrPool: string | PostgresPool,
  { vault, vaultSchema }: Pick<PostgresRegisterOptions, 'vault' | 'vaultSchema'>,
  schema: string,
): { readonly at: string | PostgresPool; readonly options: { readonly schema?: string } } => {
  const named = vaultSchema ?? (vault === undefined ? `${schema}_vault` : null)
  return { at: vault ?? urlOrPool, options: named === null ? {} : { schema: named } }
}

// opening.ts: opens the stores that a command line names, and closes them again

import { stat } from 'node:fs/promises'
import {
  type Instant,
  later,
  type Register,
  type StoreFailure,
  storeFailure,
  theBeginning,
  type VaultFailure,
} from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { randomIds, systemClock } from '../node/index.ts'
import type { Migrations } from '../postgres/index.ts'
import { openSqlite, openSqliteVault, vaultBeside } from '../sqlite/index.ts'
import { type OpenedRegister, openedOn } from '../stores/opened-register.ts'
import { isPostgresUrl } from '../stores/postgres-url.ts'
import { withoutPasswords } from './options.ts'

/** What ends a command with exit code 1: one clear line. */
export interface Failure {
  readonly message: string
}

interface Stores {
  readonly store: string
  readonly vault?: string
}

/** Does work on a register that must be there already. */
export const withRegister = async <A>(
  stores: Stores,
  work: (register: Register) => Promise<Either<Failure, A>>,
): Promise<Either<Failure, A>> => {
  if (await isMissing(stores.store)) return left(missing(stores))
  return withOpened(stores, systemClock, 'expect', work)
}

/** Does work on a register that is made where there is none. `moveOn` has it record at a later time than the machine's. */
export const withNewRegister = async <A>(
  stores: Stores,
  work: (register: Register, moveOn: (until: Instant) => void) => Promise<Either<Failure, A>>,
): Promise<Either<Failure, A>> => {
  let earliest = theBeginning
  const moveOn = (until: Instant): void => {
    earliest = until
  }
  const clock = () => later(earliest, systemClock())
  return withOpened(stores, clock, 'run', (register) => work(register, moveOn))
}

const withOpened = async <A>(
  stores: Stores,
  clock: () => Instant,
  migrations: Migrations,
  work: (register: Register) => Promise<Either<Failure, A>>,
): Promise<Either<Failure, A>> => {
  const opened = await open(stores, clock, migrations)
  if (isLeft(opened))
    return opened.left.reason === 'Missing' && migrations === 'expect' ? left(missing(stores)) : opened
  const done = await work(opened.right.register)
  const closed = await opened.right.close()
  return isLeft(done) || !isLeft(closed) ? done : closed
}

const missing = ({ store }: Stores): Failure => {
  const shown = withoutPasswords(store)
  return { message: `there is no register at ${shown}; make one with: smagruppe import DIR --store ${shown}` }
}

/** The log in one place and the vault in another, each in a SQLite file or a PostgreSQL database. */
const open = async (
  { store: at, vault: apart }: Stores,
  clock: () => Instant,
  migrations: Migrations,
): Promise<Either<StoreFailure | VaultFailure, OpenedRegister>> => {
  const postgres = [at, apart ?? ''].some(isPostgresUrl) ? await postgresStores() : right(null)
  if (isLeft(postgres)) return postgres
  const server = postgres.right
  let vaultAt = apart ?? vaultBeside(at)
  const opened =
    server !== null && isPostgresUrl(at)
      ? await server.openPostgres(at, { clock, migrations })()
      : await openSqlite(at, { clock })()
  if (isLeft(opened)) return opened
  if (apart === undefined && 'schema' in opened.right) {
    const url = new URL(at)
    url.searchParams.set('schema', `${opened.right.schema}_vault`)
    vaultAt = url.href
  }
  const vault =
    server !== null && isPostgresUrl(vaultAt)
      ? await server.openPostgresVault(vaultAt, { migrations })()
      : await openSqliteVault(vaultAt)()
  if (isLeft(vault)) {
    await opened.right.close()
    return vault
  }
  const names = { store: withoutPasswords(at), vault: withoutPasswords(vaultAt) }
  return openedOn(opened.right, vault.right, names, { now: clock, newId: randomIds }, {})
}

/** Loaded only where it is asked for, as its driver need not be there. */
const postgresStores = async () => {
  try {
    return right(await import('../postgres/index.ts'))
  } catch {
    return left(storeFailure('Unsupported', 'PostgreSQL needs the driver pg beside the adapters: npm install pg'))
  }
}

const isMissing = async (place: string): Promise<boolean> => {
  if (isPostgresUrl(place)) return false
  try {
    await stat(place)
    return false
  } catch {
    return true
  }
}

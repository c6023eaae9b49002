// places.ts: what stands at the places that a command line names, whatever kind of store that is

import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import {
  type EventStore,
  type Instant,
  type ProjectionStore,
  type StoreFailure,
  storeFailure,
  type Vault,
  type VaultFailure,
} from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { type CopySource, type CopyTarget, type OpenContents, withContents } from '../copying/index.ts'
import { randomIds, systemClock } from '../node/index.ts'
import type { PostgresDurability } from '../postgres/index.ts'
import { isMissing, noFile } from '../sqlite/database.ts'
import {
  checkSqlite,
  checkSqliteVault,
  openSqlite,
  openSqliteToExtend,
  openSqliteVault,
  openSqliteVaultContents,
  type Durability as SqliteDurability,
  vaultBeside,
} from '../sqlite/index.ts'
import type { Checked } from '../stores/checking.ts'
import { isEventStoreDbUrl } from '../stores/eventstoredb-url.ts'
import { type OpenedRegister, openedOn } from '../stores/opened-register.ts'
import { isPostgresUrl, vaultSchemaBeside } from '../stores/postgres-url.ts'
import { ofVault } from '../vault/of-vault.ts'
import { type Stores, withoutPasswords } from './options.ts'

/** Whether what is not there is made, or is `Missing`. */
export type Wanted = 'made' | 'there'

/** How a store keeps what it has answered, as it says itself. */
export type Durability = SqliteDurability | PostgresDurability | EventStoreDbDurability

/** How long that is said to hold is up to the server; this is what is known here. */
interface EventStoreDbDurability {
  readonly client: string
  readonly projections: string
}

interface OpenStore {
  readonly events: EventStore
  readonly rows: ProjectionStore
  readonly durability: Durability
  readonly place: string
  readonly close: TaskEither<StoreFailure, void>
}

interface Checking {
  readonly onProgress?: (events: number) => void
}

/** A kind of store: each of these takes a place. */
interface Kind {
  readonly open: (
    place: string,
    clock: () => Instant,
    wanted: Wanted,
  ) => TaskEither<StoreFailure | VaultFailure, OpenStore>
  readonly vault: (
    place: string,
    wanted: Wanted,
  ) => TaskEither<VaultFailure, Vault & { readonly close: TaskEither<VaultFailure, void> }>
  readonly toExtend: (place: string) => TaskEither<StoreFailure, OpenStore & Pick<CopyTarget, 'extend'>>
  readonly contents: (place: string, wanted: Wanted) => TaskEither<VaultFailure, OpenContents>
  readonly check: (place: string, options: Checking) => TaskEither<StoreFailure, Checked>
  readonly checkVault: (place: string) => TaskEither<VaultFailure, Checked>
}

/** A kind that keeps read models too. */
interface KeepingRows extends Kind {
  readonly open: (place: string, clock: () => Instant, wanted: Wanted) => TaskEither<StoreFailure, OpenStore>
}

const sqlite: KeepingRows = {
  open: (place, clock, wanted) => async () =>
    wanted === 'there' && isMissing(place) ? left(noFile(place, 'register')) : openSqlite(place, { clock })(),
  vault: (place, wanted) => async () =>
    wanted === 'there' && isMissing(place) ? ofVault(left(noFile(place, 'vault'))) : openSqliteVault(place)(),
  toExtend: (place) => openSqliteToExtend(place),
  contents: (place, wanted) => async () =>
    wanted === 'there' && isMissing(place) ? ofVault(left(noFile(place, 'vault'))) : openSqliteVaultContents(place)(),
  check: (place, options) => checkSqlite(place, options),
  checkVault: (place) => checkSqliteVault(place),
}

const migrations = { made: 'run', there: 'expect' } as const

/** Loaded only where it is asked for, as its driver need not be there. */
const postgres = async (): Promise<Either<StoreFailure, KeepingRows>> => {
  const needed = await import('../postgres/index.ts').catch(() => null)
  if (needed === null)
    return left(storeFailure('Unsupported', 'PostgreSQL needs the driver pg beside the adapters: npm install pg'))
  return right({
    open: (place, clock, wanted) => needed.openPostgres(place, { clock, migrations: migrations[wanted] }),
    vault: (place, wanted) => needed.openPostgresVault(place, { migrations: migrations[wanted] }),
    toExtend: (place) => needed.openPostgresToExtend(place),
    contents: (place, wanted) => needed.openPostgresVaultContents(place, { migrations: migrations[wanted] }),
    check: (place, options) => needed.checkPostgres(place, options),
    checkVault: (place) => needed.checkPostgresVault(place),
  })
}

/** Its read models stand elsewhere, in a place of another kind. */
const eventStoreDb = async (projections: string | undefined, keysAre: KeysAre): Promise<Either<StoreFailure, Kind>> => {
  const needed = await import('../eventstoredb/index.ts')
  const { withRows } = await import('../eventstoredb/opening.ts')
  const beside = await rowsAt(projections)
  if (isLeft(beside)) return beside
  const keepsNoKeys = async () => ofVault(left(noKeysThere))
  return right({
    open: (place, clock, wanted) => async () => {
      const log = await needed.openEventStoreDb(place, { clock, whereNobodyListens })()
      if (isLeft(log)) return log
      // Before read models are made, so that nothing stays behind.
      const why = (wanted === 'there' ? await whyMissing(log.right) : null) ?? (await keysAre(wanted))
      if (why !== null) {
        await log.right.close()
        return left(why)
      }
      const opened = await withRows(log.right, beside.right)
      if (isLeft(opened)) return opened
      const durability = { client: log.right.client, projections: withoutPasswords(projections ?? 'memory') }
      return right({ ...opened.right, durability })
    },
    toExtend: (place) => async () => {
      const log = await needed.openEventStoreDbToExtend(place, { whereNobodyListens })()
      if (isLeft(log)) return log
      const opened = await withRows(log.right)
      const durability = { client: log.right.client, projections: 'memory' }
      return isLeft(opened) ? opened : right({ ...opened.right, durability })
    },
    check: (place, options) => needed.checkEventStoreDb(place, { ...options, whereNobodyListens }),
    vault: () => keepsNoKeys,
    contents: () => keepsNoKeys,
    checkVault: () => keepsNoKeys,
  })
}

/** Whoever wrote a wrong port is not to wait. */
const whereNobodyListens = 'tell'

const noKeysThere = storeFailure(
  'Unsupported',
  'EventStoreDB keeps no keys of persons: name a SQLite file or a postgres:// URL',
)

/** On a server a register is there once it has an event. */
const whyMissing = async ({ events, name }: { readonly events: EventStore; readonly name: string }) => {
  for await (const page of events.readAll({ pageSize: 1 })) {
    if (isLeft(page)) return page.left
    if (page.right.events.length > 0) return null
  }
  return storeFailure('Missing', `${name}: ${noRegisterHere}`)
}

const noRegisterHere = 'there is no register here'

/** Whether there is no register at that place: on the way to a server other things may be missing, as the file of a certificate. */
export const isNoRegister = ({ store }: Stores, failure: StoreFailure | VaultFailure): boolean =>
  failure._tag === 'StoreFailure' &&
  failure.reason === 'Missing' &&
  (!isEventStoreDbUrl(store) || failure.message.endsWith(noRegisterHere))

/** Why the vault of a register cannot be opened, or made; null where it can. */
type KeysAre = (wanted: Wanted) => Promise<StoreFailure | VaultFailure | null>

/** Where rows are kept beside a log; undefined for memory. */
const rowsAt = async (place: string | undefined) => {
  if (place === undefined || place === 'memory') return right(undefined)
  const kind = await besideKind(place)
  return isLeft(kind) ? kind : right(kind.right.open(place, systemClock, 'made'))
}

/** The kind that keeps all of a register there. */
const besideKind = async (place: string): Promise<Either<StoreFailure, KeepingRows>> =>
  isPostgresUrl(place) ? postgres() : right(sqlite)

const kindOf = async (
  { store, projections }: Stores,
  keysAre: KeysAre = async () => null,
): Promise<Either<StoreFailure, Kind>> => {
  if (isEventStoreDbUrl(store)) return eventStoreDb(projections, keysAre)
  return projections === undefined ? besideKind(store) : left(keepsItsOwn)
}

const keepsItsOwn = storeFailure(
  'Unsupported',
  'this store keeps its read models itself: --projections goes with an esdb:// store',
)

/** Where the vault is, if nothing else is said: beside the store, or beside the read models of one that keeps no keys. Null where it must be said. */
export const vaultOf = ({ store, vault, projections }: Stores): string | null => {
  if (vault !== undefined) return vault
  if (isPostgresUrl(store)) return vaultSchemaBeside(store)
  if (!isEventStoreDbUrl(store)) return vaultBeside(store)
  return projections === undefined || projections === 'memory' ? null : vaultOf({ store: projections })
}

/** What to say where the vault must be named. */
export const vaultToBeNamed = storeFailure(
  'Unsupported',
  'EventStoreDB keeps no keys of persons: name a place for them with --vault, or one for read models, with keys beside it, with --projections',
)

interface Kinds {
  readonly log: Kind
  readonly keys: Kind
  readonly vault: string
}

/** The log may be of one kind and the vault of another. */
const kindsOf = async (stores: Stores): Promise<Either<StoreFailure, Kinds>> => {
  const vault = vaultOf(stores)
  if (vault === null) return left(vaultToBeNamed)
  const keys = await kindOf({ store: vault })
  if (isLeft(keys)) return keys
  const log = await kindOf(stores, async (wanted) => {
    // A file that can be made is made last.
    if (wanted === 'made' && !isPostgresUrl(vault) && isMissing(vault) && existsSync(dirname(vault))) return null
    const opened = await keys.right.vault(vault, wanted)()
    const closed = isLeft(opened) ? opened : await opened.right.close()
    return isLeft(closed) ? closed.left : null
  })
  return isLeft(log) ? log : right({ log: log.right, keys: keys.right, vault })
}

/** An open register, and how and where it is kept. */
export interface OpenedPlace extends OpenedRegister {
  readonly durability: Durability
  readonly place: string
}

/** Opens the register at that place with its vault. */
export const openAt = async (
  stores: Stores,
  clock: () => Instant,
  wanted: Wanted,
): Promise<Either<StoreFailure | VaultFailure, OpenedPlace>> => {
  const kinds = await kindsOf(stores)
  if (isLeft(kinds)) return kinds
  const { log, keys, vault: at } = kinds.right
  const store = await log.open(stores.store, clock, wanted)()
  if (isLeft(store)) return store
  const names = { store: withoutPasswords(stores.store), vault: withoutPasswords(at) }
  const opened = await openedOn(store.right, keys.vault(at, wanted), names, { now: clock, newId: randomIds }, {})
  const { durability, place } = store.right
  return isLeft(opened) ? opened : right({ ...opened.right, durability, place })
}

/** Opens the register at that place to copy from it. */
export const sourceAt = async (stores: Stores): Promise<Either<StoreFailure | VaultFailure, CopySource>> => {
  const kinds = await kindsOf(stores)
  if (isLeft(kinds)) return kinds
  const { keys, vault } = kinds.right
  // Opened whole, for that refuses a vault that is not this register's.
  const opened = await openAt(stores, systemClock, 'there')
  return isLeft(opened) ? opened : withContents(opened.right, keys.contents(vault, 'there'))()
}

/** Opens the register at that place to copy to it. */
export const targetAt = async (stores: Stores): Promise<Either<StoreFailure | VaultFailure, CopyTarget>> => {
  const kinds = await kindsOf(stores)
  if (isLeft(kinds)) return kinds
  const { log, keys, vault } = kinds.right
  const opened = await log.toExtend(stores.store)()
  if (isLeft(opened)) return opened
  const target = await withContents(opened.right, keys.contents(vault, 'made'))()
  return isLeft(target) ? target : right({ ...target.right, extend: opened.right.extend })
}

/** Goes over the log at that place. */
export const checkAt = async (place: string, options: Checking): Promise<Either<StoreFailure, Checked>> => {
  const kind = await kindOf({ store: place })
  return isLeft(kind) ? kind : kind.right.check(place, options)()
}

/** Goes over the vault at that place. */
export const checkVaultAt = async (place: string): Promise<Either<StoreFailure | VaultFailure, Checked>> => {
  const kind = await kindOf({ store: place })
  return isLeft(kind) ? kind : kind.right.checkVault(place)()
}

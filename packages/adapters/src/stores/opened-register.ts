// opened-register.ts: a register over an open store and an open vault, once it is known that they belong together

import {
  type EventStore,
  type Instant,
  openRegister,
  type ProjectionStore,
  type Register,
  registerEvents,
  type Settings,
  type StoreFailure,
  type Vault,
  type VaultFailure,
} from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

/** A register with the stores it was opened on. */
export interface OpenedRegister {
  readonly register: Register
  readonly events: EventStore
  readonly rows: ProjectionStore
  readonly vault: Vault
  /** Writes what is waiting and closes the store and the vault. Closing again does nothing. */
  readonly close: TaskEither<StoreFailure | VaultFailure, void>
}

interface OpenStore {
  readonly events: EventStore
  readonly rows: ProjectionStore
  readonly close: TaskEither<StoreFailure, void>
}

interface OpenVault extends Vault {
  readonly close: TaskEither<VaultFailure, void>
}

/** What people call the store and the vault in messages. */
interface Names {
  readonly store: string
  readonly vault: string
}

/** Opens the register on the store, which it takes over, and its vault: after a failure neither is open. */
export const openedOn = async (
  store: OpenStore,
  openVault: TaskEither<VaultFailure, OpenVault>,
  names: Names,
  { now, newId }: { readonly now: () => Instant; readonly newId: () => string },
  settings: Settings,
): Promise<Either<StoreFailure | VaultFailure, OpenedRegister>> => {
  const { events, rows } = store
  const opened = await openVault()
  if (isLeft(opened)) {
    await store.close()
    return opened
  }
  const vault = opened.right
  const close = async (): Promise<Either<StoreFailure | VaultFailure, void>> => {
    const vaultClosed = await vault.close()
    const storeClosed = await store.close()
    return isLeft(vaultClosed) ? vaultClosed : storeClosed
  }
  const foreign = await whyForeign(events, vault, names)
  if (foreign !== null) {
    await close()
    return left(foreign)
  }
  return right({ register: openRegister({ events, rows, vault, now, newId }, settings), events, rows, vault, close })
}

/**
 * A register that is opened with another's vault, or with a new one because its own was lost, would take every doctor for a stranger
 * and record everybody anew. So the vault must open the first personal text of the log. Null where it does, or where there is none.
 */
const whyForeign = async (
  events: EventStore,
  vault: Vault,
  names: Names,
): Promise<StoreFailure | VaultFailure | null> => {
  for await (const page of events.readAll({ types: ['DoctorRegistered'], pageSize: 1 })) {
    if (isLeft(page)) return page.left
    const [first] = page.right.events
    if (first === undefined) continue
    const recorded = registerEvents.decode(first)
    if (isLeft(recorded) || recorded.right.event.type !== 'DoctorRegistered') return null
    const { name } = recorded.right.event.data
    const revealed = 'sealed' in name ? await vault.reveal(name)() : null
    if (revealed === null || !isLeft(revealed)) return null
    if (revealed.left.reason !== 'Tampered') return revealed.left
    const message = `${names.vault} is not the vault of ${names.store}: it does not open what the register holds; name the register's own`
    return { _tag: 'VaultFailure', reason: 'Foreign', message, retry: false }
  }
  return null
}

// copyable.ts: what a kind of store offers so that registers can be copied from it and to it, whatever the other one is

import type {
  AppendError,
  EventStore,
  ExpectedRevision,
  Instant,
  NewEvent,
  NonEmpty,
  StoreFailure,
  StreamName,
  VaultFailure,
} from '@smagruppe/domain'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { CopyableVault, OpenContents } from '../vault/contents.ts'

/** A register to copy from. Its read models are not copied: they follow from the log. */
export interface CopySource {
  readonly events: EventStore
  readonly vault: CopyableVault
  /** What its log and its vault are kept in, each named alike by whatever way it was reached; none where nothing else could reach it. */
  readonly places: ReadonlyArray<string>
  /** Writes what is waiting and closes it. Closing again does nothing. */
  readonly close: TaskEither<StoreFailure | VaultFailure, void>
}

/** Events of one stream that follow each other and were recorded at one time. */
export interface Batch {
  readonly stream: StreamName
  readonly expected: ExpectedRevision
  readonly events: NonEmpty<NewEvent>
  readonly recordedAt: Instant
}

/** A register to copy to. Nobody else writes to it meanwhile. */
export interface CopyTarget extends CopySource {
  /** Appends these in their order, each at exactly its time; where one is refused, none that stands behind it is appended. */
  readonly extend: (batches: ReadonlyArray<Batch>) => TaskEither<AppendError, void>
}

/** An open log with all that its vault keeps; closes the log where the vault cannot be opened. */
export const withContents =
  (
    { events, place, close }: Pick<CopySource, 'events' | 'close'> & { readonly place: string },
    openVault: TaskEither<VaultFailure, OpenContents>,
  ): TaskEither<VaultFailure, CopySource> =>
  async () => {
    const vault = await openVault()
    if (isLeft(vault)) {
      await close()
      return vault
    }
    return right({
      events,
      vault: vault.right,
      places: [place, vault.right.place],
      close: async () => {
        const vaultClosed = await vault.right.close()
        const storeClosed = await close()
        return isLeft(vaultClosed) ? vaultClosed : storeClosed
      },
    })
  }

// of-vault.ts: the failure of the store below a vault, as one of the vault

import type { StoreFailure, VaultFailure } from '@smagruppe/domain'
import { type Either, isLeft, left } from 'fp-ts/lib/Either.js'

/** The same failure, said of the vault. */
export const ofVault = <A>(result: Either<StoreFailure, A>): Either<VaultFailure, A> => {
  if (!isLeft(result)) return result
  const { reason, message, retry } = result.left
  // Two reasons are of read models alone.
  const ofKeys = reason === 'Superseded' || reason === 'AheadOfLog' ? 'Unknown' : reason
  return left({ _tag: 'VaultFailure', reason: ofKeys, message, retry })
}

// vault.ts: keys of persons in memory

import type { DoctorId, Vault } from '@smagruppe/domain'
import { right } from 'fp-ts/lib/Either.js'
import { keyLength, type PersonKey, type RandomBytes, vaultOver, webRandomBytes } from '../vault/sealing.ts'

/** What may be set otherwise for a vault in memory. */
export interface MemoryVaultOptions {
  /** Where keys come from; Web Crypto where left out. */
  readonly randomBytes?: RandomBytes
}

/** A vault that lives as long as the process: what it sealed, nobody opens afterwards. Fails only on text that was tampered with. */
export const memoryVault = ({ randomBytes = webRandomBytes }: MemoryVaultOptions = {}): Vault => {
  const keys = new Map<DoctorId, PersonKey>()
  const holders = new Map<string, DoctorId>()
  return vaultOver(
    {
      secret: randomBytes(keyLength),
      keyOf: (person) => async () => right(keys.get(person) ?? null),
      keepKey: (person, fresh) => async () => {
        const key = keys.get(person) ?? { _tag: 'Kept', bytes: fresh }
        keys.set(person, key)
        return right(key)
      },
      holderOf: (digest) => async () => right(holders.get(digest) ?? null),
      claim: (digest, doctor) => async () => {
        const holder = holders.get(digest) ?? doctor
        holders.set(digest, holder)
        return right(holder)
      },
      release: (digest, doctor) => async () => {
        if (holders.get(digest) === doctor) holders.delete(digest)
        return right(undefined)
      },
    },
    randomBytes,
  )
}

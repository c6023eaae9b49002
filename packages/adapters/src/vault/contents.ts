// contents.ts: all that a vault keeps, on its way from one store to another

import type { DoctorId, VaultFailure } from '@smagruppe/domain'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

/** A person's key, or when it was destroyed. */
export type PersonsKey =
  | { readonly person: DoctorId; readonly key: Uint8Array; readonly destroyedAt: null }
  | { readonly person: DoctorId; readonly key: null; readonly destroyedAt: string }

/** Who claims the number with that digest. */
export interface Claim {
  readonly digest: string
  readonly doctor: DoctorId
}

/** Keys and claims in the order of persons and digests. */
export interface Contents {
  readonly secret: Uint8Array
  readonly keys: ReadonlyArray<PersonsKey>
  readonly claims: ReadonlyArray<Claim>
}

/** All that a vault keeps. Whoever opens it can read what is personal; printing it shows nothing. */
export interface VaultContents {
  /** The contents in clear. */
  readonly open: () => Contents
}

/** A vault as it is copied. */
export interface CopyableVault {
  /** All that it keeps, as of one moment; null where it has not been used. */
  readonly contents: TaskEither<VaultFailure, VaultContents | null>
  /** Has it keep this and nothing else, its claims too. A vault in use that is no earlier state of this one gives `Foreign`, and is left as it is. */
  readonly become: (contents: VaultContents) => TaskEither<VaultFailure, void>
}

/** An open vault to copy from or to. */
export interface OpenContents extends CopyableVault {
  /** What it is kept in, named alike by whatever way it was reached. */
  readonly place: string
  readonly close: TaskEither<VaultFailure, void>
}

/** What a vault has to do to keep what another does; its claims are replaced as a whole. */
export interface Becoming {
  readonly keep: ReadonlyArray<PersonsKey>
  readonly destroy: ReadonlyArray<PersonsKey>
}

/** Whether a vault keeps nothing yet of anybody. */
export const isUnused = (contents: Contents | null): boolean =>
  contents === null || (contents.keys.length === 0 && contents.claims.length === 0)

/**
 * How a vault that keeps `standing` comes to keep `wanted`; null where it is no earlier state of it: the secret stays, keys only come,
 * and only go for good. Claims come and go, so they say nothing of which vault it is.
 */
export const becoming = (standing: Contents | null, wanted: Contents): Becoming | null => {
  if (standing === null || isUnused(standing)) return { keep: wanted.keys, destroy: [] }
  if (!areSame(standing.secret, wanted.secret)) return null
  const had = new Map(standing.keys.map((key) => [key.person, key]))
  const keep: PersonsKey[] = []
  const destroy: PersonsKey[] = []
  for (const key of wanted.keys) {
    const old = had.get(key.person)
    had.delete(key.person)
    if (old === undefined) keep.push(key)
    else if (old.key !== null && key.key === null) destroy.push(key)
    else if (old.destroyedAt !== key.destroyedAt || !areSame(old.key, key.key)) return null
  }
  return had.size === 0 ? { keep, destroy } : null
}

/** Whether two vaults keep the same. */
export const keepTheSame = (one: VaultContents, other: VaultContents): boolean => {
  const [a, b] = [one.open(), other.open()]
  return (
    areSame(a.secret, b.secret) &&
    a.keys.length === b.keys.length &&
    a.keys.every((key, i) => {
      const twin = b.keys[i]
      return key.person === twin?.person && key.destroyedAt === twin.destroyedAt && areSame(key.key, twin.key)
    }) &&
    a.claims.length === b.claims.length &&
    a.claims.every(({ digest, doctor }, i) => b.claims[i]?.digest === digest && b.claims[i]?.doctor === doctor)
  )
}

const areSame = (one: Uint8Array | null, other: Uint8Array | null): boolean =>
  one === null || other === null
    ? one === other
    : one.length === other.length && one.every((byte, i) => byte === other[i])

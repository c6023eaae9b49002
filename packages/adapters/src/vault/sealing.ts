// sealing.ts: how a person's text is closed and opened again, whatever keeps the keys

import { gcmsiv } from '@noble/ciphers/aes.js'
import { expand } from '@noble/hashes/hkdf.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import type { DoctorId, Place, Revealed, Sealed, Vault, VaultFailure } from '@smagruppe/domain'
import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { fromBase64Url, toBase64Url } from './base64url.ts'

/** Gives that many bytes that nobody can guess. */
export type RandomBytes = (length: number) => Uint8Array

/** The randomness that Node and every browser have. */
export const webRandomBytes: RandomBytes = (length) => globalThis.crypto.getRandomValues(new Uint8Array(length))

/** A person's key, or the trace that there was one: a key that was destroyed is never made again. */
export type PersonKey = { readonly _tag: 'Kept'; readonly bytes: Uint8Array } | { readonly _tag: 'Destroyed' }

/** What a vault keeps, and all it needs to promise. */
export interface Keyring {
  /** Random bytes that are this vault's own, the same for ever. */
  readonly secret: Uint8Array
  /** Null where the person never had a key. */
  readonly keyOf: (person: DoctorId) => TaskEither<VaultFailure, PersonKey | null>
  /** Keeps a fresh key unless there is or was one already; gives what stands then, and that for good. */
  readonly keepKey: (person: DoctorId, fresh: Uint8Array) => TaskEither<VaultFailure, PersonKey>
  readonly holderOf: (digest: string) => TaskEither<VaultFailure, DoctorId | null>
  /** Writes the doctor down unless somebody stands there already; gives who stands there then. */
  readonly claim: (digest: string, doctor: DoctorId) => TaskEither<VaultFailure, DoctorId>
  /** Strikes the doctor out, if that is who stands there. */
  readonly release: (digest: string, doctor: DoctorId) => TaskEither<VaultFailure, void>
}

export const keyLength = 32
const formatVersion = 1
const commitmentLength = 32
const nonceLength = 12
const tagLength = 16

/**
 * A vault over a keyring. A box is base64url of
 *
 *     version (1 byte) ‖ key commitment (32) ‖ nonce (12) ‖ AES-256-GCM-SIV ciphertext and tag
 *
 * with the version and the person as associated data. The place is in the nonce only, not in the associated data: whoever
 * reveals a box has the box alone, from a row as often as from an event, and could not say where it ought to stand. That no
 * box moves from one event to another is what the hashes over the log are for.
 */
export const vaultOver = (keyring: Keyring, randomBytes: RandomBytes): Vault => {
  const keyFor =
    (person: DoctorId): TaskEither<VaultFailure, PersonKey> =>
    async () => {
      const known = await keyring.keyOf(person)()
      if (isLeft(known)) return known
      return known.right === null ? keyring.keepKey(person, randomBytes(keyLength))() : right(known.right)
    }

  return {
    seal: (person, place, text) => async () => {
      if (/\p{Surrogate}/u.test(text)) {
        return left(failure('Unsupported', `${at(place)} holds a lone surrogate: refuse such text where it comes in`))
      }
      const key = await keyFor(person)()
      if (isLeft(key)) return key
      if (key.right._tag === 'Destroyed') {
        return left(
          failure(
            'Forgotten',
            `${at(place)}: the key of ${person} was destroyed, and nothing more can be sealed for this person`,
          ),
        )
      }
      return right({ sealed: { person, box: close(keysFrom(key.right.bytes), person, place, text) } })
    },
    reveal: (sealed) => async () => {
      const { person } = sealed.sealed
      const key = await keyring.keyOf(person)()
      if (isLeft(key)) return key
      if (key.right === null) {
        return left(failure('Tampered', `this vault never had a key for ${person}: is it the vault of this register?`))
      }
      if (key.right._tag === 'Destroyed') return right({ _tag: 'Forgotten' })
      return open(keysFrom(key.right.bytes), sealed)
    },
    holderOf: (number) => keyring.holderOf(digestOf(keyring.secret, number)),
    claim: (number, doctor) => keyring.claim(digestOf(keyring.secret, number), doctor),
    release: (number, doctor) => keyring.release(digestOf(keyring.secret, number), doctor),
  }
}

interface Keys {
  readonly encryption: Uint8Array
  readonly nonce: Uint8Array
  /** Says which key a box was closed with. GCM-SIV alone lets a box be made that two keys open to different texts. */
  readonly commitment: Uint8Array
}

const keysFrom = (key: Uint8Array): Keys => ({
  encryption: derived(key, 'encryption', keyLength),
  nonce: derived(key, 'nonce', keyLength),
  commitment: derived(key, 'commitment', commitmentLength),
})

const derived = (key: Uint8Array, use: string, length: number): Uint8Array =>
  expand(sha256, key, utf8(`smagruppe vault 1 ${use}`), length)

const close = (keys: Keys, person: DoctorId, place: Place, text: string): string => {
  // An event id has a fixed length, so no two places run together.
  const nonce = hmac(sha256, keys.nonce, utf8(`${place.event}\0${place.field}`)).slice(0, nonceLength)
  const closed = gcmsiv(keys.encryption, nonce, boundTo(person)).encrypt(utf8(text))
  return toBase64Url(Uint8Array.of(formatVersion, ...keys.commitment, ...nonce, ...closed))
}

const open = (keys: Keys, { sealed: { person, box } }: Sealed): Either<VaultFailure, Revealed> => {
  const tampered = left(
    failure('Tampered', `a text of ${person} was not sealed with this person's key, or was changed since`),
  )
  const bytes = fromBase64Url(box)
  if (bytes === null || bytes.length < 1 + commitmentLength + nonceLength + tagLength || bytes[0] !== formatVersion)
    return tampered
  const nonceAt = 1 + commitmentLength
  if (!areEqual(bytes.subarray(1, nonceAt), keys.commitment)) return tampered
  const nonce = bytes.slice(nonceAt, nonceAt + nonceLength)
  try {
    const text = gcmsiv(keys.encryption, nonce, boundTo(person)).decrypt(bytes.slice(nonceAt + nonceLength))
    return right({ _tag: 'Known', text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(text) })
  } catch {
    return tampered
  }
}

const boundTo = (person: DoctorId): Uint8Array => utf8(`${formatVersion}\0${person}`)

const digestOf = (secret: Uint8Array, number: string): string => toBase64Url(hmac(sha256, secret, utf8(number)))

/** Takes as long for unequal bytes as for equal ones. */
const areEqual = (one: Uint8Array, other: Uint8Array): boolean => {
  let difference = one.length ^ other.length
  for (const [i, byte] of one.entries()) difference |= byte ^ (other[i] ?? 0)
  return difference === 0
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

const at = ({ event, field }: Place): string => `the field ${field} of event ${event}`

const failure = (reason: VaultFailure['reason'], message: string): VaultFailure => ({
  _tag: 'VaultFailure',
  reason,
  message,
  retry: false,
})

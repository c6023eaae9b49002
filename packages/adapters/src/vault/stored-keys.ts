// stored-keys.ts: rows of a vault in SQL tables as what they stand for: what does not have the shape was not written by us

import { DoctorId } from '@smagruppe/domain'
import type { Claim, PersonsKey } from './contents.ts'
import { keyLength, type PersonKey } from './sealing.ts'

/** Readers of rows. They throw what `damaged` makes of a row that was not written by us. */
export const readingKeys = (damaged: (what: string) => Error) => {
  const bytesOf = (value: unknown): Uint8Array => {
    if (!(value instanceof Uint8Array) || value.length !== keyLength)
      throw damaged('a key does not have the length of a key')
    return value
  }
  /** A key of null was destroyed. */
  const personKey = (key: unknown): PersonKey =>
    key === null ? { _tag: 'Destroyed' } : { _tag: 'Kept', bytes: bytesOf(key) }
  const personsKey = (person: unknown, key: unknown, destroyedAt: unknown): PersonsKey => {
    if (!DoctorId.is(person)) throw damaged('a key belongs to what is no doctor')
    if (key !== null) return { person, key: bytesOf(key), destroyedAt: null }
    if (typeof destroyedAt !== 'string') throw damaged('a key was destroyed at no time')
    return { person, key, destroyedAt }
  }
  const holderIn = (doctor: unknown): DoctorId => {
    if (!DoctorId.is(doctor)) throw damaged('a number is claimed by what is no doctor')
    return doctor
  }
  const claimOf = (digest: unknown, doctor: unknown): Claim => {
    if (typeof digest !== 'string') throw damaged('the digest of a number is not text')
    return { digest, doctor: holderIn(doctor) }
  }
  return { bytesOf, personKey, personsKey, holderIn, claimOf }
}

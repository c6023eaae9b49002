// personal.ts: what is known of a person, closed from the first event on

import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import type { EventId } from '../kernel/event.ts'
import type { StoreFailure } from '../kernel/event-store.ts'
import { DoctorId } from './identity.ts'

/** Text of a person under that person's key. All that events, rows and exports ever hold of it. */
export interface Sealed {
  readonly sealed: { readonly person: DoctorId; readonly box: string }
}

/** Text of a person on its way from a command to the vault. It has no stored form, and printing it shows nothing. */
export interface Unsealed {
  readonly unsealed: { readonly person: DoctorId; readonly open: () => string }
}

/** A person's name, number or contact: opaque in events, state and rows. Only the vault can read it. */
export type Personal = Sealed | Unsealed

const SealedCodec = t.readonly(t.strict({ sealed: t.readonly(t.strict({ person: DoctorId, box: t.string })) }))

/**
 * The codec of a personal field. Only what is sealed is stored. Unsealed text passes on its way from a command; it cannot come out of
 * a store, since no JSON holds a function.
 */
export const Personal = new t.Type<Personal, Sealed, unknown>(
  'text of a person, sealed',
  SealedCodec.is,
  (value, context) => (isUnsealed(value) ? t.success(value) : SealedCodec.validate(value, context)),
  (personal) => {
    if ('unsealed' in personal) throw new TypeError('an unsealed personal field has no stored form')
    return personal
  },
)

/** Marks text as that person's, to be sealed before it is stored. */
export const personal = (person: DoctorId, text: string): Personal => ({ unsealed: { person, open: () => text } })

/** Whether a value is text of a person that was not sealed yet. */
export const isUnsealed = (value: unknown): value is Unsealed =>
  typeof value === 'object' &&
  value !== null &&
  'unsealed' in value &&
  typeof value.unsealed === 'object' &&
  value.unsealed !== null &&
  'person' in value.unsealed &&
  DoctorId.is(value.unsealed.person) &&
  'open' in value.unsealed &&
  typeof value.unsealed.open === 'function'

/** What the vault says of a sealed text. After erasure it is forgotten, and so it stays. */
export type Revealed = { readonly _tag: 'Known'; readonly text: string } | { readonly _tag: 'Forgotten' }

/** The vault could not do its work. `retry` says whether the same call may succeed later without anybody mending anything. */
export interface VaultFailure {
  readonly _tag: 'VaultFailure'
  /** `Tampered`: the text was not sealed with this person's key, or was changed since. `Forgotten`: the person was erased, and nothing more can be sealed. */
  readonly reason: Exclude<StoreFailure['reason'], 'Superseded' | 'AheadOfLog'> | 'Forgotten' | 'Tampered'
  readonly message: string
  readonly retry: boolean
}

/** Where inside which event a text will stand; the same place and text give the same sealed bytes. */
export interface Place {
  readonly event: EventId
  readonly field: string
}

/**
 * The keys of persons and the way from an HPR number to a doctor: a store apart from the events, the only place that can make
 * a person of an id. Sealing makes the person's key where there is none yet.
 */
export interface Vault {
  /** Closes a text under the person's key. The same place and text give the same bytes. */
  readonly seal: (person: DoctorId, place: Place, text: string) => TaskEither<VaultFailure, Sealed>
  /** Opens what was sealed; `Forgotten` where the person's key was destroyed. Refused with `Tampered` where it was not sealed so. */
  readonly reveal: (sealed: Sealed) => TaskEither<VaultFailure, Revealed>
  /** Who claims that number; null where nobody does. `number` is in its compared form. */
  readonly holderOf: (number: string) => TaskEither<VaultFailure, DoctorId | null>
  /** Claims a number for a doctor unless it is held already; gives whoever holds it now. Asking twice is asking once. */
  readonly claim: (number: string, doctor: DoctorId) => TaskEither<VaultFailure, DoctorId>
  /** Gives a claim up, if that doctor holds it; another's stays. Asking twice is asking once. */
  readonly release: (number: string, doctor: DoctorId) => TaskEither<VaultFailure, void>
}

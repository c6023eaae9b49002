// sealing.ts: closes what an event holds of a person, between the decision and the store

import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { isCorrected } from '../kernel/correction.ts'
import type { Event, EventId } from '../kernel/event.ts'
import type { DoctorId } from '../values/identity.ts'
import { isUnsealed, type Vault, type VaultFailure } from '../values/personal.ts'

/** The number is claimed by another doctor's record; whether the two are one person is for people to settle. */
export interface HprHeldByAnother {
  readonly _tag: 'HprHeldByAnother'
  readonly holder: DoctorId
}

/** Why an event that holds something of a person could not be closed. */
export type SealError = VaultFailure | HprHeldByAnother

/**
 * Seals every personal field of an event, a corrected one's too. A claimed HPR number is entered in the vault first, so that two
 * records never hold one number; where the event is not stored after all, `settleClaims` frees it.
 */
export const sealing =
  (vault: Vault) =>
  (id: EventId, event: Event): TaskEither<SealError, Event> =>
  async () => {
    if (isCorrected(event)) {
      const fact = await sealing(vault)(id, event.data.fact)()
      return isLeft(fact) ? fact : right({ ...event, data: { ...event.data, fact: fact.right } })
    }
    if (typeof event.data !== 'object' || event.data === null) return right(event)
    const data: Record<string, unknown> = { ...event.data }
    for (const [field, value] of Object.entries(data)) {
      if (!isUnsealed(value)) continue
      const { person, open } = value.unsealed
      if (event.type === 'HprClaimed') {
        const holder = await vault.claim(open(), person)()
        if (isLeft(holder)) return holder
        if (holder.right !== person) return left({ _tag: 'HprHeldByAnother', holder: holder.right })
      }
      const sealed = await vault.seal(person, { event: id, field }, open())()
      if (isLeft(sealed)) return sealed
      data[field] = sealed.right
    }
    return right({ ...event, data })
  }

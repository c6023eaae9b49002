// claims.ts: keeps the vault's way from a number to a doctor in step with the claims that stand

import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import { type DoctorEvent, doctorEvents } from '../doctor/doctor-events.ts'
import { factIn, factsInForce } from '../kernel/correction.ts'
import { categoryOf, idOf, type StreamName } from '../kernel/event.ts'
import type { UndecodableEvent } from '../kernel/event-catalogue.ts'
import type { EventStore, StoreFailure } from '../kernel/event-store.ts'
import { load } from '../kernel/handle.ts'
import type { HprNumber } from '../values/hpr-number.ts'
import { DoctorId } from '../values/identity.ts'
import type { Vault, VaultFailure } from '../values/personal.ts'

/**
 * Brings the vault in step with a doctor's stream: numbers whose claim was taken back are free for their owner, those that stand
 * again are held again. With `asked` it looks at that number alone, which an attempt to claim it may have left held.
 *
 * Repeated until it finds nothing to do, since a claim may be made or taken back between the reading and the vault. Doing it twice is
 * doing it once, so asking again mends what was broken off.
 */
export const settleClaims = async (
  store: EventStore,
  vault: Vault,
  stream: StreamName,
  asked: HprNumber | null = null,
): Promise<Either<StoreFailure | UndecodableEvent | VaultFailure, void>> => {
  const doctor = idOf(stream)
  if (categoryOf(stream) !== 'doctor' || !DoctorId.is(doctor)) return right(undefined)
  for (let changed = true; changed; ) {
    changed = false
    const history = await load(store, doctorEvents, stream)
    if (isLeft(history)) return history
    const ever = await numbersIn(
      history.right.map(({ event }) => factIn(event)),
      vault,
    )
    if (isLeft(ever)) return ever
    const standing = await numbersIn(
      factsInForce(history.right).map(({ event }) => event),
      vault,
    )
    if (isLeft(standing)) return standing
    for (const number of asked === null ? ever.right : [asked]) {
      const stands = standing.right.has(number)
      // A number that a record without any never claimed may be reserved for it, or be on its way there.
      if (!stands && !ever.right.has(number) && standing.right.size === 0) continue
      const holder = await vault.holderOf(number)()
      if (isLeft(holder)) return holder
      if (holder.right !== (stands ? null : doctor)) continue
      const settled = await (stands ? vault.claim(number, doctor) : vault.release(number, doctor))()
      if (isLeft(settled)) return settled
      changed = true
    }
  }
  return right(undefined)
}

const numbersIn = async (
  facts: ReadonlyArray<DoctorEvent | null>,
  vault: Vault,
): Promise<Either<VaultFailure, ReadonlySet<string>>> => {
  const numbers = new Set<string>()
  for (const fact of facts) {
    if (fact?.type !== 'HprClaimed' || !('sealed' in fact.data.hpr)) continue
    const revealed = await vault.reveal(fact.data.hpr)()
    if (isLeft(revealed)) return revealed
    if (revealed.right._tag === 'Known') numbers.add(revealed.right.text)
  }
  return right(numbers)
}

// claims.ts: keeps the vault's way from a number to a doctor in step with the claims that stand

import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import { type DoctorEvent, doctorEvents } from '../doctor/doctor.ts'
import { factIn, factsInForce } from '../kernel/correction.ts'
import { categoryOf, idOf, type StreamName } from '../kernel/event.ts'
import type { UndecodableEvent } from '../kernel/event-catalogue.ts'
import type { EventStore, StoreFailure } from '../kernel/event-store.ts'
import { load } from '../kernel/handle.ts'
import { DoctorId } from '../values/identity.ts'
import type { Vault, VaultFailure } from '../values/personal.ts'

/**
 * After a correction in a doctor's stream: numbers whose claim was taken back are free for their owner, those that stand again are
 * held again. Doing it twice is doing it once, so a correction that is asked for again mends what was broken off.
 */
export const settleClaims = async (
  store: EventStore,
  vault: Vault,
  stream: StreamName,
): Promise<Either<StoreFailure | UndecodableEvent | VaultFailure, void>> => {
  const doctor = idOf(stream)
  if (categoryOf(stream) !== 'doctor' || !DoctorId.is(doctor)) return right(undefined)
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
  for (const number of ever.right) {
    const settled = await (standing.right.has(number) ? vault.claim(number, doctor) : vault.release(number, doctor))()
    if (isLeft(settled)) return settled
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

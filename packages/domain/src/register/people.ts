// people.ts: what doctors are called, out of the vault

import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { factsInForce } from '../kernel/correction.ts'
import type { StoreFailure } from '../kernel/event-store.ts'
import { type DoctorEvidence, doctorEvidence } from '../projections/evidence.ts'
import type { Persons } from '../projections/persons.ts'
import type { DoctorId } from '../values/identity.ts'
import type { Personal, Revealed, VaultFailure } from '../values/personal.ts'
import type { Rows } from './rows.ts'

/** A doctor's name and claimed HPR number; null where nothing was registered or claimed. */
export interface Person {
  readonly name: Revealed | null
  readonly hpr: Revealed | null
}

/**
 * The persons behind these ids, as corrected. Every id asked for has an entry. A record without a number has the number of another
 * record of the same doctor.
 */
export const peopleIn =
  (
    rows: Rows,
    persons: TaskEither<StoreFailure, Persons>,
    reveal: (personal: Personal) => TaskEither<VaultFailure, Revealed>,
  ) =>
  (doctors: ReadonlyArray<DoctorId>): TaskEither<StoreFailure | VaultFailure, ReadonlyMap<DoctorId, Person>> =>
  async () => {
    const known = await persons()
    if (isLeft(known)) return known
    const wanted = [...new Set(doctors)]
    const records = new Set(wanted.flatMap((doctor) => [doctor, ...known.right.recordsOf(doctor)]))
    const found = await rows.getMany(doctorEvidence, [...records])()
    if (isLeft(found)) return found
    const people = new Map<DoctorId, Person>()
    for (const doctor of wanted) {
      const sealed = sealedIn(found.right.get(doctor))
      const others = known.right.recordsOf(doctor).map((record) => sealedIn(found.right.get(record)))
      const name = await revealed(sealed.name, reveal)
      if (isLeft(name)) return name
      const hpr = await revealed(sealed.hpr ?? others.find((one) => one.hpr !== null)?.hpr ?? null, reveal)
      if (isLeft(hpr)) return hpr
      people.set(doctor, { name: name.right, hpr: hpr.right })
    }
    return right(people)
  }

const sealedIn = (
  row: DoctorEvidence | undefined,
): { readonly name: Personal | null; readonly hpr: Personal | null } => {
  let name: Personal | null = null
  let hpr: Personal | null = null
  for (const { event } of factsInForce(row?.history ?? [])) {
    if (event.type === 'DoctorRegistered') name = event.data.name
    else if (event.type === 'HprClaimed') hpr = event.data.hpr
  }
  return { name, hpr }
}

const revealed = async (
  personal: Personal | null,
  reveal: (personal: Personal) => TaskEither<VaultFailure, Revealed>,
): Promise<Either<VaultFailure, Revealed | null>> => (personal === null ? right(null) : reveal(personal)())

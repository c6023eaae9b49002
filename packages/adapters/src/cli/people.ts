// people.ts: names and numbers of doctors, out of the vault

import {
  type DoctorEvidence,
  type DoctorId,
  doctorEvidence,
  factsInForce,
  type Personal,
  type Register,
} from '@smagruppe/domain'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type { Failure } from './opening.ts'

/** What a doctor is called; null where nothing was claimed. */
export interface Person {
  readonly name: string | null
  readonly hpr: string | null
}

const forgotten = '(forgotten)'

/** The names and HPR numbers of these doctors. */
export const peopleOf = async (
  register: Register,
  doctors: ReadonlyArray<DoctorId>,
): Promise<Either<Failure, ReadonlyMap<DoctorId, Person>>> => {
  const rows = await register.rows.getMany(doctorEvidence, [...new Set(doctors)])()
  if (isLeft(rows)) return rows
  const people = new Map<DoctorId, Person>()
  for (const doctor of doctors) {
    const sealed = sealedIn(rows.right.get(doctor))
    const name = await revealed(register, sealed.name)
    if (isLeft(name)) return name
    const hpr = await revealed(register, sealed.hpr)
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

const revealed = async (register: Register, personal: Personal | null): Promise<Either<Failure, string | null>> => {
  if (personal === null) return right(null)
  const text = await register.reveal(personal)()
  if (isLeft(text)) return text
  return right(text.right._tag === 'Known' ? text.right.text : forgotten)
}

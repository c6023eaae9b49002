// people.ts: names and numbers of doctors, as tables show and explanations call them

import type { DoctorId, Language, Names, Register, Revealed } from '@smagruppe/domain'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type { Failure } from './opening.ts'
import { wordsOf } from './words.ts'

/** What a doctor is called; null where nothing was registered or claimed. */
export interface Called {
  readonly name: string | null
  readonly hpr: string | null
}

/** The names and HPR numbers of these doctors, with a word for what was erased. */
export const peopleOf = async (
  register: Register,
  doctors: ReadonlyArray<DoctorId>,
  forgotten = '(forgotten)',
): Promise<Either<Failure, ReadonlyMap<DoctorId, Called>>> => {
  const people = await register.people(doctors)()
  if (isLeft(people)) return people
  const shown = (revealed: Revealed | null): string | null =>
    revealed === null ? null : revealed._tag === 'Known' ? revealed.text : forgotten
  return right(
    new Map([...people.right].map(([doctor, { name, hpr }]) => [doctor, { name: shown(name), hpr: shown(hpr) }])),
  )
}

/** What an explanation calls a doctor of these: by name and number; by id where nothing was registered. */
export const calledBy =
  (people: ReadonlyMap<DoctorId, Called>, lang: Language): Names['doctor'] =>
  (id) => {
    const person = people.get(id)
    return `${person?.name ?? id} (HPR ${person?.hpr ?? wordsOf[lang].people.noNumber})`
  }

/** What an explanation calls these doctors, with their numbers, and any group. */
export const namesFor = async (
  register: Register,
  doctors: ReadonlyArray<DoctorId>,
  lang: Language,
): Promise<Either<Failure, Names>> => {
  const people = await peopleOf(register, doctors, wordsOf[lang].people.forgotten)
  if (isLeft(people)) return people
  const labels = await register.labels()
  if (isLeft(labels)) return labels
  return right({ doctor: calledBy(people.right, lang), group: labels.right.group })
}

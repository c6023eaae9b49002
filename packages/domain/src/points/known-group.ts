// known-group.ts: what the register knew of a group at a moment, of what was effective by a date

import type { GroupEvent } from '../group/group.ts'
import { factsKnown, type Question } from '../projections/as-known.ts'
import type { History } from '../projections/history.ts'
import type { Persons } from '../projections/persons.ts'
import type { DoctorId, GroupId } from '../values/identity.ts'
import type { LegalDate } from '../values/legal-date.ts'
import type { MunicipalityNumber } from '../values/municipality-number.ts'
import { compareText } from '../values/text.ts'
import { type FactReference, mergesBehind, referenceTo } from './fact-reference.ts'

/** A doctor's stay in a group: a member on `joined ≤ date < left`. */
export interface KnownStay {
  readonly doctor: DoctorId
  readonly joined: LegalDate
  readonly left: LegalDate | null
  readonly facts: ReadonlyArray<FactReference>
}

/** A signature that keeps the industry out: in force on `signed ≤ date < withdrawn`. */
export interface KnownDeclaration {
  readonly signedBy: DoctorId
  readonly signed: LegalDate
  readonly withdrawn: LegalDate | null
  readonly facts: ReadonlyArray<FactReference>
}

/** Where a group is, from a date on. */
interface KnownPlace {
  readonly from: LegalDate | null
  readonly municipality: MunicipalityNumber | null
}

/** The municipality that a group is in on a date, under the number that it was registered with. */
export const placeOn = ({ places }: KnownGroup, date: LegalDate): MunicipalityNumber | null =>
  places.findLast(({ from }) => from === null || from <= date)?.municipality ?? null

export interface KnownGroup {
  readonly id: GroupId
  /** What its reporter calls it; ids compare by this text. */
  readonly label: string
  /** From where its own years are counted; null while its registration is not known. */
  readonly registered: LegalDate | null
  /** Where it is, since when; null: from the beginning. In the order of the dates. */
  readonly places: ReadonlyArray<KnownPlace>
  readonly stays: ReadonlyArray<KnownStay>
  readonly declarations: ReadonlyArray<KnownDeclaration>
}

/** Stays and declarations as known. A leaving or withdrawal counts only once it is effective. */
export const groupKnown = (
  id: GroupId,
  history: History<GroupEvent>,
  question: Question,
  persons: Persons,
): KnownGroup => {
  let label: string = id
  let registered: LegalDate | null = null
  const places: KnownPlace[] = []
  const stays: KnownStay[] = []
  const declarations: KnownDeclaration[] = []
  const facts = factsKnown(history, question)
  for (const fact of facts) {
    if (fact.event.type === 'MemberJoined') {
      const { doctor, on } = fact.event.data
      if (on <= question.effectiveThrough) stays.push({ doctor, joined: on, left: null, facts: referenceTo(fact) })
    } else if (fact.event.type === 'IndustryFreeDeclared') {
      const { signedBy, on } = fact.event.data
      if (on <= question.effectiveThrough)
        declarations.push({ signedBy, signed: on, withdrawn: null, facts: referenceTo(fact) })
    } else if (fact.event.type === 'GroupRegistered') {
      label = fact.event.data.reference?.id ?? id
      registered = fact.event.data.on
      places.push({ from: null, municipality: fact.event.data.municipality })
    } else if (fact.event.type === 'GroupMoved') {
      const { on, municipality } = fact.event.data
      if (on <= question.effectiveThrough) places.push({ from: on, municipality })
    }
  }
  for (const fact of facts) {
    if (fact.event.type === 'MemberLeft') {
      const { doctor, joined, on } = fact.event.data
      if (on > question.effectiveThrough) continue
      const index = stays.findIndex((stay) => stay.doctor === doctor && stay.joined === joined)
      const stay = stays[index]
      if (stay !== undefined) stays[index] = { ...stay, left: on, facts: [...stay.facts, ...referenceTo(fact)] }
    } else if (fact.event.type === 'IndustryFreeWithdrawn') {
      const { signedBy, signed, on } = fact.event.data
      if (on > question.effectiveThrough) continue
      const index = declarations.findIndex((one) => one.signedBy === signedBy && one.signed === signed)
      const declaration = declarations[index]
      if (declaration !== undefined) {
        declarations[index] = { ...declaration, withdrawn: on, facts: [...declaration.facts, ...referenceTo(fact)] }
      }
    }
  }
  const personsStays = stays.map((stay) => ({
    ...stay,
    doctor: persons.standingFor(stay.doctor),
    facts: [...stay.facts, ...mergesBehind(stay.doctor, persons)],
  }))
  places.sort((one, other) => compareText(one.from ?? '', other.from ?? ''))
  return { id, label, registered, places, stays: personsStays, declarations }
}

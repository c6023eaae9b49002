// persons.ts: which records are of one person, as the authority merged them

import { type DoctorEvent, doctorEvents } from '../doctor/doctor-events.ts'
import type { FactInForce } from '../kernel/correction.ts'
import { typesOf } from '../kernel/event-catalogue.ts'
import { theBeginning } from '../kernel/instant.ts'
import type { Projection } from '../kernel/projection.ts'
import { DoctorId } from '../values/identity.ts'
import { compareText } from '../values/text.ts'
import { factsKnown, type Question } from './as-known.ts'
import { type History, streamHistory } from './history.ts'

/** Merges of records, and their undoing. Key: the id of the record that the others were merged into. */
export const doctorMerges: Projection<DoctorEvent, History<DoctorEvent>> = streamHistory(
  'doctor-merges',
  1,
  doctorEvents,
  typesOf(['DoctorsMerged', 'DoctorsUnmerged']),
)

/** Whose records are whose. That two are of one person has no date: it was so all along, and is known since it was recorded. */
export interface Persons {
  /** The record that stands for the person: the one that the others were merged into. Of a record never merged, itself. */
  readonly standingFor: (doctor: DoctorId) => DoctorId
  /** Every record of that person, the standing one first, then by id. */
  readonly recordsOf: (doctor: DoctorId) => ReadonlyArray<DoctorId>
  /** The facts by which these are one person's; none where there is one record. */
  readonly mergesOf: (doctor: DoctorId) => ReadonlyArray<FactInForce<DoctorEvent>>
}

type Merged = FactInForce<DoctorEvent> & { readonly event: { readonly type: 'DoctorsMerged' } }

interface Person {
  readonly standing: DoctorId
  readonly records: ReadonlyArray<DoctorId>
  readonly merges: ReadonlyArray<Merged>
}

/**
 * Persons as known at a moment. Being one person carries over: where A and B are one, and B and C, so are A and C, in whichever
 * order that became known, and a circle says nothing new.
 */
export const personsKnown = (
  rows: ReadonlyMap<string, History<DoctorEvent>>,
  question: Pick<Question, 'asKnownAt'>,
): Persons => {
  const persons = new Map<DoctorId, Person>()
  const personOf = (record: DoctorId): Person =>
    persons.get(record) ?? { standing: record, records: [record], merges: [] }
  for (const { into, absorbed, fact } of mergesInForce(rows, question)) {
    const [one, other] = [personOf(into), personOf(absorbed)]
    const isOne = one.standing === other.standing
    const { standing } = one
    const others = [...one.records, ...(isOne ? [] : other.records)].filter((record) => record !== standing)
    const records = [standing, ...others.sort(compareText)]
    const merges = [...one.merges, ...(isOne ? [] : other.merges), fact].sort(asTheyBecameKnown)
    const person = { standing, records, merges }
    for (const record of records) persons.set(record, person)
  }
  return {
    standingFor: (doctor) => personOf(doctor).standing,
    recordsOf: (doctor) => personOf(doctor).records,
    mergesOf: (doctor) => personOf(doctor).merges,
  }
}

interface Merge {
  readonly into: DoctorId
  readonly absorbed: DoctorId
  readonly fact: Merged
}

/** The merges that nobody undid, in the order in which they became known; of one moment by id, since streams have no order. */
const mergesInForce = (
  rows: ReadonlyMap<string, History<DoctorEvent>>,
  question: Pick<Question, 'asKnownAt'>,
): ReadonlyArray<Merge> => {
  const merges: Merge[] = []
  for (const [into, history] of rows) {
    if (!DoctorId.is(into)) continue
    const standing = new Map<DoctorId, Merge>()
    for (const fact of factsKnown(history, question)) {
      const { event } = fact
      if (event.type === 'DoctorsMerged') {
        const { absorbed } = event.data
        standing.set(absorbed, { into, absorbed, fact: { ...fact, event } })
      } else if (event.type === 'DoctorsUnmerged') standing.delete(event.data.absorbed)
    }
    merges.push(...standing.values())
  }
  return merges.sort((one, other) => asTheyBecameKnown(one.fact, other.fact))
}

const asTheyBecameKnown = (one: Merged, other: Merged): number =>
  compareText(one.knownSince, other.knownSince) || compareText(one.id, other.id)

/** Every record a person of its own. */
export const nobodyMerged: Persons = personsKnown(new Map(), { asKnownAt: theBeginning })

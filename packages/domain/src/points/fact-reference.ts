// fact-reference.ts: the facts that an answer rests on, by name

import type { DoctorEvent } from '../doctor/doctor-events.ts'
import type { GroupEvent } from '../group/group.ts'
import type { FactInForce } from '../kernel/correction.ts'
import type { EventId } from '../kernel/event.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Persons } from '../projections/persons.ts'
import type { SessionEvent } from '../session/session-events.ts'
import type { DoctorId } from '../values/identity.ts'

/** The names of the facts that points can rest on. */
export type FactName = (DoctorEvent | GroupEvent | SessionEvent)['type']

/** A fact that an answer rests on, with both its times. */
export interface FactReference {
  readonly id: EventId
  readonly type: FactName | `${FactName}Corrected`
  readonly knownSince: Instant
  readonly recordedAt: Instant
}

export const referenceTo = <F extends DoctorEvent | GroupEvent | SessionEvent>({
  id,
  event,
  knownSince,
  recordedAt,
  correctedBy,
}: FactInForce<F>): ReadonlyArray<FactReference> => [
  { id, type: event.type, knownSince, recordedAt },
  ...correctedBy.map((by) => ({
    id: by.id,
    type: `${event.type}Corrected` as const,
    knownSince: by.knownSince,
    recordedAt: by.recordedAt,
  })),
]

/** Why a record is its person's; nothing where it is the only one. */
export const mergesBehind = (doctor: DoctorId, persons: Persons): ReadonlyArray<FactReference> =>
  persons.mergesOf(doctor).flatMap(referenceTo)

// doctor-events.ts: what can happen to a doctor's record; who the person is, only the vault knows

import * as t from 'io-ts'
import { type EventOf, emptyCatalogue, eventType } from '../kernel/event-catalogue.ts'
import { DepartmentId, DoctorId } from '../values/identity.ts'
import { LegalDate } from '../values/legal-date.ts'
import { MunicipalityNumber } from '../values/municipality-number.ts'
import { Personal } from '../values/personal.ts'

// events: these names and fields are what is stored

/** What a doctor works as. One doctor can be both; `department-doctor` names the department. */
export const DoctorRole = t.union([t.literal('gp'), t.literal('hospital-doctor'), t.literal('department-doctor')])
export type DoctorRole = t.TypeOf<typeof DoctorRole>

/** `department` null: the role belongs to none. */
export const Role = { role: DoctorRole, department: t.union([DepartmentId, t.null]) }

export const doctorRegistered = eventType(
  'DoctorRegistered',
  t.strict({ name: Personal, municipality: t.union([MunicipalityNumber, t.null]) }),
)
/** The doctor says to be the holder of this number; two padded forms of one number are one claim. */
export const hprClaimed = eventType('HprClaimed', t.strict({ hpr: Personal }))
/** `from` null: for as long as the register can tell. */
export const roleStarted = eventType('RoleStarted', t.strict({ ...Role, from: t.union([LegalDate, t.null]) }))
/** The doctor no longer has the role from `on`. */
export const roleEnded = eventType('RoleEnded', t.strict({ ...Role, on: LegalDate }))
/** Resertification is counted from the anchor, five years at a time. */
export const periodOpened = eventType('PeriodOpened', t.strict({ anchor: LegalDate }))
/** The record `absorbed` is of the same person as this one, and always was; what was recorded of either stays where it is. */
export const doctorsMerged = eventType('DoctorsMerged', t.strict({ absorbed: DoctorId }))
/** The two records are of two persons after all. */
export const doctorsUnmerged = eventType('DoctorsUnmerged', t.strict({ absorbed: DoctorId }))

/** The catalogue of a doctor's events, each in every version ever stored. */
export const doctorEvents = emptyCatalogue
  .with(doctorRegistered)
  .with(hprClaimed)
  .with(roleStarted)
  .with(roleEnded)
  .with(periodOpened)
  .with(doctorsMerged)
  .with(doctorsUnmerged)

/** Everything that can have happened to a doctor, in the newest version of each. */
export type DoctorEvent =
  | EventOf<typeof doctorRegistered>
  | EventOf<typeof hprClaimed>
  | EventOf<typeof roleStarted>
  | EventOf<typeof roleEnded>
  | EventOf<typeof periodOpened>
  | EventOf<typeof doctorsMerged>
  | EventOf<typeof doctorsUnmerged>

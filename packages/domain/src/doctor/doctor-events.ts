// doctor-events.ts: what can happen to a doctor's record; who the person is, only the vault knows

import * as t from 'io-ts'
import { type EventOf, emptyCatalogue, eventType } from '../kernel/event-catalogue.ts'
import { ActivityId, DepartmentId, DoctorId } from '../values/identity.ts'
import { LegalDate } from '../values/legal-date.ts'
import { MunicipalityNumber } from '../values/municipality-number.ts'
import { Personal } from '../values/personal.ts'
import { Label } from '../values/text.ts'

const Months = t.refinement(t.Int, (months) => months >= 1 && months <= 600, 'a whole number of months from 1 to 600')

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
/**
 * Why a period is longer than the rules say. `leave` is any leave of absence: nothing of its reason is kept, illness least of all.
 */
export const ExtensionGround = t.union([
  t.literal('parental-leave'),
  t.literal('leave'),
  t.literal('military-service'),
  t.literal('public-office'),
  t.literal('other'),
])
export type ExtensionGround = t.TypeOf<typeof ExtensionGround>

/** By how many months a period is longer, or when it ends instead. */
export const Extension = t.union([t.readonly(t.strict({ months: Months })), t.readonly(t.strict({ to: LegalDate }))])
export type Extension = t.TypeOf<typeof Extension>

/** Whether the right that the period is about was renewed. */
export const PeriodOutcome = t.union([t.literal('renewed'), t.literal('not-renewed')])
export type PeriodOutcome = t.TypeOf<typeof PeriodOutcome>

/** The period that holds the day `period`, its first one as a rule, was made longer on the day `on`. */
export const periodExtended = eventType(
  'PeriodExtended',
  t.strict({ period: LegalDate, on: LegalDate, by: Extension, ground: ExtensionGround }),
)
/** The authority's decision on the period that holds the day `period`. Never a sum. */
export const periodDecided = eventType(
  'PeriodDecided',
  t.strict({ period: LegalDate, on: LegalDate, outcome: PeriodOutcome }),
)
/** The doctor complains of the decision on that period. */
export const complaintFiled = eventType('ComplaintFiled', t.strict({ period: LegalDate, on: LegalDate }))
/** The complaint is right: the decision no longer stands, and another is to be made. */
export const complaintUpheld = eventType('ComplaintUpheld', t.strict({ period: LegalDate, on: LegalDate }))
/** The complaint is not followed: the decision stands. */
export const complaintRejected = eventType('ComplaintRejected', t.strict({ period: LegalDate, on: LegalDate }))
/** From `on` the doctor trains for the specialty: what counts then is used there, and nowhere else. */
export const trainingStarted = eventType('SpecialistTrainingStarted', t.strict({ on: LegalDate }))
/** The training ended with the specialty. */
export const specialtyGranted = eventType('SpecialtyGranted', t.strict({ on: LegalDate }))
/** The training ended without it. */
export const trainingLeft = eventType('SpecialistTrainingLeft', t.strict({ on: LegalDate }))

const Halves = t.refinement(
  t.number,
  (points) => Number.isInteger(points * 2) && points >= 0 && points <= 1_000,
  'points from 0 to 1000, whole or half',
)
/** A day of work, and the points that it was approved with. Work of several days is an activity a day. */
const Work = { on: LegalDate, points: Halves }
const kind = <Kind extends string, Fields extends t.Props>(name: Kind, fields: Fields) =>
  t.readonly(t.strict({ kind: t.literal(name), ...Work, ...fields }))

/**
 * What a doctor did for the programme besides small groups. `subject` is an area of the profession and never a person; of a course of
 * several days `on` is its last. A colleague is a doctor's id, of this register or not.
 */
export const Activity = t.union([
  kind('course', {
    subject: Label,
    course: t.union([t.literal('clinical'), t.literal('acute-medicine'), t.literal('other')]),
    form: t.union([t.literal('in-person'), t.literal('online')]),
  }),
  kind('practice-visit', { colleague: DoctorId }),
  kind('observership', { department: t.union([DepartmentId, t.null]) }),
  kind('clinic-day', { country: t.union([t.literal('norway'), t.literal('abroad')]) }),
  kind('intern-supervision', {}),
  kind('elective', {}),
])
export type Activity = t.TypeOf<typeof Activity>

export const activityRecorded = eventType('ActivityRecorded', t.strict({ activity: ActivityId, what: Activity }))
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
  .with(periodExtended)
  .with(periodDecided)
  .with(complaintFiled)
  .with(complaintUpheld)
  .with(complaintRejected)
  .with(trainingStarted)
  .with(specialtyGranted)
  .with(trainingLeft)
  .with(activityRecorded)
  .with(doctorsMerged)
  .with(doctorsUnmerged)

/** Everything that can have happened to a doctor's periods. */
export type PeriodEvent =
  | EventOf<typeof periodOpened>
  | EventOf<typeof periodExtended>
  | EventOf<typeof periodDecided>
  | EventOf<typeof complaintFiled>
  | EventOf<typeof complaintUpheld>
  | EventOf<typeof complaintRejected>

/** Everything that can have happened to a doctor, in the newest version of each. */
export type DoctorEvent =
  | EventOf<typeof doctorRegistered>
  | EventOf<typeof hprClaimed>
  | EventOf<typeof roleStarted>
  | EventOf<typeof roleEnded>
  | PeriodEvent
  | EventOf<typeof trainingStarted>
  | EventOf<typeof specialtyGranted>
  | EventOf<typeof trainingLeft>
  | EventOf<typeof activityRecorded>
  | EventOf<typeof doctorsMerged>
  | EventOf<typeof doctorsUnmerged>

/** What a fact of that type says. */
export type DataOf<Type extends DoctorEvent['type']> = Extract<DoctorEvent, { readonly type: Type }>['data']

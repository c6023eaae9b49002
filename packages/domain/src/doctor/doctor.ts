// doctor.ts: a doctor's record, from its registration; who the person is, only the vault knows

import { saysTheSame } from '../kernel/canonical.ts'
import { accept, type Context, type Decider, type Decision, nothing, refuse } from '../kernel/decider.ts'
import type { ActivityId, DepartmentId, DoctorId } from '../values/identity.ts'
import type { LegalDate } from '../values/legal-date.ts'
import { personal } from '../values/personal.ts'
import type { DoctorCommand } from './doctor-commands.ts'
import {
  activityRecorded,
  type DataOf,
  type DoctorEvent,
  type DoctorRole,
  doctorRegistered,
  doctorsMerged,
  doctorsUnmerged,
  hprClaimed,
  roleEnded,
  roleStarted,
  specialtyGranted,
  trainingLeft,
  trainingStarted,
} from './doctor-events.ts'
import {
  decidePeriods,
  endsTooLate,
  evolvePeriods,
  noPeriods,
  notForThisActor,
  type PeriodRefusal,
  type Periods,
  unlessTheAuthority,
  unlessTheAuthorityOrAnImporter,
} from './doctor-periods.ts'

// state: what a decision needs to know, and no more

interface HeldRole {
  readonly role: DoctorRole
  readonly department: DepartmentId | null
  /** Null: since always. */
  readonly from: LegalDate | null
}

/** A doctor's record as decisions see it: nothing of the person, only what was claimed and opened. */
export type Doctor =
  | { readonly stage: 'unknown' }
  | {
      readonly stage: 'registered'
      readonly claimed: boolean
      readonly roles: ReadonlyArray<HeldRole>
      readonly periods: Periods
      /** Since when the doctor trains for the specialty; null: not now. */
      readonly trainingSince: LegalDate | null
      readonly activities: ReadonlyArray<DataOf<'ActivityRecorded'>>
      /** The records that were merged into this one. */
      readonly absorbed: ReadonlyArray<DoctorId>
    }

export const evolve = (doctor: Doctor, event: DoctorEvent): Doctor => {
  if (event.type === 'DoctorRegistered') {
    return doctor.stage === 'unknown'
      ? {
          stage: 'registered',
          claimed: false,
          roles: [],
          periods: noPeriods,
          trainingSince: null,
          activities: [],
          absorbed: [],
        }
      : doctor
  }
  if (doctor.stage === 'unknown') return doctor
  switch (event.type) {
    case 'HprClaimed':
      return { ...doctor, claimed: true }
    case 'RoleStarted':
      return { ...doctor, roles: [...doctor.roles, event.data] }
    case 'RoleEnded':
      return { ...doctor, roles: doctor.roles.filter((held) => !isSameRole(held, event.data)) }
    case 'SpecialistTrainingStarted':
      return { ...doctor, trainingSince: event.data.on }
    case 'SpecialtyGranted':
    case 'SpecialistTrainingLeft':
      return { ...doctor, trainingSince: null }
    case 'ActivityRecorded':
      return { ...doctor, activities: [...doctor.activities, event.data] }
    case 'DoctorsMerged':
      return { ...doctor, absorbed: [...without(doctor.absorbed, event.data.absorbed), event.data.absorbed] }
    case 'DoctorsUnmerged':
      return { ...doctor, absorbed: without(doctor.absorbed, event.data.absorbed) }
    default:
      return { ...doctor, periods: evolvePeriods(doctor.periods, event) }
  }
}

const isSameRole = (one: Omit<HeldRole, 'from'>, other: Omit<HeldRole, 'from'>): boolean =>
  one.role === other.role && one.department === other.department

const without = (absorbed: ReadonlyArray<DoctorId>, one: DoctorId): ReadonlyArray<DoctorId> =>
  absorbed.filter((other) => other !== one)

// decisions: one switch onto named functions

/** Why a command of a doctor is refused, with what says more. */
export type DoctorRefusal =
  | { readonly _tag: 'DoctorAlreadyRegistered'; readonly doctor: DoctorId }
  | { readonly _tag: 'DoctorUnknown'; readonly doctor: DoctorId }
  | { readonly _tag: 'HprClaimedAlready'; readonly doctor: DoctorId }
  | { readonly _tag: 'RoleNotHeld'; readonly role: DoctorRole }
  | { readonly _tag: 'RoleEndsBeforeItBegins'; readonly role: DoctorRole; readonly from: LegalDate }
  | { readonly _tag: 'DoctorIntoItself'; readonly doctor: DoctorId }
  /** The two are one person's already; `into` stands for that person. Found out by the register, over several records. */
  | { readonly _tag: 'DoctorMergedAlready'; readonly doctor: DoctorId; readonly into: DoctorId }
  | { readonly _tag: 'DoctorNotMerged'; readonly absorbed: DoctorId }
  | { readonly _tag: 'InTrainingAlready'; readonly since: LegalDate }
  | { readonly _tag: 'NotInTraining'; readonly on: LegalDate }
  | { readonly _tag: 'ActivityRecordedOtherwise'; readonly activity: ActivityId }
  | { readonly _tag: 'VisitToOneself'; readonly doctor: DoctorId }
  | PeriodRefusal

type DoctorDecision = Decision<DoctorEvent, DoctorRefusal>
type Registered = Exclude<Doctor, { readonly stage: 'unknown' }>
type Asked<Type extends DoctorCommand['type']> = Extract<DoctorCommand, { readonly type: Type }>['data']

export const decide =
  (asked: DoctorCommand, context: Context) =>
  (doctor: Doctor): DoctorDecision => {
    if (asked.type === 'RegisterDoctor') return registerDoctor(asked.data, doctor)
    if (doctor.stage === 'unknown') return refuse({ _tag: 'DoctorUnknown', doctor: asked.data.doctor })
    switch (asked.type) {
      case 'ClaimHpr':
        return claimHpr(asked.data, doctor)
      case 'StartRole':
        return startRole(asked.data, doctor)
      case 'EndRole':
        return endRole(asked.data, doctor)
      case 'StartSpecialistTraining':
        return startTraining(asked.data, doctor)
      case 'GrantSpecialty':
        return grantSpecialty(asked.data, doctor, context)
      case 'LeaveSpecialistTraining':
        return endTraining(asked.data, doctor, trainingLeft.of)
      case 'RecordActivity':
        return recordActivity(asked.data, doctor)
      case 'MergeDoctors':
        return mergeDoctors(asked.data, doctor, context)
      case 'UnmergeDoctors':
        return unmergeDoctors(asked.data, doctor, context)
      default:
        return decidePeriods(asked, doctor.periods, context)
    }
  }

const registerDoctor = ({ doctor: id, name, municipality }: Asked<'RegisterDoctor'>, doctor: Doctor): DoctorDecision =>
  doctor.stage === 'unknown'
    ? accept(doctorRegistered.of({ name: personal(id, name), municipality }))
    : refuse({ _tag: 'DoctorAlreadyRegistered', doctor: id })

const claimHpr = ({ doctor: id, hpr }: Asked<'ClaimHpr'>, doctor: Registered): DoctorDecision =>
  doctor.claimed ? refuse({ _tag: 'HprClaimedAlready', doctor: id }) : accept(hprClaimed.of({ hpr: personal(id, hpr) }))

const startRole = ({ role, department, from }: Asked<'StartRole'>, doctor: Registered): DoctorDecision =>
  doctor.roles.some((held) => isSameRole(held, { role, department }))
    ? nothing
    : accept(roleStarted.of({ role, department, from }))

const endRole = ({ role, department, on }: Asked<'EndRole'>, doctor: Registered): DoctorDecision => {
  const held = doctor.roles.find((one) => isSameRole(one, { role, department }))
  if (held === undefined) return refuse({ _tag: 'RoleNotHeld', role })
  return held.from === null || held.from <= on
    ? accept(roleEnded.of({ role, department, on }))
    : refuse({ _tag: 'RoleEndsBeforeItBegins', role, from: held.from })
}

const startTraining = ({ on }: Asked<'StartSpecialistTraining'>, { trainingSince }: Registered): DoctorDecision =>
  trainingSince === null
    ? accept(trainingStarted.of({ on }))
    : trainingSince === on
      ? nothing
      : refuse({ _tag: 'InTrainingAlready', since: trainingSince })

/** Only the authority grants a specialty; an importer brings in that it was granted. */
const grantSpecialty = (data: Asked<'GrantSpecialty'>, doctor: Registered, { actor }: Context): DoctorDecision => {
  const refusal = unlessTheAuthorityOrAnImporter(actor)
  return refusal === null ? endTraining(data, doctor, specialtyGranted.of) : refuse(refusal)
}

const endTraining = (
  { on }: Asked<'GrantSpecialty' | 'LeaveSpecialistTraining'>,
  { trainingSince }: Registered,
  ended: (data: { readonly on: LegalDate }) => DoctorEvent,
): DoctorDecision =>
  trainingSince === null || on <= trainingSince ? refuse({ _tag: 'NotInTraining', on }) : accept(ended({ on }))

const recordActivity = (
  { doctor: id, activity, what }: Asked<'RecordActivity'>,
  doctor: Registered,
): DoctorDecision => {
  const before = doctor.activities.find((one) => one.activity === activity)
  const recorded = activityRecorded.of({ activity, what })
  if (before !== undefined)
    return saysTheSame(before, recorded.data) ? nothing : refuse({ _tag: 'ActivityRecordedOtherwise', activity })
  return what.kind === 'practice-visit' && what.colleague === id
    ? refuse({ _tag: 'VisitToOneself', doctor: id })
    : accept(recorded)
}

/** Whether the other record is there, and not merged with another, its stream cannot tell: the register looks before it asks. */
const mergeDoctors = (
  { doctor: id, absorbed }: Asked<'MergeDoctors'>,
  doctor: Registered,
  { actor }: Context,
): DoctorDecision => {
  const refusal = unlessTheAuthority(actor)
  if (refusal !== null) return refuse(refusal)
  if (absorbed === id) return refuse({ _tag: 'DoctorIntoItself', doctor: id })
  return doctor.absorbed.includes(absorbed) ? nothing : accept(doctorsMerged.of({ absorbed }))
}

const unmergeDoctors = (
  { absorbed }: Asked<'UnmergeDoctors'>,
  doctor: Registered,
  { actor }: Context,
): DoctorDecision => {
  const refusal = unlessTheAuthority(actor)
  if (refusal !== null) return refuse(refusal)
  return doctor.absorbed.includes(absorbed)
    ? accept(doctorsUnmerged.of({ absorbed }))
    : refuse({ _tag: 'DoctorNotMerged', absorbed })
}

/** A doctor's record as a decider: its stream is `doctor-<DoctorId>`. */
export const doctor: Decider<Doctor, DoctorCommand, DoctorEvent, DoctorRefusal> = {
  initial: { stage: 'unknown' },
  decide,
  evolve,
  mayCorrect: (type, meant, { actor }) => {
    switch (type) {
      case 'DoctorsMerged':
      case 'DoctorsUnmerged':
        return unlessTheAuthority(actor)
      case 'SpecialtyGranted':
        return unlessTheAuthorityOrAnImporter(actor)
      case 'PeriodExtended':
        return notForThisActor(type, actor) ?? (meant?.type === type ? endsTooLate(meant.data) : null)
      case 'PeriodOpened':
      case 'PeriodDecided':
      case 'ComplaintFiled':
      case 'ComplaintUpheld':
      case 'ComplaintRejected':
        return notForThisActor(type, actor)
      default:
        return null
    }
  },
}

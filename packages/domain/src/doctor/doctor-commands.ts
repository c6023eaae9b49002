// doctor-commands.ts: what can be asked of a doctor's record

import * as t from 'io-ts'
import { type Commands, command } from '../kernel/command.ts'
import { HprNumber } from '../values/hpr-number.ts'
import { ActivityId, DoctorId } from '../values/identity.ts'
import { LegalDate } from '../values/legal-date.ts'
import { MunicipalityNumber } from '../values/municipality-number.ts'
import { Text } from '../values/text.ts'
import { Activity, Extension, ExtensionGround, PeriodOutcome, Role } from './doctor-events.ts'

export const RegisterDoctor = command('RegisterDoctor', {
  doctor: DoctorId,
  name: Text,
  municipality: t.union([MunicipalityNumber, t.null]),
})
export const ClaimHpr = command('ClaimHpr', { doctor: DoctorId, hpr: HprNumber })
export const StartRole = command('StartRole', { doctor: DoctorId, ...Role, from: t.union([LegalDate, t.null]) })
export const EndRole = command('EndRole', { doctor: DoctorId, ...Role, on: LegalDate })
export const OpenPeriod = command('OpenPeriod', { doctor: DoctorId, anchor: LegalDate })
/** A period is named by a day in it, its first as a rule. */
const OfPeriod = { doctor: DoctorId, period: LegalDate, on: LegalDate }
export const ExtendPeriod = command('ExtendPeriod', { ...OfPeriod, by: Extension, ground: ExtensionGround })
export const DecidePeriod = command('DecidePeriod', { ...OfPeriod, outcome: PeriodOutcome })
export const FileComplaint = command('FileComplaint', OfPeriod)
/** The decision falls, and the authority decides anew. */
export const UpholdComplaint = command('UpholdComplaint', OfPeriod)
export const RejectComplaint = command('RejectComplaint', OfPeriod)
export const StartSpecialistTraining = command('StartSpecialistTraining', { doctor: DoctorId, on: LegalDate })
export const GrantSpecialty = command('GrantSpecialty', { doctor: DoctorId, on: LegalDate })
export const LeaveSpecialistTraining = command('LeaveSpecialistTraining', { doctor: DoctorId, on: LegalDate })
/** Says what a doctor did for the programme; `activity` is a new id, by which it is said once. */
export const RecordActivity = command('RecordActivity', { doctor: DoctorId, activity: ActivityId, what: Activity })
/** Says that two records are of one person; this one stands for both. */
export const MergeDoctors = command('MergeDoctors', { doctor: DoctorId, absorbed: DoctorId })
/** Says that two records which were merged are of two persons. */
export const UnmergeDoctors = command('UnmergeDoctors', { doctor: DoctorId, absorbed: DoctorId })

/** Everything that can be asked of a doctor's periods. */
export type PeriodCommand =
  | t.TypeOf<typeof OpenPeriod>
  | t.TypeOf<typeof ExtendPeriod>
  | t.TypeOf<typeof DecidePeriod>
  | t.TypeOf<typeof FileComplaint>
  | t.TypeOf<typeof UpholdComplaint>
  | t.TypeOf<typeof RejectComplaint>

/** Everything that can be asked of a doctor. */
export type DoctorCommand =
  | t.TypeOf<typeof RegisterDoctor>
  | t.TypeOf<typeof ClaimHpr>
  | t.TypeOf<typeof StartRole>
  | t.TypeOf<typeof EndRole>
  | PeriodCommand
  | t.TypeOf<typeof StartSpecialistTraining>
  | t.TypeOf<typeof GrantSpecialty>
  | t.TypeOf<typeof LeaveSpecialistTraining>
  | t.TypeOf<typeof RecordActivity>
  | t.TypeOf<typeof MergeDoctors>
  | t.TypeOf<typeof UnmergeDoctors>

/** The codecs of a doctor's commands, by type: untrusted JSON is read by them. */
export const doctorCommands: Commands<DoctorCommand> = {
  RegisterDoctor,
  ClaimHpr,
  StartRole,
  EndRole,
  OpenPeriod,
  ExtendPeriod,
  DecidePeriod,
  FileComplaint,
  UpholdComplaint,
  RejectComplaint,
  StartSpecialistTraining,
  GrantSpecialty,
  LeaveSpecialistTraining,
  RecordActivity,
  MergeDoctors,
  UnmergeDoctors,
}

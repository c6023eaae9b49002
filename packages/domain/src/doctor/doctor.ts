// doctor.ts: a doctor's record, from its registration; who the person is, only the vault knows

import * as t from 'io-ts'
import { type Commands, command } from '../kernel/command.ts'
import { accept, type Context, type Decider, type Decision, nothing, refuse } from '../kernel/decider.ts'
import type { Actor } from '../kernel/event.ts'
import { type EventOf, emptyCatalogue, eventType } from '../kernel/event-catalogue.ts'
import { isAuthority, isImporter } from '../values/actor-role.ts'
import { HprNumber } from '../values/hpr-number.ts'
import { DepartmentId, DoctorId } from '../values/identity.ts'
import { LegalDate } from '../values/legal-date.ts'
import { MunicipalityNumber } from '../values/municipality-number.ts'
import { Personal, personal } from '../values/personal.ts'
import { Text } from '../values/text.ts'

// events: these names and fields are what is stored

/** What a doctor works as. One doctor can be both; `department-doctor` names the department. */
export const DoctorRole = t.union([t.literal('gp'), t.literal('hospital-doctor'), t.literal('department-doctor')])
export type DoctorRole = t.TypeOf<typeof DoctorRole>

/** `from` null: for as long as the register can tell. `department` null: the role belongs to none. */
const Role = { role: DoctorRole, department: t.union([DepartmentId, t.null]) }

export const doctorRegistered = eventType(
  'DoctorRegistered',
  t.strict({ name: Personal, municipality: t.union([MunicipalityNumber, t.null]) }),
)
/** The doctor says to be the holder of this number; two padded forms of one number are one claim. */
export const hprClaimed = eventType('HprClaimed', t.strict({ hpr: Personal }))
export const roleStarted = eventType('RoleStarted', t.strict({ ...Role, from: t.union([LegalDate, t.null]) }))
/** The doctor no longer has the role from `on`. */
export const roleEnded = eventType('RoleEnded', t.strict({ ...Role, on: LegalDate }))
/** Resertification is counted from the anchor, five years at a time. */
export const periodOpened = eventType('PeriodOpened', t.strict({ anchor: LegalDate }))

/** The catalogue of a doctor's events, each in every version ever stored. */
export const doctorEvents = emptyCatalogue
  .with(doctorRegistered)
  .with(hprClaimed)
  .with(roleStarted)
  .with(roleEnded)
  .with(periodOpened)

/** Everything that can have happened to a doctor, in the newest version of each. */
export type DoctorEvent =
  | EventOf<typeof doctorRegistered>
  | EventOf<typeof hprClaimed>
  | EventOf<typeof roleStarted>
  | EventOf<typeof roleEnded>
  | EventOf<typeof periodOpened>

// state: what a decision needs to know, and no more

interface HeldRole {
  readonly role: DoctorRole
  readonly department: DepartmentId | null
}

/** A doctor's record as decisions see it: nothing of the person, only what was claimed and opened. */
export type Doctor =
  | { readonly stage: 'unknown' }
  | {
      readonly stage: 'registered'
      readonly claimed: boolean
      readonly roles: ReadonlyArray<HeldRole>
      readonly anchor: LegalDate | null
    }

export const evolve = (doctor: Doctor, event: DoctorEvent): Doctor => {
  if (event.type === 'DoctorRegistered') {
    return doctor.stage === 'unknown' ? { stage: 'registered', claimed: false, roles: [], anchor: null } : doctor
  }
  if (doctor.stage === 'unknown') return doctor
  switch (event.type) {
    case 'HprClaimed':
      return { ...doctor, claimed: true }
    case 'RoleStarted':
      return { ...doctor, roles: [...doctor.roles, { role: event.data.role, department: event.data.department }] }
    case 'RoleEnded':
      return { ...doctor, roles: doctor.roles.filter((held) => !isSameRole(held, event.data)) }
    case 'PeriodOpened':
      return { ...doctor, anchor: event.data.anchor }
  }
}

const isSameRole = (one: HeldRole, other: HeldRole): boolean =>
  one.role === other.role && one.department === other.department

// commands: data that may come from outside

export const RegisterDoctor = command('RegisterDoctor', {
  doctor: DoctorId,
  name: Text,
  municipality: t.union([MunicipalityNumber, t.null]),
})
export const ClaimHpr = command('ClaimHpr', { doctor: DoctorId, hpr: HprNumber })
export const StartRole = command('StartRole', { doctor: DoctorId, ...Role, from: t.union([LegalDate, t.null]) })
export const EndRole = command('EndRole', { doctor: DoctorId, ...Role, on: LegalDate })
export const OpenPeriod = command('OpenPeriod', { doctor: DoctorId, anchor: LegalDate })

/** Everything that can be asked of a doctor. */
export type DoctorCommand =
  | t.TypeOf<typeof RegisterDoctor>
  | t.TypeOf<typeof ClaimHpr>
  | t.TypeOf<typeof StartRole>
  | t.TypeOf<typeof EndRole>
  | t.TypeOf<typeof OpenPeriod>

/** The codecs of a doctor's commands, by type: untrusted JSON is read by them. */
export const doctorCommands: Commands<DoctorCommand> = { RegisterDoctor, ClaimHpr, StartRole, EndRole, OpenPeriod }

// decisions: one switch onto named functions

/** Why a command of a doctor is refused, with what says more. */
export type DoctorRefusal =
  | { readonly _tag: 'DoctorAlreadyRegistered'; readonly doctor: DoctorId }
  | { readonly _tag: 'DoctorUnknown'; readonly doctor: DoctorId }
  | { readonly _tag: 'HprClaimedAlready'; readonly doctor: DoctorId }
  | { readonly _tag: 'RoleNotHeld'; readonly role: DoctorRole }
  | { readonly _tag: 'PeriodOpenedAlready'; readonly anchor: LegalDate }
  | { readonly _tag: 'NotForThisActor'; readonly role: string; readonly needed: string }

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
      case 'OpenPeriod':
        return openPeriod(asked.data, doctor, context)
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

const endRole = ({ role, department, on }: Asked<'EndRole'>, doctor: Registered): DoctorDecision =>
  doctor.roles.some((held) => isSameRole(held, { role, department }))
    ? accept(roleEnded.of({ role, department, on }))
    : refuse({ _tag: 'RoleNotHeld', role })

/** Only the authority opens a period; an importer brings in that it was opened. */
const openPeriod = ({ anchor }: Asked<'OpenPeriod'>, doctor: Registered, { actor }: Context): DoctorDecision => {
  const refusal = notForThisActor(actor)
  if (refusal !== null) return refuse(refusal)
  if (doctor.anchor === anchor) return nothing
  return doctor.anchor === null
    ? accept(periodOpened.of({ anchor }))
    : refuse({ _tag: 'PeriodOpenedAlready', anchor: doctor.anchor })
}

const notForThisActor = (actor: Actor): DoctorRefusal | null =>
  isAuthority(actor) || isImporter(actor) ? null : { _tag: 'NotForThisActor', role: actor.role, needed: 'authority' }

/** A doctor's record as a decider: its stream is `doctor-<DoctorId>`. */
export const doctor: Decider<Doctor, DoctorCommand, DoctorEvent, DoctorRefusal> = {
  initial: { stage: 'unknown' },
  decide,
  evolve,
  mayCorrect: (type, _meant, { actor }) => (type === 'PeriodOpened' ? notForThisActor(actor) : null),
}

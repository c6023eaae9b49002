// group.ts: a small group, from its registration to its end

import * as t from 'io-ts'
import { type Commands, command } from '../kernel/command.ts'
import { accept, type Context, type Decider, type Decision, nothing, refuse } from '../kernel/decider.ts'
import type { Actor } from '../kernel/event.ts'
import { type EventOf, emptyCatalogue, eventType } from '../kernel/event-catalogue.ts'
import { isImporter } from '../values/actor-role.ts'
import { DoctorId, GroupId, Reference } from '../values/identity.ts'
import { isDuring, LegalDate } from '../values/legal-date.ts'
import { MunicipalityNumber } from '../values/municipality-number.ts'
import { Text } from '../values/text.ts'

// events: these names and fields are what is stored

export const groupRegistered = eventType(
  'GroupRegistered',
  t.strict({
    name: Text,
    municipality: t.union([MunicipalityNumber, t.null]),
    on: LegalDate,
    reference: t.union([Reference, t.null]),
  }),
)
export const memberJoined = eventType('MemberJoined', t.strict({ doctor: DoctorId, on: LegalDate }))
/** Ends the stay that began on `joined`; the doctor is no member from `on`. */
export const memberLeft = eventType('MemberLeft', t.strict({ doctor: DoctorId, joined: LegalDate, on: LegalDate }))
export const contactPersonAppointed = eventType('ContactPersonAppointed', t.strict({ doctor: DoctorId, on: LegalDate }))
export const groupMoved = eventType('GroupMoved', t.strict({ municipality: MunicipalityNumber, on: LegalDate }))
export const industryFreeDeclared = eventType('IndustryFreeDeclared', t.strict({ signedBy: DoctorId, on: LegalDate }))
/** Ends the declaration that was signed on `signed` by that doctor; it is not in force from `on`. */
export const industryFreeWithdrawn = eventType(
  'IndustryFreeWithdrawn',
  t.strict({ signedBy: DoctorId, signed: LegalDate, on: LegalDate }),
)
export const groupClosed = eventType('GroupClosed', t.strict({ on: LegalDate }))

/** The catalogue of a group's events, each in every version ever stored. */
export const groupEvents = emptyCatalogue
  .with(groupRegistered)
  .with(memberJoined)
  .with(memberLeft)
  .with(contactPersonAppointed)
  .with(groupMoved)
  .with(industryFreeDeclared)
  .with(industryFreeWithdrawn)
  .with(groupClosed)

/** Everything that can have happened to a group, in the newest version of each. */
export type GroupEvent =
  | EventOf<typeof groupRegistered>
  | EventOf<typeof memberJoined>
  | EventOf<typeof memberLeft>
  | EventOf<typeof contactPersonAppointed>
  | EventOf<typeof groupMoved>
  | EventOf<typeof industryFreeDeclared>
  | EventOf<typeof industryFreeWithdrawn>
  | EventOf<typeof groupClosed>

// state: what a decision needs to know, and no more

interface Stay {
  readonly doctor: DoctorId
  readonly joined: LegalDate
  readonly left: LegalDate | null
}

interface Declaration {
  readonly signedBy: DoctorId
  readonly signed: LegalDate
  readonly withdrawn: LegalDate | null
}

/** A small group as decisions see it, by the stage it is in. */
export type Group =
  | { readonly stage: 'unknown' }
  | {
      readonly stage: 'active' | 'closed'
      readonly stays: ReadonlyArray<Stay>
      readonly declarations: ReadonlyArray<Declaration>
      readonly contact: DoctorId | null
      readonly municipality: MunicipalityNumber | null
    }

export const evolve = (group: Group, event: GroupEvent): Group => {
  if (event.type === 'GroupRegistered') {
    return group.stage === 'unknown'
      ? { stage: 'active', stays: [], declarations: [], contact: null, municipality: event.data.municipality }
      : { ...group, municipality: event.data.municipality }
  }
  if (group.stage === 'unknown') return group
  switch (event.type) {
    case 'MemberJoined': {
      const { doctor, on } = event.data
      return { ...group, stays: [...group.stays, { doctor, joined: on, left: null }] }
    }
    case 'MemberLeft': {
      const { doctor, joined, on } = event.data
      return {
        ...group,
        stays: group.stays.map((stay) =>
          stay.doctor === doctor && stay.joined === joined ? { ...stay, left: on } : stay,
        ),
      }
    }
    case 'ContactPersonAppointed':
      return { ...group, contact: event.data.doctor }
    case 'GroupMoved':
      return { ...group, municipality: event.data.municipality }
    case 'IndustryFreeDeclared': {
      const { signedBy, on } = event.data
      return { ...group, declarations: [...group.declarations, { signedBy, signed: on, withdrawn: null }] }
    }
    case 'IndustryFreeWithdrawn': {
      const { signedBy, signed, on } = event.data
      const declarations = group.declarations.map((one) =>
        one.signedBy === signedBy && one.signed === signed ? { ...one, withdrawn: on } : one,
      )
      return { ...group, declarations }
    }
    case 'GroupClosed':
      return { ...group, stage: 'closed' }
  }
}

// commands: data that may come from outside

export const RegisterGroup = command('RegisterGroup', {
  group: GroupId,
  name: Text,
  municipality: t.union([MunicipalityNumber, t.null]),
  on: LegalDate,
  reference: t.union([Reference, t.null]),
})
export const AddMember = command('AddMember', { group: GroupId, doctor: DoctorId, on: LegalDate })
export const EndMembership = command('EndMembership', {
  group: GroupId,
  doctor: DoctorId,
  joined: LegalDate,
  on: LegalDate,
})
export const AppointContactPerson = command('AppointContactPerson', { group: GroupId, doctor: DoctorId, on: LegalDate })
export const MoveGroup = command('MoveGroup', { group: GroupId, municipality: MunicipalityNumber, on: LegalDate })
export const DeclareIndustryFree = command('DeclareIndustryFree', { group: GroupId, by: DoctorId, on: LegalDate })
export const WithdrawIndustryFree = command('WithdrawIndustryFree', {
  group: GroupId,
  signedBy: DoctorId,
  signed: LegalDate,
  on: LegalDate,
})
export const CloseGroup = command('CloseGroup', { group: GroupId, on: LegalDate })

/** Everything that can be asked of a group. */
export type GroupCommand =
  | t.TypeOf<typeof RegisterGroup>
  | t.TypeOf<typeof AddMember>
  | t.TypeOf<typeof EndMembership>
  | t.TypeOf<typeof AppointContactPerson>
  | t.TypeOf<typeof MoveGroup>
  | t.TypeOf<typeof DeclareIndustryFree>
  | t.TypeOf<typeof WithdrawIndustryFree>
  | t.TypeOf<typeof CloseGroup>

/** The codecs of a group's commands, by type: untrusted JSON is read by them. */
export const groupCommands: Commands<GroupCommand> = {
  RegisterGroup,
  AddMember,
  EndMembership,
  AppointContactPerson,
  MoveGroup,
  DeclareIndustryFree,
  WithdrawIndustryFree,
  CloseGroup,
}

// decisions: one switch onto named functions

/** Why a command of a group is refused, with what says more. */
export type GroupRefusal =
  | { readonly _tag: 'GroupAlreadyRegistered'; readonly group: GroupId }
  | { readonly _tag: 'GroupNotActive'; readonly group: GroupId; readonly stage: Group['stage'] }
  | { readonly _tag: 'AlreadyAMember'; readonly doctor: DoctorId; readonly on: LegalDate }
  | { readonly _tag: 'NotAMember'; readonly doctor: DoctorId; readonly on: LegalDate }
  | { readonly _tag: 'MembershipEndedAlready'; readonly doctor: DoctorId; readonly on: LegalDate }
  | { readonly _tag: 'LeftBeforeJoined'; readonly joined: LegalDate; readonly on: LegalDate }
  | { readonly _tag: 'NoSuchDeclaration'; readonly signedBy: DoctorId; readonly signed: LegalDate }
  | { readonly _tag: 'WithdrawnAlready'; readonly on: LegalDate }

type GroupDecision = Decision<GroupEvent, GroupRefusal>
type Active = Exclude<Group, { readonly stage: 'unknown' }>
type Asked<Type extends GroupCommand['type']> = Extract<GroupCommand, { readonly type: Type }>['data']

export const decide =
  (asked: GroupCommand, { actor }: Context) =>
  (group: Group): GroupDecision => {
    if (asked.type === 'RegisterGroup') return registerGroup(asked.data, group)
    if (group.stage === 'unknown' || (group.stage === 'closed' && !isImporter(actor))) {
      return refuse({ _tag: 'GroupNotActive', group: asked.data.group, stage: group.stage })
    }
    switch (asked.type) {
      case 'AddMember':
        return addMember(asked.data, group, actor)
      case 'EndMembership':
        return endMembership(asked.data, group)
      case 'AppointContactPerson':
        return appointContactPerson(asked.data, group)
      case 'MoveGroup':
        return moveGroup(asked.data, group)
      case 'DeclareIndustryFree':
        return declareIndustryFree(asked.data, group, actor)
      case 'WithdrawIndustryFree':
        return withdrawIndustryFree(asked.data, group)
      case 'CloseGroup':
        return group.stage === 'closed' ? nothing : accept(groupClosed.of({ on: asked.data.on }))
    }
  }

const registerGroup = ({ group: id, ...registered }: Asked<'RegisterGroup'>, group: Group): GroupDecision =>
  group.stage === 'unknown'
    ? accept(groupRegistered.of(registered))
    : refuse({ _tag: 'GroupAlreadyRegistered', group: id })

/** Several stays of one doctor are legal; a second one at the same time only as history, where paper may say so. */
const addMember = ({ doctor, on }: Asked<'AddMember'>, group: Active, actor: Actor): GroupDecision =>
  group.stays.some((stay) => stay.doctor === doctor && stay.joined === on)
    ? nothing
    : isMember(group, doctor, on) && !isImporter(actor)
      ? refuse({ _tag: 'AlreadyAMember', doctor, on })
      : accept(memberJoined.of({ doctor, on }))

const endMembership = ({ doctor, joined, on }: Asked<'EndMembership'>, group: Active): GroupDecision => {
  const stay = group.stays.find((one) => one.doctor === doctor && one.joined === joined)
  if (stay === undefined) return refuse({ _tag: 'NotAMember', doctor, on: joined })
  if (on < joined) return refuse({ _tag: 'LeftBeforeJoined', joined, on })
  if (stay.left === on) return nothing
  return stay.left === null
    ? accept(memberLeft.of({ doctor, joined, on }))
    : refuse({ _tag: 'MembershipEndedAlready', doctor, on: stay.left })
}

const appointContactPerson = ({ doctor, on }: Asked<'AppointContactPerson'>, group: Active): GroupDecision =>
  group.contact === doctor ? nothing : accept(contactPersonAppointed.of({ doctor, on }))

const moveGroup = ({ municipality, on }: Asked<'MoveGroup'>, group: Active): GroupDecision =>
  group.municipality === municipality ? nothing : accept(groupMoved.of({ municipality, on }))

/** A member signs for the group. A signature on paper is brought in as it is, whoever signed it. */
const declareIndustryFree = ({ by, on }: Asked<'DeclareIndustryFree'>, group: Active, actor: Actor): GroupDecision =>
  group.declarations.some((one) => one.signedBy === by && one.signed === on)
    ? nothing
    : !isImporter(actor) && !isMember(group, by, on)
      ? refuse({ _tag: 'NotAMember', doctor: by, on })
      : !isImporter(actor) && group.declarations.some((one) => isInForce(one, on))
        ? nothing
        : accept(industryFreeDeclared.of({ signedBy: by, on }))

const withdrawIndustryFree = (
  { signedBy, signed, on }: Asked<'WithdrawIndustryFree'>,
  group: Active,
): GroupDecision => {
  const declaration = group.declarations.find((one) => one.signedBy === signedBy && one.signed === signed)
  if (declaration === undefined) return refuse({ _tag: 'NoSuchDeclaration', signedBy, signed })
  if (declaration.withdrawn === on) return nothing
  return declaration.withdrawn === null
    ? accept(industryFreeWithdrawn.of({ signedBy, signed, on }))
    : refuse({ _tag: 'WithdrawnAlready', on: declaration.withdrawn })
}

const isMember = ({ stays }: Active, doctor: DoctorId, on: LegalDate): boolean =>
  stays.some((stay) => stay.doctor === doctor && isDuring(on, stay.joined, stay.left))

const isInForce = ({ signed, withdrawn }: Declaration, on: LegalDate): boolean => isDuring(on, signed, withdrawn)

/** A small group as a decider: its stream is `group-<GroupId>`. */
export const group: Decider<Group, GroupCommand, GroupEvent, GroupRefusal> = {
  initial: { stage: 'unknown' },
  decide,
  evolve,
}

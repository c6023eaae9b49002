// hospital.ts: a hospital site with its departments and what they offer; the book a department was opened in stays its book

import * as t from 'io-ts'
import { type Commands, command } from '../kernel/command.ts'
import { accept, type Context, type Decider, type Decision, nothing, refuse } from '../kernel/decider.ts'
import type { Actor } from '../kernel/event.ts'
import { type EventOf, emptyCatalogue, eventType } from '../kernel/event-catalogue.ts'
import { isImporter } from '../values/actor-role.ts'
import { DepartmentId, HospitalId, Reference } from '../values/identity.ts'
import { LegalDate } from '../values/legal-date.ts'
import { OrganisationNumber } from '../values/organisation-number.ts'
import { Text } from '../values/text.ts'

// events: these names and fields are what is stored

/** A site; the organisation number is that of the legal entity, which may have several sites. */
export const hospitalRegistered = eventType(
  'HospitalRegistered',
  t.strict({ name: Text, legalEntity: OrganisationNumber }),
)
export const hospitalClosed = eventType('HospitalClosed', t.strict({ on: LegalDate }))
export const departmentRegistered = eventType(
  'DepartmentRegistered',
  t.strict({
    department: DepartmentId,
    name: Text,
    organisationNumber: OrganisationNumber,
    reference: t.union([Reference, t.null]),
  }),
)
/** The department is at the hospital `to` from `on`, under the same id. */
export const departmentMoved = eventType(
  'DepartmentMoved',
  t.strict({ department: DepartmentId, to: HospitalId, on: LegalDate }),
)

/** When, how often and about what a department takes groups. `to` null: until further notice; `sessionsPerMonth` null: not said. */
const Offer = {
  department: DepartmentId,
  from: LegalDate,
  to: t.union([LegalDate, t.null]),
  sessionsPerMonth: t.union([t.refinement(t.Int, (n) => n >= 0, 'a number of sessions'), t.null]),
  topics: t.readonlyArray(Text),
}
export const departmentOfferOpened = eventType('DepartmentOfferOpened', t.strict(Offer))

/** The catalogue of a hospital's events, each in every version ever stored. */
export const hospitalEvents = emptyCatalogue
  .with(hospitalRegistered)
  .with(hospitalClosed)
  .with(departmentRegistered)
  .with(departmentMoved)
  .with(departmentOfferOpened)

/** Everything that can have happened to a hospital, in the newest version of each. */
export type HospitalEvent =
  | EventOf<typeof hospitalRegistered>
  | EventOf<typeof hospitalClosed>
  | EventOf<typeof departmentRegistered>
  | EventOf<typeof departmentMoved>
  | EventOf<typeof departmentOfferOpened>

// state: what a decision needs to know, and no more

/** A hospital site and its departments as decisions see them. */
export type Hospital =
  | { readonly stage: 'unknown' }
  | { readonly stage: 'open' | 'closed'; readonly departments: ReadonlyMap<DepartmentId, HospitalId | null> }

export const evolve = (hospital: Hospital, event: HospitalEvent): Hospital => {
  if (event.type === 'HospitalRegistered')
    return hospital.stage === 'unknown' ? { stage: 'open', departments: new Map() } : hospital
  if (hospital.stage === 'unknown') return hospital
  switch (event.type) {
    case 'HospitalClosed':
      return { ...hospital, stage: 'closed' }
    case 'DepartmentRegistered':
      return { ...hospital, departments: new Map([...hospital.departments, [event.data.department, null]]) }
    case 'DepartmentMoved':
      return { ...hospital, departments: new Map([...hospital.departments, [event.data.department, event.data.to]]) }
    case 'DepartmentOfferOpened':
      return hospital
  }
}

// commands: data that may come from outside

const inHospital = { hospital: HospitalId }

export const RegisterHospital = command('RegisterHospital', {
  ...inHospital,
  name: Text,
  legalEntity: OrganisationNumber,
})
export const CloseHospital = command('CloseHospital', { ...inHospital, on: LegalDate })
export const RegisterDepartment = command('RegisterDepartment', {
  ...inHospital,
  department: DepartmentId,
  name: Text,
  organisationNumber: OrganisationNumber,
  reference: t.union([Reference, t.null]),
})
export const MoveDepartment = command('MoveDepartment', {
  ...inHospital,
  department: DepartmentId,
  to: HospitalId,
  on: LegalDate,
})
export const OpenDepartmentOffer = command('OpenDepartmentOffer', { ...inHospital, ...Offer })

/** Everything that can be asked of a hospital. */
export type HospitalCommand =
  | t.TypeOf<typeof RegisterHospital>
  | t.TypeOf<typeof CloseHospital>
  | t.TypeOf<typeof RegisterDepartment>
  | t.TypeOf<typeof MoveDepartment>
  | t.TypeOf<typeof OpenDepartmentOffer>

/** The codecs of a hospital's commands, by type: untrusted JSON is read by them. */
export const hospitalCommands: Commands<HospitalCommand> = {
  RegisterHospital,
  CloseHospital,
  RegisterDepartment,
  MoveDepartment,
  OpenDepartmentOffer,
}

// decisions: one switch onto named functions

/** Why a command of a hospital is refused, with what says more. */
export type HospitalRefusal =
  | { readonly _tag: 'HospitalAlreadyRegistered'; readonly hospital: HospitalId }
  | { readonly _tag: 'HospitalNotOpen'; readonly hospital: HospitalId; readonly stage: Hospital['stage'] }
  | { readonly _tag: 'DepartmentAlreadyRegistered'; readonly department: DepartmentId }
  | { readonly _tag: 'DepartmentUnknown'; readonly department: DepartmentId }
  | { readonly _tag: 'OfferEndsBeforeItBegins'; readonly from: LegalDate; readonly to: LegalDate }

type HospitalDecision = Decision<HospitalEvent, HospitalRefusal>
type Known = Exclude<Hospital, { readonly stage: 'unknown' }>
type Asked<Type extends HospitalCommand['type']> = Extract<HospitalCommand, { readonly type: Type }>['data']

export const decide =
  (asked: HospitalCommand, { actor }: Context) =>
  (hospital: Hospital): HospitalDecision => {
    if (asked.type === 'RegisterHospital') return registerHospital(asked.data, hospital)
    const isOver = hospital.stage === 'closed' && !isImporter(actor) && asked.type !== 'MoveDepartment'
    if (hospital.stage === 'unknown' || isOver) {
      return refuse({ _tag: 'HospitalNotOpen', hospital: asked.data.hospital, stage: hospital.stage })
    }
    switch (asked.type) {
      case 'CloseHospital':
        return hospital.stage === 'closed' ? nothing : accept(hospitalClosed.of({ on: asked.data.on }))
      case 'RegisterDepartment':
        return registerDepartment(asked.data, hospital)
      case 'MoveDepartment':
        return moveDepartment(asked.data, hospital)
      case 'OpenDepartmentOffer':
        return openDepartmentOffer(asked.data, hospital, actor)
    }
  }

const registerHospital = (
  { hospital: id, ...site }: Asked<'RegisterHospital'>,
  hospital: Hospital,
): HospitalDecision =>
  hospital.stage === 'unknown'
    ? accept(hospitalRegistered.of(site))
    : refuse({ _tag: 'HospitalAlreadyRegistered', hospital: id })

const registerDepartment = (
  { hospital: _, ...department }: Asked<'RegisterDepartment'>,
  hospital: Known,
): HospitalDecision =>
  hospital.departments.has(department.department)
    ? refuse({ _tag: 'DepartmentAlreadyRegistered', department: department.department })
    : accept(departmentRegistered.of(department))

const moveDepartment = ({ department, to, on }: Asked<'MoveDepartment'>, hospital: Known): HospitalDecision => {
  const at = hospital.departments.get(department)
  if (at === undefined) return refuse({ _tag: 'DepartmentUnknown', department })
  return at === to ? nothing : accept(departmentMoved.of({ department, to, on }))
}

const openDepartmentOffer = (
  { hospital: _, ...offer }: Asked<'OpenDepartmentOffer'>,
  hospital: Known,
  actor: Actor,
): HospitalDecision => {
  if (!hospital.departments.has(offer.department))
    return refuse({ _tag: 'DepartmentUnknown', department: offer.department })
  if (!isImporter(actor) && offer.to !== null && offer.to < offer.from)
    return refuse({ _tag: 'OfferEndsBeforeItBegins', from: offer.from, to: offer.to })
  return accept(departmentOfferOpened.of(offer))
}

/** A hospital's book as a decider: its stream is `hospital-<HospitalId>`. */
export const hospital: Decider<Hospital, HospitalCommand, HospitalEvent, HospitalRefusal> = {
  initial: { stage: 'unknown' },
  decide,
  evolve,
}

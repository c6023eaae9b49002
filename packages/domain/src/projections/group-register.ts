// group-register.ts: every group as it was on a date, as known at a moment

import { type GroupEvent, groupEvents } from '../group/group.ts'
import type { FactInForce } from '../kernel/correction.ts'
import { idOf } from '../kernel/event.ts'
import type { Projection } from '../kernel/projection.ts'
import { inForce, nationally, type RulesInForce } from '../rules/in-force.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import type { DoctorId, GroupId, Reference } from '../values/identity.ts'
import { GroupId as GroupIdCodec } from '../values/identity.ts'
import type { LegalDate } from '../values/legal-date.ts'
import { type MunicipalityNumber, numberOn, type Renumbering } from '../values/municipality-number.ts'
import { factsKnown, type Question } from './as-known.ts'
import { type History, streamHistory } from './history.ts'
import { nobodyMerged, type Persons } from './persons.ts'

/** All that was recorded of each group. Key: the group's id. */
export const groupRegister: Projection<GroupEvent, History<GroupEvent>> = streamHistory(
  'group-register',
  1,
  groupEvents,
)

/** A group on a date, as known. */
export interface GroupEntry {
  readonly group: GroupId
  /** What its reporter calls it, or its id. */
  readonly label: string
  readonly reference: Reference | null
  readonly name: string
  /** As it was written; see `placeOf` for a renumbered one. */
  readonly municipality: MunicipalityNumber | null
  readonly members: ReadonlyArray<DoctorId>
  /** The size is not what it should be: `UNDER_3`, `OVER_12` in the default pack. Never a refusal. */
  readonly warning: `UNDER_${number}` | `OVER_${number}` | null
  /** When the declaration that is in force was signed, the newest where there are several. */
  readonly declaration: LegalDate | null
  /** A group has no leader, and may have no contact. */
  readonly contact: DoctorId | null
}

/** The group as it was, each person in it once; null before it was registered, after it was closed, or while not known. */
export const groupOn = (
  history: History<GroupEvent>,
  question: Question,
  rules: RulePack | RulesInForce,
  persons: Persons = nobodyMerged,
): GroupEntry | null => {
  const effective = factsKnown(history, question).filter(({ event }) => event.data.on <= question.effectiveThrough)
  let entry: GroupEntry | null = null
  for (const fact of effective) if (fact.event.type === 'GroupRegistered') entry = registered(fact, fact.event.data)
  if (entry === null || effective.some(({ event }) => event.type === 'GroupClosed')) return null
  let contactSince: LegalDate | null = null
  let placeSince: LegalDate | null = null
  for (const { event } of effective) {
    if (event.type === 'ContactPersonAppointed' && (contactSince === null || event.data.on >= contactSince)) {
      contactSince = event.data.on
      entry = { ...entry, contact: persons.standingFor(event.data.doctor) }
    } else if (event.type === 'GroupMoved' && (placeSince === null || event.data.on >= placeSince)) {
      placeSince = event.data.on
      entry = { ...entry, municipality: event.data.municipality }
    }
  }
  const members = [...new Set(membersOf(effective).map(persons.standingFor))]
  const { group, municipality } = entry
  const ofGroup = inForce(rules).at({ ...nationally(question.effectiveThrough), group, municipality })
  return { ...entry, members, warning: sizeWarning(members.length, ofGroup), declaration: declarationOf(effective) }
}

const registered = (
  { stream }: FactInForce<GroupEvent>,
  { name, municipality, reference }: Extract<GroupEvent, { readonly type: 'GroupRegistered' }>['data'],
): GroupEntry | null => {
  const group = idOf(stream)
  if (!GroupIdCodec.is(group)) return null
  return {
    group,
    label: reference?.id ?? group,
    reference,
    name,
    municipality,
    members: [],
    warning: null,
    declaration: null,
    contact: null,
  }
}

/** Of effective facts: who joined and has not left. */
const membersOf = (effective: ReadonlyArray<FactInForce<GroupEvent>>): ReadonlyArray<DoctorId> => {
  const ended = new Set<string>()
  for (const { event } of effective)
    if (event.type === 'MemberLeft') ended.add(`${event.data.doctor} ${event.data.joined}`)
  const members = new Set<DoctorId>()
  for (const { event } of effective) {
    if (event.type === 'MemberJoined' && !ended.has(`${event.data.doctor} ${event.data.on}`))
      members.add(event.data.doctor)
  }
  return [...members]
}

const declarationOf = (effective: ReadonlyArray<FactInForce<GroupEvent>>): LegalDate | null => {
  const withdrawn = new Set<string>()
  for (const { event } of effective)
    if (event.type === 'IndustryFreeWithdrawn') withdrawn.add(`${event.data.signedBy} ${event.data.signed}`)
  let newest: LegalDate | null = null
  for (const { event } of effective) {
    if (event.type !== 'IndustryFreeDeclared' || withdrawn.has(`${event.data.signedBy} ${event.data.on}`)) continue
    if (newest === null || event.data.on > newest) newest = event.data.on
  }
  return newest
}

const sizeWarning = (size: number, { groupSize: { value } }: RulePack): GroupEntry['warning'] =>
  size < value.min ? `UNDER_${value.min}` : size > value.max ? `OVER_${value.max}` : null

/** How large groups are. */
export interface SizeDistribution {
  readonly groups: number
  readonly smallest: number
  readonly largest: number
  /** The middle size; between two middle ones their mean. */
  readonly median: number
  /** How many groups have each size, smallest first. */
  readonly bySize: ReadonlyArray<{ readonly size: number; readonly groups: number }>
}

/** The distribution of group sizes; null without any group. */
export const sizeDistribution = (entries: ReadonlyArray<GroupEntry>): SizeDistribution | null => {
  const sizes = entries.map(({ members }) => members.length).sort((one, other) => one - other)
  const [smallest] = sizes
  const largest = sizes.at(-1)
  const lower = sizes[Math.floor((sizes.length - 1) / 2)]
  const upper = sizes[Math.ceil((sizes.length - 1) / 2)]
  if (smallest === undefined || largest === undefined || lower === undefined || upper === undefined) return null
  const counts = new Map<number, number>()
  for (const size of sizes) counts.set(size, (counts.get(size) ?? 0) + 1)
  const bySize = [...counts].map(([size, groups]) => ({ size, groups }))
  return { groups: sizes.length, smallest, largest, median: (lower + upper) / 2, bySize }
}

/** How many groups each municipality has on a date, under the numbers of that date. Null stands for groups without a place. */
export const groupsByPlace = (
  entries: ReadonlyArray<GroupEntry>,
  date: LegalDate,
  renumberings: ReadonlyArray<Renumbering>,
): ReadonlyMap<MunicipalityNumber | null, number> => {
  const places = new Map<MunicipalityNumber | null, number>()
  for (const { municipality } of entries) {
    const place = municipality === null ? null : numberOn(municipality, date, renumberings)
    places.set(place, (places.get(place) ?? 0) + 1)
  }
  return places
}

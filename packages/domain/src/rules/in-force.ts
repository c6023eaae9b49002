// in-force.ts: which rules judge what, out of all that was published by a moment

import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { FactInForce } from '../kernel/correction.ts'
import type { EventId } from '../kernel/event.ts'
import type { DepartmentId, DoctorId, GroupId, HospitalId } from '../values/identity.ts'
import type { LegalDate } from '../values/legal-date.ts'
import type { MunicipalityNumber } from '../values/municipality-number.ts'
import {
  type Below,
  draftFor,
  during,
  type Judging,
  type LayerInForce,
  type NationalPacks,
  type NationalRules,
  type Published,
  packOn,
  packsInOrder,
  setAsideAmong,
  unpublished,
  withLayers,
} from './layering.ts'
import type { RulePack } from './rule-pack.ts'
import type { Adaptation, Dispensation, PublishedPack, RulesEvent } from './rules-events.ts'
import type { SetAside } from './set-aside.ts'

/** What is to be judged, as far as rules may differ by it. Null: by that nothing differs, and no layer of that kind is looked at. */
export interface Circumstances {
  readonly date: LegalDate
  readonly group: GroupId | null
  /** Where the group is on that date. */
  readonly municipality: MunicipalityNumber | null
  /** Where the session was. */
  readonly department: DepartmentId | null
  /** All records of the doctor, the one that stands for all of them first; none: judged as for anybody. */
  readonly doctor: ReadonlyArray<DoctorId>
}

/** The whole country on a date, and nobody in particular. */
export const nationally = (date: LegalDate): Circumstances => ({
  date,
  group: null,
  municipality: null,
  department: null,
  doctor: [],
})

/** The rules by which anything is judged. The same circumstances give the same pack, the very same object. */
export interface RulesInForce {
  /** The pack that judges in those circumstances. */
  readonly at: (circumstances: Circumstances) => RulePack
  /** The layers that give those rules, from the national one down. */
  readonly layersAt: (circumstances: Circumstances) => ReadonlyArray<LayerInForce>
  /**
   * All that any layer of that date says to no effect: by itself under the national rules, or where it meets one other layer above it.
   * `placeOf` says where a group is on that date; a hospital's layer can meet every group's and every region's.
   */
  readonly setAsideOn: (
    date: LegalDate,
    placeOf: (group: GroupId) => MunicipalityNumber | null,
  ) => ReadonlyArray<SetAside>
  /**
   * The same with a draft in the place of the national pack that is in force on that date. Its permissions are those of the pack that it takes
   * the place of, and local adaptations and dispensations judge under it as far as it and they permit.
   */
  readonly withDraft: (draft: RulePack, on: LegalDate) => RulesInForce
}

/** One pack for everything, whatever was published. */
export const byOnePack = (pack: RulePack): RulesInForce => ({
  at: () => pack,
  layersAt: () => unpublished,
  setAsideOn: () => [],
  withDraft: byOnePack,
})

/** Rules in force as they are; a pack is the one for everything. */
export const inForce = (rules: RulePack | RulesInForce): RulesInForce => ('at' in rules ? rules : byOnePack(rules))

/** Something was published that rests on rules nobody knows, or that cannot be read: what follows from it cannot be said. */
export interface RulesUnknown {
  readonly _tag: 'RulesUnknown'
  /** What was published. */
  readonly event: EventId
  readonly found: string
  readonly expected: string
  readonly message: string
}

/** That what an event published is not understood. */
export const rulesUnknown = (event: EventId, found: string, expected: string): RulesUnknown => ({
  _tag: 'RulesUnknown',
  event,
  found,
  expected,
  message: `the rules published by event ${event} cannot be followed: found ${found}, expected ${expected}`,
})

/**
 * The rules in force, out of the facts known at a moment. Until the first pack published takes effect the founding one is in force; each
 * pack ends where the next begins. Layers come in the order region, hospital, group, dispensation; what one says that those above it do not
 * permit on that date has no effect. `hospitalOf` says where a department is on a date.
 */
export const rulesInForce = (
  facts: ReadonlyArray<FactInForce<RulesEvent>>,
  founding: RulePack,
  hospitalOf: (department: DepartmentId, date: LegalDate) => HospitalId | null,
): Either<RulesUnknown, RulesInForce> => {
  const packs: Published<PublishedPack>[] = []
  const adaptations: Published<Adaptation>[] = []
  const dispensations: Published<Dispensation>[] = []
  for (const { id, event } of facts) {
    if (event.type === 'RulePackPublished') packs.push({ data: event.data, event: id })
    else if (event.type === 'LocalAdaptationAdopted') adaptations.push({ data: event.data, event: id })
    else dispensations.push({ data: event.data, event: id })
  }
  for (const { data, event } of adaptations) {
    if (!packs.some((pack) => pack.data.digest === data.basis))
      return left(rulesUnknown(event, data.basis, 'the digest of a pack published by then'))
  }
  return right(judgedBy(packsInOrder(packs, founding), { adaptations, dispensations }, hospitalOf))
}

const judgedBy = (
  national: NationalPacks,
  below: Below,
  hospitalOf: (department: DepartmentId, date: LegalDate) => HospitalId | null,
): RulesInForce => {
  const places = placesOf(below.adaptations)
  const doctors = keyed(below.dispensations, ({ data }) => [data.doctor])
  const found = new Map<string, Judging>()

  const judging = ({ date, group, municipality, department, doctor }: Circumstances): Judging => {
    const pack = packOn(national, date)
    const isThen = during(date)
    const hospital = department === null || places.hospitals.size === 0 ? null : hospitalOf(department, date)
    const local = [
      ...(places.municipalities.get(municipality) ?? []),
      ...(places.hospitals.get(hospital) ?? []),
      ...(places.groups.get(group) ?? []),
    ].filter(isThen)
    // The last one prevails: that of the record which stands for the doctor, which is named first.
    const own = doctor
      .toReversed()
      .flatMap((record) => doctors.get(record) ?? [])
      .filter(isThen)
    if (local.length === 0 && own.length === 0) return pack
    const key = [pack.from, ...[...local, ...own].map(({ event }) => event)].join()
    const before = found.get(key)
    if (before !== undefined) return before
    const made = withLayers(pack, local, own)
    found.set(key, made)
    return made
  }
  return {
    at: (of) => judging(of).rules,
    layersAt: (of) => judging(of).layers,
    setAsideOn: (date, placeOf) => setAsideAmong(packOn(national, date), date, below, placeOf),
    withDraft: (draft, on) => {
      const replaced = packOn(national, on)
      const [first, ...later] = national
      const drafted = (pack: NationalRules): NationalRules => (pack === replaced ? draftFor(pack, draft) : pack)
      return judgedBy([drafted(first), ...later.map(drafted)], below, hospitalOf)
    },
  }
}

const placesOf = (adaptations: ReadonlyArray<Published<Adaptation>>) => {
  const municipalities = keyed(adaptations, ({ data: { scope } }) =>
    scope.layer === 'region' ? [...new Set(scope.municipalities)] : [],
  )
  const hospitals = keyed(adaptations, ({ data: { scope } }) => (scope.layer === 'hospital' ? [scope.hospital] : []))
  const groups = keyed(adaptations, ({ data: { scope } }) => (scope.layer === 'group' ? [scope.group] : []))
  return { municipalities, hospitals, groups }
}

const keyed = <A>(
  all: ReadonlyArray<A>,
  keysOf: (one: A) => ReadonlyArray<string>,
): ReadonlyMap<string | null, ReadonlyArray<A>> => {
  const found = new Map<string, A[]>()
  for (const one of all) {
    for (const key of keysOf(one)) {
      const before = found.get(key)
      if (before === undefined) found.set(key, [one])
      else before.push(one)
    }
  }
  return found
}

// in-force.ts: which rules judge what, out of all that was published by a moment

import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { FactInForce } from '../kernel/correction.ts'
import type { EventId } from '../kernel/event.ts'
import type { DepartmentId, DoctorId, GroupId, HospitalId } from '../values/identity.ts'
import { isDuring, type LegalDate } from '../values/legal-date.ts'
import type { MunicipalityNumber } from '../values/municipality-number.ts'
import { inOrder } from './beside.ts'
import type { Digest } from './digest.ts'
import type { Layer, RulePack } from './rule-pack.ts'
import type { Adaptation, Dispensation, PublishedPack, RulesEvent } from './rules-events.ts'
import { layered, type Objection, type StandingRules, saidBy, standingIn } from './standing.ts'

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

/** A layer that judges, and what of it does not, because what stands above no longer permits it. */
export interface LayerInForce {
  readonly layer: Layer
  /** What published it; null for the pack that the scheme was founded with, or that of a file. */
  readonly event: EventId | null
  readonly digest: Digest | null
  readonly setAside: ReadonlyArray<Objection>
}

/** The rules by which anything is judged. The same circumstances give the same pack, the very same object. */
export interface RulesInForce {
  /** The pack that judges in those circumstances. */
  readonly at: (circumstances: Circumstances) => RulePack
  /** The layers that give those rules, from the national one down. */
  readonly layersAt: (circumstances: Circumstances) => ReadonlyArray<LayerInForce>
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
  withDraft: byOnePack,
})

const unpublished: ReadonlyArray<LayerInForce> = [{ layer: 'national', event: null, digest: null, setAside: [] }]

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

interface Published<Data> {
  readonly data: Data
  readonly event: EventId
}

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
  if (packs.length === 0 && dispensations.length === 0) return right(byOnePack(founding))

  const places = placesOf(adaptations)
  const doctors = keyed(dispensations, ({ data }) => [data.doctor])
  return right(judgedBy(packsInOrder(packs, founding), places, doctors, hospitalOf))
}

const judgedBy = (
  national: NationalPacks,
  places: ReturnType<typeof placesOf>,
  doctors: ReadonlyMap<string, ReadonlyArray<Published<Dispensation>>>,
  hospitalOf: (department: DepartmentId, date: LegalDate) => HospitalId | null,
): RulesInForce => {
  const found = new Map<string, Judging>()

  const judging = ({ date, group, municipality, department, doctor }: Circumstances): Judging => {
    const pack = packOn(national, date)
    const isThen = ({ data }: Published<Adaptation | Dispensation>): boolean => isDuring(date, data.from, data.until)
    const hospital = department === null || places.hospitals.size === 0 ? null : hospitalOf(department, date)
    const local = [
      ...(places.municipalities.get(municipality ?? '') ?? []),
      ...(places.hospitals.get(hospital ?? '') ?? []),
      ...(places.groups.get(group ?? '') ?? []),
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
    withDraft: (draft, on) => {
      const replaced = packOn(national, on)
      const [first, ...later] = national
      const drafted = (pack: NationalRules): NationalRules => (pack === replaced ? draftFor(pack, draft) : pack)
      return judgedBy([drafted(first), ...later.map(drafted)], places, doctors, hospitalOf)
    },
  }
}

const packOn = (national: NationalPacks, date: LegalDate): NationalRules =>
  national.findLast(({ from }) => from === null || from <= date) ?? national[0]

/** A draft as it would judge in the place of a pack: it says no permissions, so those of the pack stay. */
const draftFor = ({ from, standing }: NationalRules, draft: RulePack): NationalRules => ({
  from,
  rules: draft,
  standing: saidBy(draft, standing),
  layers: unpublished,
})

/** The rules that judge, as a pack, and the layers that they are of. */
interface Judging {
  readonly rules: RulePack
  readonly standing: StandingRules
  readonly layers: ReadonlyArray<LayerInForce>
}

interface NationalRules extends Judging {
  /** Null: from the beginning. */
  readonly from: LegalDate | null
}

type NationalPacks = readonly [NationalRules, ...NationalRules[]]

const packsInOrder = (packs: ReadonlyArray<Published<PublishedPack>>, founding: RulePack): NationalPacks => {
  const beforeAny = standingIn({ parameters: {} }, null, founding)
  const first = { from: null, rules: founding, standing: beforeAny, layers: unpublished }
  const later = inOrder(packs.map(({ data, event }) => ({ ...data, event })))
  return [
    first,
    ...later.map((pack): NationalRules => {
      const { from, name, zone, event, digest } = pack
      const standing = standingIn(pack, { layer: 'national', event }, founding)
      return {
        from,
        rules: { name, zone, ...standing },
        standing,
        layers: [{ layer: 'national', event, digest, setAside: [] }],
      }
    }),
  ]
}

const withLayers = (
  pack: NationalRules,
  local: ReadonlyArray<Published<Adaptation>>,
  own: ReadonlyArray<Published<Dispensation>>,
): Judging => {
  const layers = [...pack.layers]
  let { standing } = pack
  for (const { data, event } of local) {
    const { layer } = data.scope
    const { rules, setAside } = layered(standing, standing, data.parameters, { layer, event }, 'adapting')
    standing = rules
    layers.push({ layer, event, digest: data.digest, setAside })
  }
  for (const { data, event } of own) {
    const setBy = { layer: 'dispensation', event } as const
    const { rules, setAside } = layered(standing, pack.standing, data.parameters, setBy, 'loosening')
    standing = rules
    layers.push({ ...setBy, digest: data.digest, setAside })
  }
  const { name, zone } = pack.rules
  return { rules: { name, zone, ...standing }, standing, layers }
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
): ReadonlyMap<string, ReadonlyArray<A>> => {
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

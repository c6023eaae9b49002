// layering.ts: how what was published comes upon a national pack, layer by layer, and what of it is set aside

import type { EventId } from '../kernel/event.ts'
import type { GroupId } from '../values/identity.ts'
import type { Layer } from '../values/layer.ts'
import { isDuring, type LegalDate } from '../values/legal-date.ts'
import type { MunicipalityNumber } from '../values/municipality-number.ts'
import { inOrder } from './beside.ts'
import type { Digest } from './digest.ts'
import type { RulePack } from './rule-pack.ts'
import type { Adaptation, Dispensation, PublishedPack, Scope } from './rules-events.ts'
import { type SetAside, setAsideOf } from './set-aside.ts'
import { layered, type StandingRules, saidBy, standingIn } from './standing.ts'

/** A layer that judges, and what of it does not, because what stands above no longer permits it. */
export interface LayerInForce {
  readonly layer: Layer
  /** What published it; null for the pack that the scheme was founded with, or that of a file. */
  readonly event: EventId | null
  readonly digest: Digest | null
  readonly setAside: ReadonlyArray<SetAside>
}

/** The only layer there is where nobody published any. */
export const unpublished: ReadonlyArray<LayerInForce> = [{ layer: 'national', event: null, digest: null, setAside: [] }]

/** What was published, and by which event. */
export interface Published<Data> {
  readonly data: Data
  readonly event: EventId
}

/** What was published of layers below the national one. */
export interface Below {
  readonly adaptations: ReadonlyArray<Published<Adaptation>>
  readonly dispensations: ReadonlyArray<Published<Dispensation>>
}

/** What is in force on that date. */
export const during =
  (date: LegalDate) =>
  ({ data }: Published<Adaptation | Dispensation>): boolean =>
    isDuring(date, data.from, data.until)

/** The national pack in force on that date. */
export const packOn = (national: NationalPacks, date: LegalDate): NationalRules =>
  national.findLast(({ from }) => from === null || from <= date) ?? national[0]

/** A draft as it would judge in the place of a pack: it says no permissions, so those of the pack stay. */
export const draftFor = ({ from, standing }: NationalRules, draft: RulePack): NationalRules => ({
  from,
  rules: draft,
  standing: saidBy(draft, standing),
  layers: unpublished,
})

/** The rules that judge, as a pack, and the layers that they are of. */
export interface Judging {
  readonly rules: RulePack
  readonly standing: StandingRules
  readonly layers: ReadonlyArray<LayerInForce>
}

/** The rules of the whole country, from a date on. */
export interface NationalRules extends Judging {
  /** Null: from the beginning. */
  readonly from: LegalDate | null
}

/** By their dates, the founding pack first. */
export type NationalPacks = readonly [NationalRules, ...NationalRules[]]

/** The founding pack and those published, by the date from which they are in force. */
export const packsInOrder = (packs: ReadonlyArray<Published<PublishedPack>>, founding: RulePack): NationalPacks => {
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

/** What local adaptations, in their order, and then dispensations make of a national pack. */
export const withLayers = (
  pack: NationalRules,
  local: ReadonlyArray<Published<Adaptation>>,
  own: ReadonlyArray<Published<Dispensation>>,
): Judging => {
  const layers = [...pack.layers]
  let { standing } = pack
  for (const { data, event } of local) {
    const setBy = { layer: data.scope.layer, event } as const
    const { rules, setAside } = layered(standing, standing, data.parameters, setBy, 'adapting')
    layers.push({ ...setBy, digest: data.digest, setAside: setAsideOf(setAside, data.parameters, setBy, standing) })
    standing = rules
  }
  for (const { data, event } of own) {
    const setBy = { layer: 'dispensation', event } as const
    const { rules, setAside } = layered(standing, pack.standing, data.parameters, setBy, 'loosening')
    layers.push({ ...setBy, digest: data.digest, setAside: setAsideOf(setAside, data.parameters, setBy, standing) })
    standing = rules
  }
  const { name, zone } = pack.rules
  return { rules: { name, zone, ...standing }, standing, layers }
}

/** Each layer by itself, and below each one that it can meet: whatever stands above a parameter was set by one of them. */
export const setAsideAmong = (
  pack: NationalRules,
  date: LegalDate,
  { adaptations, dispensations }: Below,
  placeOf: (group: GroupId) => MunicipalityNumber | null,
): ReadonlyArray<SetAside> => {
  const isThen = during(date)
  const local = adaptations.filter(isThen)
  const canStandAbove = (upper: Scope, lower: Scope): boolean => {
    if (upper.layer === 'region')
      return lower.layer === 'group'
        ? upper.municipalities.some((number) => number === placeOf(lower.group))
        : lower.layer === 'hospital'
    return upper.layer === 'hospital' && lower.layer === 'group'
  }
  const found = new Map<string, SetAside>()
  const tell = ({ layers }: Judging): void => {
    for (const one of layers.at(-1)?.setAside ?? []) {
      const { said, instead } = one
      found.set([said.event, said.name, instead.event].join(), one)
    }
  }
  for (const lower of local) {
    tell(withLayers(pack, [lower], []))
    for (const upper of local)
      if (canStandAbove(upper.data.scope, lower.data.scope)) tell(withLayers(pack, [upper, lower], []))
  }
  for (const lower of dispensations.filter(isThen)) {
    tell(withLayers(pack, [], [lower]))
    for (const upper of local) tell(withLayers(pack, [upper], [lower]))
  }
  return [...found.values()]
}

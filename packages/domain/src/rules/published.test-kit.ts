// published.test-kit.ts: rules published in tests, as events and as commands, under the digests that they really have

import { checked } from '../kernel/checked.ts'
import { factsInForce } from '../kernel/correction.ts'
import { type EventId, eventIdOf, streamName, uuidOf } from '../kernel/event.ts'
import { commandNamed, departmentNamed, hospitalNamed, logbook } from '../testing/index.ts'
import { type DepartmentId, type DoctorId, type GroupId, SchemeId } from '../values/identity.ts'
import { legalDate, oslo } from '../values/legal-date.ts'
import { MunicipalityNumber } from '../values/municipality-number.ts'
import { changesFrom } from './changes.ts'
import { defaultPack } from './default-pack.ts'
import { type Digest, digestOf } from './digest.ts'
import { type RulesInForce, rulesInForce } from './in-force.ts'
import { publishable } from './publication.ts'
import type { RuleName, RuleValues, Source } from './rule-pack.ts'
import {
  type Adaptation,
  type Dispensation,
  dispensationGranted,
  localAdaptationAdopted,
  type PublishedPack,
  type RulesEvent,
  rulePackPublished,
  type Scope,
} from './rules-events.ts'

/** The scheme whose rules tests publish. */
export const scheme = checked(SchemeId, uuidOf('testing/scheme', 'Norway'))

export const source: Source = { title: 'A circular', address: 'https://example.org/circular' }

/** A municipality by its number. */
export const municipality = (number: string): MunicipalityNumber => checked(MunicipalityNumber, number)
export const region = (...numbers: ReadonlyArray<string>): Scope => ({
  layer: 'region',
  municipalities: numbers.map(municipality),
})
export const ofGroup = (group: GroupId): Scope => ({ layer: 'group', group })

/** Parameters as they are written, each with a source. */
type Written = { readonly [Name in RuleName]?: unknown }

/** Each value with the source of the tests. */
export const sourced = (values: { readonly [Name in RuleName]?: RuleValues[Name] }): Written =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, source }]))

const read = (parameters: unknown) => {
  const changes = changesFrom(parameters)
  if (changes._tag === 'Left') throw new Error(JSON.stringify(changes.left))
  return changes.right
}

/** The whole default pack with the usual permissions, but for some parameters that are written otherwise. */
export const wholePack = (otherwise: Written = {}): Written => ({ ...publishable(defaultPack), ...otherwise })

const named = <Content extends object>(content: Content): Content & { readonly digest: Digest } => ({
  digest: digestOf(content),
  ...content,
})

export const pack = (from: string, otherwise: Written = {}, name = `Rules of ${from.slice(0, 4)}`): PublishedPack =>
  named({ name, zone: oslo, from: legalDate(from), parameters: read(wholePack(otherwise)) })

/** Two packs, of which the second asks for a session more. */
export const first = pack('2024-01-01')
export const second = pack('2026-01-01', { groupThreshold: { value: 4, source, permission: 'may-be-stricter' } })

export const adaptation = (
  scope: Scope,
  basis: PublishedPack,
  parameters: Written,
  from: string = basis.from,
  until: string | null = null,
): Adaptation =>
  named({
    name: 'Here it is so',
    scope,
    from: legalDate(from),
    until: until === null ? null : legalDate(until),
    basis: basis.digest,
    parameters: read(parameters),
  })

export const dispensation = (doctor: DoctorId, parameters: Written, from: string, until: string): Dispensation =>
  named({ doctor, from: legalDate(from), until: legalDate(until), parameters: read(parameters) })

/** What published them. */
export const published = {
  pack: (data: PublishedPack) => rulePackPublished.of(data),
  adaptation: (data: Adaptation) => localAdaptationAdopted.of(data),
  dispensation: (data: Dispensation) => dispensationGranted.of(data),
}

/** What asks that they be published; the digest is left to be computed. */
export const asking = {
  pack: ({ digest: _, ...data }: Omit<PublishedPack, 'digest'> & { readonly digest?: Digest }) =>
    ({ type: 'PublishRulePack', data: { scheme, digest: undefined, ...data } }) as const,
  adaptation: ({ digest: _, ...data }: Omit<Adaptation, 'digest'> & { readonly digest?: Digest }) =>
    ({ type: 'AdoptLocalAdaptation', data: { scheme, digest: undefined, ...data } }) as const,
  dispensation: ({ digest: _, ...data }: Omit<Dispensation, 'digest'> & { readonly digest?: Digest }) =>
    ({ type: 'GrantDispensation', data: { scheme, digest: undefined, ...data } }) as const,
}

/** The rules in force after these events, each known when it was recorded; departments of the tests are at the hospital named so. */
export const inForceAfter = (...events: ReadonlyArray<RulesEvent>): RulesInForce => {
  const book = logbook<RulesEvent>()
  for (const event of events) book.record(streamName('rules', scheme), event)
  const rules = rulesInForce(factsInForce(book.history), defaultPack, hospitalOf)
  if (rules._tag === 'Left') throw new Error(rules.left.message)
  return rules.right
}

/** Where the departments of the tests are: the children's at Haukeland, others nowhere. */
export const hospitalOf = (department: DepartmentId) =>
  department === departmentNamed('children') ? hospitalNamed('Haukeland') : null

/** The id of the event that was recorded so many after the first. */
export const eventNumber = (nth: number): EventId => eventIdOf(commandNamed(`event ${nth}`), 0)

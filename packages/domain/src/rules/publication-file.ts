// publication-file.ts: rules as people write them to be published: a whole pack, or what differs from one, or what a layer says

import { saysTheSame } from '../kernel/canonical.ts'
import { Zone } from '../values/legal-date.ts'
import { Title } from '../values/text.ts'
import { asWritten, unknownNames } from './as-written.ts'
import { ruleNames } from './changes.ts'
import { type PackProblem, parametersOf, partsOf, partsOfPack, valueFrom } from './pack-file.ts'
import { parameters as codecs } from './parameters.ts'
import type { PublishableRule } from './publication.ts'

/** What a file says to be published: the fields of a command, and what of the file is none of them. */
export interface WrittenRules {
  readonly name: string
  readonly zone: Zone
  /** As `PublishRulePack` and its like take them; what is wrong with them these say. */
  readonly parameters: Readonly<Record<string, unknown>>
  readonly problems: ReadonlyArray<PackProblem>
}

/** What a file begins from. */
export interface Begun {
  readonly zone: Zone
  /** Every parameter as it stands, for a pack that leaves out what does not differ; null for a layer, which says only what it changes. */
  readonly parameters: Readonly<Record<string, PublishableRule>> | null
}

/**
 * What was written to be published. A parameter is its value, or `{ value, source, permission, range }`. Of a pack, what is left out is as it
 * begins from; the source is too, as long as the value is the same: a changed value needs its own.
 *
 * @example
 * writtenRules({ name: 'Rules of 2026', parameters: { quorum: 2 } }, { zone: oslo, parameters: publishable(defaultPack) })
 */
export const writtenRules = (written: unknown, begun: Begun): WrittenRules => {
  const problems: PackProblem[] = []
  const file = partsOf(written, '', problems)
  // What is no object at all is one problem.
  const name = problems.length > 0 ? '' : valueFrom(Title, file.name, 'name', '', problems)
  problems.push(...unknownNames(file, partsOfPack, ''))
  const zone = zoneOf(file.zone, begun, problems)
  const standing = begun.parameters ?? {}
  const said = Object.entries(parametersOf(file, problems)).map(([parameter, rule]) => [
    parameter,
    ruleFrom(rule, parameter, Object.hasOwn(standing, parameter) ? standing[parameter] : undefined),
  ])
  return { name, zone, parameters: { ...standing, ...Object.fromEntries(said) }, problems }
}

const zoneOf = (said: unknown, begun: Begun, problems: PackProblem[]): Zone => {
  if (said === undefined) return begun.zone
  if (begun.parameters !== null) return valueFrom(Zone, said, 'zone', begun.zone, problems)
  const expected = 'nothing, for a layer has that of the rules above it'
  problems.push({ path: 'zone', found: asWritten(said), expected })
  return begun.zone
}

const ruleFrom = (said: unknown, parameter: string, stands: PublishableRule | undefined): unknown => {
  const rule = isRule(said) ? said : { value: said }
  if (stands === undefined) return rule
  const { source, ...permitting } = stands
  const isAsItStands = canBe(parameter, rule.value) && saysTheSame(rule.value, stands.value)
  return { ...permitting, ...(isAsItStands ? { source } : {}), ...rule }
}

const canBe = (parameter: string, value: unknown): boolean =>
  ruleNames.some((name) => name === parameter && codecs[name].is(value))

const isRule = (said: unknown): said is { readonly value: unknown } =>
  typeof said === 'object' && said !== null && 'value' in said

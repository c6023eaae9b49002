// publication-file.ts: rules as people write them to be published: a whole pack, or what differs from one, or what a layer says

import type { Zone } from '../values/legal-date.ts'
import { Label } from '../values/text.ts'
import { canonical } from './digest.ts'
import { fieldsOf, type PackProblem, unknownNames, valueFrom, ZoneName } from './pack-file.ts'
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
  const file = fieldsOf(written, '', problems)
  // What is no object at all is one problem.
  const name = problems.length > 0 ? '' : valueFrom(Label, file.name, 'name', '', problems)
  unknownNames(file, ['name', 'zone', 'parameters'], '', problems)
  const zone = file.zone === undefined ? begun.zone : valueFrom(ZoneName, file.zone, 'zone', begun.zone, problems)
  const given = file.parameters === undefined ? {} : fieldsOf(file.parameters, 'parameters', problems)
  const parameters: Record<string, unknown> = { ...begun.parameters }
  for (const [parameter, said] of Object.entries(given))
    parameters[parameter] = ruleFrom(said, begun.parameters?.[parameter])
  return { name, zone, parameters, problems }
}

const ruleFrom = (said: unknown, stands: PublishableRule | undefined): unknown => {
  const rule = isRule(said) ? said : { value: said }
  if (stands === undefined) return rule
  const { source, ...permitting } = stands
  return { ...permitting, ...(canonical(rule.value) === canonical(stands.value) ? { source } : {}), ...rule }
}

const isRule = (said: unknown): said is { readonly value: unknown } =>
  typeof said === 'object' && said !== null && 'value' in said

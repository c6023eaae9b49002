// pack-file.ts: a rule pack as people write it, whole or only what differs from another

import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import { saysTheSame } from '../kernel/canonical.ts'
import { shown } from '../kernel/decoding.ts'
import { Zone } from '../values/legal-date.ts'
import { Title } from '../values/text.ts'
import { type Fields, fieldsOf, unknownNames, wrongParts } from './as-written.ts'
import { partsOfChange, ruleNames, SourceCodec } from './changes.ts'
import { contradictions, problemFor } from './contradiction.ts'
import { parameters } from './parameters.ts'
import {
  noSource,
  type Rule,
  type RuleName,
  type RulePack,
  type Rules,
  type RuleValues,
  type Source,
} from './rule-pack.ts'

/** What is wrong with a pack as written: where, what stands there and what should. */
export interface PackProblem {
  readonly path: string
  readonly found: string
  readonly expected: string
}

/**
 * The pack that was written, with what it leaves out taken from `base`. A parameter is its value, or `{ value, source }`, beside which may stand
 * what only publishing has use for (`permission`, `range`); a changed
 * value without a source has `noSource`, for the source of `base` does not say it; a pack without a name has that of `base`. An unknown name, a value of the wrong kind and two
 * rules that cannot stand together are problems, of which all are told.
 *
 * @example
 * packFrom({ parameters: { window: 'group-year', yearlyCap: 10 } }, defaultPack)
 */
export const packFrom = (written: unknown, base: RulePack): Either<ReadonlyArray<PackProblem>, RulePack> => {
  const problems: PackProblem[] = []
  const pack = partsOf(written, '', problems)
  problems.push(...unknownNames(pack, partsOfPack, ''))
  const given = parametersOf(pack, problems)
  problems.push(...unknownNames(given, ruleNames, 'parameters.'))
  const name = pack.name === undefined ? base.name : valueFrom(Title, pack.name, 'name', '', problems)
  const zone = pack.zone === undefined ? base.zone : valueFrom(Zone, pack.zone, 'zone', base.zone, problems)
  const said = <Name extends RuleName>(rules: Rules, rule: Name): Rules =>
    rule in given ? { ...rules, [rule]: ruleFrom(given[rule], rule, base, problems) } : rules
  const rules = ruleNames.reduce<Rules>((soFar, rule) => said(soFar, rule), base)
  if (problems.length > 0) return left(problems)
  const named = ruleNames.filter((rule) => rule in given)
  for (const clash of contradictions(rules)) {
    const { path, found, expected } = problemFor(named, clash, rules)
    problems.push({ path, found, expected })
  }
  return problems.length > 0 ? left(problems) : right({ ...rules, name, zone })
}

/** What a file of rules can say beside its parameters, and those. */
export const partsOfPack: ReadonlyArray<string> = ['name', 'zone', 'parameters']

/** Parameters that their sources spell otherwise than data does. */
const otherSpellings: Readonly<Record<string, RuleName>> = { 'sessionMinutes.min': 'sessionMinutesMin' }

/** What a file says of parameters, by their names; what it says twice, in two spellings, is a problem. */
export const parametersOf = (pack: Fields, problems: PackProblem[]): Fields => {
  const written = pack.parameters === undefined ? {} : partsOf(pack.parameters, 'parameters', problems)
  const named = Object.entries(written).map(([spelled, said]) => {
    const name = Object.hasOwn(otherSpellings, spelled) ? otherSpellings[spelled] : undefined
    if (name === undefined) return [spelled, said] as const
    if (Object.hasOwn(written, name))
      problems.push({
        path: `parameters.${spelled}`,
        found: `${name} beside it`,
        expected: 'one of the two, which are the same parameter',
      })
    return [name, said] as const
  })
  return Object.fromEntries(named)
}

/** The fields of an object; of anything else none, and a problem. */
export const partsOf = (value: unknown, path: string, problems: PackProblem[]): Fields => {
  const fields = fieldsOf(value)
  if (fields === null) problems.push({ path, found: shown(value), expected: 'an object' })
  return fields ?? {}
}

const ruleFrom = <Name extends RuleName>(
  written: unknown,
  name: Name,
  base: Rules,
  problems: PackProblem[],
): Rule<RuleValues[Name]> => {
  const path = `parameters.${name}`
  const codec = parameters[name]
  const standing = base[name]
  const sourceOf = (value: RuleValues[Name]): Source =>
    saysTheSame(value, standing.value) ? standing.source : noSource
  if (typeof written !== 'object' || written === null || !('value' in written)) {
    const value = valueFrom(codec, written, path, standing.value, problems)
    return { value, source: sourceOf(value) }
  }
  problems.push(...unknownNames({ ...written }, partsOfChange, `${path}.`))
  const value = valueFrom(codec, written.value, `${path}.value`, standing.value, problems)
  const source =
    'source' in written ? valueFrom(SourceCodec, written.source, `${path}.source`, noSource, problems) : sourceOf(value)
  return { value, source }
}

/** The value, or `instead` with a problem told. */
export const valueFrom = <A>(
  codec: t.Decoder<unknown, A>,
  written: unknown,
  path: string,
  instead: A,
  problems: PackProblem[],
): A => {
  const decoded = codec.decode(written)
  if (!isLeft(decoded)) return decoded.right
  problems.push(...wrongParts(decoded.left, path))
  return instead
}

// changes.ts: what a layer says of parameters, as it is written and stored: each with its source and what layers below may do

import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { shown } from '../kernel/decoding.ts'
import { Address, Title } from '../values/text.ts'
import { asWritten, fieldsOf, unknownNames, type WrongPart, wrongParts } from './as-written.ts'
import { parameters } from './parameters.ts'
import type { RuleName, RuleValues, Source } from './rule-pack.ts'
import { strictness } from './strictness.ts'

/**
 * What layers below may do with a parameter: nothing (`fixed`), make it stricter, or whatever the range leaves (`free`). A dispensation
 * may loosen what is not `fixed`: that is what it is for.
 */
export type Permission = 'fixed' | 'may-be-stricter' | 'free'

/** The values that layers below may choose among. */
export type Range<A = RuleValues[RuleName]> =
  | { readonly least: number; readonly most: number }
  | { readonly oneOf: ReadonlyArray<A> }

/** A parameter as a layer sets it. Where permission or range is left out, those of the layer above stand. */
export interface Change<A = RuleValues[RuleName]> {
  readonly value: A
  readonly source: Source
  readonly permission?: Permission
  readonly range?: Range<A>
}

/** What a layer says of the parameters that it sets. */
export type Changes = { readonly [Name in RuleName]?: Change<RuleValues[Name]> }

/** What is wrong with what was to be published: where, what stands there and what should. */
export interface RulesProblemOf<Tag extends string> {
  readonly _tag: Tag
  readonly path: string
  readonly found: string
  readonly expected: string
}

/** One of several problems, each told apart by its tag. */
export type RulesProblem<Tag extends string> = Tag extends string ? RulesProblemOf<Tag> : never

/** What can be wrong with a parameter by itself. */
export type ChangesProblem = RulesProblem<
  'ParameterUnknown' | 'ParameterMalformed' | 'ReferenceMissing' | 'PermissionMalformed' | 'RangeMalformed'
>

/** The names of all parameters, in the order in which packs are read. */
export const ruleNames: ReadonlyArray<RuleName> = Object.keys(parameters).filter(
  (name): name is RuleName => name in parameters,
)

/** What was written of parameters, or the first thing that is wrong with it. */
export const changesFrom = (written: unknown): Either<ChangesProblem, Changes> => {
  const { changes, problems } = changesIn(written)
  const [first] = problems
  return first === undefined ? right(changes) : left(first)
}

/** What was written of parameters as far as it can be read, and all that is wrong with it. */
export const changesIn = (
  written: unknown,
): {
  readonly changes: Changes
  readonly problems: ReadonlyArray<ChangesProblem>
  /** The parameters that are said, and cannot be read. */
  readonly unread: ReadonlyArray<RuleName>
} => {
  const given = fieldsOf(written)
  if (given === null)
    return {
      changes: {},
      problems: [problem('ParameterMalformed', 'parameters', shown(written), 'an object')],
      unread: ruleNames,
    }
  const problems = unknownNames(given, ruleNames, 'parameters.').map(tagged('ParameterUnknown'))
  let changes: Changes = {}
  for (const name of ruleNames) {
    if (Object.hasOwn(given, name)) changes = withOne(changes, name, given[name], problems)
  }
  return { changes, problems, unread: ruleNames.filter((name) => Object.hasOwn(given, name) && !(name in changes)) }
}

/** A problem in its parts. */
export const problem = <Tag extends string>(
  _tag: Tag,
  path: string,
  found: string,
  expected: string,
): RulesProblemOf<Tag> => ({ _tag, path, found, expected })

const withOne = <Name extends RuleName>(
  changes: Changes,
  name: Name,
  written: unknown,
  problems: ChangesProblem[],
): Changes => {
  const change = changeFrom(name, written)
  if (!isLeft(change)) return { ...changes, [name]: change.right }
  problems.push(...change.left)
  return changes
}

/** Where a rule is written, as it stands beside the rule. */
export const SourceCodec: t.Type<Source> = t.strict({ title: Title, address: Address })

/** What can be said of a parameter. */
export const partsOfChange: ReadonlyArray<string> = ['value', 'source', 'permission', 'range']

const changeFrom = <Name extends RuleName>(
  name: Name,
  written: unknown,
): Either<ReadonlyArray<ChangesProblem>, Change<RuleValues[Name]>> => {
  const path = `parameters.${name}`
  const fields = fieldsOf(written)
  if (fields === null || !Object.hasOwn(fields, 'value'))
    return left([problem('ParameterMalformed', path, asWritten(written), '{ value, source }')])
  const problems = unknownNames(fields, partsOfChange, `${path}.`).map(tagged('ParameterMalformed'))
  const value = parameters[name].decode(fields.value)
  if (isLeft(value)) problems.push(...wrongParts(value.left, `${path}.value`).map(tagged('ParameterMalformed')))
  const source = SourceCodec.decode(fields.source)
  if (isLeft(source)) problems.push(...wrongParts(source.left, `${path}.source`).map(tagged('ReferenceMissing')))
  const permission = fields.permission === undefined ? right(undefined) : permissionFrom(name, fields.permission)
  if (isLeft(permission)) problems.push(permission.left)
  const range = fields.range === undefined ? right(undefined) : rangeFrom(name, fields.range)
  if (isLeft(range)) problems.push(...range.left)
  if (isLeft(value) || isLeft(source) || isLeft(permission) || isLeft(range) || problems.length > 0)
    return left(problems)
  return right({
    value: value.right,
    source: source.right,
    ...(permission.right === undefined ? {} : { permission: permission.right }),
    ...(range.right === undefined ? {} : { range: range.right }),
  })
}

const tagged =
  (_tag: ChangesProblem['_tag']) =>
  (wrong: WrongPart): ChangesProblem => ({ _tag, ...wrong })

/** From what leaves nothing open to what leaves most. */
export const permissions: ReadonlyArray<Permission> = ['fixed', 'may-be-stricter', 'free']

const permissionFrom = (name: RuleName, written: unknown): Either<ChangesProblem, Permission> => {
  const path = `parameters.${name}.permission`
  const permission = permissions.find((one) => one === written)
  if (permission === undefined)
    return left(problem('PermissionMalformed', path, asWritten(written), "'fixed', 'may-be-stricter' or 'free'"))
  return permission === 'may-be-stricter' && strictness[name] === null
    ? left(problem('PermissionMalformed', path, asWritten(written), "'fixed' or 'free', for neither way is stricter"))
    : right(permission)
}

const rangeFrom = <Name extends RuleName>(
  name: Name,
  written: unknown,
): Either<ReadonlyArray<ChangesProblem>, Range<RuleValues[Name]>> => {
  const path = `parameters.${name}.range`
  const { is, name: allowed } = parameters[name]
  const fields = fieldsOf(written)
  const names = Object.keys(fields ?? {})
    .sort()
    .join()
  if (names === 'least,most') {
    const { least, most } = fields ?? {}
    const boundsShown = `${shown(least)} to ${shown(most)}`
    if (typeof least !== 'number' || typeof most !== 'number' || !is(least) || !is(most))
      return left([problem('RangeMalformed', path, boundsShown, `two bounds, each ${allowed}`)])
    return least <= most
      ? right({ least, most })
      : left([problem('RangeMalformed', path, boundsShown, 'a range of which least is not the greater')])
  }
  const choices: unknown = names === 'oneOf' ? fields?.oneOf : undefined
  if (!Array.isArray(choices) || choices.length === 0)
    return left([problem('RangeMalformed', path, asWritten(written), '{ least, most } or { oneOf: [value, …] }')])
  const oneOf: RuleValues[Name][] = []
  const problems: ChangesProblem[] = []
  for (const choice of choices) {
    if (is(choice)) oneOf.push(choice)
    else problems.push(problem('RangeMalformed', `${path}.oneOf`, asWritten(choice), allowed))
  }
  return problems.length > 0 ? left(problems) : right({ oneOf })
}

/** The codec of changes as they are stored. */
export const ChangesCodec = new t.Type<Changes, Changes, unknown>(
  'Changes',
  (value): value is Changes => !isLeft(changesFrom(value)),
  (value, context) => {
    const changes = changesFrom(value)
    if (!isLeft(changes)) return right(changes.right)
    const { path, found, expected } = changes.left
    return t.failure(value, context, `${path}: found ${found}, expected ${expected}`)
  },
  (changes) => changes,
)

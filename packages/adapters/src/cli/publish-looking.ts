// publish-looking.ts: rules out of a file, made a command and held against all that stands

import {
  type Actor,
  authority,
  type EventId,
  type Layer,
  type LegalDate,
  localAuthority,
  type Permission,
  type PublishableRule,
  type PublishedPack,
  publishable,
  type Range,
  type Register,
  type RuleName,
  ruleNames,
  type Scrutinised,
  saysTheSame,
  type WrittenRules,
  writtenRules,
} from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { Failure } from './opening.ts'
import type { ActingOptions } from './options.ts'
import { type NotDone, type Problem, problemOf, whyNotDone } from './problems.ts'
import { type Called, calledIn, everPublished } from './published.ts'
import { jsonIn } from './rules-file.ts'
import { forWhom, type Whom } from './whom.ts'

export interface PublishOptions extends ActingOptions {
  readonly layer: Layer
  readonly for?: string
  readonly effective: LegalDate
  readonly until?: LegalDate
  readonly digest?: string
}

/** What looking at the rules in a file has shown. */
export interface Looked {
  readonly problems: ReadonlyArray<Problem>
  /** What can be done about rules that stand where these should; null: none do. */
  readonly inTheWay: string | null
  readonly isPublished: boolean
  /** What would be published; null where it cannot be read. */
  readonly event: Scrutinised['event']
  readonly whom: Whom
  readonly called: Called
  readonly command: object
  readonly actor: Actor
  /** Whether they judge what was held before today. */
  readonly isRetroactive: boolean
  /** The parameters in which the rules of the file differ from what they begin from. */
  readonly changes: ReadonlyArray<Change>
}

/** A parameter that differs, in its value or in what layers below may do with it. Before a layer, which stands below others, all is null. */
export interface Change extends Compared<unknown> {
  readonly parameter: RuleName
  readonly permission: Compared<Permission>
  readonly range: Compared<Range>
}

interface Compared<A> {
  readonly before: A | null
  readonly after: A | null
}

/** All that is wrong with the rules in that file, and what they would be published as. */
export const lookedAt = async (
  register: Register,
  file: string,
  options: PublishOptions,
): Promise<Either<Failure, Looked>> => {
  const written = await jsonIn(file)
  if (isLeft(written)) return written
  const whom = await forWhom(register, options)
  if (isLeft(whom)) return whom
  const published = await everPublished(register)
  if (isLeft(published)) return published
  const packs = published.right
    .flatMap(({ id, event }) => (event.type === 'RulePackPublished' ? [{ ...event.data, event: id }] : []))
    .sort(byDate)
  const inForce = packs.findLast(({ from }) => from <= options.effective)
  const stands = parametersOf(inForce, register)
  const isPack = whom.right.layer === 'national'
  const rules = writtenRules(written.right, {
    zone: inForce?.zone ?? register.rules.zone,
    parameters: isPack ? stands : null,
  })
  const command = commandFor(register, whom.right, rules, options, inForce)
  const actor = actorOf(options)
  const looked = await register.scrutinised(command, actor)()
  if (isLeft(looked)) return left({ message: whyNotDone(looked.left, notPublished(file)) })
  const { refusals, event, isPublished } = looked.right
  const called = await calledIn(register, [whom.right])
  if (isLeft(called)) return called
  const named =
    whom.right.layer === 'dispensation' ? rules.problems.filter(({ path }) => path !== 'name') : rules.problems
  // Where no pack is in force there is none to name, and that it begins too early is told.
  const told = refusals
    .map(problemOf)
    .filter(({ path }) => path !== 'basis' || inForce !== undefined)
    .map(({ path, ...wrong }) => ({ path: optionFor.get(path) ?? path, ...wrong }))
  return right({
    problems: [...named, ...told],
    inTheWay: refusals.some(({ _tag }) => _tag === 'RulesOverlap') ? whatToTakeBack(packs.at(-1), whom.right) : null,
    isPublished,
    event,
    whom: whom.right,
    called: called.right,
    command,
    actor,
    isRetroactive: options.effective < register.question().effectiveThrough,
    changes: changesIn(event, isPack ? stands : {}),
  })
}

/** What is said by an option and not in the file. */
const optionFor: ReadonlyMap<string, string> = new Map([
  ['from', '--effective'],
  ['until', '--until'],
  ['digest', '--digest'],
])

/** What is said of a file whose rules were not published. */
export const notPublished = (file: string): NotDone => ({
  cannot: `the rules in ${file} cannot be published`,
  meanwhile: `the rules in ${file} were not published, for others were meanwhile: check them again`,
})

const byDate = (one: PublishedPack, other: PublishedPack): number => (one.from < other.from ? -1 : 1)

type Pack = PublishedPack & { readonly event: EventId }

const whatToTakeBack = (last: Pack | undefined, { layer }: Whom): string =>
  layer === 'national' && last !== undefined
    ? `if ${last.name} was published by mistake, take it back first: smagruppe rules retract ${last.event} --role authority`
    : 'smagruppe rules lists what stands there; if it was published by mistake, smagruppe rules retract takes it back'

/** What a pack says, with permissions; where none was published, what the register was founded with and what is usual. */
const parametersOf = (
  pack: PublishedPack | undefined,
  { scheme }: Register,
): Readonly<Record<string, PublishableRule>> => {
  const founding = publishable(scheme.founding)
  if (pack === undefined) return founding
  const said = Object.entries(pack.parameters).map(([name, rule]) => [name, { permission: 'fixed', ...rule }])
  return { ...founding, ...Object.fromEntries(said) }
}

const commandFor = (
  { scheme }: Register,
  whom: Whom,
  { name, zone, parameters }: WrittenRules,
  { effective: from, digest, ...options }: PublishOptions,
  inForce: PublishedPack | undefined,
): object => {
  const until = options.until ?? null
  const said = { scheme: scheme.id, from, parameters, ...(digest === undefined ? {} : { digest }) }
  // A command asks for a name; that there is none in the file is told already.
  const named = name === '' ? '-' : name
  switch (whom.layer) {
    case 'national':
      return { type: 'PublishRulePack', data: { ...said, name: named, zone } }
    case 'dispensation':
      return { type: 'GrantDispensation', data: { ...said, doctor: whom.doctor, until } }
    default:
      return {
        type: 'AdoptLocalAdaptation',
        data: { ...said, name: named, scope: whom, until, basis: inForce?.digest ?? unpublishedBasis },
      }
  }
}

/** Where no pack is in force, nothing can be adapted; the refusal says so. */
const unpublishedBasis = `sha256:${'0'.repeat(64)}`

/** Whoever only looks, looks as the one who could publish it. */
const actorOf = ({ by, role, layer }: PublishOptions): Actor => ({
  id: by,
  role: role ?? (layer === 'national' || layer === 'dispensation' ? authority : localAuthority),
})

const changesIn = (
  event: Scrutinised['event'],
  stands: Readonly<Record<string, PublishableRule>>,
): ReadonlyArray<Change> =>
  ruleNames.flatMap((parameter) => {
    const said = event?.data.parameters[parameter]
    if (said === undefined) return []
    const { value = null, permission = null, range = null } = stands[parameter] ?? {}
    const change: Change = {
      parameter,
      before: value,
      after: said.value,
      permission: { before: permission, after: said.permission ?? null },
      range: { before: range, after: said.range ?? null },
    }
    return [change, change.permission, change.range].every(isSame) ? [] : [change]
  })

/** Whether both sides say the same. */
export const isSame = ({ before, after }: Compared<unknown>): boolean => saysTheSame(before, after)

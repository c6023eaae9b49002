// scrutiny.ts: all that is wrong with what is to be published of a scheme's rules

import { canonical } from '../kernel/canonical.ts'
import type { Context } from '../kernel/decider.ts'
import type { Actor } from '../kernel/event.ts'
import { authority, isAuthority, localAuthority, mayAdaptRules } from '../values/actor-role.ts'
import { plusDays } from '../values/legal-date.ts'
import { doMeet, doOverlap, isBeside, type KnownOfScheme, overlap, type Rulebook, type Stretch } from './beside.ts'
import {
  type Changes,
  type ChangesProblem,
  changesIn,
  permissions,
  problem,
  type RulesProblem,
  ruleNames,
} from './changes.ts'
import { contradicting, contradictions } from './contradiction.ts'
import { type Digest, digestOf } from './digest.ts'
import { objectionsInRegion, objectionsUnder } from './objections.ts'
import type { RuleName } from './rule-pack.ts'
import type { RulesCommand } from './rules-commands.ts'
import {
  type Adaptation,
  dispensationGranted,
  localAdaptationAdopted,
  type PublishedPack,
  type RulesEvent,
  rulePackPublished,
} from './rules-events.ts'
import { type Objection, standingIn } from './standing.ts'

/** Why something may not be published, with where, what was found and what was expected. */
export type RulesRefusal =
  | ChangesProblem
  | Objection
  | RulesProblem<
      | 'ParameterMissing'
      | 'DigestWrong'
      | 'DatesReversed'
      | 'RulesOverlap'
      | 'RulesLeaveGap'
      | 'BasisUnknown'
      | 'BasisNotInForce'
      | 'BasisInUse'
      | 'RulesAreImmutable'
    >
  | { readonly _tag: 'NotForThisActor'; readonly role: string; readonly needed: string }

type Asked<Type extends RulesCommand['type']> = Extract<RulesCommand, { readonly type: Type }>['data']

/** What came of looking at what is to be published. */
export interface Scrutinised {
  /** All that is wrong with it, the first thing first; none: it may be published. */
  readonly refusals: ReadonlyArray<RulesRefusal>
  /** What would be published, under its digest; null where it cannot be read. */
  readonly event: RulesEvent | null
  /** Whether the very same was published before, so that nothing is left to do. */
  readonly isPublished: boolean
}

/** Looks at all of what is to be published, by whom, beside what stands. */
export const scrutinise = (
  asked: RulesCommand,
  { actor }: Pick<Context, 'actor'>,
  known: KnownOfScheme,
  rulebook: Rulebook,
): Scrutinised => {
  const notAllowed = notForThisActor(actor, asked.type === 'AdoptLocalAdaptation' ? localAuthority : authority)
  const looked = lookedAt(asked, known, rulebook)
  return notAllowed === null ? looked : { ...looked, refusals: [notAllowed, ...looked.refusals] }
}

const lookedAt = (asked: RulesCommand, known: KnownOfScheme, rulebook: Rulebook): Scrutinised => {
  switch (asked.type) {
    case 'PublishRulePack':
      return packLookedAt(asked.data, known, rulebook)
    case 'AdoptLocalAdaptation':
      return adaptationLookedAt(asked.data, known, rulebook)
    case 'GrantDispensation':
      return dispensationLookedAt(asked.data, known, rulebook)
  }
}

/** Only the authority speaks for the whole country and for single doctors; what it may, nobody else may lend it. */
export const notForThisActor = (actor: Actor, needed: string): RulesRefusal | null =>
  isAuthority(actor) || (needed === localAuthority && mayAdaptRules(actor))
    ? null
    : { _tag: 'NotForThisActor', role: actor.role, needed }

const packLookedAt = (
  { name, zone, from, parameters, digest }: Asked<'PublishRulePack'>,
  { founding }: KnownOfScheme,
  { packs }: Rulebook,
): Scrutinised => {
  const { changes, problems, unread } = changesIn(parameters)
  const content = { name, zone, from, parameters: changes }
  const pack = { digest: digestOf(content), ...content }
  const last = packs.at(-1)
  const untimely =
    last === undefined || from > last.from
      ? null
      : problem('RulesOverlap', 'from', from, `a date after ${last.from}, from which ${last.name} is in force`)
  const unsaid = [...problems, ...whatIsMissing(changes, unread)]
  const isWhole = unsaid.length === 0
  const malformed = [
    ...unsaid,
    ...those(isWhole ? wrongDigest(pack, digest) : null),
    // What is missing contradicts nothing before it is said.
    ...contradictions(standingIn(pack, null, founding)).flatMap(({ between, because }) =>
      between.every((name) => name in changes) ? [because] : [],
    ),
  ]
  const isPublished = isWhole && packs.some(isSameAs(pack))
  return {
    refusals: distinct([...malformed, ...(isPublished ? [] : those(untimely))]),
    event: isWhole ? rulePackPublished.of(pack) : null,
    isPublished,
  }
}

/** A pack for the whole country says everything, so that nothing in it is guessed. */
const whatIsMissing = (changes: Changes, unread: ReadonlyArray<RuleName>): ReadonlyArray<RulesRefusal> =>
  ruleNames.flatMap((name) => {
    if (unread.includes(name)) return []
    const change = changes[name]
    if (change === undefined)
      return [problem('ParameterMissing', `parameters.${name}`, 'nothing', '{ value, source, permission }')]
    if (change.permission !== undefined) return []
    return [problem('ParameterMissing', `parameters.${name}.permission`, 'nothing', permissions.join(' or '))]
  })

const adaptationLookedAt = (
  { scheme: _, digest, parameters, ...said }: Asked<'AdoptLocalAdaptation'>,
  known: KnownOfScheme,
  { packs, adaptations }: Rulebook,
): Scrutinised => {
  const { changes, problems, unread } = changesIn(parameters)
  const content = { ...said, parameters: changes }
  const adaptation = { digest: digestOf(content), ...content }
  const reversed = notAStretch(adaptation)
  const unknown = basisUnknown(adaptation, packs)
  const early = beforeAnyPack(adaptation, packs)
  const another = unknown === null ? basisNotInForce(adaptation, packs) : null
  const untimely = those(unknown, early, another)
  const other = adaptations.find((one) => doMeet(one.scope, adaptation.scope) && doOverlap(one, adaptation))
  const beside = other === undefined || reversed !== null ? null : overlap(adaptation, other)
  const isRead = problems.length === 0
  const malformed = malformedIn(adaptation, problems, digest)
  const isPublished = isRead && adaptations.some(isSameAs(adaptation))
  const inTime = inItsTime(adaptation)
  const objections = [
    ...objectionsUnder(packs, known.founding, inTime, 'adapting'),
    ...objectionsInRegion(packs, adaptations, inTime, known),
  ].filter(isAgainst(unread))
  return {
    refusals: isPublished ? malformed : distinct([...malformed, ...untimely, ...objections, ...those(beside)]),
    event: isRead ? localAdaptationAdopted.of(adaptation) : null,
    isPublished,
  }
}

const basisUnknown = (
  { basis }: Pick<Adaptation, 'basis'>,
  packs: ReadonlyArray<PublishedPack>,
): RulesRefusal | null =>
  packs.some(({ digest }) => digest === basis)
    ? null
    : problem('BasisUnknown', 'basis', basis, 'the digest of a pack that was published')

const basisNotInForce = (
  { basis, from }: Pick<Adaptation, 'basis' | 'from'>,
  packs: ReadonlyArray<PublishedPack>,
): RulesRefusal | null => {
  const inForce = packs.findLast((pack) => pack.from <= from)
  return inForce === undefined || inForce.digest === basis
    ? null
    : problem('BasisNotInForce', 'basis', basis, `${inForce.digest}, which is in force on ${from}`)
}

const dispensationLookedAt = (
  { scheme: _, digest, parameters, ...said }: Asked<'GrantDispensation'>,
  { founding }: KnownOfScheme,
  { packs, dispensations }: Rulebook,
): Scrutinised => {
  const { changes, problems, unread } = changesIn(parameters)
  const content = { ...said, parameters: changes }
  const dispensation = { digest: digestOf(content), ...content }
  const reversed = notAStretch(dispensation)
  const early = beforeAnyPack(dispensation, packs)
  const isRead = problems.length === 0
  const malformed = [...malformedIn(dispensation, problems, digest), ...permittingSomething(changes)]
  const isPublished = isRead && dispensations.some(isSameAs(dispensation))
  const other = dispensations.find((one) => isBeside(one, dispensation))
  const beside = other === undefined || reversed !== null ? null : overlap(dispensation, other)
  return {
    refusals: isPublished
      ? malformed
      : distinct([
          ...malformed,
          ...those(early),
          ...objectionsUnder(packs, founding, inItsTime(dispensation), 'loosening').filter(isAgainst(unread)),
          ...those(beside),
        ]),
    event: isRead ? dispensationGranted.of(dispensation) : null,
    isPublished,
  }
}

const those = (...found: ReadonlyArray<RulesRefusal | null>): ReadonlyArray<RulesRefusal> =>
  found.filter((one) => one !== null)

/** A contradiction may be with what is there and cannot be read: it is told when it can. */
const isAgainst =
  (unread: ReadonlyArray<RuleName>) =>
  ({ _tag }: Objection): boolean =>
    _tag !== 'RulesContradict' || !contradicting.some((name) => unread.includes(name))

/** Once each: a region may have the same against it under two packs, and a range the same twice among its values. */
const distinct = (refusals: ReadonlyArray<RulesRefusal>): ReadonlyArray<RulesRefusal> => [
  ...new Map(refusals.map((one) => [canonical(one), one])).values(),
]

interface Named {
  readonly digest: Digest
}

const isSameAs =
  ({ digest }: Named) =>
  (other: Named): boolean =>
    other.digest === digest

const wrongDigest = ({ digest }: Named, believed: Digest | undefined): RulesRefusal | null =>
  believed === undefined || believed === digest ? null : problem('DigestWrong', 'digest', believed, digest)

const notAStretch = ({ from, until }: Stretch): RulesRefusal | null =>
  until === null || from < until ? null : problem('DatesReversed', 'until', until, `a date after ${from}`)

/** What ends before it begins is looked at on the day from which it was to hold. */
const inItsTime = <S extends Stretch>(one: S): S =>
  notAStretch(one) === null ? one : { ...one, until: plusDays(one.from, 1) }

/** What is wrong with a layer by itself. */
const malformedIn = (
  one: Named & Stretch & { readonly parameters: Changes },
  problems: ReadonlyArray<RulesRefusal>,
  believed: Digest | undefined,
): ReadonlyArray<RulesRefusal> =>
  problems.length > 0
    ? [...problems, ...those(notAStretch(one))]
    : those(wrongDigest(one, believed), notAStretch(one), saysNothing(one.parameters))

const saysNothing = (changes: Changes): RulesRefusal | null =>
  Object.keys(changes).length > 0
    ? null
    : problem('ParameterMissing', 'parameters', 'nothing', 'at least one parameter')

/** Below a dispensation is no layer that could be permitted anything. */
const permittingSomething = (changes: Changes): ReadonlyArray<RulesRefusal> =>
  ruleNames.flatMap((name) => {
    const permission = changes[name]?.permission ?? changes[name]?.range
    if (permission === undefined) return []
    return [problem('PermissionMalformed', `parameters.${name}`, canonical(permission), 'only { value, source }')]
  })

/** What holds before any pack was published says nothing of what may be changed. */
const beforeAnyPack = ({ from }: Stretch, [first]: ReadonlyArray<PublishedPack>): RulesRefusal | null => {
  if (first === undefined)
    return problem(
      'RulesLeaveGap',
      'from',
      from,
      'a day on which national rules are in force: none are published, publish them first',
    )
  return first.from <= from
    ? null
    : problem('RulesLeaveGap', 'from', from, `${first.from} or later, from which ${first.name} is in force`)
}

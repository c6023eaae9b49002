// rulebook.ts: all that was published of a scheme's rules, and what may be published beside it

import { isLeft } from 'fp-ts/lib/Either.js'
import { accept, type Context, type Decider, type Decision, nothing, refuse } from '../kernel/decider.ts'
import type { Actor } from '../kernel/event.ts'
import { authority, isAuthority, localAuthority, mayAdaptRules } from '../values/actor-role.ts'
import {
  common,
  doMeet,
  doOverlap,
  type GroupsPlace,
  inOrder,
  isBeside,
  overlap,
  type Rulebook,
  type Stretch,
  shownStretch,
  whatFallsApart,
} from './beside.ts'
import {
  type Changes,
  type ChangesProblem,
  changesFrom,
  permissions,
  problem,
  type RulesProblem,
  ruleNames,
} from './changes.ts'
import { contradiction } from './contradiction.ts'
import { canonical, type Digest, digestOf } from './digest.ts'
import type { RulesCommand } from './rules-commands.ts'
import {
  type Adaptation,
  dispensationGranted,
  localAdaptationAdopted,
  type PublishedPack,
  type RulesEvent,
  rulePackPublished,
} from './rules-events.ts'
import { layered, type Objection, standingIn, type Way } from './standing.ts'

// state: what a decision needs to know, and no more

export const evolve = (rulebook: Rulebook, event: RulesEvent): Rulebook => {
  switch (event.type) {
    case 'RulePackPublished':
      return { ...rulebook, packs: inOrder([...rulebook.packs, event.data]) }
    case 'LocalAdaptationAdopted':
      return { ...rulebook, adaptations: [...rulebook.adaptations, event.data] }
    case 'DispensationGranted':
      return { ...rulebook, dispensations: [...rulebook.dispensations, event.data] }
  }
}

// decisions: one switch onto named functions

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

type RulesDecision = Decision<RulesEvent, RulesRefusal>
type Asked<Type extends RulesCommand['type']> = Extract<RulesCommand, { readonly type: Type }>['data']

export const decide =
  (asked: RulesCommand, { actor }: Context, places: ReadonlyArray<GroupsPlace>) =>
  (rulebook: Rulebook): RulesDecision => {
    const notAllowed = notForThisActor(actor, asked.type === 'AdoptLocalAdaptation' ? localAuthority : authority)
    if (notAllowed !== null) return refuse(notAllowed)
    switch (asked.type) {
      case 'PublishRulePack':
        return publishRulePack(asked.data, rulebook)
      case 'AdoptLocalAdaptation':
        return adoptLocalAdaptation(asked.data, rulebook, places)
      case 'GrantDispensation':
        return grantDispensation(asked.data, rulebook)
    }
  }

/** Only the authority speaks for the whole country and for single doctors; what it may, nobody else may lend it. */
const notForThisActor = (actor: Actor, needed: string): RulesRefusal | null =>
  isAuthority(actor) || (needed === localAuthority && mayAdaptRules(actor))
    ? null
    : { _tag: 'NotForThisActor', role: actor.role, needed }

const publishRulePack = (
  { name, zone, from, parameters, digest }: Asked<'PublishRulePack'>,
  { packs }: Rulebook,
): RulesDecision => {
  const changes = changesFrom(parameters)
  if (isLeft(changes)) return changes
  const lacking = whatIsMissing(changes.right)
  if (lacking !== null) return refuse(lacking)
  const content = { name, zone, from, parameters: changes.right }
  const pack = { digest: digestOf(content), ...content }
  const refusal = wrongDigest(pack, digest) ?? contradiction(standingIn(pack))
  if (refusal !== null) return refuse(refusal)
  if (packs.some(isSameAs(pack))) return nothing
  const last = packs.at(-1)
  return last === undefined || from > last.from
    ? accept(rulePackPublished.of(pack))
    : refuse(problem('RulesOverlap', 'from', from, `a date after ${last.from}, from which ${last.name} is in force`))
}

/** A pack for the whole country says everything, so that nothing in it is guessed. */
const whatIsMissing = (changes: Changes): RulesRefusal | null => {
  for (const name of ruleNames) {
    const change = changes[name]
    if (change === undefined)
      return problem('ParameterMissing', `parameters.${name}`, 'nothing', '{ value, source, permission }')
    if (change.permission === undefined)
      return problem('ParameterMissing', `parameters.${name}.permission`, 'nothing', permissions.join(' or '))
  }
  return null
}

const adoptLocalAdaptation = (
  { scheme: _, digest, parameters, ...said }: Asked<'AdoptLocalAdaptation'>,
  { packs, adaptations }: Rulebook,
  places: ReadonlyArray<GroupsPlace>,
): RulesDecision => {
  const changes = changesFrom(parameters)
  if (isLeft(changes)) return changes
  const content = { ...said, parameters: changes.right }
  const adaptation = { digest: digestOf(content), ...content }
  const { scope, from, basis } = adaptation
  const malformed = wrongDigest(adaptation, digest) ?? notAStretch(adaptation) ?? saysNothing(changes.right)
  if (malformed !== null) return refuse(malformed)
  if (adaptations.some(isSameAs(adaptation))) return nothing
  if (!packs.some((pack) => pack.digest === basis))
    return refuse(problem('BasisUnknown', 'basis', basis, 'the digest of a pack that was published'))
  const gap = beforeAnyPack(adaptation, packs)
  if (gap !== null) return refuse(gap)
  const inForce = packs.findLast((pack) => pack.from <= from)
  if (inForce !== undefined && inForce.digest !== basis)
    return refuse(problem('BasisNotInForce', 'basis', basis, `${inForce.digest}, which is in force on ${from}`))
  const objection =
    objectionUnder(packs, adaptation, 'adapting') ?? objectionInRegion(packs, adaptations, adaptation, places)
  if (objection !== null) return refuse(objection)
  const other = adaptations.find((one) => doMeet(one.scope, scope) && doOverlap(one, adaptation))
  return other === undefined ? accept(localAdaptationAdopted.of(adaptation)) : refuse(overlap(adaptation, other))
}

const grantDispensation = (
  { scheme: _, digest, parameters, ...said }: Asked<'GrantDispensation'>,
  { packs, dispensations }: Rulebook,
): RulesDecision => {
  const changes = changesFrom(parameters)
  if (isLeft(changes)) return changes
  const content = { ...said, parameters: changes.right }
  const dispensation = { digest: digestOf(content), ...content }
  const malformed =
    wrongDigest(dispensation, digest) ??
    notAStretch(dispensation) ??
    saysNothing(changes.right) ??
    permitsSomething(changes.right)
  if (malformed !== null) return refuse(malformed)
  if (dispensations.some(isSameAs(dispensation))) return nothing
  const refusal = beforeAnyPack(dispensation, packs) ?? objectionUnder(packs, dispensation, 'loosening')
  if (refusal !== null) return refuse(refusal)
  const other = dispensations.find((one) => isBeside(one, dispensation))
  return other === undefined ? accept(dispensationGranted.of(dispensation)) : refuse(overlap(dispensation, other))
}

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

const saysNothing = (changes: Changes): RulesRefusal | null =>
  Object.keys(changes).length > 0
    ? null
    : problem('ParameterMissing', 'parameters', 'nothing', 'at least one parameter')

/** Below a dispensation is no layer that could be permitted anything. */
const permitsSomething = (changes: Changes): RulesRefusal | null => {
  for (const name of ruleNames) {
    const permission = changes[name]?.permission ?? changes[name]?.range
    if (permission !== undefined)
      return problem('PermissionMalformed', `parameters.${name}`, canonical(permission), 'only { value, source }')
  }
  return null
}

/** What holds before any pack was published says nothing of what may be changed. */
const beforeAnyPack = ({ from }: Stretch, [first]: ReadonlyArray<PublishedPack>): RulesRefusal | null => {
  if (first === undefined) return problem('RulesLeaveGap', 'from', from, 'a date on which a pack published is in force')
  return first.from <= from
    ? null
    : problem('RulesLeaveGap', 'from', from, `${first.from} or later, from which ${first.name} is in force`)
}

/** What one of the packs that are in force in its time has against it. */
const objectionUnder = (
  packs: ReadonlyArray<PublishedPack>,
  change: Stretch & { readonly parameters: Changes },
  way: Way,
): Objection | null => {
  for (const [nth, pack] of packs.entries()) {
    if (!doOverlap(change, { from: pack.from, until: packs[nth + 1]?.from ?? null })) continue
    const national = standingIn(pack)
    const [objection] = layered(national, national, change.parameters, null, way).setAside
    if (objection !== undefined) return objection.because
  }
  return null
}

/** What the adaptation of a region that the group is in has against it, in their common time, as far as it is known where the group will be. */
const objectionInRegion = (
  packs: ReadonlyArray<PublishedPack>,
  adaptations: ReadonlyArray<Adaptation>,
  adaptation: Adaptation,
  places: ReadonlyArray<GroupsPlace>,
): Objection | null => {
  if (adaptation.scope.layer !== 'group') return null
  for (const [nth, place] of places.entries()) {
    const there = { from: place.from ?? adaptation.from, until: places[nth + 1]?.from ?? null }
    for (const regional of adaptations) {
      if (!isIn(regional, place)) continue
      const time = common(regional, there, adaptation)
      if (time === null) continue
      for (const [order, pack] of packs.entries()) {
        if (!doOverlap(time, { from: pack.from, until: packs[order + 1]?.from ?? null })) continue
        const national = standingIn(pack)
        const { rules } = layered(national, national, regional.parameters, null, 'adapting')
        const [objection] = layered(rules, rules, adaptation.parameters, null, 'adapting').setAside
        if (objection === undefined) continue
        const { because } = objection
        const where = `in the group’s region (${regional.name}, ${shownStretch(regional)})`
        return { ...because, expected: `${because.expected}, ${where}` }
      }
    }
  }
  return null
}

const isIn = ({ scope }: Adaptation, { municipality }: GroupsPlace): boolean =>
  scope.layer === 'region' && scope.municipalities.some((number) => number === municipality)

// corrections

/**
 * What was published stands as it was: nothing of it is corrected. The authority may take it back, as long as nothing rests on it, and publish
 * anew; who may adapt rules may take an adaptation back.
 */
const mayCorrect = (
  type: string,
  meant: RulesEvent | null,
  { actor }: Context,
  after: Rulebook,
): RulesRefusal | null => {
  if (meant !== null)
    return problem('RulesAreImmutable', 'fact', `a correction of ${type}`, 'a retraction, and what was meant published')
  const notAllowed = notForThisActor(actor, type === 'LocalAdaptationAdopted' ? localAuthority : authority)
  return notAllowed ?? whatFallsApart(after)
}

/**
 * The rules of a scheme as a decider: its stream is `rules-<SchemeId>`, which holds every layer, so that what may stand beside what is decided in one place.
 * `places`: where the group is that an adaptation is for, in the order of the dates, as far as that is known; by it the group's region binds it.
 */
export const rulebookKnowing = (
  places: ReadonlyArray<GroupsPlace>,
): Decider<Rulebook, RulesCommand, RulesEvent, RulesRefusal> => ({
  initial: { packs: [], adaptations: [], dispensations: [] },
  decide: (asked, context) => decide(asked, context, places),
  evolve,
  mayCorrect,
})

/** The same where it is not known where any group is. */
export const rulebook = rulebookKnowing([])

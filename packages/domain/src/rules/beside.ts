// beside.ts: what may be in force beside what: each place and each doctor has one answer for every day

import type { LegalDate } from '../values/legal-date.ts'
import type { MunicipalityNumber } from '../values/municipality-number.ts'
import { compareText } from '../values/text.ts'
import { problem, type RulesProblem, ruleNames } from './changes.ts'
import type { Rules } from './rule-pack.ts'
import type { Adaptation, Dispensation, PublishedPack, Scope } from './rules-events.ts'

/** What stands of a scheme's rules; packs by the date from which they are in force. */
export interface Rulebook {
  readonly packs: ReadonlyArray<PublishedPack>
  readonly adaptations: ReadonlyArray<Adaptation>
  readonly dispensations: ReadonlyArray<Dispensation>
}

/** Packs by the date from which they are in force. */
export const inOrder = <P extends Pick<PublishedPack, 'from'>>(packs: ReadonlyArray<P>): ReadonlyArray<P> =>
  [...packs].sort((one, other) => compareText(one.from, other.from))

/** Where a group is, from a date on; null: from the beginning, and where it is not known. */
export interface GroupsPlace {
  readonly from: LegalDate | null
  readonly municipality: MunicipalityNumber | null
}

/** What is known of a scheme and its groups besides what was published. */
export interface KnownOfScheme {
  /** What the scheme was founded with: what a pack of an older release does not say is as it was then. */
  readonly founding: Rules
  /** Where the group is that an adaptation is for, in the order of the dates; nothing where that is not known. */
  readonly places: ReadonlyArray<GroupsPlace>
}

/** Days from `from` up to but not including `until`; null: without an end. */
export interface Stretch {
  readonly from: LegalDate
  readonly until: LegalDate | null
}

/** Whether two stretches have a day in common. */
export const doOverlap = (one: Stretch, other: Stretch): boolean =>
  (other.until === null || one.from < other.until) && (one.until === null || other.from < one.until)

/** The days that all of these have in common; null: none. */
export const common = (first: Stretch, ...others: ReadonlyArray<Stretch>): Stretch | null => {
  let { from, until } = first
  for (const other of others) {
    if (other.from > from) from = other.from
    if (other.until !== null && (until === null || other.until < until)) until = other.until
  }
  return until === null || from < until ? { from, until } : null
}

/** Whether one place can be in both scopes of one layer. */
export const doMeet = (one: Scope, other: Scope): boolean => {
  switch (one.layer) {
    case 'region':
      return other.layer === 'region' && one.municipalities.some((number) => other.municipalities.includes(number))
    case 'hospital':
      return other.layer === 'hospital' && one.hospital === other.hospital
    case 'group':
      return other.layer === 'group' && one.group === other.group
  }
}

/** Two dispensations of one doctor at one time that set the same parameter. */
export const isBeside = (one: Dispensation, other: Dispensation): boolean =>
  one.doctor === other.doctor &&
  doOverlap(one, other) &&
  ruleNames.some((name) => name in one.parameters && name in other.parameters)

/** That two of one kind are in force at one time. */
export const overlap = (one: Stretch, other: Stretch): RulesProblem<'RulesOverlap'> =>
  problem('RulesOverlap', 'from', shownStretch(one), `a time apart from ${shownStretch(other)}`)

/** A stretch in words. */
export const shownStretch = ({ from, until }: Stretch): string => `${from} to ${until ?? 'any time'}`

/** What a retraction, or taking one back, would leave that could not have been published. */
export const whatFallsApart = ({
  packs,
  adaptations,
  dispensations,
}: Rulebook): RulesProblem<'RulesOverlap' | 'BasisInUse'> | null => {
  for (const adaptation of adaptations) {
    if (!packs.some(({ digest }) => digest === adaptation.basis))
      return problem('BasisInUse', 'corrects', adaptation.basis, `no adaptation of it, such as ${adaptation.name}`)
  }
  for (const { from } of dispensations) {
    if (!packs.some((pack) => pack.from <= from))
      return problem('BasisInUse', 'corrects', from, 'no dispensation that begins before any pack is in force')
  }
  for (const [nth, pack] of packs.entries()) {
    const before = packs[nth - 1]
    if (before !== undefined && before.from === pack.from)
      return problem(
        'RulesOverlap',
        'corrects',
        pack.from,
        `one pack from that date, not ${before.name} and ${pack.name}`,
      )
  }
  return (
    firstOverlap(adaptations, (one, other) => doMeet(one.scope, other.scope) && doOverlap(one, other)) ??
    firstOverlap(dispensations, isBeside)
  )
}

const firstOverlap = <A extends Stretch>(
  all: ReadonlyArray<A>,
  isOne: (one: A, other: A) => boolean,
): RulesProblem<'RulesOverlap' | 'BasisInUse'> | null => {
  for (const [nth, one] of all.entries()) {
    const other = all.slice(0, nth).find((earlier) => isOne(one, earlier))
    if (other !== undefined) return overlap(one, other)
  }
  return null
}

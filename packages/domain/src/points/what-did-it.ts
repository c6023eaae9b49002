// what-did-it.ts: which of the rules that differ between two sides made an attendance come out otherwise

import { saysTheSame } from '../kernel/canonical.ts'
import { type Circumstances, nationally, type RulesInForce } from '../rules/in-force.ts'
import type { AppliedRule, RuleName, RulePack } from '../rules/rule-pack.ts'
import { type AttendanceLine, rulesBehind } from './verdict.ts'

/** A rule that differs, as it stands on both sides. */
export interface ChangedRule {
  readonly name: RuleName
  readonly before: AppliedRule
  readonly after: AppliedRule
}

/** The rules in force, and those of a draft. */
export interface Sides {
  readonly before: RulesInForce
  readonly after: RulesInForce
}

/** Those of the names whose values differ there. */
export const ruleChanges = (
  names: ReadonlyArray<RuleName>,
  { before, after }: Sides,
  where: Circumstances,
): ReadonlyArray<ChangedRule> => changesBetween(names, named(before.at(where)), named(after.at(where)))

/** The rules that differ among those that decided an attendance on either side, and among those that turn minutes into points. */
export const whatDidIt = (was: AttendanceLine, becomes: AttendanceLine, sides: Sides): ReadonlyArray<ChangedRule> => {
  const where = nationally(was.date)
  const [before, after] = [sides.before.at(where), sides.after.at(where)]
  const names = new Set<RuleName>([...was.rules, ...becomes.rules].map(({ name }) => name))
  // A rule that is off on the side where something failed, and would have helped.
  for (const { shortfall } of [was, becomes])
    for (const pack of [before, after])
      if (shortfall !== null) for (const name of rulesBehind(shortfall.reason, pack)) names.add(name)
  if (was.counted > 0 && becomes.counted > 0) for (const name of intoPoints) names.add(name)
  return changesBetween([...names], ofLine(was, before), ofLine(becomes, after))
}

const intoPoints: ReadonlyArray<RuleName> = ['minutesPerPoint', 'rounding']

type Naming = (name: RuleName) => AppliedRule

const changesBetween = (names: ReadonlyArray<RuleName>, before: Naming, after: Naming): ReadonlyArray<ChangedRule> =>
  names
    .map((name) => ({ name, before: before(name), after: after(name) }))
    .filter((rule) => !saysTheSame(rule.before.value, rule.after.value))

const named =
  (pack: RulePack): Naming =>
  (name) => {
    const { value, source, setBy } = pack[name]
    return { name, source, value, layer: setBy?.layer ?? 'national', event: setBy?.event ?? null }
  }

/** The rules that a line was judged by: it names those that are not the whole country's. */
const ofLine = ({ rules, countedBy, adapted }: AttendanceLine, pack: RulePack): Naming => {
  const own = new Map([...rules, ...countedBy, ...adapted].map((rule) => [rule.name, rule]))
  const national = named(pack)
  return (name) => own.get(name) ?? national(name)
}

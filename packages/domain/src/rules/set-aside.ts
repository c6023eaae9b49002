// set-aside.ts: what a layer says to no effect, because what stands above it does not permit it

import type { Changes } from './changes.ts'
import { type AppliedRule, type RuleName, type Rules, rulesNamed, type SetBy } from './rule-pack.ts'
import type { Ineffective, Objection } from './standing.ts'

/** A parameter that a layer sets to no effect: what it says, the rule that judges instead, and why. */
export interface SetAside {
  /** What the layer says: which parameter, its value and source, at which level, by which event. */
  readonly said: AppliedRule & SetBy
  /** The rule that stands above it, and judges in its place unless a layer further down sets another. */
  readonly instead: AppliedRule
  /** Why it has no effect: the objection that it would be refused with, were it published under what stands above it. */
  readonly because: Objection
}

/** What of a layer's changes has no effect, with what stands above it. */
export const setAsideOf = (
  ineffective: ReadonlyArray<Ineffective>,
  changes: Changes,
  { layer, event }: SetBy,
  above: Rules,
): ReadonlyArray<SetAside> =>
  ineffective.flatMap(({ name, because }) => {
    const change: Changes[RuleName] = changes[name]
    if (change === undefined) return []
    const said = { name, source: change.source, value: change.value, layer, event }
    return rulesNamed(above, [name]).map((instead) => ({ said, instead, because }))
  })

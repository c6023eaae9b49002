// contradiction.ts: rules that cannot stand together

import { problem, type RulesProblem } from './changes.ts'
import type { RuleName, Rules } from './rule-pack.ts'

/** The parameters whose values cannot always stand together. */
export const contradictory = ['rounding', 'plannedWithin', 'window'] as const satisfies ReadonlyArray<RuleName>

/** Two rules that cannot stand together: what asks for the one window of a session, where many may hold it. */
export const contradiction = ({
  rounding,
  plannedWithin,
  window,
}: Pick<Rules, (typeof contradictory)[number]>): RulesProblem<'RulesContradict'> | null => {
  if (window.value !== 'rolling-12-months') return null
  if (rounding.value !== 'none' && rounding.value.per === 'window')
    return problem(
      'RulesContradict',
      'parameters.rounding.per',
      "'window' with the window 'rolling-12-months'",
      "'session', for an attendance lies in many rolling windows",
    )
  return plannedWithin.value === 'none'
    ? null
    : problem(
        'RulesContradict',
        'parameters.plannedWithin',
        `{ months: ${plannedWithin.value.months} } with the window 'rolling-12-months'`,
        "'none', for a session lies in many rolling windows",
      )
}

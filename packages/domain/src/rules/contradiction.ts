// contradiction.ts: rules that cannot stand together

import { problem, type RulesProblem } from './changes.ts'
import type { Rules } from './rule-pack.ts'

/** Two rules that cannot stand together: what asks for the one window of a session, where many may hold it. */
export const contradiction = ({
  rounding,
  plannedWithin,
  window,
}: Pick<Rules, 'rounding' | 'plannedWithin' | 'window'>): RulesProblem<'RulesContradict'> | null => {
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

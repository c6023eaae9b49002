// contradiction.ts: rules that cannot stand together

import { problem, type RulesProblem } from './changes.ts'
import type { RuleName, Rules } from './rule-pack.ts'

/** Two rules that cannot stand together, and what is wrong with the one that asks too much. */
export interface Contradiction {
  readonly between: readonly [RuleName, RuleName]
  readonly because: RulesProblem<'RulesContradict'>
}

/** The rules of which two may not be able to stand together. */
export const contradicting: ReadonlyArray<RuleName> = ['window', 'rounding', 'plannedWithin']

/** What asks for the one window of a session, where many may hold it. */
export const contradiction = ({
  rounding,
  plannedWithin,
  window,
}: Pick<Rules, 'rounding' | 'plannedWithin' | 'window'>): Contradiction | null => {
  if (window.value !== 'rolling-12-months') return null
  if (rounding.value !== 'none' && rounding.value.per === 'window')
    return {
      between: ['rounding', 'window'],
      because: problem(
        'RulesContradict',
        'parameters.rounding.per',
        "'window' with the window 'rolling-12-months'",
        "'session', for an attendance lies in many rolling windows",
      ),
    }
  if (plannedWithin.value === 'none') return null
  return {
    between: ['plannedWithin', 'window'],
    because: problem(
      'RulesContradict',
      'parameters.plannedWithin',
      `{ months: ${plannedWithin.value.months} } with the window 'rolling-12-months'`,
      "'none', for a session lies in many rolling windows",
    ),
  }
}

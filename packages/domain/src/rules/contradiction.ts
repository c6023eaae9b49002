// contradiction.ts: rules that cannot stand together

import { problem, type RulesProblem } from './changes.ts'
import type { RuleName, Rules } from './rule-pack.ts'

/** A rule that cannot stand together with the window, and what is wrong with it, and with the window. */
export interface Contradiction {
  readonly between: readonly ['rounding' | 'plannedWithin', 'window']
  readonly because: RulesProblem<'RulesContradict'>
  readonly ofWindow: RulesProblem<'RulesContradict'>
}

/** The rules of which two may not be able to stand together. */
export const contradicting: ReadonlyArray<RuleName> = ['window', 'rounding', 'plannedWithin']

/** The first thing that asks for the one window of a session, where many may hold it. */
export const contradiction = (rules: Contradictable): Contradiction | null => contradictions(rules)[0] ?? null

type Contradictable = Pick<Rules, 'rounding' | 'plannedWithin' | 'window'>

/** All that asks for the one window of a session, where many may hold it. */
export const contradictions = ({ rounding, plannedWithin, window }: Contradictable): ReadonlyArray<Contradiction> => {
  if (window.value !== 'rolling-12-months') return []
  const found: Contradiction[] = []
  if (rounding.value !== 'none' && rounding.value.per === 'window')
    found.push({
      between: ['rounding', 'window'],
      because: problem(
        'RulesContradict',
        'parameters.rounding.per',
        "'window' with the window 'rolling-12-months'",
        "'session', for an attendance lies in many rolling windows",
      ),
      ofWindow: windowWith("rounding per 'window'"),
    })
  if (plannedWithin.value !== 'none') {
    const planned = `{ months: ${plannedWithin.value.months} }`
    found.push({
      between: ['plannedWithin', 'window'],
      because: problem(
        'RulesContradict',
        'parameters.plannedWithin',
        `${planned} with the window 'rolling-12-months'`,
        "'none', for a session lies in many rolling windows",
      ),
      ofWindow: windowWith(`plannedWithin ${planned}`),
    })
  }
  return found
}

const windowWith = (other: string): RulesProblem<'RulesContradict'> =>
  problem(
    'RulesContradict',
    'parameters.window',
    `'rolling-12-months' with ${other}`,
    "'calendar-year' or 'group-year', of which each session lies in one",
  )

/** The problem for whoever says only these of its rules: at one that is said; and the other one, by what it stands. */
export const problemFor = (
  said: ReadonlyArray<RuleName>,
  { between: [asking, window], because, ofWindow }: Contradiction,
  rules: Rules,
): RulesProblem<'RulesContradict'> => {
  if (said.includes(asking) === said.includes(window)) return because
  const [problem, other] = said.includes(asking) ? [because, window] : [ofWindow, asking]
  return { ...problem, expected: `${problem.expected}; ${other} stands by: ${rules[other].source.title}` }
}

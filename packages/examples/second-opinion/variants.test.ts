// variants.test.ts: the two opinions are the same under rules that a file changes, at several dates

import { describe, expect, test } from 'vitest'
import { addDays } from './calendar.ts'
import { evaluate } from './evaluate.ts'
import { imported } from './first-opinion.ts'
import { type Case, generate } from './generate.ts'
import { generateSmall } from './generate-small.ts'
import { someRules } from './generate-variants.ts'
import { diceFor } from './random.ts'
import { rulesOf } from './variants.ts'

/** More of them with SMAGRUPPE_SEEDS=500. */
const seeds = Math.max(12, Number(process.env.SMAGRUPPE_SEEDS) || 0)

const kinds: ReadonlyArray<readonly [string, (seed: number) => Case]> = [
  ['small', generateSmall],
  ['large', (seed) => generate(seed, 'variants')],
]

describe.each(kinds)('both opinions give the same points under other rules, of a %s folder', (_, make) => {
  for (let seed = 1; seed <= seeds; seed++) {
    test(`seed ${seed}`, async () => {
      const { folder, asOf, knownAt } = make(seed)
      const ask = await imported(folder)
      const { int } = diceFor(seed)
      for (let i = 0; i < 5; i++) {
        const rules = someRules(100 * seed + i)
        const dates = i === 0 ? [asOf, knownAt] : [addDays(asOf, int(-400, 400)), addDays(knownAt, int(-100, 800))]
        const [through = asOf, known = knownAt] = dates
        const asked = { seed, rules, through, known }
        const { points: first } = await ask(through, known, rules)
        expect({ ...asked, points: first }).toEqual({
          ...asked,
          points: evaluate(folder, through, known, rulesOf(rules)).points,
        })
      }
    })
  }
})

/** What a parameter is changed to, as far as it is a variant of its own. */
const variantsIn = ([name, value]: readonly [string, unknown]): ReadonlyArray<string> => {
  if (typeof value === 'number' || name === 'yearlyCap') return [name]
  if (typeof value === 'string') return [`${name} ${value}`]
  return Object.entries(value ?? {}).map(([part, one]) => `${name} ${part}${name === 'rounding' ? ` ${one}` : ''}`)
}

test('the folders reach the variants: each of them changes points somewhere', () => {
  const all = [
    'dayCap reject',
    'dayCapMinutes',
    'declaration cures-window',
    'declaration curesDays',
    'doctorThresholdMinutes',
    'electiveMax',
    'groupThreshold',
    'mandatory',
    'membershipTransfer adds-up',
    'minutesPerPoint',
    'quorum',
    'rounding mode floor',
    'rounding mode half-up',
    'rounding per session',
    'rounding per window',
    'rounding unit 0.5',
    'rounding unit 1',
    'sessionMinutesMin',
    'window group-year',
    'window rolling-12-months',
    'yearlyCap',
  ]
  const matters = new Set<string>()
  for (let seed = 1; seed <= 60 && matters.size < all.length; seed++) {
    const { folder, asOf, knownAt } = generateSmall(seed)
    const { parameters } = someRules(100 * seed)
    const points = evaluate(folder, asOf, knownAt, rulesOf({ parameters })).points
    for (const changed of Object.entries(parameters)) {
      const others = Object.fromEntries(Object.entries(parameters).filter(([one]) => one !== changed[0]))
      const without = evaluate(folder, asOf, knownAt, rulesOf({ parameters: others })).points
      if (JSON.stringify(without) !== JSON.stringify(points)) for (const one of variantsIn(changed)) matters.add(one)
    }
  }
  expect([...matters].sort()).toEqual(all)
})

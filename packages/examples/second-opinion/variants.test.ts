// variants.test.ts: the two opinions are the same under rules that a file changes, at several dates

import { describe, expect, test } from 'vitest'
import { addDays } from './calendar.ts'
import { evaluate } from './evaluate.ts'
import { type Case, generate } from './generate.ts'
import { generateSmall } from './generate-small.ts'
import { someRules } from './generate-variants.ts'
import { diceFor } from './random.ts'
import { pointsOf } from './variant-opinions.ts'
import { defaultRules, rulesOf } from './variants.ts'

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
      const ask = await pointsOf(folder)
      const { int } = diceFor(seed)
      for (let i = 0; i < 5; i++) {
        const rules = someRules(100 * seed + i)
        const dates = i === 0 ? [asOf, knownAt] : [addDays(asOf, int(-400, 400)), addDays(knownAt, int(-100, 800))]
        const [through = asOf, known = knownAt] = dates
        const asked = { seed, rules, through, known }
        const first = await ask(rules, through, known)
        expect({ ...asked, points: first }).toEqual({
          ...asked,
          points: evaluate(folder, through, known, rulesOf(rules)).points,
        })
      }
    })
  }
})

test('the folders reach the variants: each of them changes points somewhere', () => {
  const matters = new Set<string>()
  const names = Object.keys(defaultRules)
  for (let seed = 1; seed <= 60 && matters.size < names.length; seed++) {
    const { folder, asOf, knownAt } = generateSmall(seed)
    const { parameters } = someRules(100 * seed)
    const points = evaluate(folder, asOf, knownAt, rulesOf({ parameters })).points
    for (const name of Object.keys(parameters).filter((one) => !matters.has(one))) {
      const others = Object.fromEntries(Object.entries(parameters).filter(([one]) => one !== name))
      const without = evaluate(folder, asOf, knownAt, rulesOf({ parameters: others })).points
      if (JSON.stringify(without) !== JSON.stringify(points)) matters.add(name)
    }
  }
  expect([...matters].sort()).toEqual(names.sort())
})

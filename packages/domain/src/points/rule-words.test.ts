// rule-words.test.ts: what a rule says at a value of it, outside of any explanation

import { expect, test } from 'vitest'
import { ruleInWords } from './rule-words.ts'

test('a rule says its value with the unit, in each language; English where none is named', () => {
  expect(ruleInWords('minutesPerPoint', 45)).toBe('45 minutes are a point')
  expect(ruleInWords('groupSize', { min: 6, max: 12 }, 'nb')).toBe('en smågruppe bør ha 6 til 12 medlemmer')
})

test('what it cannot be is not put into words', () => {
  expect(ruleInWords('quorum', 'three')).toBe('quorum')
})

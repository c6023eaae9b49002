// parameters.test.ts: the least and the most that each parameter can be, and what is just beyond

import { describe, expect, test } from 'vitest'
import { parameters } from './parameters.ts'

describe('whole numbers, both bounds included', () => {
  test.for([
    ['periodYears', 1, 50],
    ['quorum', 1, 1_000],
    ['sessionMinutesMin', 0, 1_500],
    ['dayCapMinutes', 0, 1_500],
    ['groupThreshold', 0, 1_000],
    ['doctorThresholdMinutes', 0, 100_000],
    ['minutesPerPoint', 1, 1_500],
    ['mandatory', 0, 1_000],
    ['electiveMax', 0, 1_000],
  ] as const)('%s from %i to %i', ([name, least, most]) => {
    const { is } = parameters[name]
    expect([least - 1, least, least + 0.5, most, most + 1, String(least)].map(is)).toEqual([
      false,
      true,
      false,
      true,
      false,
      false,
    ])
  })
})

test('a size whose least is its most is one, and one the other way round is none', () => {
  const { is } = parameters.groupSize
  expect([{ min: 6, max: 12 }, { min: 6, max: 6 }, { min: 12, max: 6 }, { min: 6 }].map(is)).toEqual([
    true,
    true,
    false,
    false,
  ])
})

test('a suspension lasts a day at least', () => {
  const { is } = parameters.onlineCapsSuspended
  const from = '2020-01-01'
  const all = ['none', { from, to: '2020-01-02' }, { from, to: from }, { from, to: '2019-12-31' }, { from }, 'always']
  expect(all.map(is)).toEqual([true, true, false, false, false, false])
})

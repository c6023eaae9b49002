// second-opinion.test.ts: two who read the rules apart from each other answer the same, whatever the sheets say

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { evaluate } from './evaluate.ts'
import { imported } from './first-opinion.ts'
import { generate } from './generate.ts'
import { columnsOf, csvRecords } from './sheets.ts'

/** More of them with SMAGRUPPE_SEEDS=500. */
const seeds = Math.max(60, Number(process.env.SMAGRUPPE_SEEDS) || 0)

describe('both opinions are the same: points, register, topics and refused rows', () => {
  for (let seed = 1; seed <= seeds; seed++) {
    test(`seed ${seed}`, async () => {
      const { folder, asOf, knownAt } = generate(seed)
      const first = await (await imported(folder))(asOf, knownAt)
      expect({ asOf, knownAt, ...first }).toEqual({ asOf, knownAt, ...evaluate(folder, asOf, knownAt) })
    })
  }
})

describe('the files that the pilot year is expected to give', () => {
  const pilot = (path: string): string => readFileSync(new URL(`../pilot-year/${path}`, import.meta.url), 'utf8')
  const folder = Object.fromEntries(Object.keys(columnsOf).map((sheet) => [sheet, pilot(`data/${sheet}.csv`)]))
  const rowsIn = (file: string) =>
    csvRecords(pilot(`expected/${file}.csv`))
      .map(({ fields }) => fields)
      .slice(1)

  test.each([
    ['2024-12-31', ''],
    ['2025-12-31', '-as-known-2025-12-31'],
  ])('are what the second opinion says, as known at %s', (knownAt, suffix) => {
    const { points, groupRegister, topicLog, refused } = evaluate(folder, '2024-12-31', knownAt)
    expect(points).toEqual(rowsIn(`points${suffix}`))
    expect(groupRegister).toEqual(rowsIn(`group-register${suffix}`))
    expect(topicLog).toEqual(rowsIn(`topic-log${suffix}`))
    expect(refused.map(({ file, row, column }) => [file, String(row), column])).toEqual(
      rowsIn('rejected').map((cells) => cells.slice(0, 3)),
    )
  })
})

test('a seed gives the same folder again, and another one another', () => {
  expect(generate(7)).toEqual(generate(7))
  expect(generate(7)).not.toEqual(generate(8))
})

test('the folders are dense in trouble: every reason and warning, and refused rows in every sheet', () => {
  const reasons = new Set<string>()
  const warnings = new Set<string>()
  const sheets = new Set<string>()
  for (let seed = 1; seed <= 60; seed++) {
    const { folder, asOf, knownAt } = generate(seed)
    const { points, groupRegister, refused } = evaluate(folder, asOf, knownAt)
    for (const row of points) for (const one of row.at(-1)?.split(';') ?? []) reasons.add(one.split(':')[1] ?? '')
    for (const [, , , , warning = ''] of groupRegister) warnings.add(warning)
    for (const { file } of refused) sheets.add(file)
  }
  expect([...reasons].sort()).toEqual([
    '',
    'BELOW_QUORUM',
    'DAY_CAP',
    'DOCTOR_UNDER_6_HOURS',
    'GROUP_UNDER_3_MEETINGS',
    'GUEST',
    'HOSTING',
    'INDUSTRY',
    'NOT_MEMBER',
    'NO_DECLARATION',
    'NO_MINUTES',
    'OVERLAPPING',
    'SESSION_TOO_SHORT',
  ])
  expect([...warnings].sort()).toEqual(['', 'OVER_12', 'UNDER_3'])
  expect(sheets.size).toBe(11)
})

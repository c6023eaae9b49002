// group-sizes.test.ts: how large groups are, and where

import { describe, expect, test } from 'vitest'
import { defaultPack } from '../rules/default-pack.ts'
import { legalDate } from '../values/legal-date.ts'
import type { Renumbering } from '../values/municipality-number.ts'
import { groupOn, groupsByPlace, sizeDistribution } from './group-register.ts'
import { asked, place, story } from './group-story.test-kit.ts'

/** A group of so many members, on the last day of 2024. */
const ofSize = (size: number, group = 'G1', municipality: string | null = '4601') => {
  const { registered, joined, entry } = story(group)
  registered('2020-01-01', municipality)
  for (let i = 0; i < size; i += 1) joined(`member ${i}`, '2020-01-01')
  const found = entry('2024-12-31')
  if (found === null) throw new Error('no group')
  return found
}

describe('S1-09 the size of a group', () => {
  test.for([
    [0, 'UNDER_3'],
    [2, 'UNDER_3'],
    [3, null],
    [12, null],
    [13, 'OVER_12'],
  ] as const)('S1-09 with %i members the warning is %s', ([size, warning]) => {
    const entry = ofSize(size)
    expect([entry.members.length, entry.warning]).toEqual([size, warning])
  })

  test('S1-09 what it should be is a rule of the pack', () => {
    const { registered, entry, book } = story()
    registered('2020-01-01')
    const rules = { ...defaultPack, groupSize: { ...defaultPack.groupSize, value: { min: 1, max: 4 } } }
    expect(groupOn(book.history, asked('2024-12-31'), rules)?.warning).toBe('UNDER_1')
    expect(entry('2024-12-31')?.warning).toBe('UNDER_3')
  })
})

describe('S1-11 in practice', () => {
  test('S1-11 sizes have a range, a median and a distribution', () => {
    expect(sizeDistribution([8, 12, 9, 8].map((size) => ofSize(size)))).toEqual({
      groups: 4,
      smallest: 8,
      largest: 12,
      median: 8.5,
      bySize: [
        { size: 8, groups: 2 },
        { size: 9, groups: 1 },
        { size: 12, groups: 1 },
      ],
    })
    expect(sizeDistribution([10, 2, 9].map((size) => ofSize(size)))).toMatchObject({
      smallest: 2,
      largest: 10,
      median: 9,
    })
    expect(sizeDistribution([ofSize(7)])).toMatchObject({ groups: 1, smallest: 7, largest: 7, median: 7 })
  })

  test('S1-11 without a group there is none', () => {
    expect(sizeDistribution([])).toBeNull()
  })
})

describe('S1-12 where groups are', () => {
  const renumberings: ReadonlyArray<Renumbering> = [
    { from: place('0219'), to: [place('3024')], on: legalDate('2020-01-01') },
    { from: place('3024'), to: [place('3201')], on: legalDate('2024-01-01') },
    { from: place('1507'), to: [place('1508'), place('1580')], on: legalDate('2024-01-01') },
  ]

  test('S1-12 a renumbered municipality does not move the group', () => {
    const { registered, entry } = story()
    registered('2015-01-01', '0219')
    expect(['2019-12-31', '2021-01-01', '2024-06-01'].map((date) => entry(date)?.municipality)).toEqual([
      '0219',
      '0219',
      '0219',
    ])
  })

  test('S1-12 statistics by place use the numbers of their date', () => {
    const entries = [
      ofSize(3, 'A', '0219'),
      ofSize(3, 'B', '3024'),
      ofSize(3, 'C', '1507'),
      ofSize(3, 'D', null),
      ofSize(3, 'E', '1507'),
    ]
    const on = (date: string) => [...groupsByPlace(entries, legalDate(date), renumberings)]
    expect(on('2019-12-31')).toEqual([
      ['0219', 1],
      ['3024', 1],
      ['1507', 2],
      [null, 1],
    ])
    expect(on('2023-12-31')).toEqual([
      ['3024', 2],
      ['1507', 2],
      [null, 1],
    ])
    expect(on('2024-01-01')).toEqual([
      ['3201', 2],
      ['1507', 2],
      [null, 1],
    ])
  })

  test('S1-12 a move is a fact with a date; of several the latest effective one counts, whatever was recorded last', () => {
    const { registered, moved, entry } = story()
    registered('2020-01-01', '1507')
    moved('1508', '2024-06-01')
    moved('1580', '2024-01-01')
    expect(['2023-12-31', '2024-01-01', '2024-05-31', '2024-06-01'].map((date) => entry(date)?.municipality)).toEqual([
      '1507',
      '1580',
      '1580',
      '1508',
    ])
  })
})

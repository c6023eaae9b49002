// minutes.test.ts: spans at the edges, where they touch, hold each other or are empty, and the minutes of the clock

import { describe, expect, test } from 'vitest'
import { instant } from '../testing/index.ts'
import { minuteOf, minutesOf, noSpans, type Span, type Spans, union, WholeMinute, within, without } from './minutes.ts'

/** `1-5` is a span from 1 up to 5; several stand between blanks, none is the empty text. */
const spans = (written: string): Spans =>
  written === ''
    ? noSpans
    : written.split(' ').map((span): Span => {
        const [from = Number.NaN, to = Number.NaN] = span.split('-').map(Number)
        return { from, to }
      })

describe('together', () => {
  test.for([
    ['', ''],
    ['5-5', ''],
    ['7-5', ''],
    ['1-5 7-7 6-5', '1-5'],
    ['1-5 6-9', '1-5 6-9'],
    ['6-9 1-5', '1-5 6-9'],
    ['1-5 5-9', '1-9'],
    ['1-5 4-9', '1-9'],
    ['1-9 2-3', '1-9'],
    ['1-9 2-9', '1-9'],
    ['1-9 1-5', '1-9'],
    ['1-5 1-9', '1-9'],
    ['1-3 5-7 2-6', '1-7'],
  ] as const)('%j is %j', ([some, expected]) => {
    expect(union(spans(some))).toEqual(spans(expected))
  })
})

describe('inside bounds', () => {
  test.for([
    ['1-9', '3-5', '3-5'],
    ['3-5', '1-9', '3-5'],
    ['1-5', '3-9', '3-5'],
    ['3-9', '1-5', '3-5'],
    ['1-3', '3-5', ''],
    ['5-7', '3-5', ''],
    ['1-4 5-8', '3-6', '3-4 5-6'],
    ['', '3-5', ''],
  ] as const)('%j inside %j is %j', ([some, bounds, expected]) => {
    const [only = { from: 0, to: 0 }] = spans(bounds)
    expect(within(spans(some), only)).toEqual(spans(expected))
  })
})

describe('taken out', () => {
  test.for([
    ['1-9', '', '1-9'],
    ['', '1-9', ''],
    ['1-9', '1-9', ''],
    ['1-9', '3-5', '1-3 5-9'],
    ['1-9', '1-5', '5-9'],
    ['1-9', '5-9', '1-5'],
    ['3-5', '1-9', ''],
    ['3-5', '1-3', '3-5'],
    ['3-5', '5-7', '3-5'],
    ['3-5', '1-2', '3-5'],
    ['3-5', '7-9', '3-5'],
    ['3-7', '1-5', '5-7'],
    ['3-7', '5-9', '3-5'],
    ['1-4 6-9', '2-3 7-8', '1-2 3-4 6-7 8-9'],
    ['1-4 6-9', '3-7', '1-3 7-9'],
  ] as const)('%j without %j is %j', ([some, others, expected]) => {
    expect(without(spans(some), spans(others))).toEqual(spans(expected))
  })
})

test('minutes are counted over all spans', () => {
  expect([minutesOf(noSpans), minutesOf(spans('3-5')), minutesOf(spans('1-4 6-11'))]).toEqual([0, 2, 8])
})

describe('minutes of the clock', () => {
  test('a moment lies in the minute it has begun', () => {
    const minute = minuteOf(instant('2024-01-10T15:00:00.000Z'))
    expect(minuteOf(instant('2024-01-10T15:00:59.999Z'))).toBe(minute)
    expect(minuteOf(instant('2024-01-10T15:01:00.000Z'))).toBe(minute + 1)
    expect(minuteOf(instant('1969-12-31T23:59:30.000Z'))).toBe(-1)
  })

  test('sessions are timed in whole minutes', () => {
    expect(
      ['2024-01-10T15:00:00.000Z', '2024-01-10T15:00:30.000Z', '2024-01-10T15:00:00.001Z', 'then'].map(WholeMinute.is),
    ).toEqual([true, false, false, false])
  })
})

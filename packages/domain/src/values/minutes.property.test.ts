// minutes.property.test.ts: the algebra of spans against sets of minutes

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anySpan } from '../testing/generators.ts'
import { instant } from '../testing/index.ts'
import { minuteOf, minutesOf, noSpans, type Span, type Spans, union, WholeMinute, within, without } from './minutes.ts'

const setOf = (spans: ReadonlyArray<Span>): ReadonlySet<number> =>
  new Set(spans.flatMap(({ from, to }) => Array.from({ length: Math.max(to - from, 0) }, (_, i) => from + i)))

const sorted = (minutes: Iterable<number>): ReadonlyArray<number> => [...minutes].sort((one, other) => one - other)

/** In order, apart from each other, none empty. */
const isTidy = (spans: Spans): boolean =>
  spans.every(({ from, to }, index) => to > from && (spans[index - 1]?.to ?? Number.NEGATIVE_INFINITY) < from)

const anySpans = () => fc.array(anySpan(), { maxLength: 6 })

describe('spans are sets of minutes', () => {
  test('union', () => {
    fc.assert(
      fc.property(anySpans(), (spans) => {
        const joined = union(spans)
        expect(sorted(setOf(joined))).toEqual(sorted(setOf(spans)))
        expect(isTidy(joined)).toBe(true)
      }),
    )
  })

  test('within', () => {
    fc.assert(
      fc.property(anySpans(), anySpan(), (spans, bounds) => {
        const inside = within(union(spans), bounds)
        expect(sorted(setOf(inside))).toEqual(sorted(setOf(spans)).filter((minute) => setOf([bounds]).has(minute)))
        expect(isTidy(inside)).toBe(true)
      }),
    )
  })

  test('without', () => {
    fc.assert(
      fc.property(anySpans(), anySpans(), (spans, others) => {
        const left = without(union(spans), union(others))
        expect(sorted(setOf(left))).toEqual(sorted(setOf(spans)).filter((minute) => !setOf(others).has(minute)))
        expect(isTidy(left)).toBe(true)
      }),
    )
  })

  test('minutesOf', () => {
    fc.assert(
      fc.property(anySpans(), (spans) => {
        expect(minutesOf(union(spans))).toBe(setOf(spans).size)
      }),
    )
  })

  test('what is taken out and what is left make the whole', () => {
    fc.assert(
      fc.property(anySpans(), anySpans(), (spans, others) => {
        const whole = union(spans)
        const left = without(whole, union(others))
        const taken = without(whole, left)
        expect(minutesOf(left) + minutesOf(taken)).toBe(minutesOf(whole))
        expect(union([...left, ...taken])).toEqual(whole)
      }),
    )
  })
})

describe('spans one by one', () => {
  test('touching spans become one, empty and backward ones go', () => {
    expect(
      union([
        { from: 5, to: 9 },
        { from: 1, to: 5 },
        { from: 20, to: 20 },
        { from: 30, to: 25 },
      ]),
    ).toEqual([{ from: 1, to: 9 }])
    expect(union([])).toEqual(noSpans)
  })

  test('a span within another adds nothing', () => {
    expect(
      union([
        { from: 1, to: 9 },
        { from: 2, to: 3 },
      ]),
    ).toEqual([{ from: 1, to: 9 }])
  })

  test('taking the middle out leaves both ends', () => {
    expect(without([{ from: 0, to: 10 }], [{ from: 3, to: 5 }])).toEqual([
      { from: 0, to: 3 },
      { from: 5, to: 10 },
    ])
  })
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

// minutes.property.test.ts: the algebra of spans against sets of minutes

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anySpan } from '../testing/generators.ts'
import { minutesOf, type Span, type Spans, union, within, without } from './minutes.ts'

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

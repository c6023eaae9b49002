// instant.test.ts: moments as text that sorts

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyInstant } from '../testing/generators.ts'
import { instant } from '../testing/index.ts'
import { earlier, Instant, instantOf, later, millisecondsOf, theBeginning } from './instant.ts'

describe('a moment as text', () => {
  test.for([
    '2024-03-31T00:30:00.000Z',
    '0000-01-01T00:00:00.000Z',
    '9999-12-31T23:59:59.999Z',
    '2024-02-29T12:00:00.001Z',
    '0000-02-29T00:00:00.000Z',
    '2023-12-31T23:59:59.999Z',
  ])('%s is one', (text) => {
    expect(Instant.is(text)).toBe(true)
  })

  test.for([
    '2024-03-31T00:30:00Z',
    '2024-03-31T00:30:00.000+01:00',
    '2024-02-30T00:00:00.000Z',
    '2023-02-29T00:00:00.000Z',
    '2024-04-31T00:00:00.000Z',
    '2024-01-32T00:00:00.000Z',
    '2024-01-00T00:00:00.000Z',
    '2024-00-01T00:00:00.000Z',
    '2024-13-01T00:00:00.000Z',
    '2024-03-31T00:00:60.000Z',
    '1900-02-29T00:00:00.000Z',
    '2024-03-31T24:00:00.000Z',
    '2024-03-31T00:60:00.000Z',
    '2024-03-31 00:30:00.000Z',
    '+012024-03-31T00:30:00.000Z',
    '2024-03-31',
    '',
    7,
    null,
  ])('%j is none', (text) => {
    expect(Instant.is(text)).toBe(false)
  })

  test('text order is time order', () => {
    fc.assert(
      fc.property(anyInstant(), anyInstant(), (one, other) => {
        expect(one < other).toBe(millisecondsOf(one) < millisecondsOf(other))
        expect([earlier(one, other), later(one, other)]).toEqual([one, other].sort())
      }),
    )
  })
})

describe('a moment as milliseconds', () => {
  test('and back is the same moment', () => {
    fc.assert(
      fc.property(anyInstant(), (moment) => {
        expect(instantOf(millisecondsOf(moment))).toBe(moment)
      }),
    )
  })

  test('outside the years 0 to 9999 it is the nearest bound', () => {
    const last = '9999-12-31T23:59:59.999Z'
    expect([1e18, Number.POSITIVE_INFINITY, Number.NaN].map(instantOf)).toEqual([last, last, last])
    expect([-1e18, Number.NEGATIVE_INFINITY].map(instantOf)).toEqual([theBeginning, theBeginning])
    expect(instantOf(1.9)).toBe('1970-01-01T00:00:00.001Z')
  })

  test('nothing is before the beginning', () => {
    expect(theBeginning <= instant('0000-01-01T00:00:00.000Z')).toBe(true)
  })
})

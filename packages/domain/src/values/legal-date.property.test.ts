// legal-date.property.test.ts: the calendar against a calendar that counts day by day

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyDate, anyInstant } from '../testing/generators.ts'
import { dateIn, endOf, LegalDate, legalDate, oslo, plusDays, plusMonths, plusYears, startOf } from './legal-date.ts'

const dayNumber = (date: LegalDate): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000

test('every day of forty years is a date, and the next day is one more', () => {
  let date = legalDate('1999-12-31')
  for (let i = 0; i < 40 * 366; i += 1) {
    const next = plusDays(date, 1)
    expect([next, LegalDate.is(next), dayNumber(next) - dayNumber(date)]).toEqual([next, true, 1])
    date = next
  }
})

test('months hold year and month exactly, and the day as far as the month goes', () => {
  fc.assert(
    fc.property(anyDate(), fc.integer({ min: -600, max: 600 }), (date, months) => {
      const moved = plusMonths(date, months)
      const counted = (one: LegalDate): number => Number(one.slice(0, 4)) * 12 + Number(one.slice(5, 7))
      expect(counted(moved) - counted(date)).toBe(months)
      if (moved.slice(8) === date.slice(8)) return
      expect(moved.slice(8) < date.slice(8)).toBe(true)
      expect(plusDays(moved, 1).slice(8)).toBe('01')
    }),
  )
})

test('years are twelve months', () => {
  fc.assert(
    fc.property(anyDate(), fc.integer({ min: 0, max: 60 }), (date, years) => {
      expect(plusYears(date, years)).toBe(plusMonths(date, years * 12))
    }),
  )
})

test('each moment is within its own day', () => {
  fc.assert(
    fc.property(anyInstant(), (moment) => {
      const date = dateIn(oslo, moment)
      expect(startOf(oslo, date) <= moment && moment < endOf(oslo, date)).toBe(true)
    }),
  )
})

// legal-date.test.ts: the calendar, the wall clock and their traps

import { none, some } from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { instant } from '../testing/index.ts'
import {
  atWallTime,
  dateIn,
  endOf,
  firstOfYear,
  isDuring,
  LegalDate,
  legalDate,
  oslo,
  parseLegalDate,
  plusDays,
  plusMonths,
  plusYears,
  startOf,
  wallTimeIn,
  yearOf,
  Zone,
  zone,
} from './legal-date.ts'

describe('a date as written', () => {
  test.for(['2024-02-29', '2000-02-29', '2024-12-31', '0001-01-01', '9999-12-31', '2024-04-30', '2023-02-28'])(
    '%s is one',
    (written) => {
      expect(parseLegalDate(written)).toEqual(some(written))
      expect(LegalDate.is(written)).toBe(true)
    },
  )

  test.for([
    '2023-02-29',
    '1900-02-29',
    '2024-02-30',
    '2024-04-31',
    '2024-06-31',
    '2024-09-31',
    '2024-11-31',
    '2024-01-32',
    '2024-13-01',
    '2024-00-01',
    '2024-01-00',
    '0000-01-01',
    '2024-1-1',
    '24-01-01',
    '2024-01-01T00:00',
    ' 2024-01-01',
    '2024/01/01',
    '+012024-01-01',
    '',
  ])('%j is none', (written) => {
    expect(parseLegalDate(written)).toEqual(none)
    expect(() => legalDate(written)).toThrow(new RangeError(`not a date: ${written}`))
  })

  test('text order is date order', () => {
    const dates = ['2024-02-01', '2023-12-31', '2024-01-31', '0999-01-01'].map(legalDate)
    expect([...dates].sort()).toEqual(['0999-01-01', '2023-12-31', '2024-01-31', '2024-02-01'])
  })
})

describe('the leap day', () => {
  const anchor = legalDate('2020-02-29')

  test('plus five years is 28 February, plus twenty from the anchor 29 February again', () => {
    expect([5, 10, 15, 20, 80].map((years) => plusYears(anchor, years))).toEqual([
      '2025-02-28',
      '2030-02-28',
      '2035-02-28',
      '2040-02-29',
      '2100-02-28',
    ])
  })

  test('step by step it would be lost: the anchor is what counts', () => {
    expect(plusYears(plusYears(anchor, 5), 15)).toBe('2040-02-28')
  })
})

describe('counting on', () => {
  test('months hold the day within the month', () => {
    expect(plusMonths(legalDate('2024-01-31'), 1)).toBe('2024-02-29')
    expect(plusMonths(legalDate('2023-01-31'), 1)).toBe('2023-02-28')
    expect(plusMonths(legalDate('2024-03-31'), 1)).toBe('2024-04-30')
    expect(plusMonths(legalDate('2024-12-31'), 12)).toBe('2025-12-31')
    expect(plusMonths(legalDate('2024-12-15'), 1)).toBe('2025-01-15')
    expect(plusMonths(legalDate('2024-01-15'), -1)).toBe('2023-12-15')
    expect(plusMonths(legalDate('2024-03-31'), -1)).toBe('2024-02-29')
    expect(plusMonths(legalDate('2024-03-31'), 0)).toBe('2024-03-31')
  })

  test('days go over months and years', () => {
    expect(plusDays(legalDate('2024-02-28'), 1)).toBe('2024-02-29')
    expect(plusDays(legalDate('2024-12-31'), 1)).toBe('2025-01-01')
    expect(plusDays(legalDate('2024-03-01'), -1)).toBe('2024-02-29')
  })

  test('nothing comes after the last day of the year 9999', () => {
    expect(plusDays(legalDate('9999-12-31'), 1)).toBe('9999-12-31')
    expect(plusYears(legalDate('9998-06-01'), 5)).toBe('9999-12-31')
    expect(plusMonths(legalDate('9999-12-01'), 1)).toBe('9999-12-31')
    expect(plusMonths(legalDate('9999-11-30'), 1)).toBe('9999-12-30')
    expect(endOf(oslo, legalDate('9999-12-31'))).toBe('9999-12-30T23:00:00.000Z')
  })

  test('nothing comes before the first day of the year 1', () => {
    expect(plusDays(legalDate('0001-01-01'), -1)).toBe('0001-01-01')
    expect(plusMonths(legalDate('0001-01-01'), -1)).toBe('0001-01-01')
    expect(plusMonths(legalDate('0001-06-15'), -1)).toBe('0001-05-15')
    expect(dateIn(zone('UTC'), instant('0000-06-01T00:00:00.000Z'))).toBe('0001-01-01')
  })

  test('a year and its first day', () => {
    expect([yearOf(legalDate('2024-06-01')), firstOfYear(legalDate('2024-06-01'))]).toEqual([2024, '2024-01-01'])
    expect([yearOf(legalDate('0099-06-01')), firstOfYear(legalDate('0099-06-01'))]).toEqual([99, '0099-01-01'])
  })
})

test('what lasts from a day until another holds the first and not the second; without an end it holds all that follow', () => {
  const [before, first, within, end] = ['2023-12-31', '2024-01-01', '2024-06-01', '2025-01-01'].map(legalDate)
  const days = [before, first, within, end].filter((day) => day !== undefined)
  expect(days.map((day) => isDuring(day, legalDate('2024-01-01'), legalDate('2025-01-01')))).toEqual([
    false,
    true,
    true,
    false,
  ])
  expect(days.map((day) => isDuring(day, legalDate('2024-01-01'), null))).toEqual([false, true, true, true])
})

describe('zones', () => {
  test('half past eleven at night in UTC on New Year’s Eve is the next year in Oslo', () => {
    expect(dateIn(oslo, instant('2024-12-31T22:59:59.999Z'))).toBe('2024-12-31')
    expect(dateIn(oslo, instant('2024-12-31T23:00:00.000Z'))).toBe('2025-01-01')
    expect(dateIn(oslo, instant('2024-12-31T23:30:00.000Z'))).toBe('2025-01-01')
    expect(dateIn(zone('UTC'), instant('2024-12-31T23:30:00.000Z'))).toBe('2024-12-31')
  })

  test('in summer the day begins two hours before UTC’s', () => {
    expect(dateIn(oslo, instant('2024-06-30T22:00:00.000Z'))).toBe('2024-07-01')
    expect(startOf(oslo, legalDate('2024-07-01'))).toBe('2024-06-30T22:00:00.000Z')
    expect(startOf(oslo, legalDate('2024-01-01'))).toBe('2023-12-31T23:00:00.000Z')
  })

  test('the end of a day is the start of the next, also where the day has 23 or 25 hours', () => {
    expect(endOf(oslo, legalDate('2024-03-31'))).toBe('2024-03-31T22:00:00.000Z')
    expect(endOf(oslo, legalDate('2024-10-27'))).toBe('2024-10-27T23:00:00.000Z')
  })

  test('only what this runtime knows is a zone', () => {
    expect(['Europe/Oslo', 'UTC', 'Europe/Olso', '', 7].map(Zone.is)).toEqual([true, true, false, false, false])
    expect(() => zone('Europe/Olso')).toThrow(new RangeError('not a time zone: Europe/Olso'))
  })

  test('a zone goes by its one name: no offset, no other case, no date that names one', () => {
    const others = ['+01:00', '-08:00', 'europe/oslo', 'EUROPE/OSLO', '2024-01-01T00:00[Europe/Oslo]', ' Europe/Oslo']
    expect(others.filter(Zone.is)).toEqual([])
  })
})

describe('the wall clock', () => {
  const at = (date: string, time: string) => atWallTime(oslo, legalDate(date), time)

  test('an ordinary time', () => {
    expect(at('2024-01-10', '15:00')).toBe('2024-01-10T14:00:00.000Z')
    expect(at('2024-07-10', '15:00')).toBe('2024-07-10T13:00:00.000Z')
  })

  test('a time that is skipped in March is taken with the offset before the gap', () => {
    expect(at('2024-03-31', '02:30')).toBe('2024-03-31T01:30:00.000Z')
    expect(at('2024-03-31', '01:59')).toBe('2024-03-31T00:59:00.000Z')
    expect(at('2024-03-31', '03:00')).toBe('2024-03-31T01:00:00.000Z')
  })

  test('a time that happens twice in October is its first occurrence', () => {
    expect(at('2024-10-27', '02:30')).toBe('2024-10-27T00:30:00.000Z')
    expect(at('2024-10-27', '03:00')).toBe('2024-10-27T02:00:00.000Z')
  })

  test('from one to four on the night in March is two hours, in October four', () => {
    const hours = (date: string) => (Date.parse(at(date, '04:00')) - Date.parse(at(date, '01:00'))) / 3_600_000
    expect([hours('2024-03-31'), hours('2024-10-27'), hours('2024-06-01')]).toEqual([2, 4, 3])
  })

  test('what is no time is refused', () => {
    for (const time of ['25:00', '12:60', 'noon', '']) expect(() => at('2024-01-10', time)).toThrow(RangeError)
  })

  test('reads back as the time of the day in the zone', () => {
    expect(wallTimeIn(oslo, instant('2024-01-10T14:05:59.000Z'))).toBe('15:05')
    expect(wallTimeIn(oslo, instant('2024-07-10T22:00:00.000Z'))).toBe('00:00')
  })
})

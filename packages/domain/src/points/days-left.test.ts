// days-left.test.ts: which days are left, and the minutes that they have room for

import { expect, test } from 'vitest'
import { legalDate } from '../values/legal-date.ts'
import { lastDays, roomFor } from './days-left.ts'

const by = legalDate('2024-12-31')

test('the last days are told the latest first, so many at most, and today is none', () => {
  const days = (today: string, most: number) => lastDays(by, legalDate(today), most)
  expect(days('2024-12-28', 2)).toEqual(['2024-12-31', '2024-12-30'])
  expect(days('2024-12-28', 3)).toEqual(['2024-12-31', '2024-12-30', '2024-12-29'])
  expect(days('2024-12-28', 4)).toEqual(['2024-12-31', '2024-12-30', '2024-12-29'])
  expect(days('2024-12-30', 1)).toEqual(['2024-12-31'])
  expect(days('2024-12-28', 0)).toEqual([])
  expect(days('2024-12-31', 1)).toEqual([])
  expect(days('2025-01-01', 1)).toEqual([])
})

test('there is room for what each day can count, and for no more than is asked for', () => {
  const room = (minutes: number, cap: number, today: string) => roomFor(minutes, cap, by, legalDate(today))
  expect(room(360, 100, '2024-12-28')).toBe(300)
  expect(room(300, 100, '2024-12-28')).toBe(300)
  expect(room(301, 100, '2024-12-27')).toBe(301)
  expect(room(120, 360, '2024-12-28')).toBe(120)
  expect(room(120, 360, '2024-12-31')).toBe(0)
  expect(room(0, 360, '2024-12-28')).toBe(0)
  // A day that can count nothing has room for nothing.
  expect(room(120, 0, '2024-12-28')).toBe(0)
})

// calendar.ts: dates and wall times to make sheets of, the troublesome ones among them

import { isLeap } from './values.ts'

export const pad = (n: number, width = 2): string => String(n).padStart(width, '0')

export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00Z`) + days * 86400000).toISOString().slice(0, 10)

/** By the wall clock, as if it were never changed. */
export const addMinutes = (wall: string, minutes: number): string =>
  new Date(Date.parse(`${wall}Z`) + minutes * 60000).toISOString().slice(0, 16)

/** When the clock is changed, in March and October. */
export const lastSunday = (year: number, month: number): string => {
  const last = new Date(Date.UTC(year, month, 0))
  return addDays(last.toISOString().slice(0, 10), -last.getUTCDay())
}

/** Days of a year on which something may go wrong. */
export const troublesomeDays = (year: number): ReadonlyArray<string> => [
  `${year}-12-31`,
  `${year}-01-01`,
  `${year}-12-30`,
  lastSunday(year, 3),
  lastSunday(year, 10),
  isLeap(year) ? `${year}-02-29` : `${year}-02-28`,
  `${year}-03-01`,
]

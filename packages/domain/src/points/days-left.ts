// days-left.ts: the days on which something can still be held, and the minutes that they have room for

import { type LegalDate, plusDays } from '../values/legal-date.ts'

/** The last days up to that one, so many at most; today is over. */
export const lastDays = (by: LegalDate, today: LegalDate, most: number): ReadonlyArray<LegalDate> => {
  const days: LegalDate[] = []
  for (let day = by; day > today && days.length < most; day = plusDays(day, -1)) days.push(day)
  return days
}

/** The days that those minutes take, where none counts more than its cap. */
export const daysFor = (minutes: number, cap: number): number => Math.ceil(minutes / Math.max(cap, 1))

/** As many of those minutes as the days up to that one can count, of which none counts more than its cap. */
export const roomFor = (minutes: number, cap: number, by: LegalDate, today: LegalDate): number =>
  Math.min(minutes, cap * lastDays(by, today, daysFor(minutes, cap)).length)

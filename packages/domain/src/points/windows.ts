// windows.ts: the stretches of time over which the thresholds are looked at

import type { RulePack } from '../rules/rule-pack.ts'
import { firstOfYear, type LegalDate, plusDays, plusYears, yearOf } from '../values/legal-date.ts'
import type { KnownGroup } from './known-group.ts'
import type { Window } from './verdict.ts'

/** The one window of a group that a date lies in; null under a rule by which many may hold it. */
export const fixedWindow = (group: KnownGroup, date: LegalDate, { window }: RulePack): Window | null => {
  switch (window.value) {
    case 'calendar-year':
      return yearFrom(firstOfYear(date))
    case 'group-year':
      return group.registered === null ? yearFrom(firstOfYear(date)) : groupYear(group.registered, date)
    case 'rolling-12-months':
      return null
  }
}

const yearFrom = (from: LegalDate): Window => ({ from, to: plusYears(from, 1) })

/** Each bound is counted from the registration, so that one of 29 February keeps its day in leap years. */
const groupYear = (registered: LegalDate, date: LegalDate): Window => {
  const years = yearOf(date) - yearOf(registered)
  const begun = plusYears(registered, years) <= date ? years : years - 1
  return { from: plusYears(registered, begun), to: plusYears(registered, begun + 1) }
}

/**
 * The windows that an attendance on that date can pass the thresholds in, the one that ends last at the end. Of any twelve months
 * only those that begin on one of `days` (or on the date itself) can hold more than others do.
 */
export const windowsHolding = (
  group: KnownGroup,
  date: LegalDate,
  days: Iterable<LegalDate>,
  rules: RulePack,
): ReadonlyArray<Window> => {
  const fixed = fixedWindow(group, date, rules)
  if (fixed !== null) return [fixed]
  const begins = new Set<LegalDate>([date])
  for (const day of days) if (day < date && date < plusYears(day, 1)) begins.add(day)
  return [...begins].sort().map(yearFrom)
}

/** Whether the window is still open on that date: it is over on its last day. */
export const isOpen = ({ to }: Window, asOf: LegalDate): boolean => plusDays(asOf, 1) < to

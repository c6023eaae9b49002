// period.ts: the years that points are counted over

import type { RulePack } from '../rules/rule-pack.ts'
import { isDuring, type LegalDate, plusYears, yearOf } from '../values/legal-date.ts'

/** Days from `from` up to but not including `to`. */
export interface Period {
  readonly from: LegalDate
  readonly to: LegalDate
}

/**
 * The period that contains a date, always computed from the anchor (29 February + 5 years = 28 February, + 20 years = 29 February).
 * Null before the anchor.
 */
export const periodContaining = (anchor: LegalDate, date: LegalDate, rules: RulePack): Period | null => {
  if (date < anchor) return null
  const years = rules.periodYears.value
  // One too far at the most: the day of the anchor may not have been reached in the year of the date.
  let index = Math.floor((yearOf(date) - yearOf(anchor)) / years)
  if (plusYears(anchor, index * years) > date) index -= 1
  return { from: plusYears(anchor, index * years), to: plusYears(anchor, (index + 1) * years) }
}

/** Whether a date lies in those days. */
export const contains = ({ from, to }: Period, date: LegalDate): boolean => isDuring(date, from, to)

// period.ts: the years that points are counted over

import type { PeriodOutcome } from '../doctor/doctor-events.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import { isDuring, type LegalDate, plusDays, plusMonths } from '../values/legal-date.ts'
import type { FactReference } from './known.ts'
import type { KnownDecision, KnownDoctor } from './known-doctor.ts'

/** Days from `from` up to but not including `to`. */
export interface Period {
  readonly from: LegalDate
  readonly to: LegalDate
}

/** The authority's decision on a period. */
export interface PeriodDecision {
  readonly on: LegalDate
  readonly outcome: PeriodOutcome
}

/** A period of a doctor, with what made it what it is. */
export interface DoctorsPeriod extends Period {
  readonly decision: PeriodDecision | null
  /** Where the next period begins on the day of a decision and there is none: its end has passed, and it goes on until it is decided. */
  readonly goesOn: boolean
  /** The extensions that set its bounds, and the decisions on it and on those that it follows. */
  readonly facts: ReadonlyArray<FactReference>
}

/**
 * A doctor's periods, one after the other, through the one that contains that date; none where it is before the anchor.
 *
 * Each bound is counted from the anchor in whole months (29 February + 5 years = 28 February, + 20 years = 29 February), with the months
 * of every extension so far. Where a period was given another end, or the next begins on the day of a decision, that day is what
 * the following bounds are counted from.
 */
export const periodsThrough = (
  { anchor, extensions, decisions }: Omit<KnownDoctor, 'facts'>,
  through: LegalDate,
  { periodYears, nextPeriod }: RulePack,
): ReadonlyArray<DoctorsPeriod> => {
  const periods: DoctorsPeriod[] = []
  if (anchor === null) return periods
  let counted: Counted = { from: anchor, months: 0 }
  // What moved the bounds so far.
  let moved: ReadonlyArray<FactReference> = []
  while (dayOf(counted) <= through) {
    const from = dayOf(counted)
    const extended: FactReference[] = []
    let end: Counted = { ...counted, months: counted.months + 12 * periodYears.value }
    for (const { period, by, facts: behind } of extensions) {
      if (!isDuring(period, from, dayOf(end))) continue
      if ('months' in by) end = { ...end, months: end.months + by.months }
      else if (by.to > dayOf(end)) end = { from: by.to, months: 0 }
      extended.push(...behind)
    }
    const to = dayOf(end)
    const decided = newestOn({ from, to }, decisions)
    const decision = decided === null ? null : { on: decided.on, outcome: decided.outcome }
    const facts = [...moved, ...extended, ...(decided?.facts ?? [])]
    if (nextPeriod.value === 'from-old-end') {
      periods.push({ from, to, decision, goesOn: false, facts })
      // The calendar is over: no later bound would be another day.
      if (plusDays(to, 1) === to) break
      counted = end
      moved = [...moved, ...extended]
    } else if (decision === null) {
      periods.push({ from, to, decision, goesOn: to <= through, facts })
      break
    } else {
      periods.push({ from, to: decision.on, decision, goesOn: false, facts })
      counted = { from: decision.on, months: 0 }
      moved = facts
    }
  }
  return periods
}

/** A day as whole months from another, so that its day of the month is held to that of the other. */
interface Counted {
  readonly from: LegalDate
  readonly months: number
}

const dayOf = ({ from, months }: Counted): LegalDate => plusMonths(from, months)

/** The newest decision that names a day of the period, and was made after it began. */
const newestOn = ({ from, to }: Period, decisions: ReadonlyArray<KnownDecision>): KnownDecision | null =>
  decisions.findLast(({ period, on }) => isDuring(period, from, to) && on > from) ?? null

/** The one of these periods that contains a date which is not after the last of them; null before the first. */
export const periodContaining = (periods: ReadonlyArray<DoctorsPeriod>, date: LegalDate): DoctorsPeriod | null =>
  periods.findLast(({ from }) => from <= date) ?? null

/** Whether a date lies in those days. */
export const contains = ({ from, to }: Period, date: LegalDate): boolean => isDuring(date, from, to)

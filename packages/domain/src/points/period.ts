// period.ts: the years that points are counted over

import type { PeriodOutcome } from '../doctor/doctor-events.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import { isDuring, type LegalDate, plusDays, plusMonths } from '../values/legal-date.ts'
import type { FactReference } from './fact-reference.ts'
import type { KnownDecision, KnownDoctor, KnownExtension } from './known-doctor.ts'

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
  /** The extensions that set its bounds, and the decisions on it and on those that it follows, also those that fell. */
  readonly facts: ReadonlyArray<FactReference>
}

/**
 * A doctor's periods, one after the other, through the one that contains that date; none where it is before the anchor. How long a period
 * lasts and how the next one begins is what the rules in force on its first day say: rules of a later day change none that has begun.
 *
 * Each bound is counted from the anchor in whole months (29 February + 5 years = 28 February, + 20 years = 29 February), with the months
 * of every extension so far. Where a period was given another end, or the next begins on the day of a decision, that day is what
 * the following bounds are counted from.
 */
export const periodsThrough = (
  known: Known,
  through: LegalDate,
  rulesOn: (date: LegalDate) => RulePack,
): ReadonlyArray<DoctorsPeriod> => {
  const periods: DoctorsPeriod[] = []
  let begun: Begun | null = known.anchor === null ? null : { counted: { from: known.anchor, months: 0 }, moved: [] }
  while (begun !== null && dayOf(begun.counted) <= through) {
    const { periodYears, nextPeriod } = rulesOn(dayOf(begun.counted))
    const lasting = nextPeriod.value === 'from-old-end' ? untilItsEnd : untilDecided
    const { period, next } = lasting(begun, periodYears.value, known, through)
    periods.push(period)
    begun = next
  }
  return periods
}

type Known = Omit<KnownDoctor, 'facts'>

/** A period by its first day, and what moved that. */
interface Begun {
  readonly counted: Counted
  readonly moved: ReadonlyArray<FactReference>
}

/** A period, and the one after it; null where none has begun. */
interface Lasting {
  readonly period: DoctorsPeriod
  readonly next: Begun | null
}

const untilItsEnd = ({ counted, moved }: Begun, years: number, known: Known): Lasting => {
  const from = dayOf(counted)
  const { end, extended } = extendedEnd(counted, years, dayOf, known.extensions)
  const to = dayOf(end)
  // Those that name a day of the period, and were made after it began; the newest is the decision, the others are not forgotten.
  const made = known.decisions.filter(({ period, on }) => isDuring(period, from, to) && on > from)
  const decided = made.at(-1) ?? null
  const facts = [...moved, ...extended, ...falling(from, to, known), ...made.flatMap((one) => one.facts)]
  // The calendar is over: no later bound would be another day.
  const isLast = plusDays(to, 1) === to
  return {
    period: { from, to, decision: decisionOf(decided), goesOn: false, facts },
    next: isLast ? null : { counted: end, moved: [...moved, ...extended] },
  }
}

/** The first decision ends the period. Until then it goes on, and whatever names a day of it or a later one is about it. */
const untilDecided = ({ counted, moved }: Begun, years: number, known: Known, through: LegalDate): Lasting => {
  const from = dayOf(counted)
  const decided = known.decisions.find(({ period, on }) => period >= from && on > from) ?? null
  const last = decided?.on ?? null
  const { end, extended } = extendedEnd(counted, years, () => last, known.extensions)
  const facts = [...moved, ...extended, ...falling(from, last, known), ...(decided?.facts ?? [])]
  const to = last ?? dayOf(end)
  return {
    period: { from, to, decision: decisionOf(decided), goesOn: last === null && to <= through, facts },
    next: last === null ? null : { counted: { from: last, months: 0 }, moved: facts },
  }
}

/**
 * Where a period ends that begins there, by the extensions that name a day of it; `last` is the day before which its days lie, should it end
 * there. A longer period may hold the day of one more extension. Of several ends the latest is taken and all months are added to it, so
 * that their order changes nothing.
 */
const extendedEnd = (
  counted: Counted,
  years: number,
  last: (end: Counted) => LegalDate | null,
  extensions: ReadonlyArray<KnownExtension>,
): { readonly end: Counted; readonly extended: ReadonlyArray<FactReference> } => {
  const own: Counted = { ...counted, months: counted.months + 12 * years }
  let holding: ReadonlyArray<KnownExtension> = []
  for (;;) {
    let end = own
    for (const { by } of holding) if ('to' in by && by.to > dayOf(end)) end = { from: by.to, months: 0 }
    for (const { by } of holding) if ('months' in by) end = { ...end, months: end.months + by.months }
    const to = last(end)
    const held = extensions.filter(({ period }) => isDuring(period, dayOf(counted), to))
    if (held.length === holding.length) return { end, extended: held.flatMap(({ facts }) => facts) }
    holding = held
  }
}

const falling = (from: LegalDate, to: LegalDate | null, { fallen }: Known): ReadonlyArray<FactReference> =>
  fallen.flatMap(({ period, facts }) => (isDuring(period, from, to) ? facts : []))

const decisionOf = (decided: KnownDecision | null): PeriodDecision | null =>
  decided === null ? null : { on: decided.on, outcome: decided.outcome }

/** A day as whole months from another, so that its day of the month is held to that of the other. */
interface Counted {
  readonly from: LegalDate
  readonly months: number
}

const dayOf = ({ from, months }: Counted): LegalDate => plusMonths(from, months)

/** The one of these periods that contains a date which is not after the last of them; null before the first. */
export const periodContaining = (periods: ReadonlyArray<DoctorsPeriod>, date: LegalDate): DoctorsPeriod | null =>
  periods.findLast(({ from }) => from <= date) ?? null

/** Whether a date lies in those days. */
export const contains = ({ from, to }: Period, date: LegalDate): boolean => isDuring(date, from, to)

// points.ts: what minutes are worth, rounded and capped, in whole parts of a point

import { type Attendance, order } from './presence.ts'
import { plusYears } from './values.ts'
import type { Rules } from './variants.ts'
import { windowsHolding } from './windows.ts'

/** A point is this many parts: half points and minutes are whole numbers of them. */
export const partsPerPoint = ({ minutesPerPoint }: Rules): number => 2 * minutesPerPoint

/** The parts that minutes give. */
const worth = (minutes: number, { rounding, minutesPerPoint }: Rules): number => {
  const parts = 2 * minutes
  if (rounding === 'none') return parts
  const unit = rounding.unit === 1 ? 2 * minutesPerPoint : minutesPerPoint
  const over = parts % unit
  const down = parts - over
  return rounding.mode === 'half-up' && 2 * over >= unit ? down + unit : down
}

const yearsOfPeriod = 5

/** The period from the anchor that holds the date, which is not before it. */
export const periodOf = (anchor: string, date: string): { readonly from: string; readonly to: string } => {
  let k = 0
  while (plusYears(anchor, (k + 1) * yearsOfPeriod) <= date) k++
  return { from: plusYears(anchor, k * yearsOfPeriod), to: plusYears(anchor, (k + 1) * yearsOfPeriod) }
}

/** Fills in the points of what one doctor's attendances count. */
export const givePoints = (
  attendances: ReadonlyArray<Attendance>,
  anchor: string,
  registered: (group: string) => string,
  rules: Rules,
): void => {
  const counting = attendances.filter(({ reason, session }) => reason === '' && session.date >= anchor).sort(order)
  const sums = new Map<string, number>()
  const given = new Map<string, number>()
  for (const [i, one] of counting.entries()) {
    const { session, group } = one
    const windows = windowsHolding(rules.window, registered(group), session.date)
    const perWindow = rules.rounding !== 'none' && rules.rounding.per === 'window'
    const heap = perWindow ? [group, windows[0]?.from, periodOf(anchor, session.date).from].join('|') : String(i)
    const before = sums.get(heap) ?? 0
    sums.set(heap, before + one.counted)
    const adds = worth(before + one.counted, rules) - worth(before, rules)
    const year = session.date.slice(0, 4)
    const used = given.get(year) ?? 0
    one.parts = rules.yearlyCap === 'none' ? adds : Math.min(adds, rules.yearlyCap * partsPerPoint(rules) - used)
    one.overYear = adds > 0 && one.parts === 0
    given.set(year, used + one.parts)
  }
}

// windows.ts: the twelve months in which thresholds are looked at

import { addDays } from './calendar.ts'
import { plusYears } from './values.ts'
import type { Rules } from './variants.ts'

/** From the first day to the day after the last. */
export interface Window {
  readonly from: string
  readonly to: string
}

export const holds = ({ from, to }: Window, date: string): boolean => from <= date && date < to

const rolling = new Map<string, ReadonlyArray<Window>>()

/** Every window of a group, registered on that day, that holds the date: one, or hundreds where they roll. */
export const windowsHolding = (window: Rules['window'], registered: string, date: string): ReadonlyArray<Window> => {
  const year = Number(date.slice(0, 4))
  if (window === 'calendar-year') return [{ from: `${year}-01-01`, to: `${year + 1}-01-01` }]
  if (window === 'group-year') {
    const windows: Window[] = []
    for (let k = -60; k <= 60; k++) windows.push({ from: plusYears(registered, k), to: plusYears(registered, k + 1) })
    return windows.filter((one) => holds(one, date))
  }
  const seen = rolling.get(date)
  if (seen !== undefined) return seen
  const windows: Window[] = []
  for (let days = 0; days <= 370; days++) {
    const from = addDays(date, -days)
    windows.push({ from, to: plusYears(from, 1) })
  }
  const found = windows.filter((one) => holds(one, date))
  rolling.set(date, found)
  return found
}

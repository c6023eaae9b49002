// once-only.ts: no minute counts twice, and no day without end

import { minutesOf, type Spans, union, without } from '../values/minutes.ts'
import { compareText } from '../values/text.ts'
import type { Judged } from './eligibility.ts'
import { contains } from './period.ts'
import type { AttendanceName, Cut, Shortfall, Window } from './verdict.ts'

/** What is left of an attendance once its minutes have been set against those of the doctor's others. */
export interface Remaining {
  readonly judged: Judged
  readonly minutes: number
  readonly cuts: ReadonlyArray<Cut>
  /** Why nothing is left; null where something is. */
  readonly shortfall: Shortfall | null
}

/**
 * One doctor's attendances that can count, in rule order, with the minutes that are left of each: minutes attended twice count where
 * they were attended first, and a date has no more than the cap. Minutes lost here do not come back when the attendance that has
 * them fails later.
 */
export const onceOnly = (attendances: ReadonlyArray<Judged>): ReadonlyArray<Remaining> =>
  capped(firstCome([...attendances].sort(inRuleOrder)))

const firstCome = (inOrder: ReadonlyArray<Judged>): ReadonlyArray<Remaining> => {
  let before: ReadonlyArray<{ readonly judged: Judged; readonly spans: Spans }> = []
  return inOrder.map((judged) => {
    const { present } = judged.attendance
    // What was over before this session began takes nothing from it, nor from any later one.
    before = before.filter(({ spans }) => (spans.at(-1)?.to ?? 0) > judged.session.span.from)
    const own = without(present, union(before.flatMap(({ spans }) => spans)))
    const minutes = minutesOf(own)
    const lost = minutesOf(present) - minutes
    const cuts: Cut[] = []
    if (lost > 0) {
      const counted = before
        .filter(({ spans }) => minutesOf(without(present, spans)) < minutesOf(present))
        .map((one) => nameOf(one.judged))
      cuts.push({ minutes: lost, because: { reason: 'OVERLAPPING', counted } })
    }
    before = [...before, { judged, spans: own }]
    return remainingOf(judged, minutes, cuts)
  })
}

const capped = (remaining: ReadonlyArray<Remaining>): ReadonlyArray<Remaining> => {
  const found = new Map<string, number>()
  for (const one of remaining) found.set(dayOf(one), (found.get(dayOf(one)) ?? 0) + one.minutes)
  const days = new Map<string, { minutes: number; readonly by: AttendanceName[] }>()
  return remaining.map((one) => {
    const key = dayOf(one)
    const all = found.get(key) ?? 0
    const cap = one.judged.rules.dayCapMinutes.value
    const effect = one.judged.rules.dayCap.value
    const day = days.get(key) ?? { minutes: 0, by: [] }
    days.set(key, day)
    const left = effect === 'reject' ? 0 : Math.min(one.minutes, Math.max(cap - day.minutes, 0))
    const minutes = all <= cap ? one.minutes : left
    // Also what is within its own cap is of the day, and leaves less of a lower one.
    day.minutes += minutes
    const counted = [...day.by]
    if (minutes > 0) day.by.push(nameOf(one.judged))
    if (minutes === one.minutes) return one
    const because = { reason: 'DAY_CAP', cap, found: all, effect, counted } as const
    return remainingOf(one.judged, minutes, [...one.cuts, { minutes: one.minutes - minutes, because }])
  })
}

const dayOf = ({ judged }: Remaining): string => `${judged.attendance.group} ${judged.session.date}`

/** The reason is the step that took the last minute. */
const remainingOf = (judged: Judged, minutes: number, cuts: ReadonlyArray<Cut>): Remaining => ({
  judged,
  minutes,
  cuts,
  shortfall: minutes > 0 ? null : (cuts.at(-1)?.because ?? null),
})

/** Who began first, then the lower session id, then the lower group id. */
const inRuleOrder = (one: Judged, other: Judged): number =>
  one.session.span.from - other.session.span.from ||
  compareText(one.session.label, other.session.label) ||
  compareText(one.session.id, other.session.id) ||
  compareText(one.group.label, other.group.label) ||
  compareText(one.group.id, other.group.id)

/** The attendance as an explanation names it. */
export const nameOf = ({ session, group }: Judged): AttendanceName => ({
  session: session.id,
  label: session.label,
  group: group.id,
})

/** Those of a window. */
export const during = (attended: ReadonlyArray<Remaining>, window: Window): ReadonlyArray<Remaining> =>
  attended.filter(({ judged }) => contains(window, judged.session.date))

/** The minutes that are left of them. */
export const sumOf = (attended: ReadonlyArray<Pick<Remaining, 'minutes'>>): number =>
  attended.reduce((sum, { minutes }) => sum + minutes, 0)

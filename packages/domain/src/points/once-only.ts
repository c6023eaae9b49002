// once-only.ts: no minute counts twice, and no day without end

import type { RulePack } from '../rules/rule-pack.ts'
import { minutesOf, noSpans, type Spans, union, without } from '../values/minutes.ts'
import { compareText } from '../values/text.ts'
import type { Judged } from './eligibility.ts'
import type { AttendanceName, Cut, Shortfall } from './verdict.ts'

/** What is left of an attendance once its minutes have been set against those of the doctor's others. */
export interface Remaining {
  readonly judged: Judged
  readonly minutes: number
  readonly cuts: ReadonlyArray<Cut>
  /** Why nothing is left; null where something is. */
  readonly shortfall: Shortfall | null
}

/**
 * One doctor's attendances that can count, with the minutes that are left of each: minutes attended twice count where they were
 * attended first, and what a date has beyond the cap is cut from its later sessions. Minutes lost here do not come back when the
 * attendance that has them fails later.
 */
export const onceOnly = (attendances: ReadonlyArray<Judged>, rules: RulePack): ReadonlyArray<Remaining> => {
  const inOrder = [...attendances].sort(inRuleOrder)
  const before: { readonly judged: Judged; readonly spans: Spans }[] = []
  let taken: Spans = noSpans
  const days = new Map<string, { minutes: number; readonly by: AttendanceName[] }>()
  const remaining: Remaining[] = []
  for (const judged of inOrder) {
    const { present } = judged.attendance
    const own = without(present, taken)
    const left = minutesOf(own)
    const lost = minutesOf(present) - left
    const cuts: Cut[] = []
    if (lost > 0) {
      const counted = before
        .filter(({ spans }) => minutesOf(without(present, spans)) < minutesOf(present))
        .map((one) => nameOf(one.judged))
      cuts.push({ minutes: lost, because: { reason: 'OVERLAPPING', counted } })
    }
    taken = union([...taken, ...own])
    before.push({ judged, spans: own })

    const key = `${judged.attendance.group} ${judged.session.date}`
    const day = days.get(key) ?? { minutes: 0, by: [] }
    days.set(key, day)
    const cap = rules.dayCapMinutes.value
    const counted = Math.min(left, cap - day.minutes)
    if (counted < left)
      cuts.push({ minutes: left - counted, because: { reason: 'DAY_CAP', cap, counted: [...day.by] } })
    day.minutes += counted
    if (counted > 0) day.by.push(nameOf(judged))
    remaining.push({
      judged,
      minutes: counted,
      cuts,
      shortfall: counted > 0 ? null : (cuts.at(-1)?.because ?? { reason: 'NO_MINUTES' }),
    })
  }
  return remaining
}

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

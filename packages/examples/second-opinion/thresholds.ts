// thresholds.ts: enough sessions of the group and enough minutes of the doctor, in one window

import { addDays } from './calendar.ts'
import type { Attendance, Known } from './presence.ts'
import type { Rules } from './variants.ts'
import { holds, type Window, windowsHolding } from './windows.ts'

/** Gives a reason to what is left of an attendance when no window passes it. */
export const thresholds = (known: Known, asOf: string, rules: Rules): void => {
  const { attendances } = known
  const left = attendances.filter(({ reason }) => reason === '')
  const windowsOf = (group: string, date: string): ReadonlyArray<Window> =>
    windowsHolding(rules.window, known.registered(group), date)

  const daysOf = new Map<string, Map<string, string>>()
  for (const { survives, group, session } of attendances) {
    if (!survives) continue
    const days = daysOf.get(group) ?? new Map<string, string>()
    daysOf.set(group, days.set(session.session, session.date))
  }
  const meets = (group: string, window: Window): boolean =>
    [...(daysOf.get(group)?.values() ?? [])].filter((date) => holds(window, date)).length >= rules.groupThreshold

  const own = new Map<string, Attendance[]>()
  for (const one of left) own.set(`${one.hpr}|${one.group}`, [...(own.get(`${one.hpr}|${one.group}`) ?? []), one])
  const minutes = (hpr: string, group: string, window: Window, also: (one: Attendance) => boolean): number => {
    let sum = 0
    for (const one of own.get(`${hpr}|${group}`) ?? []) {
      if (holds(window, one.session.date) && also(one)) sum += one.counted
    }
    return sum
  }

  /** Left one of the two and joined the other, both in the window. */
  const moved = (hpr: string, from: string, to: string, window: Window): boolean =>
    known.staysOf(hpr, from).some((stay) => stay.left !== '' && holds(window, stay.left)) &&
    known.staysOf(hpr, to).some((stay) => holds(window, stay.joined))

  const enough = (one: Attendance, window: Window): boolean => {
    const alone = minutes(one.hpr, one.group, window, () => true)
    if (alone >= rules.doctorThresholdMinutes) return true
    if (rules.membershipTransfer === 'none') return false
    return known.groups.some((other) => {
      if (other === one.group) return false
      if (!moved(one.hpr, one.group, other, window) && !moved(one.hpr, other, one.group, window)) return false
      const passed =
        rules.window === 'rolling-12-months'
          ? () => meets(other, window)
          : ({ session }: Attendance) => windowsOf(other, session.date).some((its) => meets(other, its))
      return alone + minutes(one.hpr, other, window, passed) >= rules.doctorThresholdMinutes
    })
  }

  const failed: { readonly one: Attendance; readonly reason: string; readonly pending: boolean }[] = []
  for (const one of left) {
    const windows = windowsOf(one.group, one.session.date)
    const met = windows.filter((window) => meets(one.group, window))
    if (met.some((window) => enough(one, window))) continue
    const ends = windows.map(({ to }) => to).sort()
    const pending = asOf < addDays(ends.at(-1) ?? '', -1)
    failed.push({ one, reason: met.length === 0 ? 'GROUP_UNDER_3_MEETINGS' : 'DOCTOR_UNDER_6_HOURS', pending })
  }
  for (const { one, reason, pending } of failed) {
    one.reason = reason
    one.pending = pending
  }
}

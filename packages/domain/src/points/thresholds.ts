// thresholds.ts: what a group and a doctor must reach in a window before anything counts

import type { RulePack } from '../rules/rule-pack.ts'
import type { GroupId } from '../values/identity.ts'
import { firstOfYear, type LegalDate, plusDays, plusYears } from '../values/legal-date.ts'
import { nameOf, type Remaining } from './once-only.ts'
import type { SessionName, Shortfall, Window } from './verdict.ts'

/** The counting sessions of a group within a window: those at which at least one attendance of the group can count. */
export type CountingSessions = (group: GroupId, window: Window) => ReadonlyArray<SessionName>

/** The window that a date lies in. */
export const windowOf = (date: LegalDate, _rules: RulePack): Window => {
  const from = firstOfYear(date)
  return { from, to: plusYears(from, 1) }
}

/** Whether the window is still open on that date: it is over on its last day. */
export const isOpen = (window: Window, asOf: LegalDate): boolean => plusDays(asOf, 1) < window.to

/** Which threshold each attendance fails, the group's before the doctor's. Null where it fails neither, or has nothing left to hold back. */
export const thresholds = (
  remaining: ReadonlyArray<Remaining>,
  counting: CountingSessions,
  rules: RulePack,
  asOf: LegalDate,
): ReadonlyMap<Remaining, Shortfall> => {
  const failed = new Map<Remaining, Shortfall>()
  for (const [window, ofGroup] of byGroupAndWindow(remaining, rules)) {
    const [first] = ofGroup
    if (first === undefined) continue
    const pending = isOpen(window, asOf)
    const sessions = counting(first.judged.group.id, window)
    const shortfall = shortOf(window, sessions, ofGroup, rules, pending)
    if (shortfall !== null) for (const one of ofGroup) failed.set(one, shortfall)
  }
  return failed
}

const shortOf = (
  window: Window,
  sessions: ReadonlyArray<SessionName>,
  ofGroup: ReadonlyArray<Remaining>,
  rules: RulePack,
  pending: boolean,
): Shortfall | null => {
  const groupNeeds = rules.groupThreshold.value
  if (sessions.length < groupNeeds) {
    return { reason: 'GROUP_UNDER_3_MEETINGS', needed: groupNeeds, found: sessions.length, sessions, window, pending }
  }
  const doctorNeeds = rules.doctorThresholdMinutes.value
  const minutes = ofGroup.reduce((sum, one) => sum + one.minutes, 0)
  if (minutes >= doctorNeeds) return null
  const attended = ofGroup.map((one) => nameOf(one.judged)).map(({ session, label }) => ({ session, label }))
  return { reason: 'DOCTOR_UNDER_6_HOURS', needed: doctorNeeds, found: minutes, sessions: attended, window, pending }
}

/** What is left of a doctor's attendances, by group and window. */
const byGroupAndWindow = (
  remaining: ReadonlyArray<Remaining>,
  rules: RulePack,
): ReadonlyArray<readonly [Window, ReadonlyArray<Remaining>]> => {
  const sorted = new Map<string, readonly [Window, Remaining[]]>()
  for (const one of remaining) {
    if (one.minutes === 0) continue
    const { group, session } = one.judged
    const window = windowOf(session.date, rules)
    const key = `${group.id} ${window.from}`
    const before = sorted.get(key)
    if (before === undefined) sorted.set(key, [window, [one]])
    else before[1].push(one)
  }
  return [...sorted.values()]
}

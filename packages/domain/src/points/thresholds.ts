// thresholds.ts: what a group and a doctor must reach in a window before anything counts

import type { RulePack } from '../rules/rule-pack.ts'
import type { DoctorId, GroupId } from '../values/identity.ts'
import { type LegalDate, plusDays } from '../values/legal-date.ts'
import { compareText } from '../values/text.ts'
import { roomFor } from './days-left.ts'
import type { KnownGroup } from './known-group.ts'
import { nameOf, type Remaining } from './once-only.ts'
import { contains } from './period.ts'
import type { Lacking, SessionName, Shortfall, ShortfallOf, Window } from './verdict.ts'
import { fixedWindow, isOpen, windowsHolding } from './windows.ts'

/** A session at which at least one attendance of the group can count. */
export interface CountingSession extends SessionName {
  readonly date: LegalDate
}

/** The counting sessions of a group, of all times. */
export type CountingSessions = (group: GroupId) => ReadonlyArray<CountingSession>

/** What the thresholds say of an attendance: which one it fails, or whether it passes only with the minutes of another group. */
export interface Outcome {
  /** Null: it passes both. */
  readonly shortfall: Shortfall | null
  readonly transferred: boolean
}

/**
 * What becomes of each attendance of a doctor by its own rules, the group's threshold before the doctor's; nothing where nothing is left to hold
 * back. It passes where one window that holds its date has enough of both.
 */
export const thresholds = (
  remaining: ReadonlyArray<Remaining>,
  counting: CountingSessions,
  asOf: LegalDate,
): ReadonlyMap<Remaining, Outcome> => {
  const attended = new Map<GroupId, Remaining[]>()
  for (const one of remaining) {
    if (one.minutes === 0) continue
    const { id } = one.judged.group
    const before = attended.get(id)
    if (before === undefined) attended.set(id, [one])
    else before.push(one)
  }
  const outcomes = new Map<Remaining, Outcome>()
  for (const ofGroup of attended.values()) {
    const [first] = ofGroup
    if (first === undefined) continue
    const { group, attendance } = first.judged
    const judging = new Map<RulePack, Judging>()
    for (const one of ofGroup) {
      const { session, rules } = one.judged
      const { date } = session
      const by = judging.get(rules) ?? {
        partners: transfersOf(attendance.doctor, group, attended, rules),
        decided: new Map(),
      }
      judging.set(rules, by)
      const { partners, decided } = by
      const windows = windowsHolding(group, date, daysOf(group.id, counting, partners), rules)
      // Attendances of one fixed window share their outcome.
      const key = windows.map(({ from }) => from).join()
      const outcome = decided.get(key) ?? outcomeIn(windows, group, ofGroup, partners, counting, rules, asOf)
      decided.set(key, outcome)
      outcomes.set(one, outcome)
    }
  }
  return outcomes
}

/** What attendances of one group under the same rules share. */
interface Judging {
  readonly partners: ReadonlyArray<Transfer>
  readonly decided: Map<string, Outcome>
}

/** Another group that the doctor came from or went to, what was attended there, and the days of leaving and joining. */
interface Transfer {
  readonly group: KnownGroup
  readonly attended: ReadonlyArray<Remaining>
  readonly moves: ReadonlyArray<readonly [LegalDate, LegalDate]>
}

const transfersOf = (
  doctor: DoctorId,
  group: KnownGroup,
  attended: ReadonlyMap<GroupId, ReadonlyArray<Remaining>>,
  rules: RulePack,
): ReadonlyArray<Transfer> => {
  if (rules.membershipTransfer.value === 'none') return []
  const own = stayBounds(group, doctor)
  const transfers: Transfer[] = []
  for (const [id, there] of attended) {
    const other = there[0]?.judged.group
    if (id === group.id || other === undefined) continue
    const theirs = stayBounds(other, doctor)
    const moves = [...pairs(own.left, theirs.joined), ...pairs(theirs.left, own.joined)]
    if (moves.length > 0) transfers.push({ group: other, attended: there, moves })
  }
  return transfers
}

/** When a doctor joined and left: stays that adjoin or overlap are one, a stay of no days is none. */
const stayBounds = (
  { stays }: KnownGroup,
  doctor: DoctorId,
): { readonly joined: ReadonlyArray<LegalDate>; readonly left: ReadonlyArray<LegalDate> } => {
  const own = stays
    .filter((stay) => stay.doctor === doctor && (stay.left === null || stay.joined < stay.left))
    .sort((one, other) => compareText(one.joined, other.joined))
  const joined: LegalDate[] = []
  const left: LegalDate[] = []
  let end: LegalDate | null | undefined
  for (const stay of own) {
    if (end === undefined || (end !== null && end < stay.joined)) {
      if (end !== undefined && end !== null) left.push(end)
      joined.push(stay.joined)
      end = stay.left
    } else if (end !== null && (stay.left === null || end < stay.left)) end = stay.left
  }
  if (end !== undefined && end !== null) left.push(end)
  return { joined, left }
}

const pairs = (
  some: ReadonlyArray<LegalDate>,
  others: ReadonlyArray<LegalDate>,
): ReadonlyArray<readonly [LegalDate, LegalDate]> => some.flatMap((one) => others.map((other) => [one, other] as const))

/** The days on which what a window holds can begin. */
function* daysOf(
  group: GroupId,
  counting: CountingSessions,
  transfers: ReadonlyArray<Transfer>,
): Generator<LegalDate, void> {
  for (const { date } of counting(group)) yield date
  for (const transfer of transfers) {
    for (const { date } of counting(transfer.group.id)) yield date
    for (const move of transfer.moves) yield* move
  }
}

const outcomeIn = (
  windows: ReadonlyArray<Window>,
  group: KnownGroup,
  ofGroup: ReadonlyArray<Remaining>,
  transfers: ReadonlyArray<Transfer>,
  counting: CountingSessions,
  rules: RulePack,
  asOf: LegalDate,
): Outcome => {
  const last = windows.at(-1)
  if (last === undefined) return { shortfall: null, transferred: false }
  const pending = isOpen(last, asOf)
  const finalOn = plusDays(last.to, -1)
  const groupNeeds = rules.groupThreshold.value
  const doctorNeeds = rules.doctorThresholdMinutes.value
  // What the best window has: most sessions while none has enough of them, then most minutes.
  let sessions: ShortfallOf<'GROUP_UNDER_3_MEETINGS'> | null = null
  let minutes: ShortfallOf<'DOCTOR_UNDER_6_HOURS'> | null = null
  let lacking: Lacking | null = null
  let transferred = false
  for (const window of windows) {
    const held = within(counting(group.id), window)
    const own = during(ofGroup, window)
    const attended = [...own, ...mostOfAnother(window, transfers, counting)]
    const found = sumOf(attended)
    if (isOpen(window, asOf)) {
      const lacks: Lacking = {
        sessions: Math.max(groupNeeds - held.length, 0),
        minutes: Math.max(doctorNeeds - found, 0),
        by: plusDays(window.to, -1),
      }
      lacking = lesser(lacking, lacks, rules.dayCapMinutes.value, asOf)
    }
    if (held.length < groupNeeds) {
      if (sessions === null || held.length > sessions.found)
        sessions = {
          reason: 'GROUP_UNDER_3_MEETINGS',
          needed: groupNeeds,
          found: held.length,
          sessions: named(held),
          window,
          pending,
          finalOn,
          lacking: null,
        }
      continue
    }
    if (sumOf(own) >= doctorNeeds) return { shortfall: null, transferred: false }
    if (found >= doctorNeeds) {
      // Another window may have enough without the other group.
      transferred = true
      continue
    }
    if (minutes === null || found > minutes.found)
      minutes = {
        reason: 'DOCTOR_UNDER_6_HOURS',
        needed: doctorNeeds,
        found,
        sessions: attended.map((one) => nameOf(one.judged)),
        window,
        pending,
        finalOn,
        lacking: null,
      }
  }
  if (transferred) return { shortfall: null, transferred }
  const shortfall = minutes ?? sessions
  return { shortfall: shortfall === null ? null : { ...shortfall, lacking }, transferred }
}

/** What the days that are left have room for, then fewer sessions, then fewer minutes, then more time. */
const lesser = (one: Lacking | null, other: Lacking, cap: number, asOf: LegalDate): Lacking => {
  if (one === null) return other
  const isTooLate = ({ minutes, by }: Lacking): number => Number(roomFor(minutes, cap, by, asOf) < minutes)
  // More minutes than a day can count take a session more.
  const held = ({ sessions, minutes }: Lacking): number => Math.max(sessions, Math.ceil(minutes / Math.max(cap, 1)))
  const difference =
    isTooLate(other) - isTooLate(one) ||
    held(other) - held(one) ||
    other.minutes - one.minutes ||
    compareText(one.by, other.by)
  return difference < 0 ? other : one
}

/** What was attended in the window that adds up with the one other group that gives most. */
const mostOfAnother = (
  window: Window,
  transfers: ReadonlyArray<Transfer>,
  counting: CountingSessions,
): ReadonlyArray<Remaining> => {
  let most: ReadonlyArray<Remaining> = []
  for (const { group, attended, moves } of transfers) {
    if (!moves.some(([left, joined]) => contains(window, left) && contains(window, joined))) continue
    const adding = during(attended, window).filter(({ judged }) => {
      // Only what passed the other group's own threshold adds up.
      const theirs = fixedWindow(group, judged.session.date, judged.rules) ?? window
      return within(counting(group.id), theirs).length >= judged.rules.groupThreshold.value
    })
    if (sumOf(adding) > sumOf(most)) most = adding
  }
  return most
}

const during = (attended: ReadonlyArray<Remaining>, window: Window): ReadonlyArray<Remaining> =>
  attended.filter(({ judged }) => contains(window, judged.session.date))

const sumOf = (attended: ReadonlyArray<Remaining>): number => attended.reduce((sum, { minutes }) => sum + minutes, 0)

const within = (sessions: ReadonlyArray<CountingSession>, window: Window): ReadonlyArray<CountingSession> =>
  sessions.filter(({ date }) => contains(window, date))

const named = (sessions: ReadonlyArray<CountingSession>): ReadonlyArray<SessionName> =>
  sessions
    .map(({ session, label }) => ({ session, label }))
    .sort((one, other) => compareText(one.label, other.label) || compareText(one.session, other.session))

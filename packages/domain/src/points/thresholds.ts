// thresholds.ts: what a group and a doctor must reach in a window before anything counts

import type { RulePack } from '../rules/rule-pack.ts'
import type { GroupId } from '../values/identity.ts'
import { type LegalDate, plusDays } from '../values/legal-date.ts'
import { compareText } from '../values/text.ts'
import { type CountingSession, type CountingSessions, factsHeld, heldIn } from './counting-sessions.ts'
import { daysFor, roomFor } from './days-left.ts'
import type { FactReference } from './fact-reference.ts'
import type { KnownGroup } from './known-group.ts'
import { during, nameOf, type Remaining, sumOf } from './once-only.ts'
import { type Added, factsAdded, mostOfAnother, type Transfer, transfersOf } from './transfers.ts'
import type { CarriedBy, Lacking, Needed, SessionName, Shortfall, Window } from './verdict.ts'
import { isOpen, windowsHolding } from './windows.ts'

/** What the thresholds say of an attendance: which one it fails, or what it passes both with; and the facts of either. */
export interface Passage {
  /** Null: it passes both. */
  readonly shortfall: Shortfall | null
  /** Null: it does not pass. */
  readonly carriedBy: CarriedBy | null
  readonly facts: ReadonlyArray<FactReference>
}

/**
 * What becomes of each attendance of a doctor by its own rules, the group's threshold before the doctor's; nothing where nothing is left to hold
 * back. It passes where one window that holds its date has enough of both.
 */
export const thresholds = (
  remaining: ReadonlyArray<Remaining>,
  counting: CountingSessions,
  asOf: LegalDate,
): ReadonlyMap<Remaining, Passage> => {
  const attended = new Map<GroupId, Remaining[]>()
  for (const one of remaining) {
    if (one.minutes === 0) continue
    const { id } = one.judged.group
    const before = attended.get(id)
    if (before === undefined) attended.set(id, [one])
    else before.push(one)
  }
  const passages = new Map<Remaining, Passage>()
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
      // Attendances of one fixed window share their passage.
      const key = windows.map(({ from }) => from).join()
      const passage = decided.get(key) ?? passageIn(windows, group, ofGroup, partners, counting, rules, asOf)
      decided.set(key, passage)
      passages.set(one, passage)
    }
  }
  return passages
}

/** What attendances of one group under the same rules share. */
interface Judging {
  readonly partners: ReadonlyArray<Transfer>
  readonly decided: Map<string, Passage>
}

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

const passageIn = (
  windows: ReadonlyArray<Window>,
  group: KnownGroup,
  ofGroup: ReadonlyArray<Remaining>,
  transfers: ReadonlyArray<Transfer>,
  counting: CountingSessions,
  rules: RulePack,
  asOf: LegalDate,
): Passage => {
  const needed = { sessions: rules.groupThreshold.value, minutes: rules.doctorThresholdMinutes.value }
  // What the best window has: most sessions while none has enough of them, then most minutes.
  let sessions: Found | null = null
  let minutes: Found | null = null
  let transferred: Found | null = null
  let lacking: Lacking | null = null
  for (const window of windows) {
    const own = during(ofGroup, window)
    const found: Found = {
      window,
      held: heldIn(window, counting(group.id)),
      own,
      added: mostOfAnother(window, transfers, counting),
    }
    if (isOpen(window, asOf)) {
      const lacks: Lacking = {
        sessions: Math.max(needed.sessions - found.held.length, 0),
        minutes: Math.max(needed.minutes - minutesIn(found), 0),
        by: plusDays(window.to, -1),
      }
      lacking = lesser(lacking, lacks, rules.dayCapMinutes.value, asOf)
    }
    if (found.held.length < needed.sessions) {
      if (sessions === null || found.held.length > sessions.held.length) sessions = found
    } else if (sumOf(own) >= needed.minutes) return passed({ ...found, added: null }, needed, counting)
    // Another window may have enough without the other group.
    else if (minutesIn(found) >= needed.minutes) transferred ??= found
    else if (minutes === null || minutesIn(found) > minutesIn(minutes)) minutes = found
  }
  if (transferred !== null) return passed(transferred, needed, counting)
  const best = minutes ?? sessions
  const last = windows.at(-1)
  if (best === null || last === undefined) return { shortfall: null, carriedBy: null, facts: [] }
  const { window, held } = best
  const when = { window, pending: isOpen(last, asOf), finalOn: plusDays(last.to, -1), lacking }
  const shortfall: Shortfall =
    minutes === null
      ? {
          reason: 'GROUP_UNDER_3_MEETINGS',
          needed: needed.sessions,
          found: held.length,
          sessions: named(held),
          ...when,
        }
      : {
          reason: 'DOCTOR_UNDER_6_HOURS',
          needed: needed.minutes,
          found: minutesIn(minutes),
          sessions: attendedIn(minutes).map((one) => nameOf(one.judged)),
          ...when,
        }
  return {
    shortfall,
    carriedBy: null,
    facts: factsIn(best, minutes === null ? { ...needed, minutes: 0 } : needed, counting),
  }
}

/** What a window has of what is asked for. */
interface Found {
  readonly window: Window
  readonly held: ReadonlyArray<CountingSession>
  readonly own: ReadonlyArray<Remaining>
  readonly added: Added | null
}

const passed = (found: Found, needed: Needed, counting: CountingSessions): Passage => ({
  shortfall: null,
  carriedBy: {
    window: found.window,
    needed,
    sessions: needed.sessions > 0 ? named(found.held) : [],
    attended:
      needed.minutes > 0 ? attendedIn(found).map(({ judged, minutes }) => ({ ...nameOf(judged), minutes })) : [],
  },
  facts: factsIn(found, needed, counting),
})

const attendedIn = ({ own, added }: Found): ReadonlyArray<Remaining> =>
  added === null ? own : [...own, ...added.attended]

const minutesIn = (found: Found): number => sumOf(attendedIn(found))

/** The facts of what was asked for and found, once or more. */
const factsIn = (found: Found, needed: Needed, counting: CountingSessions): ReadonlyArray<FactReference> => {
  const { window, held, own, added } = found
  return [
    ...(needed.sessions > 0 ? factsHeld(held) : []),
    ...(needed.minutes > 0 ? own.flatMap(({ judged }) => judged.facts) : []),
    ...(needed.minutes > 0 && added !== null ? factsAdded(added, window, counting) : []),
  ]
}

/** What the days that are left have room for, then fewer sessions, then fewer minutes, then more time. */
const lesser = (one: Lacking | null, other: Lacking, cap: number, asOf: LegalDate): Lacking => {
  if (one === null) return other
  const isTooLate = ({ minutes, by }: Lacking): number => Number(roomFor(minutes, cap, by, asOf) < minutes)
  // More minutes than a day can count take a session more.
  const held = ({ sessions, minutes }: Lacking): number => Math.max(sessions, daysFor(minutes, cap))
  const difference =
    isTooLate(other) - isTooLate(one) ||
    held(other) - held(one) ||
    other.minutes - one.minutes ||
    compareText(one.by, other.by)
  return difference < 0 ? other : one
}

const named = (sessions: ReadonlyArray<CountingSession>): ReadonlyArray<SessionName> =>
  sessions
    .map(({ session, label }) => ({ session, label }))
    .sort((one, other) => compareText(one.label, other.label) || compareText(one.session, other.session))

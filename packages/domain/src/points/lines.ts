// lines.ts: what becomes of each attendance of a doctor, from what was judged of it to the points given for it

import { type AppliedRule, rulesNamed } from '../rules/rule-pack.ts'
import type { SetAside } from '../rules/set-aside.ts'
import type { LegalDate } from '../values/legal-date.ts'
import { minutesOf } from '../values/minutes.ts'
import { compare, noPoints } from '../values/points.ts'
import { compareText } from '../values/text.ts'
import { type CountingSessions, countingAt, inOrder } from './counting-sessions.ts'
import type { Judged } from './eligibility.ts'
import type { FactReference } from './fact-reference.ts'
import { nameOf, onceOnly, type Remaining } from './once-only.ts'
import { remembering } from './remembering.ts'
import { type Passage, thresholds } from './thresholds.ts'
import {
  type AttendanceLine,
  type AttendanceName,
  type Help,
  type Reason,
  rulesBehind,
  rulesOfCounting,
  type Shortfall,
} from './verdict.ts'
import { type UsedIn, type Worth, worthOf } from './worth.ts'

/** What layers below the whole country's say where an attendance was judged: with effect, and to none. */
export interface Local {
  readonly adapted: ReadonlyArray<AppliedRule>
  readonly setAside: ReadonlyArray<SetAside>
}

export type LocalTo = (judged: Judged) => Local

/** A session that counts for nobody but by a doctor's dispensation counts for that doctor. */
export const countingFor = (judged: ReadonlyArray<Judged>, counting: CountingSessions): CountingSessions => {
  const own = judged.filter(({ shortfall, forAll }) => shortfall === null && !forAll)
  if (own.length === 0) return counting
  return remembering((group) => {
    // What takes a session from everybody it takes whole: none of these is among those that count for all.
    const added = own.filter((one) => one.group.id === group)
    return [...counting(group), ...added.map(countingAt)]
  })
}

/** The lines of a doctor, and the facts that the thresholds looked at for each that came so far. */
export interface Lines {
  readonly lines: ReadonlyArray<AttendanceLine>
  readonly lookedAt: (line: AttendanceLine) => ReadonlyArray<FactReference>
}

/** A line for each attendance of one doctor that was judged, in the order of the sessions. Windows that are not over on that day are pending. */
export const attendanceLines = (
  judged: ReadonlyArray<Judged>,
  counting: CountingSessions,
  usedIn: UsedIn,
  day: LegalDate,
  local: LocalTo,
): Lines => {
  const remaining = onceOnly(judged.filter(({ shortfall }) => shortfall === null))
  const passages = thresholds(remaining, counting, day)
  // What was attended before the anchor uses none of a year's points; what is used in the other track does.
  const counted = remaining.filter((one) => {
    const { date } = one.judged.session
    return one.minutes > 0 && passages.get(one)?.shortfall === null && usedIn(date) !== null
  })
  const worths = worthOf(counted, usedIn)
  const lines = judged.filter(({ shortfall }) => shortfall !== null).map((one) => lineOf(one, local))
  const facts = new Map<AttendanceLine, ReadonlyArray<FactReference>>()
  for (const one of remaining) {
    const passage = passages.get(one)
    const line = lineOf(one.judged, local, one, passage, worths.get(one))
    lines.push(line)
    if (passage !== undefined) facts.set(line, passage.facts)
  }
  return { lines: lines.sort(bySession), lookedAt: (line) => facts.get(line) ?? [] }
}

/** In the order of the sessions, then of the groups. */
export const bySession = (
  one: AttendanceName & { readonly date: string },
  other: AttendanceName & { readonly date: string },
): number => inOrder(one, other) || compareText(one.group, other.group)

const lineOf = (
  judged: Judged,
  local: LocalTo,
  remaining?: Remaining,
  passage?: Passage,
  worth?: Worth,
): AttendanceLine => {
  const left = remaining?.minutes ?? 0
  const failed = passage?.shortfall ?? null
  const shortfall = judged.shortfall ?? remaining?.shortfall ?? failed ?? givenNothing(worth)
  const cuts = remaining?.cuts ?? []
  const capped = worth?.capped ?? null
  const reasons: Reason[] = [...cuts, ...(capped === null ? [] : [capped])].map(({ because }) => because.reason)
  if (shortfall !== null) reasons.push(shortfall.reason)
  const { adapted, setAside } = local(judged)
  const counted = failed === null ? left : 0
  const helps: Help[] = judged.cured ? ['cure'] : []
  const carriedBy = shortfall === null ? (passage?.carriedBy ?? null) : null
  if (carriedBy?.attended.some(({ group }) => group !== judged.group.id)) helps.push('transfer')
  const countedBy = rulesNamed(judged.rules, shortfall === null ? rulesOfCounting(judged.rules, helps) : [])
  const named = new Set(countedBy.map(({ name }) => name))
  const behind = new Set(reasons.flatMap((reason) => rulesBehind(reason, judged.rules)))
  return {
    ...nameOf(judged),
    date: judged.session.date,
    present: minutesOf(judged.attendance.present),
    counted,
    heldBack: failed === null ? 0 : left,
    cuts,
    worth: worth?.worth ?? noPoints,
    points: worth?.points ?? noPoints,
    capped,
    shortfall,
    rules: rulesNamed(judged.rules, [...behind]),
    countedBy,
    carriedBy,
    adapted: adapted.filter(({ name }) => !behind.has(name) && !named.has(name)),
    setAside,
    facts: judged.facts,
  }
}

/** What is worth points and given none has that for its reason. */
const givenNothing = (worth: Worth | undefined): Shortfall | null =>
  worth === undefined || worth.capped === null || compare(worth.points, noPoints) > 0 ? null : worth.capped.because

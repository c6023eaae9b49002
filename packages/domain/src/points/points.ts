// points.ts: a doctor's points, from evidence and rules, every one of them explained

import type { Question } from '../projections/as-known.ts'
import type { DoctorEvidence, GroupEvidence } from '../projections/evidence.ts'
import type { History } from '../projections/history.ts'
import { type RulePack, rulesNamed } from '../rules/rule-pack.ts'
import type { SessionEvent } from '../session/session-events.ts'
import type { DoctorId, GroupId, SessionId } from '../values/identity.ts'
import { minutesOf } from '../values/minutes.ts'
import { compare, least, minus, most, noPoints, type Points, pointsOf, wholePoints } from '../values/points.ts'
import { compareText } from '../values/text.ts'
import { type Judged, judge } from './eligibility.ts'
import {
  doctorKnown,
  type FactReference,
  groupKnown,
  type KnownGroup,
  type KnownSession,
  sessionKnown,
} from './known.ts'
import { nameOf, onceOnly, type Remaining } from './once-only.ts'
import { contains, type Period, periodContaining } from './period.ts'
import { type CountingSessions, thresholds } from './thresholds.ts'
import {
  type AttendanceLine,
  type AttendanceName,
  rulesBehind,
  type SessionName,
  type Shortfall,
  type WithdrawnLine,
} from './verdict.ts'

/**
 * The rows that points are computed from. For one doctor: the doctor's row, the rows of all groups at the sessions it names, and
 * the rows of all sessions that those groups name. More rows change no answer.
 */
export interface Evidence {
  readonly doctors: ReadonlyMap<DoctorId, DoctorEvidence>
  readonly groups: ReadonlyMap<GroupId, GroupEvidence>
  readonly sessions: ReadonlyMap<SessionId, History<SessionEvent>>
}

/** A doctor's points in the period that contains the date asked for. An indication: a decision is the authority's. */
export interface DoctorPoints {
  readonly doctor: DoctorId
  readonly question: Question
  /** The period that contains the date asked for; null before the anchor, or without one. Without a period nothing is counted. */
  readonly period: Period | null
  /** Minutes that count. */
  readonly countedMinutes: number
  readonly points: Points
  readonly mandatory: Points
  readonly elective: Points
  /** Points beyond both, shown and worth nothing. */
  readonly overflow: Points
  /** Mandatory points still missing. */
  readonly missing: Points
  readonly mandatoryMet: boolean
  /** Minutes held back by a threshold whose window is not over. */
  readonly pendingMinutes: number
  /** One line for each attendance in the period, in the order of the sessions. */
  readonly lines: ReadonlyArray<AttendanceLine>
  /** The doctor's attendances in the period that were taken off the lists. */
  readonly withdrawn: ReadonlyArray<WithdrawnLine>
  /** The facts that set the period. */
  readonly facts: ReadonlyArray<FactReference>
}

/** A doctor's points as a pure function: the same evidence, rules and question give the same answer, byte for byte. */
export const points = (doctor: DoctorId, evidence: Evidence, rules: RulePack, question: Question): DoctorPoints =>
  assess(evidence, rules, question)(doctor)

/** The points of many doctors over the same evidence; what they share is judged once. */
export const assess = (
  evidence: Evidence,
  rules: RulePack,
  question: Question,
): ((doctor: DoctorId) => DoctorPoints) => {
  const shared = judgements(evidence, rules, question)
  return (doctor) => {
    const row = evidence.doctors.get(doctor)
    const { anchor, facts } = doctorKnown(row?.history ?? [], question)
    const period = anchor === null ? null : periodContaining(anchor, question.effectiveThrough, rules)
    const judged = (row?.sessions ?? [])
      .flatMap((session) => shared.at(session))
      .filter(({ attendance }) => attendance.doctor === doctor)
    const lines = attendanceLines(judged, shared.counting, rules, question).filter(
      ({ date }) => period !== null && contains(period, date),
    )
    const withdrawn = (row?.sessions ?? [])
      .flatMap((session) => shared.withdrawnAt(session, doctor))
      .filter(({ date }) => period !== null && contains(period, date))
      .sort(bySession)
    return { doctor, question, period, ...allocated(lines, rules), lines, withdrawn, facts }
  }
}

interface Judgements {
  /** The judged attendances of a session, of all its groups. */
  readonly at: (session: SessionId) => ReadonlyArray<Judged>
  readonly withdrawnAt: (session: SessionId, doctor: DoctorId) => ReadonlyArray<WithdrawnLine>
  readonly counting: CountingSessions
}

const judgements = (evidence: Evidence, rules: RulePack, question: Question): Judgements => {
  const groups = remembering(
    (id: GroupId): KnownGroup => groupKnown(id, evidence.groups.get(id)?.history ?? [], question),
  )
  const sessions = remembering((id: SessionId): KnownSession | null =>
    sessionKnown(evidence.sessions.get(id) ?? [], question),
  )
  const at = remembering((id: SessionId): ReadonlyArray<Judged> => {
    const session = sessions(id)
    return session === null ? [] : session.groups.flatMap((group) => judge(session, groups(group), rules))
  })
  const takenOff = rulesNamed(rules, ['presence'])
  const countingOf = remembering((group: GroupId): ReadonlyArray<Judged> => {
    const counting = (evidence.groups.get(group)?.sessions ?? []).map((session) =>
      at(session).find((judged) => judged.group.id === group && judged.shortfall === null),
    )
    return counting.filter((judged) => judged !== undefined)
  })
  return {
    at,
    withdrawnAt: (id, doctor) => {
      const session = sessions(id)
      if (session === null) return []
      const { label, date, withdrawn } = session
      return withdrawn
        .filter((one) => one.doctor === doctor)
        .map(({ group, reason, facts }) => ({ session: id, label, group, date, reason, rules: takenOff, facts }))
    },
    counting: (group, window) =>
      countingOf(group)
        .filter(({ session }) => contains(window, session.date))
        .map(({ session }): SessionName => ({ session: session.id, label: session.label }))
        .sort((one, other) => compareText(one.label, other.label) || compareText(one.session, other.session)),
  }
}

const attendanceLines = (
  judged: ReadonlyArray<Judged>,
  counting: CountingSessions,
  rules: RulePack,
  question: Question,
): ReadonlyArray<AttendanceLine> => {
  const remaining = onceOnly(
    judged.filter(({ shortfall }) => shortfall === null),
    rules,
  )
  const failed = thresholds(remaining, counting, rules, question.effectiveThrough)
  const lines = [
    ...judged.filter(({ shortfall }) => shortfall !== null).map((one) => lineOf(one, null, one.shortfall, rules)),
    ...remaining.map((one) => lineOf(one.judged, one, one.shortfall ?? failed.get(one) ?? null, rules)),
  ]
  return lines.sort(bySession)
}

const bySession = (
  one: AttendanceName & { readonly date: string },
  other: AttendanceName & { readonly date: string },
): number =>
  compareText(one.date, other.date) ||
  compareText(one.label, other.label) ||
  compareText(one.session, other.session) ||
  compareText(one.group, other.group)

const lineOf = (
  judged: Judged,
  remaining: Remaining | null,
  shortfall: Shortfall | null,
  rules: RulePack,
): AttendanceLine => {
  const left = remaining?.minutes ?? 0
  const cuts = remaining?.cuts ?? []
  const reasons = [...cuts.map(({ because }) => because.reason), ...(shortfall === null ? [] : [shortfall.reason])]
  return {
    ...nameOf(judged),
    date: judged.session.date,
    present: minutesOf(judged.attendance.present),
    counted: shortfall === null ? left : 0,
    heldBack: shortfall === null ? 0 : left,
    cuts,
    shortfall,
    rules: rulesNamed(rules, [...new Set(reasons.flatMap(rulesBehind))]),
    facts: judged.facts,
  }
}

/** Mandatory first, then elective, then what is beyond both. */
const allocated = (lines: ReadonlyArray<AttendanceLine>, rules: RulePack) => {
  const countedMinutes = lines.reduce((sum, { counted }) => sum + counted, 0)
  const pendingMinutes = lines.reduce((sum, line) => sum + (isPending(line) ? line.heldBack : 0), 0)
  const earned = pointsOf(countedMinutes, rules.minutesPerPoint.value)
  const demanded = wholePoints(rules.mandatory.value)
  const mandatory = least(earned, demanded)
  const beyond = most(minus(earned, demanded), noPoints)
  const elective = least(beyond, wholePoints(rules.electiveMax.value))
  return {
    countedMinutes,
    pendingMinutes,
    points: earned,
    mandatory,
    elective,
    overflow: minus(beyond, elective),
    missing: minus(demanded, mandatory),
    mandatoryMet: compare(mandatory, demanded) === 0,
  }
}

/** Whether a line is held back by a window that is not over yet. */
export const isPending = ({ shortfall }: AttendanceLine): boolean =>
  shortfall !== null && 'pending' in shortfall && shortfall.pending

const remembering = <Key, Value>(find: (key: Key) => Value): ((key: Key) => Value) => {
  const found = new Map<Key, { readonly value: Value }>()
  return (key) => {
    const before = found.get(key)
    if (before !== undefined) return before.value
    const value = find(key)
    found.set(key, { value })
    return value
  }
}

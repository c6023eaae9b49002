// forecast.ts: what a doctor's points will be with the planned sessions attended, and what is still missing then

import { factsKnown, type Question } from '../projections/as-known.ts'
import type { History } from '../projections/history.ts'
import { personsKnown } from '../projections/persons.ts'
import { inForce, nationally, type RulesInForce } from '../rules/in-force.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import type { SessionEvent } from '../session/session-events.ts'
import type { DoctorId, GroupId, SessionId } from '../values/identity.ts'
import { isDuring, type LegalDate, plusDays, plusYears } from '../values/legal-date.ts'
import { minuteOf } from '../values/minutes.ts'
import type { Points } from '../values/points.ts'
import { compareText } from '../values/text.ts'
import type { Evidence } from './judgements.ts'
import { groupKnown, type KnownGroup } from './known-group.ts'
import { type EnoughSessions, enoughSessions, lastSafeDayOfAll, type Supposing, type Wanted } from './last-safe-day.ts'
import { type DoctorPoints, points, pointsJudgedOn } from './points.ts'
import { supposingOfSession } from './supposing.ts'
import type { AttendanceLine, AttendanceName, Lacking, Window } from './verdict.ts'

/** A session that is planned for a group of the doctor's, after the date asked for and in the period. */
export interface PlannedSession {
  readonly session: SessionId
  readonly group: GroupId
  readonly date: LegalDate
  readonly minutes: number
  /** What of it will count for the doctor. */
  readonly counted: number
}

/** What is still missing although everything planned is attended, and the sessions that would bring it; null: none that were tried do. */
export type StillMissing = (
  | /** In a window that is not over: without it, what was attended in it with that group counts nothing. */
  ({
      readonly what: 'threshold'
      readonly group: GroupId
      readonly window: Window
    } & Lacking)
  /** Of the mandatory points of the period. */
  | {
      readonly what: 'mandatory'
      readonly points: Points
      /** What these points are; null where points are rounded or a year's are capped, so that it hangs on the sessions. */
      readonly minutes: number | null
      readonly by: LegalDate
    }
) & { readonly enough: EnoughSessions | null }

/** A doctor's points as they are and as they will be. */
export interface Forecast {
  readonly doctor: DoctorId
  readonly question: Question
  readonly planned: ReadonlyArray<PlannedSession>
  readonly now: DoctorPoints
  /** On the last day of the period, with everything planned attended; a window is pending where it is not over on the date asked for. */
  readonly expected: DoctorPoints
  readonly missing: ReadonlyArray<StillMissing>
  /**
   * The first of the last safe days of what is missing, with a day for each session where several groups have to meet; null where nothing is
   * missing, and where nothing of it can be reached.
   */
  readonly lastSafeDay: LegalDate | null
}

/**
 * What will be: every planned session is held as planned, with all who are members of its groups then, from beginning to end. `planned` are the
 * sessions ever planned for the doctor's groups; their rows are in the evidence. Null without a period whose end is to come; of
 * specialist training nothing is forecast, whose end is known when it is over. What is missing is looked for by
 * supposing sessions of one of the doctor's groups, one a day, as long as a day can count: each thing by itself, and no other way.
 */
export const forecast = (
  doctor: DoctorId,
  evidence: Evidence,
  planned: ReadonlyArray<SessionId>,
  rules: RulePack | RulesInForce,
  question: Question,
): Forecast | null => {
  const now = points(doctor, evidence, rules, question)
  const { period } = now
  if (period === null || now.goesOn) return null
  const through = { ...question, effectiveThrough: plusDays(period.to, -1) }
  const persons = personsKnown(evidence.merges, question)
  const group = (id: GroupId): KnownGroup => groupKnown(id, evidence.groups.get(id)?.history ?? [], through, persons)
  const attended: Omit<PlannedSession, 'counted'>[] = []
  let supposed = evidence
  for (const session of new Set(planned)) {
    const meeting = meetingPlanned(evidence.sessions.get(session) ?? [], question)
    if (meeting === null || meeting.date <= question.effectiveThrough || meeting.date >= period.to) continue
    const attendance = meeting.groups.flatMap((id) =>
      membersOn(group(id), meeting.date).map((member) => ({
        ...{ group: id, doctor: member, role: 'member' as const },
        presence: { kind: 'whole' as const },
      })),
    )
    const held = { ...meeting, attendance, reference: null, request: null }
    supposed = supposingOfSession(supposed, session, { type: 'SessionHeld', data: held }, question.asKnownAt)
    const minutes = minuteOf(meeting.ends) - minuteOf(meeting.starts)
    for (const one of attendance) {
      if (persons.standingFor(doctor) !== one.doctor) continue
      attended.push({ session, group: one.group, date: meeting.date, minutes })
    }
  }
  const expected = pointsJudgedOn(question.effectiveThrough, doctor, supposed, rules, through, 'resertification')
  const byRules = inForce(rules)
  const ofDoctor = byRules.at({ ...nationally(question.effectiveThrough), doctor: persons.recordsOf(doctor) })
  // Of a group that the doctor has left nothing is asked.
  const groups = [...evidence.groups.keys()].filter((id) =>
    group(id).stays.some((stay) => stay.doctor === now.doctor && (stay.left ?? period.to) > question.effectiveThrough),
  )
  const supposing: Supposing = {
    doctor: now.doctor,
    evidence: supposed,
    rules: byRules,
    question,
    lastDay: through.effectiveThrough,
    taken: new Set(expected.lines.map(({ date }) => date)),
    judged: (then) => pointsJudgedOn(question.effectiveThrough, doctor, then, byRules, through, 'resertification'),
  }
  const missing = missingIn(expected, ofDoctor, groups, supposing)
  return {
    doctor: now.doctor,
    question,
    planned: attended
      .map((one) => ({ ...one, counted: countedIn(expected, one) }))
      .sort((one, other) => compareText(one.date, other.date) || compareText(one.session, other.session)),
    now,
    expected,
    missing: missing.map(({ what }) => what),
    lastSafeDay: firstOf(missing, supposing),
  }
}

type Meeting = Extract<SessionEvent, { readonly type: 'SessionPlanned' }>['data']

/** The meeting as it is planned and was moved; null once it is held or cancelled, or where it is not planned. */
const meetingPlanned = (history: History<SessionEvent>, question: Question): Meeting | null => {
  let meeting: Meeting | null = null
  for (const { event } of factsKnown(history, question)) meeting = afterwards(meeting, event)
  return meeting
}

const afterwards = (meeting: Meeting | null, event: SessionEvent): Meeting | null => {
  switch (event.type) {
    case 'SessionPlanned':
      return event.data
    case 'SessionMoved':
      return meeting === null ? null : { ...meeting, ...event.data }
    case 'SessionCancelled':
    case 'SessionHeld':
      return null
    default:
      return meeting
  }
}

const membersOn = ({ stays }: KnownGroup, date: LegalDate): ReadonlyArray<DoctorId> => [
  ...new Set(stays.filter(({ joined, left }) => isDuring(date, joined, left)).map(({ doctor }) => doctor)),
]

const countedIn = ({ lines }: DoctorPoints, { session, group }: Omit<PlannedSession, 'counted'>): number =>
  lines.find((line) => line.session === session && line.group === group)?.counted ?? 0

/** What is missing, and how it is seen that it is there. */
interface Missing {
  readonly what: StillMissing
  readonly wanted: Wanted
}

const missingIn = (
  expected: DoctorPoints,
  rules: RulePack,
  groups: ReadonlyArray<GroupId>,
  supposing: Supposing,
): ReadonlyArray<Missing> => {
  const windows = new Map<string, Missing>()
  for (const { group, shortfall } of expected.lines) {
    if (!groups.includes(group) || shortfall === null || !('lacking' in shortfall) || shortfall.lacking === null)
      continue
    const { lacking } = shortfall
    const key = [group, lacking.by].join()
    if (windows.has(key)) continue
    const held = expected.lines.filter((line) => line.group === group && isLackingBy(line, lacking.by))
    const isReached = ({ lines }: DoctorPoints): boolean =>
      held.every((one) => lines.some((line) => isOf(line, one) && line.heldBack === 0))
    const wanted = { ...lacking, isReached }
    const enough = enoughSessions(group, wanted, supposing)
    windows.set(key, {
      what: { what: 'threshold', group, window: windowOf(shortfall.window, lacking), ...lacking, enough },
      wanted,
    })
  }
  const missing = [...windows.values()].sort((one, other) => compareText(one.what.by, other.what.by))
  if (expected.mandatoryMet) return missing
  const { numerator, denominator } = expected.missing
  const minutes = Math.ceil((numerator * rules.minutesPerPoint.value) / denominator)
  const by = supposing.lastDay
  const wanted = { sessions: 0, minutes, by, isReached: ({ mandatoryMet }: DoctorPoints): boolean => mandatoryMet }
  const [enough = null] = groups
    .flatMap((group) => enoughSessions(group, wanted, supposing) ?? [])
    .sort((one, other) => compareText(other.lastSafeDay, one.lastSafeDay) || compareText(one.group, other.group))
  const asMinutes = rules.rounding.value === 'none' && rules.yearlyCap.value === 'none' ? minutes : null
  return [...missing, { what: { what: 'mandatory', points: expected.missing, minutes: asMinutes, by, enough }, wanted }]
}

/** The window that lacks it: where many hold a date, the one that has most may be over. */
const windowOf = (most: Window, { by }: Lacking): Window => {
  const to = plusDays(by, 1)
  return most.to === to ? most : { from: plusYears(to, -1), to }
}

/** The first of the last safe days; where several groups have to meet, on which each is early enough beside the others. */
const firstOf = (missing: ReadonlyArray<Missing>, supposing: Supposing): LegalDate | null => {
  const enough = missing.flatMap(({ what, wanted }) => (what.enough === null ? [] : [{ ...what.enough, wanted }]))
  const [first = null] = enough.map(({ lastSafeDay }) => lastSafeDay).sort()
  if (new Set(enough.map(({ group }) => group)).size < 2) return first
  return [first, lastSafeDayOfAll(enough, supposing)].flatMap((day) => day ?? []).sort()[0] ?? null
}

const isLackingBy = ({ shortfall }: AttendanceLine, by: LegalDate): boolean =>
  shortfall !== null && 'lacking' in shortfall && shortfall.lacking?.by === by

const isOf = (line: AttendanceName, { session, group }: AttendanceName): boolean =>
  line.session === session && line.group === group

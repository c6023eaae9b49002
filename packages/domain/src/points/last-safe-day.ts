// last-safe-day.ts: the last day on which holding more is early enough, found by supposing sessions until they bring what is missing

import { factsKnown, type Question } from '../projections/as-known.ts'
import { personsKnown } from '../projections/persons.ts'
import type { RulesInForce } from '../rules/in-force.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import type { DoctorId, GroupId, SessionId } from '../values/identity.ts'
import { firstOfYear, isDuring, type LegalDate, plusDays, plusYears } from '../values/legal-date.ts'
import { daysFor } from './days-left.ts'
import type { Evidence } from './judgements.ts'
import { groupKnown, type KnownGroup } from './known-group.ts'
import { leastNumber } from './least-number.ts'
import { rulesOn, type SupposedSession, supposedSession, supposingHeld } from './meetings.ts'
import { openSessions } from './open-sessions.ts'
import { contains } from './period.ts'
import type { DoctorPoints } from './points.ts'
import { fixedWindow } from './windows.ts'

/** That sessions of a group bring what is missing, one a day, if the first of them is held by the last safe day. */
export interface EnoughSessions {
  readonly group: GroupId
  readonly lastSafeDay: LegalDate
}

/** What sessions are supposed beside, and how what they bring is judged. */
export interface Supposing {
  /** The record that stands for the doctor. */
  readonly doctor: DoctorId
  /** With everything that is planned attended. */
  readonly evidence: Evidence
  readonly rules: RulesInForce
  /** Of the day that the forecast is made on. */
  readonly question: Question
  readonly lastDay: LegalDate
  /** Days on which the doctor attends something, so that nothing more is supposed of them. */
  readonly taken: ReadonlySet<LegalDate>
  readonly judged: (evidence: Evidence) => DoctorPoints
}

/** What is missing, and how it is seen that it is there. */
export interface Wanted {
  readonly sessions: number
  readonly minutes: number
  readonly by: LegalDate
  readonly isReached: (then: DoctorPoints) => boolean
}

/** Whether sessions of that group bring it, and until when the first of them can wait; null: none bring it. */
export const enoughSessions = (group: GroupId, wanted: Wanted, supposing: Supposing): EnoughSessions | null => {
  const lastSafeDay = latestHeld(group, wanted, supposing)?.days.at(-1)
  return lastSafeDay === undefined ? null : { group, lastSafeDay }
}

/**
 * Until when the first session of all can wait, should several groups have to meet: a day that one of them takes is none for the others. Where
 * there are too few days for all of it, none can be let go by.
 */
export const lastSafeDayOfAll = (
  all: ReadonlyArray<{ readonly group: GroupId; readonly wanted: Wanted }>,
  supposing: Supposing,
): LegalDate | null => {
  let beside = supposing
  const taken: LegalDate[] = []
  for (const { group, wanted } of all) {
    if (taken.length > 0 && wanted.isReached(beside.judged(beside.evidence))) continue
    const held = latestHeld(group, wanted, beside)
    if (held === null) return plusDays(supposing.question.effectiveThrough, 1)
    taken.push(...held.days)
    beside = { ...beside, evidence: held.evidence, taken: new Set([...supposing.taken, ...taken]) }
  }
  return taken.sort()[0] ?? null
}

/** Days on which sessions are supposed, the latest first, and the evidence with them. */
interface Held {
  readonly days: ReadonlyArray<LegalDate>
  readonly evidence: Evidence
}

/**
 * The sessions of that group that begin as late as they can; null: none bring it. Of each stretch of a year that the same window holds its
 * last days are tried, twice as many as the minutes and sessions that are missing take. More of them bring no less.
 */
const latestHeld = (id: GroupId, wanted: Wanted, supposing: Supposing): Held | null => {
  const { doctor, evidence, rules, question, judged } = supposing
  const persons = personsKnown(evidence.merges, question)
  const through = { ...question, effectiveThrough: supposing.lastDay }
  const history = evidence.groups.get(id)?.history ?? []
  const group = groupKnown(id, history, through, persons)
  const closed = factsKnown(history, question).flatMap(({ event }) =>
    event.type === 'GroupClosed' ? [event.data.on] : [],
  )
  const isFree = (day: LegalDate): boolean =>
    !supposing.taken.has(day) &&
    closed.every((on) => day < on) &&
    group.stays.some((stay) => stay.doctor === doctor && isDuring(day, stay.joined, stay.left))
  const packOn = (day: LegalDate): RulePack => rulesOn(group, day, persons.recordsOf(doctor), rules)
  const days = lastFreeDays(group, wanted, question.effectiveThrough, packOn, isFree)

  const today = plusDays(question.effectiveThrough, 1)
  const current = fixedWindow(group, today, packOn(today))
  const open = openSessions(id, evidence, through).filter(({ on }) => on <= question.effectiveThrough)
  let used = 0
  const sessions = days.map((date): SupposedSession => {
    // In a window that has not begun a wish of today is in time.
    const planned = current !== null && contains(current, date) ? open[used++] : undefined
    return {
      session: planned?.session ?? sessionOn(id, date),
      wished: planned?.on ?? question.effectiveThrough,
      date,
      minutes: fullDay(packOn(date)),
    }
  })
  const holding = (count: number): Evidence =>
    supposingHeld(evidence, doctor, group, sessions.slice(0, count), rules, question)
  const isEnough = (count: number): boolean => wanted.isReached(judged(holding(count)))
  if (!isEnough(sessions.length)) return null
  const least = leastNumber(sessions.length, isEnough)
  return { days: days.slice(0, least), evidence: holding(least) }
}

const sessionOn = (group: GroupId, date: LegalDate): SessionId => supposedSession(`${group} ${date}`)

/** The minutes that a day can count, where it has room for them: nobody meets through the night. */
const fullDay = ({ dayCapMinutes }: RulePack): number => Math.min(dayCapMinutes.value, 720)

/** The last free days of each calendar year and window of the group, the latest first; today is over. */
const lastFreeDays = (
  group: KnownGroup,
  { sessions, minutes, by }: Wanted,
  today: LegalDate,
  packOn: (day: LegalDate) => RulePack,
  isFree: (day: LegalDate) => boolean,
): ReadonlyArray<LegalDate> => {
  const days: LegalDate[] = []
  for (let from = plusDays(today, 1); from <= by; ) {
    const pack = packOn(from)
    const ends = [plusDays(by, 1), plusYears(firstOfYear(from), 1), fixedWindow(group, from, pack)?.to ?? by].sort()
    const to = ends.find((end) => end > from) ?? plusDays(by, 1)
    const needed = minutes + pack.doctorThresholdMinutes.value
    const count = 2 * Math.max(sessions, pack.groupThreshold.value, daysFor(needed, fullDay(pack)))
    let left = count
    for (let day = plusDays(to, -1); day >= from && left > 0; day = plusDays(day, -1)) {
      if (!isFree(day)) continue
      days.push(day)
      left -= 1
    }
    from = to
  }
  return days.sort().reverse()
}

// presence.ts: who was where on which minutes, after the corrections that were known

import type { People } from './people.ts'
import type { Session, Sessions } from './sessions.ts'
import { byText, placed } from './values.ts'

/** One doctor's attendance with one group; the rules fill in what becomes of it. */
export interface Attendance {
  readonly session: Session
  readonly group: string
  readonly hpr: string
  guest: boolean
  /** The minutes present, each by its number since 1970. */
  minutes: ReadonlySet<number>
  /** Whether the conditions of the session leave it. */
  survives: boolean
  /** The minutes left after each rule. */
  counted: number
  /** Blank while it counts. */
  reason: string
  pending: boolean
  /** Parts of a point. */
  parts: number
  /** It is worth points and gets none of them, because the year has enough. */
  overYear: boolean
}

/** The session that began first, then the lower id, then the lower group. */
export const order = (a: Attendance, b: Attendance): number =>
  a.session.start - b.session.start || byText(a.session.session, b.session.session) || byText(a.group, b.group)

/** What is known on a date, of what was effective through another. */
export interface Known {
  readonly sessions: ReadonlyArray<Session>
  readonly belongs: (hpr: string, group: string, date: string) => boolean
  /** The days on which the declarations in force on that date were signed. */
  readonly signed: (group: string, date: string) => ReadonlyArray<string>
  /** The declarations that were ever in force, whatever became of them. */
  readonly signatures: (group: string) => ReadonlyArray<string>
  /** Adjoining and overlapping stays are one; `left` is blank while nobody knows of it. */
  readonly staysOf: (hpr: string, group: string) => ReadonlyArray<Span>
  readonly groups: ReadonlyArray<string>
  readonly registered: (group: string) => string
  readonly attendances: Attendance[]
}

export interface Span {
  readonly joined: string
  readonly left: string
}

export const knownOf = (facts: People & Sessions, asOf: string, knownAt: string): Known => {
  const is = (date: string): boolean => date !== '' && date <= knownAt && date <= asOf
  const sessions = facts.sessions.filter(({ reported, date }) => reported <= knownAt && date <= asOf)
  return {
    sessions,
    belongs: (hpr, group, date) =>
      facts.stays.some(
        (stay) =>
          stay.hpr === hpr &&
          stay.group === group &&
          is(stay.joined) &&
          stay.joined <= date &&
          !(is(stay.left) && stay.left <= date),
      ),
    signed: (group, date) =>
      facts.declarations
        .filter(
          (one) =>
            one.group === group &&
            is(one.signed) &&
            one.signed <= date &&
            !(is(one.withdrawn) && one.withdrawn <= date),
        )
        .map(({ signed }) => signed),
    signatures: (group) =>
      facts.declarations
        .filter((one) => one.group === group && is(one.signed) && !(is(one.withdrawn) && one.withdrawn <= one.signed))
        .map(({ signed }) => signed),
    staysOf: (hpr, group) =>
      joinedUp(
        facts.stays
          .filter((stay) => stay.hpr === hpr && stay.group === group && is(stay.joined))
          .map(({ joined, left }) => ({ joined, left: is(left) ? left : '' })),
      ),
    groups: facts.groups.map(({ group }) => group),
    registered: (group) => facts.groups.find((one) => one.group === group)?.registered ?? '',
    attendances: attendancesAt(sessions, facts, knownAt),
  }
}

/** Two at a time, until no two touch. */
const joinedUp = (stays: ReadonlyArray<Span>): ReadonlyArray<Span> => {
  const spans = stays.filter(({ joined, left }) => left === '' || joined < left)
  for (const a of spans) {
    for (const b of spans) {
      if (a === b || a.joined > b.joined || (a.left !== '' && a.left < b.joined)) continue
      const left = a.left === '' || b.left === '' ? '' : ([a.left, b.left].sort()[1] ?? '')
      return joinedUp([...spans.filter((one) => one !== a && one !== b), { joined: a.joined, left }])
    }
  }
  return spans
}

const attendancesAt = (sessions: ReadonlyArray<Session>, facts: Sessions, knownAt: string): Attendance[] => {
  const attendances: Attendance[] = []
  const find = (session: string, group: string, hpr: string): Attendance | undefined =>
    attendances.find((one) => one.session.session === session && one.group === group && one.hpr === hpr)
  const begun = (session: Session, group: string, hpr: string): Attendance => {
    const nothing = {
      guest: false,
      minutes: new Set<number>(),
      survives: false,
      counted: 0,
      reason: '',
      pending: false,
      parts: 0,
      overYear: false,
    }
    const attendance = { session, group, hpr, ...nothing }
    attendances.push(attendance)
    return attendance
  }
  for (const row of facts.attendance) {
    const session = sessions.find((one) => one.session === row.session)
    if (session === undefined) continue
    const attendance = find(row.session, row.group, row.hpr) ?? begun(session, row.group, row.hpr)
    if (row.guest) attendance.guest = true
    const from = row.arrived === '' ? session.start : placed(row.arrived, session.starts)
    const to = row.left === '' ? session.end : placed(row.left, session.starts)
    attendance.minutes = new Set([...attendance.minutes, ...minutesIn(session).filter((m) => from <= m && m < to)])
  }
  for (const correction of facts.corrections) {
    const session = sessions.find((one) => one.session === correction.session)
    if (correction.date > knownAt || session === undefined) continue
    const { group, hpr, change, minutes } = correction
    const attendance = find(correction.session, group, hpr)
    const first = new Set(minutes === '' ? minutesIn(session) : minutesIn(session).slice(0, Number(minutes)))
    if (change === 'minutes' && attendance !== undefined) attendance.minutes = first
    if (change === 'withdraw' && attendance !== undefined) attendances.splice(attendances.indexOf(attendance), 1)
    if (change === 'add') begun(session, group, hpr).minutes = first
  }
  return attendances
}

const minutesIn = ({ start, end }: Session): ReadonlyArray<number> =>
  Array.from({ length: end - start }, (_, minute) => start + minute)

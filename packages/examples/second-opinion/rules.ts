// rules.ts: what each attendance counts and why, rule by rule, minute by minute

import type { Attendance, Known } from './presence.ts'
import type { Session } from './sessions.ts'
import { byText } from './values.ts'

const quorum = 2
const sessionMinutes = 60
const dayCap = 360
const groupThreshold = 3
const doctorThreshold = 360

/** Fills in the minutes and the reason of every attendance. */
export const judge = (known: Known, asOf: string): void => {
  conditions(known)
  onceOnly(known.attendances)
  capDays(known.attendances)
  thresholds(known.attendances, asOf)
}

/** The first reason in rule order. */
const conditions = ({ attendances, belongs, signed }: Known): void => {
  const present = (session: Session, group: string): number =>
    attendances.filter(
      (other) =>
        other.session === session &&
        other.group === group &&
        other.minutes.size > 0 &&
        !other.guest &&
        !session.hosts.includes(other.hpr) &&
        belongs(other.hpr, group, session.date),
    ).length
  const reasonOf = ({ session, group, hpr, guest, minutes }: Attendance): string => {
    if (guest) return 'GUEST'
    if (!belongs(hpr, group, session.date)) return 'NOT_MEMBER'
    if (session.hosts.includes(hpr)) return 'HOSTING'
    if (session.industry !== '') return 'INDUSTRY'
    if (signed(group, session.date).length === 0) return 'NO_DECLARATION'
    if (present(session, group) < quorum) return 'BELOW_QUORUM'
    if (session.end - session.start < sessionMinutes) return 'SESSION_TOO_SHORT'
    return minutes.size === 0 ? 'NO_MINUTES' : ''
  }
  for (const attendance of attendances) {
    attendance.reason = reasonOf(attendance)
    attendance.survives = attendance.reason === ''
  }
}

/** The session that began first, then the lower id, then the lower group. */
const order = (a: Attendance, b: Attendance): number =>
  a.session.start - b.session.start || byText(a.session.session, b.session.session) || byText(a.group, b.group)

/** A minute counts for the first attendance that had it. */
const onceOnly = (attendances: ReadonlyArray<Attendance>): void => {
  for (const one of attendances) {
    if (!one.survives) continue
    const rivals = attendances.filter(
      (other) => other !== one && other.survives && other.hpr === one.hpr && order(other, one) < 0,
    )
    one.counted = [...one.minutes].filter((minute) => !rivals.some((rival) => rival.minutes.has(minute))).length
    if (one.counted === 0) one.reason = 'OVERLAPPING'
  }
}

/** One doctor, one group, one date. */
const capDays = (attendances: ReadonlyArray<Attendance>): void => {
  const used = new Map<string, number>()
  for (const one of [...attendances].sort(order)) {
    if (one.reason !== '') continue
    const day = `${one.hpr}|${one.group}|${one.session.date}`
    one.counted = Math.min(one.counted, dayCap - (used.get(day) ?? 0))
    used.set(day, (used.get(day) ?? 0) + one.counted)
    if (one.counted === 0) one.reason = 'DAY_CAP'
  }
}

const yearOf = ({ session }: Attendance): string => session.date.slice(0, 4)

/** The group's sessions and the doctor's minutes in the calendar year. */
const thresholds = (attendances: ReadonlyArray<Attendance>, asOf: string): void => {
  const left = attendances.filter(({ reason }) => reason === '')
  for (const one of left) {
    const inYear = (other: Attendance): boolean => other.group === one.group && yearOf(other) === yearOf(one)
    const sessions = new Set(
      attendances.filter((other) => other.survives && inYear(other)).map(({ session }) => session.session),
    )
    let own = 0
    for (const other of left) if (other.hpr === one.hpr && inYear(other)) own += other.counted
    if (sessions.size < groupThreshold) one.reason = 'GROUP_UNDER_3_MEETINGS'
    else if (own < doctorThreshold) one.reason = 'DOCTOR_UNDER_6_HOURS'
    if (one.reason !== '') one.pending = asOf < `${yearOf(one)}-12-31`
  }
}

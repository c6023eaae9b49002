// rules.ts: what each attendance counts and why, rule by rule, minute by minute

import { addDays } from './calendar.ts'
import { type Attendance, type Known, order } from './presence.ts'
import type { Session } from './sessions.ts'
import { thresholds } from './thresholds.ts'
import type { Rules } from './variants.ts'
import { holds, windowsHolding } from './windows.ts'

/** Fills in the minutes and the reason of every attendance. */
export const judge = (known: Known, asOf: string, rules: Rules): void => {
  conditions(known, rules)
  onceOnly(known.attendances)
  if (rules.dayCap === 'cut') cutDays(known.attendances, rules)
  else rejectDays(known.attendances, rules)
  thresholds(known, asOf, rules)
}

/** The first reason in rule order. */
const conditions = (known: Known, rules: Rules): void => {
  const { attendances, belongs } = known
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
    if (!declared(known, group, session.date, rules)) return 'NO_DECLARATION'
    if (present(session, group) < rules.quorum) return 'BELOW_QUORUM'
    if (session.end - session.start < rules.sessionMinutesMin) return 'SESSION_TOO_SHORT'
    return minutes.size === 0 ? 'NO_MINUTES' : ''
  }
  for (const attendance of attendances) {
    attendance.reason = reasonOf(attendance)
    attendance.survives = attendance.reason === ''
  }
}

/** A declaration in force, or one that was signed later and reaches back. */
const declared = (
  { signed, signatures, registered }: Known,
  group: string,
  date: string,
  { declaration, window }: Rules,
): boolean =>
  signed(group, date).length > 0 ||
  signatures(group).some((signing) => {
    if (declaration === 'prospective' || signing <= date) return false
    if (declaration !== 'cures-window') return addDays(signing, -declaration.curesDays) <= date
    return windowsHolding(window, registered(group), signing).some((one) => holds(one, date))
  })

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
const cutDays = (attendances: ReadonlyArray<Attendance>, { dayCapMinutes }: Rules): void => {
  const used = new Map<string, number>()
  for (const one of [...attendances].sort(order)) {
    if (one.reason !== '') continue
    const day = `${one.hpr}|${one.group}|${one.session.date}`
    one.counted = Math.min(one.counted, dayCapMinutes - (used.get(day) ?? 0))
    used.set(day, (used.get(day) ?? 0) + one.counted)
    if (one.counted === 0) one.reason = 'DAY_CAP'
  }
}

/** A day that is too long gives nothing. */
const rejectDays = (attendances: ReadonlyArray<Attendance>, { dayCapMinutes }: Rules): void => {
  const left = attendances.filter(({ reason }) => reason === '')
  const dayOf = ({ hpr, group, session }: Attendance): string => `${hpr}|${group}|${session.date}`
  const days = new Map<string, number>()
  for (const one of left) days.set(dayOf(one), (days.get(dayOf(one)) ?? 0) + one.counted)
  for (const one of left) {
    if ((days.get(dayOf(one)) ?? 0) <= dayCapMinutes) continue
    one.counted = 0
    one.reason = 'DAY_CAP'
  }
}

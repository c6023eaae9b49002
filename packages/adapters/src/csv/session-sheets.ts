// session-sheets.ts: offers, requests, sessions, attendance and corrections

import {
  atWallTime,
  type HprNumber,
  type Instant,
  LegalDate,
  type Presence,
  plusDays,
  WholeMinute,
} from '@smagruppe/domain'
import type { AttendanceRow, CorrectionRow } from './folder.ts'
import { cut, type Row } from './row.ts'
import {
  isFirst,
  mustKnowDepartment,
  mustKnowDoctor,
  mustKnowGroup,
  type Reading,
  type SessionTimes,
  type Sheet,
} from './sheets.ts'

export const offers: Sheet = {
  name: 'offers',
  columns: ['department', 'from', 'to', 'sessions_per_month', 'topics'],
  optional: ['to', 'sessions_per_month', 'topics'],
  take: async (row, reading) => {
    const department = row.needed('department')
    const from = row.date('from')
    const to = row.dateOrBlank('to')
    const sessionsPerMonth = row.wholeOrBlank('sessions_per_month')
    await mustKnowDepartment(row, reading, 'department', department)
    if (from === null || row.problems.length > 0) return
    const offer = { department, from, to, sessionsPerMonth, topics: row.list('topics') }
    if (row.problems.length > 0) return
    const { offers } = reading.folder
    const key = JSON.stringify(offer)
    if (!offers.has(key)) offers.set(key, { line: row.line, ...offer })
    if (to !== null && to < from)
      reading.flag(row, 'from', 'OFFER_NEVER_OPEN', `the offer ends on ${to}, before it begins`)
  },
}

export const requests: Sheet = {
  name: 'requests',
  columns: ['request', 'groups', 'requested_on', 'department', 'topic', 'place'],
  optional: ['department', 'topic', 'place'],
  take: async (row, reading) => {
    const { folder } = reading
    const id = row.needed('request')
    const groups = await groupsIn(row, reading)
    const on = row.date('requested_on')
    const department = await departmentIn(row, reading)
    if (id === '') return
    const request = { line: row.line, id, groups, on, department, topic: row.text('topic'), place: placeIn(row) }
    if (!isFirst(folder.requests.get(id), request, 'request', row) || on === null || row.problems.length > 0) return
    folder.requests.set(id, { ...request, on })
    flagPlace(row, reading)
  },
}

export const sessions: Sheet = {
  name: 'sessions',
  columns: [
    'session',
    'request',
    'starts',
    'ends',
    'place',
    'department',
    'host_hpr',
    'topics',
    'groups',
    'reported_on',
    'industry_contribution',
  ],
  optional: ['request', 'place', 'department', 'host_hpr', 'topics', 'industry_contribution'],
  take: async (row, reading) => {
    const { folder, onRecord } = reading
    const id = row.needed('session')
    const starts = wallTimeCell(row, reading, 'starts')
    const ends = wallTimeCell(row, reading, 'ends')
    const department = await departmentIn(row, reading)
    const hosts = await hostsIn(row, reading)
    const groups = await groupsIn(row, reading)
    const reported = row.date('reported_on')
    if (starts !== null && ends !== null && ends.at <= starts.at) {
      row.wrong('starts', 'END_NOT_AFTER_START', `the session ends at ${row.text('ends')}, not after it starts`)
    }
    if (id === '') return
    const request = row.text('request') || null
    const session = {
      line: row.line,
      id,
      request,
      starts: starts?.at,
      ends: ends?.at,
      place: placeIn(row),
      department,
      hosts,
      topics: row.list('topics'),
      groups,
      reported,
      contribution: row.text('industry_contribution') || null,
      date: starts?.date,
      startTime: starts?.time,
    }
    if (!isFirst(folder.sessions.get(id), session, 'session', row) || row.problems.length > 0) return
    if (starts === null || ends === null || reported === null) return
    folder.sessions.set(id, {
      ...session,
      reported,
      date: starts.date,
      startTime: starts.time,
      starts: starts.at,
      ends: ends.at,
    })
    flagPlace(row, reading)
    if (request !== null && !folder.requests.has(request) && !(await onRecord.request(request))) {
      reading.flag(
        row,
        'request',
        'UNKNOWN_REQUEST',
        `no request ${cut(request)} is known; the session was taken without it`,
      )
    }
  },
}

export const attendance: Sheet = {
  name: 'attendance',
  columns: ['session', 'group', 'hpr', 'arrived', 'left', 'role'],
  optional: ['arrived', 'left', 'role'],
  take: async (row, reading) => {
    const { id, group, hpr, session } = await whoseAttendance(row, reading)
    const arrived = timeIn(row, 'arrived')
    const left = timeIn(row, 'left')
    const role = row.text('role') || 'member'
    if (role !== 'member' && role !== 'guest')
      row.wrong('role', 'INVALID_ROLE', `'${cut(role)}' is neither member nor guest`)
    if (session === null) return
    const from = arrived === null ? session.starts : onItsDay(arrived, session, reading)
    const to = left === null ? session.ends : onItsDay(left, session, reading)
    if (arrived !== null && left !== null && to <= from) {
      row.wrong('arrived', 'LEFT_NOT_AFTER_ARRIVED', `left at ${left}, not after arriving at ${arrived}`)
    }
    if (hpr === null || (role !== 'member' && role !== 'guest') || row.problems.length > 0) return
    const whole = row.text('arrived') === '' && row.text('left') === ''
    const key = JSON.stringify([id, group, hpr])
    const { attendance } = reading.folder
    const one: AttendanceRow = attendance.get(key) ?? { lines: [], session: id, group, hpr, role, times: new Map() }
    attendance.set(key, one)
    one.lines.push(row.line)
    if (role === 'guest') one.role = 'guest'
    if (whole) one.times = null
    else if (to > from) one.times?.set(`${from} ${to}`, { from, to })
  },
}

/** The times of all rows, in an order of their own, so that the order of the rows does not matter. */
export const presenceIn = ({ times }: AttendanceRow): Presence =>
  times === null
    ? { kind: 'whole' }
    : {
        kind: 'intervals',
        intervals: [...times].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, interval]) => interval),
      }

export const corrections: Sheet = {
  name: 'corrections',
  columns: ['session', 'group', 'hpr', 'change', 'minutes', 'corrected_on', 'reason'],
  optional: ['minutes', 'reason'],
  take: async (row, reading) => {
    const { id: session, group, hpr } = await whoseAttendance(row, reading)
    const change = changeIn(row)
    const minutes = row.wholeOrBlank('minutes')
    const on = row.date('corrected_on')
    if (change === 'minutes' && row.text('minutes') === '') row.wrong('minutes', 'REQUIRED', 'minutes is blank')
    if (hpr === null || change === null || on === null || row.problems.length > 0) return
    const { corrections } = reading.folder
    const correction = { session, group, hpr, change, minutes, on, reason: row.text('reason') }
    const key = JSON.stringify(correction)
    const copies = corrections.get(key) ?? []
    corrections.set(key, copies)
    copies.push({ line: row.line, ...correction, copy: copies.length })
  },
}

const changeIn = (row: Row): CorrectionRow['change'] | null => {
  const written = row.needed('change')
  if (written === 'withdraw' || written === 'add' || written === 'minutes') return written
  if (written !== '') row.wrong('change', 'INVALID_CHANGE', `'${cut(written)}' is none of withdraw, add, minutes`)
  return null
}

/** The session, group and doctor that a row of attendance or corrections is about. */
const whoseAttendance = async (row: Row, reading: Reading) => {
  const { folder, onRecord } = reading
  const id = row.needed('session')
  const group = row.needed('group')
  const hpr = row.hpr('hpr')
  const session = id === '' ? null : (folder.sessions.get(id) ?? (await onRecord.session(id)))
  if (id !== '' && session === null) row.wrong('session', 'UNKNOWN_SESSION', `no session ${cut(id)} is known`)
  await mustKnowGroup(row, reading, 'group', group)
  await mustKnowDoctor(row, reading, 'hpr', hpr)
  if (session !== null && group !== '' && !session.groups.includes(group)) {
    row.wrong('group', 'GROUP_NOT_AT_SESSION', `group ${cut(group)} is not at session ${cut(id)}`)
  }
  return { id, group, hpr, session }
}

const departmentIn = async (row: Row, reading: Reading): Promise<string | null> => {
  const written = row.text('department')
  await mustKnowDepartment(row, reading, 'department', written)
  return written === '' ? null : written
}

const groupsIn = async (row: Row, reading: Reading): Promise<ReadonlyArray<string>> => {
  const groups = [...new Set(row.list('groups'))]
  if (groups.length === 0) row.wrong('groups', 'REQUIRED', 'no group is named')
  for (const group of groups) await mustKnowGroup(row, reading, 'groups', group)
  return groups
}

const hostsIn = async (row: Row, reading: Reading): Promise<ReadonlyArray<HprNumber>> => {
  const hosts = new Set<HprNumber>()
  for (const written of row.list('host_hpr')) {
    const hpr = row.hprIn('host_hpr', written)
    await mustKnowDoctor(row, reading, 'host_hpr', hpr)
    if (hpr !== null) hosts.add(hpr)
  }
  return [...hosts]
}

const placeIn = (row: Row): 'hospital' | 'practice' | null => {
  const written = row.text('place')
  return written === 'hospital' || written === 'practice' ? written : null
}

const flagPlace = (row: Row, { flag }: Reading): void => {
  const written = row.text('place')
  if (written !== '' && placeIn(row) === null)
    flag(row, 'place', 'UNKNOWN_PLACE', `'${cut(written)}' is neither hospital nor practice; taken without a place`)
}

const wallTime = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d)$/

/** A wall time `YYYY-MM-DDTHH:MM` that must be there. */
const wallTimeCell = (
  row: Row,
  { zone }: Reading,
  column: string,
): { readonly date: LegalDate; readonly time: string; readonly at: Instant } | null => {
  const written = row.needed(column)
  if (written === '') return null
  const [, date, hours, minutes] = wallTime.exec(written) ?? []
  if (LegalDate.is(date)) {
    const time = `${hours}:${minutes}`
    const at = atWallTime(zone, date, time)
    if (WholeMinute.is(at)) return { date, time, at }
    // Before there were time zones, noon was where the sun stood highest, seconds and all: a year with a digit too few or wrong.
    row.wrong(column, 'INVALID_TIME', `'${cut(written)}' is before ${zone} had a common time`)
    return null
  }
  row.wrong(column, 'INVALID_TIME', `'${cut(written)}' is no time; write YYYY-MM-DDTHH:MM`)
  return null
}

/** A time of the day `HH:MM` that may be blank. */
const timeIn = (row: Row, column: string): string | null => {
  const written = row.text(column)
  if (written === '' || /^([01]\d|2[0-3]):[0-5]\d$/.test(written)) return written || null
  row.wrong(column, 'INVALID_TIME', `'${cut(written)}' is no time of the day; write HH:MM`)
  return null
}

/** A time on the session's date; on the next day when it is more than an hour before the start by the wall clock. */
const onItsDay = (time: string, session: SessionTimes, { zone }: Reading): Instant => {
  const isNextDay = minutesOfDay(session.startTime) - minutesOfDay(time) > 60
  return atWallTime(zone, isNextDay ? plusDays(session.date, 1) : session.date, time)
}

const minutesOfDay = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

// sessions.ts: sessions, attendance and corrections, and what is wrong with their rows

import type { People } from './people.ts'
import { cell, type Reading } from './reading.ts'
import type { Row } from './sheets.ts'
import { byText, epochMinute, hprOf, isDate, isDateTime, isTime, isWholeNumber, list, placed } from './values.ts'

export interface Session {
  readonly session: string
  readonly starts: string
  readonly date: string
  /** Minutes since 1970. */
  readonly start: number
  readonly end: number
  readonly department: string
  readonly hosts: ReadonlyArray<string>
  readonly topics: ReadonlyArray<string>
  readonly groups: ReadonlyArray<string>
  readonly reported: string
  readonly industry: string
}

export interface AttendanceRow {
  readonly session: string
  readonly group: string
  readonly hpr: string
  readonly arrived: string
  readonly left: string
  readonly guest: boolean
}

export interface Correction {
  readonly session: string
  readonly group: string
  readonly hpr: string
  readonly change: string
  readonly minutes: string
  readonly date: string
}

export interface Sessions {
  readonly sessions: ReadonlyArray<Session>
  readonly attendance: ReadonlyArray<AttendanceRow>
  /** By date, then by row. */
  readonly corrections: ReadonlyArray<Correction>
}

export const readSessions = (reading: Reading, people: People): Sessions => {
  const sessions = readHeld(reading, people)
  const attendance = readAttendance(reading, people, sessions)
  const corrections = readCorrections(reading, people, sessions, attendance)
  return { sessions, attendance, corrections }
}

const readHeld = (reading: Reading, { isDepartment, isDoctor, isGroup }: People): ReadonlyArray<Session> => {
  const sessions: Session[] = []
  for (const row of reading.rows('sessions')) {
    const wrong: string[] = []
    const id = cell(row, 'session')
    const starts = cell(row, 'starts')
    const ends = cell(row, 'ends')
    const department = cell(row, 'department')
    const hosts = list(cell(row, 'host_hpr'))
    const groups = list(cell(row, 'groups'))
    if (id === '' || reading.standing('sessions', id, row) === 'other') wrong.push('session')
    if (!isDateTime(starts)) wrong.push('starts')
    if (!isDateTime(ends)) wrong.push('ends')
    if (isDateTime(starts) && isDateTime(ends) && epochMinute(ends) <= epochMinute(starts)) wrong.push('starts')
    if (department !== '' && !isDepartment(department)) wrong.push('department')
    if (!hosts.every(isDoctor)) wrong.push('host_hpr')
    if (groups.length === 0 || !groups.every(isGroup)) wrong.push('groups')
    if (!isDate(cell(row, 'reported_on'))) wrong.push('reported_on')
    if (!reading.isTaken('sessions', row, wrong) || reading.standing('sessions', id, row) === 'same') continue
    reading.keep('sessions', id, row)
    sessions.push({
      session: id,
      starts,
      date: starts.slice(0, 10),
      start: epochMinute(starts),
      end: epochMinute(ends),
      department,
      hosts: hosts.map(hprOf),
      topics: list(cell(row, 'topics')),
      groups: [...new Set(groups)],
      reported: cell(row, 'reported_on'),
      industry: cell(row, 'industry_contribution'),
    })
  }
  return sessions
}

const sessionOf = (row: Row, sessions: ReadonlyArray<Session>): Session | undefined =>
  sessions.find(({ session }) => session === cell(row, 'session'))

/** What is wrong with the columns session, group and hpr, which attendance and corrections share. */
const wrongWho = (row: Row, { isDoctor, isGroup }: People, sessions: ReadonlyArray<Session>): string[] => {
  const wrong: string[] = []
  const session = sessionOf(row, sessions)
  const group = cell(row, 'group')
  if (session === undefined) wrong.push('session')
  if (!isGroup(group) || (session !== undefined && !session.groups.includes(group))) wrong.push('group')
  if (!isDoctor(cell(row, 'hpr'))) wrong.push('hpr')
  return wrong
}

const who = (row: Row) => ({ session: cell(row, 'session'), group: cell(row, 'group'), hpr: hprOf(cell(row, 'hpr')) })

const readAttendance = (
  reading: Reading,
  people: People,
  sessions: ReadonlyArray<Session>,
): ReadonlyArray<AttendanceRow> => {
  const attendance: AttendanceRow[] = []
  for (const row of reading.rows('attendance')) {
    const wrong = wrongWho(row, people, sessions)
    const session = sessionOf(row, sessions)
    const arrived = cell(row, 'arrived')
    const left = cell(row, 'left')
    const role = cell(row, 'role')
    if (arrived !== '' && !isTime(arrived)) wrong.push('arrived')
    if (left !== '' && !isTime(left)) wrong.push('left')
    if (session !== undefined && isTime(arrived) && isTime(left)) {
      if (placed(left, session.starts) <= placed(arrived, session.starts)) wrong.push('arrived')
    }
    if (role !== '' && role !== 'member' && role !== 'guest') wrong.push('role')
    if (!reading.isTaken('attendance', row, wrong)) continue
    attendance.push({ ...who(row), arrived, left, guest: role === 'guest' })
  }
  return attendance
}

/** Whether a correction is refused looks at all earlier ones, whatever is known when. */
const readCorrections = (
  reading: Reading,
  people: People,
  sessions: ReadonlyArray<Session>,
  attendance: ReadonlyArray<AttendanceRow>,
): ReadonlyArray<Correction> => {
  const key = ({ session, group, hpr }: { session: string; group: string; hpr: string }): string =>
    `${session}|${group}|${hpr}`
  const present = new Set(attendance.map(key))
  const rows = reading.rows('corrections')
  const wrongs = new Map(rows.map((row) => [row, wrongCorrection(row, people, sessions)]))
  const judged = rows
    .filter((row) => wrongs.get(row)?.length === 0)
    .sort((a, b) => byText(cell(a, 'corrected_on'), cell(b, 'corrected_on')) || a.line - b.line)
  const corrections: Correction[] = []
  for (const row of judged) {
    const change = cell(row, 'change')
    const isPresent = present.has(key(who(row)))
    if (isPresent === (change === 'add')) {
      wrongs.set(row, ['hpr'])
      continue
    }
    if (change === 'add') present.add(key(who(row)))
    if (change === 'withdraw') present.delete(key(who(row)))
    corrections.push({ ...who(row), change, minutes: cell(row, 'minutes'), date: cell(row, 'corrected_on') })
  }
  for (const row of rows) reading.isTaken('corrections', row, wrongs.get(row) ?? [])
  return corrections
}

const wrongCorrection = (row: Row, people: People, sessions: ReadonlyArray<Session>): ReadonlyArray<string> => {
  const wrong = wrongWho(row, people, sessions)
  const change = cell(row, 'change')
  const minutes = cell(row, 'minutes')
  if (change !== 'withdraw' && change !== 'add' && change !== 'minutes') wrong.push('change')
  if (minutes === '' ? change === 'minutes' : !isWholeNumber(minutes)) wrong.push('minutes')
  if (!isDate(cell(row, 'corrected_on'))) wrong.push('corrected_on')
  return wrong
}

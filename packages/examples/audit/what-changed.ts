// what-changed.ts: the same question asked with the knowledge of two moments: whose points changed in between, and by what

import { fileURLToPath } from 'node:url'
import { importFolder } from '@smagruppe/adapters/csv'
import { memoryEventStore, memoryProjectionStore, memoryVault } from '@smagruppe/adapters/memory'
import { randomIds, systemClock } from '@smagruppe/adapters/node'
import {
  type AttendanceLine,
  type AttendanceName,
  type DoctorId,
  type DoctorPoints,
  endOf,
  type FactReference,
  type Instant,
  type LegalDate,
  legalDate,
  openRegister,
  oslo,
  promised,
  type Register,
  type WithdrawnLine,
} from '@smagruppe/domain'

/** What one session was worth to a doctor, before and after, and the facts behind it that became known in between. */
export interface ChangedSession {
  readonly label: string
  readonly before: string
  readonly after: string
  readonly news: ReadonlyArray<FactReference>
}

export interface ChangedDoctor {
  readonly doctor: DoctorId
  readonly minutesBefore: number
  readonly minutesAfter: number
  readonly sessions: ReadonlyArray<ChangedSession>
}

/** The doctors whose points on a date look different from the second moment than from the first, with what became known between. */
export const whatChanged = async (
  register: Register,
  effectiveThrough: LegalDate,
  first: Instant,
  second: Instant,
): Promise<ReadonlyArray<ChangedDoctor>> => {
  const before = await promised(register.everyonesPoints({ effectiveThrough, asKnownAt: first }))
  const after = await promised(register.everyonesPoints({ effectiveThrough, asKnownAt: second }))
  const earlier = new Map(before.map((points) => [points.doctor, points]))
  return after.flatMap((points) => {
    const was = earlier.get(points.doctor)
    const sessions = changedSessions(was, points, first)
    if (sessions.length === 0) return []
    const { doctor, countedMinutes: minutesAfter } = points
    return [{ doctor, minutesBefore: was?.countedMinutes ?? 0, minutesAfter, sessions }]
  })
}

/** A line of an explanation: an attendance, or one that was taken off the list. */
type Line = AttendanceLine | WithdrawnLine

const changedSessions = (
  before: DoctorPoints | undefined,
  after: DoctorPoints,
  first: Instant,
): ReadonlyArray<ChangedSession> => {
  const earlier = byAttendance(before)
  const later = byAttendance(after)
  return [...new Map([...earlier, ...later])].flatMap(([key, { label }]) => {
    const [was, is] = [earlier.get(key), later.get(key)]
    if (verdict(was) === verdict(is)) return []
    const news = (is?.facts ?? []).filter(({ knownSince }) => knownSince > first)
    return [{ label, before: verdict(was), after: verdict(is), news }]
  })
}

const byAttendance = (points: DoctorPoints | undefined): ReadonlyMap<string, Line> => {
  const keyed = (line: Line): [string, Line] => [keyOf(line), line]
  return new Map(points === undefined ? [] : [...points.withdrawn.map(keyed), ...points.lines.map(keyed)])
}

const keyOf = ({ session, group }: AttendanceName): string => `${session} ${group}`

const verdict = (line: Line | undefined): string => {
  if (line === undefined) return 'not on the list'
  if ('counted' in line) return line.shortfall === null ? `${line.counted} minutes` : line.shortfall.reason
  return `taken off the list (${line.reason})`
}

/** The pilot year in a register in memory. */
export const pilotRegister = async (): Promise<Register> => {
  const events = memoryEventStore({ clock: systemClock })
  const ports = { events, rows: memoryProjectionStore(), vault: memoryVault(), now: systemClock, newId: randomIds }
  const register = openRegister(ports)
  await promised(importFolder(register, fileURLToPath(new URL('../pilot-year/data', import.meta.url))))
  return register
}

export const yearEnd = legalDate('2024-12-31')
export const atYearEnd = endOf(oslo, yearEnd)
export const inFebruary = endOf(oslo, legalDate('2025-02-28'))

/** As an auditor reads it. */
export const told = (changed: ReadonlyArray<ChangedDoctor>): ReadonlyArray<string> =>
  changed.flatMap(({ doctor, minutesBefore, minutesAfter, sessions }) => [
    `${doctor}: ${minutesBefore} minutes became ${minutesAfter}`,
    ...sessions.flatMap(({ label, before, after, news }) => [
      `  ${label}: ${before} became ${after}`,
      ...news.map(({ type, id, knownSince }) => `    ${type} ${id}, known since ${knownSince}`),
    ]),
  ])

if (import.meta.main) {
  const changed = await whatChanged(await pilotRegister(), yearEnd, atYearEnd, inFebruary)
  console.log(told(changed).join('\n'))
}

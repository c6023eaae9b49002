// what-changed.ts: the same question asked with the knowledge of two moments: whose points changed in between, and by what

import { fileURLToPath } from 'node:url'
import { importFolder } from '@smagruppe/adapters/csv'
import { memoryEventStore, memoryProjectionStore, memoryVault } from '@smagruppe/adapters/memory'
import { randomIds, systemClock } from '@smagruppe/adapters/node'
import {
  type AttendanceLine,
  type DoctorId,
  type DoctorPoints,
  endOf,
  factIn,
  type Instant,
  type LegalDate,
  legalDate,
  openRegister,
  oslo,
  type Register,
  type SessionId,
  type StoreFailure,
  sessionEvidence,
} from '@smagruppe/domain'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'

/** A fact that became known between the two moments. */
export interface News {
  readonly type: string
  readonly knownSince: Instant
  /** What the reporter gave as the reason of a correction. */
  readonly reason: string | null
}

/** What one session was worth to a doctor, before and after; null where the doctor was not on its list. */
export interface ChangedSession {
  readonly label: string
  readonly before: string | null
  readonly after: string | null
  readonly news: ReadonlyArray<News>
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
): Promise<Either<StoreFailure, ReadonlyArray<ChangedDoctor>>> => {
  const before = await register.everyonesPoints({ effectiveThrough, asKnownAt: first })()
  if (isLeft(before)) return before
  const after = await register.everyonesPoints({ effectiveThrough, asKnownAt: second })()
  if (isLeft(after)) return after
  const earlier = new Map(before.right.map((points) => [points.doctor, points]))
  const changed: ChangedDoctor[] = []
  for (const points of after.right) {
    const sessions = await changedSessions(register, earlier.get(points.doctor), points, [first, second])
    if (isLeft(sessions)) return sessions
    if (sessions.right.length === 0) continue
    changed.push({
      doctor: points.doctor,
      minutesBefore: earlier.get(points.doctor)?.countedMinutes ?? 0,
      minutesAfter: points.countedMinutes,
      sessions: sessions.right,
    })
  }
  return right(changed)
}

type Moments = readonly [first: Instant, second: Instant]

const changedSessions = async (
  register: Register,
  before: DoctorPoints | undefined,
  after: DoctorPoints,
  moments: Moments,
): Promise<Either<StoreFailure, ReadonlyArray<ChangedSession>>> => {
  const earlier = byAttendance(before?.lines ?? [])
  const later = byAttendance(after.lines)
  const changed: ChangedSession[] = []
  for (const key of new Set([...earlier.keys(), ...later.keys()])) {
    const [was, is] = [earlier.get(key), later.get(key)]
    const session = (is ?? was)?.session
    if (session === undefined || verdict(was) === verdict(is)) continue
    const news = await newsOf(register, session, moments)
    if (isLeft(news)) return news
    changed.push({
      label: (is ?? was)?.label ?? session,
      before: verdict(was),
      after: verdict(is),
      news: news.right,
    })
  }
  return right(changed)
}

const byAttendance = (lines: ReadonlyArray<AttendanceLine>): ReadonlyMap<string, AttendanceLine> =>
  new Map(lines.map((line) => [`${line.session} ${line.group}`, line]))

const verdict = (line: AttendanceLine | undefined): string | null =>
  line === undefined ? null : line.shortfall === null ? `${line.counted} minutes` : line.shortfall.reason

/** What became known of a session after the first moment and by the second. The row keeps every event, also what was taken back. */
const newsOf = async (
  register: Register,
  session: SessionId,
  [first, second]: Moments,
): Promise<Either<StoreFailure, ReadonlyArray<News>>> => {
  const history = await register.rows.get(sessionEvidence, session)()
  if (isLeft(history)) return history
  const news: News[] = []
  for (const { event, knownSince } of history.right ?? []) {
    if (knownSince <= first || knownSince > second) continue
    const { data } = factIn(event) ?? event
    news.push({ type: event.type, knownSince, reason: 'reason' in data ? data.reason : null })
  }
  return right(news)
}

/** The pilot year in a register in memory. */
export const pilotRegister = async () => {
  const events = memoryEventStore({ clock: systemClock })
  const ports = { events, rows: memoryProjectionStore(), vault: memoryVault(), now: systemClock, newId: randomIds }
  const register = openRegister(ports)
  const imported = await importFolder(register, fileURLToPath(new URL('../pilot-year/data', import.meta.url)))()
  return isLeft(imported) ? imported : right(register)
}

export const yearEnd = legalDate('2024-12-31')
export const atYearEnd = endOf(oslo, yearEnd)
export const inFebruary = endOf(oslo, legalDate('2025-02-28'))

/** As an auditor reads it. */
export const told = (changed: ReadonlyArray<ChangedDoctor>): ReadonlyArray<string> =>
  changed.flatMap(({ doctor, minutesBefore, minutesAfter, sessions }) => [
    `${doctor}: ${minutesBefore} minutes became ${minutesAfter}`,
    ...sessions.flatMap(({ label, before, after, news }) => [
      `  ${label}: ${before ?? 'not on the list'} became ${after ?? 'not on the list'}`,
      ...news.map(
        ({ type, knownSince, reason }) =>
          `    ${type}, known since ${knownSince}${reason === null ? '' : `: ${reason}`}`,
      ),
    ]),
  ])

if (import.meta.main) {
  const register = await pilotRegister()
  const changed = isLeft(register) ? register : await whatChanged(register.right, yearEnd, atYearEnd, inFebruary)
  if (isLeft(changed)) {
    console.error(changed.left)
    process.exitCode = 1
  } else console.log(told(changed.right).join('\n'))
}

// importing.ts: brings a folder of sheets into a register; again and again, without adding anything twice

import { stat } from 'node:fs/promises'
import {
  type DoctorId,
  endOf,
  type HprNumber,
  type Instant,
  type LegalDate,
  type Register,
  theStart,
} from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Bringing } from './bringing.ts'
import { correctionTasks } from './correction-rows.ts'
import { doctorTasks } from './doctor-rows.ts'
import type { Folder } from './folder.ts'
import { groupTasks } from './group-rows.ts'
import { departmentTasks, hospitalTasks } from './hospital-rows.ts'
import { type Loaded, loadFolder, type SheetRead, sheets } from './loading.ts'
import { type Names, namesIn } from './names.ts'
import { type Recording, type RecordingFailure, recordingIn, severalAtOnce } from './recording.ts'
import type { Flag, Rejection } from './row.ts'
import { requestTasks, sessionIds, sessionTasks, topicTasks } from './session-rows.ts'

/** How far an import has come. */
export interface ImportProgress {
  readonly step: 'reading' | 'recording'
  /** The file being read, or what is being recorded. */
  readonly what: string
  readonly done: number
  /** Null while it is not known. */
  readonly total: number | null
}

/** What can be said of an import besides the folder. */
export interface ImportOptions {
  /** Whose names these are: two sources may mean different things by `S001`. */
  readonly source?: string
  /** Called as the rows go in. */
  readonly onProgress?: (progress: ImportProgress) => void
  /**
   * For sheets that run ahead of the register's time (a rehearsal, a demonstration): called with the last moment they speak of, so
   * that the clock of the event store can be moved on to it. Left out, what is dated in the future is known from now on.
   */
  readonly rehearse?: (until: Instant) => void
}

/** What came of an import. */
export interface ImportReport {
  readonly sheets: ReadonlyArray<SheetRead>
  /** Events that were not there before; 0 when the same folder is imported again. */
  readonly events: number
  readonly rejections: ReadonlyArray<Rejection>
  /** Rows that were taken and deserve a look. */
  readonly flags: ReadonlyArray<Flag>
}

/** The folder cannot be read, or has none of the sheets. */
export interface FolderUnreadable {
  readonly _tag: 'FolderUnreadable'
  readonly message: string
}

/** Why an import could not go on; what went in until then stays. */
export type ImportError = FolderUnreadable | RecordingFailure

/**
 * Imports the sheets of a folder (`doctors.csv`, `groups.csv`, `sessions.csv` …). Rows that cannot be taken are reported, the rest
 * goes in. An import that was broken off is carried on by importing the folder again.
 */
export const importFolder =
  (
    register: Register,
    directory: string,
    { source = 'contact-point', onProgress = () => {}, rehearse }: ImportOptions = {},
  ): TaskEither<ImportError, ImportReport> =>
  async () => {
    const readable = await checkFolder(directory)
    if (isLeft(readable)) return readable
    const before = await register.refresh()
    if (isLeft(before)) return before
    const names = namesIn(register, source, before.right.through === theStart ? 'empty' : 'with names')
    const zone = register.rules.zone
    const loaded = await load(directory, names, register, onProgress)
    if (isLeft(loaded)) return loaded
    const { folder, sheets: read } = loaded.right
    if (read.every(({ rows }) => rows === null)) {
      return left({
        _tag: 'FolderUnreadable',
        message: `${directory} has none of the sheets ${sheets.map(({ name }) => `${name}.csv`).join(', ')}`,
      })
    }
    flagFuture(folder, register, rehearse)

    const recording = recordingIn(register, source)
    const doctors = await doctorIds(folder, register, recording)
    const bringing: Bringing = { register, folder, names, recording, zone, doctors }
    const ids = await sessionIds(bringing)
    const steps = [
      { what: 'doctors', tasksOf: doctorTasks },
      { what: 'hospitals', tasksOf: hospitalTasks },
      { what: 'departments', tasksOf: departmentTasks },
      { what: 'groups', tasksOf: groupTasks },
      { what: 'requests', tasksOf: requestTasks },
      { what: 'sessions', tasksOf: sessionTasks },
      { what: 'topics', tasksOf: topicTasks },
      { what: 'corrections', tasksOf: correctionTasks },
    ]
    for (const { what, tasksOf } of steps) {
      const tasks = tasksOf(bringing, ids)
      await severalAtOnce(tasks, (done) => onProgress({ step: 'recording', what, done, total: tasks.length }))
      const failure = names.failure() ?? recording.failure()
      if (failure !== null) return left(failure)
    }
    const rejections = inOrder([...folder.rejections, ...recording.rejections])
    return right({ sheets: read, events: recording.events(), rejections, flags: inOrder(folder.flags) })
  }

/** Whether there is such a folder; worth asking before a register is made for it. */
export const checkFolder = async (directory: string): Promise<Either<FolderUnreadable, void>> => {
  try {
    if ((await stat(directory)).isDirectory()) return right(undefined)
    return left({ _tag: 'FolderUnreadable', message: `${directory} is no folder` })
  } catch {
    return left({ _tag: 'FolderUnreadable', message: `there is no folder ${directory}` })
  }
}

const load = async (
  directory: string,
  names: Names,
  { rules }: Register,
  onProgress: (progress: ImportProgress) => void,
): Promise<Either<ImportError, Loaded>> => {
  try {
    const loaded = await loadFolder(directory, names, rules.zone, (what, done) =>
      onProgress({ step: 'reading', what, done, total: null }),
    )
    const failure = names.failure()
    return failure === null ? right(loaded) : left(failure)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return left({ _tag: 'FolderUnreadable', message: `${directory} cannot be read: ${message}` })
  }
}

/** Our ids of all doctors that the folder names; new ones are made in the vault, so that breaking off and beginning again finds them. */
const doctorIds = async (
  folder: Folder,
  register: Register,
  { stop }: Recording,
): Promise<ReadonlyMap<HprNumber, DoctorId>> => {
  const wanted = new Set<HprNumber>([
    ...folder.doctors.keys(),
    ...[...folder.departmentDoctors.values()].map(({ hpr }) => hpr),
    ...[...folder.groups.values()].flatMap(({ contact }) => contact ?? []),
    ...[...folder.members.values()].map(({ hpr }) => hpr),
    ...[...folder.declarations.values()].map(({ signedBy }) => signedBy),
    ...[...folder.sessions.values()].flatMap(({ hosts }) => hosts),
    ...[...folder.attendance.values()].map(({ hpr }) => hpr),
    ...[...folder.corrections.values()].flat().map(({ hpr }) => hpr),
  ])
  const doctors = new Map<HprNumber, DoctorId>()
  for (const hpr of wanted) {
    const doctor = await register.reserveDoctor(hpr)()
    if (isLeft(doctor)) {
      stop(doctor.left)
      return doctors
    }
    doctors.set(hpr, doctor.right)
  }
  return doctors
}

/**
 * Flags what a sheet dates in the future: a register cannot know later than its own time, so it knows it from now on. In a
 * rehearsal the register's time moves on to the last of these dates instead.
 */
const flagFuture = (
  folder: Folder,
  { question, rules }: Register,
  rehearse: ((until: Instant) => void) | undefined,
): void => {
  const { effectiveThrough: today } = question()
  let last: LegalDate | null = null
  for (const { file, row, column, date } of datesOfKnowing(folder)) {
    if (date === null || date <= today) continue
    if (last === null || date > last) last = date
    const reason = `${date} is in the future; the register ${rehearse === undefined ? 'knows it from today' : 'was moved on to it'}`
    folder.flags.push({ file, row, column, code: 'KNOWN_IN_FUTURE', reason })
  }
  if (last !== null) rehearse?.(endOf(rules.zone, last))
}

/** The dates from which the rows say to be known. */
function* datesOfKnowing({ members, declarations, offers, requests, sessions, corrections }: Folder) {
  for (const { line: row, joined, left } of members.values()) {
    yield { file: 'members.csv', row, column: 'joined_on', date: joined }
    yield { file: 'members.csv', row, column: 'left_on', date: left }
  }
  for (const { line: row, signed, withdrawn } of declarations.values()) {
    yield { file: 'declarations.csv', row, column: 'signed_on', date: signed }
    yield { file: 'declarations.csv', row, column: 'withdrawn_on', date: withdrawn }
  }
  for (const { line: row, from } of offers.values()) yield { file: 'offers.csv', row, column: 'from', date: from }
  for (const { line: row, on } of requests.values())
    yield { file: 'requests.csv', row, column: 'requested_on', date: on }
  for (const { line: row, reported } of sessions.values())
    yield { file: 'sessions.csv', row, column: 'reported_on', date: reported }
  for (const { line: row, on } of [...corrections.values()].flat())
    yield { file: 'corrections.csv', row, column: 'corrected_on', date: on }
}

const files = sheets.map(({ name }) => `${name}.csv`)

const inOrder = <A extends { readonly file: string; readonly row: number }>(rows: ReadonlyArray<A>): ReadonlyArray<A> =>
  [...rows].sort((one, other) => files.indexOf(one.file) - files.indexOf(other.file) || one.row - other.row)

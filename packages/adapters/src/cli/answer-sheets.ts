// answer-sheets.ts: the answers as sheets: points.csv, group-register.csv and topic-log.csv

import {
  compareText,
  type DoctorPoints,
  type GroupEntry,
  type Question,
  type Register,
  shownPoints,
  type TopicEntry,
} from '@smagruppe/domain'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Failure } from './opening.ts'
import { peopleOf } from './people.ts'

/** A sheet that is written: the names of its columns, and its rows as text. */
export interface AnswerSheet {
  readonly header: ReadonlyArray<string>
  readonly rows: ReadonlyArray<ReadonlyArray<string>>
}

/** A doctor's points, with what the doctor is called. */
export interface CalledPoints {
  readonly points: DoctorPoints
  readonly hpr: string
  readonly name: string
}

/** The points of every doctor who has a period that contains the date asked for, by HPR number. */
export const everyonesCalledPoints = async (
  register: Register,
  question: Question,
): Promise<Either<Failure, ReadonlyArray<CalledPoints>>> => {
  const everyone = await register.everyonesPoints(question)()
  if (isLeft(everyone)) return everyone
  const people = await peopleOf(
    register,
    everyone.right.map(({ doctor }) => doctor),
  )
  if (isLeft(people)) return people
  const called = everyone.right.map((points) => {
    const person = people.right.get(points.doctor)
    return { points, hpr: person?.hpr ?? points.doctor, name: person?.name ?? '' }
  })
  return right(called.sort((one, other) => one.hpr.length - other.hpr.length || compareText(one.hpr, other.hpr)))
}

/** The rows of `points.csv`. */
export const pointsSheet = (called: ReadonlyArray<CalledPoints>): AnswerSheet => ({
  header: ['hpr', 'from', 'to', 'counted_minutes', 'mandatory', 'elective', 'overflow', 'pending_minutes', 'reasons'],
  rows: called.map(({ points, hpr }) => [
    hpr,
    points.period?.from ?? '',
    points.period?.to ?? '',
    String(points.countedMinutes),
    shownPoints(points.mandatory),
    shownPoints(points.elective),
    shownPoints(points.overflow),
    String(points.pendingMinutes),
    points.lines
      .flatMap(({ label, shortfall }) => (shortfall === null ? [] : [`${label}:${shortfall.reason}`]))
      .sort()
      .join(';'),
  ]),
})

/** A group of the register, with its contact's HPR number; blank where it has no contact. */
export interface CalledGroup {
  readonly entry: GroupEntry
  readonly contact: string
}

export const calledGroups = async (
  register: Register,
  question: Question,
): Promise<Either<Failure, ReadonlyArray<CalledGroup>>> => {
  const entries = await register.groupRegister(question)()
  if (isLeft(entries)) return entries
  const people = await peopleOf(
    register,
    entries.right.flatMap(({ contact }) => contact ?? []),
  )
  if (isLeft(people)) return people
  const hprOf = ({ contact }: GroupEntry): string => (contact === null ? '' : (people.right.get(contact)?.hpr ?? ''))
  return right(entries.right.map((entry) => ({ entry, contact: hprOf(entry) })))
}

/** The rows of `group-register.csv`. */
export const groupRegisterSheet = (groups: ReadonlyArray<CalledGroup>): AnswerSheet => ({
  header: ['group', 'name', 'municipality_number', 'members', 'warning', 'declaration', 'contact_hpr'],
  rows: groups.map(({ entry, contact }) => [
    entry.label,
    entry.name,
    entry.municipality ?? '',
    String(entry.members.length),
    entry.warning ?? '',
    entry.declaration ?? '',
    contact,
  ]),
})

/** A topic taken up, with what its group and department are called; blank where there is no department. */
export interface CalledTopic {
  readonly entry: TopicEntry
  readonly group: string
  readonly department: string
}

export const calledTopics = async (
  register: Register,
  question: Question,
): Promise<Either<Failure, ReadonlyArray<CalledTopic>>> => {
  const log = await register.topicLog(question)()
  if (isLeft(log)) return log
  const labels = await register.labels()
  if (isLeft(labels)) return labels
  const { group, department } = labels.right
  return right(
    log.right.map((entry) => ({
      entry,
      group: group(entry.group),
      department: entry.department === null ? '' : department(entry.department),
    })),
  )
}

/** The rows of `topic-log.csv`. */
export const topicLogSheet = (topics: ReadonlyArray<CalledTopic>): AnswerSheet => ({
  header: ['date', 'session', 'group', 'topic', 'origin', 'department'],
  rows: topics.map(({ entry: { date, label, wording, origin }, group, department }) => [
    date,
    label,
    group,
    wording,
    origin,
    department,
  ]),
})

/** What the command writes to its CSV files, for an app that has a register open. */
export interface AnswerSheets {
  readonly points: AnswerSheet
  readonly groupRegister: AnswerSheet
  readonly topicLog: AnswerSheet
}

/** The same sheets that `smagruppe points`, `register` and `topics` write with `--csv`. */
export const answerSheets =
  (register: Register, question: Question): TaskEither<Failure, AnswerSheets> =>
  async () => {
    const points = await everyonesCalledPoints(register, question)
    if (isLeft(points)) return points
    const groups = await calledGroups(register, question)
    if (isLeft(groups)) return groups
    const topics = await calledTopics(register, question)
    if (isLeft(topics)) return topics
    return right({
      points: pointsSheet(points.right),
      groupRegister: groupRegisterSheet(groups.right),
      topicLog: topicLogSheet(topics.right),
    })
  }

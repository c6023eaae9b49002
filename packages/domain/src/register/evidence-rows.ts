// evidence-rows.ts: which rows points are added up from: one doctor's, and everybody's

import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type { DoctorEvent } from '../doctor/doctor-events.ts'
import { factIn } from '../kernel/correction.ts'
import type { StoreFailure } from '../kernel/event-store.ts'
import type { Evidence } from '../points/judgements.ts'
import type { Question } from '../projections/as-known.ts'
import {
  type DoctorEvidence,
  doctorEvidence,
  type GroupEvidence,
  groupEvidence,
  sessionEvidence,
} from '../projections/evidence.ts'
import type { History } from '../projections/history.ts'
import { doctorMerges, personsKnown } from '../projections/persons.ts'
import { plannedSessions } from '../projections/planned-sessions.ts'
import type { SessionEvent } from '../session/session-events.ts'
import { DoctorId, GroupId, SessionId } from '../values/identity.ts'
import type { Rows } from './rows.ts'

/** The rows that everybody's points need. */
export const allEvidence = async (rows: Rows): Promise<Either<StoreFailure, Evidence>> => {
  const doctors = await rows.all(doctorEvidence)()
  if (isLeft(doctors)) return doctors
  const groups = await rows.all(groupEvidence)()
  if (isLeft(groups)) return groups
  const sessions = await rows.all(sessionEvidence)()
  if (isLeft(sessions)) return sessions
  const merges = await rows.all(doctorMerges)()
  return isLeft(merges) ? merges : right(joined(doctors.right, groups.right, sessions.right, merges.right))
}

/** The rows that one doctor's points need: all records of the doctor, the groups met, all sessions of these groups, and who was merged. */
export const evidenceOn = async (
  rows: Rows,
  doctor: DoctorId,
  question: Question,
): Promise<Either<StoreFailure, Evidence>> => {
  const merges = await rows.all(doctorMerges)()
  if (isLeft(merges)) return merges
  const records = personsKnown(merges.right, question).recordsOf(doctor)
  const doctors = await rows.getMany(doctorEvidence, records)()
  if (isLeft(doctors)) return doctors
  const sessions = new Set([...doctors.right.values()].flatMap((row) => row.sessions))
  const own = await rows.getMany(sessionEvidence, [...sessions])()
  if (isLeft(own)) return own
  const groups = await rows.getMany(groupEvidence, [...groupsAt(own.right)])()
  if (isLeft(groups)) return groups
  const wanted = new Set(
    [...groups.right.values()].flatMap(({ sessions }) => sessions).filter((session) => !own.right.has(session)),
  )
  const others = await rows.getMany(sessionEvidence, [...wanted])()
  if (isLeft(others)) return others
  return right(joined(doctors.right, groups.right, new Map([...own.right, ...others.right]), merges.right))
}

/** The same, with the groups that the doctor joined and was at no session of. */
export const withGroupsJoined = async (
  rows: Rows,
  doctor: DoctorId,
  question: Question,
  evidence: Evidence,
): Promise<Either<StoreFailure, Evidence>> => {
  const records = personsKnown(evidence.merges, question).recordsOf(doctor)
  const all = await rows.all(groupEvidence)()
  if (isLeft(all)) return all
  const groups = new Map(evidence.groups)
  for (const [group, row] of keyedBy(GroupId, all.right)) {
    const joined = row.history.some(({ event }) => {
      const fact = factIn(event)
      return fact?.type === 'MemberJoined' && records.includes(fact.data.doctor)
    })
    if (joined) groups.set(group, row)
  }
  const wanted = [...groups.values()].flatMap((row) => row.sessions).filter((one) => !evidence.sessions.has(one))
  const others = await rows.getMany(sessionEvidence, [...new Set(wanted)])()
  if (isLeft(others)) return others
  return right({
    ...evidence,
    groups,
    sessions: new Map([...evidence.sessions, ...keyedBy(SessionId, others.right)]),
  })
}

/** The rows of all sessions ever planned for the groups of that evidence. */
export const plannedOn = async (
  rows: Rows,
  { groups }: Evidence,
): Promise<Either<StoreFailure, ReadonlyMap<SessionId, History<SessionEvent>>>> => {
  const planned = await rows.getMany(plannedSessions, [...groups.keys()])()
  if (isLeft(planned)) return planned
  const sessions = await rows.getMany(sessionEvidence, [...new Set([...planned.right.values()].flat())])()
  return isLeft(sessions) ? sessions : right(keyedBy(SessionId, sessions.right))
}

const groupsAt = (sessions: ReadonlyMap<string, History<SessionEvent>>): ReadonlySet<GroupId> => {
  const groups = new Set<GroupId>()
  for (const history of sessions.values()) {
    for (const { event } of history) {
      const fact = factIn(event)
      if (fact?.type === 'SessionHeld') for (const group of fact.data.groups) groups.add(group)
    }
  }
  return groups
}

const joined = (
  doctors: ReadonlyMap<string, DoctorEvidence>,
  groups: ReadonlyMap<string, GroupEvidence>,
  sessions: ReadonlyMap<string, History<SessionEvent>>,
  merges: ReadonlyMap<string, History<DoctorEvent>>,
): Evidence => ({
  doctors: keyedBy(DoctorId, doctors),
  groups: keyedBy(GroupId, groups),
  sessions: keyedBy(SessionId, sessions),
  merges: keyedBy(DoctorId, merges),
})

const keyedBy = <Id extends string, Row>(
  codec: { is: (value: unknown) => value is Id },
  rows: ReadonlyMap<string, Row>,
): ReadonlyMap<Id, Row> => {
  const keyed = new Map<Id, Row>()
  for (const [key, row] of rows) if (codec.is(key)) keyed.set(key, row)
  return keyed
}

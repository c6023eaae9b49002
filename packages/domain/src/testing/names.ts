// names.ts: ids, dates and moments that tests can write as plain words

import * as t from 'io-ts'
import { checked } from '../kernel/checked.ts'
import { CommandId, CorrelationId, streamName, uuidOf } from '../kernel/event.ts'
import { Instant } from '../kernel/instant.ts'
import {
  ActivityId,
  DepartmentId,
  DoctorId,
  GroupId,
  HospitalId,
  SessionId,
  StatementId,
  TopicId,
} from '../values/identity.ts'
import { atWallTime, legalDate, oslo, startOf } from '../values/legal-date.ts'

type Codec<A> = { is: (value: unknown) => value is A; readonly name: string }

const named =
  <A>(kind: string, codec: Codec<A>) =>
  (name: string): A =>
    checked(codec, uuidOf(`testing/${kind}`, name))

/** The doctor of that name: the same name, the same id. */
export const doctorNamed = named('doctor', DoctorId)
/** The group of that name: the same name, the same id. */
export const groupNamed = named('group', GroupId)
/** The session of that name: the same name, the same id. */
export const sessionNamed = named('session', SessionId)
/** The hospital of that name: the same name, the same id. */
export const hospitalNamed = named('hospital', HospitalId)
/** The department of that name: the same name, the same id. */
export const departmentNamed = named('department', DepartmentId)
/** The topic of that name: the same name, the same id. */
export const topicNamed = named('topic', TopicId)
/** The activity of that name: the same name, the same id. */
export const activityNamed = named('activity', ActivityId)
/** The statement of that name: the same name, the same id. */
export const statementNamed = named('statement', StatementId)
/** The command id of that name: the same name, the same id. */
export const commandNamed = named('command', CommandId)
/** The correlation id of that name: the same name, the same id. */
export const correlationNamed = named('correlation', CorrelationId)

/** The streams of those names. */
export const doctorStream = (name: string) => streamName('doctor', doctorNamed(name))
/** The stream of the group of that name. */
export const groupStream = (name: string) => streamName('group', groupNamed(name))
/** The stream of the session of that name. */
export const sessionStream = (name: string) => streamName('session', sessionNamed(name))
/** The stream of the hospital of that name. */
export const hospitalStream = (name: string) => streamName('hospital', hospitalNamed(name))
/** The stream of the topic of that name. */
export const topicStream = (name: string) => streamName('topic', topicNamed(name))

/** A whole number, as events want it; throws a RangeError otherwise. */
export const whole = (number: number): t.Int => checked(t.Int, number)

/** A moment as written in full (`2024-03-31T00:30:00.000Z`); throws a RangeError otherwise. */
export const instant = (written: string): Instant => checked(Instant, written)

/** A moment on the wall in Oslo (`2024-03-31 03:30`), or the start of a day there (`2024-03-31`). */
export const inOslo = (written: string): Instant => {
  const [date = '', time] = written.split(' ')
  return time === undefined ? startOf(oslo, legalDate(date)) : atWallTime(oslo, legalDate(date), time)
}

/** What spreadsheets call a thing: a reference with the source `testing`. */
export const reference = (id: string) => ({ source: 'testing', id })

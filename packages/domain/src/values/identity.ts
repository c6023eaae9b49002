// identity.ts: the ids that streams and people go by; random or made from a name in a file, never from a person

import * as t from 'io-ts'
import { checked } from '../kernel/checked.ts'
import { isUuid } from '../kernel/event.ts'
import { toldAs } from '../kernel/in-words.ts'
import { Text } from './text.ts'

/** Tells the type apart; no value has it when the program runs. */
export interface DoctorIdBrand {
  readonly DoctorId: unique symbol
}
/** One doctor's record. Says nothing about the person: the HPR number is a claim, not a key. */
export type DoctorId = t.Branded<string, DoctorIdBrand>
/** Reads the id of a doctor: lower-case UUID text. */
export const DoctorId = toldAs(
  'the id of a doctor, a lower-case UUID',
  t.brand(t.string, (text): text is DoctorId => isUuid(text), 'DoctorId'),
)

/** A UUID as a doctor's id; throws a RangeError on other text. For ids of one's own making. */
export const doctorId = (uuid: string): DoctorId => checked(DoctorId, uuid)

/** Tells the type apart; no value has it when the program runs. */
export interface GroupIdBrand {
  readonly GroupId: unique symbol
}
/** One small group. */
export type GroupId = t.Branded<string, GroupIdBrand>
/** Reads the id of a group: lower-case UUID text. */
export const GroupId = toldAs(
  'the id of a group, a lower-case UUID',
  t.brand(t.string, (text): text is GroupId => isUuid(text), 'GroupId'),
)

/** Tells the type apart; no value has it when the program runs. */
export interface SessionIdBrand {
  readonly SessionId: unique symbol
}
/** One session, from the wish for it to the meeting. */
export type SessionId = t.Branded<string, SessionIdBrand>
/** Reads the id of a session: lower-case UUID text. */
export const SessionId = toldAs(
  'the id of a session, a lower-case UUID',
  t.brand(t.string, (text): text is SessionId => isUuid(text), 'SessionId'),
)

/** Tells the type apart; no value has it when the program runs. */
export interface HospitalIdBrand {
  readonly HospitalId: unique symbol
}
/** One hospital site. */
export type HospitalId = t.Branded<string, HospitalIdBrand>
/** Reads the id of a hospital: lower-case UUID text. */
export const HospitalId = toldAs(
  'the id of a hospital, a lower-case UUID',
  t.brand(t.string, (text): text is HospitalId => isUuid(text), 'HospitalId'),
)

/** Tells the type apart; no value has it when the program runs. */
export interface DepartmentIdBrand {
  readonly DepartmentId: unique symbol
}
/** One department; keeps its id when it moves to another hospital. */
export type DepartmentId = t.Branded<string, DepartmentIdBrand>
/** Reads the id of a department: lower-case UUID text. */
export const DepartmentId = toldAs(
  'the id of a department, a lower-case UUID',
  t.brand(t.string, (text): text is DepartmentId => isUuid(text), 'DepartmentId'),
)

/** Tells the type apart; no value has it when the program runs. */
export interface TopicIdBrand {
  readonly TopicId: unique symbol
}
/** One topic of the vocabulary. */
export type TopicId = t.Branded<string, TopicIdBrand>
/** Reads the id of a topic: lower-case UUID text. */
export const TopicId = toldAs(
  'the id of a topic, a lower-case UUID',
  t.brand(t.string, (text): text is TopicId => isUuid(text), 'TopicId'),
)

/** Tells the type apart; no value has it when the program runs. */
export interface SchemeIdBrand {
  readonly SchemeId: unique symbol
}
/** One scheme whose rules are published: the one of a country, say. */
export type SchemeId = t.Branded<string, SchemeIdBrand>
/** Reads the id of a scheme: lower-case UUID text. */
export const SchemeId = toldAs(
  'the id of a scheme, a lower-case UUID',
  t.brand(t.string, (text): text is SchemeId => isUuid(text), 'SchemeId'),
)

/** Tells the type apart; no value has it when the program runs. */
export interface ActivityIdBrand {
  readonly ActivityId: unique symbol
}
/** One course, visit or other work of a doctor's programme. */
export type ActivityId = t.Branded<string, ActivityIdBrand>
/** Reads the id of an activity: lower-case UUID text. */
export const ActivityId = toldAs(
  'the id of an activity, a lower-case UUID',
  t.brand(t.string, (text): text is ActivityId => isUuid(text), 'ActivityId'),
)

/** Tells the type apart; no value has it when the program runs. */
export interface StatementIdBrand {
  readonly StatementId: unique symbol
}
/** One statement of a doctor's points. */
export type StatementId = t.Branded<string, StatementIdBrand>
/** Reads the id of a statement: lower-case UUID text. */
export const StatementId = toldAs(
  'the id of a statement, a lower-case UUID',
  t.brand(t.string, (text): text is StatementId => isUuid(text), 'StatementId'),
)

/** What somebody else calls a thing of ours: `S001` in the spreadsheets of a contact point. */
export const Reference = t.readonly(t.strict({ source: Text, id: Text }))
export type Reference = t.TypeOf<typeof Reference>

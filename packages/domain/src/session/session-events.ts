// session-events.ts: what can be said of a session, from the wish for it to what was put right afterwards

import * as t from 'io-ts'
import { type EventOf, emptyCatalogue, eventType } from '../kernel/event-catalogue.ts'
import { Instant } from '../kernel/instant.ts'
import { DepartmentId, DoctorId, GroupId, Reference, TopicId } from '../values/identity.ts'
import { LegalDate, Zone } from '../values/legal-date.ts'
import { WholeMinute } from '../values/minutes.ts'
import { Label, Text } from '../values/text.ts'

/** Where the group meets. It never changes the points. */
export const MeetingPlace = t.union([t.literal('hospital'), t.literal('practice'), t.null])
export type MeetingPlace = t.TypeOf<typeof MeetingPlace>

/** Where a topic came from. */
export const TopicOrigin = t.union([
  t.literal('own-practice'),
  t.literal('hospital'),
  t.literal('conference'),
  t.literal('idea-bank'),
])
export type TopicOrigin = t.TypeOf<typeof TopicOrigin>

/** A topic as the session wrote it; `topic` names its entry in the vocabulary, where it has one. */
export const SessionTopic = t.readonly(
  t.strict({ wording: Label, topic: t.union([TopicId, t.null]), origin: TopicOrigin }),
)
export type SessionTopic = t.TypeOf<typeof SessionTopic>

const Interval = t.readonly(t.strict({ from: Instant, to: Instant }))

/**
 * How long somebody was there: the whole session; some intervals, of which counts what lies inside the session, no minute
 * twice; or a number of minutes, which are the session's first ones.
 */
export const Presence = t.union([
  t.strict({ kind: t.literal('whole') }),
  t.strict({ kind: t.literal('intervals'), intervals: t.readonlyArray(Interval) }),
  t.strict({ kind: t.literal('minutes'), minutes: t.refinement(t.Int, (n) => n >= 0, 'a number of minutes') }),
])
export type Presence = t.TypeOf<typeof Presence>

/** One doctor's presence with one group. A guest is there without being counted. */
export const Attendance = t.readonly(
  t.strict({
    group: GroupId,
    doctor: DoctorId,
    role: t.union([t.literal('member'), t.literal('guest')]),
    presence: Presence,
  }),
)
export type Attendance = t.TypeOf<typeof Attendance>

// Far beyond any meeting, and small enough that what is listed for each group and topic stays small.
const most = 100
const atMost = <C extends t.Any>(codec: C, what: string) =>
  t.refinement(t.readonlyArray(codec), (list) => list.length <= most, `at most ${most} ${what}`)

const Groups = t.refinement(
  t.readonlyArray(GroupId),
  (groups) => groups.length > 0 && groups.length <= most && new Set(groups).size === groups.length,
  `different groups, 1 to ${most}`,
)

const Meeting = {
  starts: WholeMinute,
  ends: WholeMinute,
  zone: Zone,
  place: MeetingPlace,
  department: t.union([DepartmentId, t.null]),
  hosts: atMost(DoctorId, 'hosts'),
  groups: Groups,
  topics: atMost(SessionTopic, 'topics'),
}

/** What a meeting is made of, before its legal date has been derived. Ends after it starts. */
export const MeetingFields = t.strict(Meeting)
export type MeetingFields = t.TypeOf<typeof MeetingFields>

// What the groups wish: a department (null: any), a topic, a place.
const Wish = {
  groups: Groups,
  department: t.union([DepartmentId, t.null]),
  topic: Text,
  place: MeetingPlace,
  on: LegalDate,
}
export const WishFields = t.strict(Wish)

export const sessionRequested = eventType(
  'SessionRequested',
  t.strict({ ...Wish, reference: t.union([Reference, t.null]) }),
)
export const requestChanged = eventType('RequestChanged', t.strict(Wish))
export const requestWithdrawn = eventType('RequestWithdrawn', t.strict({ on: LegalDate, reason: Text }))
/** `date` is the local date of the start in `zone`, derived once. */
export const sessionPlanned = eventType('SessionPlanned', t.strict({ ...Meeting, date: LegalDate }))
export const sessionMoved = eventType(
  'SessionMoved',
  t.strict({ starts: WholeMinute, ends: WholeMinute, date: LegalDate }),
)
export const sessionCancelled = eventType('SessionCancelled', t.strict({ on: LegalDate, reason: Text }))
/** `reference` is what the reporter calls the session, `request` what it called the wish for it. */
export const sessionHeld = eventType(
  'SessionHeld',
  t.strict({
    ...Meeting,
    date: LegalDate,
    attendance: t.readonlyArray(Attendance),
    reference: t.union([Reference, t.null]),
    request: t.union([Reference, t.null]),
  }),
)

const Who = { group: GroupId, doctor: DoctorId }
/** Forgotten on the list, and put on it afterwards. */
export const attendanceAdded = eventType('AttendanceAdded', t.strict({ attendance: Attendance, reason: Text }))
/** On the list without having been there: out of the attendances, not out of the history. */
export const attendanceWithdrawn = eventType('AttendanceWithdrawn', t.strict({ ...Who, reason: Text }))
/** There for another time than the list says. The role stays. */
export const attendanceReplaced = eventType(
  'AttendanceReplaced',
  t.strict({ ...Who, presence: Presence, reason: Text }),
)
/** Anything at all that the industry gave takes the session's points from everyone. */
export const industryContributionReported = eventType('IndustryContributionReported', t.strict({ what: Label }))
/** It was found that the industry gave nothing after all. */
export const industryContributionCleared = eventType('IndustryContributionCleared', t.strict({ reason: Text }))

/** The catalogue of a session's events, each in every version ever stored. */
export const sessionEvents = emptyCatalogue
  .with(sessionRequested)
  .with(requestChanged)
  .with(requestWithdrawn)
  .with(sessionPlanned)
  .with(sessionMoved)
  .with(sessionCancelled)
  .with(sessionHeld)
  .with(attendanceAdded)
  .with(attendanceWithdrawn)
  .with(attendanceReplaced)
  .with(industryContributionReported)
  .with(industryContributionCleared)

/** Everything that can have happened to a session, in the newest version of each. */
export type SessionEvent =
  | EventOf<typeof sessionRequested>
  | EventOf<typeof requestChanged>
  | EventOf<typeof requestWithdrawn>
  | EventOf<typeof sessionPlanned>
  | EventOf<typeof sessionMoved>
  | EventOf<typeof sessionCancelled>
  | EventOf<typeof sessionHeld>
  | EventOf<typeof attendanceAdded>
  | EventOf<typeof attendanceWithdrawn>
  | EventOf<typeof attendanceReplaced>
  | EventOf<typeof industryContributionReported>
  | EventOf<typeof industryContributionCleared>

// events.ts: every fact that the register knows

import { type DoctorEvent, doctorEvents } from '../doctor/doctor-events.ts'
import { type GroupEvent, groupEvents } from '../group/group.ts'
import { type HospitalEvent, hospitalEvents } from '../hospital/hospital.ts'
import type { EventCatalogue } from '../kernel/event-catalogue.ts'
import { type RulesEvent, rulesEvents } from '../rules/rules-events.ts'
import { type SessionEvent, sessionEvents } from '../session/session-events.ts'
import { type StatementEvent, statementEvents } from '../statement/statement.ts'
import { type TopicEvent, topicEvents } from '../topic/topic.ts'

/** Every fact that a register stores. */
export type RegisterEvent =
  | GroupEvent
  | SessionEvent
  | DoctorEvent
  | HospitalEvent
  | TopicEvent
  | StatementEvent
  | RulesEvent

/** The catalogue of everything that is stored; an app with streams of its own adds to it with `and`. */
export const registerEvents: EventCatalogue<RegisterEvent> = groupEvents
  .and(sessionEvents)
  .and(doctorEvents)
  .and(hospitalEvents)
  .and(topicEvents)
  .and(statementEvents)
  .and(rulesEvents)

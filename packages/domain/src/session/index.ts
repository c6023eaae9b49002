// index.ts: what others may use of the session's stream

export { type Session, type SessionCommand, type SessionRefusal, session, sessionCommands } from './session.ts'
export {
  Attendance,
  MeetingPlace,
  Presence,
  type SessionEvent,
  SessionTopic,
  sessionEvents,
  TopicOrigin,
} from './session-events.ts'

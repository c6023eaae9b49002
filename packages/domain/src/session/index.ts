// index.ts: what others may use of the session's stream

export { type Session, type SessionRefusal, session } from './session.ts'
export { type SessionCommand, sessionCommands } from './session-commands.ts'
export {
  Attendance,
  MeetingPlace,
  Presence,
  type SessionEvent,
  SessionTopic,
  sessionEvents,
  TopicOrigin,
} from './session-events.ts'

// index.ts: what others may use of the hospital's stream

export {
  type Hospital,
  type HospitalCommand,
  type HospitalEvent,
  type HospitalRefusal,
  hospital,
  hospitalCommands,
  hospitalEvents,
} from './hospital.ts'

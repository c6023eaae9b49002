// index.ts: what others may use of the doctor's stream

export { type Doctor, type DoctorRefusal, doctor } from './doctor.ts'
export { type DoctorCommand, doctorCommands } from './doctor-commands.ts'
export {
  Activity,
  type DoctorEvent,
  DoctorRole,
  doctorEvents,
  Extension,
  ExtensionGround,
  PeriodOutcome,
} from './doctor-events.ts'

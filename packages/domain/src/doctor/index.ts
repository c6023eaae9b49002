// index.ts: what others may use of the doctor's stream

export {
  type Doctor,
  type DoctorCommand,
  type DoctorEvent,
  type DoctorRefusal,
  DoctorRole,
  doctor,
  doctorCommands,
  doctorEvents,
} from './doctor.ts'

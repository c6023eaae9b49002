// index.ts: points and what explains them

export { explanation, type Names } from './explanation.ts'
export type { FactReference } from './known.ts'
export type { Period } from './period.ts'
export { assess, type DoctorPoints, type Evidence, isPending, points } from './points.ts'
export type {
  AttendanceLine,
  AttendanceName,
  Cut,
  Reason,
  SessionName,
  Shortfall,
  Window,
  WithdrawnLine,
} from './verdict.ts'

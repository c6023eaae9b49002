// index.ts: what helps to test the domain, and what is built on it; needs no test runner

export type { RegisterEvent } from '../register/events.ts'
export { type AskedOf, answer, nothingCounts, pointsIn, reasonsIn } from './answer.ts'
export { type Asked, type DeciderLaw, deciderLaws } from './decider-laws.ts'
export { mustEqual, writtenOut } from './difference.ts'
export { anybody, as, given, type Then } from './given.ts'
export { type InMemoryLog, inMemoryLog } from './in-memory-log.ts'
export { inMemoryRows } from './in-memory-rows.ts'
export { type Envelope, type Logbook, logbook, storedEvent } from './logbook.ts'
export * from './names.ts'
export { carriedOut, historyOfLog, type Opened, opened } from './opened.ts'
export {
  attendanceOf,
  evidenceFrom,
  type GroupRow,
  type MemberRow,
  type PresentRow,
  type RegisterTable,
  registerWith,
  type SessionRow,
  type TestRegister,
} from './register-table.ts'
export { type TestVault, testVault } from './test-vault.ts'

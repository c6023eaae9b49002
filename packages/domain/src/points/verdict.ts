// verdict.ts: what became of one attendance, and why

import type { RuleName, Source } from '../rules/rule-pack.ts'
import type { DoctorId, GroupId, SessionId } from '../values/identity.ts'
import type { LegalDate } from '../values/legal-date.ts'
import type { FactReference } from './known.ts'
import type { Period } from './period.ts'

/** The stretch of time that a threshold is looked at over. */
export type Window = Period

/** Why an attendance counts nothing, in rule order, with what was found and what was needed. */
export type Shortfall =
  | { readonly reason: 'GUEST' }
  | { readonly reason: 'NOT_MEMBER' }
  | { readonly reason: 'HOSTING' }
  | { readonly reason: 'INDUSTRY' }
  | { readonly reason: 'NO_DECLARATION' }
  /** Members of the group present, hosts and guests left out. */
  | {
      readonly reason: 'BELOW_QUORUM'
      readonly needed: number
      readonly found: number
      readonly present: ReadonlyArray<DoctorId>
    }
  /** Minutes of the session. */
  | { readonly reason: 'SESSION_TOO_SHORT'; readonly needed: number; readonly found: number }
  | { readonly reason: 'NO_MINUTES' }
  /** The attendances that the minutes count for instead. */
  | { readonly reason: 'OVERLAPPING'; readonly counted: ReadonlyArray<AttendanceName> }
  /** Minutes that count for one doctor with one group on one date, at most. */
  | { readonly reason: 'DAY_CAP'; readonly cap: number; readonly counted: ReadonlyArray<AttendanceName> }
  /** Counting sessions of the group in the window. */
  | {
      readonly reason: 'GROUP_UNDER_3_MEETINGS'
      readonly needed: number
      readonly found: number
      readonly sessions: ReadonlyArray<SessionName>
      readonly window: Window
      readonly pending: boolean
    }
  /** The doctor's minutes with the group in the window. */
  | {
      readonly reason: 'DOCTOR_UNDER_6_HOURS'
      readonly needed: number
      readonly found: number
      readonly sessions: ReadonlyArray<SessionName>
      readonly window: Window
      readonly pending: boolean
    }

export type Reason = Shortfall['reason']

/** A session as an explanation names it: its id, and what its reporter calls it. */
export interface SessionName {
  readonly session: SessionId
  readonly label: string
}

/** One doctor's presence with one group at one session. */
export interface AttendanceName extends SessionName {
  readonly group: GroupId
}

/** Minutes that an attendance lost while others of it went on. */
export interface Cut {
  readonly minutes: number
  readonly because: Extract<Shortfall, { readonly reason: 'OVERLAPPING' | 'DAY_CAP' }>
}

/** The line of an explanation: one attendance, what it was worth and what that rests on. */
export interface AttendanceLine extends AttendanceName {
  readonly date: LegalDate
  /** Minutes present inside the session. */
  readonly present: number
  /** Minutes that count. */
  readonly counted: number
  /** Minutes that the group's or the doctor's threshold holds back; 0 where neither does. */
  readonly heldBack: number
  readonly cuts: ReadonlyArray<Cut>
  /** Why it counts nothing; null where it counts. */
  readonly shortfall: Shortfall | null
  /** The rule that decided, and where it is written; null where nothing failed or the definition of attendance itself decides. */
  readonly rule: { readonly name: RuleName; readonly source: Source } | null
  readonly facts: ReadonlyArray<FactReference>
}

/** An attendance that was taken off the list: it counts nothing, and the explanation still says so. */
export interface WithdrawnLine extends AttendanceName {
  readonly date: LegalDate
  readonly reason: string
  readonly facts: ReadonlyArray<FactReference>
}

/** The parameter behind a reason; null where the reason has none. */
export const ruleBehind = (reason: Reason): RuleName | null => {
  switch (reason) {
    case 'NO_DECLARATION':
      return 'declaration'
    case 'BELOW_QUORUM':
      return 'quorum'
    case 'SESSION_TOO_SHORT':
      return 'sessionMinutesMin'
    case 'DAY_CAP':
      return 'dayCapMinutes'
    case 'GROUP_UNDER_3_MEETINGS':
      return 'groupThreshold'
    case 'DOCTOR_UNDER_6_HOURS':
      return 'doctorThresholdMinutes'
    case 'GUEST':
    case 'NOT_MEMBER':
    case 'HOSTING':
    case 'INDUSTRY':
    case 'NO_MINUTES':
    case 'OVERLAPPING':
      return null
  }
}

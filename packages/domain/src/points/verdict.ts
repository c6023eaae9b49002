// verdict.ts: what became of one attendance, and why

import type { AppliedRule, RuleName } from '../rules/rule-pack.ts'
import type { DoctorId, GroupId, SessionId } from '../values/identity.ts'
import type { LegalDate } from '../values/legal-date.ts'
import type { FactReference } from './known.ts'
import type { Period } from './period.ts'

/** The stretch of time that a threshold is looked at over. */
export type Window = Period

/** Why an attendance counts nothing, in rule order, with what was found and what was needed. */
export type Shortfall =
  | { readonly reason: 'GUEST' }
  /** The doctor's stays in the group, on other dates. */
  | { readonly reason: 'NOT_MEMBER'; readonly stays: ReadonlyArray<Stay> }
  | { readonly reason: 'HOSTING' }
  /** Reports of a contribution that nobody cleared. */
  | { readonly reason: 'INDUSTRY'; readonly found: number }
  /** The group's declarations, in force on other dates. */
  | { readonly reason: 'NO_DECLARATION'; readonly declarations: ReadonlyArray<Declaration> }
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

/** Why an attendance counts nothing, as a word that is the same in every language. */
export type Reason = Shortfall['reason']

/** A stay in a group, `joined ≤ date < left`; null: it has not ended. */
export interface Stay {
  readonly joined: LegalDate
  readonly left: LegalDate | null
}

/** A declaration, in force on `signed ≤ date < withdrawn`; null: it was not withdrawn. */
export interface Declaration {
  readonly signed: LegalDate
  readonly withdrawn: LegalDate | null
}

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
  /** The rules that took minutes, in the order in which they did; none where all minutes present count. */
  readonly rules: ReadonlyArray<AppliedRule>
  readonly facts: ReadonlyArray<FactReference>
}

/** An attendance that was taken off the list: it counts nothing, and the explanation still says so. */
export interface WithdrawnLine extends AttendanceName {
  readonly date: LegalDate
  readonly reason: string
  readonly rules: ReadonlyArray<AppliedRule>
  readonly facts: ReadonlyArray<FactReference>
}

/** The rules behind a reason: the one that decided, then the one that says where it looked. */
export const rulesBehind = (reason: Reason): ReadonlyArray<RuleName> => {
  switch (reason) {
    case 'GUEST':
    case 'NOT_MEMBER':
      return ['participants']
    case 'HOSTING':
      return ['hosting']
    case 'INDUSTRY':
      return ['industry']
    case 'NO_DECLARATION':
      return ['declaration']
    case 'BELOW_QUORUM':
      return ['quorum']
    case 'SESSION_TOO_SHORT':
      return ['sessionMinutesMin']
    case 'NO_MINUTES':
      return ['presence']
    case 'OVERLAPPING':
      return ['sameMinutes']
    case 'DAY_CAP':
      return ['dayCapMinutes']
    case 'GROUP_UNDER_3_MEETINGS':
      return ['groupThreshold', 'window']
    case 'DOCTOR_UNDER_6_HOURS':
      return ['doctorThresholdMinutes', 'window']
  }
}

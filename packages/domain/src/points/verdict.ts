// verdict.ts: what became of one attendance, and why

import type { AppliedRule, RuleName, RulePack } from '../rules/rule-pack.ts'
import type { SetAside } from '../rules/set-aside.ts'
import type { DoctorId, GroupId, SessionId } from '../values/identity.ts'
import type { LegalDate } from '../values/legal-date.ts'
import type { Points } from '../values/points.ts'
import type { FactReference } from './fact-reference.ts'
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
  /** The last day on which the session could be planned, and the day on which it was; null: it never was. */
  | { readonly reason: 'PLANNED_TOO_LATE'; readonly needed: LegalDate; readonly found: LegalDate | null }
  /** Members of the group on the session's date. */
  | {
      readonly reason: 'GROUP_SIZE'
      readonly needed: { readonly min: number; readonly max: number }
      readonly found: number
    }
  | { readonly reason: 'NO_MINUTES' }
  /** The attendances that the minutes count for instead. */
  | { readonly reason: 'OVERLAPPING'; readonly counted: ReadonlyArray<AttendanceName> }
  /** Minutes that count for one doctor with one group on one date, at most, and the minutes that this date had. */
  | {
      readonly reason: 'DAY_CAP'
      readonly cap: number
      readonly found: number
      /** `cut`: what the minutes count for instead; `reject`: all of the date, which counts nothing. */
      readonly effect: 'cut' | 'reject'
      readonly counted: ReadonlyArray<AttendanceName>
    }
  /** Counting sessions of the group in the window. */
  | {
      readonly reason: 'GROUP_UNDER_3_MEETINGS'
      readonly needed: number
      readonly found: number
      readonly sessions: ReadonlyArray<SessionName>
      /** The one that has most of it, where many hold the date. */
      readonly window: Window
      readonly pending: boolean
      /** From this day on it is not pending. */
      readonly finalOn: LegalDate
      /** What would still be enough; null: no window that holds the date has days left. */
      readonly lacking: Lacking | null
    }
  /** The doctor's minutes with the group in the window, and with the one other group that adds up where the rules say so. */
  | {
      readonly reason: 'DOCTOR_UNDER_6_HOURS'
      readonly needed: number
      readonly found: number
      readonly sessions: ReadonlyArray<AttendanceName>
      /** The one that has most of it, where many hold the date. */
      readonly window: Window
      readonly pending: boolean
      /** From this day on it is not pending. */
      readonly finalOn: LegalDate
      /** What would still be enough; null: no window that holds the date has days left. */
      readonly lacking: Lacking | null
    }

  /** Points of the doctor in the calendar year, at most, and what the year's earlier attendances were given. */
  | {
      readonly reason: 'YEARLY_CAP'
      readonly cap: number
      readonly year: number
      readonly counted: ReadonlyArray<AttendanceName>
    }

/** What is lacking in a window that is not over, so that an attendance of it passes both thresholds. */
export interface Lacking {
  /** More counting sessions of the group. */
  readonly sessions: number
  /** More counting minutes of the doctor with the group. */
  readonly minutes: number
  /** The last day on which they can be. */
  readonly by: LegalDate
}

/** What thresholds ask for: counting sessions of the group, minutes of the doctor. */
export interface Needed {
  readonly sessions: number
  readonly minutes: number
}

/** What carried an attendance that counts over the thresholds. */
export interface CarriedBy {
  /** The first that has enough, where many hold the date; of them one that has it without another group, if any does. */
  readonly window: Window
  readonly needed: Needed
  /** The counting sessions of the group in the window; none where none are asked for. */
  readonly sessions: ReadonlyArray<SessionName>
  /**
   * The doctor's attendances in the window with the minutes that they add, and those with one other group where only these made
   * enough; none where no minutes are asked for.
   */
  readonly attended: ReadonlyArray<AttendanceName & { readonly minutes: number }>
}

/** Why an attendance counts nothing, as a word that is the same in every language. */
export type Reason = Shortfall['reason']

/** The shortfall of a reason, with what was found and what was needed. */
export type ShortfallOf<R extends Reason> = Extract<Shortfall, { readonly reason: R }>

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
  readonly because: ShortfallOf<'OVERLAPPING' | 'DAY_CAP'>
}

/** Points that the yearly cap took from an attendance whose minutes count. */
export interface Capped {
  readonly points: Points
  readonly because: ShortfallOf<'YEARLY_CAP'>
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
  /** What the minutes that count are worth, rounded as the rules say and before the yearly cap. */
  readonly worth: Points
  /** What the doctor is given for it. */
  readonly points: Points
  /** What the yearly cap took of its worth; null where it took nothing. */
  readonly capped: Capped | null
  /** Why it counts nothing, or is given nothing by the yearly cap; null where it counts. */
  readonly shortfall: Shortfall | null
  /** The rules that took minutes or points, in the order in which they did; none where neither was taken. */
  readonly rules: ReadonlyArray<AppliedRule>
  /** The rules by which it counts and is worth its points; none where it counts nothing. */
  readonly countedBy: ReadonlyArray<AppliedRule>
  /** What carried it over the thresholds; null where it counts nothing. */
  readonly carriedBy: CarriedBy | null
  /** The other rules that it was judged by and that are not the whole country's: a region's, a hospital's, a group's or the doctor's own. */
  readonly adapted: ReadonlyArray<AppliedRule>
  /** What such a layer says to no effect here, because what stands above it does not permit it. */
  readonly setAside: ReadonlyArray<SetAside>
  readonly facts: ReadonlyArray<FactReference>
}

/** An attendance that was taken off the list: it counts nothing, and the explanation still says so. */
export interface WithdrawnLine extends AttendanceName {
  readonly date: LegalDate
  readonly reason: string
  readonly rules: ReadonlyArray<AppliedRule>
  readonly facts: ReadonlyArray<FactReference>
}

/** What an attendance that counts needed besides: a signature of a later day, or minutes with another group. */
export type Help = 'cure' | 'transfer'

/**
 * The rules by which an attendance that passed every condition counts: those that ask for something, those that helped it to pass, and the one
 * that says over what time, where more than the thresholds hangs on it.
 */
export const rulesOfCounting = (rules: RulePack, helps: ReadonlyArray<Help>): ReadonlyArray<RuleName> => {
  const { declaration, groupThreshold, doctorThresholdMinutes, rounding } = rules
  const isCured = helps.includes('cure')
  const isAdded = helps.includes('transfer')
  const isRoundedInWindow = rounding.value !== 'none' && rounding.value.per === 'window'
  const isOfWindow = isAdded || isRoundedInWindow || (isCured && declaration.value === 'cures-window')
  const named: ReadonlyArray<readonly [RuleName, boolean]> = [
    ['declaration', isCured],
    ['groupThreshold', groupThreshold.value > 0],
    ['doctorThresholdMinutes', doctorThresholdMinutes.value > 0],
    ['membershipTransfer', isAdded],
    ['window', isOfWindow],
    ['minutesPerPoint', true],
    ['rounding', rounding.value !== 'none'],
  ]
  return named.flatMap(([name, isNamed]) => (isNamed ? [name] : []))
}

/** The rules behind a reason: the one that decided, then those that say where it looked or what follows. */
export const rulesBehind = (reason: Reason, { membershipTransfer }: RulePack): ReadonlyArray<RuleName> => {
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
    case 'PLANNED_TOO_LATE':
      return ['plannedWithin', 'window']
    case 'GROUP_SIZE':
      return ['groupSize', 'groupSizeEffect']
    case 'NO_MINUTES':
      return ['presence']
    case 'OVERLAPPING':
      return ['sameMinutes']
    case 'DAY_CAP':
      return ['dayCapMinutes', 'dayCap']
    case 'YEARLY_CAP':
      return ['yearlyCap']
    case 'GROUP_UNDER_3_MEETINGS':
      return ['groupThreshold', 'window']
    case 'DOCTOR_UNDER_6_HOURS':
      return membershipTransfer.value === 'none'
        ? ['doctorThresholdMinutes', 'window']
        : ['doctorThresholdMinutes', 'window', 'membershipTransfer']
  }
}

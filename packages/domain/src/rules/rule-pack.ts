// rule-pack.ts: the rules of a scheme as data, each with where it comes from

import type { Zone } from '../values/legal-date.ts'

/** Where a rule is written. */
export interface Source {
  readonly title: string
  readonly address: string
}

/** One rule: its value and its source. */
export interface Rule<A> {
  readonly value: A
  readonly source: Source
}

/** Everything that the computation of points does not decide by itself. Minutes are whole, points are whole. */
export interface RulePack {
  readonly name: string
  /** The zone in which legal dates are counted where a session does not say. */
  readonly zone: Zone
  /** Years of a period, counted from a doctor's anchor. */
  readonly periodYears: Rule<number>
  /** The stretch of time over which the thresholds are looked at. */
  readonly window: Rule<'calendar-year'>
  /** Whose presence counts: that of the group's members on the session's date, not of its guests. */
  readonly participants: Rule<'members'>
  /** What the minutes are worth to a host of the session: an honorarium, if anything. */
  readonly hosting: Rule<'no-points'>
  /** What becomes of a session that the industry contributed to: it counts for nobody until the report is cleared. */
  readonly industry: Rule<'nothing-counts'>
  /** Which minutes count: those that a doctor was present at the session. */
  readonly presence: Rule<'minutes-present'>
  /** How often a minute counts that was spent in two attendances. */
  readonly sameMinutes: Rule<'once'>
  /** Which signature counts: only one that was in force on the session's date. */
  readonly declaration: Rule<'prospective'>
  /** Members of one group who must be present. */
  readonly quorum: Rule<number>
  /** The shortest session that counts, in minutes. */
  readonly sessionMinutesMin: Rule<number>
  /** The most minutes that count for one doctor with one group on one date. */
  readonly dayCapMinutes: Rule<number>
  /** Counting sessions that a group needs in a window. */
  readonly groupThreshold: Rule<number>
  /** Minutes that a doctor needs with a group in a window. */
  readonly doctorThresholdMinutes: Rule<number>
  readonly minutesPerPoint: Rule<number>
  /** Points of the period that are demanded. */
  readonly mandatory: Rule<number>
  /** Points beyond the demanded ones that may be used as elective. */
  readonly electiveMax: Rule<number>
  /** What a group's size should be; outside it there is a warning, never a refusal. */
  readonly groupSize: Rule<{ readonly min: number; readonly max: number }>
}

/** The names of the rules of a pack. */
export type RuleName = Exclude<keyof RulePack, 'name' | 'zone'>

/** A rule that decided something, by its name in the pack, and where it is written. */
export interface AppliedRule {
  readonly name: RuleName
  readonly source: Source
}

/** The rules of those names, in that order. */
export const rulesNamed = (rules: RulePack, names: ReadonlyArray<RuleName>): ReadonlyArray<AppliedRule> =>
  names.map((name) => ({ name, source: rules[name].source }))

// rule-pack.ts: the rules of a scheme as data, each with where it comes from

import type { EventId } from '../kernel/event.ts'
import type { Layer } from '../values/layer.ts'
import type { LegalDate, Zone } from '../values/legal-date.ts'

/** Where a rule is written. */
export interface Source {
  readonly title: string
  readonly address: string
}

/** That nobody said where a rule is written, as in a draft: told in words where a source would be. */
export const noSource: Source = { title: '', address: '' }

/** By what a rule was published. */
export interface SetBy {
  readonly layer: Layer
  readonly event: EventId
}

/** One rule: its value and its source. */
export interface Rule<A> {
  readonly value: A
  readonly source: Source
  /** Left out where no event published it: a pack out of a file, or the one that a scheme was founded with. */
  readonly setBy?: SetBy
}

/** What the computation of points does not decide by itself, by name. Minutes are whole, points are whole, but for the unit of rounding. */
export interface RuleValues {
  /** Years of a period, counted from a doctor's anchor. */
  readonly periodYears: number
  /** Where the next period begins: where the old one ends, or on the day of the decision on it. */
  readonly nextPeriod: 'from-old-end' | 'from-decision'
  /** The stretch of time over which the thresholds are looked at. */
  readonly window: WindowRule
  /** Whose presence counts: that of the group's members on the session's date, not of its guests. */
  readonly participants: 'members'
  /** What the minutes are worth to a host of the session: an honorarium, if anything. */
  readonly hosting: 'no-points'
  /** What becomes of a session that the industry contributed to: it counts for nobody until the report is cleared. */
  readonly industry: 'nothing-counts'
  /** Which minutes count: those that a doctor was present at the session. */
  readonly presence: 'minutes-present'
  /** How often a minute counts that was spent in two attendances. */
  readonly sameMinutes: 'once'
  /** Which signature keeps the industry out of a session. */
  readonly declaration: DeclarationRule
  /** By when in its window a session must have been planned; `none`: it need not be. */
  readonly plannedWithin: PlanningRule
  /** Members of one group who must be present. */
  readonly quorum: number
  /** The shortest session that counts, in minutes. */
  readonly sessionMinutesMin: number
  /** The most minutes that count for one doctor with one group on one date. */
  readonly dayCapMinutes: number
  /** What becomes of a date that has more: `cut` takes what is beyond, `reject` takes all of the date. */
  readonly dayCap: 'cut' | 'reject'
  /** Counting sessions that a group needs in a window. */
  readonly groupThreshold: number
  /** Minutes that a doctor needs with a group in a window. */
  readonly doctorThresholdMinutes: number
  /** Whether the minutes with two groups add up for a doctor who left the one and joined the other in the window. */
  readonly membershipTransfer: 'none' | 'adds-up'
  /** Minutes that are worth one point; the thresholds are in minutes and do not follow it. */
  readonly minutesPerPoint: number
  /** Whether points become whole units, which, and over what they are summed up before that. */
  readonly rounding: RoundingRule
  /** The most points of a doctor in a calendar year, over all groups. */
  readonly yearlyCap: 'none' | number
  /** Points of the period that are demanded. */
  readonly mandatory: number
  /** Points beyond the demanded ones that may be used as elective. */
  readonly electiveMax: number
  /** What a group's size should be; outside it there is a warning, never a refusal. */
  readonly groupSize: { readonly min: number; readonly max: number }
  /** What becomes of a session of a group of another size on its date: a `warning` takes nothing, or nothing counts. */
  readonly groupSizeEffect: 'warning' | 'nothing-counts'
  /** Points of courses that the programme asks for. */
  readonly coursePoints: number
  /** Subject areas that the courses come from, at least. */
  readonly courseSubjects: number
  /** Clinical courses, at least. */
  readonly clinicalCourses: number
  /** Points that a clinical course has at least, to be one of them. */
  readonly clinicalCoursePoints: number
  /** Clinical courses that are about acute medicine, at least. */
  readonly acuteMedicineCourses: number
  /** From when on the demands on subject areas and clinical courses are made. */
  readonly courseDemandsSince: LegalDate
  /** From when on small-group work is demanded. */
  readonly smallGroupSince: LegalDate
  /** Points of visits between practices that the programme asks for. */
  readonly practiceVisits: number
  /** Elective points that the programme asks for; those of small groups lie inside. */
  readonly electivePoints: number
  /** The most points of practice visits of one day. */
  readonly practiceVisitDayCap: number
  /** The most points of practice visits in a period. */
  readonly practiceVisitCap: number
  /** The most practice visits with one and the same colleague. */
  readonly sameColleagueVisits: number
  /** The most points of hospital observership of one day. */
  readonly observershipDayCap: number
  /** The most points of hospital observership in a period. */
  readonly observershipCap: number
  /** The most points of a day’s visit to a clinic. */
  readonly clinicDayCap: number
  /** The most points of day visits to clinics in a period. */
  readonly clinicCap: number
  /** The most day visits to clinics abroad. */
  readonly clinicDaysAbroad: number
  /** The most points of supervising an intern in half a calendar year. */
  readonly internHalfYearCap: number
  /** The most points of online courses in a period. */
  readonly onlineCourseCap: number
  /** The most online courses among the clinical courses. */
  readonly onlineClinicalCourses: number
  /** When online courses were not capped, up to but not including `to`. */
  readonly onlineCapsSuspended: 'none' | { readonly from: LegalDate; readonly to: LegalDate }
  /** The most elective course points in one subject area. */
  readonly subjectCap: number
  /** From when on it is the right to a supplementary fee that lapses where the programme is not met, and not the title. */
  readonly feeLapsesSince: LegalDate
}

/** The names of the rules of a pack. */
export type RuleName = keyof RuleValues

/** The rules of a pack, each with its source. */
export type Rules = { readonly [Name in RuleName]: Rule<RuleValues[Name]> }

/** Everything that the computation of points does not decide by itself. */
export interface RulePack extends Rules {
  readonly name: string
  /** The zone in which legal dates are counted where a session does not say. */
  readonly zone: Zone
}

/**
 * `calendar-year`: from 1 January. `group-year`: from each anniversary of the group's registration. `rolling-12-months`: any twelve
 * months in a row that hold the session's date.
 */
export type WindowRule = 'calendar-year' | 'group-year' | 'rolling-12-months'

/**
 * `prospective`: a signature covers the sessions from its day until it is withdrawn. `cures-window`: also the earlier sessions of
 * the window that it was signed in. `curesDays`: also those of so many days before it, whatever the window. `none`: no signature is needed.
 */
export type DeclarationRule = 'none' | 'prospective' | 'cures-window' | { readonly curesDays: number }

/** `months`: a session counts where it was planned in the first so many months of its window, and no later than on its own day. */
export type PlanningRule = 'none' | { readonly months: number }

/** How points become whole units: those of each session, or those of one doctor with one group in one window. */
export type RoundingRule =
  | 'none'
  | { readonly mode: 'floor' | 'half-up'; readonly per: 'session' | 'window'; readonly unit: 0.5 | 1 }

/** A rule that decided something: its name and value, where it is written, and at which level it was set. */
export interface AppliedRule {
  readonly name: RuleName
  readonly source: Source
  readonly value: RuleValues[RuleName]
  readonly layer: Layer
  /** The event that published it; null: none did, and it is the founding pack's or that of a file. */
  readonly event: EventId | null
}

/** The rules of those names, in that order. */
export const rulesNamed = (rules: Rules, names: ReadonlyArray<RuleName>): ReadonlyArray<AppliedRule> =>
  names.map((name) => {
    const { source, value, setBy } = rules[name]
    return { name, source, value, layer: setBy?.layer ?? 'national', event: setBy?.event ?? null }
  })

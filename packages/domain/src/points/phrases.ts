// phrases.ts: what a language must be able to say so that points can be explained in it

import type { PeriodOutcome } from '../doctor/doctor-events.ts'
import type { RuleName, RulePack, SetBy } from '../rules/rule-pack.ts'
import type { Objection } from '../rules/standing.ts'
import type { DoctorId } from '../values/identity.ts'
import type { Layer } from '../values/layer.ts'
import type { LegalDate } from '../values/legal-date.ts'
import type { Points } from '../values/points.ts'
import type { FactName } from './fact-reference.ts'
import type { Moment } from './moment.ts'
import type { NearestChange } from './nearest.ts'
import type { AttendanceName, Reason, SessionName, ShortfallOf, Window } from './verdict.ts'

/** How a language writes dates, moments and numbers. */
export interface Notation {
  /** A date as people write it. */
  readonly date: (date: LegalDate) => string
  /** With two decimals, and without the word for points. */
  readonly points: (points: Points) => string
  /** As part of a sentence: with whose knowledge a question is answered. */
  readonly asKnown: (at: Moment) => string
}

/** What a language says. What only the caller can name is handed in as text. */
export interface Phrases extends Notation {
  readonly title: (asked: { readonly doctor: string; readonly date: string; readonly asKnown: string }) => string
  readonly noPeriod: string
  readonly period: (from: string, to: string) => string
  /** The end has passed, and nothing is decided. */
  readonly goesOn: string
  /** The same of specialist training, whose end may not be known. */
  readonly trainingPeriod: (from: string, to: string | null) => string
  readonly noTraining: string
  /** Days of the period that belong to specialist training. */
  readonly usedInTraining: (from: string, to: string | null) => string
  readonly decided: (on: string, outcome: PeriodOutcome) => string
  readonly counted: (minutes: number, points: string) => string
  /** `missing` is null where all are there; `by` is the last day of the period, null where that is not known. */
  readonly mandatory: (points: string, needed: number, missing: string | null, by: string | null) => string
  readonly elective: (points: string, most: number, overflow: string) => string
  readonly heldBack: (minutes: number) => string
  readonly indication: string

  readonly attendance: (line: Headline & { readonly present: number; readonly verdict: string }) => string
  readonly counts: (minutes: number) => string
  readonly countsNothing: (reason: Reason) => string
  /** `reason` is empty where none was given. */
  readonly takenOff: (line: Headline & { readonly reason: string }) => string

  /** What was found and what was needed, for every reason. */
  readonly shortfall: { readonly [R in Reason]: (shortfall: ShortfallOf<R>, called: Called) => string }
  /** What follows a shortfall whose window is not over; on its last day it is. */
  readonly pending: (lastDay: string) => string
  /** What would make an attendance count; without a step, that nothing of what was tried still does. */
  readonly nearest: (steps: ReadonlyArray<string>, tried: NearestChange['tried']) => string
  /** `joining`: the doctor is no member any more. `planned`: sessions that are planned or wished for already, and are needed. */
  readonly toMeet: (missing: {
    readonly sessions: number
    readonly minutes: number
    readonly group: string
    readonly by: string
    readonly joining: boolean
    readonly planned: ReadonlyArray<string>
  }) => string
  readonly toSign: (group: string, by: string) => string
  readonly toClear: (session: string) => string
  readonly overlappingCut: (minutes: number, counted: ReadonlyArray<string>) => string
  /** `after` are those that used the cap up, if any did. */
  readonly dayCapCut: (minutes: number, cap: ShortfallOf<'DAY_CAP'>, after: ReadonlyArray<string>) => string
  readonly yearlyCapCut: (points: string, cap: number, year: number, after: ReadonlyArray<string>) => string
  /** The minutes that were found with the group and together with another one, and what they are `of` in that one. */
  readonly transferred: (passed: {
    readonly window: string
    readonly needed: number
    readonly found: number
    readonly together: number
    readonly of: ReadonlyArray<{ readonly minutes: number; readonly session: string }>
  }) => string
  /** An attendance among others. */
  readonly attendanceName: (session: string, group: string) => string
  readonly window: (window: { readonly year: number } | { readonly from: string; readonly through: string }) => string

  /** What each rule says, for its value. */
  readonly rule: { readonly [N in RuleName]: (value: RulePack[N]['value']) => string }
  /** `setBy` is null where no event published the rule. */
  readonly ruled: (rule: {
    readonly name: RuleName
    readonly says: string
    readonly source: string
    readonly setBy: SetBy | null
  }) => string
  /** What a layer says to no effect, and which rule judges instead. */
  readonly setAside: (one: {
    readonly name: RuleName
    readonly says: string
    readonly source: string
    readonly by: SetBy
    readonly instead: { readonly says: string; readonly source: string; readonly setBy: SetBy | null }
    readonly because: Objection
  }) => string
  /** The packs that judged. */
  readonly judgedBy: string
  readonly totalFollows: string

  readonly facts: string
  readonly periodRestsOn: string
  readonly thresholdsRestOn: string
  /** That these records are of one doctor, the first standing for all. */
  readonly oneDoctor: (records: ReadonlyArray<string>) => string
  /** What each level of the rules is called. */
  readonly layer: { readonly [L in Layer]: string }
  /** What each fact is called. */
  readonly fact: { readonly [F in FactName]: string }
  readonly corrected: (fact: string) => string
  /** `knownSince` is null for what was always known. */
  readonly recorded: (fact: {
    readonly name: string
    readonly type: string
    readonly id: string
    readonly knownSince: Moment | null
    readonly recordedAt: Moment
  }) => string
}

interface Headline {
  readonly date: string
  readonly session: string
  readonly group: string
}

/** How what a shortfall names is called. */
export interface Called {
  readonly doctors: (doctors: ReadonlyArray<DoctorId>) => ReadonlyArray<string>
  readonly sessions: (sessions: ReadonlyArray<SessionName>) => ReadonlyArray<string>
  readonly attendances: (attendances: ReadonlyArray<AttendanceName>) => ReadonlyArray<string>
  /** The sessions of attendances, with their groups where there are several. */
  readonly attended: (attendances: ReadonlyArray<AttendanceName>) => ReadonlyArray<string>
  readonly window: (window: Window) => string
}

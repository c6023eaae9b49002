// index.ts: points and what explains them

export type { ActivityCut, CapName } from './activity-caps.ts'
export type { Demand, DemandName, DemandWithLines, TowardDemand } from './demands.ts'
export { type ExplainedMerge, type ExplainedPoints, explained } from './explained.ts'
export { explanation, linesOf, type TextLine } from './explanation.ts'
export type { FactName, FactReference } from './fact-reference.ts'
export { type Forecast, forecast, type PlannedSession, type StillMissing } from './forecast.ts'
export { type ExplainedForecast, explainedForecast, forecastLinesOf } from './forecast-explained.ts'
export { type Headings, headingsOf } from './headings.ts'
export type { Evidence } from './judgements.ts'
export { digestOfValues, judgingRules } from './judging-rules.ts'
export type { TrainingStay } from './known-doctor.ts'
export { type InWords, type Language, languages, notationOf } from './language.ts'
export type { EnoughSessions } from './last-safe-day.ts'
export { type Moment, momentIn } from './moment.ts'
export { type NearestChange, nearestChanges } from './nearest.ts'
export type { OpenSession } from './open-sessions.ts'
export type { Period, PeriodDecision } from './period.ts'
export type { Notation } from './phrases.ts'
export { assess, assessEachPeriod, type DoctorPoints, isPending, type MergedRecords, points } from './points.ts'
export { type ActivityLine, type DoctorProgramme, programme } from './programme.ts'
export {
  type ExplainedActivity,
  type ExplainedDemand,
  type ExplainedProgramme,
  explainedProgramme,
  programmeExplanation,
  programmeLinesOf,
} from './programme-explained.ts'
export { type RecordedFact, recordedSince, type SinceThen } from './recorded-since.ts'
export { type ExplainedRule, type ExplainedSetAside, explainedSetAside, ruleInWords } from './rule-words.ts'
export type {
  ExplainedCarriedBy,
  ExplainedChange,
  ExplainedLine,
  ExplainedTraining,
  ExplainedWithdrawal,
  Names,
} from './saying.ts'
export { judgingRulesText, statementText } from './statement-words.ts'
export {
  factsBehind,
  type Stale,
  type StatementStanding,
  stalenessOf,
  statedOf,
} from './stating.ts'
export type { Meet, Remedy, Step } from './steps.ts'
export type {
  AttendanceLine,
  AttendanceName,
  CarriedBy,
  Cut,
  Declaration,
  Lacking,
  Needed,
  Reason,
  SessionName,
  Shortfall,
  Stay,
  Window,
  WithdrawnLine,
} from './verdict.ts'
export type { ChangedRule } from './what-did-it.ts'
export {
  type AttendancesDifference,
  type Compared,
  type DoctorsDifference,
  type GroupsDifference,
  type Outcome,
  type PeriodsDifference,
  type PeriodTotal,
  type TotalDifference,
  type WhatIf,
  whatIf,
} from './what-if.ts'
export {
  type ExplainedDifference,
  type ExplainedOutcome,
  type ExplainedWhatIf,
  explainedWhatIf,
} from './what-if-explained.ts'
export { type YearOfPoints, yearsOf } from './years.ts'

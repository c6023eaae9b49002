// points.ts: a doctor's points, from evidence and rules, every one of them explained

import type { EventId } from '../kernel/event.ts'
import type { Question } from '../projections/as-known.ts'
import { personsKnown } from '../projections/persons.ts'
import { inForce, nationally, type RulesInForce } from '../rules/in-force.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import type { DoctorId } from '../values/identity.ts'
import { type LegalDate, plusDays } from '../values/legal-date.ts'
import { compare, least, minus, most, noPoints, type Points, plus, wholePoints } from '../values/points.ts'
import type { Track } from '../values/track.ts'
import { type FactReference, mergesBehind } from './fact-reference.ts'
import { type Evidence, judgements } from './judgements.ts'
import { doctorKnown, type TrainingStay, trainingKnown } from './known-doctor.ts'
import { attendanceLines, bySession, countingFor, type Lines } from './lines.ts'
import { type Period, type PeriodDecision, periodContaining, periodsThrough } from './period.ts'
import { trainingOn, trainingPeriods } from './track.ts'
import type { AttendanceLine, WithdrawnLine } from './verdict.ts'

/** A doctor's points in the period that contains the date asked for. An indication: a decision is the authority's. */
export interface DoctorPoints {
  /** The record that stands for the doctor, by whichever of the doctor's records it was asked. */
  readonly doctor: DoctorId
  readonly question: Question
  /** What the points are used for. */
  readonly track: Track
  /** The period that contains the date asked for; null before the anchor, or without one. Without a period nothing is counted. */
  readonly period: Period | null
  /**
   * Under rules by which the next period begins on the day of a decision: the end has passed, nothing is decided, and the period goes on. In
   * training: its end is not known, and the period is shown through the date asked for.
   */
  readonly goesOn: boolean
  /** What the authority decided of the period; null: nothing, so far. */
  readonly decision: PeriodDecision | null
  /** Minutes that count. */
  readonly countedMinutes: number
  readonly points: Points
  readonly mandatory: Points
  readonly elective: Points
  /** Points beyond both, shown and worth nothing. */
  readonly overflow: Points
  /** Mandatory points still missing. */
  readonly missing: Points
  readonly mandatoryMet: boolean
  /** Minutes held back by a threshold whose window is not over. */
  readonly pendingMinutes: number
  /** One line for each attendance in the period, in the order of the sessions. */
  readonly lines: ReadonlyArray<AttendanceLine>
  /** The doctor's attendances in the period that were taken off the lists. */
  readonly withdrawn: ReadonlyArray<WithdrawnLine>
  /**
   * The facts that carried lines over their thresholds, or that were found too few, and that no line has: of sessions that the group held without
   * the doctor, of moves and attendances of another group that adds up, of the part of a window that lies in another period.
   */
  readonly thresholdFacts: ReadonlyArray<FactReference>
  /** The specialist training that takes days out of the period: what was attended then is used there. */
  readonly training: ReadonlyArray<TrainingStay>
  /** The facts that set the period. */
  readonly facts: ReadonlyArray<FactReference>
  /** Where the doctor has several records: all of them, and the facts by which they are one doctor's. Null where there is one. */
  readonly merged: MergedRecords | null
}

/** Records that the authority merged. */
export interface MergedRecords {
  /** The standing one first. */
  readonly records: ReadonlyArray<DoctorId>
  readonly facts: ReadonlyArray<FactReference>
}

/**
 * A doctor's points as a pure function: the same evidence, rules and question give the same answer, byte for byte. Each attendance is judged by
 * the rules in force on its session's date, for its group, place and doctor; the bounds of a period by those in force for the doctor on its first
 * day; what is demanded of it by those on the date asked for, or on its last day where it is over.
 */
export const points = (
  doctor: DoctorId,
  evidence: Evidence,
  rules: RulePack | RulesInForce,
  question: Question,
  track: Track = 'resertification',
): DoctorPoints => assess(evidence, rules, question, track)(doctor)

/** The same, with windows that are not over on that day pending: what facts of later days add up to, seen from there. */
export const pointsJudgedOn = (
  day: LegalDate,
  doctor: DoctorId,
  evidence: Evidence,
  rules: RulePack | RulesInForce,
  question: Question,
  track: Track,
): DoctorPoints => assessOn(day, evidence, rules, question, track)(doctor)

/** The points of many doctors over the same evidence; what they share is judged once. */
export const assess = (
  evidence: Evidence,
  rules: RulePack | RulesInForce,
  question: Question,
  track: Track = 'resertification',
): ((doctor: DoctorId) => DoctorPoints) => assessOn(question.effectiveThrough, evidence, rules, question, track)

const assessOn = (
  day: LegalDate,
  evidence: Evidence,
  rules: RulePack | RulesInForce,
  question: Question,
  track: Track,
): ((doctor: DoctorId) => DoctorPoints) => {
  const assessed = assessing(day, evidence, rules, question, track)
  return (doctor) => {
    const { each, none } = assessed(doctor)
    return each.at(-1) ?? none
  }
}

/**
 * The same for every period that has begun, the one that contains the date asked for at the end; none without a period. What was
 * demanded of a period that is over is what the rules in force on its last day say.
 */
export const assessEachPeriod = (
  evidence: Evidence,
  rules: RulePack | RulesInForce,
  question: Question,
  track: Track = 'resertification',
): ((doctor: DoctorId) => ReadonlyArray<DoctorPoints>) => {
  const assessed = assessing(question.effectiveThrough, evidence, rules, question, track)
  return (doctor) => assessed(doctor).each
}

/** The day by whose rules points are demanded: the last one of a period that is over, else the one asked for. */
export const demandedOn = ({
  period,
  goesOn,
  question,
}: Pick<DoctorPoints, 'period' | 'goesOn' | 'question'>): LegalDate => {
  const { effectiveThrough } = question
  return period === null || goesOn || period.to > effectiveThrough ? effectiveThrough : plusDays(period.to, -1)
}

/** A doctor's points in each period, and what there is to say without one. */
interface Assessed {
  readonly each: ReadonlyArray<DoctorPoints>
  readonly none: DoctorPoints
}

/** Windows that are not over on that day are pending. */
const assessing = (
  day: LegalDate,
  evidence: Evidence,
  rules: RulePack | RulesInForce,
  question: Question,
  track: Track,
): ((doctor: DoctorId) => Assessed) => {
  const persons = personsKnown(evidence.merges, question)
  const byRules = inForce(rules)
  const shared = judgements(evidence, byRules, question, persons)
  return (asked) => {
    const doctor = persons.standingFor(asked)
    const records = persons.recordsOf(doctor)
    const rows = records.map((record) => evidence.doctors.get(record))
    const histories = rows.map((row) => row?.history ?? [])
    const known = doctorKnown(histories, question)
    const stays = trainingKnown(histories, question)
    const inTraining = track === 'specialist-training'
    const sessions = [...new Set(rows.flatMap((row) => row?.sessions ?? []))]
    const merged = records.length === 1 ? null : { records, facts: mergesBehind(doctor, persons) }
    const ofDoctorOn = (date: LegalDate): RulePack => byRules.at({ ...nationally(date), doctor: records })
    const ofDoctor = ofDoctorOn(question.effectiveThrough)
    const trainings = trainingPeriods(stays, question.effectiveThrough)
    const resertifications = periodsThrough(known, question.effectiveThrough, ofDoctorOn)
    const periods = inTraining ? trainings : resertifications
    const facts = inTraining ? [] : known.facts
    const current = periods.at(-1)
    const none: DoctorPoints = {
      doctor,
      question,
      track,
      period: null,
      goesOn: false,
      decision: null,
      ...allocated([], ofDoctor),
      lines: [],
      withdrawn: [],
      thresholdFacts: [],
      training: [],
      facts,
      merged,
    }
    if (current === undefined) return { each: [], none }
    const isTraining = (date: LegalDate): boolean => trainingOn(stays, date) !== null
    const usedIn = (date: LegalDate): string | null => {
      const period = periodContaining(isTraining(date) ? trainings : resertifications, date)
      return period === null ? null : `${isTraining(date) ? 'training' : 'resertification'} from ${period.from}`
    }
    const judged = sessions
      .flatMap((session) => shared.at(session))
      .filter(({ attendance }) => attendance.doctor === doctor)
    const counting = countingFor(judged, shared.counting)
    const { lines, lookedAt } = attendanceLines(judged, counting, usedIn, day, shared.localTo(records))
    const withdrawn = sessions.flatMap((session) => shared.withdrawnAt(session, doctor)).sort(bySession)
    const each = periods.map((period): DoctorPoints => {
      const { from, to, goesOn, decision } = period
      // The last of them holds the date asked for, and nothing later is looked at.
      const isLast = period === current
      const inPeriod = ({ date }: { readonly date: LegalDate }): boolean =>
        from <= date && (isLast || date < to) && isTraining(date) === inTraining
      const ofPeriod = lines.filter(inPeriod)
      return {
        ...none,
        ...allocated(ofPeriod, ofDoctorOn(demandedOn({ period, goesOn, question }))),
        period: { from, to },
        goesOn,
        decision,
        lines: ofPeriod,
        withdrawn: withdrawn.filter(inPeriod),
        thresholdFacts: beyond(ofPeriod, lookedAt),
        training: inTraining ? [] : stays.filter((stay) => (isLast || stay.from < to) && (stay.to ?? to) > from),
        facts: [...facts, ...period.facts],
      }
    })
    return { each, none }
  }
}

/** What the thresholds looked at and no line has, once each. */
const beyond = (lines: ReadonlyArray<AttendanceLine>, lookedAt: Lines['lookedAt']): ReadonlyArray<FactReference> => {
  const own = new Set(lines.flatMap(({ facts }) => facts.map(({ id }) => id)))
  const others = new Map<EventId, FactReference>()
  // Attendances of one window share what was looked at.
  for (const facts of new Set(lines.map(lookedAt)))
    for (const fact of facts) if (!own.has(fact.id)) others.set(fact.id, fact)
  return [...others.values()]
}

/** Mandatory first, then elective, then what is beyond both. */
const allocated = (lines: ReadonlyArray<AttendanceLine>, rules: RulePack) => {
  const countedMinutes = lines.reduce((sum, { counted }) => sum + counted, 0)
  const pendingMinutes = lines.reduce((sum, line) => sum + (isPending(line) ? line.heldBack : 0), 0)
  const earned = lines.reduce((sum, line) => plus(sum, line.points), noPoints)
  const demanded = wholePoints(rules.mandatory.value)
  const mandatory = least(earned, demanded)
  const beyond = most(minus(earned, demanded), noPoints)
  const elective = least(beyond, wholePoints(rules.electiveMax.value))
  return {
    countedMinutes,
    pendingMinutes,
    points: earned,
    mandatory,
    elective,
    overflow: minus(beyond, elective),
    missing: minus(demanded, mandatory),
    mandatoryMet: compare(mandatory, demanded) === 0,
  }
}

/** Whether a line is held back by a window that is not over yet. */
export const isPending = ({ shortfall }: Pick<AttendanceLine, 'shortfall'>): boolean =>
  shortfall !== null && 'pending' in shortfall && shortfall.pending

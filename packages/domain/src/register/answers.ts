// answers.ts: what a register can be asked

import { isLeft, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { factsInForce } from '../kernel/correction.ts'
import type { StoreFailure } from '../kernel/event-store.ts'
import type { Instant } from '../kernel/instant.ts'
import { type Forecast, forecast } from '../points/forecast.ts'
import { judgingRules } from '../points/judging-rules.ts'
import { type NearestChange, nearestChanges } from '../points/nearest.ts'
import { assess, type DoctorPoints, points } from '../points/points.ts'
import { type DoctorProgramme, programme } from '../points/programme.ts'
import { recordedSince } from '../points/recorded-since.ts'
import { type StatementStanding, stalenessOf, statedOf } from '../points/stating.ts'
import { type WhatIf, whatIf } from '../points/what-if.ts'
import type { Question } from '../projections/as-known.ts'
import { type GroupEntry, groupOn, groupRegister } from '../projections/group-register.ts'
import {
  type DepartmentEntry,
  directoryOn,
  type HospitalEntry,
  hospitalDirectory,
} from '../projections/hospital-directory.ts'
import { doctorMerges, type Persons, personsKnown } from '../projections/persons.ts'
import { publishedRules } from '../projections/published-rules.ts'
import { type Named, type Referred, referenceKey, references } from '../projections/references.ts'
import { statementKnown, statements } from '../projections/statements.ts'
import { type TopicEntry, topicLog, topics, topicsAt, type Vocabulary, vocabulary } from '../projections/topic-log.ts'
import { nationally, type RulesUnknown } from '../rules/in-force.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import type { JudgingRules } from '../statement/statement.ts'
import type { DepartmentId, DoctorId, GroupId, Reference, StatementId } from '../values/identity.ts'
import { compareText } from '../values/text.ts'
import type { Track } from '../values/track.ts'
import type { KnownByNow } from './elsewhere.ts'
import { allEvidence, evidenceOn, plannedOn, withGroupsJoined } from './evidence-rows.ts'
import type { Rows } from './rows.ts'
import type { RulesKnown } from './rules-known.ts'

/** Every answer is about the facts that were effective through a date and known at a moment. */
export interface Answers {
  /** The groups, by the text of their label. */
  readonly groupRegister: (question: Question) => TaskEither<StoreFailure | RulesUnknown, ReadonlyArray<GroupEntry>>
  /** What groups and departments are called, as the register knows it now; a name is no part of any answer about the past. */
  readonly labels: TaskEither<StoreFailure, Labels>
  /** The topics taken up, by date, then the labels of session and group, then the order of the report. */
  readonly topicLog: (question: Question) => TaskEither<StoreFailure, ReadonlyArray<TopicEntry>>
  /** The names and merges of topics. */
  readonly vocabulary: (question: Question) => TaskEither<StoreFailure, Vocabulary>
  /** The hospital sites and their departments. */
  readonly hospitals: (
    question: Question,
  ) => TaskEither<
    StoreFailure,
    { readonly hospitals: ReadonlyArray<HospitalEntry>; readonly departments: ReadonlyArray<DepartmentEntry> }
  >
  /** A doctor's points in one track, resertification where it is left out, each explained; by whichever of the doctor's records it is asked. */
  readonly points: (
    doctor: DoctorId,
    question: Question,
    track?: Track,
  ) => TaskEither<StoreFailure | RulesUnknown, DoctorPoints>
  /** For each attendance of `points` that counts nothing, the nearest thing that can still be done about it. */
  readonly nearestChanges: (
    doctor: DoctorId,
    question: Question,
    track?: Track,
  ) => TaskEither<StoreFailure | RulesUnknown, ReadonlyArray<NearestChange>>
  /** The rules by which a doctor's points were judged, from the national ones down, each under the digest that it goes by. */
  readonly judgingRules: (
    doctor: DoctorId,
    question: Question,
    track?: Track,
  ) => TaskEither<StoreFailure | RulesUnknown, ReadonlyArray<JudgingRules>>
  /** What a doctor's points for resertification will be with the planned sessions attended; null without a period whose end is to come. */
  readonly forecast: (doctor: DoctorId, question: Question) => TaskEither<StoreFailure | RulesUnknown, Forecast | null>
  /** The points of every doctor who has a period that contains the date asked for, once each. Reads the whole register once. */
  readonly everyonesPoints: (question: Question) => TaskEither<StoreFailure | RulesUnknown, ReadonlyArray<DoctorPoints>>
  /**
   * What these rules in the place of the national pack in force on the date asked for would change, for every doctor in every period that has
   * begun; local adaptations, dispensations and earlier packs stay. Reads the whole register once.
   */
  readonly whatIf: (
    draft: RulePack,
    question: Question,
    track?: Track,
  ) => TaskEither<StoreFailure | RulesUnknown, WhatIf>
  /** A doctor's whole programme in the period that contains the date asked for, each part explained. */
  readonly programme: (doctor: DoctorId, question: Question) => TaskEither<StoreFailure | RulesUnknown, DoctorProgramme>
  /** A statement as it was issued, and whether it says what is known at a moment, now where left out; null where it was not issued by then. */
  readonly statement: (
    statement: StatementId,
    asKnownAt: Instant,
  ) => TaskEither<StoreFailure | RulesUnknown, StatementStanding | null>
  /** Which records are of one doctor. */
  readonly persons: (question: Pick<Question, 'asKnownAt'>) => TaskEither<StoreFailure, Persons>
  /** What somebody else's name stands for; null where nothing has that name. */
  readonly named: (named: Named, reference: Reference) => TaskEither<StoreFailure, Referred | null>
}

/** What their reporters call groups and departments; an id where they have no other name. */
export interface Labels {
  /** What a group is called. */
  readonly group: (group: GroupId) => string
  /** What a department is called. */
  readonly department: (department: DepartmentId) => string
}

export const answering = (rows: Rows, rulesInForce: RulesKnown['rulesInForce']): Answers => ({
  groupRegister: (question) => async () => {
    const all = await rows.all(groupRegister)()
    if (isLeft(all)) return all
    const persons = await personsIn(rows, question)()
    if (isLeft(persons)) return persons
    const rules = await rulesInForce(question)()
    if (isLeft(rules)) return rules
    const entries = [...all.right.values()]
      .map((history) => groupOn(history, question, rules.right, persons.right))
      .filter((entry) => entry !== null)
    return right(
      entries.sort((one, other) => compareText(one.label, other.label) || compareText(one.group, other.group)),
    )
  },
  labels: labelsOf(rows),
  topicLog: (question) => async () => {
    const all = await rows.all(topicLog)()
    if (isLeft(all)) return all
    const labels = await labelsOf(rows)()
    if (isLeft(labels)) return labels
    const { group } = labels.right
    const entries = [...all.right.values()].flatMap((history) => topicsAt(history, question))
    return right(
      entries.sort(
        (one, other) =>
          compareText(one.date, other.date) ||
          compareText(one.label, other.label) ||
          compareText(group(one.group), group(other.group)),
      ),
    )
  },
  vocabulary: (question) => async () => {
    const all = await rows.all(topics)()
    return isLeft(all) ? all : right(vocabulary(all.right, question))
  },
  hospitals: (question) => async () => {
    const all = await rows.all(hospitalDirectory)()
    return isLeft(all) ? all : right(directoryOn(all.right, question))
  },
  points: (doctor, question, track) => async () => {
    const evidence = await evidenceOn(rows, doctor, question)
    if (isLeft(evidence)) return evidence
    const rules = await rulesInForce(question)()
    return isLeft(rules) ? rules : right(points(doctor, evidence.right, rules.right, question, track))
  },
  nearestChanges: (doctor, question, track) => async () => {
    const attended = await evidenceOn(rows, doctor, question)
    if (isLeft(attended)) return attended
    const rules = await rulesInForce(question)()
    if (isLeft(rules)) return rules
    const { membershipTransfer } = rules.right.at(nationally(question.effectiveThrough))
    // A group that was joined and not met yet may add minutes.
    const evidence =
      membershipTransfer.value === 'none' ? attended : await withGroupsJoined(rows, doctor, question, attended.right)
    if (isLeft(evidence)) return evidence
    const planned = await plannedOn(rows, evidence.right)
    if (isLeft(planned)) return planned
    const sessions = new Map([...evidence.right.sessions, ...planned.right])
    return right(nearestChanges(doctor, { ...evidence.right, sessions }, rules.right, question, track))
  },
  judgingRules: (doctor, question, track) => async () => {
    const evidence = await evidenceOn(rows, doctor, question)
    if (isLeft(evidence)) return evidence
    const rules = await rulesInForce(question)()
    if (isLeft(rules)) return rules
    const judged = points(doctor, evidence.right, rules.right, question, track)
    return right(judgingRules(judged, evidence.right, rules.right))
  },
  forecast: (doctor, question) => async () => {
    const attended = await evidenceOn(rows, doctor, question)
    if (isLeft(attended)) return attended
    const evidence = await withGroupsJoined(rows, doctor, question, attended.right)
    if (isLeft(evidence)) return evidence
    const planned = await plannedOn(rows, evidence.right)
    if (isLeft(planned)) return planned
    const rules = await rulesInForce(question)()
    if (isLeft(rules)) return rules
    const sessions = new Map([...evidence.right.sessions, ...planned.right])
    const known = { ...evidence.right, sessions }
    return right(forecast(doctor, known, [...planned.right.keys()], rules.right, question))
  },
  programme: (doctor, question) => async () => {
    const evidence = await evidenceOn(rows, doctor, question)
    if (isLeft(evidence)) return evidence
    const rules = await rulesInForce(question)()
    return isLeft(rules) ? rules : right(programme(doctor, evidence.right, rules.right, question))
  },
  statement: (id, asKnownAt) => async () => {
    const row = await rows.get(statements, id)()
    if (isLeft(row)) return row
    const issued = statementKnown(row.right ?? [], { asKnownAt })
    if (issued === null) return right(null)
    const { doctor, track, effectiveThrough } = issued.stated
    const question = { effectiveThrough, asKnownAt }
    const evidence = await evidenceOn(rows, doctor, question)
    if (isLeft(evidence)) return evidence
    const rules = await rulesInForce(question)()
    if (isLeft(rules)) return rules
    const published = await rows.all(publishedRules)()
    if (isLeft(published)) return published
    const now = points(doctor, evidence.right, rules.right, question, track)
    const judging = judgingRules(now, evidence.right, rules.right)
    const { position: issuedAt, ...statement } = issued
    const since = { published: [...published.right.values()], judging, issuedAt }
    const recorded = recordedSince(statement.stated, now, evidence.right, since)
    return right({ statement: id, ...statement, stale: stalenessOf(statement.stated, now, judging, recorded), now })
  },
  whatIf: (draft, question, track) => async () => {
    const evidence = await allEvidence(rows)
    if (isLeft(evidence)) return evidence
    const rules = await rulesInForce(question)()
    if (isLeft(rules)) return rules
    const instead = rules.right.withDraft(draft, question.effectiveThrough)
    return right(whatIf(evidence.right, rules.right, instead, question, track))
  },
  everyonesPoints: (question) => async () => {
    const all = await allEvidence(rows)
    if (isLeft(all)) return all
    const evidence = all.right
    const rules = await rulesInForce(question)()
    if (isLeft(rules)) return rules
    const { standingFor } = personsKnown(evidence.merges, question)
    const of = assess(evidence, rules.right, question)
    const everyone = [...evidence.doctors.keys()].filter((doctor) => standingFor(doctor) === doctor)
    return right(everyone.map(of).filter(({ period }) => period !== null))
  },
  persons: (question) => personsIn(rows, question),
  named: (named, reference) => rows.get(references, referenceKey(named, reference)),
})

const labelsOf =
  (rows: Rows): TaskEither<StoreFailure, Labels> =>
  async () => {
    const groups = await rows.all(groupRegister)()
    if (isLeft(groups)) return groups
    const hospitals = await rows.all(hospitalDirectory)()
    if (isLeft(hospitals)) return hospitals
    const labels = new Map<string, string>()
    for (const [group, history] of groups.right) {
      for (const { event } of factsInForce(history)) {
        if (event.type === 'GroupRegistered' && event.data.reference !== null)
          labels.set(group, event.data.reference.id)
      }
    }
    for (const history of hospitals.right.values()) {
      for (const { event } of factsInForce(history)) {
        if (event.type === 'DepartmentRegistered' && event.data.reference !== null)
          labels.set(event.data.department, event.data.reference.id)
      }
    }
    return right({
      group: (group) => labels.get(group) ?? group,
      department: (department) => labels.get(department) ?? department,
    })
  }

/** What a statement of a doctor's points would say, as known at that moment. */
export const statedIn =
  (rows: Rows, rulesInForce: RulesKnown['rulesInForce']): KnownByNow['stated'] =>
  ({ doctor, track, effectiveThrough }, asKnownAt) =>
  async () => {
    const question = { effectiveThrough, asKnownAt }
    const evidence = await evidenceOn(rows, doctor, question)
    if (isLeft(evidence)) return evidence
    const rules = await rulesInForce(question)()
    if (isLeft(rules)) return rules
    const now = points(doctor, evidence.right, rules.right, question, track)
    return right(statedOf(now, judgingRules(now, evidence.right, rules.right)))
  }

/** Whose records are whose, as known. */
export const personsIn =
  (rows: Rows, question: Pick<Question, 'asKnownAt'>): TaskEither<StoreFailure, Persons> =>
  async () => {
    const merges = await rows.all(doctorMerges)()
    return isLeft(merges) ? merges : right(personsKnown(merges.right, question))
  }

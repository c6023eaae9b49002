// known-doctor.ts: what the register knew at a moment of a doctor's periods and activities, of what was effective by a date

import type { DataOf, DoctorEvent, PeriodOutcome } from '../doctor/doctor-events.ts'
import { factsKnown, type Question } from '../projections/as-known.ts'
import type { History } from '../projections/history.ts'
import type { Persons } from '../projections/persons.ts'
import type { LegalDate } from '../values/legal-date.ts'
import { compareText } from '../values/text.ts'
import { type FactReference, mergesBehind, referenceTo } from './known.ts'

/** That a period was made longer. */
export interface KnownExtension extends DataOf<'PeriodExtended'> {
  readonly facts: ReadonlyArray<FactReference>
}

/** A decision on a period that stands. */
export interface KnownDecision {
  readonly period: LegalDate
  readonly on: LegalDate
  readonly outcome: PeriodOutcome
  /** The decision, and the complaints that left it standing. */
  readonly facts: ReadonlyArray<FactReference>
}

/** What a doctor's periods are computed from. */
export interface KnownDoctor {
  /** From where the doctor's periods are counted; null: there are none. */
  readonly anchor: LegalDate | null
  /** By the day of the period that each names. */
  readonly extensions: ReadonlyArray<KnownExtension>
  /** In the order in which they were made. */
  readonly decisions: ReadonlyArray<KnownDecision>
  /** The facts that set the anchor. */
  readonly facts: ReadonlyArray<FactReference>
}

/** Days of specialist training, `from ≤ date < to`; null: it goes on. What is attended then is used there. */
export interface TrainingStay {
  readonly from: LegalDate
  readonly to: LegalDate | null
  readonly facts: ReadonlyArray<FactReference>
}

/** A doctor's specialist training, under whichever record, by its first day. */
export const trainingKnown = (
  histories: ReadonlyArray<History<DoctorEvent>>,
  question: Question,
): ReadonlyArray<TrainingStay> => {
  const bounds = histories
    .flatMap((history) => factsKnown(history, question))
    .flatMap((fact) => {
      const { event } = fact
      if (!isAboutTraining(event) || event.data.on > question.effectiveThrough) return []
      return [{ on: event.data.on, starts: event.type === 'SpecialistTrainingStarted', facts: referenceTo(fact) }]
    })
    // What ends on the day on which another begins ends first.
    .sort((one, other) => compareText(one.on, other.on) || Number(one.starts) - Number(other.starts))
  const stays: TrainingStay[] = []
  for (const { on, starts, facts } of bounds) {
    const last = stays.at(-1)
    const isOpen = last !== undefined && last.to === null
    if (starts && !isOpen) stays.push({ from: on, to: null, facts })
    else if (!starts && isOpen) stays[stays.length - 1] = { ...last, to: on, facts: [...last.facts, ...facts] }
  }
  return stays
}

type AboutTraining = Extract<
  DoctorEvent,
  { readonly type: 'SpecialistTrainingStarted' | 'SpecialtyGranted' | 'SpecialistTrainingLeft' }
>

const isAboutTraining = (event: DoctorEvent): event is AboutTraining =>
  event.type === 'SpecialistTrainingStarted' ||
  event.type === 'SpecialtyGranted' ||
  event.type === 'SpecialistTrainingLeft'

/** A course, a visit or other work, and the facts that say so. */
export interface KnownActivity extends DataOf<'ActivityRecorded'> {
  readonly facts: ReadonlyArray<FactReference>
}

/** What a doctor did, under whichever record; a colleague is the record that stands for the colleague. */
export const activitiesKnown = (
  histories: ReadonlyArray<History<DoctorEvent>>,
  question: Question,
  persons: Persons,
): ReadonlyArray<KnownActivity> =>
  histories.flatMap((history) =>
    factsKnown(history, question).flatMap((fact): ReadonlyArray<KnownActivity> => {
      const { event } = fact
      if (event.type !== 'ActivityRecorded' || event.data.what.on > question.effectiveThrough) return []
      const { activity, what } = event.data
      if (what.kind !== 'practice-visit') return [{ activity, what, facts: referenceTo(fact) }]
      const colleague = persons.standingFor(what.colleague)
      const facts = [...referenceTo(fact), ...mergesBehind(what.colleague, persons)]
      return [{ activity, what: { ...what, colleague }, facts }]
    }),
  )

/** Of several records of one doctor it is the standing one's, the first; where that has no anchor, the earliest's that has. */
export const doctorKnown = (histories: ReadonlyArray<History<DoctorEvent>>, question: Question): KnownDoctor => {
  const [standing = withoutPeriods, ...others] = histories.map((history) => recordKnown(history, question))
  if (standing.anchor !== null) return standing
  const [earliest = withoutPeriods] = others
    .filter(({ anchor }) => anchor !== null)
    .sort((one, other) => compareText(one.anchor ?? '', other.anchor ?? ''))
  return earliest
}

const withoutPeriods: KnownDoctor = { anchor: null, extensions: [], decisions: [], facts: [] }

const recordKnown = (history: History<DoctorEvent>, question: Question): KnownDoctor => {
  const facts = factsKnown(history, question)
  let known = withoutPeriods
  const extensions: KnownExtension[] = []
  for (const fact of facts) {
    const { event } = fact
    if (event.type === 'PeriodOpened') known = { ...known, anchor: event.data.anchor, facts: referenceTo(fact) }
    else if (event.type === 'PeriodExtended' && event.data.on <= question.effectiveThrough)
      extensions.push({ ...event.data, facts: referenceTo(fact) })
  }
  extensions.sort((one, other) => compareText(one.period, other.period))
  return { ...known, extensions, decisions: decisionsIn(facts, question) }
}

/** The decisions that stand, by what became of the complaints about them. */
const decisionsIn = (
  facts: ReturnType<typeof factsKnown<DoctorEvent>>,
  { effectiveThrough }: Question,
): ReadonlyArray<KnownDecision> => {
  const decisions = new Map<LegalDate, KnownDecision>()
  const effective = facts.flatMap((fact) => {
    const { event } = fact
    return isAboutDecision(event) && event.data.on <= effectiveThrough ? [{ event, facts: referenceTo(fact) }] : []
  })
  // Of one day in the order in which they became known, which sorting keeps.
  for (const { event, facts } of effective.sort((one, other) => compareText(one.event.data.on, other.event.data.on))) {
    const { period } = event.data
    const before = decisions.get(period)
    if (event.type === 'PeriodDecided') decisions.set(period, { ...event.data, facts })
    else if (event.type === 'ComplaintUpheld') decisions.delete(period)
    else if (before !== undefined) decisions.set(period, { ...before, facts: [...before.facts, ...facts] })
  }
  return [...decisions.values()].sort((one, other) => compareText(one.on, other.on))
}

type AboutDecision = Extract<
  DoctorEvent,
  { readonly type: 'PeriodDecided' | 'ComplaintFiled' | 'ComplaintUpheld' | 'ComplaintRejected' }
>

const isAboutDecision = (event: DoctorEvent): event is AboutDecision =>
  event.type === 'PeriodDecided' ||
  event.type === 'ComplaintFiled' ||
  event.type === 'ComplaintUpheld' ||
  event.type === 'ComplaintRejected'

// known-doctor.ts: what the register knew at a moment of a doctor's periods and activities, of what was effective by a date

import type { DataOf, DoctorEvent, PeriodOutcome } from '../doctor/doctor-events.ts'
import { factsKnown, type Question } from '../projections/as-known.ts'
import type { History } from '../projections/history.ts'
import type { Persons } from '../projections/persons.ts'
import type { LegalDate } from '../values/legal-date.ts'
import { compareText } from '../values/text.ts'
import { type FactReference, mergesBehind, referenceTo } from './fact-reference.ts'

/** That a period was made longer. */
export interface KnownExtension extends DataOf<'PeriodExtended'> {
  readonly facts: ReadonlyArray<FactReference>
}

/** A decision on a period. */
export interface KnownDecision {
  readonly period: LegalDate
  readonly on: LegalDate
  readonly outcome: PeriodOutcome
  /** The decision, and the complaints about it. */
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
  /** The decisions that a complaint was upheld against: they decide nothing, and are not forgotten. */
  readonly fallen: ReadonlyArray<KnownDecision>
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

/**
 * What a doctor did, under whichever record; a colleague is the record that stands for the colleague. What several records hold under one
 * id was done once, as the first of them has it.
 */
export const activitiesKnown = (
  histories: ReadonlyArray<History<DoctorEvent>>,
  question: Question,
  persons: Persons,
): ReadonlyArray<KnownActivity> => {
  const all = histories.flatMap((history) =>
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
  return saidOnce(all, ({ activity }) => activity)
}

/**
 * Of several records of one doctor the anchor is the standing one's, the first; where that has none, the earliest. What was granted and
 * decided is that of all of them, and what two records say alike was said once.
 */
export const doctorKnown = (histories: ReadonlyArray<History<DoctorEvent>>, question: Question): KnownDoctor => {
  const records = histories.map((history) => factsKnown(history, question))
  const [standing = withoutAnchor, ...others] = records.map(anchorIn)
  const [earliest = standing] = others
    .filter(({ anchor }) => anchor !== null)
    .sort((one, other) => compareText(one.anchor ?? '', other.anchor ?? ''))
  const extensions = records.flatMap((facts) => extensionsIn(facts, question))
  return {
    ...(standing.anchor === null ? earliest : standing),
    extensions: saidOnce(extensions, granting).sort((one, other) => compareText(one.period, other.period)),
    ...decisionsIn(records.flat(), question),
  }
}

type Facts = ReturnType<typeof factsKnown<DoctorEvent>>
type Anchored = Pick<KnownDoctor, 'anchor' | 'facts'>

const withoutAnchor: Anchored = { anchor: null, facts: [] }

const anchorIn = (facts: Facts): Anchored => {
  let known = withoutAnchor
  for (const fact of facts) {
    const { event } = fact
    if (event.type === 'PeriodOpened') known = { anchor: event.data.anchor, facts: referenceTo(fact) }
  }
  return known
}

const extensionsIn = (facts: Facts, { effectiveThrough }: Question): ReadonlyArray<KnownExtension> =>
  facts.flatMap((fact) => {
    const { event } = fact
    if (event.type !== 'PeriodExtended' || event.data.on > effectiveThrough) return []
    return [{ ...event.data, facts: referenceTo(fact) }]
  })

/** The decisions of all records, by what became of the complaints about them. */
const decisionsIn = (facts: Facts, { effectiveThrough }: Question): Pick<KnownDoctor, 'decisions' | 'fallen'> => {
  let decisions: ReadonlyArray<KnownDecision> = []
  const fallen: KnownDecision[] = []
  const effective = facts.flatMap((fact) => {
    const { event, knownSince } = fact
    if (!isAboutDecision(event) || event.data.on > effectiveThrough) return []
    return [{ event, knownSince, facts: referenceTo(fact) }]
  })
  // What one record says of one day and moment is in its order, which sorting keeps.
  effective.sort(
    (one, other) =>
      compareText(one.event.data.on, other.event.data.on) || compareText(one.knownSince, other.knownSince),
  )
  for (const { event, facts } of effective) {
    const isAbout = ({ period }: KnownDecision): boolean => period === event.data.period
    const told = (one: KnownDecision): KnownDecision => ({ ...one, facts: [...one.facts, ...facts] })
    if (event.type === 'PeriodDecided') decisions = saidOnce([...decisions, { ...event.data, facts }], deciding)
    else if (event.type === 'ComplaintUpheld') {
      fallen.push(...decisions.filter(isAbout).map(told))
      decisions = decisions.filter((one) => !isAbout(one))
    } else decisions = decisions.map((one) => (isAbout(one) ? told(one) : one))
  }
  return { decisions, fallen }
}

const deciding = ({ period, on, outcome }: KnownDecision): string => [period, on, outcome].join()

const granting = ({ period, on, by, ground }: KnownExtension): string =>
  [period, on, 'months' in by ? by.months : by.to, ground].join()

/** Each of these once, with the facts of all that are alike. */
const saidOnce = <Said extends { readonly facts: ReadonlyArray<FactReference> }>(
  all: ReadonlyArray<Said>,
  keyOf: (one: Said) => string,
): Said[] => {
  const found = new Map<string, Said>()
  for (const one of all) {
    const before = found.get(keyOf(one))
    found.set(keyOf(one), before === undefined ? one : { ...before, facts: [...before.facts, ...one.facts] })
  }
  return [...found.values()]
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

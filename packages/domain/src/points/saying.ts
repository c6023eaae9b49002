// saying.ts: the parts of an explanation, each with a text: totals, facts, and what became of an attendance

import { theBeginning } from '../kernel/instant.ts'
import type { AppliedRule, RulePack } from '../rules/rule-pack.ts'
import type { DoctorId, GroupId } from '../values/identity.ts'
import { plusDays } from '../values/legal-date.ts'
import type { FactName, FactReference } from './fact-reference.ts'
import type { TrainingStay } from './known-doctor.ts'
import { type InWords, type Language, phrasesOf } from './language.ts'
import { clockIn, momentIn } from './moment.ts'
import type { NearestChange } from './nearest.ts'
import { sumOf } from './once-only.ts'
import type { Called, Phrases } from './phrases.ts'
import { type DoctorPoints, isPending } from './points.ts'
import { type ExplainedRule, type ExplainedSetAside, explainedRule, explainedSetAside } from './rule-words.ts'
import type { Step } from './steps.ts'
import type {
  AttendanceLine,
  AttendanceName,
  Capped,
  CarriedBy,
  Cut,
  Reason,
  Shortfall,
  ShortfallOf,
  Window,
  WithdrawnLine,
} from './verdict.ts'

/** How people and groups are called in an explanation; points know only ids. */
export interface Names {
  /** What a doctor is called. */
  readonly doctor: (id: DoctorId) => string
  /** What a group is called. */
  readonly group: (id: GroupId) => string
}

/** An attendance, what became of it and why, in data and in words. */
export interface ExplainedLine
  extends Omit<
    AttendanceLine,
    'cuts' | 'capped' | 'shortfall' | 'rules' | 'countedBy' | 'carriedBy' | 'adapted' | 'setAside' | 'facts'
  > {
  readonly text: string
  readonly cuts: ReadonlyArray<InWords<Cut>>
  readonly capped: InWords<Capped> | null
  readonly shortfall: InWords<Shortfall> | null
  /** What can still be done about it; null where it counts, and where that was not worked out. */
  readonly nearest: ExplainedChange | null
  readonly rules: ReadonlyArray<ExplainedRule>
  readonly countedBy: ReadonlyArray<ExplainedRule>
  readonly carriedBy: ExplainedCarriedBy | null
  readonly adapted: ReadonlyArray<ExplainedRule>
  readonly setAside: ReadonlyArray<ExplainedSetAside>
  readonly facts: ReadonlyArray<InWords<FactReference>>
}

/** What carried an attendance over the thresholds, in data and, where minutes of another group did, in words. */
export interface ExplainedCarriedBy extends CarriedBy {
  readonly text?: string
}

/** What would make an attendance count, in data and in words; without a step nothing does. */
export type ExplainedChange = InWords<Pick<NearestChange, 'steps' | 'tried'>>

/** An attendance that was taken off the list, in data and in words. */
export interface ExplainedWithdrawal extends Omit<WithdrawnLine, 'rules' | 'facts'> {
  readonly text: string
  readonly rules: ReadonlyArray<ExplainedRule>
  readonly facts: ReadonlyArray<InWords<FactReference>>
}

/** Days of a period that belong to specialist training, in data and in words. */
export interface ExplainedTraining extends Omit<TrainingStay, 'facts'> {
  readonly text: string
  readonly facts: ReadonlyArray<InWords<FactReference>>
}

/** How rules, facts and lines are said in that language. */
export const sayingOf = (language: Language, rules: RulePack, names: Names) => {
  const phrases = phrasesOf[language]
  const totals = (points: DoctorPoints): ReadonlyArray<string> => {
    const { effectiveThrough, asKnownAt } = points.question
    const { date } = phrases
    const title = phrases.title({
      doctor: names.doctor(points.doctor),
      date: date(effectiveThrough),
      asKnown: phrases.asKnown(momentIn(rules.zone, asKnownAt)),
    })
    const inTraining = points.track === 'specialist-training'
    if (points.period === null) return [title, inTraining ? phrases.noTraining : phrases.noPeriod]
    const { from, to } = points.period
    const period = inTraining
      ? [phrases.trainingPeriod(date(from), points.goesOn ? null : date(to))]
      : [
          phrases.period(date(from), date(to)),
          ...(points.goesOn ? [phrases.goesOn] : []),
          ...points.training.map((stay) => training(stay).text),
        ]
    const shown = phrases.points
    return [
      title,
      ...period,
      ...(points.decision === null ? [] : [phrases.decided(date(points.decision.on), points.decision.outcome)]),
      phrases.counted(points.countedMinutes, shown(points.points)),
      phrases.mandatory(
        shown(points.mandatory),
        rules.mandatory.value,
        points.mandatoryMet ? null : shown(points.missing),
        inTraining || points.goesOn ? null : date(plusDays(to, -1)),
      ),
      phrases.elective(shown(points.elective), rules.electiveMax.value, shown(points.overflow)),
      phrases.heldBack(points.pendingMinutes),
      phrases.indication,
    ]
  }

  const training = (stay: TrainingStay): ExplainedTraining => ({
    ...stay,
    text: phrases.usedInTraining(phrases.date(stay.from), stay.to === null ? null : phrases.date(stay.to)),
    facts: stay.facts.map(fact),
  })

  const rule = (applied: AppliedRule): ExplainedRule => explainedRule(applied, language)

  const fact = (one: FactReference): InWords<FactReference> => ({
    ...one,
    text: phrases.recorded({
      name: called(one.type),
      type: one.type,
      id: one.id,
      knownSince: one.knownSince === theBeginning ? null : momentIn(rules.zone, one.knownSince),
      recordedAt: clockIn(rules.zone, one.recordedAt),
    }),
  })
  const called = (type: FactReference['type']): string => {
    if (isName(type)) return phrases.fact[type]
    const name = type.slice(0, -'Corrected'.length)
    return phrases.corrected(isName(name) ? phrases.fact[name] : name)
  }
  const isName = (type: string): type is FactName => Object.hasOwn(phrases.fact, type)

  const line = (one: AttendanceLine, change?: NearestChange): ExplainedLine => {
    const { date, label, group, present, counted, cuts, capped, shortfall } = one
    const verdict =
      counted > 0 || shortfall === null ? phrases.counts(counted) : phrases.countsNothing(shortfall.reason)
    const headline = { date: phrases.date(date), session: label, group: names.group(group) }
    const why =
      shortfall === null
        ? null
        : { ...shortfall, text: `${missing(phrases, shortfall.reason, shortfall, naming)}${stillOpen(one)}` }
    return {
      ...one,
      text: phrases.attendance({ ...headline, present, verdict }),
      cuts: cuts.map((cut) => ({ ...cut, text: cutText(cut) })),
      capped: capped === null ? null : { ...capped, text: cappedText(capped) },
      shortfall: why,
      nearest: change === undefined ? null : nearest(change),
      rules: one.rules.map(rule),
      countedBy: one.countedBy.map(rule),
      carriedBy: one.carriedBy === null ? null : carried(one.group, one.carriedBy),
      adapted: one.adapted.map(rule),
      setAside: one.setAside.map((aside) => explainedSetAside(aside, language)),
      facts: one.facts.map(fact),
    }
  }

  const nearest = ({ steps, tried }: NearestChange): ExplainedChange => ({
    steps,
    tried,
    text: phrases.nearest(steps.map(toDo), tried),
  })

  const toDo = (step: Step): string => {
    switch (step.step) {
      case 'meet':
        return phrases.toMeet({
          ...step,
          group: names.group(step.group),
          by: phrases.date(step.by),
          planned: step.planned.map(({ label }) => label),
        })
      case 'sign':
        return phrases.toSign(names.group(step.group), phrases.date(step.by))
      case 'clear':
        return phrases.toClear(step.label)
    }
  }

  const withdrawal = (one: WithdrawnLine): ExplainedWithdrawal => ({
    ...one,
    text: phrases.takenOff({
      date: phrases.date(one.date),
      session: one.label,
      group: names.group(one.group),
      reason: one.reason,
    }),
    rules: one.rules.map(rule),
    facts: one.facts.map(fact),
  })

  const cutText = ({ minutes, because }: Cut): string =>
    because.reason === 'OVERLAPPING'
      ? phrases.overlappingCut(minutes, attendances(because.counted))
      : phrases.dayCapCut(minutes, because, attendances(because.counted))

  const cappedText = ({ points, because: { cap, year, counted } }: Capped): string =>
    phrases.yearlyCapCut(phrases.points(points), cap, year, attendances(counted))

  const carried = (own: GroupId, carriedBy: CarriedBy): ExplainedCarriedBy => {
    const { window, needed, attended } = carriedBy
    const added = attended.filter(({ group }) => group !== own)
    if (added.length === 0) return carriedBy
    const of = added.map(({ label, group, minutes }) => ({
      minutes,
      session: phrases.attendanceName(label, names.group(group)),
    }))
    const together = sumOf(attended)
    const found = together - sumOf(added)
    return {
      ...carriedBy,
      text: phrases.transferred({ window: windowText(window), needed: needed.minutes, found, together, of }),
    }
  }

  /** While a window is not over, its last day. */
  const stillOpen = (one: AttendanceLine): string =>
    isPending(one) && one.shortfall !== null && 'window' in one.shortfall
      ? ` ${phrases.pending(phrases.date(one.shortfall.finalOn))}`
      : ''

  const attendances = (named: ReadonlyArray<AttendanceName>): ReadonlyArray<string> =>
    named.map(({ label, group }) => phrases.attendanceName(label, names.group(group)))

  const windowText = ({ from, to }: Window): string =>
    from.endsWith('-01-01')
      ? phrases.window({ year: Number(from.slice(0, 4)) })
      : phrases.window({ from: phrases.date(from), through: phrases.date(plusDays(to, -1)) })

  const naming: Called = {
    doctors: (doctors) => doctors.map(names.doctor),
    sessions: (sessions) => sessions.map(({ label }) => label),
    attendances,
    attended: (named) =>
      new Set(named.map(({ group }) => group)).size > 1 ? attendances(named) : named.map(({ label }) => label),
    window: windowText,
  }

  return { totals, line, withdrawal, training, rule, fact }
}

// Generic, so that the compiler sees that a reason finds its own phrase.
const missing = <R extends Reason>(phrases: Phrases, reason: R, shortfall: ShortfallOf<R>, called: Called): string =>
  phrases.shortfall[reason](shortfall, called)

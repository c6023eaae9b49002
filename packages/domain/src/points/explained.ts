// explained.ts: a doctor's points with every part of them put into words

import { inForce, nationally, type RulesInForce } from '../rules/in-force.ts'
import { type AppliedRule, type RulePack, rulesNamed } from '../rules/rule-pack.ts'
import type { SetAside } from '../rules/set-aside.ts'
import { subject } from '../rules/subject.ts'
import type { JudgingRules } from '../statement/statement.ts'
import type { DoctorId } from '../values/identity.ts'
import type { LegalDate } from '../values/legal-date.ts'
import type { FactReference } from './fact-reference.ts'
import { type InWords, type Language, phrasesOf } from './language.ts'
import type { NearestChange } from './nearest.ts'
import { type DoctorPoints, demandedOn, type MergedRecords } from './points.ts'
import { type ExplainedRule, type ExplainedSetAside, explainedSetAside } from './rule-words.ts'
import { type ExplainedLine, type ExplainedTraining, type ExplainedWithdrawal, type Names, sayingOf } from './saying.ts'
import { judgingRulesText } from './statement-words.ts'
import type { AttendanceName } from './verdict.ts'

/**
 * The whole tree of a doctor's points, each part with a text in one language. Texts are for people and may be worded better in any
 * release; everything else is the same in every language.
 */
export interface ExplainedPoints
  extends Omit<DoctorPoints, 'lines' | 'withdrawn' | 'thresholdFacts' | 'training' | 'facts' | 'merged'> {
  readonly language: Language
  /** What was asked and what it comes to, sentence by sentence. */
  readonly text: ReadonlyArray<string>
  readonly lines: ReadonlyArray<ExplainedLine>
  readonly withdrawn: ReadonlyArray<ExplainedWithdrawal>
  readonly thresholdFacts: ReadonlyArray<InWords<FactReference>>
  readonly training: ReadonlyArray<ExplainedTraining>
  /** The packs that judged, from the national one down, each with its event and digest; none where they were left out. */
  readonly judgedBy: ReadonlyArray<InWords<JudgingRules>>
  /** The rules that the total follows, whatever the lines; none without a period. */
  readonly rules: ReadonlyArray<ExplainedRule>
  /** What the doctor's dispensations say to no effect of the rules that are about the doctor, whatever the lines; none without a period. */
  readonly setAside: ReadonlyArray<ExplainedSetAside>
  readonly facts: ReadonlyArray<InWords<FactReference>>
  readonly merged: ExplainedMerge | null
}

/** That several records are one doctor's, in data and in words. */
export interface ExplainedMerge extends Omit<MergedRecords, 'facts'> {
  readonly text: string
  readonly facts: ReadonlyArray<InWords<FactReference>>
}

/**
 * A doctor's points with their explanation in that language; the rules must be those that the points were computed by. `nearest` says what would
 * make count what does not (`nearestChanges` of the same evidence and question); where it is left out, nothing is said of that. `judging`
 * (`judgingRules` of the same) names the packs that judged.
 */
export const explained = (
  points: DoctorPoints,
  rules: RulePack | RulesInForce,
  names: Names,
  language: Language = 'en',
  nearest: ReadonlyArray<NearestChange> = [],
  judging: ReadonlyArray<JudgingRules> = [],
): ExplainedPoints => {
  const { lines, withdrawn, thresholdFacts, training, facts, merged, ...totals } = points
  const byRules = inForce(rules)
  const records = merged?.records ?? [points.doctor]
  const ofDoctorOn = (date: LegalDate): RulePack => byRules.at({ ...nationally(date), doctor: records })
  const ofDoctor = ofDoctorOn(demandedOn(points))
  const say = sayingOf(language, ofDoctor, names)
  return {
    language,
    text: say.totals(points),
    ...totals,
    lines: lines.map((line) => say.line(line, changeOf(line, nearest))),
    withdrawn: withdrawn.map(say.withdrawal),
    thresholdFacts: thresholdFacts.map(say.fact),
    training: training.map(say.training),
    judgedBy: judging.map((one) => ({ ...one, text: judgingRulesText(one, language) })),
    rules:
      points.period === null ? [] : ofTheTotal(points, byRules, ofDoctor, ofDoctorOn(points.period.from)).map(say.rule),
    setAside: ofTheDoctor(points, byRules, records).map((one) => explainedSetAside(one, language)),
    facts: facts.map(say.fact),
    merged:
      merged === null
        ? null
        : {
            ...merged,
            text: phrasesOf[language].oneDoctor(merged.records.map(names.doctor)),
            facts: merged.facts.map(say.fact),
          },
  }
}

const changeOf = (
  { session, group }: AttendanceName,
  nearest: ReadonlyArray<NearestChange>,
): NearestChange | undefined => nearest.find((one) => one.session === session && one.group === group)

/** Those of the doctor's period, and between them how minutes became points, by each pack that was in force at a session. */
const ofTheTotal = (
  { lines }: DoctorPoints,
  byRules: RulesInForce,
  ofDoctor: RulePack,
  ofPeriod: RulePack,
): ReadonlyArray<AppliedRule> => {
  const packs = new Set(lines.map(({ date }) => byRules.at(nationally(date))))
  const counted = [...(packs.size === 0 ? [ofDoctor] : packs)]
  const rated = counted.flatMap((pack) => rulesNamed(pack, ['minutesPerPoint']))
  const rounded = counted.flatMap((pack) => (pack.rounding.value === 'none' ? [] : rulesNamed(pack, ['rounding'])))
  const capped = counted.flatMap((pack) => (pack.yearlyCap.value === 'none' ? [] : rulesNamed(pack, ['yearlyCap'])))
  return [
    ...rulesNamed(
      ofPeriod,
      ofPeriod.nextPeriod.value === 'from-old-end' ? ['periodYears'] : ['periodYears', 'nextPeriod'],
    ),
    ...rated,
    ...rounded,
    ...capped,
    ...rulesNamed(ofDoctor, ['mandatory', 'electiveMax']),
  ]
}

/** What is set aside of the rules about the doctor: of those that bound the period on its first day, of the others when points are demanded. */
const ofTheDoctor = (
  points: DoctorPoints,
  byRules: RulesInForce,
  doctor: ReadonlyArray<DoctorId>,
): ReadonlyArray<SetAside> => {
  const { period } = points
  if (period === null) return []
  const on = (date: LegalDate): ReadonlyArray<SetAside> =>
    byRules
      .layersAt({ ...nationally(date), doctor })
      .flatMap(({ setAside }) => setAside.filter(({ said }) => subject[said.name] === 'doctor'))
  const isOfBounds = ({ said: { name } }: SetAside): boolean => name === 'periodYears' || name === 'nextPeriod'
  return [...on(period.from).filter(isOfBounds), ...on(demandedOn(points)).filter((one) => !isOfBounds(one))]
}

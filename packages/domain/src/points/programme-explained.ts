// programme-explained.ts: a doctor's programme with every part of it put into words

import type { Activity } from '../doctor/doctor-events.ts'
import { inForce, nationally, type RulesInForce } from '../rules/in-force.ts'
import type { RuleName, RulePack } from '../rules/rule-pack.ts'
import { compare, minus, noPoints, type Points, plus } from '../values/points.ts'
import type { ActivityCut } from './activity-caps.ts'
import type { Demand, DemandWithLines, TowardDemand } from './demands.ts'
import { type ExplainedPoints, explained } from './explained.ts'
import { linesOf, type TextLine } from './explanation.ts'
import type { FactReference } from './fact-reference.ts'
import { type InWords, type Language, phrasesOf } from './language.ts'
import { momentIn } from './moment.ts'
import type { ActivityLine, DoctorProgramme } from './programme.ts'
import { programmeWordsOf } from './programme-words.ts'
import type { ExplainedRule } from './rule-words.ts'
import { type Names, sayingOf } from './saying.ts'

/** What is demanded and what was found, in data and in words. */
export interface ExplainedDemand extends Omit<DemandWithLines, 'rules' | 'lines'> {
  readonly text: string
  /** What is demanded, as a heading. */
  readonly title: string
  /** The numbers of the text as people read them. `missing` is null where nothing is. */
  readonly shown: { readonly needed: string; readonly found: string; readonly missing: string | null }
  readonly rules: ReadonlyArray<ExplainedRule>
  /** What counts towards it, each by its name, with the events that it rests on. */
  readonly lines: ReadonlyArray<InWords<TowardDemand>>
}

/** An activity, what of it counts for what, and what cut the rest. */
export interface ExplainedActivity extends Omit<ActivityLine, 'cuts' | 'rules' | 'facts'> {
  readonly text: string
  /** What of it goes where, in one sentence. */
  readonly shared: string
  readonly cuts: ReadonlyArray<InWords<ActivityCut>>
  readonly rules: ReadonlyArray<ExplainedRule>
  readonly facts: ReadonlyArray<InWords<FactReference>>
}

/** The whole tree of a doctor's programme, each part with a text in one language. */
export interface ExplainedProgramme extends Omit<DoctorProgramme, 'demands' | 'lines' | 'smallGroup'> {
  readonly language: Language
  /** What was asked and what it comes to, sentence by sentence. */
  readonly text: ReadonlyArray<string>
  readonly demands: ReadonlyArray<ExplainedDemand>
  readonly lines: ReadonlyArray<ExplainedActivity>
  readonly smallGroup: ExplainedPoints
}

/** A doctor's programme with its explanation in that language; the rules must be those that it was computed by. */
export const explainedProgramme = (
  programme: DoctorProgramme,
  by: RulePack | RulesInForce,
  names: Names,
  language: Language = 'en',
): ExplainedProgramme => {
  const { demands, lines, smallGroup, ...totals } = programme
  const doctor = smallGroup.merged?.records ?? [programme.doctor]
  const rules = inForce(by).at({ ...nationally(programme.question.effectiveThrough), doctor })
  const words = programmeWordsOf[language]
  const phrases = phrasesOf[language]
  const say = sayingOf(language, rules, names)
  const shown = phrases.points
  /** Null where nothing is missing. */
  const missing = (needed: Points, found: Points): Points | null =>
    compare(found, needed) >= 0 ? null : minus(needed, found)

  const demand = (one: DemandWithLines): ExplainedDemand => {
    const number = (points: Points): string => (isCount(one) ? String(points.numerator) : shown(points))
    const less = missing(one.needed, one.found)
    const title = words.demand[one.name]
    const needed = number(one.needed)
    const found = number(one.found)
    const lacking = less === null ? null : number(less)
    const text = words.found(title, found, needed, lacking)
    const early = one.inForce || one.since === null ? '' : words.notInForce(phrases.date(one.since))
    return {
      ...one,
      text: `${text}${early}`,
      title,
      shown: { needed, found, missing: lacking },
      rules: one.rules.map(say.rule),
      lines: one.lines.map((line) => ({ ...line, text: toward(line) })),
    }
  }

  const activities = new Map(lines.map(({ activity, what }) => [activity, what]))
  const toward = (one: TowardDemand): string => {
    if (one.what === 'attendance') return phrases.attendanceName(one.label, names.group(one.group))
    const what = activities.get(one.activity)
    return what === undefined ? one.activity : `${phrases.date(what.on)} ${named(what)}`
  }

  const named = (what: Activity): string => {
    const kind = words.kind[what.kind]
    switch (what.kind) {
      case 'course': {
        const which = { clinical: [words.clinical], 'acute-medicine': [words.acuteMedicine], other: [] }[what.course]
        return [kind, what.subject, ...which, ...(what.form === 'online' ? [words.online] : [])].join(', ')
      }
      case 'practice-visit':
        return `${kind} ${words.with(names.doctor(what.colleague))}`
      case 'clinic-day':
        return what.country === 'abroad' ? `${kind}, ${words.abroad}` : kind
      default:
        return kind
    }
  }

  const line = (one: ActivityLine): ExplainedActivity => {
    const { what, recorded, demanded, elective, overflow, cuts } = one
    return {
      ...one,
      text: words.activity(phrases.date(what.on), named(what), shown(recorded), shown(plus(demanded, elective))),
      shared: words.counts(shown(demanded), shown(elective), shown(overflow)),
      cuts: cuts.map((cut) => ({ ...cut, text: words.cut(shown(cut.points), says(cut.rule), cut.rule) })),
      rules: one.rules.map(say.rule),
      facts: one.facts.map(say.fact),
    }
  }
  const says = <N extends RuleName>(name: N): string => phrases.rule[name](rules[name].value)

  const { effectiveThrough, asKnownAt } = programme.question
  const title = words.title({
    doctor: names.doctor(programme.doctor),
    date: phrases.date(effectiveThrough),
    asKnown: phrases.asKnown(momentIn(rules.zone, asKnownAt)),
  })
  const less = compare(programme.missing, noPoints) === 0 ? null : shown(programme.missing)
  const { smallGroup: ofGroups, other, overflow } = programme.elective
  const text =
    programme.period === null
      ? [title, phrases.noPeriod]
      : [
          title,
          phrases.period(phrases.date(programme.period.from), phrases.date(programme.period.to)),
          ...smallGroup.training.map((stay) => say.training(stay).text),
          ...(demands.length === 0
            ? [words.noProgramme]
            : [
                words.total(shown(programme.points), shown(programme.needed), less),
                words.elective(shown(ofGroups), shown(other), shown(overflow)),
              ]),
          phrases.indication,
        ]
  return {
    language,
    text,
    ...totals,
    demands: demands.map(demand),
    lines: lines.map(line),
    smallGroup: explained(smallGroup, by, names, language),
  }
}

const isCount = ({ name }: Demand): boolean =>
  name === 'courseSubjects' || name === 'clinicalCourses' || name === 'acuteMedicineCourses'

/** A programme with its reasons as text: the demands, then a paragraph an activity, then the small groups. */
export const programmeExplanation = (
  programme: DoctorProgramme,
  rules: RulePack | RulesInForce,
  names: Names,
  language: Language = 'en',
): ReadonlyArray<string> =>
  programmeLinesOf(explainedProgramme(programme, rules, names, language)).map(
    ({ indent, text }) => ' '.repeat(indent) + text,
  )

/** The lines of a programme's explanation, for those who break or colour them. */
export const programmeLinesOf = ({
  language,
  text,
  period,
  demands,
  lines,
  smallGroup,
}: ExplainedProgramme): ReadonlyArray<TextLine> => {
  const line = (kind: TextLine['kind'], indent: number, one: string): TextLine => ({ kind, indent, text: one })
  const blank = line('blank', 0, '')
  const title = text.map((sentence, index) => line(index === 0 ? 'title' : 'total', 0, sentence))
  if (period === null) return title
  return [
    ...title,
    ...demands.flatMap((one) => [
      blank,
      line(one.met ? 'counts' : 'nothing', 0, one.text),
      ...(one.lines.length === 0
        ? []
        : [line('why', 2, programmeWordsOf[language].toward(one.lines.map((part) => part.text)))]),
      ...one.rules.map((rule) => line('rule', 2, rule.text)),
    ]),
    ...lines.flatMap((one) => [
      blank,
      line(compare(plus(one.demanded, one.elective), noPoints) > 0 ? 'counts' : 'nothing', 0, one.text),
      line('why', 2, one.shared),
      ...one.cuts.map((cut) => line('why', 2, cut.text)),
      ...one.rules.map((rule) => line('rule', 2, rule.text)),
      line('heading', 2, phrasesOf[language].facts),
      ...one.facts.map((fact) => line('fact', 4, fact.text)),
    ]),
    blank,
    ...linesOf(smallGroup),
  ]
}

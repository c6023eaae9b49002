// explanation.ts: explained points as lines of text

import type { RulesInForce } from '../rules/in-force.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import type { JudgingRules } from '../statement/statement.ts'
import { type ExplainedPoints, explained } from './explained.ts'
import type { FactReference } from './fact-reference.ts'
import { type InWords, type Language, phrasesOf } from './language.ts'
import type { NearestChange } from './nearest.ts'
import { type DoctorPoints, isPending } from './points.ts'
import type { ExplainedRule, ExplainedSetAside } from './rule-words.ts'
import type { Names } from './saying.ts'

/** A line of an explanation: what kind of thing it says, and how far in it stands. */
export interface TextLine {
  readonly kind: 'title' | 'total' | 'counts' | 'pending' | 'nothing' | 'why' | 'rule' | 'fact' | 'heading' | 'blank'
  readonly indent: number
  readonly text: string
}

/** A total with its reasons as text, a paragraph an attendance. Lines are not broken; facts are named by type, id and both times. */
export const explanation = (
  points: DoctorPoints,
  rules: RulePack | RulesInForce,
  names: Names,
  language: Language = 'en',
  nearest: ReadonlyArray<NearestChange> = [],
  judging: ReadonlyArray<JudgingRules> = [],
): ReadonlyArray<string> =>
  linesOf(explained(points, rules, names, language, nearest, judging)).map(
    ({ indent, text }) => ' '.repeat(indent) + text,
  )

/** The lines of an explanation, for those who break or colour them. */
export const linesOf = ({
  language,
  text,
  period,
  judgedBy,
  lines,
  withdrawn,
  rules,
  setAside,
  facts,
  training,
  merged,
}: ExplainedPoints): ReadonlyArray<TextLine> => {
  const { facts: factsOf, judgedBy: judged, totalFollows, periodRestsOn } = phrasesOf[language]
  const under = (kind: TextLine['kind'], heading: string, parts: ReadonlyArray<InWords<unknown>>) =>
    parts.length === 0 ? [] : [blank, line('heading', 0, heading), ...parts.map((one) => line(kind, 2, one.text))]
  const restingOn = (
    ruled: ReadonlyArray<ExplainedRule | ExplainedSetAside>,
    on: ReadonlyArray<InWords<FactReference>>,
  ) => [
    ...ruled.map((rule) => line('rule', 2, rule.text)),
    line('heading', 2, factsOf),
    ...on.map((fact) => line('fact', 4, fact.text)),
  ]
  return [
    ...text.map((sentence, index) => line(index === 0 ? 'title' : 'total', 0, sentence)),
    ...lines.flatMap((one) => [
      blank,
      line(one.shortfall === null ? 'counts' : isPending(one) ? 'pending' : 'nothing', 0, one.text),
      ...one.cuts.map((cut) => line('why', 2, cut.text)),
      ...(one.capped === null || one.shortfall !== null ? [] : [line('why', 2, one.capped.text)]),
      ...(one.shortfall === null ? [] : [line('why', 2, one.shortfall.text)]),
      ...(one.carriedBy?.text === undefined ? [] : [line('why', 2, one.carriedBy.text)]),
      ...(one.nearest === null ? [] : [line('why', 2, one.nearest.text)]),
      ...restingOn([...one.rules, ...one.countedBy, ...one.adapted, ...one.setAside], one.facts),
    ]),
    ...withdrawn.flatMap((one) => [blank, line('nothing', 0, one.text), ...restingOn(one.rules, one.facts)]),
    ...under('rule', judged, judgedBy),
    ...under('rule', totalFollows, [...rules, ...setAside]),
    ...under('fact', periodRestsOn, period === null ? [] : facts),
    ...training.flatMap((stay) => under('fact', stay.text, stay.facts)),
    ...(merged === null ? [] : under('fact', merged.text, merged.facts)),
  ]
}

const line = (kind: TextLine['kind'], indent: number, text: string): TextLine => ({ kind, indent, text })

const blank = line('blank', 0, '')

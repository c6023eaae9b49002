// forecast-explained.ts: a forecast with every part of it put into words

import { inForce, nationally, type RulesInForce } from '../rules/in-force.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import { plusDays } from '../values/legal-date.ts'
import { type ExplainedPoints, explained } from './explained.ts'
import type { TextLine } from './explanation.ts'
import type { Forecast, PlannedSession, StillMissing } from './forecast.ts'
import { forecastWordsOf } from './forecast-words.ts'
import { type InWords, type Language, phrasesOf } from './language.ts'
import { momentIn } from './moment.ts'
import type { Names } from './saying.ts'

/** A forecast, each part with a text in one language; everything else is the same in every language. */
export interface ExplainedForecast extends Omit<Forecast, 'planned' | 'missing' | 'now' | 'expected'> {
  readonly language: Language
  /** What was asked and what it will come to, sentence by sentence. */
  readonly text: ReadonlyArray<string>
  readonly planned: ReadonlyArray<InWords<PlannedSession>>
  readonly missing: ReadonlyArray<InWords<StillMissing>>
  readonly now: ExplainedPoints
  readonly expected: ExplainedPoints
}

/** A forecast in words; the rules must be those that it was made by. */
export const explainedForecast = (
  forecast: Forecast,
  rules: RulePack | RulesInForce,
  names: Names,
  language: Language = 'en',
): ExplainedForecast => {
  const { planned, missing, now, expected, ...rest } = forecast
  const { date, points: shown, asKnown, indication } = phrasesOf[language]
  const words = forecastWordsOf[language]
  const { zone, mandatory } = inForce(rules).at(nationally(forecast.question.effectiveThrough))
  const through = expected.question.effectiveThrough
  const told = (one: StillMissing): string =>
    one.what === 'threshold'
      ? words.threshold({
          ...{ group: names.group(one.group), sessions: one.sessions, minutes: one.minutes },
          ...{ from: date(one.window.from), through: date(plusDays(one.window.to, -1)) },
        })
      : words.mandatory(shown(one.points), one.minutes)
  const reaching = ({ enough }: StillMissing) =>
    enough === null ? null : { ...enough, group: names.group(enough.group), lastSafeDay: date(enough.lastSafeDay) }
  return {
    ...rest,
    language,
    text: [
      words.title({
        doctor: names.doctor(forecast.doctor),
        date: date(forecast.question.effectiveThrough),
        asKnown: asKnown(momentIn(zone, forecast.question.asKnownAt)),
      }),
      words.now(shown(now.points), shown(now.mandatory), mandatory.value),
      words.expected(date(through), shown(expected.points), shown(expected.mandatory), mandatory.value),
      ...(missing.length === 0 ? [words.nothingMissing] : []),
      ...(forecast.lastSafeDay === null ? [] : [words.lastSafeDay(date(forecast.lastSafeDay))]),
      ...(missing.some(({ enough }) => enough === null) ? [words.outOfReach] : []),
      ...(missing.length === 0 ? [] : [words.tried]),
      indication,
    ],
    planned: planned.map((one) => ({
      ...one,
      text: words.planned({ ...one, date: date(one.date), group: names.group(one.group) }),
    })),
    missing: missing.map((one) => ({ ...one, text: `${told(one)} ${words.by(date(one.by), reaching(one))}` })),
    now: explained(now, rules, names, language),
    expected: explained(expected, rules, names, language),
  }
}

/** The lines of a forecast, for those who break or colour them. */
export const forecastLinesOf = ({ language, text, planned, missing }: ExplainedForecast): ReadonlyArray<TextLine> => {
  const line = (kind: TextLine['kind'], indent: number, one: string): TextLine => ({ kind, indent, text: one })
  const { plannedSessions, stillMissing } = forecastWordsOf[language]
  const under = (heading: string, parts: ReadonlyArray<TextLine>) =>
    parts.length === 0 ? [] : [line('blank', 0, ''), line('heading', 0, heading), ...parts]
  return [
    ...text.map((sentence, index) => line(index === 0 ? 'title' : 'total', 0, sentence)),
    ...under(
      plannedSessions,
      planned.map((one) => line(one.counted > 0 ? 'counts' : 'pending', 2, one.text)),
    ),
    ...under(
      stillMissing,
      missing.map((one) => line('pending', 2, one.text)),
    ),
  ]
}

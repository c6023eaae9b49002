/// <reference lib="dom" />
// page.ts: the page: who and what was asked, what it comes to, the years, the programme, the forecast, every reason, the rules

import {
  type ExplainedForecast,
  type ExplainedPoints,
  type ExplainedProgramme,
  headingsOf,
  yearOf,
  yearsOf,
} from '@smagruppe/domain'
import { chartOf, patterns } from './chart.ts'
import { emptyPage, type Make, type Part } from './making.ts'
import { activity, attendance, factsList, rulesList, setAsideList, withdrawal } from './reasons.ts'
import { marginsOf, style } from './style.ts'
import { demandsTable, figures, yearsTable } from './tables.ts'
import { pageWordsOf } from './words.ts'

/** What a page can tell beside the points, all of it of the same doctor and question and in the same language. */
export interface Beside {
  readonly programme?: ExplainedProgramme
  readonly forecast?: ExplainedForecast
}

/**
 * Explained points as a page of HTML, whole in one file: nothing is loaded, no script runs, and it prints on A4. It names those whom the
 * explanation names, and nobody else. The same explanation gives the same page, byte for byte.
 */
export const explanationPage = (points: ExplainedPoints, beside: Beside = {}): string => {
  const { document, make } = emptyPage()
  const { language } = points
  const [title = '', ...total] = points.text
  const words = pageWordsOf[language]
  const sections: ReadonlyArray<Section> = [
    { id: 'total', heading: words.total, parts: [figures(make, points), list(make, total)] },
    { id: 'years', heading: words.years, parts: yearsIn(document, make, points) },
    { id: 'programme', heading: words.programme, parts: programmeIn(make, points, beside.programme) },
    { id: 'forecast', heading: words.forecast, parts: forecastIn(make, points, beside.forecast) },
    { id: 'attendances', heading: words.attendances, parts: attendancesIn(make, points) },
    { id: 'rules', heading: words.rules, parts: rulesIn(make, points, beside) },
  ].filter(({ parts }) => parts.length > 0)

  document.documentElement.setAttribute('lang', language)
  document.head.append(
    '\n',
    make('meta', { charset: 'utf-8' }),
    make('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    make('meta', { 'http-equiv': 'Content-Security-Policy', content: "default-src 'none'; style-src 'unsafe-inline'" }),
    make('meta', { name: 'referrer', content: 'no-referrer' }),
    make('meta', { name: 'robots', content: 'noindex' }),
    make('title', {}, title),
    make('style', {}, style, marginsOf(title, words.paper)),
    '\n',
  )
  document.body.append(
    '\n',
    patterns(make),
    make('header', {}, make('h1', {}, title)),
    make('nav', { 'aria-label': words.onThisPage }, contents(make, sections)),
    make('main', {}, ...sections.map((section) => sectionOf(make, section))),
    '\n',
  )
  return `${document.toString()}\n`
}

interface Section {
  readonly id: string
  readonly heading: string
  readonly parts: ReadonlyArray<Part>
}

const sectionOf = (make: Make, { id, heading, parts }: Section): Element =>
  make('section', { id, 'aria-labelledby': `${id}-heading` }, make('h2', { id: `${id}-heading` }, heading), ...parts)

const contents = (make: Make, sections: ReadonlyArray<Section>): Element =>
  make('ul', {}, ...sections.map(({ id, heading }) => make('li', {}, make('a', { href: `#${id}` }, heading))))

const list = (make: Make, sentences: ReadonlyArray<string>): Part =>
  sentences.length === 0 ? null : make('ul', {}, ...sentences.map((sentence) => make('li', {}, sentence)))

const headed = (make: Make, heading: string, part: Part): ReadonlyArray<Part> =>
  part === null ? [] : [make('h3', {}, heading.replace(/:$/, '')), part]

const yearsIn = (document: Document, make: Make, points: ExplainedPoints): ReadonlyArray<Part> => {
  const years = yearsOf(points)
  const chart = chartOf(document, points, years)
  if (chart === null) return []
  const figure = make('figure', {}, chart, make('figcaption', {}, pageWordsOf[points.language].chartIsTable))
  return [figure, yearsTable(make, points, years)]
}

const programmeIn = (make: Make, points: ExplainedPoints, programme?: ExplainedProgramme): ReadonlyArray<Part> => {
  if (programme === undefined || programme.period === null || programme.demands.length === 0) return []
  const { language, lines } = programme
  return [
    list(make, unsaid(programme.text, points)),
    demandsTable(make, programme),
    list(
      make,
      programme.demands
        .filter(({ lines }) => lines.length > 0)
        .map((one) => `${one.title}: ${one.lines.map(({ text }) => text).join('; ')}`),
    ),
    ...(lines.length === 0 ? [] : [make('h3', {}, pageWordsOf[language].activities)]),
    ...lines.map((one) => activity(make, language, one)),
  ]
}

const forecastIn = (make: Make, points: ExplainedPoints, forecast?: ExplainedForecast): ReadonlyArray<Part> => {
  if (forecast === undefined) return []
  const { language, text, planned, missing } = forecast
  const { plannedSessions, stillMissing } = headingsOf[language]
  const told = (parts: ReadonlyArray<{ readonly text: string }>): Part =>
    list(
      make,
      parts.map((part) => part.text),
    )
  return [
    list(make, unsaid(text, points)),
    ...headed(make, plannedSessions, told(planned)),
    ...headed(make, stillMissing, told(missing)),
  ]
}

/** Without the title, and without what the page has said of the points. */
const unsaid = ([, ...sentences]: ReadonlyArray<string>, { text }: ExplainedPoints): ReadonlyArray<string> =>
  sentences.filter((sentence) => !text.includes(sentence))

const attendancesIn = (make: Make, { language, lines, withdrawn }: ExplainedPoints): ReadonlyArray<Part> => {
  const years = [...new Set([...lines, ...withdrawn].map(({ date }) => yearOf(date)))].sort((one, other) => one - other)
  return years.flatMap((year) => {
    const isOfYear = (one: { readonly date: (typeof lines)[number]['date'] }): boolean => yearOf(one.date) === year
    return [
      make('h3', {}, String(year)),
      ...lines.filter(isOfYear).map((one) => attendance(make, language, one)),
      ...withdrawn.filter(isOfYear).map((one) => withdrawal(make, language, one)),
    ]
  })
}

const rulesIn = (
  make: Make,
  { language, judgedBy, rules, setAside, facts, thresholdFacts, period, training, merged }: ExplainedPoints,
  { programme }: Beside,
): ReadonlyArray<Part> => {
  const words = pageWordsOf[language]
  const { totalFollows, periodRestsOn, thresholdsRestOn } = headingsOf[language]
  const judged = judgedBy.map(({ text }) => text)
  const demanded = programme?.demands.flatMap((demand) => demand.rules) ?? []
  const once = [...new Map(demanded.map((rule) => [rule.name, rule])).values()]
  return [
    ...headed(make, headingsOf[language].judgedBy, list(make, judged)),
    ...headed(make, totalFollows, rulesList(make, language, rules)),
    ...(setAside.length === 0 ? [] : [setAsideList(make, setAside)]),
    ...headed(make, words.demandsFollow, rulesList(make, language, once)),
    ...(period === null ? [] : headed(make, periodRestsOn, factsList(make, language, facts))),
    ...(thresholdFacts.length === 0 ? [] : headed(make, thresholdsRestOn, factsList(make, language, thresholdFacts))),
    ...training.flatMap((stay) => [make('p', {}, stay.text), factsList(make, language, stay.facts)]),
    ...(merged === null ? [] : [make('p', {}, merged.text), factsList(make, language, merged.facts)]),
  ]
}

/// <reference lib="dom" />
// chart.ts: the years of a period as a chart: bars one on top of the other, against what is needed

import { axisX, axisY, gridY, plot, rect, ruleX, ruleY, text } from '@observablehq/plot'
import {
  type ExplainedPoints,
  firstOfYear,
  type LegalDate,
  notationOf,
  type Points,
  plusYears,
  type RuleName,
  type YearOfPoints,
  yearOf,
} from '@smagruppe/domain'
import type { Make } from './making.ts'
import { pageWordsOf } from './words.ts'

/** What points are used for. Each has its own pattern, so that nobody needs colours to tell them apart. */
export const uses = ['mandatory', 'elective', 'overflow'] as const

type Use = (typeof uses)[number]

/** What fills the bars of that use; `patterns` must stand in the same document. */
export const fillOf = (use: Use): string => `url(#fill-${use})`

/** The years of a period, or nothing without one. A table must say the same, for those who do not see it. */
export const chartOf = (
  document: Document,
  { period, goesOn, question, rules, language }: ExplainedPoints,
  years: ReadonlyArray<YearOfPoints>,
): Element | null => {
  const last = years.at(-1)
  if (period === null || last === undefined) return null
  const words = pageWordsOf[language]
  const { date, points } = notationOf[language]
  const asOf = question.effectiveThrough
  const isOver = goesOn || period.to <= asOf
  const end = placeOf(isOver ? asOf : period.to)
  const first = yearOf(period.from)
  const beyond = Math.max(Math.ceil(end), last.year + 1)
  const shown = Array.from({ length: beyond - first }, (_, nth) => first + nth)
  const limits = limitsIn(rules)
  const top = 1.2 * Math.max(numberOf(last.sum), limits[0]?.at ?? 0, 1)
  const bars = years.flatMap(barsOf)
  const every = Math.ceil(shown.length / mostLabels)
  const small = { fontSize: 11, fill: '#333' } as const
  const halo = { stroke: 'white', strokeWidth: 4 } as const

  return plot({
    document,
    className: 'chart',
    ariaLabel: words.chart(date(period.from), date(period.to)),
    ...{ width: 760, height: 330, marginTop: 52, marginRight: 92, marginBottom: 30, marginLeft: 40 },
    style: { fontSize: '12px' },
    x: { type: 'linear', domain: [first, beyond] },
    y: { type: 'linear', domain: [0, top] },
    marks: [
      rect(
        [
          { from: first, to: placeOf(period.from) },
          { from: end, to: beyond },
        ].filter(({ from, to }) => from < to),
        {
          ...{ x1: 'from', x2: 'to', y1: 0, y2: top },
          fill: '#ebebeb',
        },
      ),
      gridY({ stroke: '#000', strokeOpacity: 0.15 }),
      axisY({ label: null, tickSize: 0, ticks: 5, tickFormat: (tick: number) => tickIn(tick, points) }),
      axisX(
        shown.filter((_, nth) => nth % every === 0).map((year) => year + 0.5),
        { label: null, tickSize: 0, fontSize: 13, tickFormat: (middle: number) => String(Math.floor(middle)) },
      ),
      ...uses.map((use) =>
        rect(
          bars.filter((bar) => bar.use === use),
          { ...{ x1: 'from', x2: 'to', y1: 'bottom', y2: 'top' }, fill: fillOf(use), stroke: '#1a1a1a' },
        ),
      ),
      ...years
        .slice(0, -1)
        .map(({ year, sum }) =>
          ruleY([numberOf(sum)], { x1: year + 1 - gap, x2: year + 1 + gap, stroke: '#1a1a1a', strokeDasharray: '2 2' }),
        ),
      ruleY([0], { stroke: '#1a1a1a' }),
      ...limits
        .filter(({ at }) => at <= top)
        .flatMap(({ rule, at }) => [
          ruleY([at], { stroke: '#9b1c1c', strokeWidth: 2, strokeDasharray: '7 4' }),
          text([at], {
            ...{ y: at, x: beyond, dx: 6, textAnchor: 'start', fill: '#9b1c1c', fontWeight: 'bold' },
            text: () => (rule === 'mandatory' ? words.needed(at) : words.atMost(at)),
          }),
        ]),
      ruleX([placeOf(period.from), ...(isOver ? [] : [end])], { stroke: '#1a1a1a', strokeWidth: 2 }),
      ruleX([placeOf(asOf)], { stroke: '#1a1a1a', strokeWidth: 1.5, strokeDasharray: '1 3' }),
      text(
        years.filter(() => shown.length <= mostLabels),
        {
          ...{ x: ({ year }: YearOfPoints) => year + 0.5, y: ({ sum }: YearOfPoints) => numberOf(sum), dy: -8 },
          ...{ text: (year: YearOfPoints) => `+${points(year.points)}`, fontWeight: 'bold', fill: '#1a1a1a', ...halo },
        },
      ),
      text([words.soFar], { ...small, fontWeight: 'bold', frameAnchor: 'top-left', dx: -36, dy: -44 }),
      text([words.begins(date(period.from))], {
        ...small,
        x: placeOf(period.from),
        y: top,
        dy: -7,
        textAnchor: 'start',
      }),
      text(isOver ? [] : [words.ends(date(period.to))], { ...small, x: end, y: top, dy: -7, textAnchor: 'end' }),
      text([words.asOf(date(asOf))], {
        ...{ ...small, x: placeOf(asOf), y: top, dy: -23 },
        textAnchor: placeOf(asOf) < (first + beyond) / 2 ? 'start' : 'end',
      }),
    ],
  })
}

/** The patterns of the uses, to stand once in the document: filled, striped and dotted. */
export const patterns = (make: Make): Element => {
  const pattern = (use: Use, size: string, ground: string, ...marks: ReadonlyArray<Element>): Element =>
    make(
      'pattern',
      { id: `fill-${use}`, width: size, height: size, patternUnits: 'userSpaceOnUse' },
      make('rect', { width: size, height: size, fill: ground }),
      ...marks,
    )
  return make(
    'svg',
    { class: 'patterns', width: '0', height: '0', 'aria-hidden': 'true' },
    pattern('mandatory', '8', '#1d4e89'),
    pattern(
      'elective',
      '8',
      '#d5ece3',
      make('path', { d: 'M-2,2l4,-4M0,8l8,-8M6,10l4,-4', stroke: '#17694c', 'stroke-width': '2' }),
    ),
    pattern('overflow', '6', '#ffffff', make('circle', { cx: '3', cy: '3', r: '1.2', fill: '#444444' })),
  )
}

const mostLabels = 12

/** Half of what lies between two bars, in years. */
const gap = 0.14

interface Bar {
  readonly use: Use
  readonly from: number
  readonly to: number
  readonly bottom: number
  readonly top: number
}

/** A year's bar, in parts by use, from where the year before ended. */
const barsOf = ({ year, points, sum, ...used }: YearOfPoints): ReadonlyArray<Bar> => {
  let bottom = numberOf(sum) - numberOf(points)
  return uses.flatMap((use) => {
    const height = numberOf(used[use])
    if (height === 0) return []
    const bar = { use, from: year + gap, to: year + 1 - gap, bottom, top: bottom + height }
    bottom = bar.top
    return [bar]
  })
}

interface Limit {
  readonly rule: RuleName
  readonly at: number
}

/** Up to where points are mandatory, and up to where they are elective. */
const limitsIn = (rules: ExplainedPoints['rules']): ReadonlyArray<Limit> => {
  const limits: Limit[] = []
  for (const rule of ['mandatory', 'electiveMax'] as const) {
    const value = rules.find(({ name }) => name === rule)?.value
    if (typeof value === 'number') limits.push({ rule, at: (limits.at(-1)?.at ?? 0) + value })
  }
  return limits
}

const numberOf = ({ numerator, denominator }: Points): number => numerator / denominator

/** Where a day begins, in years. */
const placeOf = (date: LegalDate): number => {
  const begins = firstOfYear(date)
  const days = (to: LegalDate): number => Date.parse(to) - Date.parse(begins)
  return yearOf(date) + days(date) / days(plusYears(begins, 1))
}

/** A whole number as it is, any other as points are written. */
const tickIn = (tick: number, written: (points: Points) => string): string =>
  Number.isInteger(tick) ? String(tick) : written({ numerator: Math.round(tick * 100), denominator: 100 })

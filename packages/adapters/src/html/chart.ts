/// <reference lib="dom" />
// chart.ts: the years of a period as a chart: bars one on top of the other, against what is needed

import { axisX, axisY, gridY, type Markish, plot, rect, ruleX, ruleY, text } from '@observablehq/plot'
import {
  type ExplainedPoints,
  firstOfYear,
  type LegalDate,
  type Notation,
  notationOf,
  type Points,
  plusYears,
  type RuleName,
  type YearOfPoints,
  yearOf,
} from '@smagruppe/domain'
import type { Make } from './making.ts'
import { type PageWords, pageWordsOf } from './words.ts'

/** What points are used for. Each has its own pattern, so that nobody needs colours to tell them apart. */
export const uses = ['mandatory', 'elective', 'overflow'] as const

type Use = (typeof uses)[number]

/** What fills the bars of that use; `patterns` must stand in the same document. */
export const fillOf = (use: Use): string => `url(#fill-${use})`

/** The years of a period, or nothing without one. A table must say the same, for those who do not see it. */
export const chartOf = (
  document: Document,
  points: ExplainedPoints,
  years: ReadonlyArray<YearOfPoints>,
): Element | null => {
  const { period, language } = points
  const last = years.at(-1)
  if (period === null || last === undefined) return null
  const { date } = notationOf[language]
  const asOf = placeOf(points.question.effectiveThrough)
  const end = placeOf(period.to)
  const limits = limitsIn(points.rules)
  const frame: Frame = {
    words: pageWordsOf[language],
    notation: notationOf[language],
    from: yearOf(period.from),
    to: Math.max(Math.ceil(end), last.year + 1),
    top: 1.2 * Math.max(numberOf(last.sum), limits[0]?.at ?? 0, 1),
  }
  const begins: Day = { at: placeOf(period.from), label: frame.words.begins(date(period.from)) }
  const ends: Day = { at: end, label: frame.words.ends(date(period.to)) }
  const asked: Day = { at: asOf, label: frame.words.asOf(date(points.question.effectiveThrough)) }
  const drawn = plot({
    document,
    className: 'chart',
    ariaLabel: frame.words.chart(date(period.from), date(period.to)),
    ...{ width: 760, height: 330, marginTop: 52, marginRight: 92, marginBottom: 30, marginLeft: 40 },
    style: { fontSize: '12px' },
    x: { type: 'linear', domain: [frame.from, frame.to] },
    y: { type: 'linear', domain: [0, frame.top] },
    marks: [
      ...ground(frame, begins.at, points.goesOn ? frame.to : ends.at),
      ...barsOf(frame, years),
      ...limits.filter(({ at }) => at <= frame.top).flatMap((limit) => lineAt(frame, limit)),
      ...daysOf(frame, begins, ends, asked),
    ],
  })
  // It is one picture to whoever does not see it: labels of its parts would be read aloud, or not, as browsers please.
  for (const part of drawn.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label')
  drawn.setAttribute('role', 'img')
  return drawn
}

/** What the chart is drawn in: years from left to right, points from below to above. */
interface Frame {
  readonly words: PageWords
  readonly notation: Notation
  readonly from: number
  readonly to: number
  readonly top: number
}

const ink = '#1a1a1a'
const small = { fontSize: 11, fill: '#333' } as const

/** The days before and after the period in grey, the axes, and what is drawn. */
const ground = ({ words, notation, from, to, top }: Frame, begins: number, ends: number): ReadonlyArray<Markish> => {
  const outside = [
    { from, to: begins },
    { from: ends, to },
  ]
  const every = Math.ceil((to - from) / mostLabels)
  const labelled = Array.from({ length: Math.ceil((to - from) / every) }, (_, nth) => from + nth * every + 0.5)
  return [
    rect(outside, { x1: 'from', x2: 'to', y1: 0, y2: top, fill: '#ebebeb' }),
    gridY({ stroke: ink, strokeOpacity: 0.15 }),
    axisY({ label: null, tickSize: 0, ticks: 5, tickFormat: (tick: number) => tickIn(tick, notation) }),
    axisX(labelled, { label: null, tickSize: 0, fontSize: 13, tickFormat: (at: number) => String(Math.floor(at)) }),
    ruleY([0], { stroke: ink }),
    text([words.soFar], { ...small, fontWeight: 'bold', frameAnchor: 'top-left', dx: -36, dy: -44 }),
  ]
}

/** A bar for each year, in parts by use, from where the year before ended. */
const barsOf = ({ notation, from, to }: Frame, years: ReadonlyArray<YearOfPoints>): ReadonlyArray<Markish> => {
  const parts = years.flatMap(partsOf)
  return [
    ...uses.map((use) =>
      rect(
        parts.filter((part) => part.use === use),
        { x1: 'from', x2: 'to', y1: 'bottom', y2: 'top', fill: fillOf(use), stroke: ink },
      ),
    ),
    ...years.slice(0, -1).map(({ year, sum }) => {
      const between = { x1: year + 1 - gap, x2: year + 1 + gap }
      return ruleY([numberOf(sum)], { ...between, stroke: ink, strokeDasharray: '2 2' })
    }),
    text(to - from <= mostLabels ? years : [], {
      ...{ x: ({ year }: YearOfPoints) => year + 0.5, y: ({ sum }: YearOfPoints) => numberOf(sum), dy: -8 },
      ...{ text: (year: YearOfPoints) => `+${notation.points(year.points)}`, fontWeight: 'bold' },
      ...{ fill: ink, stroke: 'white', strokeWidth: 4 },
    }),
  ]
}

const lineAt = ({ words, to }: Frame, { rule, at }: Limit): ReadonlyArray<Markish> => {
  const label = rule === 'mandatory' ? words.needed(at) : words.atMost(at)
  return [
    ruleY([at], { stroke: '#9b1c1c', strokeWidth: 2, strokeDasharray: '7 4' }),
    text([label], { y: at, x: to, dx: 6, textAnchor: 'start', fill: '#9b1c1c', fontWeight: 'bold' }),
  ]
}

interface Day {
  readonly at: number
  readonly label: string
}

/** The bounds of the period, and the day asked for. */
const daysOf = ({ from, to, top }: Frame, begins: Day, ends: Day, asked: Day): ReadonlyArray<Markish> => {
  const named = ({ at, label }: Day, dy: number, textAnchor: 'start' | 'end'): Markish =>
    text([label], { ...small, x: at, y: top, dy, textAnchor })
  return [
    ruleX([begins.at, ends.at], { stroke: ink, strokeWidth: 2 }),
    ruleX([asked.at], { stroke: ink, strokeWidth: 1.5, strokeDasharray: '1 3' }),
    named(begins, -7, 'start'),
    named(ends, -7, 'end'),
    named(asked, -23, asked.at < (from + to) / 2 ? 'start' : 'end'),
  ]
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

interface Part {
  readonly use: Use
  readonly from: number
  readonly to: number
  readonly bottom: number
  readonly top: number
}

const partsOf = ({ year, points, sum, ...used }: YearOfPoints): ReadonlyArray<Part> => {
  let bottom = numberOf(sum) - numberOf(points)
  return uses.flatMap((use) => {
    const height = numberOf(used[use])
    if (height === 0) return []
    const part = { use, from: year + gap, to: year + 1 - gap, bottom, top: bottom + height }
    bottom = part.top
    return [part]
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
const tickIn = (tick: number, { points }: Notation): string =>
  Number.isInteger(tick) ? String(tick) : points({ numerator: Math.round(tick * 100), denominator: 100 })

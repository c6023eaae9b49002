/// <reference lib="dom" />
// tables.ts: the figures of a page as tables: the years of a period, and what the programme demands

import {
  type ExplainedDemand,
  type ExplainedPoints,
  type ExplainedProgramme,
  notationOf,
  type Points,
  type YearOfPoints,
} from '@smagruppe/domain'
import { fillOf, uses } from './chart.ts'
import type { Make, Part } from './making.ts'
import { pageWordsOf } from './words.ts'

/** A cell and what its column is headed by, so that both are set alike. */
interface Column {
  readonly heading: Part
  readonly kind: 'number' | 'words'
}

const table = (
  make: Make,
  caption: string,
  columns: ReadonlyArray<Column>,
  rows: ReadonlyArray<ReadonlyArray<string>>,
  below: ReadonlyArray<string> | null = null,
): Element => {
  const set = (cells: ReadonlyArray<string>): Element => {
    const [first = '', ...others] = cells
    const rest = others.map((cell, nth) => make('td', { class: columns[nth + 1]?.kind ?? 'words' }, cell))
    return make('tr', {}, make('th', { scope: 'row' }, first), ...rest)
  }
  return make(
    'table',
    {},
    make('caption', {}, caption),
    make(
      'thead',
      {},
      make('tr', {}, ...columns.map(({ heading, kind }) => make('th', { scope: 'col', class: kind }, heading))),
    ),
    make('tbody', {}, ...rows.map(set)),
    below === null ? null : make('tfoot', {}, set(below)),
  )
}

/** What it comes to, at a glance; nothing without a period. */
export const figures = (make: Make, points: ExplainedPoints): Part => {
  if (points.period === null) return null
  const { year, demand } = pageWordsOf[points.language]
  const shown = notationOf[points.language].points
  const totals = [
    [year.points, points.points],
    [year.mandatory, points.mandatory],
    [demand.missing, points.missing],
    [year.elective, points.elective],
    [year.overflow, points.overflow],
  ] as const
  return make(
    'dl',
    {},
    ...totals.map(([what, total]) => make('div', {}, make('dt', {}, what), make('dd', {}, shown(total)))),
  )
}

/** The same figures as the chart of these years, and their totals as the explanation has them. */
export const yearsTable = (make: Make, points: ExplainedPoints, years: ReadonlyArray<YearOfPoints>): Element => {
  const { year: heading, yearsTable: caption, allYears } = pageWordsOf[points.language]
  const shown = notationOf[points.language].points
  const attended = years.reduce((sum, year) => sum + year.attended, 0)
  const number = (name: keyof typeof heading): Column => ({ heading: heading[name], kind: 'number' })
  const used = uses.map((use): Column => ({ heading: withSwatch(make, use, heading[use]), kind: 'number' }))
  const columns: ReadonlyArray<Column> = [
    { heading: heading.year, kind: 'words' },
    ...(['attended', 'minutes', 'pending', 'points'] as const).map(number),
    ...used,
    number('sum'),
  ]
  const row = (
    first: string,
    counted: { readonly attended: number; readonly minutes: number; readonly pending: number },
    given: Readonly<Record<'points' | 'mandatory' | 'elective' | 'overflow', Points>>,
    sum: Points,
  ): ReadonlyArray<string> => [
    first,
    ...[counted.attended, counted.minutes, counted.pending].map(String),
    ...[given.points, ...uses.map((use) => given[use]), sum].map(shown),
  ]
  return table(
    make,
    caption,
    columns,
    years.map((year) =>
      row(
        String(year.year),
        { attended: year.attended, minutes: year.countedMinutes, pending: year.pendingMinutes },
        year,
        year.sum,
      ),
    ),
    row(allYears, { attended, minutes: points.countedMinutes, pending: points.pendingMinutes }, points, points.points),
  )
}

const withSwatch = (make: Make, use: (typeof uses)[number], heading: string): Element =>
  make(
    'span',
    {},
    make('svg', { class: 'swatch', 'aria-hidden': 'true', width: '20', height: '13' }, swatch(make, use)),
    heading,
  )

const swatch = (make: Make, use: (typeof uses)[number]): Element =>
  make('rect', { x: '0.5', y: '0.5', width: '19', height: '12', fill: fillOf(use), stroke: '#1a1a1a' })

/** What the programme demands, each thing with what is there and what is missing. */
export const demandsTable = (make: Make, { demands, language }: ExplainedProgramme): Element => {
  const { demand: heading, demandsTable: caption, standing } = pageWordsOf[language]
  const columns: ReadonlyArray<Column> = [
    { heading: heading.title, kind: 'words' },
    { heading: heading.needed, kind: 'number' },
    { heading: heading.found, kind: 'number' },
    { heading: heading.missing, kind: 'number' },
    { heading: heading.standing, kind: 'words' },
  ]
  const stands = ({ inForce, met }: ExplainedDemand): string =>
    !inForce ? standing.notDemanded : met ? `✓ ${standing.met}` : `✗ ${standing.missing}`
  const rows = demands.map((one) => {
    const { needed, found, missing } = one.shown
    return [one.title, needed, found, missing ?? '–', stands(one)]
  })
  return table(make, caption, columns, rows)
}

/// <reference lib="dom" />
// page.test.ts: a page says all that the explanation says, and nothing that anybody is called becomes more than text

import {
  defaultPack,
  type ExplainedPoints,
  explained,
  languages,
  legalDate,
  notationOf,
  type Points,
  points,
  shownPoints,
} from '@smagruppe/domain'
import { pointsIn, registerWith } from '@smagruppe/domain/testing'
import { parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import { fiveYears, hostile, kari, names, question, rules, toldIn } from './five-years.test-kit.ts'
import { explanationPage } from './index.ts'
import { plain } from './making.ts'
import { style } from './style.ts'

const read = (html: string): Document => parseHTML(html).document

/** Every text in a tree, however deep. */
const textsIn = (tree: unknown): ReadonlyArray<string> => {
  if (Array.isArray(tree)) return tree.flatMap(textsIn)
  if (typeof tree !== 'object' || tree === null) return []
  return Object.entries(tree).flatMap(([key, value]) =>
    key === 'text' || key === 'shared' ? [value].flat() : textsIn(value),
  )
}

const cells = (page: Document, section: string): ReadonlyArray<ReadonlyArray<string>> =>
  [...page.querySelectorAll(`#${section} tr`)].map((row) => [...row.children].map((cell) => cell.textContent.trim()))

const told = languages.map((language) => ({ language, ...toldIn(language) }))

describe.each(told)('in $language', ({ language, tree, beside, html }) => {
  const page = read(html)
  const body = page.body.textContent
  const shown = notationOf[language].points

  test('every sentence of the explanation, the programme and the forecast is there', () => {
    const { programme, forecast } = beside
    const { smallGroup: _, demands, ...done } = programme
    // What takes all points is said once, as the reason.
    const lines = tree.lines.map((line) => (line.shortfall === null ? line : { ...line, capped: null }))
    const said = [
      { ...tree, lines },
      { ...done, text: done.text.slice(1) },
      demands.map(({ rules }) => rules),
      { text: forecast.text.slice(1), planned: forecast.planned, missing: forecast.missing },
    ].flatMap(textsIn)
    expect(said.length).toBeGreaterThan(150)
    expect(said.map(plain).filter((sentence) => !body.includes(sentence))).toEqual([])
  })

  test('and every event that it rests on, with the digest of the rules', () => {
    const ids = [...JSON.stringify([tree, beside.programme.lines]).matchAll(/"id":"([^"]+)"/g)].map(([, id = '']) => id)
    expect(new Set(ids).size).toBeGreaterThan(25)
    expect(ids.filter((id) => !body.includes(id))).toEqual([])
    for (const { digest } of tree.judgedBy) expect(body).toContain(digest)
  })

  test('the table of years has what the lines of each year come to, and the totals', () => {
    const [, ...rows] = cells(page, 'years')
    const years = [2020, 2021, 2022, 2023, 2024]
    const ofYear = (year: number) => tree.lines.filter(({ date }) => date.startsWith(String(year)))
    expect(rows.map((row) => row.slice(0, 4))).toEqual([
      ...years.map((year) => [
        String(year),
        String(ofYear(year).length),
        String(ofYear(year).reduce((sum, { counted }) => sum + counted, 0)),
        String(year === 2024 ? tree.pendingMinutes : 0),
      ]),
      [expect.any(String), String(tree.lines.length), String(tree.countedMinutes), String(tree.pendingMinutes)],
    ])
    const totals = [tree.points, tree.mandatory, tree.elective, tree.overflow, tree.points]
    expect(rows.at(-1)?.slice(4)).toEqual(totals.map(shown))
    const number = (cell: string | undefined): number => Number(cell?.replace(',', '.'))
    for (const [nth, row] of rows.slice(0, -1).entries()) {
      const given = ofYear(years[nth] ?? 0).reduce((sum, { points }) => sum + points.numerator / points.denominator, 0)
      expect([row[0], number(row[4])]).toEqual([row[0], Number(given.toFixed(2))])
      const parts = [row[5], row[6], row[7]].reduce((sum, part) => sum + number(part), 0)
      expect([row[0], Number(parts.toFixed(2))]).toEqual([row[0], number(row[4])])
    }
    expect(tree.overflow.numerator).toBeGreaterThan(0)
  })

  test('the table of demands has what each of them says', () => {
    const [, ...rows] = cells(page, 'programme')
    const expected = beside.programme.demands.map(({ title, shown: { needed, found, missing } }) => [
      title,
      needed,
      found,
      missing ?? '–',
    ])
    expect(rows.map((row) => row.slice(0, 4))).toEqual(expected)
    expect(rows.some((row) => row[4]?.startsWith('✗'))).toBe(true)
  })

  test('each attendance says what it is worth', () => {
    const standing = [...page.querySelectorAll('#attendances article')].map((one) => [
      one.querySelector('h4')?.textContent,
      one.querySelector('.standing')?.textContent,
    ])
    const all = [...tree.lines, ...tree.withdrawn]
    expect(standing).toHaveLength(all.length)
    for (const { text, shortfall, points, heldBack } of tree.lines) {
      const [, stands = ''] = standing.find(([title]) => title === plain(text)) ?? []
      const isPending = shortfall !== null && 'pending' in shortfall && shortfall.pending
      expect([text, stands]).toEqual([
        text,
        expect.stringContaining(shortfall === null ? shown(points) : isPending ? ` ${heldBack} ` : '✗'),
      ])
    }
  })

  test('the chart tells the points of each year, what is needed, and where the period begins and ends', () => {
    const chart = page.querySelector('svg.chart')
    const written = [...(chart?.querySelectorAll('text') ?? [])].map(({ textContent }) => textContent)
    const given = cells(page, 'years')
      .slice(1, -1)
      .map((row) => `+${row[4]}`)
    const { date } = notationOf[language]
    expect(written.filter((text) => text.startsWith('+'))).toEqual(given)
    for (const label of ['20', '45', date(tree.question.effectiveThrough)])
      expect(written.filter((text) => text.endsWith(label))).not.toEqual([])
    expect(written.filter((text) => /2020|2025/.test(text) && text.length > 4)).toEqual([
      expect.stringContaining(tree.period === null ? 'none' : date(tree.period.from)),
      expect.stringContaining(tree.period === null ? 'none' : date(tree.period.to)),
    ])
    expect(chart?.getAttribute('role')).toBe('img')
    expect(chart?.getAttribute('aria-label')).toContain(tree.period === null ? 'none' : date(tree.period.from))
    const fills = [...(chart?.querySelectorAll('g[fill^=url]') ?? [])].map((bars) => bars.getAttribute('fill'))
    expect(fills).toEqual(['url(#fill-mandatory)', 'url(#fill-elective)', 'url(#fill-overflow)'])
    for (const fill of fills) expect(page.querySelector(fill?.slice(4, -1) ?? '')?.localName).toBe('pattern')
  })

  test('headings descend one level at a time, ids are unique, links lead somewhere', () => {
    const levels = [...page.querySelectorAll('h1, h2, h3, h4')].map(({ localName }) => Number(localName.slice(1)))
    expect(levels.filter((level, nth) => level > (levels[nth - 1] ?? 0) + 1)).toEqual([])
    expect(levels.filter((level) => level === 1)).toEqual([1])
    const ids = [...page.querySelectorAll('[id]')].map(({ id }) => id)
    expect(ids).toEqual([...new Set(ids)])
    const here = [...page.querySelectorAll('a[href^="#"]')].map((link) => link.getAttribute('href')?.slice(1))
    expect(here).toEqual(['total', 'years', 'programme', 'forecast', 'attendances', 'rules'])
    for (const id of here) expect(ids).toContain(id)
  })

  test('every table has a caption, and a scope for every heading', () => {
    const tables = [...page.querySelectorAll('table')]
    expect(tables.map((table) => table.querySelector('caption')?.textContent !== '')).toEqual([true, true])
    expect([...page.querySelectorAll('th')].filter((th) => th.getAttribute('scope') === null)).toEqual([])
  })

  test('nothing is loaded and nothing runs', () => {
    const loads =
      'script, link, img, iframe, object, embed, image, use, [src], [srcset], [style*=url], [onload], [onclick]'
    expect([...page.querySelectorAll(loads)].map(String)).toEqual([])
    expect(html).not.toMatch(/@import|url\((?!#fill-)/)
    expect(page.documentElement.getAttribute('lang')).toBe(language)
  })

  test('the same explanation gives the same page', () => {
    expect(explanationPage(tree, beside)).toBe(html)
    expect(toldIn(language).html).toBe(html)
  })
})

test('what a layer says to no effect stands at its attendance, and what a dispensation does at the rules', () => {
  const { tree, beside } = toldIn('en')
  const [first, ...others] = tree.lines
  const [rule] = tree.rules
  const event = first?.facts[0]?.id
  if (first === undefined || rule === undefined || event === undefined)
    throw new TypeError('there are attendances and rules')
  const because = { _tag: 'RuleIsFixed', path: 'parameters.quorum', found: '2', expected: '3' } as const
  const aside = (text: string) => ({ said: { ...rule, layer: 'region', event }, instead: rule, because, text }) as const
  const lines = [{ ...first, setAside: [aside('Set aside: the region’s.')] }, ...others]
  const page = read(explanationPage({ ...tree, lines, setAside: [aside('Set aside: the dispensation’s.')] }, beside))
  const { body } = page
  expect(body.querySelector('#attendances')?.textContent).toContain('Set aside: the region’s.')
  expect(body.querySelector('#rules')?.textContent).toContain('Set aside: the dispensation’s.')
})

test('a name stays text, and turns nothing around', () => {
  const { html, tree } = toldIn('en')
  expect(html).not.toContain('<script>')
  expect(html).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/)
  const { body } = read(html)
  expect(body.textContent.split(plain(hostile)).length).toBeGreaterThan(30)
  const control = explanationPage({ ...tree, text: ['a\u0000b\u001B[31mc\nd', 'e'] })
  expect(read(control).querySelector('h1')?.textContent).toBe('a b [31mc\nd')
})

test('in the margins of paper stands the title, which ends neither the string nor the style, and the number of the page', () => {
  const styleOf = (title: string): string => {
    const page = read(explanationPage({ ...toldIn('nb').tree, text: [title] }))
    expect(page.querySelectorAll('head style')).toHaveLength(1)
    expect(page.querySelector('h1')?.textContent).toBe(title)
    return page.querySelector('head style')?.textContent.slice(style.length) ?? ''
  }
  const margins = (title: string): string => `
@page {
  @top-left { content: "${title}"; width: 100%; font: 8pt/1.3 sans-serif; color: #4a4a4a; }
  @bottom-right { content: "Side " counter(page) " av " counter(pages); font: 8pt sans-serif; color: #4a4a4a; }
}
@page :first { @top-left { content: none; } }
`
  expect(styleOf('Poeng for Åse Øy (HPR 101) per 31.12.2024')).toBe(
    margins('Poeng for Åse Øy (HPR 101) per 31.12.2024'),
  )
  expect(styleOf('a"; } </style>\\’')).toBe(margins('a\\22 \\3b  \\7d  \\3c \\2f style\\3e \\5c \\2019 '))
})

test('a source on the web is a link, whatever its address', () => {
  const { html, tree } = toldIn('en')
  const links = [...read(html).querySelectorAll('.rules a')].map((link) => link.textContent)
  expect(links).toContain('https://example.org/circular?a=1&copy=2')
  expect(html).toContain('href="https://example.org/circular?a=1&amp;copy=2"')
  const harmful = { title: 'none', address: 'javascript:alert(1)' }
  const harmed = tree.rules.map((rule) => ({ ...rule, source: harmful, text: `Source: none, ${harmful.address}` }))
  const [first] = read(explanationPage({ ...tree, lines: [], withdrawn: [], rules: harmed })).querySelectorAll(
    '.rules li',
  )
  expect(first?.innerHTML).toBe('Source: none, javascript:alert(1)<span class="level"> (the national rules)</span>')
})

describe('where there is less to tell', () => {
  const register = registerWith({ doctors: { Kari: '2020-01-01', Per: null }, groups: { G1: { members: ['Kari'] } } })
  const pageOf = (doctor: string): { readonly tree: ExplainedPoints; readonly page: Document } => {
    const tree = explained(pointsIn(register, doctor, { asOf: '2024-09-30' }), defaultPack, names, 'nb')
    return { tree, page: read(explanationPage(tree)) }
  }
  const sectionsIn = (page: Document) => [...page.querySelectorAll('section')].map(({ id }) => id)

  test('without a period it says so, without a chart', () => {
    const { tree, page } = pageOf('Per')
    expect(sectionsIn(page)).toEqual(['total'])
    expect(page.querySelector('svg.chart')).toBeNull()
    for (const sentence of tree.text) expect(page.body.textContent).toContain(sentence)
  })

  test('without attendances all years are zero', () => {
    const { page } = pageOf('Kari')
    expect(sectionsIn(page)).toEqual(['total', 'years', 'rules'])
    const zero: Points = { numerator: 0, denominator: 1 }
    expect(cells(page, 'years').at(-1)?.slice(4)).toEqual(Array(5).fill(shownPoints(zero).replace('.', ',')))
  })
})

test('a chart of many years has fewer labels, and ends where the years end', () => {
  const long = { ...rules, periodYears: { ...rules.periodYears, value: 40 } }
  const tree = explained(
    points(kari, fiveYears(), long, { ...question, effectiveThrough: legalDate('2050-01-01') }),
    long,
    names,
  )
  const chart = read(explanationPage(tree)).querySelector('svg.chart')
  const labels = [...(chart?.querySelectorAll('text') ?? [])].map(({ textContent }) => textContent)
  expect(labels.filter((label) => /^\d{4}$/.test(label))).toEqual([
    '2020',
    '2024',
    '2028',
    '2032',
    '2036',
    '2040',
    '2044',
    '2048',
    '2052',
    '2056',
    '2060',
  ])
  expect(labels.filter((label) => label.startsWith('+'))).toEqual([])
})

test('five years of hundreds of sessions are told whole', () => {
  const days = Array.from({ length: 28 }, (_, nth) => String(nth + 1).padStart(2, '0'))
  const more = ['2020', '2021', '2022', '2023', '2024'].flatMap((year) =>
    ['04', '05'].flatMap((month) =>
      days.map((day) => ({
        session: `T${year}${month}${day}`,
        starts: `${year}-${month}-${day} 18:00`,
        minutes: 90,
        present: { G1: ['Kari', 'Per'] },
      })),
    ),
  )
  const tree = explained(points(kari, fiveYears(more), rules, question), rules, names, 'nb')
  expect(tree.lines.length).toBeGreaterThan(280)
  expect(read(explanationPage(tree)).querySelectorAll('#attendances article')).toHaveLength(
    tree.lines.length + tree.withdrawn.length,
  )
})

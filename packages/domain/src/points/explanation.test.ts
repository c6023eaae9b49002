// explanation.test.ts: what people read of their points, in both languages

import { describe, expect, test } from 'vitest'
import { defaultPack } from '../rules/default-pack.ts'
import { digestOf } from '../rules/digest.ts'
import { doctorNamed, inOslo, type PresentRow, pointsIn, registerWith, type SessionRow } from '../testing/index.ts'
import { kari, karisChanges, names, rules } from './every-reason.test-kit.ts'
import { explained } from './explained.ts'
import { explanation, linesOf } from './explanation.ts'
import { type Language, languages, phrasesOf } from './language.ts'
import type { Reason } from './verdict.ts'

const session = (name: string, starts: string, minutes: number, more: Partial<SessionRow> = {}): SessionRow => ({
  session: name,
  starts,
  minutes,
  present: { G1: ['Kari', 'Ola'] },
  ...more,
})

const three = ['01', '02', '03'].map((month) => session(`S${month}`, `2024-${month}-10 15:00`, 180))

const told = (sessions: ReadonlyArray<SessionRow>, language: Language = 'en', asOf = '2024-12-31') => {
  const register = registerWith({
    doctors: { Kari: '2020-01-01' },
    groups: { G1: { members: ['Kari', 'Ola', 'Per'] } },
    sessions,
  })
  const points = pointsIn(register, 'Kari', { asOf, knownAt: inOslo('2025-02-01') })
  return explanation(points, defaultPack, names, language)
}

test.each(languages)('everything that can happen to a doctor is told in %s', async (language) => {
  const lines = explanation(kari(), rules, names, language, karisChanges())
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`explanation.${language}.golden.txt`)
})

test('the golden explanation has every reason that a pack without plans and sizes has, final and pending, cuts that leave something, and what was taken off', () => {
  const { lines, withdrawn, mandatory, elective, overflow } = kari()
  // Those are told in danish-pack.test.ts.
  const all: Readonly<Record<Exclude<Reason, 'PLANNED_TOO_LATE' | 'GROUP_SIZE'>, true>> = {
    GUEST: true,
    NOT_MEMBER: true,
    HOSTING: true,
    INDUSTRY: true,
    NO_DECLARATION: true,
    BELOW_QUORUM: true,
    SESSION_TOO_SHORT: true,
    NO_MINUTES: true,
    OVERLAPPING: true,
    DAY_CAP: true,
    YEARLY_CAP: true,
    GROUP_UNDER_3_MEETINGS: true,
    DOCTOR_UNDER_6_HOURS: true,
  }
  expect(Object.keys(all).filter((reason) => !lines.some(({ shortfall }) => shortfall?.reason === reason))).toEqual([])
  expect(lines.some(({ shortfall }) => shortfall === null)).toBe(true)
  const pending = lines.flatMap(({ shortfall }) => (shortfall !== null && 'pending' in shortfall ? [shortfall] : []))
  expect(new Set(pending.map(({ reason, pending }) => `${reason} ${pending}`))).toEqual(
    new Set(
      ['GROUP_UNDER_3_MEETINGS', 'DOCTOR_UNDER_6_HOURS'].flatMap((reason) => [`${reason} false`, `${reason} true`]),
    ),
  )
  const cut = lines.filter(({ cuts, counted }) => cuts.length > 0 && counted > 0)
  expect(cut.map(({ label, cuts }) => [label, cuts.map(({ because }) => because.reason)])).toEqual([
    ['B1', ['DAY_CAP']],
    ['C2', ['OVERLAPPING']],
  ])
  expect(withdrawn.map(({ label }) => label)).toEqual(['F3', 'F4'])
  expect([mandatory, elective, overflow].map(({ numerator }) => numerator)).toEqual([20, 5, 5])
})

test('whatever takes minutes from an attendance is told with its rule and where that is written', () => {
  for (const language of languages) {
    const { lines, withdrawn } = explained(kari(), rules, names, language)
    for (const { present, counted, capped, rules: applied, text } of lines) {
      expect([text, applied.length > 0]).toEqual([text, counted < present || present === 0 || capped !== null])
    }
    for (const { rules: applied } of withdrawn) expect(applied.map(({ name }) => name)).toEqual(['presence'])
    for (const { name, source, value, text } of [...lines, ...withdrawn].flatMap((line) => line.rules)) {
      expect({ source, value }).toEqual({ source: rules[name].source, value: rules[name].value })
      expect(text).toContain(`(${name})`)
      expect(text).toContain(`${source.title}, ${source.address}`)
    }
  }
})

describe('a total', () => {
  test('is told with its period, its parts and what is missing, and is no decision', () => {
    expect(told(three).slice(0, 8)).toEqual([
      'Small-group points of Kari on 2024-12-31, as known at the end of 2025-01-31',
      'Period 2020-01-01 to 2025-01-01 (that day not included)',
      'Counted: 540 minutes = 9.00 points',
      'Mandatory: 9.00 of 20, 11.00 missing, needed by 2024-12-31',
      'Elective: 0.00 of at most 130; beyond both, worth nothing: 0.00',
      'Held back until a window is over: 0 minutes',
      'An indication, not a decision: that is the authority’s to make.',
      '',
    ])
    expect(told(three, 'nb').slice(0, 8)).toEqual([
      'Smågruppepoeng for Kari per 31.12.2024, slik det var kjent ved utgangen av 31.01.2025',
      'Periode 01.01.2020 til 01.01.2025 (den dagen ikke medregnet)',
      'Teller: 540 minutter = 9,00 poeng',
      'Obligatoriske poeng: 9,00 av 20, 11,00 mangler, innen 31.12.2024',
      'Valgfrie poeng: 0,00 av høyst 130; utover begge, uten verdi: 0,00',
      'Holdt tilbake til et tellevindu er over: 0 minutter',
      'En veiledende beregning, ikke et vedtak: det fattes av rette myndighet.',
      '',
    ])
    const year = Array.from({ length: 7 }, (_, i) => session(`S${i}`, `2024-0${i + 1}-10 15:00`, 180))
    expect(told(year)[3]).toBe('Mandatory: 20.00 of 20, met')
    expect(told(year, 'nb')[3]).toBe('Obligatoriske poeng: 20,00 av 20, oppfylt')
    expect(told(year, 'nb')[4]).toBe('Valgfrie poeng: 1,00 av høyst 130; utover begge, uten verdi: 0,00')
  })

  test('names the rules it follows and the facts that the period rests on', () => {
    const lines = told([])
    expect(lines.slice(lines.indexOf('The total follows these rules:'), -1)).toEqual([
      'The total follows these rules:',
      `  Rule: a period is 5 years (periodYears). Source: ${said('periodYears')}`,
      `  Rule: 60 minutes are a point (minutesPerPoint). Source: ${said('minutesPerPoint')}`,
      `  Rule: 20 points are mandatory in a period (mandatory). Source: ${said('mandatory')}`,
      `  Rule: at most 130 points beyond that are elective (electiveMax). Source: ${said('electiveMax')}`,
      '',
      'The period rests on:',
    ])
    expect(lines.at(-1)).toMatch(
      /^ {2}period opened \(PeriodOpened [0-9a-f-]{36}\), always known, recorded 2030-06-01T14:00:00\.000\+02:00$/,
    )
  })

  test('without a period says so, and nothing of rules or facts', () => {
    expect(told(three, 'en', '2019-12-31')).toEqual([
      'Small-group points of Kari on 2019-12-31, as known at the end of 2025-01-31',
      'There is no period on that date, so nothing is counted.',
    ])
    expect(told(three, 'nb', '2019-12-31')).toEqual([
      'Smågruppepoeng for Kari per 31.12.2019, slik det var kjent ved utgangen av 31.01.2025',
      'Det er ingen resertifiseringsperiode på den datoen, så ingenting regnes med.',
    ])
    const { rules: following, facts } = explained(
      pointsIn(registerWith({ doctors: { Kari: '2020-01-01' } }), 'Kari', { asOf: '2019-12-31' }),
      defaultPack,
      names,
    )
    expect([following, facts.map(({ type }) => type)]).toEqual([[], ['PeriodOpened']])
  })

  test('a period that rests on nothing known says nothing of it', () => {
    const points = { ...kari(), facts: [] }
    expect(explanation(points, rules, names)).not.toContain('The period rests on:')
  })
})

const said = (name: 'periodYears' | 'minutesPerPoint' | 'mandatory' | 'electiveMax'): string =>
  `${defaultPack[name].source.title}, ${defaultPack[name].source.address}`

describe('one of a thing is told as one', () => {
  const short = (minutes: number, present: ReadonlyArray<PresentRow>): SessionRow =>
    session('T', '2024-06-10 15:00', minutes, { present: { G1: present } })
  const about = (lines: ReadonlyArray<string>): ReadonlyArray<string> => {
    const from = lines.findIndex((line) => line.includes(' T '))
    return lines.slice(from, from + 2)
  }

  test('a minute', () => {
    const row = [...three, short(60, [{ doctor: 'Kari', minutes: 1 }, 'Ola'])]
    expect(about(told(row))[0]).toBe('2024-06-10 T with group G1: 1 minute present, 1 counts')
    expect(about(told(row, 'nb'))[0]).toBe('10.06.2024 T med smågruppe G1: 1 minutt til stede, 1 teller')
  })

  test('a report, a session, a year, a point', () => {
    const points = pointsIn(
      registerWith({
        doctors: { Kari: '2020-01-01' },
        groups: { G1: { members: ['Kari', 'Ola'] } },
        sessions: [session('T', '2024-06-10 15:00', 180, { industry: 'pens' }), session('U', '2024-07-10 15:00', 180)],
      }),
      'Kari',
      { asOf: '2024-12-31' },
    )
    const one = <A>(rule: { readonly source: A }) => ({ ...rule, value: 1 })
    const { periodYears, mandatory, electiveMax, minutesPerPoint } = defaultPack
    const ones = {
      ...defaultPack,
      periodYears: one(periodYears),
      mandatory: one(mandatory),
      electiveMax: one(electiveMax),
      minutesPerPoint: one(minutesPerPoint),
    }
    const text = (language: Language) => explanation(points, ones, names, language).join('\n')
    expect(text('en')).toContain('found 1 report of one.')
    expect(text('nb')).toContain('fant 1 melding om bidrag.')
    expect(phrasesOf.en.rule.groupThreshold(1)).toBe('a group has at least 1 counting session in a window')
    expect(phrasesOf.nb.rule.groupThreshold(1)).toBe('en smågruppe har minst 1 tellende møte i et tellevindu')
    expect(text('en')).toContain('a period is 1 year (periodYears)')
    expect(text('en')).toContain('1 minute is a point')
    expect(text('nb')).toContain('1 minutt gir ett poeng')
    expect(text('en')).toContain('1 point is mandatory in a period')
    expect(text('en')).toContain('at most 1 point beyond that is elective')
  })
})

test('a window that is no calendar year is told by its days', () => {
  const points = kari()
  const lines = points.lines.map((line) =>
    line.shortfall !== null && 'window' in line.shortfall
      ? { ...line, shortfall: { ...line.shortfall, window: { ...line.shortfall.window, from: line.date } } }
      : line,
  )
  expect(explanation({ ...points, lines }, rules, names)).toContain(
    '  Needs 3 counting sessions of the group from 2023-08-01 through 2023-12-31, found 2: E1, E2.',
  )
  expect(explanation({ ...points, lines }, rules, names, 'nb')).toContain(
    '  Krever 3 tellende møter i smågruppen fra 01.08.2023 til og med 31.12.2023, fant 2: E1, E2.',
  )
})

test('lines say what kind they are, for those who colour them', () => {
  const lines = linesOf(explained(kari(), rules, names))
  expect(lines[0]).toMatchObject({ kind: 'title', indent: 0 })
  const about = (label: string) => lines.find(({ text }) => text.includes(` ${label} with group `))?.kind
  expect(['A1', 'D1', 'H1', 'F3'].map(about)).toEqual(['counts', 'nothing', 'pending', 'nothing'])
  expect(new Set(lines.map(({ kind }) => kind))).toEqual(
    new Set(['title', 'total', 'counts', 'pending', 'nothing', 'why', 'rule', 'fact', 'heading', 'blank']),
  )
  const judging = { layer: 'national', event: null, digest: digestOf(1) } as const
  const merged = { records: [doctorNamed('Kari')], facts: kari().lines[0]?.facts.slice(0, 1) ?? [] }
  const tree = explained({ ...kari(), merged }, rules, names, 'en', karisChanges(), [judging])
  const kindOf = (text: string | undefined) => linesOf(tree).findLast((line) => line.text === text)?.kind
  const told = tree.lines.find(({ nearest }) => nearest !== null)?.nearest?.text
  expect([told, tree.judgedBy[0]?.text, tree.merged?.facts[0]?.text].map(kindOf)).toEqual(['why', 'rule', 'fact'])
})

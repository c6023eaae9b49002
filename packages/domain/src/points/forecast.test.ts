// forecast.test.ts: what will count with the planned sessions attended, what is missing then, and until when

import { describe, expect, test } from 'vitest'
import { instantOf, millisecondsOf } from '../kernel/instant.ts'
import { danishPack } from '../rules/danish-pack.ts'
import { defaultPack } from '../rules/default-pack.ts'
import { byOnePack, type RulesInForce } from '../rules/in-force.ts'
import type { RulePack, RuleValues } from '../rules/rule-pack.ts'
import {
  doctorNamed,
  type GroupRow,
  groupNamed,
  groupStream,
  inOslo,
  registerWith,
  type SessionRow,
  sessionNamed,
  sessionStream,
  type TestRegister,
} from '../testing/index.ts'
import { dateIn, legalDate, oslo } from '../values/legal-date.ts'
import { shownPoints } from '../values/points.ts'
import { type Forecast, forecast } from './forecast.ts'
import { explainedForecast, forecastLinesOf } from './forecast-explained.ts'
import { languages } from './language.ts'

const all = ['Kari', 'Ola', 'Per']
const kari = doctorNamed('Kari')
const held = (session: string, date: string, minutes = 150): SessionRow => ({
  ...{ session, starts: `${date} 15:00`, minutes, present: { G1: all } },
})
const registerOf = (sessions: ReadonlyArray<SessionRow>, anchor: string | null, group: Partial<GroupRow> = {}) =>
  registerWith({ doctors: { Kari: anchor }, groups: { G1: { members: all, ...group } }, sessions })

const times = (at: string, minutes: number) => {
  const starts = inOslo(at)
  return { starts, ends: instantOf(millisecondsOf(starts) + minutes * 60_000), date: dateIn(oslo, starts) }
}
const plan = (register: TestRegister, session: string, at: string, minutes = 150): void => {
  const where = { zone: oslo, place: null, department: null, hosts: [], groups: [groupNamed('G1')], topics: [] }
  const data = { ...times(at, minutes), ...where }
  register.record(sessionStream(session), { type: 'SessionPlanned', data })
}

const from = (register: TestRegister, asOf: string, ...planned: ReadonlyArray<string>): Forecast | null =>
  fromBy(defaultPack, register, asOf, ...planned)
const fromBy = (
  rules: RulePack,
  register: TestRegister,
  asOf: string,
  ...planned: ReadonlyArray<string>
): Forecast | null =>
  forecast(kari, register.evidence(), planned.map(sessionNamed), rules, {
    effectiveThrough: legalDate(asOf),
    asKnownAt: inOslo('2030-01-01'),
  })

const shown = (made: Forecast | null) =>
  made === null
    ? null
    : {
        now: shownPoints(made.now.points),
        expected: shownPoints(made.expected.points),
        planned: made.planned.map(({ date, counted }) => `${date} ${counted}`),
        missing: made.missing.map(({ what, minutes, by, enough }) => `${what} ${minutes} ${by} ${enough?.lastSafeDay}`),
        lastSafeDay: made.lastSafeDay,
      }

const two = [held('S1', '2024-02-01'), held('S2', '2024-05-01')]

test('a third session planned lifts the two that are held back', () => {
  const register = registerOf(two, '2020-01-01')
  plan(register, 'P1', '2024-10-01 15:00')
  expect(shown(from(register, '2024-06-01', 'P1'))).toEqual({
    now: '0.00',
    expected: '7.50',
    planned: ['2024-10-01 150'],
    missing: ['mandatory 750 2024-12-31 2024-12-29'],
    lastSafeDay: '2024-12-29',
  })
})

test('what the plans leave short is missing by the window’s last day, also where the period goes on', () => {
  const register = registerOf(two.slice(0, 1), '2023-01-01')
  plan(register, 'P1', '2024-10-01 15:00', 60)
  plan(register, 'P2', '2025-02-01 15:00')
  const made = from(register, '2024-06-01', 'P1', 'P2')
  expect(shown(made)).toEqual({
    now: '0.00',
    expected: '0.00',
    planned: ['2024-10-01 0', '2025-02-01 0'],
    missing: [
      'threshold 150 2024-12-31 2024-12-31',
      'threshold 210 2025-12-31 2025-12-30',
      'mandatory 1200 2027-12-31 2027-12-28',
    ],
    lastSafeDay: '2024-12-31',
  })
  expect(made?.missing[0]).toEqual({
    ...{ what: 'threshold', group: groupNamed('G1'), sessions: 1, minutes: 150, by: '2024-12-31' },
    enough: { group: groupNamed('G1'), lastSafeDay: '2024-12-31' },
    ...{ window: { from: '2024-01-01', to: '2025-01-01' } },
  })
})

test('a window that is over is no longer missing anything', () => {
  const register = registerOf(two, '2020-01-01')
  expect(from(register, '2024-12-31')?.missing.map(({ what }) => what)).toEqual(['mandatory'])
})

test('nothing is missing where the plans suffice', () => {
  const year = ['01', '02', '03', '04', '05', '06', '07'].map((month) => held(`S${month}`, `2024-${month}-10`, 180))
  const register = registerOf(year, '2020-01-01')
  expect(shown(from(register, '2024-09-01'))).toEqual({
    ...{ now: '21.00', expected: '21.00', planned: [], missing: [], lastSafeDay: null },
  })
})

test('a session counts as it was moved, and not once it is cancelled, held, past, or after the period', () => {
  const register = registerOf(two, '2020-01-01')
  plan(register, 'P1', '2024-10-01 15:00')
  register.record(sessionStream('P1'), { type: 'SessionMoved', data: times('2024-11-05 09:00', 90) })
  plan(register, 'P2', '2024-10-02 15:00')
  register.record(sessionStream('P2'), { type: 'SessionCancelled', data: { on: legalDate('2024-05-02'), reason: '' } })
  plan(register, 'P3', '2024-06-01 15:00')
  plan(register, 'P4', '2025-01-01 15:00')
  const made = from(register, '2024-06-01', 'P1', 'P2', 'P3', 'P4', 'P1', 'nobody planned this')
  expect(made?.planned).toEqual([
    { session: sessionNamed('P1'), group: groupNamed('G1'), date: '2024-11-05', minutes: 90, counted: 90 },
  ])
  expect(made?.expected.countedMinutes).toBe(390)
})

test('nothing is planned where the plan was taken back, was a wish only, or is held already', () => {
  const register = registerOf(two, '2020-01-01')
  plan(register, 'P3', '2024-10-03 15:00')
  expect(from(register, '2024-06-01', 'P3')?.planned.map(({ date }) => date)).toEqual(['2024-10-03'])
  const { event } = register.held('S1')
  if (event.type !== 'SessionHeld') throw new TypeError('S1 was held')
  const data = { ...event.data, ...times('2024-10-03 15:00', 150) }
  register.record(sessionStream('P3'), { type: 'SessionHeld', data })
  plan(register, 'P1', '2024-10-01 15:00')
  const planned = register.history.at(-1)
  register.record(sessionStream('P1'), { type: 'SessionMoved', data: times('2024-10-02 15:00', 150) })
  expect(from(register, '2024-06-01', 'P1')?.planned.map(({ date }) => date)).toEqual(['2024-10-02'])
  if (planned !== undefined) register.retract(planned)
  expect(from(register, '2024-06-01', 'P1', 'P3', 'P9')?.planned).toEqual([])
})

test('what is missing with two groups is told by the day until which it is, the earliest first', () => {
  const rules: RulePack = { ...defaultPack, window: { ...defaultPack.window, value: 'group-year' } }
  const register = registerWith({
    doctors: { Kari: '2022-01-01' },
    groups: { G1: { members: all, registered: '2020-07-01' }, G2: { members: all, registered: '2020-03-01' } },
    sessions: [held('S1', '2024-07-10'), { ...held('T1', '2024-08-10'), present: { G2: all } }],
  })
  const made = fromBy(rules, register, '2024-09-01')
  expect(made?.missing.map(({ what, by }) => `${what} ${by}`)).toEqual([
    'threshold 2025-02-28',
    'threshold 2025-06-30',
    'mandatory 2026-12-31',
  ])
})

test('somebody who leaves before it attends nothing, and one member alone is no quorum', () => {
  const leaving = registerOf(two, '2020-01-01', { members: [{ doctor: 'Kari', left: '2024-09-01' }, 'Ola', 'Per'] })
  plan(leaving, 'P1', '2024-10-01 15:00')
  expect(from(leaving, '2024-06-01', 'P1')?.planned).toEqual([])
  expect(from(leaving, '2024-08-31', 'P1')?.missing.map(({ what }) => what)).toEqual(['threshold', 'mandatory'])
  expect(from(leaving, '2024-09-01', 'P1')?.missing.map(({ what }) => what)).toEqual(['mandatory'])
  const alone = registerOf([], '2020-01-01', { members: ['Kari'] })
  plan(alone, 'P1', '2024-10-01 15:00')
  const made = from(alone, '2024-06-01', 'P1')
  expect(made?.planned.map(({ counted }) => counted)).toEqual([0])
  expect(made?.expected.lines.map(({ shortfall }) => shortfall?.reason)).toEqual(['BELOW_QUORUM'])
})

test('what is planned is told by its days, what is missing by the days until which it is', () => {
  const register = registerOf(two.slice(0, 1), '2023-01-01')
  for (const [session, at] of [
    ['P1', '2025-03-01 15:00'],
    ['P2', '2024-10-01 18:00'],
    ['P3', '2024-10-01 10:00'],
  ] as const)
    plan(register, session, at, 60)
  const made = from(register, '2024-06-01', 'P1', 'P2', 'P3')
  const sameDay = ['P2', 'P3'].map((name) => sessionNamed(name)).sort()
  expect(made?.planned.map(({ session, date }) => [session, date])).toEqual([
    ...sameDay.map((session) => [session, '2024-10-01']),
    [sessionNamed('P1'), '2025-03-01'],
  ])
  expect(from(register, '2024-06-01', 'P1', 'P3', 'P2')?.planned).toEqual(made?.planned)
  expect(made?.missing.map(({ by }) => by)).toEqual(['2024-12-31', '2025-12-31', '2027-12-31'])
})

test('a session of two groups is told for each in which the doctor is, with what counts there', () => {
  const register = registerWith({
    doctors: { Kari: '2020-01-01' },
    groups: {
      G1: { members: all },
      G2: { members: [{ doctor: 'Kari', joined: '2024-09-15' }, 'Liv', 'Mia'], registered: '2021-01-01' },
    },
    sessions: two,
  })
  const where = { zone: oslo, place: null, department: null, hosts: [], topics: [] }
  const groups = [groupNamed('G2'), groupNamed('G1')]
  register.record(sessionStream('P1'), {
    type: 'SessionPlanned',
    data: { ...times('2024-10-01 15:00', 150), ...where, groups },
  })
  const told = from(register, '2024-06-01', 'P1')?.planned.map(({ group, counted }) => [group, counted])
  expect(told).toEqual([
    [groupNamed('G2'), 0],
    [groupNamed('G1'), 150],
  ])
})

test('what the doctor needs is by the rules about the doctor, a dispensation among them', () => {
  const register = registerOf(two, '2020-01-01')
  const question = { effectiveThrough: legalDate('2024-06-01'), asKnownAt: inOslo('2030-01-01') }
  const rules: RulesInForce = {
    ...byOnePack(defaultPack),
    at: ({ doctor, group }) =>
      doctor.length > 0 && group === null
        ? { ...defaultPack, minutesPerPoint: { ...defaultPack.minutesPerPoint, value: 30 } }
        : defaultPack,
  }
  expect(forecast(kari, register.evidence(), [], rules, question)?.missing.at(-1)?.minutes).toBe(600)
})

test('without a period there is nothing to forecast', () => {
  const register = registerOf(two, null)
  expect(from(register, '2024-06-01')).toBeNull()
})

test('is told in both languages', () => {
  const register = registerOf(two.slice(0, 1), '2020-01-01')
  plan(register, 'P1', '2024-10-01 15:00')
  register.record(groupStream('G1'), { type: 'GroupClosed', data: { on: legalDate('2029-01-01') } })
  const made = from(register, '2024-06-01', 'P1')
  if (made === null) throw new TypeError('there is a period')
  const names = { doctor: () => 'Kari', group: () => 'G1' }
  const told = languages.map((language) =>
    forecastLinesOf(explainedForecast(made, defaultPack, names, language)).map(({ text }) => text),
  )
  expect(told).toEqual([
    [
      'Forecast for Kari from 2024-06-01, as known at the end of 2029-12-31',
      'Now: 0.00 points, 0.00 of 20 mandatory',
      'On 2024-12-31, with everything planned attended: 0.00 points, 0.00 of 20 mandatory',
      'More is needed than is planned, and something more has to be held by 2024-12-29.',
      'Tried by supposing sessions of one of the doctor’s groups, one a day, each as long as a day can count. Taken for granted: that they can be held, that enough members come, and that the group signs for them. Where it is too late to plan anything more, only what is planned or wished for already is supposed.',
      'An indication, not a decision: that is the authority’s to make.',
      '',
      'Planned:',
      '2024-10-01 with group G1: 150 minutes, 0 will count',
      '',
      'Still missing:',
      'With group G1, 2024-01-01 through 2024-12-31: 1 more counting session and 60 more counting minutes. By 2024-12-31: can be reached with group G1, the first session held by 2024-12-31.',
      'Mandatory in the period: 20.00 points, 1200 more counting minutes. By 2024-12-31: can be reached with group G1, the first session held by 2024-12-29.',
    ],
    [
      'Prognose for Kari fra 01.06.2024, slik det var kjent ved utgangen av 31.12.2029',
      'Nå: 0,00 poeng, 0,00 av 20 obligatoriske',
      '31.12.2024, med alt det planlagte gjennomført: 0,00 poeng, 0,00 av 20 obligatoriske',
      'Det trengs mer enn det som er planlagt, og noe mer må holdes senest 29.12.2024.',
      'Prøvd med tenkte møter i en av legens smågrupper, ett om dagen, hvert så langt som en dag kan telle. Det er tatt for gitt at de kan holdes, at nok medlemmer kommer, og at smågruppen har undertegnet for dem. Der det er for sent å planlegge mer, er bare det som alt er planlagt eller ønsket, tenkt holdt.',
      'En veiledende beregning, ikke et vedtak: det fattes av rette myndighet.',
      '',
      'Planlagt:',
      '01.10.2024 med smågruppe G1: 150 minutter, 0 vil telle',
      '',
      'Mangler fortsatt:',
      'Med smågruppe G1, 01.01.2024 til og med 31.12.2024: 1 tellende møte til og 60 tellende minutter til. Innen 31.12.2024: kan nås med smågruppe G1, det første møtet holdt senest 31.12.2024.',
      'Obligatorisk i perioden: 20,00 poeng, 1200 tellende minutter til. Innen 31.12.2024: kan nås med smågruppe G1, det første møtet holdt senest 29.12.2024.',
    ],
  ])
})

test('its lines say what kind they are: what will count, what hangs on more, and what is missing', () => {
  const register = registerOf(two, '2020-01-01')
  plan(register, 'P1', '2024-10-01 15:00')
  const names = { doctor: () => 'Kari', group: () => 'G1' }
  const kinds = (made: Forecast | null) =>
    made === null
      ? []
      : forecastLinesOf(explainedForecast(made, defaultPack, names)).map(({ kind, indent }) => `${kind} ${indent}`)
  const said = ['title 0', ...Array(5).fill('total 0'), 'blank 0', 'heading 0']
  expect(kinds(from(register, '2024-06-01', 'P1'))).toEqual([...said, 'counts 2', 'blank 0', 'heading 0', 'pending 2'])
  const alone = registerOf(two.slice(0, 1), '2020-01-01')
  plan(alone, 'P1', '2024-10-01 15:00')
  expect(kinds(from(alone, '2024-06-01', 'P1'))).toEqual([
    ...said,
    'pending 2',
    'blank 0',
    'heading 0',
    'pending 2',
    'pending 2',
  ])
})

test('one is told as one, nothing missing as nothing, and each part alone', () => {
  const names = { doctor: () => 'Kari', group: () => 'G1' }
  const told = (register: TestRegister, ...planned: ReadonlyArray<string>) => {
    const made = from(register, '2024-09-01', ...planned)
    if (made === null) throw new TypeError('there is a period')
    return languages.map((language) => {
      const { text, planned, missing } = explainedForecast(made, defaultPack, names, language)
      return [text[3], ...[...planned, ...missing].map((part) => part.text.split('. ')[0])]
    })
  }
  const others = { present: { G1: ['Ola', 'Per'] } }
  const minute = registerOf(
    [
      held('S1', '2024-02-01', 359),
      { ...held('S2', '2024-03-01'), ...others },
      { ...held('S3', '2024-04-01'), ...others },
    ],
    '2024-01-01',
  )
  plan(minute, 'P1', '2024-10-01 15:00', 1)
  expect(told(minute, 'P1').map((lines) => lines.slice(1, 3))).toEqual([
    [
      '2024-10-01 with group G1: 1 minute, 0 will count',
      'With group G1, 2024-01-01 through 2024-12-31: 1 more counting minute',
    ],
    [
      '01.10.2024 med smågruppe G1: 1 minutt, 0 vil telle',
      'Med smågruppe G1, 01.01.2024 til og med 31.12.2024: 1 tellende minutt til',
    ],
  ])
  expect(told(registerOf([held('S1', '2024-02-01', 360)], '2024-01-01')).map(([, threshold]) => threshold)).toEqual([
    'With group G1, 2024-01-01 through 2024-12-31: 2 more counting sessions',
    'Med smågruppe G1, 01.01.2024 til og med 31.12.2024: 2 tellende møter til',
  ])
  const enough = ['01', '02', '03', '04', '05', '06', '07'].map((month) => held(`S${month}`, `2024-${month}-10`, 180))
  const lines = languages.flatMap((language) => {
    const made = from(registerOf(enough, '2020-01-01'), '2024-09-01')
    return made === null ? [] : forecastLinesOf(explainedForecast(made, defaultPack, names, language))
  })
  expect(lines.map(({ kind }) => kind)).toEqual([...Array(2)].flatMap(() => ['title', ...Array(4).fill('total')]))
  expect(told(registerOf(enough, '2020-01-01'))).toEqual([['Nothing more is needed.'], ['Det trengs ikke mer.']])
  const last = registerOf([...enough.slice(0, 6), held('S7', '2024-07-10', 119)], '2020-01-01')
  expect(told(last).map((lines) => lines.at(-1))).toEqual([
    'Mandatory in the period: 0.02 points, 1 more counting minute',
    'Obligatorisk i perioden: 0,02 poeng, 1 tellende minutt til',
  ])
})

describe('the last safe day is tried', () => {
  const pack = (values: Partial<RuleValues>, of: RulePack = defaultPack): RulePack => ({
    ...of,
    ...Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, { value, source: defaultPack.quorum.source }]),
    ),
  })
  const year = (of: number, sessions: number, minutes: number) =>
    Array.from({ length: sessions }, (_, nth) => held(`S${of}-${nth}`, `${of}-0${nth + 1}-10`, minutes))
  /** Sixteen points in four years. */
  const sixteen = () => [...year(2020, 3, 160), ...year(2021, 3, 160)]

  test('minutes of a new year need its thresholds too, so one session on the last day is too late', () => {
    const before = registerOf(sixteen(), '2020-01-01')
    expect(shown(from(before, '2023-12-31'))).toMatchObject({
      now: '16.00',
      missing: ['mandatory 240 2024-12-31 2024-12-29'],
      lastSafeDay: '2024-12-29',
    })
    const holding = (...sessions: ReadonlyArray<SessionRow>) =>
      from(registerOf([...sixteen(), ...sessions], '2020-01-01'), '2024-12-31')?.now.mandatoryMet
    expect(holding(held('N1', '2024-12-31', 240))).toBe(false)
    expect(holding(held('N1', '2024-12-30', 360), held('N2', '2024-12-31', 360))).toBe(false)
    expect(holding(...['29', '30', '31'].map((day) => held(`N${day}`, `2024-12-${day}`, 360)))).toBe(true)
    // In a year whose thresholds are reached, the last day is early enough.
    expect(shown(from(registerOf(sixteen(), '2020-01-01'), '2021-06-01'))?.lastSafeDay).toBe('2024-12-29')
    const now = registerOf([...year(2020, 3, 160), ...year(2024, 3, 160)], '2020-01-01')
    expect(shown(from(now, '2024-06-01'))?.missing).toEqual(['mandatory 240 2024-12-31 2024-12-31'])
  })

  test('a day that has a session already is left to it, and a day without the doctor or the group is none', () => {
    const register = registerOf([...year(2020, 3, 160), ...year(2024, 3, 160)], '2020-01-01')
    plan(register, 'P1', '2024-12-31 15:00', 60)
    expect(shown(from(register, '2024-06-01', 'P1'))?.missing).toEqual(['mandatory 180 2024-12-31 2024-12-30'])
    const all = registerOf([...year(2020, 3, 160), ...year(2024, 3, 160)], '2020-01-01')
    all.record(groupStream('G1'), { type: 'GroupClosed', data: { on: legalDate('2024-12-24') } })
    expect(shown(from(all, '2024-06-01'))?.lastSafeDay).toBe('2024-12-23')
  })

  test('what a year gives no more than its cap of can no longer be reached', () => {
    const rules = pack({ yearlyCap: 3 })
    const register = registerOf(year(2020, 3, 160), '2020-01-01')
    const made = fromBy(rules, register, '2023-12-31')
    expect(shown(made)).toMatchObject({ now: '3.00', missing: ['mandatory null 2024-12-31 undefined'] })
    expect(made?.lastSafeDay).toBeNull()
    const names = { doctor: () => 'Kari', group: () => 'G1' }
    const told = languages.map((language) => {
      if (made === null) throw new TypeError('there is a period')
      const { text, missing } = explainedForecast(made, rules, names, language)
      return [text[3], ...missing.map((one) => one.text)]
    })
    expect(told).toEqual([
      [
        'Something of what is missing can no longer be reached in that way.',
        'Mandatory in the period: 17.00 points. By 2024-12-31: can no longer be reached.',
      ],
      [
        'Noe av det som mangler, kan ikke lenger nås på den måten.',
        'Obligatorisk i perioden: 17,00 poeng. Innen 31.12.2024: kan ikke lenger nås.',
      ],
    ])
    // Seventeen points in four more years of five.
    const five = fromBy(pack({ yearlyCap: 5 }), registerOf([held('S1', '2020-01-10', 60)], '2020-01-01'), '2020-06-01')
    expect(five?.missing.at(-1)?.enough).toEqual({ group: groupNamed('G1'), lastSafeDay: '2021-12-29' })
  })

  test('rounded points take as many sessions as they take', () => {
    const rules = pack({ rounding: { mode: 'floor', per: 'session', unit: 1 }, dayCapMinutes: 119, mandatory: 6 })
    expect(shown(fromBy(rules, registerOf([], '2024-01-01'), '2028-06-01'))?.missing).toEqual([
      'mandatory null 2028-12-31 2028-12-26',
    ])
  })

  test('too late to plan, only what was wished for in time is held', () => {
    const six = ['Kari', 'Ola', 'Per', 'Anne', 'Finn', 'Liv']
    const register = registerWith({
      doctors: { Kari: '2024-01-01' },
      groups: { G1: { members: six, signed: null } },
      sessions: ['2024-02-07', '2024-05-08'].map((date) => ({ ...held(date, date), present: { G1: six } })),
    })
    const wish = (session: string, on: string) =>
      register.record(sessionStream(session), {
        type: 'SessionRequested',
        data: {
          ...{ groups: [groupNamed('G1')], department: null, topic: '', place: null, reference: null },
          on: legalDate(on),
        },
      })
    for (const session of ['2024-02-07', '2024-05-08', 'A4']) wish(session, '2024-01-17')
    wish('A5', '2024-04-01')
    const made = () => shown(fromBy(danishPack, register, '2024-08-01'))
    expect(made()?.missing).toEqual(['threshold 0 2024-12-31 undefined'])
    wish('A6', '2024-01-17')
    expect(made()?.missing).toEqual(['threshold 0 2024-12-31 2024-12-30'])
  })
})

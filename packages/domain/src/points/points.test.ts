// points.test.ts: periods, and how points are shared out within one

import { describe, expect, test } from 'vitest'
import { defaultPack } from '../rules/default-pack.ts'
import {
  answer,
  doctorNamed,
  nothingCounts,
  pointsIn,
  type RegisterTable,
  registerWith,
  type SessionRow,
} from '../testing/index.ts'
import { shownPoints, wholePoints } from '../values/points.ts'
import { assess, assessEachPeriod } from './points.ts'

const members = ['Kari', 'Ola']
const base: RegisterTable = { doctors: { Kari: '2020-01-01', Ola: null }, groups: { G1: { members } } }

const held = (session: string, starts: string, minutes: number): SessionRow => ({
  session,
  starts,
  minutes,
  present: { G1: members },
})

/** Kari’s minutes in 2024: sessions of six hours at most, on the days of January. */
const withMinutes = (...minutes: ReadonlyArray<number>) =>
  registerWith({
    ...base,
    sessions: minutes.map((one, index) =>
      held(`S${index}`, `2024-01-${String(index + 1).padStart(2, '0')} 10:00`, one),
    ),
  })

describe('the period of five years', () => {
  test('without an anchor, or for an unknown doctor, nothing is counted', () => {
    const register = withMinutes(300, 300, 300)
    for (const doctor of ['Ola', 'nobody']) {
      expect(pointsIn(register, doctor, { asOf: '2024-12-31' })).toMatchObject({
        period: null,
        countedMinutes: 0,
        lines: [],
      })
    }
    expect(pointsIn(register, 'Kari', { asOf: '2019-12-31' })).toMatchObject({
      period: null,
      countedMinutes: 0,
      lines: [],
    })
  })
})

test('points are of resertification where nothing else is asked, and a session of the day on which a period ends is of the next', () => {
  const days = ['2024-12-31', '2025-01-01', '2025-01-02']
  const register = registerWith({ ...base, sessions: days.map((day) => held(day, `${day} 10:00`, 360)) })
  const { question, track } = pointsIn(register, 'Kari', { asOf: '2025-12-31' })
  const each = assessEachPeriod(register.evidence(), defaultPack, question)(doctorNamed('Kari'))
  expect(track).toBe('resertification')
  expect(each.map((period) => [period.track, period.lines.map(({ label }) => label)])).toEqual([
    ['resertification', ['2024-12-31']],
    ['resertification', ['2025-01-01', '2025-01-02']],
  ])
  expect(assess(register.evidence(), defaultPack, question)(doctorNamed('Kari')).track).toBe('resertification')
})

describe('mandatory fills first, then elective, the rest is overflow', () => {
  test('S1-08 unmet at nineteen and a half points, met at twenty', () => {
    const short = withMinutes(360, 360, 360, 90)
    expect(answer(short, 'Kari', { asOf: '2024-12-31' })).toEqual({
      ...nothingCounts,
      counted: 1170,
      mandatory: '19.50',
    })
    expect(pointsIn(short, 'Kari', { asOf: '2024-12-31' })).toMatchObject({ mandatoryMet: false })
    expect(shownPoints(pointsIn(short, 'Kari', { asOf: '2024-12-31' }).missing)).toBe('0.50')

    const met = withMinutes(360, 360, 360, 120)
    expect(answer(met, 'Kari', { asOf: '2024-12-31' })).toEqual({ ...nothingCounts, counted: 1200, mandatory: '20.00' })
    expect(pointsIn(met, 'Kari', { asOf: '2024-12-31' })).toMatchObject({ mandatoryMet: true })
    expect(shownPoints(pointsIn(met, 'Kari', { asOf: '2024-12-31' }).missing)).toBe('0.00')
  })

  test('S1-17a a minute past twenty points is elective', () => {
    expect(answer(withMinutes(360, 360, 360, 121), 'Kari', { asOf: '2024-12-31' })).toEqual({
      ...nothingCounts,
      counted: 1201,
      mandatory: '20.00',
      elective: '0.02',
    })
  })

  test('S1-17a a minute past twenty and a hundred and thirty is overflow', () => {
    const days = Array.from({ length: 25 }, () => 360)
    expect(answer(withMinutes(...days), 'Kari', { asOf: '2024-12-31' })).toEqual({
      ...nothingCounts,
      counted: 9000,
      mandatory: '20.00',
      elective: '130.00',
    })
    expect(answer(withMinutes(...days, 61), 'Kari', { asOf: '2024-12-31' })).toEqual({
      ...nothingCounts,
      counted: 9061,
      mandatory: '20.00',
      elective: '130.00',
      overflow: '1.02',
    })
  })

  test('points are divided once: 500 minutes are exactly 25/3', () => {
    const answered = pointsIn(withMinutes(180, 180, 140), 'Kari', { asOf: '2024-12-31' })
    expect(answered.points).toEqual({ numerator: 25, denominator: 3 })
    expect(shownPoints(answered.points)).toBe('8.33')
  })
})

describe('the place never changes the points', () => {
  test('S1-21 at the hospital, at a practice or nowhere said, with a department or without', () => {
    const at = (more: Partial<SessionRow>) =>
      answer(
        registerWith({
          ...base,
          sessions: ['01', '02', '03'].map((month) => ({
            ...held(`S${month}`, `2024-${month}-10 15:00`, 180),
            ...more,
          })),
        }),
        'Kari',
        { asOf: '2024-12-31' },
      )
    const own = at({})
    expect(own).toEqual({ ...nothingCounts, counted: 540, mandatory: '9.00' })
    expect(at({ place: 'practice' })).toEqual(own)
    expect(at({ place: 'hospital', department: 'children' })).toEqual(own)
  })
})

describe('any number of hospital doctors', () => {
  test.for([[[]], [['Hans']], [['Hans', 'Hege', 'Heidi']]])(
    'S1-25 hosts %j change nothing for the members',
    ([hosts]) => {
      const sessions = ['01', '02', '03'].map((month) => ({
        ...held(`S${month}`, `2024-${month}-10 15:00`, 180),
        hosts: hosts ?? [],
      }))
      expect(answer(registerWith({ ...base, sessions }), 'Kari', { asOf: '2024-12-31' })).toEqual({
        ...nothingCounts,
        counted: 540,
        mandatory: '9.00',
      })
    },
  )
})

describe('minutes are facts', () => {
  test('S1-26 an afternoon of two and a half or three hours counts what it lasted and how long one was there', () => {
    const register = registerWith({
      ...base,
      sessions: [
        held('S1', '2024-01-10 14:30', 150),
        held('S2', '2024-02-10 14:30', 180),
        {
          ...held('S3', '2024-03-10 14:30', 180),
          present: { G1: ['Ola', { doctor: 'Kari', times: ['15:07-17:30'] }] },
        },
      ],
    })
    expect(pointsIn(register, 'Kari', { asOf: '2024-12-31' }).lines.map(({ counted }) => counted)).toEqual([
      150, 180, 143,
    ])
  })
})

describe('the rules are values', () => {
  test('every number of the pack is used: another pack, other points', () => {
    const source = defaultPack.quorum.source
    const rules = {
      ...defaultPack,
      groupThreshold: { value: 1, source },
      doctorThresholdMinutes: { value: 90, source },
      minutesPerPoint: { value: 45, source },
      mandatory: { value: 1, source },
      electiveMax: { value: 1, source },
      dayCapMinutes: { value: 100, source },
      sessionMinutesMin: { value: 90, source },
      quorum: { value: 1, source },
      periodYears: { value: 1, source },
    }
    const register = registerWith({
      ...base,
      sessions: [{ ...held('S1', '2024-01-10 15:00', 120), present: { G1: ['Kari'] } }],
    })
    const answered = pointsIn(register, 'Kari', { asOf: '2024-06-01', rules })
    expect(answered).toMatchObject({
      period: { from: '2024-01-01', to: '2025-01-01' },
      countedMinutes: 100,
      points: { numerator: 20, denominator: 9 },
      mandatory: wholePoints(1),
      elective: wholePoints(1),
      overflow: { numerator: 2, denominator: 9 },
    })
    expect(pointsIn(register, 'Kari', { asOf: '2024-06-01' }).countedMinutes).toBe(0)
  })
})

test('the points of one doctor are the same alone and among many', () => {
  const register = withMinutes(180, 90, 200, 59)
  const alone = pointsIn(register, 'Kari', { asOf: '2024-12-31' })
  const many = assess(register.evidence(), defaultPack, alone.question)
  expect(many(alone.doctor)).toEqual(alone)
  expect(many(alone.doctor)).toEqual(alone)
})

test('lines come in the order of the dates, then of the sessions, then of the groups', () => {
  const register = registerWith({
    doctors: { Kari: '2020-01-01' },
    groups: { G1: { members }, G2: { members } },
    sessions: [
      { ...held('B', '2024-03-10 15:00', 180), present: { G2: members, G1: members } },
      held('A', '2024-03-10 09:00', 60),
      held('C', '2024-01-10 09:00', 60),
    ],
  })
  const { lines } = pointsIn(register, 'Kari', { asOf: '2024-12-31' })
  expect(lines.map(({ label }) => label)).toEqual(['C', 'A', 'B', 'B'])
  const groups = lines.slice(2).map(({ group }) => group)
  expect(groups).toEqual([...groups].sort())
})

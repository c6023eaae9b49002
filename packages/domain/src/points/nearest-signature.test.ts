// nearest-signature.test.ts: where a signature is what can still be done, and by when

import { describe, expect, test } from 'vitest'
import { groupNamed, registerWith } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { all, held, meet, pack, register, sign, stepsOf } from './nearest.test-kit.ts'

describe('a signature', () => {
  const three = ['2024-02-01', '2024-05-01', '2024-08-01'].map((date, i) => held(`S${i + 1}`, date))

  test('cures where the rules say so, through the last day on which it does', () => {
    const unsigned = register(three, { signed: null })
    const cured = (by: string) => ({ S1: [sign(by)], S2: [sign(by)], S3: [sign(by)] })
    expect(stepsOf(unsigned, '2024-09-01', pack({ declaration: 'cures-window' }))).toEqual(cured('2024-12-31'))
    expect(stepsOf(unsigned, '2024-09-01')).toEqual({ S1: [], S2: [], S3: [] })
    expect(stepsOf(unsigned, '2025-01-01', pack({ declaration: 'cures-window' }))).toEqual({ S1: [], S2: [], S3: [] })
  })

  test('covers days before it, and what it does not reach it cannot help', () => {
    const rules = pack({ declaration: { curesDays: 60 }, groupThreshold: 1, doctorThresholdMinutes: 0 })
    expect(stepsOf(register(three, { signed: null }), '2024-09-01', rules)).toEqual({
      S1: [],
      S2: [],
      S3: [sign('2024-09-30')],
    })
  })

  test('that covers one session helps the others of its window, also when that is over', () => {
    const rules = pack({ declaration: { curesDays: 60 } })
    const gap = register([...three.slice(0, 2), held('S3', '2024-12-01')], { withdrawn: '2024-11-01' })
    const [by] = [sign('2025-01-30')]
    expect(stepsOf(gap, '2024-12-31', rules)).toEqual({ S1: [by], S2: [by], S3: [by] })
    expect(stepsOf(gap, '2025-01-31', rules)).toEqual({ S1: [], S2: [], S3: [] })
  })

  test('is asked for by the day of the first session that it still reaches, of those that can matter', () => {
    const one = { groupThreshold: 1, doctorThresholdMinutes: 0 }
    const cured = pack({ declaration: { curesDays: 60 }, ...one })
    const twoYears = register([held('S0', '2023-12-25'), held('S1', '2024-02-01')], { signed: null })
    expect(stepsOf(twoYears, '2024-02-10', cured)).toEqual({ S0: [sign('2024-02-23')], S1: [sign('2024-04-01')] })
    expect(stepsOf(twoYears, '2024-04-01', cured)).toEqual({ S0: [], S1: [sign('2024-04-01')] })
    expect(stepsOf(twoYears, '2024-04-02', cured)).toEqual({ S0: [], S1: [] })
    const rolling = pack({ declaration: { curesDays: 400 }, window: 'rolling-12-months', ...one })
    const apart = (date: string) => register([held('S0', date), held('S1', '2024-02-01')], { signed: null })
    expect(stepsOf(apart('2023-02-01'), '2024-02-10', rolling).S1).toEqual([sign('2025-03-07')])
    expect(stepsOf(apart('2023-02-02'), '2024-02-10', rolling).S1).toEqual([sign('2024-03-08')])
  })

  test('is asked for by no session that is covered', () => {
    const cured = pack({ declaration: { curesDays: 60 }, groupThreshold: 1, doctorThresholdMinutes: 0 })
    const two = register([held('S0', '2024-01-10'), held('S1', '2024-02-01')], {
      signed: '2024-01-01',
      withdrawn: '2024-01-20',
    })
    expect(stepsOf(two, '2024-02-10', cured)).toEqual({ S1: [sign('2024-04-01')] })
  })

  test('is nearer than the session that it covers', () => {
    const rules = pack({ declaration: 'cures-window' })
    const gap = register(three, { withdrawn: '2024-06-01' })
    expect(stepsOf(gap, '2024-09-01')).toEqual({ S1: [meet(1, 120)], S2: [meet(1, 120)], S3: [] })
    const by = [sign('2024-12-31')]
    expect(stepsOf(gap, '2024-09-01', rules)).toEqual({ S1: by, S2: by, S3: by })
    const four = [sign('2024-12-31'), meet(1, 0)]
    expect(stepsOf(gap, '2024-09-01', pack({ declaration: 'cures-window', groupThreshold: 4 })).S1).toEqual(four)
    // What it covers is too short for it to be named.
    const short = register([...three.slice(0, 2), held('S3', '2024-08-01', { minutes: 30 })], {
      withdrawn: '2024-06-01',
    })
    expect(stepsOf(short, '2024-09-01', rules).S1).toEqual([meet(1, 120)])
  })

  test('is followed by what is lacking after it', () => {
    const unsigned = register(three.slice(0, 2), { signed: null })
    const both = [sign('2024-12-31'), meet(1, 120)]
    expect(stepsOf(unsigned, '2024-09-01', pack({ declaration: 'cures-window' }))).toEqual({ S1: both, S2: both })
  })
})

test('minutes that another attendance has are free again where a signature lets them count with another group', () => {
  const asking = (groupThreshold: number) =>
    pack({ declaration: { curesDays: 60 }, dayCapMinutes: 120, groupThreshold, doctorThresholdMinutes: 0 })
  const rules = asking(1)
  const two = (date: string) =>
    registerWith({
      doctors: { Kari: '2022-01-01' },
      groups: { G1: { members: all, signed: null }, G2: { members: all } },
      sessions: [
        { session: 'S1', starts: '2024-02-01 09:00', minutes: 120, present: { G1: all, G2: all } },
        { session: 'S2', starts: date, minutes: 120, present: { G2: all } },
      ],
    })
  expect(stepsOf(two('2024-02-01 15:00'), '2024-02-10', rules).S2).toEqual([sign('2024-04-01')])
  expect(stepsOf(two('2024-02-01 15:00'), '2024-04-02', rules).S2).toEqual([])
  // What is lacking then is named too.
  expect(stepsOf(two('2024-02-01 15:00'), '2024-02-10', asking(3)).S2).toEqual([
    sign('2024-04-01'),
    { ...meet(1, 0), group: groupNamed('G2') },
  ])
  // The same minutes are the first session's, with whichever group.
  expect(stepsOf(two('2024-02-01 09:00'), '2024-02-10', rules).S2).toEqual([])
})

test('a day that is over its cap is not once another group’s signature takes what is beyond it', () => {
  const rules = pack({
    ...{ declaration: { curesDays: 60 }, dayCap: 'reject' },
    ...{ groupThreshold: 1, doctorThresholdMinutes: 0 },
  })
  const of = registerWith({
    doctors: { Kari: '2022-01-01' },
    groups: { G1: { members: all, signed: null }, G2: { members: all, signed: null } },
    sessions: [
      { session: 'S1', starts: '2024-02-01 09:00', minutes: 60, present: { G1: all } },
      { session: 'S2', starts: '2024-02-01 09:00', minutes: 400, present: { G2: all } },
    ],
  })
  const by = legalDate('2024-04-01')
  expect(stepsOf(of, '2024-02-10', rules).S2).toEqual([
    { step: 'sign', group: groupNamed('G2'), by },
    { step: 'sign', group: groupNamed('G1'), by },
  ])
})

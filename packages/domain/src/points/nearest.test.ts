// nearest.test.ts: what can still be done about an attendance that counts nothing, reason by reason

import { describe, expect, test } from 'vitest'
import { defaultPack } from '../rules/default-pack.ts'
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
} from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { explained } from './explained.ts'
import { languages } from './language.ts'
import { nearestChanges } from './nearest.ts'
import { points } from './points.ts'
import type { Step } from './steps.ts'

const all = ['Kari', 'Ola', 'Per']
const held = (session: string, date: string, more: Partial<SessionRow> = {}): SessionRow => ({
  session,
  starts: `${date} 15:00`,
  minutes: 120,
  present: { G1: all },
  ...more,
})

const pack = (values: Partial<RuleValues>): RulePack => ({
  ...defaultPack,
  ...Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value, source: defaultPack.quorum.source }]),
  ),
})

const register = (sessions: ReadonlyArray<SessionRow>, group: Partial<GroupRow> = {}) =>
  registerWith({ doctors: { Kari: '2022-01-01' }, groups: { G1: { members: all, ...group } }, sessions })

const asKnownAt = inOslo('2030-01-01')

/** The steps of Kari’s attendances that count nothing, by session. */
const stepsOf = (of: ReturnType<typeof register>, asOf: string, rules = defaultPack) =>
  Object.fromEntries(
    nearestChanges(doctorNamed('Kari'), of.evidence(), rules, { effectiveThrough: legalDate(asOf), asKnownAt }).map(
      ({ label, steps }) => [label, steps],
    ),
  )

const meet = (sessions: number, minutes: number, by = '2024-12-31'): Step => ({
  ...{ step: 'meet', group: groupNamed('G1'), sessions, minutes, planned: [], joining: false },
  by: legalDate(by),
})
const sign = (by: string): Step => ({ step: 'sign', group: groupNamed('G1'), by: legalDate(by) })
const clear = (label: string): Step => ({ step: 'clear', session: sessionNamed(label), label })

describe('a threshold', () => {
  test('says how many sessions and minutes are lacking, by the window’s last day', () => {
    const two = register([held('S1', '2024-02-01'), held('S2', '2024-05-01')])
    expect(stepsOf(two, '2024-09-01')).toEqual({ S1: [meet(1, 120)], S2: [meet(1, 120)] })
    expect(stepsOf(two, '2024-12-30')).toEqual({ S1: [meet(1, 120)], S2: [meet(1, 120)] })
  })

  test('says nothing once the window is over', () => {
    const two = register([held('S1', '2024-02-01'), held('S2', '2024-05-01')])
    expect(stepsOf(two, '2024-12-31')).toEqual({ S1: [], S2: [] })
  })

  test('names no minutes where the doctor has enough, and no sessions where the group has', () => {
    expect(stepsOf(register([held('S1', '2024-02-01', { minutes: 360 })]), '2024-09-01')).toEqual({ S1: [meet(2, 0)] })
    const others = ['2024-03-01', '2024-04-01'].map((date, i) =>
      held(`T${i}`, date, { present: { G1: ['Ola', 'Per'] } }),
    )
    expect(stepsOf(register([held('S1', '2024-02-01'), ...others]), '2024-09-01')).toEqual({ S1: [meet(0, 240)] })
  })

  test('asks somebody who left to join again, where minutes are lacking', () => {
    const left = register([held('S1', '2024-02-01')], {
      members: ['Ola', 'Per', { doctor: 'Kari', left: '2024-03-01' }],
    })
    expect(stepsOf(left, '2024-09-01')).toEqual({ S1: [{ ...meet(2, 240), joining: true }] })
    const enough = register([held('S1', '2024-02-01', { minutes: 360 })], {
      members: ['Ola', 'Per', { doctor: 'Kari', left: '2024-03-01' }],
    })
    expect(stepsOf(enough, '2024-09-01')).toEqual({ S1: [meet(2, 0)] })
  })

  test('says nothing of a group that is closed', () => {
    const closed = register([held('S1', '2024-02-01')])
    closed.record(groupStream('G1'), { type: 'GroupClosed', data: { on: legalDate('2024-06-01') } })
    expect(stepsOf(closed, '2024-05-31')).toEqual({ S1: [meet(2, 240)] })
    expect(stepsOf(closed, '2024-06-01')).toEqual({ S1: [] })
  })

  test('of rolling months, takes the months that lack least, and of those that lack the same the latest', () => {
    const rules = pack({ window: 'rolling-12-months' })
    const early = register([held('S1', '2024-02-01'), held('S2', '2024-05-01')])
    expect(stepsOf(early, '2024-09-01', rules)).toEqual({
      S1: [meet(1, 120, '2025-01-31')],
      S2: [meet(1, 120, '2025-01-31')],
    })
    // The months that hold both are over.
    expect(stepsOf(early, '2025-02-01', rules)).toEqual({ S1: [], S2: [meet(2, 240, '2025-04-30')] })
  })

  test('of rolling months, leaves those out whose last days have no room for what they lack', () => {
    const rules = pack({ window: 'rolling-12-months', dayCapMinutes: 120 })
    const others = { present: { G1: ['Ola', 'Per'] } }
    const early = register([held('S1', '2024-02-01'), held('S2', '2024-05-01', others), held('S3', '2024-06-01')])
    expect(stepsOf(early, '2025-01-30', rules)).toEqual({
      S1: [meet(0, 120, '2025-01-31')],
      S3: [meet(0, 120, '2025-01-31')],
    })
    const short = register([
      held('S1', '2024-02-01', { minutes: 80 }),
      held('S2', '2024-05-01', others),
      held('S3', '2024-06-01'),
    ])
    expect(stepsOf(short, '2025-01-30', rules)).toEqual({ S1: [], S3: [meet(2, 240, '2025-05-31')] })
    expect(stepsOf(short, '2025-01-29', rules).S3).toEqual([meet(0, 160, '2025-01-31')])
  })

  test('of rolling months, takes later ones that ask for no more sessions than the minutes take anyway', () => {
    const rules = pack({ window: 'rolling-12-months', dayCapMinutes: 100, groupThreshold: 4 })
    const early = register([held('S0', '2024-03-04', { present: { G1: ['Ola', 'Per'] } }), held('S1', '2024-06-01')])
    expect(stepsOf(early, '2025-01-01', rules)).toEqual({ S1: [meet(3, 260, '2025-05-31')] })
  })

  test('of rolling months, is passed where another session of them is put right', () => {
    const final = register([
      held('S1', '2023-02-01', { minutes: 360 }),
      held('S2', '2023-05-01'),
      held('S3', '2024-01-31', { industry: 'pens' }),
      held('S4', '2024-02-01', { industry: 'pens' }),
    ])
    expect(stepsOf(final, '2025-06-01', pack({ window: 'rolling-12-months' })).S1).toEqual([clear('S3')])
  })

  test('is passed where another session is put right, and only those are named that it takes', () => {
    const contributed = { industry: 'pens' }
    const final = register([
      held('S1', '2024-02-01', { minutes: 360 }),
      held('S2', '2024-05-01'),
      held('S3', '2024-06-01', contributed),
      held('S4', '2024-07-01', contributed),
    ])
    expect(stepsOf(final, '2024-12-31')).toEqual({
      S1: [clear('S4')],
      S2: [clear('S4')],
      S3: [clear('S3')],
      S4: [clear('S4')],
    })
  })
})

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

describe('minutes with the group left and the group joined', () => {
  const addsUp = pack({ membershipTransfer: 'adds-up' })
  const moved = (sessions: ReadonlyArray<SessionRow>, now: Partial<GroupRow> = {}) =>
    registerWith({
      doctors: { Kari: '2022-01-01' },
      groups: {
        G1: { members: ['Ola', 'Per', { doctor: 'Kari', left: '2024-06-01' }] },
        G2: { members: ['Ola', 'Per', { doctor: 'Kari', joined: '2024-06-01' }], ...now },
      },
      sessions,
    })
  const three = ['2024-02-01', '2024-03-01', '2024-04-01'].map((date, i) =>
    held(`S${i + 1}`, date, { present: { G1: i === 0 ? all : ['Ola', 'Per'] } }),
  )
  const at = (label: string, date: string, more: Partial<SessionRow> = {}) =>
    held(label, date, { present: { G2: all }, ...more })
  const meetWithG2 = (sessions: number, minutes: number, by = '2024-12-31'): Step => ({
    ...{ step: 'meet', planned: [], group: groupNamed('G2'), sessions, minutes, joining: false },
    by: legalDate(by),
  })

  test('are reached with the group that the doctor is in now, rather than by joining the old one again', () => {
    expect(stepsOf(moved(three), '2024-09-01').S1).toEqual([{ ...meet(0, 240), joining: true }])
    expect(stepsOf(moved(three), '2024-09-01', addsUp).S1).toEqual([meetWithG2(3, 240)])
    expect(stepsOf(moved([...three, at('T1', '2024-07-01')]), '2024-09-01', addsUp).S1).toEqual([meetWithG2(2, 120)])
    const two = [at('T1', '2024-07-01'), at('T2', '2024-08-01')]
    expect(stepsOf(moved([...three, ...two]), '2024-09-01', addsUp).S1).toEqual([meetWithG2(1, 0)])
    // What is held later is not known to be.
    const later = [...two, at('T3', '2024-11-01')]
    expect(stepsOf(moved([...three, ...later]), '2024-09-01', addsUp).S1).toEqual([meetWithG2(1, 0)])
  })

  test('are reached with the own group where the doctor is a member of it, whatever others could do', () => {
    const both = registerWith({
      doctors: { Kari: '2022-01-01' },
      groups: {
        G1: {
          members: ['Ola', 'Per', { doctor: 'Kari', left: '2024-03-15' }, { doctor: 'Kari', joined: '2024-05-01' }],
        },
        G2: { members: ['Ola', 'Per', { doctor: 'Kari', joined: '2024-04-01' }] },
      },
      sessions: three,
    })
    expect(stepsOf(both, '2024-09-01', addsUp).S1).toEqual([meet(0, 240)])
  })

  test('are reached by meeting the other group once what the own one did is put right', () => {
    const pens = three.map((one) => (one.session === 'S3' ? { ...one, industry: 'pens' } : one))
    const closed = moved(pens)
    closed.record(groupStream('G1'), { type: 'GroupClosed', data: { on: legalDate('2024-07-01') } })
    expect(stepsOf(closed, '2024-09-01', addsUp).S1).toStrictEqual([clear('S3'), meetWithG2(3, 240)])
  })

  test('are too few where too few days are left', () => {
    expect(
      stepsOf(moved(three), '2024-12-30', { ...addsUp, ...pack({ membershipTransfer: 'adds-up', dayCapMinutes: 100 }) })
        .S1,
    ).toEqual([])
    expect(stepsOf(moved(three), '2024-12-31', addsUp).S1).toEqual([])
  })

  test('with the other group, are still reached where only its own year is not over', () => {
    const yearly = pack({ membershipTransfer: 'adds-up', window: 'group-year' })
    const late = moved([...three, at('T1', '2024-07-01', { minutes: 240 }), at('T2', '2024-08-01')], {
      registered: '2020-07-01',
      members: ['Ola', 'Per', { doctor: 'Kari', joined: '2024-06-01' }],
    })
    expect(stepsOf(late, '2025-02-01', yearly).S1).toEqual([meetWithG2(1, 0, '2025-06-30')])
    expect(stepsOf(late, '2025-06-30', yearly).S1).toEqual([])
    expect(stepsOf(late, '2024-09-01', yearly).S1).toEqual([meetWithG2(1, 0, '2025-06-30')])
  })

  test('where the group left is closed, by joining the other one again, if minutes are lacking with it', () => {
    const gone = (...held: ReadonlyArray<SessionRow>) => {
      const register = moved([...three, ...held], {
        members: ['Ola', 'Per', { doctor: 'Kari', joined: '2024-06-01', left: '2024-08-15' }],
      })
      register.record(groupStream('G1'), { type: 'GroupClosed', data: { on: legalDate('2024-07-01') } })
      return stepsOf(register, '2024-09-01', addsUp).S1
    }
    expect(gone()).toEqual([{ ...meetWithG2(3, 240), joining: true }])
    expect(gone(at('T1', '2024-07-01', { minutes: 240 }), at('T2', '2024-08-01'))).toEqual([meetWithG2(1, 0)])
  })

  test('are lacking only as far as both together do not have them, so that one day may be enough', () => {
    const capped = pack({ membershipTransfer: 'adds-up', dayCapMinutes: 120 })
    const others = { present: { G2: ['Ola', 'Per'] } }
    const held = [at('T1', '2024-07-01'), at('T2', '2024-08-01', others), at('T3', '2024-09-01', others)]
    expect(stepsOf(moved([...three, ...held]), '2024-12-30', capped).S1).toEqual([meetWithG2(0, 120)])
  })

  test('are no other group’s that is closed, or that the doctor only was a guest of', () => {
    const closed = (register: ReturnType<typeof moved>, ...groups: ReadonlyArray<string>) => {
      for (const group of groups)
        register.record(groupStream(group), { type: 'GroupClosed', data: { on: legalDate('2024-07-01') } })
      return stepsOf(register, '2024-09-01', addsUp).S1
    }
    expect(closed(moved(three), 'G1')).toEqual([meetWithG2(3, 240)])
    expect(closed(moved(three), 'G1', 'G2')).toEqual([])
    const guest = registerWith({
      doctors: { Kari: '2022-01-01' },
      groups: {
        G1: { members: ['Ola', 'Per', { doctor: 'Kari', left: '2024-06-01' }] },
        G2: { members: ['Ola', 'Per'] },
      },
      sessions: [
        ...three,
        at('T1', '2024-07-01', { present: { G2: ['Ola', 'Per', { doctor: 'Kari', role: 'guest' }] } }),
      ],
    })
    expect(closed(guest, 'G1')).toEqual([])
  })

  test('of rolling months, are reached there although months that are over have more of the group left', () => {
    const rolling = pack({ membershipTransfer: 'adds-up', window: 'rolling-12-months' })
    const before = moved([held('S0', '2023-04-01', { minutes: 200 }), ...three])
    expect(stepsOf(before, '2024-09-01', rolling)).toEqual({ S0: [], S1: [meetWithG2(3, 240, '2025-01-31')] })
  })

  test('of rolling months, leave as much time as the last months that lack the same', () => {
    const rolling = pack({ membershipTransfer: 'adds-up', window: 'rolling-12-months' })
    const later = three.map((one, nth) => ({ ...one, present: { G1: nth === 2 ? all : ['Ola', 'Per'] } }))
    expect(stepsOf(moved(later), '2024-09-01', rolling).S3).toEqual([meetWithG2(3, 240, '2025-01-31')])
    const more = held('S4', '2024-04-02', { present: { G1: ['Ola', 'Per'] } })
    expect(stepsOf(moved([...later, more]), '2024-09-01', rolling).S3).toEqual([meetWithG2(3, 240, '2025-02-28')])
  })

  test('of several groups, with the one that takes least, in whichever order they are known', () => {
    const sessions = [...three, at('T1', '2024-07-01', { present: { G3: all } })]
    const groups = (...names: ReadonlyArray<string>) =>
      Object.fromEntries(
        names.map((name) => [name, { members: ['Ola', 'Per', { doctor: 'Kari', joined: '2024-06-01' }] }]),
      )
    const between = (...names: ReadonlyArray<string>) =>
      registerWith({
        doctors: { Kari: '2022-01-01' },
        groups: { G1: { members: ['Ola', 'Per', { doctor: 'Kari', left: '2024-06-01' }] }, ...groups(...names) },
        sessions,
      })
    const meetWithG3 = { ...meetWithG2(2, 120), group: groupNamed('G3') }
    expect(stepsOf(between('G2', 'G3'), '2024-09-01', addsUp).S1).toEqual([meetWithG3])
    expect(stepsOf(between('G3', 'G2'), '2024-09-01', addsUp).S1).toEqual([meetWithG3])
    const [first = groupNamed('G4')] = ['G4', 'G5'].map(groupNamed).sort()
    for (const names of [
      ['G4', 'G5'],
      ['G5', 'G4'],
    ])
      expect(stepsOf(between(...names), '2024-09-01', addsUp).S1).toEqual([{ ...meetWithG2(3, 240), group: first }])
  })

  test('of rolling months, in the last that can hold both', () => {
    const rolling = pack({ membershipTransfer: 'adds-up', window: 'rolling-12-months' })
    const two = [at('T1', '2024-07-01'), at('T2', '2024-08-01')]
    expect(stepsOf(moved([...three, ...two]), '2024-09-01', rolling).S1).toEqual([meetWithG2(1, 0, '2025-01-31')])
    expect(stepsOf(moved([...three, ...two]), '2025-01-31', rolling).S1).toEqual([])
  })

  test('are reached where what the other group did is put right', () => {
    const pens = [
      at('T1', '2024-07-01', { minutes: 240 }),
      at('T2', '2024-08-01'),
      at('T3', '2024-09-01', { industry: 'pens' }),
    ]
    expect(stepsOf(moved([...three, ...pens]), '2024-12-31', addsUp).S1).toEqual([clear('T3')])
  })

  test('where nothing is found, it is said that one more change of group was not tried', () => {
    const over = moved(three)
    const question = { effectiveThrough: legalDate('2024-12-31'), asKnownAt }
    const kari = doctorNamed('Kari')
    const told = (rules: RulePack) => {
      const changes = nearestChanges(kari, over.evidence(), rules, question)
      const names = { doctor: () => 'Kari', group: () => 'G1' }
      return languages.map(
        (language) =>
          explained(points(kari, over.evidence(), rules, question), rules, names, language, changes).lines[0]?.nearest,
      )
    }
    expect(told(defaultPack)[0]).toEqual({
      steps: [],
      tried: 'everything',
      text: 'Nothing that can still be done would make it count.',
    })
    expect(told(addsUp)).toEqual([
      {
        steps: [],
        tried: 'all-but-change-of-group',
        text: 'Nothing that can still be done with these groups would make it count; one more change of group was not tried.',
      },
      {
        steps: [],
        tried: 'all-but-change-of-group',
        text: 'Ingenting som fortsatt kan gjøres med disse smågruppene, får det til å telle; enda et bytte av smågruppe er ikke prøvd.',
      },
    ])
  })
})

test('minutes that another attendance has are free again where a signature lets them count with another group', () => {
  const rules = pack({
    ...{ declaration: { curesDays: 60 }, dayCapMinutes: 120 },
    ...{ groupThreshold: 1, doctorThresholdMinutes: 0 },
  })
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

test('of a session that two groups held, each is told what it can do', () => {
  const [first = '', second = ''] = ['G1', 'G2'].sort((one, other) => (groupNamed(one) < groupNamed(other) ? -1 : 1))
  const twice = registerWith({
    doctors: { Kari: '2022-01-01' },
    groups: { [first]: { members: all, signed: null }, [second]: { members: all } },
    sessions: [held('S1', '2024-02-01', { present: { [first]: all, [second]: all } })],
  })
  const question = { effectiveThrough: legalDate('2024-09-01'), asKnownAt }
  const changes = nearestChanges(doctorNamed('Kari'), twice.evidence(), defaultPack, question)
  expect(changes.map(({ group, steps }) => [group, steps])).toEqual([
    [groupNamed(first), []],
    [groupNamed(second), [{ ...meet(2, 240), group: groupNamed(second) }]],
  ])
})

test('a session that could no longer be planned in time is not named', () => {
  const planned = pack({ plannedWithin: { months: 3 }, groupThreshold: 1, doctorThresholdMinutes: 240 })
  const one = (asOf: string) => {
    const register = registerWith({
      doctors: { Kari: '2022-01-01' },
      groups: { G1: { members: all } },
      sessions: [held('S1', '2024-02-01')],
    })
    register.record(sessionStream('S1'), {
      type: 'SessionRequested',
      data: {
        groups: [groupNamed('G1')],
        department: null,
        topic: '',
        place: null,
        on: legalDate('2024-01-10'),
        reference: null,
      },
    })
    return stepsOf(register, asOf, planned)
  }
  expect(one('2024-03-01')).toEqual({ S1: [meet(0, 120)] })
  expect(one('2024-04-01')).toEqual({ S1: [] })
})

test('what asks for another past has no step', () => {
  const three = ['2024-02-01', '2024-05-01', '2024-08-01'].map((date, i) => held(`T${i}`, date))
  const no = (more: Partial<SessionRow>) => stepsOf(register([...three, held('S1', '2024-04-01', more)]), '2024-09-01')
  expect(no({ present: { G1: ['Kari'] } })).toEqual({ S1: [] })
  expect(no({ minutes: 59 })).toEqual({ S1: [] })
  expect(no({ hosts: ['Kari'] })).toEqual({ S1: [] })
  expect(no({ present: { G1: [{ doctor: 'Kari', role: 'guest' }, 'Ola', 'Per'] } })).toEqual({ S1: [] })
  expect(no({ present: { G1: [{ doctor: 'Kari', minutes: 0 }, 'Ola', 'Per'] } })).toEqual({ S1: [] })
  expect(no({ present: { G1: ['Kari'] }, industry: 'pens' })).toEqual({ S1: [] })
  const capped = pack({ yearlyCap: 6 })
  expect(stepsOf(register([...three, held('S1', '2024-10-01')]), '2024-12-31', capped)).toEqual({ S1: [] })
})

test('each step is told in both languages', () => {
  const rules = pack({ declaration: 'cures-window' })
  const told = (of: ReturnType<typeof register>, asOf: string) =>
    languages.map((language) => {
      const evidence = of.evidence()
      const question = { effectiveThrough: legalDate(asOf), asKnownAt }
      const kari = doctorNamed('Kari')
      const changes = nearestChanges(kari, evidence, rules, question)
      const names = { doctor: () => 'Kari', group: () => 'G1' }
      return explained(points(kari, evidence, rules, question), rules, names, language, changes).lines.map(
        ({ nearest }) => nearest?.text ?? null,
      )
    })
  const unsigned = register([held('S1', '2024-02-01', { industry: 'pens' })], { signed: null })
  expect(told(unsigned, '2024-09-01')).toEqual([
    [
      'What would make it count: that nothing was contributed to S1 after all, and the report of it is cleared; and a declaration of freedom from the industry, signed for group G1 by 2024-12-31; and 2 more counting sessions of group G1 and 240 more counting minutes with it, by 2024-12-31.',
    ],
    [
      'Dette får det til å telle: at S1 likevel ikke fikk noe bidrag, og at meldingen om det blir avkreftet; og en erklæring om industrifrihet, undertegnet for smågruppe G1 innen 31.12.2024; og 2 tellende møter til i smågruppe G1 og 240 tellende minutter til med den, innen 31.12.2024.',
    ],
  ])
  const left = register(
    [held('S1', '2024-02-01', { minutes: 359 }), held('S2', '2024-04-01', { present: { G1: ['Ola', 'Per'] } })],
    { members: ['Ola', 'Per', { doctor: 'Kari', left: '2024-03-01' }] },
  )
  expect(told(left, '2024-09-01')).toEqual([
    [
      'What would make it count: 1 more counting session of group G1 and 1 more counting minute with it, as a member again, by 2024-12-31.',
    ],
    [
      'Dette får det til å telle: 1 tellende møte til i smågruppe G1 og 1 tellende minutt til med den, som medlem på nytt, innen 31.12.2024.',
    ],
  ])
  const minutes = register([
    held('S1', '2024-02-01'),
    held('S2', '2024-04-01', { present: { G1: ['Ola', 'Per'] } }),
    held('S3', '2024-05-01', { present: { G1: ['Ola', 'Per'] } }),
  ])
  expect(told(minutes, '2024-09-01').flat()).toEqual([
    'What would make it count: 240 more counting minutes with group G1, by 2024-12-31.',
    'Dette får det til å telle: 240 tellende minutter til med smågruppe G1, innen 31.12.2024.',
  ])
  expect(told(minutes, '2024-12-31').flat()).toEqual([
    'Nothing that can still be done would make it count.',
    'Ingenting som fortsatt kan gjøres, får det til å telle.',
  ])
})

describe('where a session must be planned in time', () => {
  const rules = pack({ plannedWithin: { months: 3 }, groupThreshold: 4 })
  const wish = (of: ReturnType<typeof register>, session: string, on: string) =>
    of.record(sessionStream(session), {
      type: 'SessionRequested',
      data: {
        ...{ groups: [groupNamed('G1')], department: null, topic: '', place: null },
        ...{ on: legalDate(on), reference: { source: 'local', id: session } },
      },
    })
  const year = () => {
    const of = register([held('S1', '2024-02-01', { minutes: 360 }), held('S2', '2024-05-01')])
    for (const session of ['S1', 'S2', 'A6', 'A4']) wish(of, session, '2024-01-17')
    wish(of, 'A3', '2024-04-01')
    return of
  }
  const open = (label: string, on = '2024-01-17') => ({ session: sessionNamed(label), label, on: legalDate(on) })

  test('what is wished for already is held, and not what was wished for too late', () => {
    const using = { ...meet(2, 0), planned: [open('A4'), open('A6')] }
    expect(stepsOf(year(), '2024-08-01', rules)).toEqual({ S1: [using], S2: [using] })
    // Before that day a new wish is in time.
    expect(stepsOf(year(), '2024-03-31', rules).S1).toEqual([meet(3, 0)])
  })

  test('only as many as it takes, planned or wished for', () => {
    const of = year()
    const times = { starts: inOslo('2024-11-01 15:00'), ends: inOslo('2024-11-01 17:00') }
    const planned = {
      ...{ ...times, date: legalDate('2024-11-01'), zone: defaultPack.zone, place: null },
      ...{ department: null, hosts: [], groups: [groupNamed('G1')], topics: [] },
    }
    const knownSince = inOslo('2024-02-20 12:00')
    of.record(sessionStream('A1'), { type: 'SessionPlanned', data: planned }, { knownSince })
    expect(stepsOf(of, '2024-08-01', rules).S1).toEqual([{ ...meet(2, 0), planned: [open('A4'), open('A6')] }])
    of.record(sessionStream('A6'), { type: 'RequestWithdrawn', data: { on: legalDate('2024-07-01'), reason: '' } })
    const label = sessionNamed('A1')
    const using = [open('A4'), { session: label, label, on: legalDate('2024-02-20') }]
    expect(stepsOf(of, '2024-08-01', rules).S1).toEqual([{ ...meet(2, 0), planned: using }])
  })

  test.each(['RequestWithdrawn', 'SessionCancelled'] as const)('%s before that day leaves too few', (type) => {
    const of = year()
    of.record(sessionStream('A6'), { type, data: { on: legalDate('2024-07-31'), reason: '' } })
    expect(stepsOf(of, '2024-08-01', rules)).toEqual({ S1: [], S2: [] })
    expect(stepsOf(of, '2024-07-30', rules).S1).toHaveLength(1)
  })

  test('what became of them later says nothing of that day', () => {
    const of = year()
    const before = stepsOf(of, '2024-08-01', rules)
    of.record(sessionStream('A4'), register([held('A4', '2024-09-01')]).held('A4').event)
    expect(stepsOf(of, '2024-08-01', rules)).toEqual(before)
    expect(stepsOf(of, '2024-09-01', rules).S1).toEqual([{ ...meet(1, 0), planned: [open('A6')] }])
  })

  test('is told with their names in both languages', () => {
    const question = { effectiveThrough: legalDate('2024-08-01'), asKnownAt }
    const evidence = year().evidence()
    const kari = points(doctorNamed('Kari'), evidence, rules, question)
    const changes = nearestChanges(doctorNamed('Kari'), evidence, rules, question)
    const names = { doctor: () => 'Kari', group: () => 'G1' }
    expect(languages.map((lang) => explained(kari, rules, names, lang, changes).lines[0]?.nearest?.text)).toEqual([
      'What would make it count: 2 more counting sessions of group G1, by 2024-12-31, with what is planned or wished for already: A4, A6.',
      'Dette får det til å telle: 2 tellende møter til i smågruppe G1, innen 31.12.2024, med det som alt er planlagt eller ønsket: A4, A6.',
    ])
  })
})

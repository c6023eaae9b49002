// nearest-change-of-group.test.ts: what can still be done where minutes with the group left and the group joined add up

import { describe, expect, test } from 'vitest'
import { defaultPack } from '../rules/default-pack.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import { doctorNamed, type GroupRow, groupNamed, groupStream, registerWith, type SessionRow } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { explained } from './explained.ts'
import { languages } from './language.ts'
import {
  addsUp,
  all,
  asKnownAt,
  clear,
  held,
  heldInG2,
  meet,
  meetWithG2,
  pack,
  stepsOf,
  three,
} from './nearest.test-kit.ts'
import { nearestChanges } from './nearest.ts'
import { points } from './points.ts'

describe('minutes with the group left and the group joined', () => {
  const moved = (sessions: ReadonlyArray<SessionRow>, now: Partial<GroupRow> = {}) =>
    registerWith({
      doctors: { Kari: '2022-01-01' },
      groups: {
        G1: { members: ['Ola', 'Per', { doctor: 'Kari', left: '2024-06-01' }] },
        G2: { members: ['Ola', 'Per', { doctor: 'Kari', joined: '2024-06-01' }], ...now },
      },
      sessions,
    })

  test('are reached with the group that the doctor is in now, rather than by joining the old one again', () => {
    expect(stepsOf(moved(three), '2024-09-01').S1).toEqual([{ ...meet(0, 240), joining: true }])
    expect(stepsOf(moved(three), '2024-09-01', addsUp).S1).toEqual([meetWithG2(3, 240)])
    expect(stepsOf(moved([...three, heldInG2('T1', '2024-07-01')]), '2024-09-01', addsUp).S1).toEqual([
      meetWithG2(2, 120),
    ])
    const two = [heldInG2('T1', '2024-07-01'), heldInG2('T2', '2024-08-01')]
    expect(stepsOf(moved([...three, ...two]), '2024-09-01', addsUp).S1).toEqual([meetWithG2(1, 0)])
    // What is held later is not known to be.
    const later = [...two, heldInG2('T3', '2024-11-01')]
    expect(stepsOf(moved([...three, ...later]), '2024-09-01', addsUp).S1).toEqual([meetWithG2(1, 0)])
    const last = [heldInG2('T1', '2024-07-01'), heldInG2('T2', '2024-11-01'), heldInG2('T3', '2024-12-01')]
    expect(stepsOf(moved([...three, ...last]), '2024-09-01', addsUp).S1).toEqual([meetWithG2(2, 120)])
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
    const late = moved([...three, heldInG2('T1', '2024-07-01', { minutes: 240 }), heldInG2('T2', '2024-08-01')], {
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
    expect(gone(heldInG2('T1', '2024-07-01', { minutes: 240 }), heldInG2('T2', '2024-08-01'))).toEqual([
      meetWithG2(1, 0),
    ])
  })

  test('are lacking only as far as both together do not have them, so that one day may be enough', () => {
    const capped = pack({ membershipTransfer: 'adds-up', dayCapMinutes: 120 })
    const others = { present: { G2: ['Ola', 'Per'] } }
    const held = [
      heldInG2('T1', '2024-07-01'),
      heldInG2('T2', '2024-08-01', others),
      heldInG2('T3', '2024-09-01', others),
    ]
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
        heldInG2('T1', '2024-07-01', { present: { G2: ['Ola', 'Per', { doctor: 'Kari', role: 'guest' }] } }),
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

  test('are reached by the one signature that is enough, rather than by two', () => {
    const rules = pack({ membershipTransfer: 'adds-up', declaration: 'cures-window' })
    const unsigned = registerWith({
      doctors: { Kari: '2022-01-01' },
      groups: {
        G1: { members: ['Ola', 'Per', { doctor: 'Kari', left: '2024-06-01' }], withdrawn: '2024-05-01' },
        G2: { members: ['Ola', 'Per', { doctor: 'Kari', joined: '2024-06-01' }], signed: null },
      },
      sessions: [
        ...three,
        held('S4', '2024-05-10', { minutes: 60 }),
        heldInG2('T1', '2024-07-01', { minutes: 240 }),
        ...['2024-08-01', '2024-09-01'].map((date) => heldInG2(date, date, { present: { G2: ['Ola', 'Per'] } })),
      ],
    })
    const sign = { step: 'sign', group: groupNamed('G2'), by: legalDate('2024-12-31') }
    expect(stepsOf(unsigned, '2024-10-01', rules).S1).toEqual([sign])
    // The doctor's own group signs first where it takes both.
    const both = registerWith({
      doctors: { Kari: '2022-01-01' },
      groups: {
        G1: { members: ['Ola', 'Per', { doctor: 'Kari', left: '2024-06-01' }], withdrawn: '2024-03-15' },
        G2: { members: ['Ola', 'Per', { doctor: 'Kari', joined: '2024-06-01' }], signed: null },
      },
      sessions: [
        ...three,
        heldInG2('T1', '2024-07-01', { minutes: 240 }),
        ...['2024-08-01', '2024-09-01'].map((date) => heldInG2(date, date, { present: { G2: ['Ola', 'Per'] } })),
      ],
    })
    expect(stepsOf(both, '2024-10-01', rules).S1).toEqual([{ ...sign, group: groupNamed('G1') }, sign])
  })

  test('of rolling months, in the last that can hold both', () => {
    const rolling = pack({ membershipTransfer: 'adds-up', window: 'rolling-12-months' })
    const two = [heldInG2('T1', '2024-07-01'), heldInG2('T2', '2024-08-01')]
    expect(stepsOf(moved([...three, ...two]), '2024-09-01', rolling).S1).toEqual([meetWithG2(1, 0, '2025-01-31')])
    expect(stepsOf(moved([...three, ...two]), '2025-01-31', rolling).S1).toEqual([])
  })

  test('are reached where what the other group did is put right', () => {
    const pens = [
      heldInG2('T1', '2024-07-01', { minutes: 240 }),
      heldInG2('T2', '2024-08-01'),
      heldInG2('T3', '2024-09-01', { industry: 'pens' }),
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

// nearest-several-groups.test.ts: with which of several groups minutes are reached that add up with those of the group left

import { describe, expect, test } from 'vitest'
import { type GroupRow, groupNamed, groupStream, registerWith } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { addsUp, all, held, heldInG2, meet, meetWithG2, pack, stepsOf, three } from './nearest.test-kit.ts'

describe('minutes that add up with those of one of several groups', () => {
  test('are reached with the one that takes least, in whichever order they are known', () => {
    const sessions = [...three, heldInG2('T1', '2024-07-01', { present: { G3: all } })]
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

  describe('where one of the groups would have to be joined again', () => {
    const left = { members: ['Ola', 'Per', { doctor: 'Kari', joined: '2024-06-01', left: '2024-08-15' }] }
    const stays = { members: ['Ola', 'Per', { doctor: 'Kari', joined: '2024-06-01' }] }
    const stepsWith = (G2: GroupRow, G3: GroupRow, isClosed: 'closed' | 'open', ...met: ReadonlyArray<string>) => {
      const register = registerWith({
        doctors: { Kari: '2022-01-01' },
        groups: { G1: { members: ['Ola', 'Per', { doctor: 'Kari', left: '2024-06-01' }] }, G2, G3 },
        sessions: [
          ...three,
          ...met.map((group, nth) =>
            held(`${group}-${nth}`, `2024-07-0${nth + 1}`, { present: { [group]: ['Ola', 'Per'] } }),
          ),
        ],
      })
      if (isClosed === 'closed')
        register.record(groupStream('G1'), { type: 'GroupClosed', data: { on: legalDate('2024-07-01') } })
      return stepsOf(register, '2024-09-01', addsUp).S1
    }
    const withG3 = (sessions: number, minutes: number) => ({
      ...meetWithG2(sessions, minutes),
      group: groupNamed('G3'),
    })

    test('it is the own one, unless it is closed', () => {
      expect(stepsWith(left, left, 'open', 'G2', 'G2')).toEqual([{ ...meet(0, 240), joining: true }])
    })

    test('of others it is the one that takes least', () => {
      expect(stepsWith(left, left, 'closed', 'G2', 'G2')).toEqual([{ ...meetWithG2(0, 240), joining: true }])
      expect(stepsWith(left, left, 'closed', 'G3', 'G3')).toEqual([{ ...withG3(0, 240), joining: true }])
    })

    test('it is another one that the doctor is in, although it takes more', () => {
      expect(stepsWith(left, stays, 'closed', 'G2', 'G2')).toEqual([withG3(3, 240)])
      expect(stepsWith(stays, left, 'open', 'G3', 'G3')).toEqual([meetWithG2(3, 240)])
    })
  })

  test('that take the same, with the one that leaves most time', () => {
    const rules = pack({ membershipTransfer: 'adds-up', window: 'group-year' })
    const kari = { doctor: 'Kari', joined: '2024-06-01' }
    const two = (group: string) => [
      held(`${group}-1`, group === 'G2' ? '2024-09-10' : '2024-09-11', { minutes: 240, present: { [group]: all } }),
      held(`${group}-2`, '2024-10-10', { present: { [group]: ['Ola', 'Per'] } }),
    ]
    const between = (earlier: string, later: string) =>
      registerWith({
        doctors: { Kari: '2022-01-01' },
        groups: {
          G1: { members: ['Ola', 'Per', { doctor: 'Kari', left: '2024-06-01' }] },
          [earlier]: { members: ['Ola', 'Per', kari], registered: '2020-07-01' },
          [later]: { members: ['Ola', 'Per', kari], registered: '2020-09-01' },
        },
        sessions: [...three, ...two(earlier), ...two(later)],
      })
    const meetWith = (group: string) => [{ ...meetWithG2(1, 0, '2025-08-31'), group: groupNamed(group) }]
    expect(stepsOf(between('G2', 'G3'), '2024-11-01', rules).S1).toEqual(meetWith('G3'))
    expect(stepsOf(between('G3', 'G2'), '2024-11-01', rules).S1).toEqual(meetWith('G2'))
  })

  test('minutes that one of them lacks take a session too', () => {
    const kari = { doctor: 'Kari', joined: '2024-06-01' }
    const others = { members: ['Ola', 'Per', kari] }
    const lacking = (session: string, minutes: string) => {
      const between = registerWith({
        doctors: { Kari: '2022-01-01' },
        groups: { G1: { members: ['Ola', 'Per', { doctor: 'Kari', left: '2024-06-01' }] }, G2: others, G3: others },
        sessions: [
          ...three,
          held('T1', '2024-07-01', { minutes: 240, present: { [session]: all } }),
          held('T2', '2024-08-01', { present: { [session]: ['Ola', 'Per'] } }),
          ...['2024-07-02', '2024-08-02', '2024-09-02'].map((date) =>
            held(date, date, { present: { [minutes]: ['Ola', 'Per'] } }),
          ),
        ],
      })
      return stepsOf(between, '2024-10-01', addsUp).S1
    }
    expect(lacking('G2', 'G3')).toEqual([meetWithG2(1, 0)])
    expect(lacking('G3', 'G2')).toEqual([{ ...meetWithG2(1, 0), group: groupNamed('G3') }])
  })
})

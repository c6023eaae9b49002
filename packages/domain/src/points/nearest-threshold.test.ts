// nearest-threshold.test.ts: what can still be done where too few sessions were held, or too few minutes attended

import { describe, expect, test } from 'vitest'
import { groupStream } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { clear, held, meet, pack, register, stepsOf } from './nearest.test-kit.ts'

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
    // Where a day takes all the minutes, those that ask for fewer sessions are the nearer ones.
    const roomy = pack({ window: 'rolling-12-months', groupThreshold: 4 })
    expect(stepsOf(early, '2025-01-01', roomy)).toEqual({ S1: [meet(2, 240, '2025-03-03')] })
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

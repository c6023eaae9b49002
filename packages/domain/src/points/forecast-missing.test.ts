// forecast-missing.test.ts: what is missing with several groups, and beside what counts already

import { describe, expect, test } from 'vitest'
import { defaultPack } from '../rules/default-pack.ts'
import { doctorNamed, groupNamed, groupStream, inOslo, registerWith, type SessionRow } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { forecast } from './forecast.ts'

const all = ['Kari', 'Ola', 'Per']
const held = (session: string, date: string, group = 'G1', minutes = 150): SessionRow => ({
  ...{ session, starts: `${date} 15:00`, minutes, present: { [group]: all } },
})
const made = (register: ReturnType<typeof registerWith>, asOf: string) =>
  forecast(doctorNamed('Kari'), register.evidence(), [], defaultPack, {
    effectiveThrough: legalDate(asOf),
    asKnownAt: inOslo('2030-01-01'),
  })

test('what is missing with one group is not asked of another', () => {
  const register = registerWith({
    doctors: { Kari: '2022-01-01' },
    groups: { G1: { members: all }, G2: { members: all } },
    sessions: [held('S1', '2024-02-01'), held('T1', '2024-03-01', 'G2')],
  })
  expect(made(register, '2024-06-01')?.missing.map(({ what, enough }) => [what, enough?.group])).toEqual([
    ['threshold', groupNamed('G1')],
    ['threshold', groupNamed('G2')],
    ['mandatory', expect.any(String)],
  ])
})

test('what counts already in other years, or is lost, is left out of it', () => {
  const register = registerWith({
    doctors: { Kari: '2022-01-01' },
    groups: { G1: { members: all } },
    sessions: [
      held('2022-05-01', '2022-05-01'),
      ...['2023-02-01', '2023-03-01', '2023-04-01'].map((date) => held(date, date)),
      held('2024-02-01', '2024-02-01'),
    ],
  })
  const found = made(register, '2024-06-01')
  expect(found?.expected.lines.map(({ counted }) => counted)).toEqual([0, 150, 150, 150, 0])
  expect(found?.now.track).toBe('resertification')
  expect(found?.missing.map(({ what, minutes, by, enough }) => [what, minutes, by, enough])).toEqual([
    ['threshold', 210, '2024-12-31', { group: groupNamed('G1'), lastSafeDay: '2024-12-30' }],
    ['mandatory', 750, '2026-12-31', { group: groupNamed('G1'), lastSafeDay: '2026-12-29' }],
  ])
})

describe('the mandatory points', () => {
  const closing = (first: string, closed: string | null) => {
    const names = first === 'G1' ? ['G1', 'G2'] : ['G2', 'G1']
    const register = registerWith({
      doctors: { Kari: '2022-01-01' },
      groups: Object.fromEntries(names.map((group) => [group, { members: all }])),
    })
    if (closed !== null)
      register.record(groupStream(closed), { type: 'GroupClosed', data: { on: legalDate('2026-06-01') } })
    return made(register, '2024-06-01')?.missing.map(({ what, enough }) => [what, enough?.group, enough?.lastSafeDay])
  }
  const [lower = '', higher = ''] = ['G1', 'G2'].sort((one, other) => (groupNamed(one) < groupNamed(other) ? -1 : 1))

  test('are reached with the group that can begin latest, and of several with the lower id', () => {
    for (const first of ['G1', 'G2']) {
      expect(closing(first, null)).toEqual([['mandatory', groupNamed(lower), '2026-12-28']])
      expect(closing(first, lower)).toEqual([['mandatory', groupNamed(higher), '2026-12-28']])
      expect(closing(first, higher)).toEqual([['mandatory', groupNamed(lower), '2026-12-28']])
    }
  })
})

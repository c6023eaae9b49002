// counted-by.test.ts: an attendance that counts names what it counted by, also what it needed besides the ordinary

import { describe, expect, test } from 'vitest'
import { defaultPack } from '../rules/default-pack.ts'
import type { RulePack, RuleValues } from '../rules/rule-pack.ts'
import {
  type GroupRow,
  groupNamed,
  pointsIn,
  registerWith,
  type SessionRow,
  type TestRegister,
} from '../testing/index.ts'
import { explanation } from './explanation.ts'

const source = { title: 'The scheme', address: 'https://example.org/scheme' }
const by = (changed: Partial<RuleValues>): RulePack => ({
  ...defaultPack,
  ...Object.fromEntries(Object.entries(changed).map(([name, value]) => [name, { value, source }])),
})

const others = ['Ola', 'Per']
const held = (session: string, date: string, minutes: number, group = 'G1'): SessionRow => ({
  ...{ session, starts: `${date} 15:00`, minutes },
  present: { [group]: ['Kari', ...others] },
})
const doctors = { Kari: '2022-01-01' }
const year = [held('S1', '2024-01-10', 130), held('S2', '2024-02-10', 130), held('S3', '2024-03-10', 130)]
const inOneGroup = (group: Partial<GroupRow> = {}) =>
  registerWith({ doctors, groups: { G1: { members: ['Kari', ...others], ...group } }, sessions: year })

/** Each of Kari's attendances that count, with the names of the rules by which it does. */
const countedBy = (register: TestRegister, changed: Partial<RuleValues>, asOf = '2024-12-31') =>
  Object.fromEntries(
    pointsIn(register, 'Kari', { asOf, rules: by(changed) })
      .lines.filter(({ shortfall }) => shortfall === null)
      .map(({ label, countedBy }) => [label, countedBy.map(({ name }) => name).join(' ')]),
  )

const plain = 'groupThreshold doctorThresholdMinutes minutesPerPoint'

describe('a declaration', () => {
  test('is named where it cures, and not where it was in force', () => {
    const late = inOneGroup({ signed: '2024-02-01' })
    const everything = { groupThreshold: 1, doctorThresholdMinutes: 130 }
    expect(countedBy(late, everything)).toEqual({ S2: plain, S3: plain })
    expect(countedBy(late, { declaration: { curesDays: 30 } })).toEqual({
      S1: `declaration ${plain}`,
      S2: plain,
      S3: plain,
    })
  })

  test('that cures its window is named with the window', () => {
    expect(countedBy(inOneGroup({ signed: '2024-02-10' }), { declaration: 'cures-window' })).toEqual({
      S1: 'declaration groupThreshold doctorThresholdMinutes window minutesPerPoint',
      S2: plain,
      S3: plain,
    })
  })

  test('that is not asked for is not named', () => {
    expect(countedBy(inOneGroup({ signed: '2024-02-10' }), { declaration: 'none' })).toEqual({
      ...{ S1: plain, S2: plain, S3: plain },
    })
  })

  test('says what it covers in words, with its source', () => {
    const rules = by({ declaration: 'cures-window' })
    const told = (language: 'en' | 'nb') =>
      explanation(
        pointsIn(inOneGroup({ signed: '2024-02-10' }), 'Kari', { asOf: '2024-12-31', rules }),
        rules,
        { doctor: () => 'Kari', group: () => 'G1' },
        language,
      ).filter((line) => line.includes('(declaration)'))
    expect(told('en')).toEqual([
      '  Rule: a declaration also covers the earlier sessions of the window that it is signed in (declaration). Source: The scheme, https://example.org/scheme',
    ])
    expect(told('nb')).toEqual([
      '  Regel: en erklæring dekker også tidligere møter i tellevinduet den er undertegnet i (declaration). Kilde: The scheme, https://example.org/scheme',
    ])
  })
})

describe('minutes of another group', () => {
  const moved = (first: number, second: number, joined = '2024-04-01') =>
    registerWith({
      doctors,
      groups: {
        G1: { members: [...others, { doctor: 'Kari', left: '2024-03-20' }] },
        G2: { members: [...others, { doctor: 'Kari', joined }] },
      },
      sessions: [
        ...[1, 2, 3].map((month) => held(`A${month}`, `2024-0${month}-10`, first)),
        ...[4, 5, 6].map((month) => held(`B${month}`, `2024-0${month}-10`, second, 'G2')),
      ],
    })
  const transferred = 'groupThreshold doctorThresholdMinutes membershipTransfer window minutesPerPoint'

  test('are named with the rule by which they add up, and the window', () => {
    expect(countedBy(moved(65, 65), { membershipTransfer: 'adds-up' })).toEqual({
      ...{ A1: transferred, A2: transferred, A3: transferred },
      ...{ B4: transferred, B5: transferred, B6: transferred },
    })
  })

  test('are not named where those of its own group were enough', () => {
    expect(countedBy(moved(120, 65), { membershipTransfer: 'adds-up' })).toEqual({
      ...{ A1: plain, A2: plain, A3: plain },
      ...{ B4: transferred, B5: transferred, B6: transferred },
    })
  })

  test('nor, of rolling months, where any window has enough of its own', () => {
    // The twelve months from January have both groups, those from April the second one's last session too.
    const register = registerWith({
      doctors,
      groups: {
        G1: { members: [...others, { doctor: 'Kari', left: '2024-03-20' }] },
        G2: { members: [...others, { doctor: 'Kari', joined: '2024-04-01' }] },
      },
      sessions: [
        ...[1, 2, 3].map((month) => held(`A${month}`, `2024-0${month}-10`, 65)),
        ...[4, 5, 6].map((month) => held(`B${month}`, `2024-0${month}-10`, 65, 'G2')),
        held('C', '2025-04-09', 200, 'G2'),
      ],
    })
    const rules = { membershipTransfer: 'adds-up', window: 'rolling-12-months' } as const
    expect(countedBy(register, rules, '2026-12-31')).toEqual({
      ...{ A1: transferred, A2: transferred, A3: transferred },
      ...{ B4: plain, B5: plain, B6: plain, C: plain },
    })
  })

  test('are named with the source and the level of the rule', () => {
    const [line] = pointsIn(moved(65, 65), 'Kari', {
      asOf: '2024-12-31',
      rules: by({ membershipTransfer: 'adds-up' }),
    }).lines
    expect([line?.group, line?.countedBy.find(({ name }) => name === 'membershipTransfer')]).toEqual([
      groupNamed('G1'),
      { name: 'membershipTransfer', value: 'adds-up', source, layer: 'national', event: null },
    ])
  })
})

describe('a window', () => {
  test('is named where points are rounded over it, and not where each session is by itself', () => {
    const rounding = (per: 'session' | 'window') => ({ rounding: { mode: 'floor', per, unit: 0.5 } as const })
    const rounded = 'groupThreshold doctorThresholdMinutes minutesPerPoint rounding'
    const inWindow = 'groupThreshold doctorThresholdMinutes window minutesPerPoint rounding'
    expect(countedBy(inOneGroup(), rounding('session'))).toEqual({ S1: rounded, S2: rounded, S3: rounded })
    expect(countedBy(inOneGroup(), rounding('window'))).toEqual({ S1: inWindow, S2: inWindow, S3: inWindow })
  })
})

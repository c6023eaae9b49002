// carried-by.test.ts: what carried an attendance over the thresholds, told with it, and the facts that this rests on

import { describe, expect, test } from 'vitest'
import type { Entry } from '../kernel/correction.ts'
import type { Recorded } from '../kernel/event.ts'
import { defaultPack } from '../rules/default-pack.ts'
import type { RulePack, RuleValues } from '../rules/rule-pack.ts'
import {
  groupNamed,
  pointsIn,
  type RegisterEvent,
  registerWith,
  type SessionRow,
  sessionNamed,
  type TestRegister,
} from '../testing/index.ts'
import { explanation } from './explanation.ts'
import { factsBehind, stalenessOf, statedOf } from './stating.ts'

const source = defaultPack.quorum.source
const by = (changed: Partial<RuleValues>): RulePack => ({
  ...defaultPack,
  ...Object.fromEntries(Object.entries(changed).map(([name, value]) => [name, { value, source }])),
})
const addsUp = by({ membershipTransfer: 'adds-up' })
const others = ['Ola', 'Per']
const held = (session: string, date: string, minutes: number, present: ReadonlyArray<string>, group = 'G1') =>
  ({ session, starts: `${date} 15:00`, minutes, present: { [group]: present } }) satisfies SessionRow
const all = ['Kari', ...others]
const members = { G1: { members: all } }
const nameOf = (label: string) => ({ session: sessionNamed(label), label })
const at = (label: string, minutes: number, group = 'G1') => ({ ...nameOf(label), group: groupNamed(group), minutes })

/** Kari was at two of the three sessions of her group, and had her hours there. */
const two = [held('S1', '2024-02-01', 180, all), held('S2', '2024-05-01', 180, all)]
const third = held('S3', '2024-09-01', 180, others)
const atTwo = registerWith({ doctors: { Kari: '2022-01-01' }, groups: members, sessions: [...two, third] })

const moving = (...stays: ReadonlyArray<{ readonly joined?: string; readonly left?: string }>) =>
  registerWith({
    doctors: { Kari: '2022-01-01' },
    groups: {
      G1: { members: [...others, ...stays.map((stay) => ({ doctor: 'Kari', ...stay }))] },
      G2: { members: [...others, { doctor: 'Kari', joined: '2024-04-01' }] },
    },
    sessions: [
      held('A1', '2024-01-10', 60, all),
      held('A2', '2024-02-10', 60, all),
      held('A3', '2024-03-10', 60, others),
      ...[4, 5, 6].map((month) => held(`B${month}`, `2024-0${month}-10`, 100, all, 'G2')),
    ],
  })
const moved = moving({ left: '2024-03-20' })

const pointsOf = (register: TestRegister, rules: RulePack = defaultPack, asOf = '2024-12-31') =>
  pointsIn(register, 'Kari', { asOf, rules })

/** The facts beyond the lines, each as its type with the session that it is about or the day. */
const beyond = (register: TestRegister, rules: RulePack = defaultPack, asOf = '2024-12-31') => {
  const said = new Map(register.history.map((recorded) => [recorded.id, inWords(register, recorded)]))
  return pointsOf(register, rules, asOf).thresholdFacts.map(({ id }) => said.get(id))
}
const labels = ['S1', 'S2', 'S3', 'A1', 'A2', 'A3', 'D1', 'D2', 'D3']
const inWords = (register: TestRegister, { id, event }: Recorded<Entry<RegisterEvent>>): string => {
  const held = labels.find((label) => {
    if (event.type !== 'SessionHeld') return false
    try {
      return register.held(label).id === id
    } catch {
      return false
    }
  })
  return [event.type, ...('on' in event.data ? [event.data.on] : []), ...(held === undefined ? [] : [held])].join(' ')
}

describe('a line that counts tells what carried it', () => {
  test('the sessions of the group, with those that the doctor missed, and the doctor’s minutes', () => {
    const carriedBy = {
      window: { from: '2024-01-01', to: '2025-01-01' },
      needed: { sessions: 3, minutes: 360 },
      sessions: ['S1', 'S2', 'S3'].map(nameOf),
      attended: [at('S1', 180), at('S2', 180)],
    }
    expect(pointsOf(atTwo).lines.map((line) => line.carriedBy)).toEqual([carriedBy, carriedBy])
  })

  test('nothing where it does not count, and nothing of what is not asked for', () => {
    const [short] = pointsOf(atTwo, by({ doctorThresholdMinutes: 361 })).lines
    expect([short?.shortfall?.reason, short?.carriedBy]).toEqual(['DOCTOR_UNDER_6_HOURS', null])
    const [free] = pointsOf(atTwo, by({ groupThreshold: 0, doctorThresholdMinutes: 0 })).lines
    expect(free?.carriedBy).toMatchObject({ needed: { sessions: 0, minutes: 0 }, sessions: [], attended: [] })
  })

  test('the minutes of another group where those of its own are too few, and there in words', () => {
    const { lines } = pointsOf(moved, addsUp)
    const ofFirst = [at('A1', 60), at('A2', 60)]
    const ofSecond = ['B4', 'B5', 'B6'].map((label) => at(label, 100, 'G2'))
    expect(lines.map(({ label, carriedBy }) => [label, carriedBy?.attended])).toEqual([
      ['A1', [...ofFirst, ...ofSecond]],
      ['A2', [...ofFirst, ...ofSecond]],
      ...['B4', 'B5', 'B6'].map((label) => [label, [...ofSecond, ...ofFirst]]),
    ])
    const names = { doctor: String, group: (id: string) => (id === groupNamed('G1') ? 'G1' : 'G2') }
    const told = (language: 'en' | 'nb') => explanation(pointsOf(moved, addsUp), addsUp, names, language)
    expect(told('en').filter((line) => line.includes('another group'))).toEqual([
      ...Array(2).fill(
        '  Needs 360 minutes with the group in 2024, found 120, and 420 with minutes of another group: 100 of B4 (group G2), 100 of B5 (group G2), 100 of B6 (group G2).',
      ),
      ...Array(3).fill(
        '  Needs 360 minutes with the group in 2024, found 300, and 420 with minutes of another group: 60 of A1 (group G1), 60 of A2 (group G1).',
      ),
    ])
    expect(told('nb')).toContain(
      '  Krever 360 minutter med smågruppen i 2024, fant 300, og 420 sammen med minutter fra en annen smågruppe: 60 fra A1 (smågruppe G1), 60 fra A2 (smågruppe G1).',
    )
  })

  test('no other group where its own was enough, and then no words', () => {
    const { lines } = pointsOf(moved, by({ membershipTransfer: 'adds-up', doctorThresholdMinutes: 300 }))
    expect(lines.find(({ label }) => label === 'B4')?.carriedBy?.attended).toEqual(
      ['B4', 'B5', 'B6'].map((label) => at(label, 100, 'G2')),
    )
    const names = { doctor: String, group: String }
    expect(explanation(pointsOf(atTwo), defaultPack, names).filter((line) => /^ {2}Needs/.test(line))).toEqual([])
  })
})

describe('an answer rests on', () => {
  test('the session that the doctor missed', () => {
    expect(beyond(atTwo)).toEqual(['SessionHeld S3', 'MemberJoined 2000-01-01'])
    expect(beyond(atTwo, by({ groupThreshold: 0 }))).toEqual([])
  })

  test('what was too few', () => {
    expect(beyond(atTwo, by({ groupThreshold: 4 }))).toEqual(['SessionHeld S3', 'MemberJoined 2000-01-01'])
  })

  test('the session that carried the other group’s minutes, and the moves', () => {
    const missed = ['SessionHeld A3', 'MemberJoined 2000-01-01']
    expect(beyond(moved, addsUp)).toEqual(missed)
    const types = factsBehind(pointsOf(moved, addsUp)).map(({ type }) => type)
    expect(types.filter((type) => type === 'MemberLeft')).toHaveLength(1)
    // The stay that was left is none that anything was attended in.
    const left = moving({ left: '2024-01-05' }, { joined: '2024-01-08' })
    expect(beyond(left, addsUp)).toEqual([...missed, 'MemberJoined 2000-01-01', 'MemberLeft 2024-01-05'])
    expect(beyond(left)).toEqual(missed)
  })

  test('the attendances of the window that lie in another period', () => {
    const cut = registerWith({
      doctors: { Kari: '2019-06-01' },
      groups: members,
      sessions: ['2024-02-01', '2024-05-01', '2024-09-01'].map((date, nth) => held(`D${nth + 1}`, date, 120, all)),
    })
    expect(pointsOf(cut).lines.map(({ label }) => label)).toEqual(['D3'])
    expect(beyond(cut)).toEqual(['SessionHeld D1', 'SessionHeld D2'])
  })

  test('all of that in a statement, which turns stale when such a fact goes, whatever the totals', () => {
    const fourth = held('S4', '2024-10-01', 180, others)
    const withThird = (more: Partial<SessionRow>) =>
      registerWith({
        doctors: { Kari: '2022-01-01' },
        groups: members,
        sessions: [...two, fourth, { ...third, ...more }],
      })
    const then = pointsOf(withThird({}))
    const stated = statedOf(then, [])
    if (stated === null) throw new Error('there is a period')
    expect(factsBehind(then)).toEqual(expect.arrayContaining([...then.thresholdFacts]))
    expect(stalenessOf(stated, then, [], [])).toBeNull()
    const gone = withThird({}).held('S3').id
    expect(stalenessOf(stated, pointsOf(withThird({ industry: 'lunch' })), [], [])).toEqual({
      ...{ came: [], since: [], rulesCame: [], rulesWent: [], otherTotals: false },
      went: [{ id: gone, type: 'SessionHeld' }],
    })
  })
})

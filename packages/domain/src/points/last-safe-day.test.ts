// last-safe-day.test.ts: which days are tried for what is missing, and what is supposed on them

import { describe, expect, test } from 'vitest'
import { defaultPack } from '../rules/default-pack.ts'
import { byOnePack } from '../rules/in-force.ts'
import type { RulePack, RuleValues } from '../rules/rule-pack.ts'
import {
  doctorNamed,
  type GroupRow,
  groupNamed,
  groupStream,
  inOslo,
  registerWith,
  sessionNamed,
  sessionStream,
  type TestRegister,
} from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { enoughSessions, lastSafeDayOfAll, type Supposing, type Wanted } from './last-safe-day.ts'
import { type DoctorPoints, points } from './points.ts'

const kari = doctorNamed('Kari')
const [g1, g2] = [groupNamed('G1'), groupNamed('G2')]
const all = ['Kari', 'Ola', 'Per']
const asKnownAt = inOslo('2100-01-01')
const pack = (values: Partial<RuleValues>): RulePack => ({
  ...defaultPack,
  ...Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value, source: defaultPack.quorum.source }]),
  ),
})
const oneIsEnough = { groupThreshold: 1, doctorThresholdMinutes: 0 }

const register = (group: Partial<GroupRow> = {}) =>
  registerWith({ doctors: { Kari: '2022-01-01' }, groups: { G1: { members: all, ...group }, G2: { members: all } } })
const wish = (of: TestRegister, session: string, on: string) =>
  of.record(sessionStream(session), {
    type: 'SessionRequested',
    data: {
      ...{ groups: [g1], department: null, topic: '', place: null, reference: null },
      on: legalDate(on),
    },
  })

/** Beside nothing else, in a period that ends with 2026. */
const beside = (of: TestRegister, asOf: string, rules = defaultPack, taken: ReadonlyArray<string> = []): Supposing => {
  const lastDay = legalDate('2026-12-31')
  return {
    doctor: kari,
    evidence: of.evidence(),
    rules: byOnePack(rules),
    question: { effectiveThrough: legalDate(asOf), asKnownAt },
    lastDay,
    taken: new Set(taken.map(legalDate)),
    judged: (evidence) => points(kari, evidence, rules, { effectiveThrough: lastDay, asKnownAt }),
  }
}
const wanted = (isReached: Wanted['isReached'], more: Partial<Wanted> = {}): Wanted => ({
  ...{ sessions: 0, minutes: 0, by: legalDate('2024-12-31'), isReached },
  ...more,
})
const held = (count: number, more: Partial<Wanted> = {}): Wanted => wanted(({ lines }) => lines.length >= count, more)
const counting = ({ lines }: DoctorPoints) => lines.filter(({ shortfall }) => shortfall === null)
const lastSafe = (one: Wanted, supposing: Supposing) => enoughSessions(g1, one, supposing)?.lastSafeDay ?? null

describe('the days that are tried', () => {
  test('are the last ones, one session a day, from tomorrow through the day by which it is missing', () => {
    expect(enoughSessions(g1, held(1), beside(register(), '2024-06-01'))).toEqual({
      group: g1,
      lastSafeDay: '2024-12-31',
    })
    expect(lastSafe(held(2), beside(register(), '2024-06-01'))).toBe('2024-12-30')
    expect(lastSafe(held(3), beside(register(), '2024-12-28'))).toBe('2024-12-29')
    expect(lastSafe(held(4), beside(register(), '2024-12-28'))).toBeNull()
    expect(lastSafe(held(1), beside(register(), '2024-12-30'))).toBe('2024-12-31')
    expect(lastSafe(held(1), beside(register(), '2024-12-31'))).toBeNull()
  })

  test('are twice as many as the sessions or minutes take, and the thresholds', () => {
    const from = beside(register(), '2024-01-01')
    // Six for the group’s threshold of three.
    expect([lastSafe(held(6), from), lastSafe(held(7), from)]).toEqual(['2024-12-26', null])
    const sessions = { sessions: 5 }
    expect([lastSafe(held(10, sessions), from), lastSafe(held(11, sessions), from)]).toEqual(['2024-12-22', null])
    // Eleven full days for 3,600 minutes and the doctor’s threshold of 360.
    const minutes = { minutes: 3600 }
    expect([lastSafe(held(22, minutes), from), lastSafe(held(23, minutes), from)]).toEqual(['2024-12-10', null])
  })

  test('are of each calendar year and of each window of the group', () => {
    const until = (day: string) =>
      wanted(({ lines }) => lines.some(({ date }) => date <= day), { by: legalDate('2025-12-31') })
    const yearly = beside(register({ registered: '2020-07-01' }), '2024-06-01', pack({ window: 'group-year' }))
    expect(lastSafe(until('2024-06-30'), yearly)).toBe('2024-06-30')
    expect(lastSafe(until('2024-12-31'), yearly)).toBe('2024-12-31')
    expect(lastSafe(until('2025-06-30'), yearly)).toBe('2025-06-30')
    const calendar = beside(register({ registered: '2020-07-01' }), '2024-06-01')
    expect([lastSafe(until('2024-06-30'), calendar), lastSafe(until('2024-12-31'), calendar)]).toEqual([
      null,
      '2024-12-31',
    ])
    const rolling = beside(register(), '2024-06-01', pack({ window: 'rolling-12-months' }))
    expect(lastSafe(until('2024-12-31'), rolling)).toBe('2024-12-31')
  })

  test('are none on which the doctor attends something, is no member, or the group is closed', () => {
    const taken = ['2024-12-31', '2024-12-29']
    expect(lastSafe(held(2), beside(register(), '2024-06-01', defaultPack, taken))).toBe('2024-12-28')
    const left = register({ members: ['Ola', 'Per', { doctor: 'Kari', left: '2024-12-20' }] })
    expect(lastSafe(held(1), beside(left, '2024-06-01'))).toBe('2024-12-19')
    const joins = register({ members: ['Ola', 'Per', { doctor: 'Kari', joined: '2024-12-30' }] })
    expect(lastSafe(held(2), beside(joins, '2024-06-01'))).toBe('2024-12-30')
    expect(lastSafe(held(3), beside(joins, '2024-06-01'))).toBeNull()
    const closed = register()
    closed.record(groupStream('G1'), { type: 'GroupClosed', data: { on: legalDate('2024-11-11') } })
    expect(lastSafe(held(1), beside(closed, '2024-12-01'))).toBeNull()
    expect(enoughSessions(groupNamed('G9'), held(1), beside(register(), '2024-06-01'))).toBeNull()
  })
})

describe('what is supposed on them', () => {
  const present = (minutes: number) => wanted(({ lines }) => lines.some((line) => line.present === minutes))

  test('lasts as long as the day can count, and not through the night', () => {
    const lasting = (dayCapMinutes: number) => beside(register(), '2024-06-01', pack({ dayCapMinutes }))
    expect([lastSafe(present(360), lasting(360)), lastSafe(present(720), lasting(360))]).toEqual(['2024-12-31', null])
    expect([lastSafe(present(720), lasting(900)), lastSafe(present(900), lasting(900))]).toEqual(['2024-12-31', null])
  })

  test('was wished for today, or on an earlier day already', () => {
    const rules = pack({ plannedWithin: { months: 3 }, ...oneIsEnough })
    const one = wanted((then) => counting(then).length >= 1)
    expect(lastSafe(one, beside(register(), '2024-03-31', rules))).toBe('2024-12-31')
    expect(lastSafe(one, beside(register(), '2024-04-01', rules))).toBeNull()
    const early = register()
    wish(early, 'A1', '2024-03-01')
    expect(lastSafe(one, beside(early, '2024-04-01', rules))).toBe('2024-12-31')
    // What is wished for later is not known to be.
    const late = register()
    wish(late, 'A1', '2024-04-10')
    expect(lastSafe(one, beside(late, '2024-03-31', rules))).toBe('2024-12-31')
    expect(lastSafe(one, beside(late, '2024-04-10', rules))).toBeNull()
  })

  test('leaves what was wished for to the window that goes on, for a later one can be wished for in time', () => {
    const rules = pack({ plannedWithin: { months: 3 }, ...oneIsEnough })
    const of = register()
    wish(of, 'A1', '2024-01-17')
    const inThisYear = wanted((then) => counting(then).some(({ date }) => date < '2025-01-01'), {
      by: legalDate('2025-12-31'),
    })
    expect(lastSafe(inThisYear, beside(of, '2024-08-01', rules))).toBe('2024-12-31')
    const asWished = wanted(({ lines }) => lines.some(({ session }) => session === sessionNamed('A1')))
    expect(lastSafe(asWished, beside(of, '2024-08-01', rules))).toBe('2024-12-31')
  })
})

describe('where several groups have to meet', () => {
  const with1 = wanted(({ lines }) => lines.filter(({ group }) => group === g1).length >= 2)
  const with2 = wanted(({ lines }) => lines.filter(({ group }) => group === g2).length >= 3)
  const both = [
    { group: g1, wanted: with1 },
    { group: g2, wanted: with2 },
  ]

  test('each takes days of its own, and the first of them all is the last safe day', () => {
    expect(lastSafeDayOfAll(both, beside(register(), '2024-06-01'))).toBe('2024-12-27')
    expect(lastSafeDayOfAll(both, beside(register(), '2024-06-01', defaultPack, ['2024-12-30']))).toBe('2024-12-26')
    expect(lastSafeDayOfAll(both, beside(register(), '2024-12-26'))).toBe('2024-12-27')
  })

  test('where too few days are left, it is tomorrow', () => {
    expect(lastSafeDayOfAll(both, beside(register(), '2024-12-27'))).toBe('2024-12-28')
  })

  test('what is reached already takes none', () => {
    const reached = { group: g1, wanted: held(0) }
    expect(lastSafeDayOfAll([reached], beside(register(), '2024-06-01'))).toBeNull()
    expect(lastSafeDayOfAll([], beside(register(), '2024-06-01'))).toBeNull()
    // What the first group’s sessions bring is not asked of the second.
    const any = { group: g2, wanted: held(2) }
    expect(lastSafeDayOfAll([{ group: g1, wanted: with1 }, any], beside(register(), '2024-06-01'))).toBe('2024-12-30')
  })
})

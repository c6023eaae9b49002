// eligibility.test.ts: why an attendance counts nothing, each reason by itself and the first of several

import { describe, expect, test } from 'vitest'
import { defaultPack } from '../rules/default-pack.ts'
import type { DeclarationRule, RulePack, WindowRule } from '../rules/rule-pack.ts'
import {
  answer,
  doctorNamed,
  groupNamed,
  nothingCounts,
  type PresentRow,
  pointsIn,
  type RegisterTable,
  registerWith,
  type SessionRow,
} from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { isCovered, lastDayToSign } from './eligibility.ts'
import type { KnownGroup } from './known-group.ts'

const names = ['Kari', 'Ola', 'Per']
const doctors = { Kari: '2020-01-01', Ola: '2020-01-01', Per: '2020-01-01', Gunn: '2020-01-01' }
const good = (session: string, starts: string): SessionRow => ({
  session,
  starts,
  minutes: 180,
  present: { G1: names },
})

/** Three sessions that count, and a fourth that is tried. */
const trying = (tried: Partial<SessionRow>, table: Partial<RegisterTable> = {}) =>
  registerWith({
    doctors,
    groups: { G1: { members: names } },
    ...table,
    sessions: [
      good('S1', '2024-01-10 15:00'),
      good('S2', '2024-02-10 15:00'),
      good('S3', '2024-03-10 15:00'),
      { ...good('S4', '2024-04-10 15:00'), ...tried },
    ],
  })

const asOf = { asOf: '2024-12-31' }
const shortfallOf = (register: ReturnType<typeof trying>, doctor: string) =>
  pointsIn(register, doctor, asOf).lines.find(({ label }) => label === 'S4')?.shortfall

describe('each reason by itself', () => {
  test('an attendance without a flaw counts', () => {
    expect(answer(trying({}), 'Kari', asOf)).toEqual({ ...nothingCounts, counted: 720, mandatory: '12.00' })
  })

  test('GUEST: who came as a guest earns nothing, the members do', () => {
    const register = trying({ present: { G1: [...names, { doctor: 'Gunn', role: 'guest' }] } })
    expect(answer(register, 'Gunn', asOf)).toEqual({ ...nothingCounts, reasons: ['S4:GUEST'] })
    expect(answer(register, 'Kari', asOf).counted).toBe(720)
  })

  test('NOT_MEMBER: without a membership on that date nothing counts', () => {
    const register = trying({ present: { G1: [...names, 'Gunn'] } })
    expect(answer(register, 'Gunn', asOf)).toEqual({ ...nothingCounts, reasons: ['S4:NOT_MEMBER'] })
  })

  test('a member belongs from the day of joining until the day before the day of leaving', () => {
    const tried = (joined: string, left: string) =>
      shortfallOf(
        trying(
          { present: { G1: [...names, 'Gunn'] } },
          { groups: { G1: { members: [...names, { doctor: 'Gunn', joined, left }] } } },
        ),
        'Gunn',
      )?.reason
    expect(tried('2024-04-10', '2024-04-11')).toBe('DOCTOR_UNDER_6_HOURS')
    expect(tried('2024-04-11', '2024-05-01')).toBe('NOT_MEMBER')
    expect(tried('2024-01-01', '2024-04-10')).toBe('NOT_MEMBER')
    expect(tried('2024-04-10', '2024-04-10')).toBe('NOT_MEMBER')
  })

  test('S1-24 HOSTING: a member who hosts earns an honorarium or points for the same minutes, not both', () => {
    const register = trying({ hosts: ['Kari'] })
    expect(answer(register, 'Kari', asOf)).toEqual({
      ...nothingCounts,
      counted: 540,
      mandatory: '9.00',
      reasons: ['S4:HOSTING'],
    })
    expect(answer(register, 'Ola', asOf).counted).toBe(720)
  })

  test('INDUSTRY: whatever the industry gave takes the session from everyone', () => {
    const register = trying({ industry: 'sandwiches' })
    for (const doctor of names) expect(answer(register, doctor, asOf).reasons).toEqual(['S4:INDUSTRY'])
  })

  test('NO_DECLARATION: in force from the day of signing until the day before it is withdrawn', () => {
    const tried = (signed: string | null, withdrawn?: string) =>
      shortfallOf(
        trying({}, { groups: { G1: { members: names, signed, ...(withdrawn === undefined ? {} : { withdrawn }) } } }),
        'Kari',
      )?.reason
    expect(tried(null)).toBe('NO_DECLARATION')
    expect(tried('2024-04-11')).toBe('NO_DECLARATION')
    expect(tried('2024-04-10')).toBe('GROUP_UNDER_3_MEETINGS')
    expect(tried('2000-01-01', '2024-04-10')).toBe('NO_DECLARATION')
    expect(tried('2000-01-01', '2024-04-11')).toBeUndefined()
    expect(tried('2024-01-01', '2024-01-01')).toBe('NO_DECLARATION')
    expect(tried('2024-01-01', '2023-12-01')).toBe('NO_DECLARATION')
  })

  test('BELOW_QUORUM names the members who were there', () => {
    const register = trying({ present: { G1: ['Kari', { doctor: 'Gunn', role: 'guest' }] } })
    expect(shortfallOf(register, 'Kari')).toEqual({
      reason: 'BELOW_QUORUM',
      needed: 2,
      found: 1,
      present: [doctorNamed('Kari')],
    })
  })

  test('SESSION_TOO_SHORT: 59 minutes are too short, 60 are not', () => {
    expect(shortfallOf(trying({ minutes: 59 }), 'Kari')).toEqual({ reason: 'SESSION_TOO_SHORT', needed: 60, found: 59 })
    expect(shortfallOf(trying({ minutes: 60 }), 'Kari')).toBeNull()
  })

  test('NO_MINUTES: on the list for no time inside the session', () => {
    const tried = (row: PresentRow) => shortfallOf(trying({ present: { G1: [row, 'Ola', 'Per'] } }), 'Kari')
    expect(tried({ doctor: 'Kari', minutes: 0 })).toEqual({ reason: 'NO_MINUTES' })
    expect(tried({ doctor: 'Kari', times: ['13:00-15:00'] })).toEqual({ reason: 'NO_MINUTES' })
    expect(tried({ doctor: 'Kari', times: ['18:00-19:00'] })).toEqual({ reason: 'NO_MINUTES' })
    expect(tried({ doctor: 'Kari', times: [] })).toEqual({ reason: 'NO_MINUTES' })
    expect(tried({ doctor: 'Kari', times: ['13:00-15:01'] })).toBeNull()
  })
})

describe('who makes the quorum', () => {
  const reasonOfKari = (others: ReadonlyArray<PresentRow>, tried: Partial<SessionRow> = {}) =>
    shortfallOf(
      trying(
        { present: { G1: ['Kari', ...others] }, ...tried },
        { groups: { G1: { members: [...names, { doctor: 'Gunn', left: '2024-04-10' }] } } },
      ),
      'Kari',
    )?.reason

  test('S1-10 one member and a guest: held, nothing earned, the reason given', () => {
    const register = trying({ present: { G1: ['Kari', { doctor: 'Gunn', role: 'guest' }] } })
    expect(answer(register, 'Kari', asOf)).toEqual({
      ...nothingCounts,
      counted: 540,
      mandatory: '9.00',
      reasons: ['S4:BELOW_QUORUM'],
    })
    expect(answer(register, 'Gunn', asOf).reasons).toEqual(['S4:GUEST'])
  })

  test('a second member for one minute is enough, for no minute is not', () => {
    expect(reasonOfKari([{ doctor: 'Ola', minutes: 1 }])).toBeUndefined()
    expect(reasonOfKari([{ doctor: 'Ola', minutes: 0 }])).toBe('BELOW_QUORUM')
    expect(reasonOfKari([{ doctor: 'Ola', times: ['13:00-14:59'] }])).toBe('BELOW_QUORUM')
  })

  test('the two need not have been there at the same time', () => {
    const register = trying({
      present: {
        G1: [
          { doctor: 'Kari', times: ['15:00-16:00'] },
          { doctor: 'Ola', times: ['17:00-18:00'] },
        ],
      },
    })
    expect(answer(register, 'Kari', asOf)).toEqual({ ...nothingCounts, counted: 600, mandatory: '10.00' })
  })

  test('a host does not count, nor a guest, nor one who has left', () => {
    expect(reasonOfKari(['Ola'], { hosts: ['Ola'] })).toBe('BELOW_QUORUM')
    expect(reasonOfKari([{ doctor: 'Ola', role: 'guest' }])).toBe('BELOW_QUORUM')
    expect(reasonOfKari(['Gunn'])).toBe('BELOW_QUORUM')
  })

  test('S1-23a with two groups in the room each needs its own two', () => {
    const register = registerWith({
      doctors: { Kari: '2020-01-01', Ola: '2020-01-01', Per: '2020-01-01', Gunn: '2020-01-01' },
      groups: { G1: { members: ['Kari', 'Ola'] }, G2: { members: ['Per', 'Gunn'] } },
      sessions: ['01', '02', '03'].map((month) => ({
        session: `S${month}`,
        starts: `2024-${month}-10 15:00`,
        minutes: 180,
        present: { G1: ['Kari', 'Ola'], G2: ['Per'] },
      })),
    })
    expect(answer(register, 'Kari', asOf)).toEqual({ ...nothingCounts, counted: 540, mandatory: '9.00' })
    expect(answer(register, 'Per', asOf)).toEqual({
      ...nothingCounts,
      reasons: ['S01:BELOW_QUORUM', 'S02:BELOW_QUORUM', 'S03:BELOW_QUORUM'],
    })
  })

  test('one who is in both groups makes the quorum of both', () => {
    const both = { G1: ['Kari', 'Ola'], G2: ['Kari', 'Per'] }
    const register = trying({ present: both }, { groups: { G1: { members: names }, G2: { members: ['Kari', 'Per'] } } })
    expect(shortfallOf(register, 'Ola')).toBeNull()
    expect(shortfallOf(register, 'Per')?.reason).toBe('GROUP_UNDER_3_MEETINGS')
  })
})

describe('of several flaws the first in rule order is given', () => {
  // Every flaw at once; taking them away one by one brings up the next.
  const flaws = {
    guest: { doctor: 'Gunn', role: 'guest', minutes: 0 } satisfies PresentRow,
    member: { doctor: 'Gunn', minutes: 0 } satisfies PresentRow,
  }
  const reasonOf = (tried: Partial<SessionRow>, gunnIsMember: 'a member' | 'no member', signed: string | null) =>
    shortfallOf(
      trying(tried, {
        groups: { G1: { members: gunnIsMember === 'a member' ? [...names, 'Gunn'] : names, signed } },
      }),
      'Gunn',
    )?.reason

  test('GUEST, NOT_MEMBER, HOSTING, INDUSTRY, NO_DECLARATION, BELOW_QUORUM, SESSION_TOO_SHORT, NO_MINUTES', () => {
    const everything = { hosts: ['Gunn'], industry: 'a pen', minutes: 30 }
    const { hosts: _, ...unhosted } = everything
    const { industry: __, ...clean } = unhosted
    const alone = { G1: [flaws.member, { doctor: 'Kari', role: 'guest' } satisfies PresentRow] }
    const together = { G1: [flaws.member, 'Kari', 'Ola'] }
    expect([
      reasonOf({ ...everything, present: { G1: [flaws.guest] } }, 'no member', null),
      reasonOf({ ...everything, present: alone }, 'no member', null),
      reasonOf({ ...everything, present: alone }, 'a member', null),
      reasonOf({ ...unhosted, present: alone }, 'a member', null),
      reasonOf({ ...clean, present: alone }, 'a member', null),
      reasonOf({ ...clean, present: alone }, 'a member', '2000-01-01'),
      reasonOf({ ...clean, present: together }, 'a member', '2000-01-01'),
      reasonOf({ present: together }, 'a member', '2000-01-01'),
    ]).toEqual([
      'GUEST',
      'NOT_MEMBER',
      'HOSTING',
      'INDUSTRY',
      'NO_DECLARATION',
      'BELOW_QUORUM',
      'SESSION_TOO_SHORT',
      'NO_MINUTES',
    ])
  })

  test('a flawed attendance keeps its reason whatever the thresholds say', () => {
    const register = registerWith({
      doctors,
      groups: { G1: { members: names } },
      sessions: [{ ...good('S1', '2024-01-10 15:00'), present: { G1: ['Kari', { doctor: 'Ola', role: 'guest' }] } }],
    })
    expect(answer(register, 'Kari', { asOf: '2024-06-01' }).reasons).toEqual(['S1:BELOW_QUORUM'])
  })
})

test('a session whose group is not in the evidence counts nothing for it', () => {
  const register = registerWith({ doctors, sessions: [good('S1', '2024-01-10 15:00')] })
  expect(answer(register, 'Kari', asOf)).toEqual({ ...nothingCounts, reasons: ['S1:NOT_MEMBER'] })
})

describe('what a signature covers', () => {
  const under = (declaration: DeclarationRule, window: WindowRule = 'calendar-year'): RulePack => ({
    ...defaultPack,
    declaration: { ...defaultPack.declaration, value: declaration },
    window: { ...defaultPack.window, value: window },
  })
  const group = (...declarations: ReadonlyArray<readonly [string, string | null]>): KnownGroup => ({
    id: groupNamed('G1'),
    label: 'G1',
    registered: legalDate('2020-07-01'),
    places: [],
    stays: [],
    declarations: declarations.map(([signed, withdrawn]) => ({
      signedBy: doctorNamed('Kari'),
      signed: legalDate(signed),
      withdrawn: withdrawn === null ? null : legalDate(withdrawn),
      facts: [],
    })),
  })
  const day = legalDate('2024-06-01')
  const covers = (rules: RulePack, ...declarations: ReadonlyArray<readonly [string, string | null]>) =>
    isCovered(group(...declarations), day, rules)

  test('its own days, from the first until it is withdrawn, whatever the rule', () => {
    for (const rule of ['prospective', 'cures-window', { curesDays: 10 }] as const)
      expect([
        covers(under(rule), ['2024-06-01', null]),
        covers(under(rule), ['2024-01-01', '2024-06-02']),
        covers(under(rule), ['2024-01-01', '2024-06-01']),
        covers(under(rule)),
      ]).toEqual([true, true, false, false])
    expect([covers(under('prospective'), ['2024-06-02', null]), covers(under('none'))]).toEqual([false, true])
  })

  test('so many days before it, unless it was withdrawn before it was in force', () => {
    const rules = under({ curesDays: 10 })
    expect([
      covers(rules, ['2024-06-11', null]),
      covers(rules, ['2024-06-12', null]),
      covers(rules, ['2024-06-11', '2024-06-12']),
      covers(rules, ['2024-06-11', '2024-06-11']),
      covers(rules, ['2024-06-11', '2024-06-10']),
      covers(rules, ['2024-06-12', null], ['2024-06-11', null]),
    ]).toEqual([true, false, true, false, false, true])
  })

  test('the days before it in its window, and of rolling months the twelve before it', () => {
    expect([
      covers(under('cures-window'), ['2024-12-31', null]),
      covers(under('cures-window'), ['2025-01-01', null]),
      covers(under('cures-window', 'group-year'), ['2024-06-30', null]),
      covers(under('cures-window', 'group-year'), ['2024-07-01', null]),
      covers(under('cures-window', 'rolling-12-months'), ['2025-05-31', null]),
      covers(under('cures-window', 'rolling-12-months'), ['2025-06-01', null]),
    ]).toEqual([true, false, true, false, true, false])
  })

  test('so it can be signed through the last day that covers', () => {
    const last = (rules: RulePack) => lastDayToSign(group(), day, rules)
    expect([
      last(under('none')),
      last(under('prospective')),
      last(under({ curesDays: 10 })),
      last(under('cures-window')),
      last(under('cures-window', 'group-year')),
      last(under('cures-window', 'rolling-12-months')),
    ]).toEqual(['2024-06-01', '2024-06-01', '2024-06-11', '2024-12-31', '2024-06-30', '2025-05-31'])
  })
})

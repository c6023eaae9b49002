// variants.test.ts: each parameter that the sources leave open, in each of its variants

import { describe, expect, test } from 'vitest'
import { defaultPack } from '../rules/default-pack.ts'
import type { RulePack, RuleValues } from '../rules/rule-pack.ts'
import {
  answer,
  type GroupRow,
  groupNamed,
  type PresentRow,
  pointsIn,
  registerWith,
  type SessionRow,
} from '../testing/index.ts'
import { shownPoints } from '../values/points.ts'
import { explanation } from './explanation.ts'

const source = defaultPack.quorum.source

/** The default pack with some of its values changed. */
const pack = (changed: Partial<RuleValues>): RulePack => ({
  ...defaultPack,
  ...Object.fromEntries(Object.entries(changed).map(([name, value]) => [name, { value, source }])),
})

const all = ['Kari', 'Ola', 'Per']
const doctors = { Kari: '2022-01-01', Ola: '2022-01-01', Per: '2022-01-01' }

const held = (
  session: string,
  date: string,
  minutes: number,
  present: ReadonlyArray<PresentRow> = all,
  group = 'G1',
): SessionRow => ({ session, starts: `${date} 15:00`, minutes, present: { [group]: present } })

const table = (sessions: ReadonlyArray<SessionRow>, group: Partial<GroupRow> = {}) =>
  registerWith({ doctors, groups: { G1: { members: all, ...group } }, sessions })

/** The counted minutes and the reasons of Kari. */
const kari = (register: ReturnType<typeof registerWith>, asOf: string, changed: Partial<RuleValues>) => {
  const { counted, pending, reasons } = answer(register, 'Kari', { asOf, rules: pack(changed) })
  return { counted, pending, reasons }
}

const counted = (minutes: number) => ({ counted: minutes, pending: 0, reasons: [] })

describe('window: group-year', () => {
  const sessions = [held('S1', '2023-06-01', 150), held('S2', '2024-02-01', 150), held('S3', '2024-05-14', 150)]

  test('counts from one anniversary of the registration to the next', () => {
    const register = table(sessions, { registered: '2020-05-15' })
    expect(kari(register, '2024-05-14', { window: 'group-year' })).toEqual(counted(450))
    expect(kari(register, '2024-05-13', { window: 'group-year' })).toEqual({
      counted: 0,
      pending: 300,
      reasons: ['S1:GROUP_UNDER_3_MEETINGS?', 'S2:GROUP_UNDER_3_MEETINGS?'],
    })
    expect(kari(register, '2024-12-31', {}).counted).toBe(0)
  })

  test('also before the registration', () => {
    const register = table(sessions, { registered: '2025-05-15' })
    expect(kari(register, '2024-12-31', { window: 'group-year' })).toEqual(counted(450))
  })
})

describe('window: rolling-12-months', () => {
  const rolling = { window: 'rolling-12-months' } as const

  test('any twelve months that hold the session will do, across the year end', () => {
    const register = table([
      held('S1', '2023-11-01', 150),
      held('S2', '2024-02-01', 150),
      held('S3', '2024-10-31', 150),
    ])
    expect(kari(register, '2024-10-31', rolling)).toEqual(counted(450))
    expect(kari(register, '2024-10-30', rolling)).toEqual({
      counted: 0,
      pending: 300,
      reasons: ['S1:GROUP_UNDER_3_MEETINGS?', 'S2:GROUP_UNDER_3_MEETINGS?'],
    })
  })

  test('twelve months end before the same day a year later', () => {
    const register = table([
      held('S1', '2023-11-01', 150),
      held('S2', '2024-02-01', 150),
      held('S3', '2024-11-01', 150),
    ])
    expect(kari(register, '2024-11-01', rolling).counted).toBe(0)
  })

  test('the same window needs both, and the reason is the group’s only where none has the sessions', () => {
    // Three sessions of the group lie around the first, six hours of Kari around the last.
    const register = table([
      held('S1', '2023-01-10', 60),
      held('S2', '2023-06-10', 60, ['Ola', 'Per']),
      held('S3', '2023-12-10', 60),
      held('S4', '2024-07-10', 360),
    ])
    expect(kari(register, '2025-12-31', rolling)).toEqual({
      counted: 0,
      pending: 0,
      reasons: ['S1:DOCTOR_UNDER_6_HOURS', 'S3:DOCTOR_UNDER_6_HOURS', 'S4:GROUP_UNDER_3_MEETINGS'],
    })
  })

  test('is pending before the day before its last window ends', () => {
    const register = table([held('S1', '2024-03-10', 360)])
    expect(kari(register, '2025-03-08', rolling).pending).toBe(360)
    expect(kari(register, '2025-03-09', rolling)).toEqual({
      counted: 0,
      pending: 0,
      reasons: ['S1:GROUP_UNDER_3_MEETINGS'],
    })
  })
})

describe('declaration', () => {
  const sessions = [held('S1', '2023-12-20', 180), held('S2', '2024-01-10', 180), held('S3', '2024-03-10', 180)]
  const easy = { groupThreshold: 1, doctorThresholdMinutes: 0 }
  const missing = (...labels: ReadonlyArray<string>) => labels.map((label) => `${label}:NO_DECLARATION`)
  const reasons = (group: Partial<GroupRow>, changed: Partial<RuleValues>, asOf = '2024-12-31') =>
    kari(table(sessions, group), asOf, { ...easy, ...changed }).reasons

  test('cures-window: a signature covers the earlier sessions of its window, and no others', () => {
    expect(reasons({ signed: '2024-02-01' }, { declaration: 'cures-window' })).toEqual(missing('S1'))
    expect(reasons({ signed: '2024-02-01' }, { declaration: 'prospective' })).toEqual(missing('S1', 'S2'))
    expect(reasons({ signed: '2024-12-31' }, { declaration: 'cures-window' })).toEqual(missing('S1'))
    expect(reasons({ signed: '2025-01-01' }, { declaration: 'cures-window' }, '2025-06-01')).toEqual(
      missing('S1', 'S2', 'S3'),
    )
  })

  test('cures-window: with the group’s own years', () => {
    const rules = { declaration: 'cures-window', window: 'group-year' } as const
    expect(reasons({ signed: '2024-02-01', registered: '2020-12-15' }, rules)).toEqual([])
    expect(reasons({ signed: '2024-02-01', registered: '2020-01-01' }, rules)).toEqual(missing('S1'))
  })

  test('cures-window: with rolling months, the sessions of less than twelve months before', () => {
    const rules = { declaration: 'cures-window', window: 'rolling-12-months' } as const
    expect(reasons({ signed: '2024-12-19' }, rules)).toEqual([])
    expect(reasons({ signed: '2024-12-20' }, rules)).toEqual(missing('S1'))
  })

  test('a cure outlives a later withdrawal, reaches over an earlier gap, and what was never in force cures nothing', () => {
    const rules = { declaration: 'cures-window' } as const
    expect(reasons({ signed: '2024-04-01', withdrawn: '2024-05-01' }, rules)).toEqual(missing('S1'))
    const gap = { signed: '2023-01-01', withdrawn: '2024-01-05', signedAgain: [{ signed: '2024-06-01' }] }
    expect(reasons(gap, rules)).toEqual([])
    expect(reasons(gap, {})).toEqual(missing('S2', 'S3'))
    expect(reasons({ signed: '2024-04-01', withdrawn: '2024-04-01' }, rules)).toEqual(missing('S1', 'S2', 'S3'))
  })

  test('S1-19 signed, withdrawn, signed late: the policy decides and the explanation says so', () => {
    const register = table(sessions, { signed: '2024-02-01', withdrawn: '2024-02-20' })
    const lines = (declaration: RuleValues['declaration']) =>
      pointsIn(register, 'Kari', { asOf: '2024-12-31', rules: pack({ ...easy, declaration }) }).lines.map(
        ({ label, counted, shortfall, rules, facts }) => [
          label,
          counted,
          shortfall,
          rules.map(({ name }) => name),
          facts.map(({ type }) => type).filter((type) => type.startsWith('IndustryFree')),
        ],
      )
    const refused = {
      reason: 'NO_DECLARATION',
      declarations: [{ signed: '2024-02-01', withdrawn: '2024-02-20' }],
    }
    const said = ['IndustryFreeDeclared', 'IndustryFreeWithdrawn']
    expect(lines('prospective')).toEqual([
      ['S1', 0, refused, ['declaration'], said],
      ['S2', 0, refused, ['declaration'], said],
      ['S3', 0, refused, ['declaration'], said],
    ])
    expect(lines('cures-window')).toEqual([
      ['S1', 0, refused, ['declaration'], said],
      ['S2', 180, null, [], said],
      ['S3', 0, refused, ['declaration'], said],
    ])
  })

  test('a signature after the as-of date cures nothing yet', () => {
    expect(reasons({ signed: '2024-06-01' }, { declaration: 'cures-window' }, '2024-05-31')).toEqual(
      missing('S1', 'S2', 'S3'),
    )
  })

  test('curesDays: the sessions of so many days before, whatever the window', () => {
    expect(reasons({ signed: '2024-01-20' }, { declaration: { curesDays: 10 } })).toEqual(missing('S1'))
    expect(reasons({ signed: '2024-01-20' }, { declaration: { curesDays: 9 } })).toEqual(missing('S1', 'S2'))
    expect(reasons({ signed: '2024-01-20' }, { declaration: { curesDays: 31 } })).toEqual([])
    expect(reasons({ signed: '2024-01-20' }, { declaration: { curesDays: 30 } })).toEqual(missing('S1'))
  })
})

describe('dayCap: reject', () => {
  test('a date over the cap counts nothing, and its sessions still count for the group', () => {
    const register = table([
      { ...held('S1', '2024-03-01', 200), starts: '2024-03-01 08:00' },
      { ...held('S2', '2024-03-01', 161), starts: '2024-03-01 15:00' },
      held('S3', '2024-04-01', 180),
      held('S4', '2024-05-01', 180),
    ])
    expect(kari(register, '2024-12-31', { dayCap: 'reject' })).toEqual({
      counted: 360,
      pending: 0,
      reasons: ['S1:DAY_CAP', 'S2:DAY_CAP'],
    })
    expect(kari(register, '2024-12-31', {}).counted).toBe(720)
  })

  test('what overlaps is taken off first', () => {
    const register = table([
      { ...held('S1', '2024-03-01', 300), starts: '2024-03-01 08:00' },
      { ...held('S2', '2024-03-01', 300), starts: '2024-03-01 09:00' },
      held('S3', '2024-04-01', 60),
    ])
    expect(kari(register, '2024-12-31', { dayCap: 'reject' })).toEqual(counted(420))
  })
})

describe('rounding', () => {
  const easy = { groupThreshold: 1, doctorThresholdMinutes: 0 }
  const points = (rounding: RuleValues['rounding'], ...minutes: ReadonlyArray<number>) => {
    const register = table(minutes.map((length, index) => held(`S${index + 1}`, `2024-0${index + 1}-10`, length)))
    const answered = pointsIn(register, 'Kari', { asOf: '2024-12-31', rules: pack({ ...easy, rounding }) })
    return [
      shownPoints(answered.points),
      answered.countedMinutes,
      answered.lines.map(({ points, shortfall }) => [shownPoints(points), shortfall]),
    ]
  }

  test.each([
    ['floor', 'session', 1, '2.00', ['1.00', '1.00']],
    ['floor', 'session', 0.5, '3.00', ['1.50', '1.50']],
    ['half-up', 'session', 1, '4.00', ['2.00', '2.00']],
    ['half-up', 'session', 0.5, '4.00', ['2.00', '2.00']],
    ['floor', 'window', 1, '3.00', ['1.00', '2.00']],
    ['floor', 'window', 0.5, '3.50', ['1.50', '2.00']],
    ['half-up', 'window', 1, '4.00', ['2.00', '2.00']],
    ['half-up', 'window', 0.5, '3.50', ['2.00', '1.50']],
  ] as const)('two of 105 and 111 minutes, %s per %s to %d', (mode, per, unit, total, each) => {
    expect(points({ mode, per, unit }, 105, 111)).toEqual([total, 216, each.map((one) => [one, null])])
  })

  test('rounded per window, each adds to the sum of all before it', () => {
    expect(points({ mode: 'floor', per: 'window', unit: 1 }, 70, 70, 110)).toEqual([
      '4.00',
      250,
      ['1.00', '1.00', '2.00'].map((one) => [one, null]),
    ])
  })

  test('an attendance rounded to nothing has no reason', () => {
    expect(points({ mode: 'half-up', per: 'session', unit: 1 }, 60, 90)).toEqual([
      '3.00',
      150,
      [
        ['1.00', null],
        ['2.00', null],
      ],
    ])
    const register = table([{ ...held('S1', '2024-01-10', 60, ['Ola', { doctor: 'Kari', minutes: 29 }]) }])
    const rules = pack({ ...easy, rounding: { mode: 'half-up', per: 'session', unit: 1 } })
    expect(answer(register, 'Kari', { asOf: '2024-12-31', rules })).toMatchObject({ counted: 29, reasons: [] })
  })

  test('per window: the part in each period by itself', () => {
    const register = registerWith({
      doctors: { ...doctors, Kari: '2019-02-01' },
      groups: { G1: { members: all } },
      sessions: [held('S1', '2024-01-10', 90), held('S2', '2024-02-10', 90)],
    })
    const rules = pack({ ...easy, rounding: { mode: 'floor', per: 'window', unit: 1 } })
    expect(shownPoints(pointsIn(register, 'Kari', { asOf: '2024-01-31', rules }).points)).toBe('1.00')
    expect(shownPoints(pointsIn(register, 'Kari', { asOf: '2024-12-31', rules }).points)).toBe('1.00')
  })
})

describe('yearlyCap', () => {
  const sessions = [held('S1', '2024-01-10', 180), held('S2', '2024-02-10', 180), held('S3', '2024-03-10', 180)]

  test('takes points, not minutes, in the order of the sessions', () => {
    const answered = pointsIn(table(sessions), 'Kari', { asOf: '2024-12-31', rules: pack({ yearlyCap: 5 }) })
    expect(shownPoints(answered.points)).toBe('5.00')
    expect(answered.countedMinutes).toBe(540)
    expect(
      answered.lines.map(({ worth, points, shortfall, rules }) => [
        shownPoints(worth),
        shownPoints(points),
        shortfall?.reason,
        rules.map(({ name }) => name),
      ]),
    ).toEqual([
      ['3.00', '3.00', undefined, []],
      ['3.00', '2.00', undefined, ['yearlyCap']],
      ['3.00', '0.00', 'YEARLY_CAP', ['yearlyCap']],
    ])
  })

  test('is of a calendar year across a period boundary; sessions before the anchor use none of it', () => {
    const across = (anchor: string) => {
      const register = registerWith({
        doctors: { ...doctors, Kari: anchor },
        groups: { G1: { members: all } },
        sessions,
      })
      const { points, lines } = pointsIn(register, 'Kari', { asOf: '2024-12-31', rules: pack({ yearlyCap: 4 }) })
      return [shownPoints(points), lines.map(({ label, shortfall }) => `${label}:${shortfall?.reason}`)]
    }
    expect(across('2019-02-01')).toEqual(['1.00', ['S2:undefined', 'S3:YEARLY_CAP']])
    expect(across('2024-02-01')).toEqual(['4.00', ['S2:undefined', 'S3:undefined']])
  })

  test('is of all groups together', () => {
    const register = registerWith({
      doctors,
      groups: { G1: { members: all }, G2: { members: all } },
      sessions: [
        ...sessions,
        ...sessions.map((row) => ({
          ...row,
          session: `T${row.session}`,
          starts: row.starts.replace('15:00', '20:00'),
          present: { G2: all },
        })),
      ],
    })
    const rules = pack({ yearlyCap: 10 })
    expect(shownPoints(pointsIn(register, 'Kari', { asOf: '2024-12-31', rules }).points)).toBe('10.00')
  })

  test('rounded per window, an attendance is worth what it adds', () => {
    const rules = pack({
      groupThreshold: 1,
      doctorThresholdMinutes: 0,
      yearlyCap: 2,
      rounding: { mode: 'floor', per: 'window', unit: 1 },
    })
    const register = table([held('S1', '2024-01-10', 90), held('S2', '2024-02-10', 90), held('S3', '2024-03-10', 60)])
    const { points, lines } = pointsIn(register, 'Kari', { asOf: '2024-12-31', rules })
    expect([shownPoints(points), lines.map(({ worth }) => shownPoints(worth))]).toEqual([
      '2.00',
      ['1.00', '2.00', '1.00'],
    ])
    expect(lines.map(({ shortfall }) => shortfall?.reason)).toEqual([undefined, undefined, 'YEARLY_CAP'])
  })
})

describe('membershipTransfer: adds-up', () => {
  const rules = { membershipTransfer: 'adds-up' } as const
  const others = ['Ola', 'Per']
  const months = (group: string, first: number, present: ReadonlyArray<PresentRow>, minutes: number) =>
    [0, 1, 2].map((index) => held(`${group}${index}`, `2024-0${first + index}-10`, minutes, present, group))

  const moved = (left: string, joined: string, extra: ReadonlyArray<SessionRow> = []) =>
    registerWith({
      doctors,
      groups: {
        G1: { members: [...others, { doctor: 'Kari', left }] },
        G2: { members: [...others, { doctor: 'Kari', joined }] },
      },
      sessions: [...months('G1', 1, all, 65), ...months('G2', 4, all, 65), ...extra],
    })

  test('the minutes of the group left and of the group joined add up for both', () => {
    expect(kari(moved('2024-03-20', '2024-04-01'), '2024-12-31', rules)).toEqual(counted(390))
    expect(kari(moved('2024-03-20', '2024-04-01'), '2024-12-31', {}).counted).toBe(0)
  })

  test('in any order of the two days, and only where both lie in the window', () => {
    expect(kari(moved('2024-12-31', '2024-01-01'), '2024-12-31', rules)).toEqual(counted(390))
    expect(kari(moved('2025-01-01', '2024-01-01'), '2025-12-31', rules).counted).toBe(0)
    expect(kari(moved('2024-12-31', '2023-12-31'), '2024-12-31', rules).counted).toBe(0)
  })

  test('only minutes that passed the threshold of their own group', () => {
    const register = registerWith({
      doctors,
      groups: {
        G1: { members: [...others, { doctor: 'Kari', left: '2024-04-01' }] },
        G2: { members: [...others, { doctor: 'Kari', joined: '2024-04-01' }] },
      },
      sessions: [...months('G1', 1, all, 65), ...months('G2', 4, all, 180).slice(0, 2)],
    })
    expect(kari(register, '2024-12-31', rules).reasons).toEqual([
      'G10:DOCTOR_UNDER_6_HOURS',
      'G11:DOCTOR_UNDER_6_HOURS',
      'G12:DOCTOR_UNDER_6_HOURS',
      'G20:GROUP_UNDER_3_MEETINGS',
      'G21:GROUP_UNDER_3_MEETINGS',
    ])
  })

  test('pair by pair: three groups do not add up', () => {
    const register = registerWith({
      doctors,
      groups: {
        G1: { members: [...others, { doctor: 'Kari', left: '2024-04-01' }] },
        G2: { members: [...others, { doctor: 'Kari', joined: '2024-04-01', left: '2024-07-01' }] },
        G3: { members: [...others, { doctor: 'Kari', joined: '2024-07-01' }] },
      },
      sessions: [...months('G1', 1, all, 60), ...months('G2', 4, all, 60), ...months('G3', 7, all, 119)],
    })
    // 180 + 180 makes six hours, and so does 180 + 357; G1 and G3 add up too, for their days lie in one window.
    expect(kari(register, '2024-12-31', rules)).toEqual(counted(717))
    const few = registerWith({
      doctors,
      groups: {
        G1: { members: [...others, { doctor: 'Kari', left: '2024-04-01' }] },
        G2: { members: [...others, { doctor: 'Kari', joined: '2024-04-01', left: '2024-07-01' }] },
        G3: { members: [...others, { doctor: 'Kari', joined: '2024-07-01' }] },
      },
      sessions: [
        ...months('G1', 1, [...others, { doctor: 'Kari', minutes: 40 }], 60),
        ...months('G2', 4, [...others, { doctor: 'Kari', minutes: 40 }], 60),
        ...months('G3', 7, [...others, { doctor: 'Kari', minutes: 60 }], 60),
      ],
    })
    expect(kari(few, '2024-12-31', rules).counted).toBe(0)
  })

  test('stays that adjoin are one, a stay of no days is none', () => {
    const withStays = (...stays: ReadonlyArray<{ joined?: string; left?: string }>) =>
      registerWith({
        doctors,
        groups: {
          G1: { members: [...others, ...stays.map((stay) => ({ doctor: 'Kari', ...stay }))] },
          G2: { members: [...others, { doctor: 'Kari', joined: '2024-04-01' }] },
        },
        sessions: [...months('G1', 1, all, 65), ...months('G2', 4, all, 65)],
      })
    expect(kari(withStays({ left: '2024-03-15' }), '2024-12-31', rules).counted).toBe(390)
    expect(kari(withStays({ left: '2024-03-15' }, { joined: '2024-03-15' }), '2024-12-31', rules).counted).toBe(0)
    expect(
      kari(withStays({ joined: '2024-01-05' }, { joined: '2024-01-02', left: '2024-01-02' }), '2024-12-31', rules)
        .counted,
    ).toBe(0)
    expect(
      kari(withStays({ left: '2024-03-15' }, { joined: '2024-02-01', left: '2025-06-01' }), '2024-12-31', rules)
        .counted,
    ).toBe(0)
  })

  test('rolling months: one window holds both days, the sessions of each group and the minutes', () => {
    const both = { ...rules, window: 'rolling-12-months' } as const
    expect(kari(moved('2024-03-20', '2024-04-01'), '2025-12-31', both)).toEqual(counted(390))
    expect(kari(moved('2025-01-11', '2024-01-01'), '2025-12-31', both).counted).toBe(0)

    const spread = (ofSecond: ReadonlyArray<SessionRow>) =>
      registerWith({
        doctors,
        groups: {
          G1: { members: [...others, { doctor: 'Kari', left: '2024-03-20' }] },
          G2: { members: [...others, { doctor: 'Kari', joined: '2024-04-01' }] },
        },
        sessions: [...months('G1', 1, all, 65), ...ofSecond],
      })
    const [first, second] = months('G2', 4, all, 65)
    if (first === undefined || second === undefined) throw new Error('there are three months')
    const third = (date: string) => held('G22', date, 65, all, 'G2')
    // The window that begins with the first session of G1 ends before 10 January 2025.
    expect(kari(spread([first, second, third('2025-01-09')]), '2026-12-31', both)).toEqual(counted(390))
    // The other group's third session is a day too late for it, and no later window has three of G1.
    expect(kari(spread([first, second, third('2025-01-10')]), '2026-12-31', both).counted).toBe(0)
    // Three sessions are there in time, and the minutes beyond 325 are not.
    const few = held('G23', '2024-07-10', 60, others, 'G2')
    expect(kari(spread([first, second, few, third('2025-01-10')]), '2026-12-31', both).counted).toBe(0)
    expect(kari(spread([first, second, few, third('2025-01-09')]), '2026-12-31', both).counted).toBe(390)
  })

  test('the explanation names the sessions with both groups, and the rule', () => {
    const register = moved('2024-03-20', '2024-04-01')
    const changed = pack({ ...rules, doctorThresholdMinutes: 400 })
    const [line] = pointsIn(register, 'Kari', { asOf: '2024-12-31', rules: changed }).lines
    expect(line?.shortfall).toMatchObject({
      reason: 'DOCTOR_UNDER_6_HOURS',
      needed: 400,
      found: 390,
      sessions: ['G10', 'G11', 'G12']
        .map((label) => ({ label, group: groupNamed('G1') }))
        .concat(['G20', 'G21', 'G22'].map((label) => ({ label, group: groupNamed('G2') }))),
    })
    expect(line?.rules.map(({ name }) => name)).toEqual(['doctorThresholdMinutes', 'window', 'membershipTransfer'])
    const names = { doctor: String, group: (id: string) => (id === groupNamed('G1') ? 'G1' : 'G2') }
    const told = explanation(pointsIn(register, 'Kari', { asOf: '2024-12-31', rules: changed }), changed, names)
    expect(told).toContain(
      '  Needs 400 minutes with the group in 2024, found 390: G10 (group G1), G11 (group G1), G12 (group G1), G20 (group G2), G21 (group G2), G22 (group G2).',
    )
  })
})

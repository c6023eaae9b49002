// surroundings.test.ts: what near an attendance can still be put right or held: in its window, and with groups whose minutes may add up

import { describe, expect, test } from 'vitest'
import { defaultPack } from '../rules/default-pack.ts'
import type { RulesInForce } from '../rules/in-force.ts'
import { byOnePack, nationally } from '../rules/in-force.ts'
import type { RuleValues } from '../rules/rule-pack.ts'
import {
  doctorNamed,
  type GroupRow,
  groupNamed,
  groupStream,
  inOslo,
  registerWith,
  type SessionRow,
  sessionNamed,
} from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import type { Evidence } from './judgements.ts'
import { points } from './points.ts'
import type { Meet, Remedy } from './steps.ts'
import { surroundings } from './surroundings.ts'
import type { AttendanceLine } from './verdict.ts'

const kari = doctorNamed('Kari')
const [g1, g2] = [groupNamed('G1'), groupNamed('G2')]
const everybody = ['Kari', 'Ola']
const by = (values: Partial<RuleValues>): RulesInForce =>
  byOnePack({
    ...defaultPack,
    ...Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, { value, source: defaultPack.quorum.source }]),
    ),
  })
const asOf = (date: string) => ({ effectiveThrough: legalDate(date), asKnownAt: inOslo('2030-01-01') })

const held = (session: string, date: string, more: Partial<SessionRow> = {}): SessionRow => ({
  session,
  starts: `${date} 15:00`,
  minutes: 120,
  present: { G1: everybody },
  ...more,
})
const inG2 = { present: { G2: everybody } }
const pens = { industry: 'pens' }
const table = (sessions: ReadonlyArray<SessionRow>, groups: Readonly<Record<string, Partial<GroupRow>>> = {}) =>
  registerWith({
    doctors: { Kari: '2022-01-01' },
    groups: Object.fromEntries(
      ['G1', 'G2', ...Object.keys(groups)].map((group) => [group, { members: everybody, ...groups[group] }]),
    ),
    sessions,
  })

const lineOf = (evidence: Evidence, session: string, rules: RulesInForce, date: string): AttendanceLine => {
  const line = points(kari, evidence, rules, asOf(date)).lines.find(({ label }) => label === session)
  if (line === undefined) throw new Error(`Kari was not at ${session}`)
  return line
}

/** What is around Kari’s attendance with G1 at that session. */
const around = (evidence: Evidence, session: string, rules: RulesInForce, date: string) =>
  surroundings(kari, evidence, rules, asOf(date), lineOf(evidence, session, rules, date))
/** What can be put right of the attendance’s own group, and of those whose minutes may add up. */
const putRight = ({ remedies, addingUp }: ReturnType<typeof around>): ReadonlyArray<Remedy> =>
  remedies([g1, ...addingUp])
const clear = (label: string): Remedy => ({ step: 'clear', session: sessionNamed(label), label })
const sign = (day: string, group = g1): Remedy => ({ step: 'sign', group, by: legalDate(day) })

describe('what the industry gave is put right', () => {
  test('at the sessions of the window, from its first day through its last, that were known by then', () => {
    const found = around(
      table([
        held('S0', '2023-12-31', pens),
        held('S1', '2024-01-01', pens),
        held('S2', '2024-06-01'),
        held('S3', '2024-12-31', pens),
        held('S4', '2025-01-01', pens),
        held('S5', '2024-07-01', { ...pens, known: inOslo('2031-01-01') }),
      ]).evidence(),
      'S2',
      by({}),
      '2025-06-01',
    )
    expect(putRight(found)).toEqual([clear('S1'), clear('S3')])
  })

  test('of rolling months at those less than twelve of them away', () => {
    const found = around(
      table([
        held('S0', '2023-06-01', pens),
        held('S1', '2023-06-02', pens),
        held('S2', '2024-06-01'),
        held('S3', '2025-05-31', pens),
        held('S4', '2025-06-01', pens),
      ]).evidence(),
      'S2',
      by({ window: 'rolling-12-months' }),
      '2026-06-01',
    )
    expect(putRight(found)).toEqual([clear('S1'), clear('S3')])
  })

  test('with another group that the doctor was in, where its minutes may add up, and with the own one once', () => {
    const sessions = [held('S1', '2024-06-01', pens), held('T1', '2024-05-01', { ...inG2, ...pens })]
    const strangers = { G3: { members: ['Ola', 'Per'] } }
    const evidence = table([...sessions, held('U1', '2024-05-02', { ...pens, present: { G3: ['Ola'] } })], strangers)
    const found = around(evidence.evidence(), 'S1', by({ membershipTransfer: 'adds-up' }), '2024-09-01')
    expect([found.addsUp, found.addingUp, putRight(found)]).toEqual([true, [g2], [clear('S1'), clear('T1')]])
    const alone = around(evidence.evidence(), 'S1', by({}), '2024-09-01')
    expect([alone.addsUp, alone.addingUp, putRight(alone)]).toEqual([false, [], [clear('S1')]])
    expect(alone.meetings()).toEqual([])
  })
})

describe('a signature', () => {
  const cured = by({ declaration: { curesDays: 30 } })
  const unsigned = (...sessions: ReadonlyArray<SessionRow>) =>
    table(sessions, { G1: { signed: '2024-04-01', withdrawn: '2024-05-01' } }).evidence()

  test('is asked for by the first of the last days on which it covers, today at the earliest', () => {
    const evidence = unsigned(
      held('S1', '2024-04-10'),
      held('S2', '2024-05-10'),
      held('S3', '2024-05-12'),
      held('S4', '2024-05-11'),
    )
    expect(around(evidence, 'S2', cured, '2024-05-20').signature(g1)).toEqual(sign('2024-06-09'))
    expect(around(evidence, 'S2', cured, '2024-06-09').signature(g1)).toEqual(sign('2024-06-09'))
    expect(around(evidence, 'S2', cured, '2024-06-10').signature(g1)).toEqual(sign('2024-06-10'))
    expect(putRight(around(evidence, 'S2', cured, '2024-06-11'))).toEqual([sign('2024-06-11')])
  })

  test('is asked for no more once all is covered, or too late to be', () => {
    expect(around(unsigned(held('S1', '2024-04-10')), 'S1', cured, '2024-05-01').signature(g1)).toBeNull()
    expect(around(unsigned(held('S1', '2024-05-10')), 'S1', cured, '2024-06-10').signature(g1)).toBeNull()
    expect(putRight(around(unsigned(held('S1', '2024-05-10')), 'S1', cured, '2024-06-10'))).toEqual([])
  })
})

describe('what another group can still hold', () => {
  const meet = (day: string, more: Partial<Meet> = {}): Meet => ({
    ...{ step: 'meet', group: g2, sessions: 3, minutes: 360, by: legalDate(day), planned: [], joining: false },
    ...more,
  })
  const left = { members: ['Ola', { doctor: 'Kari', left: '2024-06-01' }] }
  const g3 = groupNamed('G3')

  test('is through the last day of the own window, for as many sessions and minutes as are asked for, group by group', () => {
    const of = table([held('S1', '2024-06-01')], { G3: left, G4: { members: ['Ola', 'Per'] } })
    const rules = by({ membershipTransfer: 'adds-up' })
    const joining = meet('2024-12-31', { group: g3, joining: true })
    // The groups stand in the order of their ids.
    expect(around(of.evidence(), 'S1', rules, '2024-12-30').meetings()).toEqual([[joining], [meet('2024-12-31')]])
    expect(around(of.evidence(), 'S1', rules, '2024-12-31').meetings()).toEqual([[], []])
    of.record(groupStream('G2'), { type: 'GroupClosed', data: { on: legalDate('2024-07-01') } })
    expect(around(of.evidence(), 'S1', rules, '2024-06-30').meetings()).toHaveLength(2)
    expect(around(of.evidence(), 'S1', rules, '2024-07-01').meetings()).toEqual([[joining]])
  })

  test('is no more minutes than its days that are left can count', () => {
    const evidence = table([held('S1', '2024-06-01')]).evidence()
    const meetings = (date: string, dayCapMinutes: number) =>
      around(evidence, 'S1', by({ membershipTransfer: 'adds-up', dayCapMinutes }), date).meetings()
    expect(meetings('2024-12-30', 359)).toEqual([[meet('2024-12-31', { minutes: 359 })]])
    expect(meetings('2024-12-28', 100)).toEqual([[meet('2024-12-31', { minutes: 300 })]])
    expect(meetings('2024-12-20', 100)).toEqual([[meet('2024-12-31')]])
  })

  test('is as many sessions as either group’s rules ask for, minutes by the own group’s, in days capped by the other’s', () => {
    const evidence = table([held('S1', '2024-06-01')]).evidence()
    const pack = (values: Partial<RuleValues>) =>
      by({ membershipTransfer: 'adds-up', ...values }).at(nationally(legalDate('2024-01-01')))
    const meetings = (own: Partial<RuleValues>, theirs: Partial<RuleValues>) =>
      around(
        evidence,
        'S1',
        { ...byOnePack(defaultPack), at: ({ group }) => (group === g2 ? pack(theirs) : pack(own)) },
        '2024-12-30',
      ).meetings()
    const more = { groupThreshold: 4, doctorThresholdMinutes: 500 }
    expect(meetings(more, {})).toEqual([[meet('2024-12-31', { sessions: 4, minutes: 360 })]])
    expect(meetings(more, { dayCapMinutes: 600 })).toEqual([[meet('2024-12-31', { sessions: 4, minutes: 500 })]])
    expect(meetings({ dayCapMinutes: 100 }, more)).toEqual([[meet('2024-12-31', { sessions: 4, minutes: 360 })]])
    expect(meetings({}, { dayCapMinutes: 100 })).toEqual([[meet('2024-12-31', { minutes: 100 })]])
  })

  test('takes the sessions that it names, and one for what each day can count of its minutes', () => {
    const evidence = table([held('S1', '2024-06-01')]).evidence()
    const capped = (dayCapMinutes: number) => {
      const { sessionsOf } = around(evidence, 'S1', by({ dayCapMinutes }), '2024-09-01')
      return (sessions: number, minutes: number) => sessionsOf(meet('2024-12-31', { sessions, minutes }))
    }
    const takes = capped(100)
    expect([takes(0, 0), takes(2, 0), takes(0, 1), takes(0, 100), takes(0, 101), takes(1, 300), takes(4, 300)]).toEqual(
      [0, 2, 1, 1, 2, 3, 4],
    )
    expect(capped(0)(2, 0)).toBe(2)
  })

  test('is through the last days of its own years too, the earliest first', () => {
    const rules = by({ membershipTransfer: 'adds-up', window: 'group-year' })
    const evidence = table([held('S1', '2024-05-01'), held('T1', '2024-04-10', inG2), held('T2', '2024-08-10', inG2)], {
      G1: { registered: '2020-03-01' },
      G2: { registered: '2020-07-01' },
    }).evidence()
    expect(around(evidence, 'S1', rules, '2024-05-01').meetings()).toEqual([[meet('2024-06-30'), meet('2025-02-28')]])
    expect(around(evidence, 'S1', rules, '2024-08-10').meetings()).toEqual([[meet('2025-02-28'), meet('2025-06-30')]])
  })

  test('is of rolling months those that begin with a session of either group, and hold the attendance', () => {
    const rules = by({ membershipTransfer: 'adds-up', window: 'rolling-12-months' })
    const evidence = table([
      held('S0', '2023-09-01'),
      held('S1', '2024-05-01'),
      held('S2', '2024-06-01'),
      held('T1', '2024-02-10', inG2),
    ]).evidence()
    expect(around(evidence, 'S1', rules, '2024-06-10').meetings()).toEqual([
      ['2024-08-31', '2025-02-09', '2025-04-30'].map((day) => meet(day)),
    ])
  })

  test('is of rolling months those too that begin when the doctor joined or left either group', () => {
    const rules = by({ membershipTransfer: 'adds-up', window: 'rolling-12-months' })
    const evidence = table([held('S1', '2024-05-01')], {
      G1: { members: ['Ola', { doctor: 'Kari', joined: '2023-08-01', left: '2024-05-20' }] },
      G2: {
        members: [
          { doctor: 'Ola', joined: '2023-10-01' },
          { doctor: 'Kari', joined: '2023-09-01', left: '2024-01-15' },
          { doctor: 'Kari', joined: '2024-04-01' },
        ],
      },
    }).evidence()
    expect(around(evidence, 'S1', rules, '2024-06-10').meetings()).toEqual([
      ['2024-07-31', '2024-08-31', '2025-01-14', '2025-03-31', '2025-04-30'].map((day) => meet(day)),
    ])
  })
})

describe('of the doctor’s groups', () => {
  const [one = g1, two = g1, three = g1] = [g1, g2, groupNamed('G3')].sort()
  const left = { members: ['Ola', { doctor: 'Kari', left: '2024-03-01' }] }

  test('all are known that were joined once, also those left, in the order of their ids, whichever was registered first', () => {
    const of = table([held('S1', '2024-02-01')], { G3: left, G4: { members: ['Ola', 'Per'] } })
    const evidence = of.evidence()
    const turned = { ...evidence, groups: new Map([...evidence.groups].reverse()) }
    const rules = by({ membershipTransfer: 'adds-up' })
    for (const each of [evidence, turned]) {
      const found = around(each, 'S1', rules, '2024-09-01')
      expect(found.groups()).toEqual([one, two, three])
      expect(found.addingUp).toEqual([one, two, three].filter((group) => group !== g1))
    }
    expect(around(evidence, 'S1', by({}), '2024-09-01').groups()).toEqual([one, two, three])
  })

  test('one that was left has the doctor as a member no more', () => {
    const { isMember } = around(table([held('S1', '2024-02-01')], { G3: left }).evidence(), 'S1', by({}), '2024-09-01')
    expect([isMember(g1), isMember(groupNamed('G3'))]).toEqual([true, false])
  })
})

describe('where rows are missing', () => {
  const evidence = table([held('S1', '2024-06-01', pens)]).evidence()
  const rules = by({ membershipTransfer: 'adds-up' })
  const line = { ...lineOf(evidence, 'S1', rules, '2024-09-01'), session: sessionNamed('S9') }

  test('a group that nobody knows has no members, nothing to sign for and nothing to close', () => {
    const { isMember, isClosed, signature } = around(evidence, 'S1', rules, '2024-09-01')
    const unknown = groupNamed('G9')
    expect([isMember(unknown), isClosed(unknown), signature(unknown)]).toEqual([false, false, null])
  })

  test('an attendance of a session that nobody knows has no other groups', () => {
    const found = surroundings(kari, evidence, rules, asOf('2024-09-01'), line)
    expect([found.addsUp, found.meetings(), putRight(found)]).toEqual([false, [], [clear('S1')]])
  })

  test('a session without its facts is none', () => {
    const found = surroundings(kari, { ...evidence, sessions: new Map() }, rules, asOf('2024-09-01'), line)
    expect(putRight(found)).toEqual([])
  })
})

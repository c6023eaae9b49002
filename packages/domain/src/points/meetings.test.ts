// meetings.test.ts: what is supposed to be held, so that a group has so many sessions more and a doctor so many minutes

import { describe, expect, test } from 'vitest'
import { defaultPack } from '../rules/default-pack.ts'
import { byOnePack, type Circumstances, type RulesInForce } from '../rules/in-force.ts'
import type { RulePack, RuleValues } from '../rules/rule-pack.ts'
import { doctorNamed, groupNamed, groupStream, inOslo, type MemberRow, registerWith } from '../testing/index.ts'
import type { DoctorId } from '../values/identity.ts'
import { legalDate } from '../values/legal-date.ts'
import { MunicipalityNumber } from '../values/municipality-number.ts'
import { supposingMeeting } from './meetings.ts'

const kari = doctorNamed('Kari')
const g1 = groupNamed('G1')
const asKnownAt = inOslo('2030-01-01')

const pack = (values: Partial<RuleValues>): RulePack => ({
  ...defaultPack,
  ...Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value, source: defaultPack.quorum.source }]),
  ),
})

interface Asked {
  readonly sessions: number
  readonly minutes: number
  readonly today?: string
  readonly by?: string
  readonly rules?: RulePack | RulesInForce
  readonly members?: ReadonlyArray<MemberRow>
}

const evidenceOf = (members: ReadonlyArray<MemberRow>) =>
  registerWith({
    doctors: { Kari: '2022-01-01' },
    groups: { G1: { members, signed: null } },
    sessions: [{ session: 'S1', starts: '2024-02-01 15:00', minutes: 120, present: { G1: ['Kari'] } }],
  }).evidence()

const everybody = ['Kari', 'Ola', 'Per']

/** What is new in the evidence: sessions with who is there for how long, and what the group said. */
const supposed = ({
  sessions,
  minutes,
  today = '2024-12-01',
  by = '2024-12-31',
  rules = defaultPack,
  members = everybody,
}: Asked) => {
  const before = evidenceOf(members)
  const question = { asKnownAt, effectiveThrough: legalDate(today) }
  const inForce = 'at' in rules ? rules : byOnePack(rules)
  const after = supposingMeeting(
    before,
    kari,
    { group: g1, by: legalDate(by), sessions, minutes, planned: [] },
    inForce,
    question,
  )
  if (after === null) return null
  const named = (id: DoctorId): string => everybody.find((name) => doctorNamed(name) === id) ?? 'new'
  const held = [...after.sessions].flatMap(([id, history]) =>
    before.sessions.has(id)
      ? []
      : history.flatMap(({ event }) => {
          if (event.type !== 'SessionHeld') return []
          const { date, starts, ends, attendance, hosts, groups } = event.data
          expect([hosts, groups]).toEqual([[], [g1]])
          const there = attendance.map(({ doctor, presence }) =>
            presence.kind === 'intervals'
              ? [
                  named(doctor),
                  ...presence.intervals.map(({ from, to }) => `${from.slice(11, 16)}-${to.slice(11, 16)}`),
                ].join(' ')
              : named(doctor),
          )
          return [[date, `${starts.slice(11, 16)}-${ends.slice(11, 16)}`, ...there].join(', ')]
        }),
  )
  const said = (after.groups.get(g1)?.history ?? [])
    .slice(before.groups.get(g1)?.history.length)
    .map(({ event }) =>
      event.type === 'MemberJoined'
        ? `${named(event.data.doctor)} joined ${event.data.on}`
        : event.type === 'IndustryFreeDeclared'
          ? `${named(event.data.signedBy)} signed ${event.data.on}`
          : event.type,
    )
  return { held, said }
}

describe('the last days that are left', () => {
  test('have a session each, the doctor there where minutes are lacking, signed for on the first of them', () => {
    expect(supposed({ sessions: 2, minutes: 100 })).toEqual({
      held: ['2024-12-31, 00:00-01:40, Ola, Per, Kari 00:00-01:40', '2024-12-30, 00:00-01:00, Ola, Per'],
      said: ['Kari signed 2024-12-30'],
    })
  })

  test('give no more minutes each than a day may', () => {
    expect(supposed({ sessions: 0, minutes: 250, rules: pack({ dayCapMinutes: 100 }) })).toEqual({
      held: [
        '2024-12-31, 00:00-01:40, Ola, Per, Kari 00:00-01:40',
        '2024-12-30, 00:00-01:40, Ola, Per, Kari 00:00-01:40',
        '2024-12-29, 00:00-01:00, Ola, Per, Kari 00:00-00:50',
      ],
      said: ['Kari signed 2024-12-29'],
    })
    expect(supposed({ sessions: 0, minutes: 200, rules: pack({ dayCapMinutes: 100 }) })?.held.length).toBe(2)
  })

  test('have one session after the other where there are fewer days', () => {
    expect(supposed({ sessions: 3, minutes: 60, today: '2024-12-29' })).toEqual({
      held: [
        '2024-12-31, 00:00-01:00, Ola, Per, Kari 00:00-01:00',
        '2024-12-30, 00:00-01:00, Ola, Per',
        '2024-12-31, 01:00-02:00, Ola, Per',
      ],
      said: ['Kari signed 2024-12-30'],
    })
  })

  test('are too few for minutes that no day gives, and where none is left', () => {
    const capped = (today: string, dayCapMinutes: number) =>
      supposed({ sessions: 1, minutes: 250, today, rules: pack({ dayCapMinutes }) })?.held.length ?? null
    expect([capped('2024-12-28', 100), capped('2024-12-29', 100), capped('2024-12-01', 0)]).toEqual([3, null, null])
    expect([supposed({ sessions: 1, minutes: 0, today: '2024-12-31' }), supposed({ sessions: 0, minutes: 0 })]).toEqual(
      [null, null],
    )
    expect(supposed({ sessions: 1, minutes: 0, rules: pack({ dayCapMinutes: 0 }) })?.held).toEqual([
      '2024-12-31, 00:00-01:00, Ola, Per',
    ])
  })
})

describe('those who are there', () => {
  test('are as many members as it takes, and where there are fewer, new ones', () => {
    expect(supposed({ sessions: 1, minutes: 0, rules: pack({ quorum: 1 }) })).toEqual({
      held: ['2024-12-31, 00:00-01:00, Ola'],
      said: ['Kari signed 2024-12-31'],
    })
    expect(supposed({ sessions: 1, minutes: 0, rules: pack({ quorum: 4 }) })).toEqual({
      held: ['2024-12-31, 00:00-01:00, Ola, Per, new, new'],
      said: ['new joined 2024-12-31', 'new joined 2024-12-31', 'Kari signed 2024-12-31'],
    })
  })

  test('are members on all of these days', () => {
    const withPer = (joined: string, left?: string) =>
      supposed({
        sessions: 2,
        minutes: 0,
        members: ['Kari', 'Ola', { doctor: 'Per', joined, ...(left === undefined ? {} : { left }) }],
      })?.held[0]
    expect([
      withPer('2024-12-30'),
      withPer('2024-12-31'),
      withPer('2024-01-01', '2024-12-31'),
      withPer('2024-01-01', '2025-01-01'),
    ]).toEqual([
      '2024-12-31, 00:00-01:00, Ola, Per',
      '2024-12-31, 00:00-01:00, Ola, new',
      '2024-12-31, 00:00-01:00, Ola, new',
      '2024-12-31, 00:00-01:00, Ola, Per',
    ])
  })

  test('are joined by the doctor, who is no member any more, where minutes are lacking', () => {
    const members = ['Ola', 'Per', { doctor: 'Kari', left: '2024-06-01' }]
    expect(supposed({ sessions: 1, minutes: 60, members })).toEqual({
      held: ['2024-12-31, 00:00-01:00, Ola, Per, Kari 00:00-01:00'],
      said: ['Kari joined 2024-12-31', 'Kari signed 2024-12-31'],
    })
    expect(supposed({ sessions: 1, minutes: 0, members })?.said).toEqual(['Kari signed 2024-12-31'])
  })
})

describe('the rules of that day', () => {
  test('are asked for where the group is then, for the doctor and for anybody', () => {
    const asked: Circumstances[] = []
    const rules: RulesInForce = {
      ...byOnePack(defaultPack),
      at: (circumstances) => {
        asked.push(circumstances)
        return defaultPack
      },
    }
    const register = registerWith({
      doctors: { Kari: '2022-01-01' },
      groups: { G1: { members: everybody } },
      sessions: [{ session: 'S1', starts: '2024-02-01 15:00', minutes: 120, present: { G1: ['Kari'] } }],
    })
    const [municipality] = ['0301'].filter(MunicipalityNumber.is)
    if (municipality === undefined) throw new RangeError('0301')
    register.record(groupStream('G1'), { type: 'GroupMoved', data: { municipality, on: legalDate('2024-12-15') } })
    const meeting = { group: g1, by: legalDate('2024-12-31'), sessions: 1, minutes: 0, planned: [] }
    const question = { asKnownAt, effectiveThrough: legalDate('2024-12-01') }
    supposingMeeting(register.evidence(), kari, meeting, rules, question)
    const there = { date: '2024-12-31', group: g1, municipality, department: null }
    expect(asked).toEqual([
      { ...there, doctor: [kari] },
      { ...there, doctor: [kari] },
      { ...there, doctor: [] },
    ])
  })

  test('are met for both, whichever is stricter', () => {
    const split = (own: Partial<RuleValues>, others: Partial<RuleValues>): RulesInForce => ({
      ...byOnePack(defaultPack),
      at: ({ doctor }) => pack(doctor.length > 0 ? own : others),
    })
    const one = { sessions: 1, minutes: 0 }
    const strict = { quorum: 3, sessionMinutesMin: 90 }
    for (const rules of [split(strict, {}), split({}, strict)])
      expect(supposed({ ...one, rules })?.held).toEqual(['2024-12-31, 00:00-01:30, Ola, Per, new'])
    const none = pack({ quorum: 0, sessionMinutesMin: 0 })
    expect(supposed({ ...one, rules: none })?.held).toEqual(['2024-12-31, 00:00-00:01'])
    expect(supposed({ sessions: 0, minutes: 60, rules: split({ dayCapMinutes: 30 }, {}) })?.held.length).toBe(2)
  })
})

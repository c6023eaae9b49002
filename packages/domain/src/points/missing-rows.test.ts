// missing-rows.test.ts: where rows of the evidence are missing, less is said, and nothing fails

import { describe, expect, test } from 'vitest'
import { defaultPack } from '../rules/default-pack.ts'
import { byOnePack } from '../rules/in-force.ts'
import { doctorNamed, groupNamed, inOslo, registerWith, sessionNamed, sessionStream } from '../testing/index.ts'
import { legalDate, oslo } from '../values/legal-date.ts'
import { forecast } from './forecast.ts'
import type { Evidence } from './judgements.ts'
import { supposingMeeting } from './meetings.ts'
import { points } from './points.ts'
import { programme } from './programme.ts'
import { supposingSessions } from './supposing.ts'
import { base, three } from './three-sessions.test-kit.ts'

const kari = doctorNamed('Kari')
const question = { effectiveThrough: legalDate('2024-12-31'), asKnownAt: inOslo('2100-01-01') }
const evidence = registerWith({ ...base, sessions: three }).evidence()
const asked = (rows: Partial<Evidence>) => points(kari, { ...evidence, ...rows }, defaultPack, question)

describe('points', () => {
  test('of a doctor that nobody knows have no period and no facts', () => {
    expect(asked({ doctors: new Map() })).toEqual({
      ...asked({}),
      period: null,
      countedMinutes: 0,
      points: { numerator: 0, denominator: 1 },
      mandatory: { numerator: 0, denominator: 1 },
      missing: { numerator: 20, denominator: 1 },
      lines: [],
      facts: [],
    })
  })

  test('of sessions that nobody knows have no lines', () => {
    const { lines, withdrawn, countedMinutes } = asked({ sessions: new Map() })
    expect([lines, withdrawn, countedMinutes]).toEqual([[], [], 0])
  })

  test('with a group that nobody knows are those of no member', () => {
    const { lines } = asked({ groups: new Map() })
    expect(lines.map(({ shortfall }) => shortfall)).toEqual(three.map(() => ({ reason: 'NOT_MEMBER', stays: [] })))
  })
})

test('a programme of a doctor that nobody knows has nothing in it', () => {
  const { period, lines, demands } = programme(kari, { ...evidence, doctors: new Map() }, defaultPack, question)
  expect([period, lines, demands.filter(({ met }) => met)]).toEqual([null, [], []])
})

test('a forecast plans nothing with a group, nor at a session, that nobody knows', () => {
  const register = registerWith({ ...base, sessions: three })
  const starts = inOslo('2025-02-01 15:00')
  const when = { starts, ends: inOslo('2025-02-01 18:00'), zone: oslo, date: legalDate('2025-02-01') }
  const where = { place: null, department: null, hosts: [], groups: [groupNamed('G1')], topics: [] }
  register.record(sessionStream('P1'), { type: 'SessionPlanned', data: { ...when, ...where } })
  const planned = (rows: Partial<Evidence>) => {
    const all = ['P1', 'S9'].map(sessionNamed)
    const found = forecast(kari, { ...register.evidence(), ...rows }, all, defaultPack, question)
    return [found?.planned.map(({ date }) => date), found?.expected.lines.map(({ counted }) => counted)]
  }
  expect(planned({})).toEqual([['2025-02-01'], [180, 180, 180, 0]])
  expect(planned({ groups: new Map() })).toEqual([[], [0, 0, 0]])
  expect(planned({ sessions: new Map() })).toEqual([[], []])
})

test('a group that nobody knows meets, and it counts for nobody', () => {
  const meeting = {
    ...{ group: groupNamed('G9'), sessions: 3, minutes: 360, by: legalDate('2025-12-31'), planned: [] },
  }
  const supposed = supposingMeeting(evidence, kari, meeting, byOnePack(defaultPack), question)
  const then = { ...question, effectiveThrough: legalDate('2025-12-31') }
  const lines = supposed === null ? [] : points(kari, supposed, defaultPack, then).lines
  expect(lines.map(({ counted, shortfall }) => [counted, shortfall?.reason])).toEqual([
    ...three.map(({ minutes }) => [minutes, undefined]),
    [0, 'NOT_MEMBER'],
  ])
})

test('nothing is supposed of a session without a fact, nor where there is no fact at all to be like', () => {
  const nowhere: Evidence = { doctors: new Map(), groups: new Map(), sessions: new Map(), merges: new Map() }
  const cleared = { type: 'IndustryContributionCleared', data: { reason: '' } } as const
  expect(supposingSessions(nowhere, [{ session: sessionNamed('S9'), events: [cleared] }], question.asKnownAt)).toBe(
    nowhere,
  )
  expect(supposingSessions(evidence, [{ session: sessionNamed('S9'), events: [] }], question.asKnownAt)).toBe(evidence)
})

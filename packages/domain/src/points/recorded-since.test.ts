// recorded-since.test.ts: of all that was recorded since a statement, what it could rest on, in the order of the log

import { describe, expect, test } from 'vitest'
import { streamName } from '../kernel/event.ts'
import { defaultPack } from '../rules/default-pack.ts'
import { digestOf } from '../rules/digest.ts'
import { pack, published, scheme } from '../rules/published.test-kit.ts'
import type { RulesEvent } from '../rules/rules-events.ts'
import {
  doctorNamed,
  doctorStream,
  groupNamed,
  groupStream,
  inOslo,
  logbook,
  registerWith,
  sessionStream,
  type TestRegister,
} from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import type { Evidence } from './judgements.ts'
import { points } from './points.ts'
import { recordedSince } from './recorded-since.ts'
import { statedOf } from './stating.ts'
import { base, members, three } from './three-sessions.test-kit.ts'

const kari = doctorNamed('Kari')
const question = { effectiveThrough: legalDate('2024-12-31'), asKnownAt: inOslo('2030-01-01') }
const on = legalDate

/** What is told to have been recorded after everything that a register holds by now. */
const statement = (register: TestRegister) => {
  const last = register.history.at(-1)
  const stated = statedOf(points(kari, register.evidence(), defaultPack, question), [])
  if (last === undefined || stated === null) throw new Error('there is nothing to state')
  return () => {
    const all = register.evidence()
    // Of doctors, the row of the one alone.
    const evidence = { ...all, doctors: new Map([...all.doctors].filter(([doctor]) => doctor === kari)) }
    const now = points(kari, evidence, defaultPack, question)
    const since = recordedSince(stated, now, evidence, { published: [], judging: [], issuedAt: last.position })
    return since.map(({ type, id }) => [type, register.history.slice(last.position).findIndex((one) => one.id === id)])
  }
}

describe('of the doctor, the groups and their sessions', () => {
  test('everything, in the order in which it was recorded', () => {
    const register = registerWith({ ...base, sessions: three })
    const since = statement(register)
    expect(since()).toEqual([])
    register.record(sessionStream('S1'), { type: 'IndustryContributionReported', data: { what: 'pens' } })
    register.record(doctorStream('Kari'), { type: 'PeriodOpened', data: { anchor: on('2022-02-01') } })
    const left = { doctor: doctorNamed('Per'), joined: on('2000-01-01'), on: on('2024-12-01') }
    register.record(groupStream('G1'), { type: 'MemberLeft', data: left })
    expect(since()).toEqual([
      ['IndustryContributionReported', 0],
      ['PeriodOpened', 1],
      ['MemberLeft', 2],
    ])
  })

  test('nothing that is not known yet', () => {
    const register = registerWith({ ...base, sessions: three })
    const since = statement(register)
    const pens = { type: 'IndustryContributionReported', data: { what: 'pens' } } as const
    register.record(sessionStream('S1'), pens, { knownSince: question.asKnownAt })
    register.record(sessionStream('S2'), pens, { knownSince: inOslo('2030-01-02') })
    expect(since()).toEqual([['IndustryContributionReported', 0]])
  })
})

describe('of merges', () => {
  const merged = (register: TestRegister, into: string, absorbed: string) =>
    register.record(doctorStream(into), { type: 'DoctorsMerged', data: { absorbed: doctorNamed(absorbed) } })

  test('those of who was there, through whichever record, and none of others', () => {
    const register = registerWith({ ...base, sessions: three })
    const since = statement(register)
    merged(register, 'Nobody', 'Stranger')
    merged(register, 'Third', 'Ola again')
    merged(register, 'Ola', 'Third')
    expect(since()).toEqual([
      ['DoctorsMerged', 1],
      ['DoctorsMerged', 2],
    ])
  })

  test('also one that was taken back', () => {
    const register = registerWith({ ...base, sessions: three })
    const since = statement(register)
    register.retract(merged(register, 'Ola', 'Ola again'))
    expect(since()).toEqual([
      ['DoctorsMerged', 0],
      ['DoctorsMergedRetracted', 1],
    ])
  })

  test('and of who was taken off a list', () => {
    const sessions = three.map((one) => ({ ...one, present: { G1: [...members, 'Liv'] } }))
    const register = registerWith({ ...base, sessions })
    for (const { session } of sessions) {
      const data = { group: groupNamed('G1'), doctor: doctorNamed('Liv'), reason: '' }
      register.record(sessionStream(session), { type: 'AttendanceWithdrawn', data })
    }
    const since = statement(register)
    merged(register, 'Liv', 'Liv again')
    expect(since()).toEqual([['DoctorsMerged', 0]])
  })
})

describe('of rules', () => {
  const stream = streamName('rules', scheme)

  test('those that judge, with all that put them right, and no others', () => {
    const rules = logbook<RulesEvent>()
    const first = rules.record(stream, published.pack(pack('2020-01-01')))
    const other = rules.record(stream, published.pack(pack('2021-01-01')))
    const retracted = rules.retract(first)
    const broughtBack = rules.retract(retracted)
    rules.retract(other)
    const judging = [{ layer: 'national' as const, event: first.id, digest: digestOf(1) }]
    const nothing: Evidence = { doctors: new Map(), groups: new Map(), sessions: new Map(), merges: new Map() }
    const now = points(kari, registerWith({ ...base, sessions: three }).evidence(), defaultPack, question)
    const stated = statedOf(now, [])
    if (stated === null) throw new Error('there is nothing to state')
    const issuedAt = first.position
    const since = recordedSince(stated, now, nothing, { published: [rules.history], judging, issuedAt })
    expect(since.map(({ id, type }) => [id, type])).toEqual(
      [retracted, broughtBack].map(({ id }) => [id, 'RulePackPublishedRetracted']),
    )
  })
})

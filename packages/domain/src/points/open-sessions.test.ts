// open-sessions.test.ts: which sessions of a group are planned or wished for on a day, and not held yet

import { expect, test } from 'vitest'
import { instantOf, millisecondsOf } from '../kernel/instant.ts'
import type { SessionEvent } from '../session/session-events.ts'
import { groupNamed, inOslo, reference, registerWith, sessionNamed, sessionStream } from '../testing/index.ts'
import { dateIn, legalDate, oslo } from '../values/legal-date.ts'
import { openSessions } from './open-sessions.ts'

const [g1, g2] = [groupNamed('G1'), groupNamed('G2')]
const asKnownAt = inOslo('2030-01-01')
const times = (at: string) => {
  const starts = inOslo(at)
  return { starts, ends: instantOf(millisecondsOf(starts) + 3_600_000), zone: oslo, date: dateIn(oslo, starts) }
}
const where = { place: null, department: null, hosts: [], topics: [] }
const planned = (at: string, groups = [g1]): SessionEvent => ({
  type: 'SessionPlanned',
  data: { ...times(at), ...where, groups },
})
const held = (at: string): SessionEvent => ({
  type: 'SessionHeld',
  data: { ...times(at), ...where, groups: [g1], attendance: [], reference: null, request: null },
})
const cancelled = (on: string): SessionEvent => ({
  type: 'SessionCancelled',
  data: { on: legalDate(on), reason: 'ill' },
})

type Told = readonly [known: string, event: SessionEvent]

const open = (sessions: Readonly<Record<string, ReadonlyArray<Told>>>, asOf: string, group = g1) => {
  const register = registerWith({})
  for (const [session, all] of Object.entries(sessions))
    for (const [known, event] of all) register.record(sessionStream(session), event, { knownSince: inOslo(known) })
  const question = { effectiveThrough: legalDate(asOf), asKnownAt }
  return openSessions(group, register.evidence(), question).map(({ session, on, label }) => [session, on, label])
}

test('one that is planned is open until it is held or cancelled', () => {
  const one = sessionNamed('P1')
  const isOpen = [[one, '2024-03-01', one]]
  const plan: Told = ['2024-03-01 12:00', planned('2024-10-01 15:00')]
  expect(open({ P1: [plan] }, '2024-02-29')).toEqual([])
  expect(open({ P1: [plan] }, '2024-03-01')).toEqual(isOpen)
  expect(open({ P1: [plan] }, '2024-03-01', g2)).toEqual([])
  const over: ReadonlyArray<Told> = [plan, ['2024-10-02', held('2024-10-01 15:00')]]
  expect([open({ P1: over }, '2024-09-30'), open({ P1: over }, '2024-10-01')]).toEqual([isOpen, []])
  const off: ReadonlyArray<Told> = [plan, ['2024-06-01', cancelled('2024-06-01')]]
  expect([open({ P1: off }, '2024-05-31'), open({ P1: off }, '2024-06-01')]).toEqual([isOpen, []])
})

test('the earliest wish comes first, of one day by what they are called', () => {
  const plan = (known: string): ReadonlyArray<Told> => [[known, planned('2024-10-01 15:00')]]
  const [first = '', second = ''] = ['P1', 'P2'].sort((a, b) => (sessionNamed(a) < sessionNamed(b) ? -1 : 1))
  const sessions = { [second]: plan('2024-03-02'), P3: plan('2024-03-01'), [first]: plan('2024-03-02') }
  expect(open(sessions, '2024-06-01').map(([session]) => session)).toEqual(['P3', first, second].map(sessionNamed))
})

test('one is open for the groups that it was changed to, under the name that it was asked for by', () => {
  const asked: SessionEvent = {
    type: 'SessionRequested',
    data: {
      ...{ groups: [g1], on: legalDate('2024-03-01'), topic: 'skin', department: null, place: null },
      reference: reference('R1'),
    },
  }
  const story: ReadonlyArray<Told> = [
    ['2024-03-01', asked],
    ['2024-04-01', planned('2024-10-01 15:00', [g2])],
  ]
  expect([open({ P1: story }, '2024-06-01', g1), open({ P1: story }, '2024-06-01', g2)]).toEqual([
    [],
    [[sessionNamed('P1'), '2024-03-01', 'R1']],
  ])
})

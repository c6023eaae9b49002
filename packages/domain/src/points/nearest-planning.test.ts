// nearest-planning.test.ts: what can still be done where a session must be planned in time

import { describe, expect, test } from 'vitest'
import { defaultPack } from '../rules/default-pack.ts'
import { doctorNamed, groupNamed, inOslo, registerWith, sessionNamed, sessionStream } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { explained } from './explained.ts'
import { languages } from './language.ts'
import { all, asKnownAt, held, meet, pack, register, stepsOf } from './nearest.test-kit.ts'
import { nearestChanges } from './nearest.ts'
import { points } from './points.ts'

describe('where a session must be planned in time', () => {
  const rules = pack({ plannedWithin: { months: 3 }, groupThreshold: 4 })
  const wish = (of: ReturnType<typeof register>, session: string, on: string) =>
    of.record(sessionStream(session), {
      type: 'SessionRequested',
      data: {
        ...{ groups: [groupNamed('G1')], department: null, topic: '', place: null },
        ...{ on: legalDate(on), reference: { source: 'local', id: session } },
      },
    })
  const year = () => {
    const of = register([held('S1', '2024-02-01', { minutes: 360 }), held('S2', '2024-05-01')])
    for (const session of ['S1', 'S2', 'A6', 'A4']) wish(of, session, '2024-01-17')
    wish(of, 'A3', '2024-04-01')
    return of
  }
  const open = (label: string, on = '2024-01-17') => ({ session: sessionNamed(label), label, on: legalDate(on) })

  test('what is wished for already is held, and not what was wished for too late', () => {
    const using = { ...meet(2, 0), planned: [open('A4'), open('A6')] }
    expect(stepsOf(year(), '2024-08-01', rules)).toEqual({ S1: [using], S2: [using] })
    // Before that day a new wish is in time.
    expect(stepsOf(year(), '2024-03-31', rules).S1).toEqual([meet(3, 0)])
  })

  test('only as many as it takes, planned or wished for', () => {
    const of = year()
    const times = { starts: inOslo('2024-11-01 15:00'), ends: inOslo('2024-11-01 17:00') }
    const planned = {
      ...{ ...times, date: legalDate('2024-11-01'), zone: defaultPack.zone, place: null },
      ...{ department: null, hosts: [], groups: [groupNamed('G1')], topics: [] },
    }
    const knownSince = inOslo('2024-02-20 12:00')
    of.record(sessionStream('A1'), { type: 'SessionPlanned', data: planned }, { knownSince })
    expect(stepsOf(of, '2024-08-01', rules).S1).toEqual([{ ...meet(2, 0), planned: [open('A4'), open('A6')] }])
    of.record(sessionStream('A6'), { type: 'RequestWithdrawn', data: { on: legalDate('2024-07-01'), reason: '' } })
    const label = sessionNamed('A1')
    const using = [open('A4'), { session: label, label, on: legalDate('2024-02-20') }]
    expect(stepsOf(of, '2024-08-01', rules).S1).toEqual([{ ...meet(2, 0), planned: using }])
  })

  test.each(['RequestWithdrawn', 'SessionCancelled'] as const)('%s before that day leaves too few', (type) => {
    const of = year()
    of.record(sessionStream('A6'), { type, data: { on: legalDate('2024-07-31'), reason: '' } })
    expect(stepsOf(of, '2024-08-01', rules)).toEqual({ S1: [], S2: [] })
    expect(stepsOf(of, '2024-07-30', rules).S1).toHaveLength(1)
  })

  test('what became of them later says nothing of that day', () => {
    const of = year()
    const before = stepsOf(of, '2024-08-01', rules)
    of.record(sessionStream('A4'), register([held('A4', '2024-09-01')]).held('A4').event)
    expect(stepsOf(of, '2024-08-01', rules)).toEqual(before)
    expect(stepsOf(of, '2024-09-01', rules).S1).toEqual([{ ...meet(1, 0), planned: [open('A6')] }])
  })

  test('is told with their names in both languages', () => {
    const question = { effectiveThrough: legalDate('2024-08-01'), asKnownAt }
    const evidence = year().evidence()
    const kari = points(doctorNamed('Kari'), evidence, rules, question)
    const changes = nearestChanges(doctorNamed('Kari'), evidence, rules, question)
    const names = { doctor: () => 'Kari', group: () => 'G1' }
    expect(languages.map((lang) => explained(kari, rules, names, lang, changes).lines[0]?.nearest?.text)).toEqual([
      'What would make it count: 2 more counting sessions of group G1, by 2024-12-31, with what is planned or wished for already: A4, A6.',
      'Dette får det til å telle: 2 tellende møter til i smågruppe G1, innen 31.12.2024, med det som alt er planlagt eller ønsket: A4, A6.',
    ])
  })
})

test('a session that could no longer be planned in time is not named', () => {
  const planned = pack({ plannedWithin: { months: 3 }, groupThreshold: 1, doctorThresholdMinutes: 240 })
  const one = (asOf: string) => {
    const register = registerWith({
      doctors: { Kari: '2022-01-01' },
      groups: { G1: { members: all } },
      sessions: [held('S1', '2024-02-01')],
    })
    register.record(sessionStream('S1'), {
      type: 'SessionRequested',
      data: {
        groups: [groupNamed('G1')],
        department: null,
        topic: '',
        place: null,
        on: legalDate('2024-01-10'),
        reference: null,
      },
    })
    return stepsOf(register, asOf, planned)
  }
  expect(one('2024-03-01')).toEqual({ S1: [meet(0, 120)] })
  expect(one('2024-04-01')).toEqual({ S1: [] })
})

// history.test.ts: rows that keep a part of the log, names that others use, and evidence of what was corrected

import fc from 'fast-check'
import { isLeft } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { groupEvents } from '../group/group.ts'
import { decodeRow, encodeRow, replay } from '../kernel/replay.ts'

import { anyRegister } from '../testing/generators.ts'
import {
  attendanceOf,
  carriedOut,
  departmentNamed,
  doctorNamed,
  groupNamed,
  groupStream,
  historyOfLog,
  hospitalStream,
  logbook,
  type RegisterEvent,
  reference,
  registerWith,
  sessionNamed,
  sessionStream,
} from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { doctorEvidence, groupEvidence, sessionEvidence } from './evidence.ts'
import { historyOf } from './history.ts'
import { referenceKey, references } from './references.ts'

const members = ['Kari', 'Ola']
const one = () =>
  registerWith({
    doctors: { Kari: '2020-01-01' },
    groups: { G1: { members } },
    sessions: [{ session: 'S1', starts: '2024-01-10 15:00', minutes: 60, present: { G1: members } }],
  })

describe('the codec of a history', () => {
  test('gives every history back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(anyRegister(), async (steps) => {
        const history = historyOfLog((await carriedOut(steps)).log)
        for (const [key, row] of replay<RegisterEvent, ReturnType<typeof sessionEvidence.evolve>>(
          sessionEvidence,
          history,
        )) {
          if (row === null) continue
          expect(decodeRow(sessionEvidence, key, encodeRow(sessionEvidence, row))).toEqual({
            _tag: 'Right',
            right: row,
          })
        }
      }),
      { numRuns: 20 },
    )
  })

  test('says where a kept event cannot be read', () => {
    const codec = historyOf(groupEvents)
    const stored = JSON.parse(
      JSON.stringify(
        codec.encode(
          one()
            .history.filter(({ stream }) => stream === groupStream('G1'))
            .flatMap((recorded) => (groupEvents.holds(recorded) ? [recorded] : [])),
        ),
      ),
    )
    expect(codec.decode(stored)._tag).toBe('Right')
    const newer = codec.decode([{ ...stored[0], version: 9 }])
    expect(isLeft(newer) ? newer.left[0]?.message : null).toBe('version 9 of GroupRegistered is not known here')
    expect(codec.decode([{ ...stored[0], position: -1 }])._tag).toBe('Left')
    expect(codec.decode('no list')._tag).toBe('Left')
    expect([codec.is([]), codec.is({})]).toEqual([true, false])
  })

  test('cannot keep what has no stored form', () => {
    const book = logbook<RegisterEvent>()
    book.record(groupStream('G1'), { type: 'MemberJoined', data: JSON.parse('{"doctor":"nobody","on":"2024-01-01"}') })
    expect(() =>
      encodeRow(groupEvidence, {
        history: book.history.flatMap((recorded) => (groupEvents.holds(recorded) ? [recorded] : [])),
        sessions: [],
      }),
    ).toThrow(TypeError)
  })
})

describe('evidence', () => {
  const rowOf = (history: ReturnType<typeof one>['history']) => ({
    kari: replay<RegisterEvent, ReturnType<typeof doctorEvidence.evolve>>(doctorEvidence, history).get(
      doctorNamed('Kari'),
    ),
    g1: replay<RegisterEvent, ReturnType<typeof groupEvidence.evolve>>(groupEvidence, history).get(groupNamed('G1')),
    g2: replay<RegisterEvent, ReturnType<typeof groupEvidence.evolve>>(groupEvidence, history).get(groupNamed('G2')),
  })

  test('names each session once, also a corrected one, under all groups and doctors it ever named', () => {
    const register = one()
    const held = register.held('S1')
    if (held.event.type !== 'SessionHeld') throw new Error('no session')
    register.correct(held, {
      ...held.event,
      data: { ...held.event.data, groups: [groupNamed('G2')], attendance: [attendanceOf('G2', 'Per', '2024-01-10')] },
    })
    register.retract(held)
    const { kari, g1, g2 } = rowOf(register.history)
    expect([kari?.sessions, g1?.sessions, g2?.sessions]).toEqual(Array(3).fill([sessionNamed('S1')]))
    expect(g2?.history).toEqual([])
  })

  test('of a doctor added afterwards names the session too', () => {
    const register = one()
    const attendance = attendanceOf('G1', 'Liv', '2024-01-10')
    register.record(sessionStream('S1'), { type: 'AttendanceAdded', data: { attendance, reason: '' } })
    const rows = replay<RegisterEvent, ReturnType<typeof doctorEvidence.evolve>>(doctorEvidence, register.history)
    expect(rows.get(doctorNamed('Liv'))).toEqual({ history: [], sessions: [sessionNamed('S1')] })
  })
})

describe('names that others use', () => {
  test('lead to our ids; the first that took a name keeps it', () => {
    const book = logbook<RegisterEvent>()
    const group = (name: string, id: string | null) =>
      book.record(groupStream(name), {
        type: 'GroupRegistered',
        data: { name, municipality: null, on: legalDate('2024-01-01'), reference: id === null ? null : reference(id) },
      })
    group('A', 'G1')
    group('B', 'G1')
    group('C', null)
    book.record(hospitalStream('H'), {
      type: 'DepartmentRegistered',
      data: {
        department: departmentNamed('D'),
        name: 'D',
        organisationNumber: JSON.parse('"974557746"'),
        reference: reference('G1'),
      },
    })
    book.record(sessionStream('S'), {
      type: 'SessionRequested',
      data: {
        groups: [groupNamed('A')],
        department: null,
        topic: '',
        place: null,
        on: legalDate('2024-01-01'),
        reference: reference('R1'),
      },
    })
    book.record(groupStream('A'), { type: 'GroupClosed', data: { on: legalDate('2024-01-01') } })
    const rows = replay<RegisterEvent, ReturnType<typeof references.evolve>>(references, book.history)
    expect([...rows]).toEqual([
      [referenceKey('group', reference('G1')), { id: groupNamed('A'), stream: groupStream('A') }],
      [referenceKey('department', reference('G1')), { id: departmentNamed('D'), stream: hospitalStream('H') }],
      [referenceKey('request', reference('R1')), { id: sessionNamed('S'), stream: sessionStream('S') }],
    ])
    expect([...replay<RegisterEvent, ReturnType<typeof references.evolve>>(references, one().history).keys()]).toEqual([
      referenceKey('group', reference('G1')),
      referenceKey('session', reference('S1')),
    ])
  })

  test('are of one source each', () => {
    expect(referenceKey('group', { source: 'a', id: 'b' })).not.toBe(referenceKey('group', { source: 'b', id: 'a' }))
    expect(referenceKey('group', { source: 'a', id: 'b' })).toBe('["group","a","b"]')
  })
})

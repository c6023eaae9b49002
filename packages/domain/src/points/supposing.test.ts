// supposing.test.ts: what is supposed is added, and nothing is supposed of what nobody knows

import { expect, test } from 'vitest'
import { doctorNamed, groupNamed, inOslo, registerWith, sessionNamed } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { supposingOfGroup, supposingOfSession } from './supposing.ts'

const known = inOslo('2024-06-01')
const register = () =>
  registerWith({
    doctors: { Kari: '2022-01-01' },
    groups: { G1: { members: ['Kari', 'Ola'] } },
    sessions: [{ session: 'S1', starts: '2024-02-01 15:00', minutes: 120, present: { G1: ['Kari'] } }],
  })
const signed = {
  type: 'IndustryFreeDeclared',
  data: { signedBy: doctorNamed('Kari'), on: legalDate('2024-05-01') },
} as const
const cleared = { type: 'IndustryContributionCleared', data: { reason: '' } } as const

test('a fact comes after all that its stream has, known at that moment, and the evidence stays as it was', () => {
  const evidence = register().evidence()
  const before = evidence.groups.get(groupNamed('G1'))?.history ?? []
  const after = supposingOfGroup(evidence, groupNamed('G1'), signed, known).groups.get(groupNamed('G1'))?.history ?? []
  expect(after.slice(0, -1)).toEqual(before)
  expect(after.at(-1)).toMatchObject({ event: signed, knownSince: known, revision: before.length })
  expect(after.at(-1)?.position).toBe((before.at(-1)?.position ?? 0) + 1)
  expect(evidence.groups.get(groupNamed('G1'))?.history).toBe(before)
})

test('of what nobody knows nothing is supposed', () => {
  const evidence = register().evidence()
  expect(supposingOfGroup(evidence, groupNamed('G9'), signed, known)).toBe(evidence)
  expect(supposingOfSession(evidence, sessionNamed('S9'), cleared, known).sessions.get(sessionNamed('S9'))).toEqual([])
})

test('a session that is supposed again stands once in the rows of its group and doctors, and makes no rows', () => {
  const evidence = register().evidence()
  const { event } = register().held('S1')
  if (event.type !== 'SessionHeld') throw new TypeError('S1 was held')
  const strangers = event.data.attendance.map((one) => ({ ...one, doctor: doctorNamed('Nobody') }))
  const attendance = [...event.data.attendance, ...strangers]
  const again = { type: 'SessionHeld', data: { ...event.data, attendance } } as const
  const { groups, doctors } = supposingOfSession(evidence, sessionNamed('S1'), again, known)
  expect(groups.get(groupNamed('G1'))?.sessions).toEqual([sessionNamed('S1')])
  expect(doctors.get(doctorNamed('Kari'))?.sessions).toEqual([sessionNamed('S1')])
  expect(doctors.has(doctorNamed('Nobody'))).toBe(false)
})

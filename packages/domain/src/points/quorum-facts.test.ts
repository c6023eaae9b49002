// quorum-facts.test.ts: the facts by which too few of a group were present, those about others too

import { expect, test } from 'vitest'
import { doctorNamed, groupNamed, groupStream, pointsIn, registerWith } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'

const register = () =>
  registerWith({
    doctors: { Kari: '2022-01-01' },
    groups: { G1: { members: ['Kari', { doctor: 'Ola', joined: '2020-01-01' }] }, G2: { members: ['Per'] } },
    sessions: [
      { session: 'S1', starts: '2024-02-01 15:00', minutes: 120, present: { G1: ['Kari', 'Ola'], G2: ['Per'] } },
      { session: 'S2', starts: '2024-04-01 15:00', minutes: 120, present: { G1: ['Kari', 'Ola'] } },
    ],
  })

const factsOf = (of: ReturnType<typeof register>, session: string) => {
  const line = pointsIn(of, 'Kari', { asOf: '2024-12-31' }).lines.find(({ label }) => label === session)
  return [line?.shortfall?.reason, ...(line?.facts ?? []).map(({ id }) => id)]
}

test('who was taken off the list is named, and nobody of another group', () => {
  const of = register()
  const off = { group: groupNamed('G1'), doctor: doctorNamed('Ola'), reason: 'never came' }
  const withdrawn = of.record(of.held('S1').stream, { type: 'AttendanceWithdrawn', data: off })
  const other = { group: groupNamed('G2'), doctor: doctorNamed('Per'), reason: 'never came' }
  const elsewhere = of.record(of.held('S1').stream, { type: 'AttendanceWithdrawn', data: other })
  expect(factsOf(of, 'S1')).toEqual(expect.arrayContaining(['BELOW_QUORUM', withdrawn.id]))
  expect(factsOf(of, 'S1')).not.toContain(elsewhere.id)
  expect(factsOf(of, 'S2')).not.toContain(withdrawn.id)
})

test('whose minutes were put right to none is named, and who had left', () => {
  const of = register()
  const ola = { group: groupNamed('G1'), doctor: doctorNamed('Ola') }
  const replaced = of.record(of.held('S1').stream, {
    type: 'AttendanceReplaced',
    data: { ...ola, presence: { kind: 'intervals', intervals: [] }, reason: 'left at once' },
  })
  const left = of.record(groupStream('G1'), {
    type: 'MemberLeft',
    data: { doctor: doctorNamed('Ola'), joined: legalDate('2020-01-01'), on: legalDate('2024-03-01') },
  })
  expect(factsOf(of, 'S1')).toEqual(expect.arrayContaining(['BELOW_QUORUM', replaced.id]))
  expect(factsOf(of, 'S2')).toEqual(expect.arrayContaining(['BELOW_QUORUM', left.id]))
  expect(new Set(factsOf(of, 'S2')).size).toBe(factsOf(of, 'S2').length)
})

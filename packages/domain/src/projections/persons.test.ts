// persons.test.ts: which records are of one person, in whichever order it became known

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DoctorEvent } from '../doctor/doctor-events.ts'
import { replay } from '../kernel/replay.ts'
import { doctorNamed, doctorStream, inOslo, logbook } from '../testing/index.ts'
import { doctorMerges, type Persons, personsKnown } from './persons.ts'

const merged = (absorbed: string): DoctorEvent => ({
  type: 'DoctorsMerged',
  data: { absorbed: doctorNamed(absorbed) },
})
const unmerged = (absorbed: string): DoctorEvent => ({
  type: 'DoctorsUnmerged',
  data: { absorbed: doctorNamed(absorbed) },
})

const said = (date: string) => ({ recordedAt: inOslo(date), knownSince: inOslo(date) })

const story = () => {
  const book = logbook<DoctorEvent>()
  return {
    ...book,
    known: (date = '2100-01-01'): Persons =>
      personsKnown(replay(doctorMerges, book.history), { asKnownAt: inOslo(date) }),
  }
}

const names = ['A', 'B', 'C', 'D'] as const
const nameOf = (id: string): string => names.find((name) => doctorNamed(name) === id) ?? id
const recordsOf = (persons: Persons, name: string): ReadonlyArray<string> =>
  persons.recordsOf(doctorNamed(name)).map(nameOf)
const standingFor = (persons: Persons, name: string): string => nameOf(persons.standingFor(doctorNamed(name)))

describe('S1-03 a merge of two records', () => {
  test('S1-03 makes one person of them, whichever is asked for, and names its facts', () => {
    const { record, known } = story()
    const merge = record(doctorStream('A'), merged('B'))
    for (const name of ['A', 'B']) {
      expect(recordsOf(known(), name)).toEqual(['A', 'B'])
      expect(standingFor(known(), name)).toBe('A')
      expect(
        known()
          .mergesOf(doctorNamed(name))
          .map(({ id }) => id),
      ).toEqual([merge.id])
    }
    expect(recordsOf(known(), 'C')).toEqual(['C'])
    expect(known().mergesOf(doctorNamed('C'))).toEqual([])
  })

  test('S1-03 is so since it was known, and an unmerge undoes it', () => {
    const { record, known } = story()
    record(doctorStream('A'), merged('B'), said('2024-03-01'))
    record(doctorStream('A'), unmerged('B'), said('2024-06-01'))
    record(doctorStream('A'), merged('B'), said('2024-09-01'))
    const counts = ['2024-02-28', '2024-03-01', '2024-06-01', '2024-09-01'].map(
      (date) => known(date).recordsOf(doctorNamed('B')).length,
    )
    expect(counts).toEqual([1, 2, 1, 2])
  })

  test('S1-03 can be corrected to another record, and retracted', () => {
    const { record, correct, retract, known } = story()
    const merge = record(doctorStream('A'), merged('B'), said('2024-03-01'))
    const correction = correct(merge, merged('C'), said('2024-06-01'))
    retract(merge, said('2024-09-01'))
    expect(recordsOf(known('2024-03-01'), 'A')).toEqual(['A', 'B'])
    expect(recordsOf(known('2024-06-01'), 'A')).toEqual(['A', 'C'])
    const [fact] = known('2024-06-01').mergesOf(doctorNamed('A'))
    expect(fact?.correctedBy.map(({ id }) => id)).toEqual([correction.id])
    expect(recordsOf(known('2024-09-01'), 'A')).toEqual(['A'])
  })

  test('S1-03 carries over: A into B, B into C, and each link can be undone', () => {
    const { record, known } = story()
    record(doctorStream('B'), merged('A'), said('2024-03-01'))
    record(doctorStream('C'), merged('B'), said('2024-04-01'))
    record(doctorStream('C'), unmerged('B'), said('2024-05-01'))
    expect([...'ABC'].map((name) => standingFor(known('2024-04-01'), name))).toEqual(['C', 'C', 'C'])
    expect(known('2024-04-01').mergesOf(doctorNamed('A'))).toHaveLength(2)
    expect([...'ABC'].map((name) => standingFor(known('2024-05-01'), name))).toEqual(['B', 'B', 'C'])
  })

  test('S1-03 the other way round as well says nothing new, and both must be undone', () => {
    const { record, known } = story()
    record(doctorStream('A'), merged('B'), said('2024-03-01'))
    record(doctorStream('B'), merged('A'), said('2024-04-01'))
    record(doctorStream('A'), unmerged('B'), said('2024-05-01'))
    record(doctorStream('B'), unmerged('A'), said('2024-06-01'))
    expect(standingFor(known('2024-04-01'), 'B')).toBe('A')
    expect(known('2024-04-01').mergesOf(doctorNamed('A'))).toHaveLength(2)
    expect(standingFor(known('2024-05-01'), 'A')).toBe('B')
    expect(recordsOf(known('2024-06-01'), 'A')).toEqual(['A'])
  })
})

test('S1-03 who is whom does not depend on the order in which the merges became known', () => {
  const pair = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names))
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 6 }), fc.infiniteStream(fc.nat()), (pairs, chances) => {
      const groups = (some: typeof pairs) => {
        const { record, known } = story()
        for (const [into, absorbed] of some) record(doctorStream(into), merged(absorbed))
        return names.map((name) => [...recordsOf(known(), name)].sort())
      }
      const shuffled = [...pairs]
        .map((one) => ({ one, chance: chances.next().value ?? 0 }))
        .sort((one, other) => one.chance - other.chance)
        .map(({ one }) => one)
      expect(groups(shuffled)).toEqual(groups(pairs))
    }),
  )
})

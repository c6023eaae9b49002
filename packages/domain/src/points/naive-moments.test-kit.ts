// naive-moments.test-kit.ts: random days, and since when things were known, for the histories of the second evaluator

import fc from 'fast-check'
import { type Day, nextDay } from './naive-calendar.test-kit.ts'

export const oneOf = fc.constantFrom
export const mostly = <A>(usual: A, otherwise: fc.Arbitrary<A>, weight = 4): fc.Arbitrary<A> =>
  fc.oneof({ arbitrary: fc.constant(usual), weight }, { arbitrary: otherwise, weight: 1 })

// Few days, so that everything meets: edges of years and months, the leap day, the days on which the clock is changed.
const edges = ['2023-12-31', '2024-01-01', '2024-02-29', '2024-03-31', '2024-05-02', '2024-10-27', '2024-12-31']
export const anyDay = (): fc.Arbitrary<Day> =>
  fc.oneof(
    { arbitrary: oneOf(...edges), weight: 2 },
    { arbitrary: fc.integer({ min: 0, max: 365 }).map((days) => nextDay('2024-01-01', days)), weight: 5 },
    { arbitrary: fc.integer({ min: 0, max: 900 }).map((days) => nextDay('2023-01-01', days)), weight: 2 },
  )

export const always = '2000-01-01T00:00:00.000Z'
const momentOf = (day: Day): string => `${day}T00:00:00.000Z`
export const anyMoment = (): fc.Arbitrary<string> => anyDay().map(momentOf)
export const known = () => mostly(always, anyMoment(), 9)
export const retracted = () => mostly<string | null>(null, anyMoment(), 30)

/** Each of them with a moment of its own, for what is in the order in which it became known. */
export const apart = <A extends { readonly known: string }>(all: ReadonlyArray<A>): ReadonlyArray<A> =>
  all.map((one, index) => ({ ...one, known: one.known.replace('T00:00', `T00:${String(index).padStart(2, '0')}`) }))

/** Known for some time before it is taken back. */
export const inOrder = <A extends { readonly known: string; readonly retracted: string | null }>(one: A): A =>
  one.retracted !== null && one.retracted <= one.known ? { ...one, retracted: null } : one

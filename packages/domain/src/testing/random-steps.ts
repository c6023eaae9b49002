// random-steps.ts: what the commands of a random register have in common: whom they are about, their days, and since when they are known

import fc from 'fast-check'
import { type StreamName, streamName } from '../kernel/event.ts'
import type { Instant } from '../kernel/instant.ts'
import { legalDate, oslo, startOf } from '../values/legal-date.ts'
import { anyDate } from './arbitraries.ts'

/** A command that an importer asks for, or the authority, under an id of its own. */
export interface Step {
  readonly name: string
  readonly stream: StreamName
  readonly command: { readonly type: string; readonly data: object }
  /** Since when it was known; null: since it is recorded. */
  readonly knownSince: Instant | null
  /** Asked for by the authority; by an importer where left out. */
  readonly role?: 'authority'
}

/** The names of the doctors in every random register. */
export const doctorsOfRandomRegisters = ['Kari', 'Ola', 'Per', 'Liv'] as const
/** The names of the groups in every random register. */
export const groupsOfRandomRegisters = ['G1', 'G2'] as const

export const firstDay = legalDate('2022-06-01')
const last = legalDate('2024-12-31')
export const anyDay = () => anyDate(firstDay, last)
// Often the same few days, so that sessions meet.
export const anySessionDay = () =>
  fc.oneof(
    anyDate(legalDate('2023-01-01'), legalDate('2024-12-31')),
    oneOf(...['2024-03-04', '2024-03-31'].map(legalDate)),
  )
export const oneOf = fc.constantFrom

/** Mostly null. */
export const sometimes = <A>(arbitrary: fc.Arbitrary<A>): fc.Arbitrary<A | null> =>
  fc.oneof({ arbitrary: fc.constant(null), weight: 4 }, { arbitrary, weight: 1 })

export const knownOn = (): fc.Arbitrary<Instant | null> =>
  fc.option(
    anyDay().map((date) => startOf(oslo, date)),
    { freq: 3 },
  )

/** A command to the stream of that category and id. */
export const step = (
  category: string,
  id: string,
  type: string,
  data: object,
  knownSince: Instant | null = null,
): Omit<Step, 'name'> => ({
  stream: streamName(category, id),
  command: { type, data: { [category]: id, ...data } },
  knownSince,
})

/** A step that has no name yet. */
export type Bare = Omit<Step, 'name'>

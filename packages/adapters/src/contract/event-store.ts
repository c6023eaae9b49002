// event-store.ts: all that an event store promises, as cases

import type { ContractCase } from './case.ts'
import { expectationCases } from './expectations.ts'
import { readingCases } from './reading.ts'
import { repeatingCases } from './repeating.ts'
import type { EventStoreSubject } from './samples.ts'
import { subscribingCases } from './subscribing.ts'
import { timeCases } from './times.ts'

/**
 * What every event store has to keep. Each case asks for an empty store of its own.
 *
 * @example
 * for (const { name, run } of eventStoreCases) test(name, () => run({ open: async (clock) => ({ it: myStore({ clock }), close }) }))
 */
export const eventStoreCases: ReadonlyArray<ContractCase<EventStoreSubject>> = [
  ...expectationCases,
  ...repeatingCases,
  ...readingCases,
  ...subscribingCases,
  ...timeCases,
]

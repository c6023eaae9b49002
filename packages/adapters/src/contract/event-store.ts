// event-store.ts: all that an event store promises, as cases

import type { ContractCase } from './case.ts'
import { closedSubscriptionCases, closingCases } from './closing.ts'
import { expectationCases } from './expectations.ts'
import { interruptedSubscriptionCases, interruptingCases } from './interrupting.ts'
import { longStreamCases } from './long-streams.ts'
import { racingCases, tailingCases } from './racing.ts'
import { readingCases } from './reading.ts'
import { repeatingCases } from './repeating.ts'
import type { EventStoreSubject } from './samples.ts'
import { sizeCases } from './sizes.ts'
import { subscribedEventCases } from './subscribed-events.ts'
import { subscribingCases } from './subscribing.ts'
import { textCases } from './texts.ts'
import { timeCases } from './times.ts'

/**
 * What every event store has to keep of appending and reading. Each case asks for an empty log of its own.
 *
 * @example
 * for (const { name, run } of eventStoreCases) test(name, () => run({ capabilities, open }))
 */
export const eventStoreCases: ReadonlyArray<ContractCase<EventStoreSubject>> = [
  ...expectationCases,
  ...repeatingCases,
  ...textCases,
  ...sizeCases,
  ...readingCases,
  ...longStreamCases,
  ...tailingCases,
  ...timeCases,
  ...closingCases,
  ...interruptingCases,
]

/** What the subscriptions of every event store have to keep, on the same subject. */
export const subscriptionCases: ReadonlyArray<ContractCase<EventStoreSubject>> = [
  ...subscribingCases,
  ...subscribedEventCases,
  ...racingCases,
  ...closedSubscriptionCases,
  ...interruptedSubscriptionCases,
]

// carried.ts: what a page is given: a log as JSON, and the HPR numbers of the doctors in it

import { memoryEventStore } from '@smagruppe/adapters/memory'
import {
  Actor,
  any,
  CommandId,
  CorrelationId,
  DoctorId,
  EventId,
  type EventStore,
  Instant,
  LegalDate,
  promised,
  StreamName,
  theBeginning,
} from '@smagruppe/domain'
import { isLeft } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

/** An event as JSON. Its place does not count: the store that takes it gives it one, in the same order. */
const CarriedEvent = t.strict({
  id: EventId,
  stream: StreamName,
  type: t.string,
  version: t.number,
  data: t.string,
  recordedAt: Instant,
  knownSince: Instant,
  actor: Actor,
  causation: CommandId,
  correlation: CorrelationId,
})
export type CarriedEvent = t.TypeOf<typeof CarriedEvent>

/** All that a page gets. Names stay sealed in the events, and the keys stay at home: only the numbers that are shown come along. */
export const Carried = t.strict({
  events: t.readonlyArray(CarriedEvent),
  hprOf: t.readonlyArray(t.tuple([DoctorId, t.string])),
  date: LegalDate,
})
export type Carried = t.TypeOf<typeof Carried>

/** Every event of a store, ready to be written as JSON. */
export const eventsIn = async (store: EventStore): Promise<ReadonlyArray<CarriedEvent>> => {
  const events: CarriedEvent[] = []
  for await (const page of store.readAll()) {
    if (isLeft(page)) throw new Error(page.left.message, { cause: page.left })
    events.push(...page.right.events)
  }
  return events
}

/** A store in memory that holds these events, at the times when they were first recorded. */
export const storeOf = async (events: ReadonlyArray<CarriedEvent>): Promise<EventStore> => {
  let now = theBeginning
  const store = memoryEventStore({ clock: () => now })
  for (const event of events) {
    now = event.recordedAt
    await promised(store.append(event.stream, any, [event]))
  }
  return store
}

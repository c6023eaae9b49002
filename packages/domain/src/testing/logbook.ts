// logbook.ts: events as if a store had kept them, written down one by one

import type { Corrected, Entry, Retracted } from '../kernel/correction.ts'
import {
  type Actor,
  type Event,
  eventIdOf,
  position,
  type Recorded,
  revision,
  type StoredEvent,
  type StreamName,
} from '../kernel/event.ts'
import type { EncodedEvent } from '../kernel/event-catalogue.ts'
import { earlier, type Instant, later, theBeginning } from '../kernel/instant.ts'
import { anybody } from './given.ts'
import { commandNamed, correlationNamed, groupStream } from './names.ts'

/** What a test may say of an event besides the event. */
export interface Envelope {
  readonly stream?: StreamName
  readonly recordedAt?: Instant
  /** Always known where left out. */
  readonly knownSince?: Instant
  readonly actor?: Actor
}

type Numbered = Omit<StoredEvent, keyof EncodedEvent>

const enveloped = (index: number, ordinal: number, said: Envelope, lastRecorded: Instant): Numbered => {
  const recordedAt = later(said.recordedAt ?? anybody.at, lastRecorded)
  const causation = commandNamed(`event ${index}`)
  return {
    id: eventIdOf(causation, 0),
    stream: said.stream ?? groupStream('G1'),
    revision: revision(ordinal),
    position: position(index + 1),
    recordedAt,
    knownSince: earlier(said.knownSince ?? theBeginning, recordedAt),
    actor: said.actor ?? anybody.actor,
    causation,
    correlation: correlationNamed('testing'),
  }
}

/** An event in its stored form, the first of its stream and log. */
export const storedEvent = (encoded: EncodedEvent, said: Envelope = {}): StoredEvent => ({
  ...enveloped(0, 0, said, theBeginning),
  ...encoded,
})

/** A log that grows as a test tells its story. */
export interface Logbook<F extends Event> {
  readonly history: ReadonlyArray<Recorded<Entry<F>>>
  /** Writes an event down; it was always known unless the envelope says otherwise. */
  record(stream: StreamName, event: Entry<F>, said?: Envelope): Recorded<Entry<F>>
  /** Writes down that another fact was meant; `data` is the whole of it. */
  correct(target: Recorded<Entry<F>>, fact: F, said?: Envelope): Recorded<Entry<F>>
  /** Writes down that a fact, a correction or a retraction is taken back. */
  retract(target: Recorded<Entry<F>>, said?: Envelope): Recorded<Entry<F>>
}

/** An empty logbook. Where a time would go back, it stays at that of the event before. */
export const logbook = <F extends Event>(): Logbook<F> => {
  const history: Recorded<Entry<F>>[] = []
  const record = (stream: StreamName, event: Entry<F>, said: Envelope = {}): Recorded<Entry<F>> => {
    const ordinal = history.filter((other) => other.stream === stream).length
    const before = history.at(-1)?.recordedAt ?? theBeginning
    const recorded = { ...enveloped(history.length, ordinal, { ...said, stream }, before), event }
    history.push(recorded)
    return recorded
  }
  return {
    history,
    record,
    correct: ({ id, stream }, fact, said) => {
      const correction: Corrected<F> = {
        type: `${fact.type}Corrected`,
        data: { corrects: id, reason: 'it was otherwise', fact },
      }
      return record(stream, correction, said)
    },
    retract: ({ id, stream, event }, said) => {
      const named = event.type.replace(/(Corrected|Retracted)$/, '')
      const retraction: Retracted = { type: `${named}Retracted`, data: { corrects: id, reason: 'it was not so' } }
      return record(stream, retraction, said)
    },
  }
}

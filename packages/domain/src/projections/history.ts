// history.ts: rows that keep a part of the log as it is, so that they can answer for any past moment

import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Entry } from '../kernel/correction.ts'
import {
  Actor,
  CommandId,
  CorrelationId,
  type Event,
  EventId,
  idOf,
  Position,
  type Recorded,
  Revision,
  StreamName,
} from '../kernel/event.ts'
import type { EventCatalogue } from '../kernel/event-catalogue.ts'
import { Instant } from '../kernel/instant.ts'
import { defineProjection, type Projection } from '../kernel/projection.ts'

/** Events as they were recorded, in the order of the log. */
export type History<F extends Event> = ReadonlyArray<Recorded<Entry<F>>>

const Kept = t.strict({
  id: EventId,
  stream: StreamName,
  revision: Revision,
  position: Position,
  recordedAt: Instant,
  knownSince: Instant,
  type: t.string,
  version: t.number,
  data: t.string,
  actor: Actor,
  causation: CommandId,
  correlation: CorrelationId,
})

/** The codec of a history: each event in its stored form, with both its times. */
export const historyOf = <F extends Event>(catalogue: EventCatalogue<F>): t.Type<History<F>, unknown> =>
  new t.Type<History<F>, unknown>(
    'History',
    (value): value is History<F> => Array.isArray(value),
    (value, context) => {
      const kept = t.array(Kept).validate(value, context)
      if (isLeft(kept)) return kept
      const history: Recorded<Entry<F>>[] = []
      for (const stored of kept.right) {
        const recorded = catalogue.decode(stored)
        if (isLeft(recorded)) return left([{ value: stored, context, message: recorded.left.reason }])
        history.push(recorded.right)
      }
      return right(history)
    },
    (history) =>
      history.map(({ event, ...envelope }) => {
        const encoded = catalogue.encode(event)
        if (isLeft(encoded)) throw new TypeError(encoded.left.reason)
        return { ...envelope, ...encoded.right }
      }),
  )

/**
 * A read model with a row a stream: all that was recorded of it, or of some types of fact. Its key is the id behind the stream's
 * category. What it says on a date, as known at a moment, is added up when it is read.
 */
export const streamHistory = <F extends Event>(
  name: string,
  version: number,
  catalogue: EventCatalogue<F>,
  handles: ReadonlySet<string> = catalogue.types,
): Projection<F, History<F>> =>
  defineProjection({
    name,
    version,
    kind: 'bitemporal',
    handles,
    keys: ({ stream }) => [idOf(stream)],
    evolve: (row, recorded) => [...(row ?? []), recorded],
    row: historyOf(catalogue),
  })

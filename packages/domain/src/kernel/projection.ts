// projection.ts: a read model as a fold over events, row by row

import type * as t from 'io-ts'
import type { Entry } from './correction.ts'
import type { Event, Recorded } from './event.ts'

/**
 * A read model: small rows, each found by its key, each a fold over the events that concern it.
 * One definition runs in memory and in every database, incrementally or from scratch, with the same rows.
 */
export interface Projection<F extends Event, Row> {
  readonly name: string
  /** Raised when the rows change shape or meaning: rows of another version are built anew. */
  readonly version: number
  /**
   * What its rows say of the past. `bitemporal`: they keep both times and every correction, so they answer for it. `current`: they know
   * only today, and the past is answered by replay. Rows are read alike; this tells whoever reads them, here and in the register's status.
   */
  readonly kind: 'bitemporal' | 'current'
  /** The types of event it wants to see, corrections included. */
  readonly handles: ReadonlySet<string>
  /** The rows that an event concerns. */
  keys(recorded: Recorded<Entry<F>>): ReadonlyArray<string>
  /** The row after the event; null before: it was not there, null after: it goes. */
  evolve(row: Row | null, recorded: Recorded<Entry<F>>, key: string): Row | null
  /** How a row is kept as JSON. */
  readonly row: RowCodec<Row>
}

/** How a row is kept as JSON and read again; any io-ts codec is one. */
export interface RowCodec<Row> {
  /** The row as JSON can hold it. */
  encode(row: Row): unknown
  /** A kept row, or what is wrong with it. */
  decode(stored: unknown): t.Validation<Row>
}

/** Names a projection; here for inference. `defineProjection({ name, version, kind, handles, keys, evolve, row })`. */
export const defineProjection = <F extends Event, Row>(projection: Projection<F, Row>): Projection<F, Row> => projection

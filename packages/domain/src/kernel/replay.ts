// replay.ts: a projection's fold, on rows as they are kept and from scratch

import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Entry } from './correction.ts'
import { found } from './decoding.ts'
import type { Event, Recorded } from './event.ts'
import type { EventCatalogue, UndecodableEvent } from './event-catalogue.ts'
import { type EventStore, type ReadAll, type StoreFailure, storeFailure } from './event-store.ts'
import type { Projection } from './projection.ts'
import type { ProjectionId, ProjectionStore, RowChange } from './projection-store.ts'

/** A projection with its row type closed over, so that different ones follow the log together. */
export interface Follower<F extends Event> {
  readonly id: ProjectionId
  /** What its rows say of the past. */
  readonly kind: Projection<F, unknown>['kind']
  readonly handles: ReadonlySet<string>
  /** What these events change in the rows of a build as they are kept now. */
  changes(
    store: ProjectionStore,
    build: ProjectionId,
    events: ReadonlyArray<Recorded<Entry<F>>>,
  ): TaskEither<StoreFailure, ReadonlyArray<RowChange>>
}

/** The follower of a projection. */
export const follower = <F extends Event, Row>(projection: Projection<F, Row>): Follower<F> => {
  const id = { name: projection.name, version: projection.version }
  return {
    id,
    kind: projection.kind,
    handles: projection.handles,
    changes: (store, build, events) => async () => {
      const concerned = new Set(events.flatMap((recorded) => projection.keys(recorded)))
      const stored = await store.getMany(build, [...concerned])()
      if (isLeft(stored)) return stored
      const rows = new Map<string, Row | null>()
      for (const { key, row } of stored.right) {
        const decoded = decodeRow(projection, key, row)
        if (isLeft(decoded)) return decoded
        rows.set(key, decoded.right)
      }
      fold(projection, rows, events)
      return right([...rows].map(([key, row]) => ({ key, row: row === null ? null : encodeRow(projection, row) })))
    },
  }
}

/** A row as it is kept. */
export const encodeRow = <F extends Event, Row>(projection: Projection<F, Row>, row: Row): string =>
  JSON.stringify(projection.row.encode(row))

/** A kept row. One that cannot be read was damaged, or written by other code under the same version. */
export const decodeRow = <F extends Event, Row>(
  projection: Projection<F, Row>,
  key: string,
  row: string,
): Either<StoreFailure, Row> => {
  const decoded = projection.row.decode(parsed(row))
  return isLeft(decoded)
    ? left(
        storeFailure(
          'Damaged',
          `row ${key} of ${projection.name} ${projection.version} cannot be read (${found(decoded.left)}): rebuild ${projection.name}`,
        ),
      )
    : decoded
}

const fold = <F extends Event, Row>(
  projection: Projection<F, Row>,
  rows: Map<string, Row | null>,
  events: ReadonlyArray<Recorded<Entry<F>>>,
): void => {
  for (const recorded of events) {
    if (!projection.handles.has(recorded.event.type)) continue
    for (const key of projection.keys(recorded)) rows.set(key, projection.evolve(rows.get(key) ?? null, recorded, key))
  }
}

/** All rows of a projection over these events, from nothing. */
export const replay = <F extends Event, Row>(
  projection: Projection<F, Row>,
  events: ReadonlyArray<Recorded<Entry<F>>>,
): ReadonlyMap<string, Row> => {
  const rows = new Map<string, Row | null>()
  fold(projection, rows, events)
  const standing = new Map<string, Row>()
  for (const [key, row] of rows) if (row !== null) standing.set(key, row)
  return standing
}

/**
 * Every event of a log, decoded, in its order: what `replay` folds. For audits and for trying a projection out; a register of
 * any size follows projections page by page instead.
 */
export const everything =
  <F extends Event>(
    events: EventStore,
    catalogue: EventCatalogue<F>,
    which: ReadAll = {},
  ): TaskEither<StoreFailure | UndecodableEvent, ReadonlyArray<Recorded<Entry<F>>>> =>
  async () => {
    const all: Recorded<Entry<F>>[] = []
    for await (const page of events.readAll(which)) {
      if (isLeft(page)) return page
      for (const stored of page.right.events) {
        const recorded = catalogue.decode(stored)
        if (isLeft(recorded)) return recorded
        all.push(recorded.right)
      }
    }
    return right(all)
  }

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

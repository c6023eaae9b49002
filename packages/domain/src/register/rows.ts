// rows.ts: reading the rows of any projection, brought up to date first

import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Event } from '../kernel/event.ts'
import type { StoreFailure } from '../kernel/event-store.ts'
import type { Projection } from '../kernel/projection.ts'
import type { ListRows, ProjectionStore, StoredRow } from '../kernel/projection-store.ts'
import { decodeRow } from '../kernel/replay.ts'

/** The rows of projections, decoded. */
export interface Rows {
  readonly get: <F extends Event, Row>(
    projection: Projection<F, Row>,
    key: string,
  ) => TaskEither<StoreFailure, Row | null>
  readonly getMany: <F extends Event, Row>(
    projection: Projection<F, Row>,
    keys: ReadonlyArray<string>,
  ) => TaskEither<StoreFailure, ReadonlyMap<string, Row>>
  /** A page of rows in key order: those whose keys begin with `prefix` and come after `after`. */
  readonly list: <F extends Event, Row>(
    projection: Projection<F, Row>,
    which: ListRows,
  ) => TaskEither<StoreFailure, ReadonlyMap<string, Row>>
  /** Every row, read page by page. */
  readonly all: <F extends Event, Row>(
    projection: Projection<F, Row>,
  ) => TaskEither<StoreFailure, ReadonlyMap<string, Row>>
}

const pageSize = 500

/** Reads rows from a store; `refresh` runs before each reading. */
export const rowsOf = (store: ProjectionStore, refresh: TaskEither<StoreFailure, unknown>): Rows => {
  const read =
    <F extends Event, Row>(
      projection: Projection<F, Row>,
      stored: TaskEither<StoreFailure, ReadonlyArray<StoredRow>>,
    ) =>
    async (): Promise<Either<StoreFailure, Map<string, Row>>> => {
      const rows = await stored()
      if (isLeft(rows)) return rows
      const decoded = new Map<string, Row>()
      for (const { key, row } of rows.right) {
        const one = decodeRow(projection, key, row)
        if (isLeft(one)) return one
        decoded.set(key, one.right)
      }
      return right(decoded)
    }
  const refreshed =
    <A>(task: TaskEither<StoreFailure, A>): TaskEither<StoreFailure, A> =>
    async () => {
      const fresh = await refresh()
      return isLeft(fresh) ? fresh : task()
    }
  const rows: Rows = {
    get: (projection, key) => async () => {
      const found = await rows.getMany(projection, [key])()
      return isLeft(found) ? found : right(found.right.get(key) ?? null)
    },
    getMany: (projection, keys) => refreshed(read(projection, store.getMany(projection, keys))),
    list: (projection, which) => refreshed(read(projection, store.list(projection, which))),
    all: <F extends Event, Row>(projection: Projection<F, Row>) =>
      refreshed(async () => {
        const everything = new Map<string, Row>()
        let after: string | undefined
        for (;;) {
          const page = await read(
            projection,
            store.list(projection, { limit: pageSize, ...(after === undefined ? {} : { after }) }),
          )()
          if (isLeft(page)) return page
          for (const [key, row] of page.right) {
            everything.set(key, row)
            after = key
          }
          if (page.right.size < pageSize) return right(everything)
        }
      }),
  }
  return rows
}

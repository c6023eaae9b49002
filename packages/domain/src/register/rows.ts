// rows.ts: reading the rows of any projection, brought up to date first

import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { servingOf } from '../kernel/choosing.ts'
import type { Event } from '../kernel/event.ts'
import { type StoreFailure, storeFailure } from '../kernel/event-store.ts'
import type { Projection } from '../kernel/projection.ts'
import type { ListRows, ProjectionId, ProjectionStore, StoredRow } from '../kernel/projection-store.ts'
import { decodeRow } from '../kernel/replay.ts'

/**
 * The rows of projections, decoded. They are those that serve, never half-built ones. A projection that the register does not follow, in
 * that version, gives the failure `Unsupported`: nobody would bring its rows up to date.
 */
export interface Rows {
  /** The row under that key; null where there is none. */
  readonly get: <F extends Event, Row>(
    projection: Projection<F, Row>,
    key: string,
  ) => TaskEither<StoreFailure, Row | null>
  /** The rows under those keys; a key without a row is left out. */
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

/** Reads the rows of those that are followed from a store; `refresh`, which brings them up to date, runs before each reading. */
export const rowsOf = (
  store: ProjectionStore,
  followed: ReadonlyArray<ProjectionId>,
  refresh: TaskEither<StoreFailure, unknown>,
): Rows => {
  /** Reads from the build that serves, and once more where another release or a rebuild replaced it meanwhile. */
  const read =
    <F extends Event, Row>(
      projection: Projection<F, Row>,
      stored: (build: ProjectionId) => TaskEither<StoreFailure, ReadonlyArray<StoredRow>>,
    ): TaskEither<StoreFailure, ReadonlyMap<string, Row>> =>
    async () => {
      const { name, version } = projection
      if (!followed.some((one) => one.name === name && one.version === version))
        return left(notFollowed(projection, followed))
      for (;;) {
        const fresh = await refresh()
        if (isLeft(fresh)) return fresh
        const kept = await store.kept()
        if (isLeft(kept)) return kept
        const serving = servingOf(kept.right, name)
        // Another release has switched since. The next refresh switches back, or says that this release is too old.
        if (serving?.version !== version) continue
        const rows = await stored(serving)()
        if (!isLeft(rows)) return decoded(projection, rows.right)
        if (rows.left.reason !== 'Superseded') return rows
      }
    }
  return {
    get: (projection, key) => async () => {
      const found = await read(projection, (build) => store.getMany(build, [key]))()
      return isLeft(found) ? found : right(found.right.get(key) ?? null)
    },
    getMany: (projection, keys) => read(projection, (build) => store.getMany(build, keys)),
    list: (projection, which) => read(projection, (build) => store.list(build, which)),
    all: (projection) => read(projection, (build) => everyRow(store, build)),
  }
}

const notFollowed = ({ name, version }: ProjectionId, followed: ReadonlyArray<ProjectionId>): StoreFailure =>
  storeFailure(
    'Unsupported',
    `this register does not follow ${name} ${version}, but ${followed.map((one) => `${one.name} ${one.version}`).join(', ')}: open it with a follower of ${name} ${version}`,
  )

const everyRow =
  (store: ProjectionStore, build: ProjectionId): TaskEither<StoreFailure, ReadonlyArray<StoredRow>> =>
  async () => {
    const rows: StoredRow[] = []
    for (;;) {
      const after = rows.at(-1)?.key
      const page = await store.list(build, { limit: pageSize, ...(after === undefined ? {} : { after }) })()
      if (isLeft(page)) return page
      rows.push(...page.right)
      if (page.right.length < pageSize) return right(rows)
    }
  }

const decoded = <F extends Event, Row>(
  projection: Projection<F, Row>,
  stored: ReadonlyArray<StoredRow>,
): Either<StoreFailure, ReadonlyMap<string, Row>> => {
  const rows = new Map<string, Row>()
  for (const { key, row } of stored) {
    const one = decodeRow(projection, key, row)
    if (isLeft(one)) return one
    rows.set(key, one.right)
  }
  return right(rows)
}

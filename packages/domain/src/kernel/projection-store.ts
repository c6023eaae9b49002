// projection-store.ts: the port behind which the rows of projections are kept

import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Position } from './event.ts'
import type { StoreFailure } from './event-store.ts'

/** Which rows are meant: those of one version of one projection. */
export interface ProjectionId {
  readonly name: string
  readonly version: number
}

/** A row as it is kept: JSON text under its key. */
export interface StoredRow {
  readonly key: string
  readonly row: string
}

/** What one commit changes. A row of null goes. */
export interface RowChange {
  readonly key: string
  readonly row: string | null
}

/** Somebody else has carried this projection on meanwhile: read its checkpoint again. Nothing was stored. */
export interface CheckpointMoved {
  readonly _tag: 'CheckpointMoved'
  readonly projection: ProjectionId
  readonly expected: Position
  readonly actual: Position
}

/** Which rows a list gives: keys that begin with `prefix`, after the key `after`, in key order by code point, at most `limit`. */
export interface ListRows {
  readonly prefix?: string
  readonly after?: string
  readonly limit: number
}

/** Where rows are kept. A commit stores its rows and the checkpoint together or not at all. */
export interface ProjectionStore {
  /** How far the projection has come; `theStart` where it has not begun. */
  readonly checkpoint: (projection: ProjectionId) => TaskEither<StoreFailure, Position>
  readonly get: (projection: ProjectionId, key: string) => TaskEither<StoreFailure, string | null>
  /** The rows that are there, in no particular order. */
  readonly getMany: (
    projection: ProjectionId,
    keys: ReadonlyArray<string>,
  ) => TaskEither<StoreFailure, ReadonlyArray<StoredRow>>
  readonly list: (projection: ProjectionId, which: ListRows) => TaskEither<StoreFailure, ReadonlyArray<StoredRow>>
  /** Stores the changes and moves the checkpoint from `from` to `to`, if it still is at `from`. */
  readonly commit: (
    projection: ProjectionId,
    changes: ReadonlyArray<RowChange>,
    checkpoint: { readonly from: Position; readonly to: Position },
  ) => TaskEither<CheckpointMoved | StoreFailure, void>
}

// projection-store.ts: the port behind which the rows of projections are kept

import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { type Position, theStart } from './event.ts'
import { type StoreFailure, storeFailure } from './event-store.ts'

/** Which rows are meant: those of one build of one version of one projection. */
export interface ProjectionId {
  readonly name: string
  readonly version: number
  /** How often rows of that name had been built anew when this build was begun; 0 where left out. */
  readonly build?: number
}

/** Whether one build of a projection came before another: fewer rebuilds, or as many and an older version. */
export const isOlder = (one: ProjectionId, other: ProjectionId): boolean => {
  const rebuilds = (one.build ?? 0) - (other.build ?? 0)
  return rebuilds < 0 || (rebuilds === 0 && one.version < other.version)
}

/** Whether two ids mean the same rows. */
export const isSameBuild = (one: ProjectionId, other: ProjectionId): boolean =>
  one.name === other.name && one.version === other.version && (one.build ?? 0) === (other.build ?? 0)

/** What a build is told that is older than the one that serves: its rows are gone, and nobody builds them again unasked. */
export const superseded = ({ name, version }: ProjectionId, serving: ProjectionId): StoreFailure =>
  storeFailure(
    'Superseded',
    version === serving.version
      ? `the rows of ${name} ${version} were replaced by a rebuild of them: ask again`
      : `the rows of ${name} ${version} were replaced by those of version ${serving.version}: use the release that knows version ${serving.version}, or rebuild ${name} with this one to go back`,
  )

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

/**
 * Somebody else has carried this projection on, or switched to another build of it, meanwhile: read again how it stands. Nothing was
 * stored. Where a switch was refused, the positions are those of what serves: the same one twice where another build serves there.
 */
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

/** An event that could not be read when a build came to it, as JSON text under its position. */
export interface StoredQuarantine {
  readonly position: Position
  readonly entry: string
}

/** What one commit changes in the quarantine. An entry of null goes. */
export interface QuarantineChange {
  readonly position: Position
  readonly entry: string | null
}

/** A build that is kept, and how it stands. */
export interface KeptBuild {
  readonly name: string
  readonly version: number
  readonly build: number
  readonly checkpoint: Position
  /** Whether answers come from these rows; of the builds of one name at most one serves. */
  readonly serves: boolean
  /** How many events it has set aside. */
  readonly quarantined: number
}

/** The build that serves, as whoever wants to switch has seen it. */
export type ServingBuild = Pick<KeptBuild, 'version' | 'build' | 'checkpoint'>

/** Why a switch to that projection's build is refused; null where what serves now still is what was seen. Null is: nothing serves. */
export const movedSince = (
  projection: ProjectionId,
  seen: ServingBuild | null,
  now: ServingBuild | null,
): CheckpointMoved | null => {
  const expected = seen?.checkpoint ?? theStart
  const actual = now?.checkpoint ?? theStart
  return seen?.version === now?.version && seen?.build === now?.build && expected === actual
    ? null
    : { _tag: 'CheckpointMoved', projection, expected, actual }
}

/**
 * Where rows are kept, by builds. Of all builds of a name at most one serves; others stand beside it until one of them is switched
 * to. What is older than the build that serves is gone for good: every call that names it gives the failure `Superseded`.
 */
export interface ProjectionStore {
  /** Every build that has been committed to or serves, in no particular order. */
  readonly kept: TaskEither<StoreFailure, ReadonlyArray<KeptBuild>>
  /** How far the build has come; `theStart` where it has not begun. */
  readonly checkpoint: (projection: ProjectionId) => TaskEither<StoreFailure, Position>
  /** One row; null where there is none under that key. */
  readonly get: (projection: ProjectionId, key: string) => TaskEither<StoreFailure, string | null>
  /** The rows that are there, in no particular order. */
  readonly getMany: (
    projection: ProjectionId,
    keys: ReadonlyArray<string>,
  ) => TaskEither<StoreFailure, ReadonlyArray<StoredRow>>
  /** A page of rows in key order, by code point. */
  readonly list: (projection: ProjectionId, which: ListRows) => TaskEither<StoreFailure, ReadonlyArray<StoredRow>>
  /** The events that the build has set aside, by position. */
  readonly quarantined: (projection: ProjectionId) => TaskEither<StoreFailure, ReadonlyArray<StoredQuarantine>>
  /**
   * Stores the changes of rows and quarantine and moves the checkpoint from `from` to `to`, if it still is at `from`: all of it
   * together or nothing.
   */
  readonly commit: (
    projection: ProjectionId,
    changes: ReadonlyArray<RowChange>,
    checkpoint: { readonly from: Position; readonly to: Position },
    quarantine?: ReadonlyArray<QuarantineChange>,
  ) => TaskEither<CheckpointMoved | StoreFailure, void>
  /**
   * Makes the build serve and drops everything older of its name, together or not at all, if what serves now still is the build
   * that was seen and is where it was seen (null where nothing serves): so whoever switches can tell what is replaced, and that readers
   * do not go back in time. A build that serves already is left as it is.
   */
  readonly serve: (
    projection: ProjectionId,
    seen: ServingBuild | null,
  ) => TaskEither<CheckpointMoved | StoreFailure, void>
}

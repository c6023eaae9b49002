// replay.ts: how projections follow the log, and the same fold from scratch

import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Entry } from './correction.ts'
import { found } from './decoding.ts'
import { type Event, type Position, position, type Recorded, theStart } from './event.ts'
import type { EventCatalogue, UndecodableEvent } from './event-catalogue.ts'
import {
  type AbortSignalLike,
  type EventStore,
  type Page,
  type ReadAll,
  type StoreFailure,
  storeFailure,
} from './event-store.ts'
import type { Projection } from './projection.ts'
import type { ProjectionId, ProjectionStore, RowChange } from './projection-store.ts'

/** A projection with its row type closed over, so that different ones follow the log together. */
export interface Follower<F extends Event> {
  readonly id: ProjectionId
  readonly handles: ReadonlySet<string>
  /** What these events change in the rows as they are kept now. */
  changes(
    store: ProjectionStore,
    events: ReadonlyArray<Recorded<Entry<F>>>,
  ): TaskEither<StoreFailure, ReadonlyArray<RowChange>>
}

/** The follower of a projection. */
export const follower = <F extends Event, Row>(projection: Projection<F, Row>): Follower<F> => {
  const id = { name: projection.name, version: projection.version }
  return {
    id,
    handles: projection.handles,
    changes: (store, events) => async () => {
      const concerned = new Set(events.flatMap((recorded) => projection.keys(recorded)))
      const stored = await store.getMany(id, [...concerned])()
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
          `row ${key} of ${projection.name} ${projection.version} cannot be read: ${found(decoded.left)}`,
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

/** Where an event that could not be decoded is set aside, under its position, until somebody has mended the cause. */
export const quarantine: ProjectionId = { name: 'quarantine', version: 1 }

/** What a catch-up did. */
export interface CaughtUp {
  readonly through: Position
  readonly events: number
  /** Events that could not be decoded: set aside under their position, never skipped in silence. */
  readonly quarantined: number
}

export interface CatchUp<F extends Event> {
  readonly events: EventStore
  readonly catalogue: EventCatalogue<F>
  readonly rows: ProjectionStore
  readonly followers: ReadonlyArray<Follower<F>>
  readonly pageSize?: number
  readonly signal?: AbortSignalLike
  readonly onPage?: (through: Position, events: number) => void
}

/**
 * Carries the followers on to the end of the log, each from its own checkpoint. Rows and checkpoint are stored together page by
 * page, so it may be stopped and begun again anywhere. Another process doing the same is no harm: who comes second starts over
 * from where the first one came.
 */
export const catchUp =
  <F extends Event>(task: CatchUp<F>): TaskEither<StoreFailure, CaughtUp> =>
  async () => {
    const { events, rows, followers, signal, pageSize = 500 } = task
    if (followers.length === 0) return right({ through: theStart, events: 0, quarantined: 0 })
    let seen = 0
    let quarantined = 0
    for (;;) {
      const checkpoints = new Map<Follower<F>, Position>()
      for (const one of followers) {
        const checkpoint = await rows.checkpoint(one.id)()
        if (isLeft(checkpoint)) return checkpoint
        checkpoints.set(one, checkpoint.right)
      }
      const after = position(Math.min(...checkpoints.values()))
      let through = after
      let overtaken = false
      for await (const page of events.readAll({ after, pageSize, ...(signal === undefined ? {} : { signal }) })) {
        if (isLeft(page)) return page
        const followed = await followPage(task, checkpoints, page.right)
        if (isLeft(followed)) return followed
        if (followed.right === 'overtaken') {
          overtaken = true
          break
        }
        seen += page.right.events.length
        quarantined += followed.right
        through = page.right.through
        task.onPage?.(through, seen)
      }
      if (!overtaken) return right({ through, events: seen, quarantined })
    }
  }

/** Carries every follower over one page; gives how many events were set aside. */
const followPage = async <F extends Event>(
  { catalogue, rows, followers }: CatchUp<F>,
  checkpoints: Map<Follower<F>, Position>,
  page: Page,
): Promise<Either<StoreFailure, number | 'overtaken'>> => {
  const readable: Recorded<Entry<F>>[] = []
  const unreadable: UndecodableEvent[] = []
  for (const stored of page.events) {
    const decoded = catalogue.decode(stored)
    if (isLeft(decoded)) unreadable.push(decoded.left)
    else readable.push(decoded.right)
  }
  const aside = await setAside(rows, unreadable)
  if (isLeft(aside)) return aside
  for (const one of followers) {
    const from = checkpoints.get(one) ?? theStart
    if (from >= page.through) continue
    const wanted = readable.filter(({ position, event }) => position > from && one.handles.has(event.type))
    const changes = await one.changes(rows, wanted)()
    if (isLeft(changes)) return changes
    const committed = await rows.commit(one.id, changes.right, { from, to: page.through })()
    if (isLeft(committed)) return committed.left._tag === 'CheckpointMoved' ? right('overtaken') : left(committed.left)
    checkpoints.set(one, page.through)
  }
  return right(unreadable.length)
}

const setAside = async (
  rows: ProjectionStore,
  unreadable: ReadonlyArray<UndecodableEvent>,
): Promise<Either<StoreFailure, void>> => {
  if (unreadable.length === 0) return right(undefined)
  const changes = unreadable.map(({ event, reason }) => ({
    key: String(event.position).padStart(16, '0'),
    row: JSON.stringify({
      position: event.position,
      stream: event.stream,
      type: event.type,
      version: event.version,
      reason,
    }),
  }))
  for (;;) {
    const checkpoint = await rows.checkpoint(quarantine)()
    if (isLeft(checkpoint)) return checkpoint
    const committed = await rows.commit(quarantine, changes, { from: checkpoint.right, to: checkpoint.right })()
    if (!isLeft(committed)) return right(undefined)
    if (committed.left._tag !== 'CheckpointMoved') return left(committed.left)
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

// quarantine.ts: events that could not be read when a projection came to them: set aside by the build of its rows that lacks them

import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import { type Event, Position, position, StreamName } from './event.ts'
import type { EventCatalogue, UndecodableEvent } from './event-catalogue.ts'
import { type EventStore, type StoreFailure, storeFailure } from './event-store.ts'
import type { ProjectionId, ProjectionStore, QuarantineChange } from './projection-store.ts'

const Entry = t.readonly(
  t.strict({ position: Position, stream: StreamName, type: t.string, version: t.number, reason: t.string }),
)

/** An event that is missing from rows, where it stands, and why it could not be read. */
export type QuarantinedEvent = t.TypeOf<typeof Entry>

/** What sets an event aside. */
export const setAside = ({ event, reason }: UndecodableEvent): QuarantineChange => {
  const { position, stream, type, version } = event
  const entry: QuarantinedEvent = { position, stream, type, version, reason }
  return { position, entry: JSON.stringify(entry) }
}

/** The events that a build lacks, by position. */
export const quarantinedIn =
  (rows: ProjectionStore, build: ProjectionId): TaskEither<StoreFailure, ReadonlyArray<QuarantinedEvent>> =>
  async () => {
    const stored = await rows.quarantined(build)()
    if (isLeft(stored)) return stored
    const events: QuarantinedEvent[] = []
    for (const { position, entry } of stored.right) {
      const decoded = Entry.decode(parsed(entry))
      if (isLeft(decoded))
        return left(
          storeFailure(
            'Damaged',
            `entry ${position} in the quarantine of ${build.name} cannot be read: rebuild ${build.name}`,
          ),
        )
      events.push(decoded.right)
    }
    return right(events)
  }

/** Whether an event of that type may concern a projection: one that it handles, or one of which nothing is known here. */
export const mayConcern = <F extends Event>(
  catalogue: EventCatalogue<F>,
  handles: ReadonlySet<string>,
  type: string,
): boolean => handles.has(type) || !catalogue.types.has(type)

/** What can be said today of the events that a build lacks. */
export interface Examined {
  /** These can be read and are wanted: the rows are right only when they are built anew. */
  readonly readable: ReadonlyArray<Position>
  /** What stays has its reason of today; what nobody wants goes. */
  readonly changes: ReadonlyArray<QuarantineChange>
}

/** Looks at the events that a build lacks once more, with the catalogue of today. */
export const examine = async <F extends Event>(
  {
    events,
    rows,
    catalogue,
  }: { readonly events: EventStore; readonly rows: ProjectionStore; readonly catalogue: EventCatalogue<F> },
  build: ProjectionId,
  handles: ReadonlySet<string>,
): Promise<Either<StoreFailure, Examined>> => {
  const lacking = await quarantinedIn(rows, build)()
  if (isLeft(lacking)) return lacking
  const readable: Position[] = []
  const changes: QuarantineChange[] = []
  for (const one of lacking.right) {
    for await (const page of events.readAll({ after: position(one.position - 1), until: one.position })) {
      if (isLeft(page)) return page
      for (const stored of page.right.events) {
        const decoded = catalogue.decode(stored)
        // An event that the projection does not want changes no row, so nothing has to be built anew for it.
        if (!mayConcern(catalogue, handles, stored.type)) changes.push({ position: one.position, entry: null })
        else if (!isLeft(decoded)) readable.push(one.position)
        else if (decoded.left.reason !== one.reason) changes.push(setAside(decoded.left))
      }
    }
  }
  return right({ readable, changes })
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

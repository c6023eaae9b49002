// operating.ts: what keeps read models running: how they stand, waiting for them, building them anew, trying the quarantine again

import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { type CatchUp, type CaughtUp, orOvertaken } from '../kernel/catch-up.ts'
import { servingOf } from '../kernel/choosing.ts'
import { type Event, type Position, theStart } from '../kernel/event.ts'
import { type AbortSignalLike, type EventStore, headOf, type StoreFailure } from '../kernel/event-store.ts'
import type { ProjectionStore } from '../kernel/projection-store.ts'
import { type QuarantinedEvent, quarantinedIn } from '../kernel/quarantine.ts'
import { type Rebuild, type Retried, rebuild, retryQuarantine, type Stopped, stopped } from '../kernel/rebuild.ts'
import { compareText } from '../values/text.ts'

/** How one build of a projection's rows stands. */
export interface ProjectionStatus {
  readonly name: string
  readonly version: number
  /** How often rows of that name had been built anew before. */
  readonly build: number
  /** `serving`: answers come from it. `building`: it stands beside, half-built. `not begun`: nothing is kept of it yet. */
  readonly state: 'serving' | 'building' | 'not begun'
  /** The version that this register follows; null: it follows no projection of that name. */
  readonly follows: number | null
  /** What the rows that this register follows say of the past: they answer for it, or a replay does; null: it follows none. */
  readonly kind: 'bitemporal' | 'current' | null
  readonly checkpoint: Position
  /** How far it is behind the log's end, in positions; below 0 where it is ahead of the log. */
  readonly lag: number
  /** How many events it lacks because they could not be read. */
  readonly quarantined: number
}

/** An event that could not be read, and the projections whose rows lack it. */
export interface MissingEvent extends QuarantinedEvent {
  readonly projections: ReadonlyArray<string>
}

/** The register follows no projection of that name. */
export interface NoSuchProjection {
  readonly _tag: 'NoSuchProjection'
  readonly name: string
  readonly known: ReadonlyArray<string>
}

/** How long work is done. */
export interface Patience {
  /** Ends it; it then gives `Stopped`. */
  readonly signal?: AbortSignalLike
}

/** How rows are built anew. */
export interface HowToRebuild extends Patience, Pick<Rebuild<Event>, 'onPage' | 'pageSize' | 'from'> {}

/** How the quarantine is tried again. */
export interface HowToRetry extends Patience, Pick<Rebuild<Event>, 'onPage' | 'pageSize'> {}

/** What a register offers to whoever runs it. */
export interface Operating {
  /** How every build of rows stands, by name; those that serve first. Reads no events and changes nothing. */
  readonly projections: TaskEither<StoreFailure, ReadonlyArray<ProjectionStatus>>
  /**
   * Waits until the read models have followed through that position, such as a receipt's; gives how far they have come. A position
   * beyond the log's end is waited for until the log gets there, which only another process or a replica can bring about: set a
   * signal, for without one it may wait for ever.
   */
  readonly waitFor: (position: Position, how?: Patience) => TaskEither<StoreFailure | Stopped, Position>
  /** Builds the rows of these projections (of all, where left out) anew beside the old, and switches to them at the end. */
  readonly rebuild: (
    names?: ReadonlyArray<string>,
    how?: HowToRebuild,
  ) => TaskEither<StoreFailure | NoSuchProjection | Stopped, CaughtUp>
  /** The events that answers lack because they could not be read, by position. Empty is as it should be. */
  readonly quarantined: TaskEither<StoreFailure, ReadonlyArray<MissingEvent>>
  /** Reads them once more, and builds anew the rows of projections that want one that can be read by now. */
  readonly retryQuarantine: (how?: HowToRetry) => TaskEither<StoreFailure | Stopped, Retried>
}

/** The operator's half of a register, over the same task that keeps its read models up to date. */
export const operating = <F extends Event>(
  task: CatchUp<F>,
  refresh: TaskEither<StoreFailure, CaughtUp>,
): Operating => {
  const { onPage: _ofEveryRefresh, ...quietly } = task
  return {
    projections: statusOf(task),
    waitFor: waiting(task.events, refresh),
    rebuild: (names, how = {}) => {
      const known = task.followers.map(({ id }) => id.name)
      const unknown = names?.find((name) => !known.includes(name))
      if (unknown !== undefined) return async () => left({ _tag: 'NoSuchProjection', name: unknown, known })
      const followers = task.followers.filter(({ id }) => names?.includes(id.name) ?? true)
      return rebuild({ ...quietly, ...how, followers })
    },
    quarantined: missingIn(task),
    retryQuarantine: (how = {}) => retryQuarantine({ ...quietly, ...how }),
  }
}

const statusOf =
  <F extends Event>({
    events,
    rows,
    followers,
  }: CatchUp<F>): TaskEither<StoreFailure, ReadonlyArray<ProjectionStatus>> =>
  async () => {
    const kept = await rows.kept()
    if (isLeft(kept)) return kept
    const head = await headOf(events)()
    if (isLeft(head)) return head
    const following = new Map(followers.map(({ id, kind }) => [id.name, { follows: id.version, kind }]))
    const statuses = kept.right.map(({ serves, ...build }): ProjectionStatus => {
      const state = serves ? 'serving' : 'building'
      const followed = following.get(build.name) ?? { follows: null, kind: null }
      return { ...build, state, ...followed, lag: head.right - build.checkpoint }
    })
    for (const { id, kind } of followers) {
      if (kept.right.some(({ name, version }) => name === id.name && version >= id.version)) continue
      const nothing = { state: 'not begun', checkpoint: theStart, lag: head.right, quarantined: 0 } as const
      const build = servingOf(kept.right, id.name)?.build ?? 0
      statuses.push({ name: id.name, version: id.version, build, follows: id.version, kind, ...nothing })
    }
    const rank = ({ state }: ProjectionStatus) => ['serving', 'building', 'not begun'].indexOf(state)
    return right(
      statuses.sort(
        (one, other) =>
          compareText(one.name, other.name) ||
          rank(one) - rank(other) ||
          one.build - other.build ||
          one.version - other.version,
      ),
    )
  }

const missingIn =
  <F extends Event>({ rows, followers }: CatchUp<F>): TaskEither<StoreFailure, ReadonlyArray<MissingEvent>> =>
  async () => {
    const missing = new Map<Position, MissingEvent>()
    for (const { id } of followers) {
      const lacking = await lackingIn(rows, id.name)
      if (isLeft(lacking)) return lacking
      for (const event of lacking.right) {
        const { projections = [] } = missing.get(event.position) ?? {}
        missing.set(event.position, { ...event, projections: [...projections, id.name] })
      }
    }
    return right([...missing.values()].sort((one, other) => one.position - other.position))
  }

/** What the rows that serve lack; asked again where they were replaced meanwhile. */
export const lackingIn = async (
  rows: ProjectionStore,
  name: string,
): Promise<Either<StoreFailure, ReadonlyArray<QuarantinedEvent>>> => {
  for (;;) {
    const kept = await rows.kept()
    if (isLeft(kept)) return kept
    const serving = servingOf(kept.right, name)
    if (serving === undefined || serving.quarantined === 0) return right([])
    const lacking = orOvertaken(await quarantinedIn(rows, serving)())
    if (isLeft(lacking)) return lacking
    if (lacking.right !== 'overtaken') return right(lacking.right)
  }
}

const waiting =
  (events: EventStore, refresh: TaskEither<StoreFailure, CaughtUp>): Operating['waitFor'] =>
  (wanted, { signal } = {}) =>
  async () => {
    for (;;) {
      const fresh = await refresh()
      if (isLeft(fresh)) return fresh
      const { through } = fresh.right
      if (through >= wanted) return right(through)
      const grown = await growing(events, through, wanted, signal)
      if (isLeft(grown)) return grown
    }
  }

/** Waits until the log has got to a position. */
const growing = async (
  events: EventStore,
  after: Position,
  wanted: Position,
  signal: AbortSignalLike | undefined,
): Promise<Either<StoreFailure | Stopped, void>> => {
  for await (const page of events.subscribe({ after, ...(signal === undefined ? {} : { signal }) })) {
    if (isLeft(page)) return page
    if (page.right.through >= wanted) return right(undefined)
  }
  return left(stopped(after, `nothing stands at position ${wanted} yet: the log ends before it`))
}

// rebuild.ts: rows built anew beside those that serve, and the quarantine tried again

import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { type CatchUp, type CaughtUp, carryOn, catchUp, orOvertaken } from './catch-up.ts'
import { anew, servingOf, toServe, unfinished } from './choosing.ts'
import type { Event, Position } from './event.ts'
import { headOf, type StoreFailure } from './event-store.ts'
import { isOlder, type KeptBuild, type ProjectionId, superseded } from './projection-store.ts'
import { examine } from './quarantine.ts'
import type { Follower } from './replay.ts'

/** The caller's signal ended it before it was done. What was done stays, and the same call goes on from there. */
export interface Stopped {
  readonly _tag: 'Stopped'
  readonly through: Position
  readonly message: string
}

export const stopped = (through: Position, message: string): Stopped => ({ _tag: 'Stopped', through, message })

/** A rebuild is a catch-up of rows that begin anew. */
export interface Rebuild<F extends Event> extends CatchUp<F> {
  /** `what is there`, where left out, goes on with a rebuild that was stopped; `nothing` begins again, for when the code has changed. */
  readonly from?: 'what is there' | 'nothing'
}

/**
 * Builds the rows of the followers anew beside those that serve, page by page from a checkpoint of their own, and switches to them when
 * they have caught up; readers see the old rows until then, and never go back in time. A rebuild that was stopped or killed goes on
 * where it was. It is also the way back from a newer version.
 */
export const rebuild =
  <F extends Event>(task: Rebuild<F>): TaskEither<StoreFailure | Stopped, CaughtUp> =>
  async () => {
    const kept = await task.rows.kept()
    if (isLeft(kept)) return kept
    const head = await headOf(task.events)()
    if (isLeft(head)) return head
    const builds = new Map<Follower<F>, ProjectionId>()
    for (const follower of task.followers) {
      const begun =
        task.from === 'nothing' ? right(undefined) : await toGoOnWith(task, follower, kept.right, head.right)
      if (isLeft(begun)) return begun
      builds.set(follower, begun.right ?? anew(follower.id, kept.right))
    }
    const carried = await carryOn(task, (follower, keptNow, headNow) => {
      const { name, version } = follower.id
      const build = builds.get(follower) ?? follower.id
      const serving = servingOf(keptNow, name)
      if (serving === undefined) return right(build)
      // Whoever replaced it began later than this and has come to the end: those rows are as new.
      if (isOlder(build, serving)) return toServe(follower, keptNow, headNow)
      // Going back is for who saw the newer version, not for who was overtaken by it.
      const newest = Math.max(version, servingOf(kept.right, name)?.version ?? version)
      return serving.version > newest ? left(superseded(follower.id, serving)) : right(build)
    })
    if (isLeft(carried)) return carried
    const { did, toTheEnd } = carried.right
    return toTheEnd
      ? right(did)
      : left(
          stopped(did.through, `the rebuild was stopped at position ${did.through}; rebuild again to go on from there`),
        )
  }

/** The build that was begun and not finished, unless it lacks an event that can be read by now. */
const toGoOnWith = async <F extends Event>(
  task: Rebuild<F>,
  { id, handles }: Follower<F>,
  kept: ReadonlyArray<KeptBuild>,
  head: Position,
): Promise<Either<StoreFailure, ProjectionId | undefined>> => {
  const begun = unfinished(id, kept, head)
  if (begun === undefined) return right(undefined)
  const examined = await examine(task, begun, handles)
  if (isLeft(examined)) return begunAnew.has(examined.left.reason) ? right(undefined) : examined
  return right(examined.right.readable.length > 0 ? undefined : begun)
}

/** What an unfinished build can suffer that makes it no loss to begin again. */
const begunAnew: ReadonlySet<StoreFailure['reason']> = new Set(['Superseded', 'Damaged'])

/** What came of trying the quarantine again. */
export interface Retried {
  /** How many events can be read by now that could not be. */
  readonly readable: number
  /** The projections whose rows were built anew for them. */
  readonly rebuilt: ReadonlyArray<string>
}

/**
 * Tries to read what the followers have set aside. An event that comes late may belong under others that have changed its rows since,
 * so the projections that want it are built anew, from the start; what still cannot be read stays, with its reason of today.
 */
export const retryQuarantine =
  <F extends Event>(task: CatchUp<F>): TaskEither<StoreFailure | Stopped, Retried> =>
  async () => {
    const { onPage: _ofTheRebuild, ...quietly } = task
    const caught = await catchUp(quietly)()
    if (isLeft(caught)) return caught
    if (task.signal?.aborted === true)
      return left(stopped(caught.right.through, 'it was stopped before anything was tried; try again'))
    const readable = new Set<Position>()
    const wanting: Follower<F>[] = []
    for (const follower of task.followers) {
      const settled = await settle(task, follower)
      if (isLeft(settled)) return settled
      for (const position of settled.right) readable.add(position)
      if (settled.right.length > 0) wanting.push(follower)
    }
    const rebuilt = wanting.length === 0 ? right(undefined) : await rebuild({ ...task, followers: wanting })()
    return isLeft(rebuilt)
      ? rebuilt
      : right({ readable: readable.size, rebuilt: wanting.map(({ id: { name } }) => name) })
  }

/** Brings the quarantine of the rows that serve up to date; gives what can be read by now and is wanted. */
const settle = async <F extends Event>(
  task: CatchUp<F>,
  { id, handles }: Follower<F>,
): Promise<Either<StoreFailure, ReadonlyArray<Position>>> => {
  for (;;) {
    const kept = await task.rows.kept()
    if (isLeft(kept)) return kept
    const serving = servingOf(kept.right, id.name)
    if (serving?.version !== id.version) return right([])
    const examined = orOvertaken(await examine(task, serving, handles))
    if (isLeft(examined)) return examined
    if (examined.right === 'overtaken') continue
    const { readable, changes } = examined.right
    if (changes.length === 0) return right(readable)
    const at = { from: serving.checkpoint, to: serving.checkpoint }
    const committed = orOvertaken(await task.rows.commit(serving, [], at, changes)())
    if (isLeft(committed)) return committed
    if (committed.right !== 'overtaken') return right(readable)
  }
}

// catch-up.ts: how projections follow the log page by page, and how a younger build of their rows is switched to

import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { type Choose, servingOf, toServe } from './choosing.ts'
import type { Entry } from './correction.ts'
import { type Event, type Position, position, type Recorded, theStart } from './event.ts'
import type { EventCatalogue, UndecodableEvent } from './event-catalogue.ts'
import { type AbortSignalLike, type EventStore, headOf, type Page, type StoreFailure } from './event-store.ts'
import { type Observe, tell } from './observing.ts'
import { type CheckpointMoved, isSameBuild, type ProjectionId, type ProjectionStore } from './projection-store.ts'
import { mayConcern, setAside } from './quarantine.ts'
import type { Follower } from './replay.ts'

/** What a catch-up did. */
export interface CaughtUp {
  readonly through: Position
  readonly events: number
  /** How many events were met that could not be read: set aside by the builds that lack them, never skipped in silence. */
  readonly quarantined: number
}

/** What a catch-up needs: the log, how to read it, where rows are kept, and who follows. */
export interface CatchUp<F extends Event> {
  readonly events: EventStore
  readonly catalogue: EventCatalogue<F>
  readonly rows: ProjectionStore
  readonly followers: ReadonlyArray<Follower<F>>
  readonly pageSize?: number
  readonly signal?: AbortSignalLike
  /** Called after each page that was followed: how far, how many events by now, and where the log ended when it began. */
  readonly onPage?: (through: Position, events: number, head: Position) => void
  readonly observe?: Observe
}

/**
 * Carries the followers on to the end of the log, each from its own checkpoint. Rows and checkpoint are stored together page by
 * page, so it may be stopped and begun again anywhere. Another process doing the same is no harm: who comes second starts over
 * from where the first one came.
 *
 * Rows of a new version are built beside those that serve, and switched to when they have caught up. Where a newer version serves
 * already, it is the failure `Superseded`; where rows have followed what the log does not hold, `AheadOfLog`.
 */
export const catchUp =
  <F extends Event>(task: CatchUp<F>): TaskEither<StoreFailure, CaughtUp> =>
  async () => {
    const carried = await carryOn(task, toServe)
    return isLeft(carried) ? carried : right(carried.right.did)
  }

/** A build on its way. */
interface Lane<F extends Event> {
  readonly follower: Follower<F>
  readonly build: ProjectionId
  readonly serves: boolean
  checkpoint: Position
}

interface Tally {
  events: number
  readonly quarantined: Set<Position>
}

/** What was done, and whether it came to the end of the log. */
interface Carried {
  readonly did: CaughtUp
  readonly toTheEnd: boolean
}

/** Carries the chosen builds on to the end of the log, and switches to those that do not serve yet. */
export const carryOn = async <F extends Event>(
  task: CatchUp<F>,
  choose: Choose<F>,
): Promise<Either<StoreFailure, Carried>> => {
  if (task.followers.length === 0)
    return right({ did: { through: theStart, events: 0, quarantined: 0 }, toTheEnd: true })
  const tally: Tally = { events: 0, quarantined: new Set() }
  let lag: number | undefined
  for (;;) {
    const begun = await begin(task, choose)
    if (isLeft(begun)) return begun
    const { lanes, head } = begun.right
    lag ??= lagOf(lanes, head)
    const followed = await followLog(task, lanes, head, tally)
    if (isLeft(followed)) return followed
    if (followed.right === 'overtaken') continue
    const { through, caughtUp } = followed.right
    const did = { through, events: tally.events, quarantined: tally.quarantined.size }
    if (!caughtUp) return right({ did, toTheEnd: false })
    const switched = await switchTo(task, lanes, choose)
    if (isLeft(switched)) return switched
    if (switched.right === 'overtaken') continue
    const caught = { through, events: tally.events, lag }
    tell(task.observe, 'caughtUp', (observe) => observe.caughtUp?.(caught))
    return right({ did, toTheEnd: true })
  }
}

const begin = async <F extends Event>(
  { events, rows, followers }: CatchUp<F>,
  choose: Choose<F>,
): Promise<Either<StoreFailure, { readonly lanes: ReadonlyArray<Lane<F>>; readonly head: Position }>> => {
  const kept = await rows.kept()
  if (isLeft(kept)) return kept
  // Read after the checkpoints, which then cannot be ahead of it but by being ahead of the log.
  const head = await headOf(events)()
  if (isLeft(head)) return head
  const lanes: Lane<F>[] = []
  for (const follower of followers) {
    const build = choose(follower, kept.right, head.right)
    if (isLeft(build)) return build
    const found = kept.right.find((one) => isSameBuild(one, build.right))
    lanes.push({
      follower,
      build: build.right,
      serves: found?.serves ?? false,
      checkpoint: found?.checkpoint ?? theStart,
    })
  }
  return right({ lanes, head: head.right })
}

const furthestBehind = <F extends Event>(lanes: ReadonlyArray<Lane<F>>): Position =>
  position(Math.min(...lanes.map(({ checkpoint }) => checkpoint)))

/** How far answers were behind. What is only being built answers nobody: it is no lag. */
const lagOf = <F extends Event>(lanes: ReadonlyArray<Lane<F>>, head: Position): number => {
  const serving = lanes.filter(({ serves }) => serves)
  return serving.length === 0 ? 0 : head - furthestBehind(serving)
}

/** Somebody else carried a build on, or replaced it: what was read of it no longer holds. */
export const orOvertaken = <A>(
  result: Either<CheckpointMoved | StoreFailure, A>,
): Either<StoreFailure, A | 'overtaken'> => {
  if (!isLeft(result)) return result
  return result.left._tag === 'CheckpointMoved' || result.left.reason === 'Superseded'
    ? right('overtaken')
    : left(result.left)
}

const followLog = async <F extends Event>(
  task: CatchUp<F>,
  lanes: ReadonlyArray<Lane<F>>,
  head: Position,
  tally: Tally,
): Promise<Either<StoreFailure, { readonly through: Position; readonly caughtUp: boolean } | 'overtaken'>> => {
  const { events, signal, pageSize = 500, onPage, observe } = task
  let through = furthestBehind(lanes)
  let caughtUp = false
  const reading = { after: through, pageSize, ...(signal === undefined ? {} : { signal }) }
  for await (const page of events.readAll(reading)) {
    if (isLeft(page)) return page
    const followed = orOvertaken(await followPage(task, lanes, page.right, tally))
    if (isLeft(followed)) return followed
    if (followed.right === 'overtaken') return right('overtaken')
    tally.events += page.right.events.length
    ;({ through, caughtUp } = page.right)
    tell(observe, 'onPage', () => onPage?.(through, tally.events, head))
  }
  return right({ through, caughtUp })
}

/** Carries every build over one page. */
const followPage = async <F extends Event>(
  { catalogue, rows, observe }: CatchUp<F>,
  lanes: ReadonlyArray<Lane<F>>,
  page: Page,
  tally: Tally,
): Promise<Either<CheckpointMoved | StoreFailure, void>> => {
  const readable: Recorded<Entry<F>>[] = []
  const unreadable: UndecodableEvent[] = []
  for (const stored of page.events) {
    const decoded = catalogue.decode(stored)
    if (isLeft(decoded)) unreadable.push(decoded.left)
    else readable.push(decoded.right)
  }
  for (const lane of lanes) {
    const { follower, build, checkpoint: from } = lane
    if (from >= page.through) continue
    const { id, handles } = follower
    const wanted = readable.filter(({ position, event }) => position > from && handles.has(event.type))
    const lacking = unreadable.filter(
      ({ event }) => event.position > from && mayConcern(catalogue, handles, event.type),
    )
    const changes = await follower.changes(rows, build, wanted)()
    if (isLeft(changes)) return changes
    const checkpoint = { from, to: page.through }
    const committed = await rows.commit(build, changes.right, checkpoint, lacking.map(setAside))()
    if (isLeft(committed)) return committed
    lane.checkpoint = page.through
    for (const { event: stored, reason } of lacking) {
      const { position, stream, type, version } = stored
      tally.quarantined.add(position)
      const event = { projection: id.name, position, stream, type, version, reason }
      tell(observe, 'quarantined', (to) => to.quarantined?.(event))
    }
  }
  return right(undefined)
}

/** Has the builds serve that have caught up and do not serve yet. */
const switchTo = async <F extends Event>(
  { events, rows, observe }: CatchUp<F>,
  lanes: ReadonlyArray<Lane<F>>,
  choose: Choose<F>,
): Promise<Either<StoreFailure, 'done' | 'overtaken'>> => {
  const waiting = lanes.filter(({ serves }) => !serves)
  if (waiting.length === 0) return right('done')
  const kept = await rows.kept()
  if (isLeft(kept)) return kept
  const head = await headOf(events)()
  if (isLeft(head)) return head
  for (const { follower, build, checkpoint } of waiting) {
    const chosen = choose(follower, kept.right, head.right)
    if (isLeft(chosen)) return chosen
    if (!isSameBuild(chosen.right, build)) return right('overtaken')
    const { name, version, build: rebuilds = 0 } = build
    const serving = servingOf(kept.right, name) ?? null
    // Readers must not go back in time. Rows that are ahead of the log itself are no measure of it.
    if (serving !== null && serving.checkpoint > checkpoint && serving.checkpoint <= head.right)
      return right('overtaken')
    const served = orOvertaken(await rows.serve(build, serving)())
    if (isLeft(served)) return served
    if (served.right === 'overtaken') return right('overtaken')
    tell(observe, 'switched', ({ switched }) => switched?.({ name, version, build: rebuilds, checkpoint }))
  }
  return right('done')
}

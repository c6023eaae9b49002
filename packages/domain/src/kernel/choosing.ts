// choosing.ts: which build of its rows a follower carries on, out of those that are kept

import type { Either } from 'fp-ts/lib/Either.js'
import { left, right } from 'fp-ts/lib/Either.js'
import type { Event, Position } from './event.ts'
import { type StoreFailure, storeFailure } from './event-store.ts'
import { isOlder, isSameBuild, type KeptBuild, type ProjectionId, superseded } from './projection-store.ts'
import type { Follower } from './replay.ts'

/** Which build of a follower's rows is carried on, out of those that are kept. */
export type Choose<F extends Event> = (
  follower: Follower<F>,
  kept: ReadonlyArray<KeptBuild>,
  head: Position,
) => Either<StoreFailure, ProjectionId>

/** The build of that name that answers come from; undefined where none does. */
export const servingOf = (kept: ReadonlyArray<KeptBuild>, name: string): KeptBuild | undefined =>
  kept.find((one) => one.serves && one.name === name)

/** The build that serves, or else the one that will: of the follower's version and no other. */
export const toServe = <F extends Event>(
  { id }: Follower<F>,
  kept: ReadonlyArray<KeptBuild>,
  head: Position,
): Either<StoreFailure, ProjectionId> => {
  const serving = servingOf(kept, id.name)
  if (serving === undefined || serving.version < id.version)
    return right(unfinished(id, kept, head) ?? beside(id, kept))
  if (serving.version > id.version) return left(superseded(id, serving))
  return serving.checkpoint > head ? left(aheadOfLog(serving, head)) : right(serving)
}

/** The build of that version that somebody began and nobody finished. One that the log does not reach is of no use. */
export const unfinished = (
  { name, version }: ProjectionId,
  kept: ReadonlyArray<KeptBuild>,
  head: Position,
): KeptBuild | undefined => {
  const serving = servingOf(kept, name)
  let newest: KeptBuild | undefined
  for (const one of kept) {
    if (one.name !== name || one.version !== version || one.checkpoint > head) continue
    if (serving !== undefined && !isOlder(serving, one)) continue
    if (newest === undefined || isOlder(newest, one)) newest = one
  }
  return newest
}

/** The first build of a new version stands beside all that is kept; where it stood there before and is of no use, behind them. */
const beside = (id: ProjectionId, kept: ReadonlyArray<KeptBuild>): ProjectionId => {
  const { name, version } = id
  const first = { name, version, build: latestOf(name, kept) ?? 0 }
  return kept.some((one) => isSameBuild(one, first)) ? anew(id, kept) : first
}

/** A build of that version that begins with nothing and is younger than all that is kept. */
export const anew = ({ name, version }: ProjectionId, kept: ReadonlyArray<KeptBuild>): ProjectionId => ({
  name,
  version,
  build: (latestOf(name, kept) ?? -1) + 1,
})

const latestOf = (name: string, kept: ReadonlyArray<KeptBuild>): number | null =>
  kept.reduce<number | null>((most, one) => (one.name === name ? Math.max(most ?? 0, one.build) : most), null)

const aheadOfLog = ({ name, version, checkpoint }: KeptBuild, head: Position): StoreFailure =>
  storeFailure(
    'AheadOfLog',
    `the rows of ${name} ${version} have followed through ${checkpoint}, and the log ends at ${head}: a backup of the log was restored, or it is another log; rebuild ${name}`,
  )

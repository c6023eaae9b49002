// in-memory-rows.ts: the smallest store of rows that keeps what its port promises, to try a domain without any adapter

import type { Either } from 'fp-ts/lib/Either.js'
import { left, right } from 'fp-ts/lib/Either.js'
import { type Position, theStart } from '../kernel/event.ts'
import type { StoreFailure } from '../kernel/event-store.ts'
import {
  isOlder,
  isSameBuild,
  movedSince,
  type ProjectionId,
  type ProjectionStore,
  superseded,
} from '../kernel/projection-store.ts'

interface Build {
  readonly id: Required<ProjectionId>
  readonly rows: Map<string, string>
  readonly quarantine: Map<Position, string>
  checkpoint: Position
}

/** Rows of projections in maps. */
export const inMemoryRows = (): ProjectionStore => {
  let builds: ReadonlyArray<Build> = []
  const serving = new Map<string, Build>()
  const inOrder = <K, A>(entries: Iterable<readonly [K, A]>) => [...entries].sort(([a], [b]) => (a < b ? -1 : 1))

  /** Does something with a build, unless it was replaced. */
  const using = <E, A>(
    { name, version, build = 0 }: ProjectionId,
    use: (build: Build) => Either<E, A>,
  ): Either<E | StoreFailure, A> => {
    const id = { name, version, build }
    const current = serving.get(id.name)
    if (current !== undefined && isOlder(id, current.id)) return left(superseded(id, current.id))
    const kept = builds.find((one) => isSameBuild(one.id, id))
    return use(kept ?? { id, rows: new Map(), quarantine: new Map(), checkpoint: theStart })
  }
  const keep = (build: Build): void => {
    if (!builds.includes(build)) builds = [...builds, build]
  }
  const listed = ({ rows }: Build) => inOrder(rows).map(([key, row]) => ({ key, row }))

  return {
    kept: async () =>
      right(
        builds.map((one) => {
          const serves = serving.get(one.id.name) === one
          return { ...one.id, checkpoint: one.checkpoint, serves, quarantined: one.quarantine.size }
        }),
      ),
    checkpoint: (id) => async () => using(id, ({ checkpoint }) => right(checkpoint)),
    get: (id, key) => async () => using(id, ({ rows }) => right(rows.get(key) ?? null)),
    getMany: (id, keys) => async () =>
      using(id, (build) => right(listed(build).filter(({ key }) => keys.includes(key)))),
    list:
      (id, { prefix = '', after, limit }) =>
      async () =>
        using(id, (build) =>
          right(
            listed(build)
              .filter(({ key }) => key.startsWith(prefix) && (after === undefined || key > after))
              .slice(0, limit),
          ),
        ),
    quarantined: (id) => async () =>
      using(id, ({ quarantine }) => right(inOrder(quarantine).map(([position, entry]) => ({ position, entry })))),
    commit:
      (id, changes, { from, to }, quarantine = []) =>
      async () =>
        using(id, (build) => {
          const { rows, checkpoint } = build
          if (checkpoint !== from)
            return left({ _tag: 'CheckpointMoved', projection: id, expected: from, actual: checkpoint })
          for (const { key, row } of changes) {
            if (row === null) rows.delete(key)
            else rows.set(key, row)
          }
          for (const { position, entry } of quarantine) {
            if (entry === null) build.quarantine.delete(position)
            else build.quarantine.set(position, entry)
          }
          build.checkpoint = to
          keep(build)
          return right(undefined)
        }),
    serve: (id, seen) => async () =>
      using(id, (build) => {
        const current = serving.get(id.name)
        if (current === build) return right(undefined)
        const moved = movedSince(
          id,
          seen,
          current === undefined ? null : { ...current.id, checkpoint: current.checkpoint },
        )
        if (moved !== null) return left(moved)
        keep(build)
        serving.set(id.name, build)
        builds = builds.filter((one) => one.id.name !== id.name || !isOlder(one.id, id))
        return right(undefined)
      }),
  }
}

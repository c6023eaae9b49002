// projection-store.ts: rows of projections in memory

import {
  type CheckpointMoved,
  isOlder,
  type KeptBuild,
  movedSince,
  type Position,
  type ProjectionId,
  type ProjectionStore,
  type StoredRow,
  type StoreFailure,
  superseded,
  theStart,
} from '@smagruppe/domain'
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { compareByCodePoint, firstAtOrBehind } from '../stores/code-points.ts'
import { rowRange, unstorableRow } from '../stores/rows.ts'

interface Build {
  readonly id: Required<ProjectionId>
  readonly rows: Map<string, string>
  readonly quarantine: Map<Position, string>
  checkpoint: Position
  /** The keys in order; null after a change of them, until somebody lists. */
  sorted: ReadonlyArray<string> | null
}

/** The builds of one name. */
interface Builds {
  /** Those that were committed to or serve, by version and build. */
  readonly kept: Map<string, Build>
  serving: Build | null
}

/**
 * Rows and checkpoints that live as long as the process. Fails only on a key or row that no other store could keep, and for a build
 * that was replaced.
 */
export const memoryProjectionStore = (): ProjectionStore => {
  const projections = new Map<string, Builds>()
  const buildsOf = (name: string): Builds => {
    const builds = projections.get(name) ?? { kept: new Map(), serving: null }
    projections.set(name, builds)
    return builds
  }

  /** Does something with a build, unless it was replaced. */
  const using = <E, A>(
    projection: ProjectionId,
    use: (build: Build, builds: Builds) => Either<E, A>,
  ): Either<E | StoreFailure, A> => {
    const builds = buildsOf(projection.name)
    const { serving } = builds
    if (serving !== null && isOlder(projection, serving.id)) return left(superseded(projection, serving.id))
    return use(builds.kept.get(keyOf(projection)) ?? newBuild(projection), builds)
  }

  return {
    kept: async () => {
      const all: KeptBuild[] = []
      for (const { kept, serving } of projections.values()) {
        for (const build of kept.values()) {
          const { id, checkpoint, quarantine } = build
          all.push({ ...id, checkpoint, serves: build === serving, quarantined: quarantine.size })
        }
      }
      return right(all)
    },
    checkpoint: (projection) => async () => using(projection, ({ checkpoint }) => right(checkpoint)),
    get: (projection, key) => async () => using(projection, ({ rows }) => right(rows.get(key) ?? null)),
    getMany: (projection, keys) => async () =>
      using(projection, ({ rows }) => {
        const found: StoredRow[] = []
        for (const key of new Set(keys)) {
          const row = rows.get(key)
          if (row !== undefined) found.push({ key, row })
        }
        return right(found)
      }),
    list: (projection, which) => async () =>
      using(projection, (build) => {
        build.sorted ??= [...build.rows.keys()].sort(compareByCodePoint)
        const found: StoredRow[] = []
        const { prefix, first, after, most } = rowRange(which)
        for (let i = firstAtOrBehind(build.sorted, first); i < build.sorted.length && found.length < most; i += 1) {
          const key = build.sorted[i] ?? ''
          if (!key.startsWith(prefix)) break
          const row = build.rows.get(key)
          if (row !== undefined && key !== after) found.push({ key, row })
        }
        return right(found)
      }),
    quarantined: (projection) => async () =>
      using(projection, ({ quarantine }) =>
        right(
          [...quarantine].map(([position, entry]) => ({ position, entry })).sort((a, b) => a.position - b.position),
        ),
      ),
    commit:
      (projection, changes, { from, to }, quarantine = []) =>
      async () =>
        using<CheckpointMoved | StoreFailure, void>(projection, (build, { kept }) => {
          const { checkpoint: actual, rows } = build
          if (actual !== from) return left({ _tag: 'CheckpointMoved', projection, expected: from, actual })
          const unstorable = unstorableRow(projection, changes, quarantine)
          if (unstorable !== null) return left(unstorable)
          for (const { key, row } of changes) {
            if (row === null ? rows.delete(key) : !rows.has(key)) build.sorted = null
            if (row !== null) rows.set(key, row)
          }
          for (const { position, entry } of quarantine) {
            if (entry === null) build.quarantine.delete(position)
            else build.quarantine.set(position, entry)
          }
          build.checkpoint = to
          kept.set(keyOf(projection), build)
          return right(undefined)
        }),
    serve: (projection, seen) => async () =>
      using(projection, (build, builds) => {
        const { kept, serving } = builds
        if (serving === build) return right(undefined)
        const now = serving === null ? null : { ...serving.id, checkpoint: serving.checkpoint }
        const moved = movedSince(projection, seen, now)
        if (moved !== null) return left(moved)
        kept.set(keyOf(projection), build)
        builds.serving = build
        for (const [key, { id }] of kept) if (isOlder(id, projection)) kept.delete(key)
        return right(undefined)
      }),
  }
}

const keyOf = ({ version, build = 0 }: ProjectionId): string => `${version} ${build}`

const newBuild = ({ name, version, build = 0 }: ProjectionId): Build => ({
  id: { name, version, build },
  rows: new Map(),
  quarantine: new Map(),
  checkpoint: theStart,
  sorted: [],
})

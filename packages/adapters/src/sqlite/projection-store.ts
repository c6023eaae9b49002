// projection-store.ts: rows of projections and their checkpoints in SQLite, in the same file as the log

import type { DatabaseSync } from 'node:sqlite'
import {
  type CheckpointMoved,
  isOlder,
  isSameBuild,
  movedSince,
  type Position,
  type ProjectionId,
  type ProjectionStore,
  type ServingBuild,
  type StoreFailure,
  superseded,
  theStart,
} from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { rowRange, unstorableRow } from '../stores/rows.ts'
import { readingBuilds } from '../stores/stored-rows.ts'
import { isStorable } from '../stores/text.ts'
import { damaged } from './failures.ts'
import type { Connection } from './group-commit.ts'

const { positionIn, buildIn, keptBuild, storedRow, storedQuarantine } = readingBuilds(damaged)

/** SQLite holds every blob to be greater than every text. */
const behindAllText = new Uint8Array([0])

/** The rows of an open register. */
export const sqliteProjectionStore = (database: DatabaseSync, connection: Connection): ProjectionStore => {
  const ofBuild = 'name = $name AND version = $version AND build = $build'
  const checkpoint = database.prepare(`SELECT checkpoint FROM builds WHERE ${ofBuild}`)
  const move = database.prepare(
    `INSERT INTO builds (name, version, build, checkpoint) VALUES ($name, $version, $build, $checkpoint)
     ON CONFLICT DO UPDATE SET checkpoint = excluded.checkpoint`,
  )
  const everyBuild = database.prepare(
    `SELECT name, version, build, checkpoint, serves,
       (SELECT count(*) FROM build_quarantine AS q WHERE q.name = b.name AND q.version = b.version AND q.build = b.build)
         AS quarantined
     FROM builds AS b`,
  )
  const serving = database.prepare(
    'SELECT name, version, build, checkpoint FROM builds WHERE name = $name AND serves = 1',
  )
  const buildsOf = database.prepare('SELECT name, version, build FROM builds WHERE name = $name')
  const retire = database.prepare('UPDATE builds SET serves = 0 WHERE name = $name')
  const install = database.prepare(`UPDATE builds SET serves = 1 WHERE ${ofBuild}`)
  const drop = ['build_rows', 'build_quarantine', 'builds'].map((table) =>
    database.prepare(`DELETE FROM ${table} WHERE ${ofBuild}`),
  )
  const one = database.prepare(`SELECT key, row FROM build_rows WHERE ${ofBuild} AND key = $key`)
  const many = database.prepare(
    `SELECT key, row FROM build_rows WHERE ${ofBuild} AND key IN (SELECT value FROM json_each($keys))`,
  )
  // The plus keeps the second bound from being taken for the place to start at.
  const list = database.prepare(
    `SELECT key, row FROM build_rows
     WHERE ${ofBuild} AND key >= $first AND key < $behind AND ($after IS NULL OR +key > $after)
     ORDER BY key LIMIT $limit`,
  )
  const put = database.prepare(
    `INSERT INTO build_rows (name, version, build, key, row) VALUES ($name, $version, $build, $key, $row)
     ON CONFLICT DO UPDATE SET row = excluded.row`,
  )
  const remove = database.prepare(`DELETE FROM build_rows WHERE ${ofBuild} AND key = $key`)
  const setAside = database.prepare(
    `INSERT INTO build_quarantine (name, version, build, position, entry) VALUES ($name, $version, $build, $position, $entry)
     ON CONFLICT DO UPDATE SET entry = excluded.entry`,
  )
  const takeBack = database.prepare(`DELETE FROM build_quarantine WHERE ${ofBuild} AND position = $position`)
  const aside = database.prepare(`SELECT position, entry FROM build_quarantine WHERE ${ofBuild} ORDER BY position`)

  const checkpointOf = (build: BuildId): Position => {
    const row = checkpoint.get(build)
    return row === undefined ? theStart : positionIn(row.checkpoint)
  }
  const servingOf = (name: string): (BuildId & ServingBuild) | null => {
    const row = serving.get({ name })
    return row === undefined ? null : { ...buildIn(row), checkpoint: positionIn(row.checkpoint) }
  }
  /** Why the build is none any more; null where it is. */
  const replaced = (build: BuildId): StoreFailure | null => {
    const now = servingOf(build.name)
    return now !== null && isOlder(build, now) ? superseded(build, now) : null
  }

  const read = <A>(projection: ProjectionId, work: (build: BuildId) => A): Either<StoreFailure, A> => {
    const build = idOf(projection)
    // Looked at after the reading: what another process switches to in between has taken the rows away, and it stays so.
    const found = connection.read(() => ({ result: work(build), refused: replaced(build) }))
    if (isLeft(found)) return found
    const { result, refused } = found.right
    return refused === null ? right(result) : left(refused)
  }

  return {
    kept: async () => connection.read(() => everyBuild.all().map(keptBuild)),
    checkpoint: (projection) => async () => read(projection, checkpointOf),
    get: (projection, key) => async () =>
      read(projection, (build) => {
        // SQLite would be asked for U+FFFD where there is half a character.
        const found = isStorable(key) ? one.get({ ...build, key }) : undefined
        return found === undefined ? null : storedRow(found).row
      }),
    getMany: (projection, keys) => async () =>
      read(projection, (build) => many.all({ ...build, keys: JSON.stringify(keys) }).map(storedRow)),
    list: (projection, which) => async () =>
      read(projection, (build) => {
        const { first, behind, after, most } = rowRange(which)
        return list.all({ ...build, first, behind: behind ?? behindAllText, after, limit: most }).map(storedRow)
      }),
    quarantined: (projection) => async () => read(projection, (build) => aside.all(build).map(storedQuarantine)),
    commit: (projection, changes, { from, to }, quarantine = []) =>
      connection.write<CheckpointMoved | StoreFailure, void>(() => {
        const build = idOf(projection)
        const refused = replaced(build)
        if (refused !== null) return left(refused)
        const actual = checkpointOf(build)
        if (actual !== from) return left({ _tag: 'CheckpointMoved', projection, expected: from, actual })
        const unstorable = unstorableRow(projection, changes, quarantine)
        if (unstorable !== null) return left(unstorable)
        for (const { key, row } of changes) {
          if (row === null) remove.run({ ...build, key })
          else put.run({ ...build, key, row })
        }
        for (const { position, entry } of quarantine) {
          if (entry === null) takeBack.run({ ...build, position })
          else setAside.run({ ...build, position, entry })
        }
        move.run({ ...build, checkpoint: to })
        return right(undefined)
      }),
    serve: (projection, seen) =>
      connection.write<CheckpointMoved | StoreFailure, void>(() => {
        const build = idOf(projection)
        const { name } = build
        const now = servingOf(name)
        if (now !== null && isSameBuild(now, build)) return right(undefined)
        if (now !== null && isOlder(build, now)) return left(superseded(build, now))
        const moved = movedSince(projection, seen, now)
        if (moved !== null) return left(moved)
        move.run({ ...build, checkpoint: checkpointOf(build) })
        retire.run({ name })
        install.run(build)
        for (const other of buildsOf.all({ name }).map(buildIn)) {
          if (isOlder(other, build)) for (const statement of drop) statement.run(idOf(other))
        }
        return right(undefined)
      }),
  }
}

/** A build by its three columns. */
type BuildId = Record<'version' | 'build', number> & { name: string }

const idOf = ({ name, version, build = 0 }: ProjectionId): BuildId => ({ name, version, build })

// projection-store.ts: rows of projections in memory

import { type Position, type ProjectionId, type ProjectionStore, type StoredRow, theStart } from '@smagruppe/domain'
import { left, right } from 'fp-ts/lib/Either.js'
import { compareByCodePoint, firstAtOrBehind } from '../stores/code-points.ts'
import { unstorableRow } from '../stores/rows.ts'

interface Kept {
  readonly rows: Map<string, string>
  checkpoint: Position
  /** The keys in order; null after a change of them, until somebody lists. */
  sorted: ReadonlyArray<string> | null
}

/** Rows and checkpoints that live as long as the process. Fails only on a key or row that no other store could keep. */
export const memoryProjectionStore = (): ProjectionStore => {
  const projections = new Map<string, Kept>()
  const keptOf = ({ name, version }: ProjectionId): Kept => {
    const id = `${version} ${name}`
    const kept = projections.get(id) ?? { rows: new Map(), checkpoint: theStart, sorted: null }
    projections.set(id, kept)
    return kept
  }

  return {
    checkpoint: (projection) => async () => right(keptOf(projection).checkpoint),
    get: (projection, key) => async () => right(keptOf(projection).rows.get(key) ?? null),
    getMany: (projection, keys) => async () => {
      const { rows } = keptOf(projection)
      const found: StoredRow[] = []
      for (const key of new Set(keys)) {
        const row = rows.get(key)
        if (row !== undefined) found.push({ key, row })
      }
      return right(found)
    },
    list:
      (projection, { prefix = '', after, limit }) =>
      async () => {
        const kept = keptOf(projection)
        kept.sorted ??= [...kept.rows.keys()].sort(compareByCodePoint)
        const found: StoredRow[] = []
        for (
          let i = firstAtOrBehind(kept.sorted, laterOf(prefix, after ?? ''));
          i < kept.sorted.length && found.length < limit;
          i += 1
        ) {
          const key = kept.sorted[i] ?? ''
          if (!key.startsWith(prefix)) break
          const row = kept.rows.get(key)
          if (row !== undefined && key !== after) found.push({ key, row })
        }
        return right(found)
      },
    commit:
      (projection, changes, { from, to }) =>
      async () => {
        const kept = keptOf(projection)
        if (kept.checkpoint !== from) {
          return left({ _tag: 'CheckpointMoved', projection, expected: from, actual: kept.checkpoint })
        }
        const unstorable = unstorableRow(projection, changes)
        if (unstorable !== null) return left(unstorable)
        for (const { key, row } of changes) {
          if (row === null ? kept.rows.delete(key) : !kept.rows.has(key)) kept.sorted = null
          if (row !== null) kept.rows.set(key, row)
        }
        kept.checkpoint = to
        return right(undefined)
      },
  }
}

const laterOf = (one: string, other: string): string => (compareByCodePoint(one, other) > 0 ? one : other)

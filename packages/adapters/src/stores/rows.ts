// rows.ts: which rows of projections can be kept, and how many are given

import {
  type ListRows,
  type ProjectionId,
  type QuarantineChange,
  type RowChange,
  type StoreFailure,
  storeFailure,
} from '@smagruppe/domain'
import { behindPrefix, compareByCodePoint } from './code-points.ts'
import { isStorable } from './text.ts'

/** Why these changes cannot be stored, as stores keep UTF-8; null where they can. */
export const unstorableRow = (
  { name }: ProjectionId,
  changes: ReadonlyArray<RowChange>,
  quarantine: ReadonlyArray<QuarantineChange>,
): StoreFailure | null => {
  const unstorable =
    changes.find(({ key, row }) => !isStorable(key) || (row !== null && !isStorable(row)))?.key ??
    quarantine.find(({ entry }) => entry !== null && !isStorable(entry))?.position
  if (unstorable === undefined) return null
  const key = JSON.stringify(unstorable)
  return storeFailure(
    'Unsupported',
    `The row ${key} of ${name} holds a lone surrogate or U+0000, which not every store keeps: refuse such text where it comes in`,
  )
}

/** The rows of a list, as a range of keys. */
export interface RowRange {
  readonly prefix: string
  /** The first key that can be among them. */
  readonly first: string
  /** What stands behind all of them; null where nothing can. */
  readonly behind: string | null
  readonly after: string | null
  /** How many at most: a whole number, whatever was asked. */
  readonly most: number
}

/** Which rows are listed. No key begins with text that cannot be kept, and not every store can be asked for it. */
export const rowRange = ({ prefix: asked = '', after, limit }: ListRows): RowRange => {
  const prefix = isStorable(asked) ? asked : ''
  return {
    prefix,
    first: after !== undefined && compareByCodePoint(after, prefix) > 0 ? after : prefix,
    behind: behindPrefix(prefix),
    after: after ?? null,
    most: prefix === asked ? Math.max(0, Math.min(Math.trunc(limit) || 0, Number.MAX_SAFE_INTEGER)) : 0,
  }
}

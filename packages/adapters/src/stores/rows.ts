// rows.ts: which rows of projections can be kept, and how many are given

import {
  type ProjectionId,
  type QuarantineChange,
  type RowChange,
  type StoreFailure,
  storeFailure,
} from '@smagruppe/domain'
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

/** How many rows a list gives at most: a whole number, whatever was asked. */
export const rowsAtMost = (limit: number): number =>
  Math.max(0, Math.min(Math.trunc(limit) || 0, Number.MAX_SAFE_INTEGER))

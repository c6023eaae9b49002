// failures.ts: what SQLite says went wrong, in the words of the ports

import { type StoreFailure, storeFailure } from '@smagruppe/domain'

/** Primary result codes, from sqlite.org/rescode.html. */
const reasons: ReadonlyMap<number, readonly [StoreFailure['reason'], string]> = new Map([
  [3, ['Unavailable', 'the system does not permit it: check the rights of the file and its folder']],
  [5, ['Busy', 'another process holds the file: try again, or end that process']],
  [6, ['Busy', 'another connection holds the file: try again']],
  [7, ['Unavailable', 'there is not enough memory']],
  [8, ['ReadOnly', 'the file cannot be written to: check the rights of the file and its folder']],
  [
    10,
    ['Unavailable', 'the disk or the network drive under it failed, or a quota is used up: check it, then try again'],
  ],
  [11, ['Damaged', 'the file is damaged: stop writing to it and restore a backup']],
  [13, ['Full', 'the disk is full: make room, then try again']],
  [14, ['Unavailable', 'the file cannot be opened: check that its folder exists and may be written to']],
  [18, ['Full', 'a text is longer than SQLite takes']],
  [26, ['Damaged', 'the file is no SQLite file any more: restore a backup']],
])

/** These may go away by themselves; the others under `Unavailable` need somebody's hand. */
const passing: ReadonlySet<number> = new Set([7, 10])

/** A thrown thing as a failure of the store at that path. */
export const failureOf = (error: unknown, path: string): StoreFailure => {
  const code = primaryCode(error)
  const said = error instanceof Error ? error.message : String(error)
  const known = code === null ? undefined : reasons.get(code)
  if (code === null || known === undefined) return storeFailure('Unknown', `${path}: ${said}`)
  const [reason, advice] = known
  const failure = storeFailure(reason, `${path}: ${said} (SQLite code ${code}); ${advice}`)
  return reason === 'Unavailable' ? { ...failure, retry: passing.has(code) } : failure
}

/** The primary result code of an error of `node:sqlite`; null of any other. */
export const primaryCode = (error: unknown): number | null =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : null

/** To throw where a row is not what was written: read as any other damage of the file. */
export const damaged = (what: string): Error => Object.assign(new Error(what), { errcode: 11 })

export const closedFailure = (path: string): StoreFailure =>
  storeFailure('Closed', `${path}: the store has been closed; open it again to use it`)

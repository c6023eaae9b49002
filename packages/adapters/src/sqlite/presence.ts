// presence.ts: whether the files that were opened still stand where they were

import { realpathSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { type StoreFailure, storeFailure } from '@smagruppe/domain'

/**
 * A look at the file of an open database and at the two that SQLite keeps beside it: null where all are the ones that were opened.
 *
 * A system lets an open file be deleted, moved or replaced, and SQLite goes on with what it holds: what it then calls committed
 * nobody will find again, and two processes that hold different files beside the same database damage it. Once gone stays gone.
 *
 * `opened` is what `identityOf` gave before SQLite opened the file: later it could be another's already.
 */
export const presenceOf = (path: string, opened: FileIdentity | null): (() => StoreFailure | null) => {
  // SQLite follows a link before it names the files beside it.
  const real = realpathSync(path)
  const beside = [`${real}-wal`, `${real}-shm`].map((file) => ({ file, opened: identityOf(file) }))
  const files = [{ file: resolve(path), opened }, ...beside]
  let gone: StoreFailure | null = null
  return () => {
    if (gone !== null) return gone
    const missing = files.find(({ file, opened }) => identityOf(file) !== opened)
    if (missing !== undefined) gone = goneFailure(missing.file)
    return gone
  }
}

/** Which file it is, whatever its name: the disk, and the file's number there. */
export type FileIdentity = string

/** The identity of the file at that path; null where there is none to be seen. */
export const identityOf = (file: string): FileIdentity | null => {
  try {
    const { dev, ino } = statSync(file, { bigint: true })
    return `${dev} ${ino}`
  } catch {
    // Not there, or in a folder that we may not look into any more: either way SQLite will not find it again.
    return null
  }
}

const goneFailure = (file: string): StoreFailure => ({
  ...storeFailure(
    'Unavailable',
    `${file} is not the file that was opened: it was deleted, moved or replaced. What the last call wrote may be lost, and nothing more is read or written: close the store, put the file back, open it again`,
  ),
  retry: false,
})

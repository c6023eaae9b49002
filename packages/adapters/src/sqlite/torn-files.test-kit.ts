// torn-files.test-kit.ts: opens a register that was torn from its writer, and looks at its file and at all that is in it

import type { Appended } from '@smagruppe/domain'
import { expect } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { systemClock } from '../node/index.ts'
import { appendBatches } from '../stores/batches.test-kit.ts'
import { type Examined, goneOnWith, lookedAt } from '../stores/whole-batches.test-kit.ts'
import { checkSqlite, openSqlite, type SqliteRegister } from './index.ts'

/**
 * Opens a register as the next process would, and looks at all of it: the file, the log, and the read models as they were left. Fails
 * at the first thing that is not as it should be.
 */
export const examined = (path: string): Promise<Examined> => withRegister(path, lookedAt)

/** The same; then it is written to, the read models are carried on to the end of the log, and all is looked at once more. */
export const examinedAndGoneOnWith = (path: string, names: ReadonlyArray<string>, version = 1) =>
  withRegister(path, (register) => goneOnWith(register, names, version))

const withRegister = async <A>(path: string, work: (register: SqliteRegister) => Promise<A>): Promise<A> => {
  const register = rightOf(await openSqlite(path, { clock: systemClock })())
  try {
    const done = await work(register)
    expect(rightOf(await checkSqlite(path)()).findings).toEqual([])
    return done
  } finally {
    rightOf(await register.close())
  }
}

/** Appends the batches to a register and gives their answers; one that stands already is not stored again. */
export const appendedTo = (path: string, names: ReadonlyArray<string>): Promise<ReadonlyArray<Appended>> =>
  withRegister(path, (register) => appendBatches(register, names))

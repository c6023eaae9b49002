// opening.ts: opens the stores that a command line names, and closes them again

import { stat } from 'node:fs/promises'
import { type Instant, later, type Register, theBeginning } from '@smagruppe/domain'
import { type Either, isLeft, left } from 'fp-ts/lib/Either.js'
import { systemClock } from '../node/index.ts'
import { openSqliteRegister } from '../sqlite/index.ts'

/** What ends a command with exit code 1: one clear line. */
export interface Failure {
  readonly message: string
}

interface Stores {
  readonly store: string
  readonly vault?: string
}

/** Does work on a register that must be there already. */
export const withRegister = async <A>(
  stores: Stores,
  work: (register: Register) => Promise<Either<Failure, A>>,
): Promise<Either<Failure, A>> => {
  if (await isMissing(stores.store))
    return left({
      message: `there is no register at ${stores.store}; make one with: smagruppe import DIR --store ${stores.store}`,
    })
  return withNewRegister(stores, work)
}

/** Does work on a register that is made where there is none. `moveOn` has it record at a later time than the machine's. */
export const withNewRegister = async <A>(
  { store, vault }: Stores,
  work: (register: Register, moveOn: (until: Instant) => void) => Promise<Either<Failure, A>>,
): Promise<Either<Failure, A>> => {
  let earliest = theBeginning
  const moveOn = (until: Instant): void => {
    earliest = until
  }
  const clock = () => later(earliest, systemClock())
  const opened = await openSqliteRegister(store, { clock, ...(vault === undefined ? {} : { vault }) })()
  if (isLeft(opened)) return opened
  const done = await work(opened.right.register, moveOn)
  const closed = await opened.right.close()
  return isLeft(done) || !isLeft(closed) ? done : closed
}

const isMissing = async (path: string): Promise<boolean> => {
  try {
    await stat(path)
    return false
  } catch {
    return true
  }
}

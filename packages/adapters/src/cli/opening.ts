// opening.ts: opens the stores that a command line names, and closes them again

import { stat } from 'node:fs/promises'
import { type Instant, later, openRegister, type Register, theBeginning } from '@smagruppe/domain'
import { type Either, isLeft, left } from 'fp-ts/lib/Either.js'
import { randomIds, systemClock } from '../node/index.ts'
import { openSqlite, openSqliteVault } from '../sqlite/index.ts'
import { vaultBeside } from './options.ts'

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
  { store, vault = vaultBeside(store) }: Stores,
  work: (register: Register, moveOn: (until: Instant) => void) => Promise<Either<Failure, A>>,
): Promise<Either<Failure, A>> => {
  let earliest = theBeginning
  const moveOn = (until: Instant): void => {
    earliest = until
  }
  const opened = await openSqlite(store, { clock: () => later(earliest, systemClock()) })()
  if (isLeft(opened)) return opened
  const keys = await openSqliteVault(vault)()
  if (isLeft(keys)) {
    await opened.right.close()
    return keys
  }
  const { events, rows } = opened.right
  const done = await work(openRegister({ events, rows, vault: keys.right, now: systemClock, newId: randomIds }), moveOn)
  const keysClosed = await keys.right.close()
  const closed = await opened.right.close()
  if (isLeft(done)) return done
  if (isLeft(keysClosed)) return keysClosed
  return isLeft(closed) ? closed : done
}

const isMissing = async (path: string): Promise<boolean> => {
  try {
    await stat(path)
    return false
  } catch {
    return true
  }
}

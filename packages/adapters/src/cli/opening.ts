// opening.ts: opens the stores that a command line names, and closes them again, also when it is broken off

import { type Instant, later, openRegister, type Register, type Settings, theBeginning } from '@smagruppe/domain'
import { type Either, isLeft, left } from 'fp-ts/lib/Either.js'
import { randomIds, systemClock } from '../node/index.ts'
import { type Stores, withoutPasswords } from './options.ts'
import { isNoRegister, openAt, type Wanted } from './places.ts'
import type { Printer } from './printer.ts'
import { rulesIn } from './rules-file.ts'
import { type SchemeName, schemeCalled } from './schemes.ts'
import { watched } from './watching.ts'

/** What ends a command before it is done: one clear line, and the exit code, 1 where left out. */
export interface Failure {
  readonly message: string
  readonly exit?: 130
}

/** Does work on a register that must be there already, by the rules in a file where one is named. */
export const withRegister = async <A>(
  stores: Stores & { readonly rules?: string; readonly scheme?: SchemeName },
  printer: Printer,
  work: (register: Register) => Promise<Either<Failure, A>>,
): Promise<Either<Failure, A>> => {
  const scheme = schemeCalled[stores.scheme ?? 'norway']
  const rules = await rulesIn(stores.rules, scheme.founding)
  if (isLeft(rules)) return rules
  const settings = { scheme, ...(rules.right === undefined ? {} : { rules: rules.right }) }
  return withOpened(stores, printer, { clock: systemClock, wanted: 'there', settings }, work)
}

/** Does work on a register that is made where there is none. `moveOn` has it record at a later time than the machine's. */
export const withNewRegister = async <A>(
  stores: Stores,
  printer: Printer,
  work: (register: Register, moveOn: (until: Instant) => void) => Promise<Either<Failure, A>>,
): Promise<Either<Failure, A>> => {
  let earliest = theBeginning
  const moveOn = (until: Instant): void => {
    earliest = until
  }
  const clock = () => later(earliest, systemClock())
  return withOpened(stores, printer, { clock, wanted: 'made', settings: {} }, (register) => work(register, moveOn))
}

const withOpened = async <A>(
  stores: Stores,
  printer: Printer,
  {
    clock,
    wanted,
    settings,
  }: { readonly clock: () => Instant; readonly wanted: Wanted; readonly settings: Pick<Settings, 'scheme' | 'rules'> },
  work: (register: Register) => Promise<Either<Failure, A>>,
): Promise<Either<Failure, A>> => {
  const opened = await openAt(stores, clock, wanted)
  if (isLeft(opened)) return wanted === 'there' && isNoRegister(stores, opened.left) ? left(missing(stores)) : opened
  const { events, close, ...ports } = opened.right
  const register = openRegister(
    { events, ...watched(ports, printer.progress), now: clock, newId: randomIds },
    {
      ...settings,
      onPage: (_, followed) => {
        if (followed > 0) printer.progress(`bringing read models up to date: ${followed} events`)
      },
    },
  )
  const done = await orInterrupted(printer.interrupted, work(register))
  const closed = await close()
  return isLeft(done) || !isLeft(closed) ? done : closed
}

const missing = ({ store, vault, projections }: Stores): Failure => {
  const words = Object.entries({ store, projections, vault }).flatMap(([option, place]) =>
    place === undefined ? [] : [`--${option} ${asTyped(withoutPasswords(place))}`],
  )
  return {
    message: `there is no register at ${withoutPasswords(store)}; make one with: smagruppe import DIR ${words.join(' ')}`,
  }
}

/** A word of a command line that a shell takes as it is. */
const asTyped = (word: string): string =>
  /[\s?&;*$()<>|'"\\]/.test(word) ? `'${word.replaceAll("'", `'\\''`)}'` : word

/** What comes first. Work that was broken off meets closed stores and ends by itself; what it had stored is whole. */
export const orInterrupted = async <A>(
  signal: AbortSignal | null,
  work: Promise<Either<Failure, A>>,
): Promise<Either<Failure, A>> => {
  if (signal === null) return work
  const broken: Either<Failure, A> = left({
    message: 'interrupted; what was stored until now is whole and stays, run the same command again to go on',
    exit: 130,
  })
  if (signal.aborted) return broken
  const over = new AbortController()
  const aborted = new Promise<Either<Failure, A>>((resolve) =>
    signal.addEventListener('abort', () => resolve(broken), { once: true, signal: over.signal }),
  )
  try {
    return await Promise.race([work, aborted])
  } finally {
    over.abort()
  }
}

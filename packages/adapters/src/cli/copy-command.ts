// copy-command.ts: smagruppe copy

import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { type Copied, type CopyError, copyRegister } from '../copying/index.ts'
import { type Failure, orInterrupted } from './opening.ts'
import { withoutPasswords } from './options.ts'
import { json } from './output.ts'
import { sourceAt, targetAt, vaultOf } from './places.ts'
import type { Printer } from './printer.ts'

export interface CopyCommandOptions {
  readonly vault?: string
  readonly toVault?: string
  readonly json?: boolean
}

/** Copies a register to another place, and tells what was copied once it is proved. */
export const copyCommand = async (
  from: string,
  to: string,
  options: CopyCommandOptions,
  printer: Printer,
): Promise<Either<Failure, void>> => {
  const copied = await copy(from, to, options, printer)
  if (isLeft(copied)) return copied
  printer.out(
    options.json === true
      ? json(copied.right)
      : `${toldOf(from, to, copied.right)
          .flatMap((line) => printer.sentence(line, 0))
          .join('\n')}\n`,
  )
  return right(undefined)
}

/** What is said of a copy, sentence by sentence. */
export const toldOf = (from: string, to: string, { events, added, persons, claims }: Copied): ReadonlyArray<string> => [
  `Copied ${withoutPasswords(from)} to ${withoutPasswords(to)}: ${events} events, ${added} of them new, and the keys of ${persons} persons.`,
  'Both were read again side by side, and hold the same.',
  ...(claims === 'in step' ? [] : [notInStep]),
]

const notInStep =
  "Doctors' records were written to all the while: the vault may say of a number what the copied log does not say yet. Copy again when less is written."

const copy = async (
  from: string,
  to: string,
  { vault, toVault }: CopyCommandOptions,
  printer: Printer,
): Promise<Either<Failure, Copied>> => {
  const fromStores = { store: from, ...(vault === undefined ? {} : { vault }) }
  const toStores = { store: to, ...(toVault === undefined ? {} : { vault: toVault }) }
  if (vaultOf(fromStores) === null) return left(keysOf(from, 'are', '--vault'))
  if (vaultOf(toStores) === null) return left(keysOf(to, 'shall go', '--to-vault'))
  const source = await sourceAt(fromStores)
  if (isLeft(source)) return source
  const target = await targetAt(toStores)
  if (isLeft(target)) {
    await source.right.close()
    return target
  }
  const copying = copyRegister(source.right, target.right, {
    onProgress: ({ step, events }) => printer.progress(`${step}: ${events} events`),
  })
  const done = await orInterrupted(printer.interrupted, outcomeOf(copying()))
  const targetClosed = await target.right.close()
  const sourceClosed = await source.right.close()
  if (isLeft(done)) return done
  if (isLeft(targetClosed)) return targetClosed
  return isLeft(sourceClosed) ? sourceClosed : done
}

const keysOf = (store: string, stand: string, option: string): Failure => ({
  message: `EventStoreDB keeps no keys of persons: say with ${option} where those of ${withoutPasswords(store)} ${stand}`,
})

const outcomeOf = async (copying: Promise<Either<CopyError, Copied>>): Promise<Either<Failure, Copied>> => {
  const copied = await copying
  return isLeft(copied) ? left({ message: whatHappened(copied.left) }) : copied
}

/** Anything that ends a copy, in one line. */
const whatHappened = (error: CopyError): string => {
  switch (error._tag) {
    case 'WrongExpectedRevision':
      return `somebody else writes to the target (${error.stream}); have them stop, and copy to another place`
    case 'DuplicateEventId':
      return `the target has event ${error.id} in another place; name another target`
    case 'AppendTooLarge':
      return `an event of ${error.bytes} bytes is more than the target takes (${error.limit})`
    case 'UnstorableText':
      return `event ${error.id} has text that the target cannot keep`
    case 'NotACopy':
      return error.message
    default:
      return `${error.message}${error.retry ? '; copy again to go on' : ''}`
  }
}

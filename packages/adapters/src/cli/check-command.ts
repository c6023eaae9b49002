// check-command.ts: smagruppe check

import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { systemClock } from '../node/index.ts'
import type { Checked } from '../stores/checking.ts'
import { type Failure, orInterrupted } from './opening.ts'
import { type Stores, withoutPasswords } from './options.ts'
import { json } from './output.ts'
import { checkAt, checkVaultAt, type Durability, openAt, vaultOf, vaultToBeNamed } from './places.ts'
import type { Printer } from './printer.ts'

export interface CheckCommandOptions extends Stores {
  readonly json?: boolean
}

/** Goes over a register and its vault; any finding is a failure. */
export const checkCommand = async (options: CheckCommandOptions, printer: Printer): Promise<Either<Failure, void>> => {
  const vault = vaultOf(options)
  if (vault === null) return left(vaultToBeNamed)
  const [store, keysAt] = [withoutPasswords(options.store), withoutPasswords(vault)]
  const over = checkAt(options.store, {
    onProgress: (events) => printer.progress(`checking ${store}: ${events} events`),
  })
  const register = await orInterrupted(printer.interrupted, over)
  if (isLeft(register)) return register
  printer.progress(`checking ${keysAt}`)
  const keys = await checkVaultAt(vault)
  if (isLeft(keys)) return keys
  const parts: Parts = [
    { name: 'register', place: store, of: 'events', checked: register.right },
    { name: 'vault', place: keysAt, of: 'keys', checked: keys.right },
  ]
  const findings = parts.reduce((sum, { checked }) => sum + checked.findings.length, 0)
  // Opened only where it is sound: that says whether the two belong together, and under which settings they are kept.
  const durability = findings === 0 ? await durabilityOf(options) : right(null)
  if (isLeft(durability)) return durability
  printer.out(
    options.json === true
      ? json({ register: partly(parts[0]), vault: partly(parts[1]), durability: durability.right })
      : told(parts, durability.right, printer),
  )
  if (findings === 0) return right(undefined)
  const found = findings === 1 ? 'one finding' : `${findings} findings`
  return left({ message: `${found}: stop writing to this register, and put a copy that has none in its place` })
}

interface Part {
  readonly name: string
  readonly place: string
  readonly of: string
  readonly checked: Checked
}
type Parts = readonly [register: Part, vault: Part]

const partly = ({ place, of, checked: { rows, findings } }: Part) => ({ place, [of]: rows, findings })

const durabilityOf = async (stores: Stores): Promise<Either<Failure, Durability>> => {
  const opened = await openAt(stores, systemClock, 'there')
  if (isLeft(opened)) return opened
  const closed = await opened.right.close()
  return isLeft(closed) ? closed : right(opened.right.durability)
}

const told = (parts: Parts, durability: Durability | null, printer: Printer): string => {
  const lines = parts.flatMap(({ name, place, of, checked: { rows, findings } }) => [
    ...printer.sentence(`The ${name} ${place}: ${rows} ${of}, ${findings.length === 0 ? 'sound' : 'not sound'}.`, 0),
    ...findings.flatMap(({ code, message }) => printer.sentence(`${code}: ${message}`, 2)),
  ])
  if (durability !== null) {
    const settings = Object.entries(durability).map(([name, value]) => `${name} ${value}`)
    lines.push(...printer.sentence(`Kept with ${settings.join(', ')}.`, 0))
  }
  return `${lines.join('\n')}\n`
}

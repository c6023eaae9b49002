// opened.ts: a register opened on stores in memory, with a clock and ids that a test can foresee

import { isLeft } from 'fp-ts/lib/Either.js'
import type { Entry } from '../kernel/correction.ts'
import { type Actor, type Recorded, uuidOf } from '../kernel/event.ts'
import type { Instant } from '../kernel/instant.ts'
import type { ProjectionStore } from '../kernel/projection-store.ts'
import { type RegisterEvent, registerEvents } from '../register/events.ts'
import { openRegister, type Register, type Settings } from '../register/register.ts'
import { anybody } from './given.ts'
import { type InMemoryLog, inMemoryLog } from './in-memory-log.ts'
import { inMemoryRows } from './in-memory-rows.ts'
import { commandNamed } from './names.ts'
import type { Step } from './random-steps.ts'
import { type TestVault, testVault } from './test-vault.ts'

/** A register with the stores it stands on. */
export interface Opened {
  readonly register: Register
  readonly log: InMemoryLog
  readonly rows: ProjectionStore
  readonly vault: TestVault
}

/** Opens an empty register. `now` is its clock and its log’s. */
export const opened = (settings: Settings = {}, now: () => Instant = () => anybody.at): Opened => {
  const log = inMemoryLog(now)
  const rows = inMemoryRows()
  const vault = testVault()
  let ids = 0
  const newId = () => {
    ids += 1
    return uuidOf('testing/new id', String(ids))
  }
  return { register: openRegister({ events: log, rows, vault, now, newId }, settings), log, rows, vault }
}

const importer: Actor = { id: 'a sheet', role: 'importer' }

/** Opens a register and carries these steps out, as an importer where a step does not say; those that are refused leave nothing behind. */
export const carriedOut = async (steps: ReadonlyArray<Step>): Promise<Opened> => {
  const empty = opened()
  for (const { name, command, knownSince, role } of steps) {
    const actor = role === undefined ? importer : { id: `the ${role}`, role }
    const asking = { actor, id: commandNamed(name), ...(knownSince === null ? {} : { knownSince }) }
    const receipt = await empty.register.execute(command, asking)()
    if (isLeft(receipt) && receipt.left._tag !== 'Refused') {
      throw new Error(`${command.type} of ${name} came to ${receipt.left._tag}: ${JSON.stringify(receipt.left)}`)
    }
  }
  return empty
}

/** Everything that the log of a register holds, decoded. */
export const historyOfLog = ({ log }: InMemoryLog): ReadonlyArray<Recorded<Entry<RegisterEvent>>> =>
  log.map((stored) => {
    const decoded = registerEvents.decode(stored)
    if (isLeft(decoded)) throw new Error(decoded.left.reason)
    return decoded.right
  })

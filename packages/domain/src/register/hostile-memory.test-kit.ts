// hostile-memory.test-kit.ts: hostile commands, each large, to be executed in little memory

import { isLeft } from 'fp-ts/lib/Either.js'
import { everyCommand } from '../testing/every-command.ts'
import { traps } from '../testing/hostile-values.ts'
import { opened } from '../testing/opened.ts'

const { register, log } = opened()
const asking = { actor: { id: 'anybody', role: 'importer' } }
const { data } = everyCommand.ReportSessionHeld

const large: ReadonlyArray<() => unknown> = [
  ...Object.values(traps),
  ...Object.values(traps).map((trap) => () => ({ type: 'ReportSessionHeld', data: { ...data, attendance: trap() } })),
  () => ({ type: 'ReportSessionHeld', data: { ...data, attendance: Array.from({ length: 29_000 }, () => ({})) } }),
  () => ({ type: 'ReportSessionHeld', data: { ...data, attendance: Array.from({ length: 1_000_000 }, () => ({})) } }),
  () => ({ type: 'ReportSessionHeld', data: { ...data, groups: Array.from({ length: 29_000 }, () => 'G1') } }),
  () => ({ type: 'ReportSessionHeld', data: { ...data, zone: 'A'.repeat(1_000_000) } }),
  () => ({ type: 'A'.repeat(1_000_000), data }),
  () => ({ type: 'AddMember', data: Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`field ${n}`, n])) }),
]

/** Executes so many of them, and counts what was refused and what is stored. */
export const executed = async (commands: number): Promise<{ readonly refused: number; readonly stored: number }> => {
  let refused = 0
  for (let n = 0; n < commands; n += 1) {
    const command = large[n % large.length]?.()
    if (isLeft(await register.execute(command, asking)())) refused += 1
  }
  return { refused, stored: log.log.length }
}

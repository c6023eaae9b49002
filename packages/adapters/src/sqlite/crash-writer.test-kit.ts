// crash-writer.test-kit.ts: a process for the crash tests, which appends batches or builds read models until it is killed

import { createInterface } from 'node:readline'
import { catchUp, type Position, rebuild } from '@smagruppe/domain'
import { rightOf } from '../contract/case.ts'
import { systemClock } from '../node/index.ts'
import { appendBatches, counting } from '../stores/batches.test-kit.ts'
import { appendForEver, followForEver, say } from '../stores/crash-work.test-kit.ts'
import { openSqlite, type SqliteRegister } from './index.ts'

/** What the process is asked to do. */
export type Orders =
  | { readonly path: string; readonly work: 'append'; readonly name: string; readonly writers: number }
  | { readonly path: string; readonly work: 'build'; readonly versions: ReadonlyArray<number> }
  | { readonly path: string; readonly work: 'turns'; readonly turns: ReadonlyArray<ReadonlyArray<string>> }

/** Orders as the process reads them from its standard input. */
export const inOneLine = (orders: Orders): string => JSON.stringify(orders)

/** Goes on with the counts of each version where somebody left them, has them serve, and builds them anew. */
const build = async (register: SqliteRegister, versions: ReadonlyArray<number>): Promise<void> => {
  for (const version of versions) {
    const onPage = (through: Position): void => say('counted', version, through)
    rightOf(await catchUp({ ...counting(register, version), pageSize: 8, onPage })())
    say('serves', version)
    rightOf(await rebuild({ ...counting(register, version), pageSize: 8, onPage })())
    say('rebuilt', version)
  }
}

/** Appends the batches of each turn together, then closes the register. */
const takeTurns = async (register: SqliteRegister, turns: ReadonlyArray<ReadonlyArray<string>>): Promise<void> => {
  for (const names of turns) {
    say('turn')
    const receipts = await appendBatches(register, names)
    for (const [i, { first, last, position }] of receipts.entries())
      say('stored', names[i] ?? '', first, last, position)
  }
  rightOf(await register.close())
}

const carryOut = async (orders: Orders): Promise<void> => {
  const register = rightOf(await openSqlite(orders.path, { clock: systemClock })())
  say('opened')
  if (orders.work === 'turns') await takeTurns(register, orders.turns)
  else if (orders.work === 'build') await build(register, orders.versions)
  else {
    const writers = Array.from({ length: orders.writers }, (_, w) => appendForEver(register, `${orders.name}.${w}`))
    await Promise.all([...writers, followForEver(register)])
  }
}

if (process.argv[1] === import.meta.filename) {
  say('ready')
  for await (const line of createInterface(process.stdin)) await carryOut(JSON.parse(line))
}

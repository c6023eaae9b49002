// gate.test-kit.ts: loaded in front of the command by the crash tests: has its modules read, waits for a line, counts its calls

import { once } from 'node:events'
import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { StatementSync } from 'node:sqlite'
import { Client } from 'pg'

/** At which call to its database the process kills itself, or says `now` for another to kill it. */
export interface Order {
  readonly call: number
  readonly killedBy: 'itself' | 'another'
}

/** An order as the process reads it from its standard input. */
export const inOneLine = (order: Order): string => JSON.stringify(order)

if (process.execArgv.includes(import.meta.filename)) {
  await import('./index.ts')
  writeSync(1, 'ready\n')
  const { call, killedBy }: Order = JSON.parse(String(await once(createInterface(process.stdin), 'line')))
  let calls = 0
  const counted = (): void => {
    calls += 1
    if (calls !== call) return
    if (killedBy === 'itself') process.kill(process.pid, 'SIGKILL')
    writeSync(1, 'now\t\n')
  }
  const counting = <F extends (...values: never[]) => unknown>(method: F): F =>
    new Proxy(method, {
      apply: (called, statement, values) => {
        counted()
        return Reflect.apply(called, statement, values)
      },
    })
  StatementSync.prototype.run = counting(StatementSync.prototype.run)
  StatementSync.prototype.get = counting(StatementSync.prototype.get)
  StatementSync.prototype.all = counting(StatementSync.prototype.all)
  Client.prototype.query = counting(Client.prototype.query)
  process.on('exit', () => writeSync(1, `calls\t${calls}\n`))
}

// crash-process.test-kit.ts: a process for the crash tests, which appends, subscribes and builds read models until it is killed

import { createInterface } from 'node:readline'
import { position } from '@smagruppe/domain'
import { rightOf } from '../contract/case.ts'
import { systemClock } from '../node/index.ts'
import { appendForEver, followForEver, say } from '../stores/crash-work.test-kit.ts'
import { openPostgres, type PostgresRegister } from './index.ts'

/** What the process is asked to do. */
export interface Orders {
  readonly url: string
  readonly schema: string
  readonly name: string
  readonly writers: number
  /** How far its subscriber has come in an earlier life. */
  readonly after: number
}

/** Orders as the process reads them from its standard input. */
export const inOneLine = (orders: Orders): string => JSON.stringify(orders)

/** What is said of a page is what a subscriber keeps: how far it has come, and what it has seen on the way. */
const subscribe = async ({ events }: PostgresRegister, after: number): Promise<void> => {
  for await (const page of events.subscribe({ after: position(after), pageSize: 50 })) {
    const { through, events } = rightOf(page)
    say('saw', through, ...events.map(({ id }) => id))
  }
}

const carryOut = async ({ url, schema, name, writers, after }: Orders): Promise<void> => {
  const register = rightOf(await openPostgres(url, { clock: systemClock, schema, pollMs: 100 })())
  say('opened')
  const follow = register.alone({ on: 'counts' }, async () => {
    say('alone', '')
    await followForEver(register)
  })
  const writing = Array.from({ length: writers }, (_, w) => appendForEver(register, `${name}.${w}`, 600))
  await Promise.all([...writing, subscribe(register, after), follow().then(rightOf)])
}

if (process.argv[1] === import.meta.filename) {
  say('ready')
  for await (const line of createInterface(process.stdin)) await carryOut(JSON.parse(line))
}

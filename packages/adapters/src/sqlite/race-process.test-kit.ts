// race-process.test-kit.ts: a process that takes part in a race over one file

import { createInterface } from 'node:readline'
import { rightOf } from '../contract/case.ts'
import { systemClock } from '../node/index.ts'
import { say } from '../stores/crash-work.test-kit.ts'
import { type Part, takePart } from '../stores/racing.test-kit.ts'
import { openSqlite } from './index.ts'

/** What the process is asked to do. */
export interface Orders {
  readonly path: string
  readonly part: Part
}

if (process.argv[1] === import.meta.filename) {
  say('ready')
  for await (const line of createInterface(process.stdin)) {
    const { path, part }: Orders = JSON.parse(line)
    const register = rightOf(await openSqlite(path, { clock: systemClock, busyTimeoutMs: 60_000, pollMs: 20 })())
    await takePart(register, part, say)
    rightOf(await register.close())
  }
}

// crash-work.test-kit.ts: what a process does until it is killed, and how it says so

import { writeSync } from 'node:fs'
import { any, catchUp } from '@smagruppe/domain'
import { rightOf } from '../contract/case.ts'
import { appended } from '../contract/samples.ts'
import { batchNamed, chanceFrom, counting, fullSize, type Stores } from './batches.test-kit.ts'

// Not through `process.stdout`: a line is with its reader before the next statement runs.
export const say = (...words: ReadonlyArray<string | number>): void => void writeSync(1, `${words.join('\t')}\n`)

/** Appends one batch after the other; at full size some of them are giants. */
export const appendForEver = async ({ events: log }: Pick<Stores, 'events'>, writer: string): Promise<never> => {
  const chance = chanceFrom(writer)
  for (let i = 0; ; i += 1) {
    const name = `${fullSize && chance.below(80) === 0 ? 'giant' : 'batch'} ${writer} ${i}`
    const { stream, events } = batchNamed(name)
    say('asked', name)
    const { first, last, position } = await appended(log, stream, any, ...events)
    say('stored', name, first, last, position)
  }
}

/** Carries the counts on while others write. */
export const followForEver = async (register: Stores): Promise<never> => {
  for (;;) {
    rightOf(await catchUp({ ...counting(register), pageSize: 16 })())
    await new Promise((resolve) => setImmediate(resolve))
  }
}

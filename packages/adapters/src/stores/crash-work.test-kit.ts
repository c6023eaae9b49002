// crash-work.test-kit.ts: what a process does until it is killed, how it says so, and what it told

import { writeSync } from 'node:fs'
import { type Appended, any, catchUp, position, revision } from '@smagruppe/domain'
import { rightOf } from '../contract/case.ts'
import { appended } from '../contract/samples.ts'
import { batchNamed, chanceFrom, counting, fullSize, type Stores } from './batches.test-kit.ts'
import type { Standing } from './whole-batches.test-kit.ts'

// Not through `process.stdout`: a line is with its reader before the next statement runs.
export const say = (...words: ReadonlyArray<string | number>): void => void writeSync(1, `${words.join('\t')}\n`)

/** Appends one batch after the other; at full size one in so many of them is a giant. */
export const appendForEver = async (
  { events: log }: Pick<Stores, 'events'>,
  writer: string,
  oneGiantIn = 80,
): Promise<never> => {
  const chance = chanceFrom(writer)
  for (let i = 0; ; i += 1) {
    const name = `${fullSize && chance.below(oneGiantIn) === 0 ? 'giant' : 'batch'} ${writer} ${i}`
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

/** What a subscriber has seen, in its order, and how far it has come. */
export interface Seen {
  readonly ids: ReadonlyArray<string>
  readonly through: number
}

/** What a process told of its life, in lines of words. */
export interface Told {
  /** What its batches were answered. */
  readonly answered: Standing
  /** The batches that it had asked to be stored, and that have no answer. */
  readonly unanswered: ReadonlyArray<string>
  /** What its subscriber saw, and how far it came; null where it saw nothing yet. */
  readonly saw: Seen | null
  /** Whether it came so far as to say that word. */
  readonly came: (to: string) => boolean
}

export const toldBy = (said: ReadonlyArray<ReadonlyArray<string>>): Told => {
  const answered = new Map<string, Appended>()
  for (const [what, name = '', first, last, at] of said) {
    if (what !== 'stored') continue
    const { stream } = batchNamed(name)
    const [from, to, end] = [revision(Number(first)), revision(Number(last)), position(Number(at))]
    answered.set(name, { stream, first: from, last: to, position: end })
  }
  const pages = said.filter(([what]) => what === 'saw')
  return {
    answered,
    unanswered: said.flatMap(([what, name = '']) => (what === 'asked' && !answered.has(name) ? [name] : [])),
    saw:
      pages.length === 0
        ? null
        : { ids: pages.flatMap(([, , ...ids]) => ids), through: Number(pages.at(-1)?.[1] ?? 0) },
    came: (to) => said.some(([what]) => what === to),
  }
}

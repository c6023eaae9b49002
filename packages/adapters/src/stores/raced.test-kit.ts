// raced.test-kit.ts: a race over processes, and what is found of a race when all have come in

import { expect } from 'vitest'
import type { Stores } from './batches.test-kit.ts'
import { readyProcess } from './crash.test-kit.ts'
import { toldBy } from './crash-work.test-kit.ts'
import type { Part } from './racing.test-kit.ts'
import { lookedAt, nothingWrong, type Wrongs, wrongsIn } from './whole-batches.test-kit.ts'

/** What a member of a race told: lines of words. */
export type Told = ReadonlyArray<ReadonlyArray<string>>

/** Gives each part to a process of its own, and waits for their ends; `ordersFor` is the line that tells a process of its part. */
export const racedInProcesses = async (
  program: string,
  parts: ReadonlyArray<Part>,
  ordersFor: (part: Part) => unknown,
): Promise<ReadonlyArray<Told>> => {
  const waiting = await Promise.all(parts.map(async (part) => ({ part, process: await readyProcess([program]) })))
  const ended = await Promise.all(waiting.map(({ part, process }) => process.ended(JSON.stringify(ordersFor(part)))))
  expect(ended.map(({ code, complaint }) => [code, complaint])).toEqual(parts.map(() => [0, '']))
  return ended.map(({ said }) => said)
}

/** What a race came to. */
export interface Raced {
  readonly events: number
  readonly appends: number
  /** What is wrong with the log, by the answers of all writers. */
  readonly wrong: Wrongs
  /** What is wrong with what was seen by whoever tailed the log, by the log. */
  readonly wrongInTheTail: Wrongs
  /** How far each read model came. */
  readonly counted: ReadonlyArray<number>
}

/** Fails unless all that was written is in the log once, in the order in which it was answered and seen, and in the read models. */
export const expectNothingWrong = (raced: Raced, events: number): void => {
  expect([raced.wrong, raced.wrongInTheTail]).toEqual([nothingWrong, nothingWrong])
  expect(raced.events).toBeGreaterThanOrEqual(events)
  expect(raced.counted).toEqual([raced.events, raced.events])
}

/** Looks at all that is there after a race, with what each of its members told. Batches are whole there, and rows as a replay gives them. */
export const lookedAtRace = async (stores: Stores, told: ReadonlyArray<Told>): Promise<Raced> => {
  const { answered, saw } = toldBy(told.flat())
  const { log, builds } = await lookedAt(stores)
  const ids: ReadonlyArray<string> = log.map(({ id }) => id)
  const seen = saw?.ids ?? []
  const once = new Set(seen)
  return {
    events: log.length,
    appends: answered.size,
    wrong: wrongsIn(log, answered),
    wrongInTheTail: {
      lost: ids.filter((id) => !once.has(id)).length,
      twice: seen.length - once.size,
      reordered: seen.filter((id, i) => id !== ids[i]).length,
    },
    counted: builds.filter(({ serves }) => serves).map(({ checkpoint }) => checkpoint),
  }
}

// racing.test-kit.ts: a race of several processes or instances over one log, and what is found of it when all have come in

import { any, catchUp } from '@smagruppe/domain'
import { expect } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { appended } from '../contract/samples.ts'
import { batchNamed, counting, type Stores, seed } from './batches.test-kit.ts'
import { readyProcess } from './crash.test-kit.ts'
import { toldBy } from './crash-work.test-kit.ts'
import { lookedAt, nothingWrong, type Wrongs, wrongsIn } from './whole-batches.test-kit.ts'

/** What one process or one instance does in a race. */
export type Part =
  | { readonly work: 'write'; readonly batches: ReadonlyArray<ReadonlyArray<string>> }
  | { readonly work: 'tail' | 'count'; readonly until: number }

/** Who races: so many instances with so many writers each, with batches of all sizes or of one event. */
export interface Field {
  readonly instances: number
  readonly writers: number
  readonly events: number
  readonly sizes: 'all' | 'single'
}

/** What a member of a race told: lines of words. */
export type Told = ReadonlyArray<ReadonlyArray<string>>

export type Say = (...words: ReadonlyArray<string | number>) => void

/** The parts of the writers, with so many events in all, or some more; then of one who tails the log, and one who counts in it. */
export const partsOf = ({ instances, writers, events, sizes }: Field): ReadonlyArray<Part> => {
  let total = 0
  const batchesOf = (writer: string): ReadonlyArray<string> => {
    const names: string[] = []
    for (let share = events / instances / writers; share > 0; ) {
      const name = `${sizes === 'single' ? 'single' : 'batch'} race ${seed} ${writer} ${names.length}`
      const { length } = batchNamed(name).events
      names.push(name)
      share -= length
      total += length
    }
    return names
  }
  const writing = Array.from({ length: instances }, (_, i) => ({
    work: 'write' as const,
    batches: Array.from({ length: writers }, (_, w) => batchesOf(`${i}.${w}`)),
  }))
  return [...writing, { work: 'tail', until: total }, { work: 'count', until: total }]
}

/** Takes that part, and says what came of it. */
export const takePart = async (stores: Stores, part: Part, say: Say): Promise<void> => {
  if (part.work === 'write') await Promise.all(part.batches.map((names) => write(stores, names, say)))
  else if (part.work === 'tail') await tail(stores, part.until, say)
  else await count(stores, part.until, say)
}

const write = async ({ events: log }: Stores, names: ReadonlyArray<string>, say: Say): Promise<void> => {
  for (const name of names) {
    const { stream, events } = batchNamed(name)
    say('asked', name)
    const { first, last, position } = await appended(log, stream, any, ...events)
    say('stored', name, first, last, position)
  }
}

// What is hidden from a reader for good never comes: then he ends without it, and it is counted as lost.
const patienceMs = 60_000

const tail = async ({ events: log }: Stores, until: number, say: Say): Promise<void> => {
  const done = new AbortController()
  let patience = setTimeout(() => done.abort(), patienceMs)
  let seen = 0
  for await (const page of log.subscribe({ signal: done.signal, pageSize: 50 })) {
    const { events, through } = rightOf(page)
    clearTimeout(patience)
    patience = setTimeout(() => done.abort(), patienceMs)
    seen += events.length
    say('saw', through, ...events.map(({ id }) => id))
    if (seen >= until) done.abort()
  }
  clearTimeout(patience)
}

/** Builds two read models while others write, as whoever carries them on in an app. */
const count = async (stores: Stores, until: number, say: Say): Promise<void> => {
  let moved = Date.now()
  for (let through = 0; through < until && Date.now() - moved < patienceMs; ) {
    const carried = rightOf(await catchUp({ ...counting(stores), pageSize: 100 })())
    if (carried.through > through) moved = Date.now()
    through = carried.through
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  say('counted', '')
}

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

// racing.test-kit.ts: what each process or instance does in a race over one log

import { any, catchUp } from '@smagruppe/domain'
import { rightOf } from '../contract/case.ts'
import { appended } from '../contract/samples.ts'
import { batchNamed, counting, type Stores, seed } from './batches.test-kit.ts'

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

/** Hears what a member of a race tells, in lines of words. */
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

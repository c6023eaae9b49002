// batches.test-kit.ts: for the crash tests: batches whose names say what is in them, read models of them, and chance from a seed

import {
  type Appended,
  any,
  type CatchUp,
  commandIdOf,
  defineProjection,
  type EventCatalogue,
  type EventOf,
  type EventStore,
  emptyCatalogue,
  eventIdOf,
  eventType,
  follower,
  type NewEvent,
  type NonEmpty,
  type Projection,
  type ProjectionStore,
  type StreamName,
} from '@smagruppe/domain'
import * as t from 'io-ts'
import { appended, event, stream } from '../contract/samples.ts'

/** Whether the tests run at the size that takes minutes: `pnpm test:crash`. */
export const fullSize = process.env.SMAGRUPPE_FULL === '1'

/** What a run begins from: printed by every test that uses chance, and set by SMAGRUPPE_SEED to have the same again. */
export const seed = process.env.SMAGRUPPE_SEED ?? String(Date.now() % 1_000_000)

/** Chance that the same text gives again. */
export interface Chance {
  /** From 0 up to, and without, `end`. */
  readonly below: (end: number) => number
  readonly oneOf: <A>(first: A, ...others: ReadonlyArray<A>) => A
}

export const chanceFrom = (text: string): Chance => {
  // FNV-1a into mulberry32.
  let state = [...text].reduce((hash, letter) => Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16777619), 2166136261)
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), state | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296
  }
  const below = (end: number): number => Math.floor(next() * end)
  return { below, oneOf: (first, ...others) => [first, ...others][below(others.length + 1)] ?? first }
}

const Part = eventType('Part', t.type({ batch: t.string, index: t.number, of: t.number, text: t.string }))
type Part = EventOf<typeof Part>

export const parts: EventCatalogue<Part> = emptyCatalogue.with(Part)

/** Events that are appended together. */
export interface Batch {
  readonly stream: StreamName
  readonly events: NonEmpty<NewEvent>
}

/** More than SQLite keeps in memory (2 MB), so that it writes to the log long before the commit. */
const giant = { of: 300, letters: 12_000 }

/** The batch of that name; one whose name begins with `giant` is larger than SQLite's memory. */
export const batchNamed = (name: string): Batch => {
  const known = made.get(name) ?? makeBatch(name)
  made.set(name, known)
  return known
}

const made = new Map<string, Batch>()

const makeBatch = (name: string): Batch => {
  const chance = chanceFrom(name)
  const { of, letters } = name.startsWith('giant')
    ? giant
    : { of: chance.oneOf(1, 1, 1, 2, 3, 8, 20), letters: chance.oneOf(0, 20, 300, 300, 2_000) }
  const causation = commandIdOf('batch', name)
  const part = (index: number): NewEvent =>
    event(name, {
      id: eventIdOf(causation, index),
      causation,
      type: 'Part',
      data: JSON.stringify({ batch: name, index, of, text: String(index % 10).repeat(letters) }),
    })
  return {
    stream: stream(`batches ${chance.below(5)}`),
    events: [part(0), ...Array.from({ length: of - 1 }, (_, i) => part(i + 1))],
  }
}

/** The log, and the rows of the read models of it. */
export interface Stores {
  readonly events: EventStore
  readonly rows: ProjectionStore
}

/** Appends these batches in one turn. */
export const appendBatches = (
  { events }: Pick<Stores, 'events'>,
  names: ReadonlyArray<string>,
): Promise<ReadonlyArray<Appended>> =>
  Promise.all(
    names.map((name) => {
      const batch = batchNamed(name)
      return appended(events, batch.stream, any, ...batch.events)
    }),
  )

/** How many parts each batch has, and how many each stream: two read models that go on at each event. */
export const countsOf = (version: number): ReadonlyArray<Projection<Part, number>> => {
  const counted = { version, kind: 'current', handles: new Set(['Part']), row: t.number } as const
  return [
    defineProjection<Part, number>({
      ...counted,
      name: 'parts by batch',
      keys: ({ event }) => ('batch' in event.data ? [event.data.batch] : []),
      evolve: (count) => (count ?? 0) + 1,
    }),
    defineProjection<Part, number>({
      ...counted,
      name: 'parts by stream',
      keys: ({ stream }) => [stream],
      evolve: (count) => (count ?? 0) + 1,
    }),
  ]
}

/** The counts of that version, as `catchUp` and `rebuild` take them. */
export const counting = (
  { events, rows }: Stores,
  version = 1,
): Pick<CatchUp<Part>, 'events' | 'rows' | 'catalogue' | 'followers'> => ({
  events,
  rows,
  catalogue: parts,
  followers: countsOf(version).map(follower),
})

// builds.test-kit.ts: rows are what a replay gives, whatever versions, rebuilds, retries and processes there were, on stores of any kind

import {
  any,
  type CatchUp,
  catchUp,
  commandIdOf,
  defineProjection,
  type Entry,
  type EventCatalogue,
  type EventOf,
  type EventStore,
  emptyCatalogue,
  encodeRow,
  eventIdOf,
  eventType,
  follower,
  isOlder,
  type KeptBuild,
  type ProjectionStore,
  promised,
  type Recorded,
  rebuild,
  replay,
  retryQuarantine,
} from '@smagruppe/domain'
import fc from 'fast-check'
import { isLeft } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { expect } from 'vitest'
import { appended, event, eventsOf, noon, stream } from '../contract/samples.ts'
import type { NewSite } from './commands.test-kit.ts'
import { beginning } from './like-memory.test-kit.ts'

const said = eventType('Said', t.strict({ word: t.string }))
const forgot = eventType('Forgot', t.strict({ word: t.string }))
type Talk = EventOf<typeof said> | EventOf<typeof forgot>

/** Two releases: the later one reads a second version of `Said`. */
const catalogues: Readonly<Record<'earlier' | 'later', EventCatalogue<Talk>>> = {
  earlier: emptyCatalogue.with(said).with(forgot),
  later: emptyCatalogue.with(said.next(t.strict({ word: t.string }), (older) => older)).with(forgot),
}

/** How often a word was said since it was last forgotten, times the version: a late event in another's place would show. */
const words = (version: number) =>
  defineProjection<Talk, number>({
    name: 'words',
    version,
    kind: 'current',
    handles: new Set(['Said', 'Forgot']),
    keys: ({ event }) => ('word' in event.data ? [event.data.word] : []),
    evolve: (row, { event }) => (event.type === 'Said' ? (row ?? 0) + version : null),
    row: t.number,
  })

/** Where each word was forgotten last. */
const forgotten = (version: number) =>
  defineProjection<Talk, number>({
    name: 'forgotten',
    version,
    kind: 'current',
    handles: new Set(['Forgot']),
    keys: ({ event }) => ('word' in event.data ? [event.data.word] : []),
    evolve: (_row, { position }) => position * version,
    row: t.number,
  })

const projections = { words, forgotten }

interface Release {
  readonly version: number
  readonly reads: 'earlier' | 'later'
  readonly follows: ReadonlyArray<'words' | 'forgotten'>
}

const newest: Release = { version: 2, reads: 'later', follows: ['words', 'forgotten'] }

type Work =
  | { readonly does: 'say'; readonly type: string; readonly version: number; readonly word: string }
  | { readonly does: 'catch up'; readonly by: Release; readonly pageSize: number; readonly pages: number }
  | { readonly does: 'retry'; readonly by: Release; readonly pageSize: number; readonly pages: number }
  | {
      readonly does: 'rebuild'
      readonly by: Release
      readonly pageSize: number
      readonly pages: number
      readonly from: 'nothing' | 'what is there'
    }

const release: fc.Arbitrary<Release> = fc.record({
  version: fc.integer({ min: 1, max: newest.version }),
  reads: fc.constantFrom('earlier', 'later'),
  follows: fc.constantFrom(newest.follows, newest.follows, ['words'], ['forgotten']),
})
const followed = { by: release, pageSize: fc.integer({ min: 1, max: 3 }), pages: fc.integer({ min: 1, max: 4 }) }
const anyWork: fc.Arbitrary<Work> = fc.oneof(
  {
    arbitrary: fc.record({
      does: fc.constant('say' as const),
      type: fc.constantFrom('Said', 'Said', 'Forgot'),
      version: fc.constantFrom(1, 1, 2),
      word: fc.constantFrom('a', 'b'),
    }),
    weight: 4,
  },
  { arbitrary: fc.record({ does: fc.constant('catch up' as const), ...followed }), weight: 2 },
  { arbitrary: fc.record({ does: fc.constant('retry' as const), ...followed }), weight: 1 },
  {
    arbitrary: fc.record({
      does: fc.constant('rebuild' as const),
      from: fc.constantFrom('nothing' as const, 'what is there' as const),
      ...followed,
    }),
    weight: 2,
  },
)

/** What is done one after the other; what stands together is done at once. */
const history = fc.array(fc.array(anyWork, { minLength: 1, maxLength: 3 }), { maxLength: 14 })

interface Stores {
  readonly events: EventStore
  readonly rows: ProjectionStore
}

/** The stores, where each call waits for its turn. */
const inTurns = ({ events, rows }: Stores, turn: () => Promise<unknown>): Stores => ({
  events,
  rows: {
    ...rows,
    kept: async () => {
      await turn()
      return rows.kept()
    },
    commit:
      (...committed) =>
      async () => {
        await turn()
        return rows.commit(...committed)()
      },
    serve:
      (...served) =>
      async () => {
        await turn()
        return rows.serve(...served)()
      },
  },
})

let saying = 0

const carriedOut = async (stores: Stores, work: Work): Promise<void> => {
  if (work.does === 'say') {
    saying += 1
    const causation = commandIdOf('saying', String(saying))
    const { type, version, word } = work
    const said = { id: eventIdOf(causation, 0), causation, type, version, data: JSON.stringify({ word }) }
    await appended(stores.events, stream('talk'), any, event('talk', said))
    return
  }
  const { by, pageSize, pages } = work
  const stop = new AbortController()
  let seen = 0
  const onPage = (): void => {
    seen += 1
    if (seen === pages) stop.abort()
  }
  const task = { ...taskOf(stores, by), pageSize, onPage, signal: stop.signal }
  const result = await (work.does === 'rebuild'
    ? rebuild({ ...task, from: work.from })
    : work.does === 'retry'
      ? retryQuarantine(task)
      : catchUp(task))()
  // Stopped, or a release that knows only older rows: nothing else can be.
  if (isLeft(result) && result.left._tag === 'StoreFailure') expect(result.left.reason).toBe('Superseded')
}

const taskOf = ({ events, rows }: Stores, { version, reads, follows }: Release): CatchUp<Talk> => ({
  events,
  rows,
  catalogue: catalogues[reads],
  followers: follows.map((name) => follower(projections[name](version))),
})

/** Each build holds what a replay gives of all that it has seen but what it lacks; of each name one serves, and none is older. */
const expectReplays = async ({ events, rows }: Stores): Promise<ReadonlyArray<KeptBuild>> => {
  const all = await readable(events)
  const builds = await promised(rows.kept)
  const serving = builds.filter(({ serves }) => serves)
  expect(new Set(serving.map(({ name }) => name)).size).toBe(serving.length)
  for (const build of builds) {
    expect(serving.some((one) => one.name === build.name && isOlder(build, one))).toBe(false)
    const lacking = new Set((await promised(rows.quarantined(build))).map(({ position }) => position))
    expect(lacking.size).toBe(build.quarantined)
    const seen = all.filter(({ position }) => position <= build.checkpoint && !lacking.has(position))
    const projection = build.name === 'words' ? words(build.version) : forgotten(build.version)
    const expected = [...replay(projection, seen)].map(([key, row]) => ({ key, row: encodeRow(projection, row) }))
    const kept = await promised(rows.list(build, { limit: 1_000 }))
    expect([build, kept]).toEqual([build, expected.sort((one, other) => (one.key < other.key ? -1 : 1))])
  }
  return serving
}

/** All that the later release can read; it knows no second version of `Forgot`. */
const readable = async (events: EventStore): Promise<ReadonlyArray<Recorded<Entry<Talk>>>> => {
  const decoded: Recorded<Entry<Talk>>[] = []
  for (const stored of await eventsOf(events.readAll())) {
    const one = catalogues.later.decode(stored)
    if (!isLeft(one)) decoded.push(one.right)
  }
  return decoded
}

const expectToHold = async (
  stores: Stores,
  steps: ReadonlyArray<ReadonlyArray<Work>>,
  scheduler: fc.Scheduler,
): Promise<void> => {
  const turns = inTurns(stores, () => scheduler.schedule(Promise.resolve()))
  let before = await expectReplays(stores)
  for (const together of steps) {
    await scheduler.waitFor(Promise.all(together.map((work) => carriedOut(turns, work))))
    const after = await expectReplays(stores)
    for (const { name, checkpoint } of before) {
      // Readers do not go back in time, whatever is switched to.
      expect(after.find((one) => one.name === name)?.checkpoint).toBeGreaterThanOrEqual(checkpoint)
    }
    before = after
  }
  const last = taskOf(stores, newest)
  await promised(retryQuarantine(last))
  expect((await expectReplays(stores)).map(({ version }) => version)).toEqual([newest.version, newest.version])
  // What is left in the quarantine no release can read.
  expect(await promised(retryQuarantine(last))).toEqual({ readable: 0, rebuilt: [] })
}

/** What is done with rows goes through two handles turn about, as if two processes did it. */
const throughBoth = (one: Stores, other: Stores): Stores => {
  let calls = 0
  const either = (): ProjectionStore => {
    calls += 1
    return calls % 2 === 0 ? one.rows : other.rows
  }
  const rows: ProjectionStore = {
    kept: () => either().kept(),
    checkpoint: (...asked) => either().checkpoint(...asked),
    get: (...asked) => either().get(...asked),
    getMany: (...asked) => either().getMany(...asked),
    list: (...asked) => either().list(...asked),
    quarantined: (...asked) => either().quarantined(...asked),
    commit: (...committed) => either().commit(...committed),
    serve: (...served) => either().serve(...served),
  }
  return { events: one.events, rows }
}

/** Tries so many histories, each on new stores that are open twice, and tells from what it began. */
export const expectReplayedRows = async (what: string, newSite: NewSite, runs: number): Promise<void> => {
  const { seed, path } = beginning()
  console.log(`builds in ${what}: ${runs} runs, SMAGRUPPE_SEED=${seed}`)
  await fc.assert(
    fc.asyncProperty(history, fc.scheduler(), async (steps, scheduler) => {
      const site = await newSite(() => noon)
      const [one, other] = [await site.open(), await site.open()]
      try {
        await expectToHold(throughBoth(one, other), steps, scheduler)
      } finally {
        await one.close()
        await other.close()
        await site.remove()
      }
    }),
    { numRuns: runs, seed, ...(path === undefined ? {} : { path }) },
  )
}

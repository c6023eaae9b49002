// like-memory.property.test.ts: whatever is asked of it, SQLite answers as memory does

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  any,
  type EventStore,
  type ExpectedRevision,
  exactly,
  noStream,
  type ProjectionStore,
  position,
  type ReadAll,
  revision,
  streamExists,
} from '@smagruppe/domain'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { event, noon, pagesOf, secondsAfter, stream } from '../contract/samples.ts'
import { memoryEventStore, memoryProjectionStore } from '../memory/index.ts'
import { openSqlite } from './index.ts'

const streams = ['a', 'b'].flatMap((name) => ['group', 'session'].map((category) => stream(name, category)))

const expected: fc.Arbitrary<ExpectedRevision> = fc.oneof(
  fc.constantFrom(any, noStream, streamExists),
  fc.nat(6).map((n) => exactly(revision(n))),
)
const events = fc
  .array(
    fc.record({
      name: fc.nat(25).map(String),
      type: fc.constantFrom('One', 'Two'),
      data: fc.string({ unit: fc.constantFrom('a', '\ud800', '😀', '"'), maxLength: 3 }),
      knownSince: fc.option(fc.integer({ min: -100, max: 100 }), { nil: null }),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((all) =>
    all.map(({ name, type, data, knownSince }) =>
      event(name, { type, data, knownSince: knownSince === null ? null : secondsAfter(noon, knownSince) }),
    ),
  )
const append = fc.record({
  to: fc.constantFrom(...streams),
  expected,
  events,
  clock: fc.integer({ min: -50, max: 50 }),
})

const readAll: fc.Arbitrary<ReadAll> = fc.record(
  {
    after: fc.nat(20).map(position),
    until: fc.nat(20).map(position),
    types: fc.subarray(['One', 'Two', 'Three']),
    category: fc.constantFrom('group', 'session', 'doctor'),
    pageSize: fc.nat(7),
  },
  { requiredKeys: [] },
)

const key = fc.string({ unit: fc.constantFrom('a', 'b', '\ue000', '\uffff', '😀', '\u{10ffff}'), maxLength: 3 })
const commit = fc.record({
  changes: fc.array(fc.record({ key, row: fc.option(fc.string(), { nil: null }) }), { maxLength: 6 }),
  from: fc.nat(3).map(position),
  to: fc.nat(3).map(position),
})
const list = fc.record({ prefix: key, after: key, limit: fc.nat(8) }, { requiredKeys: ['limit'] })

/** Runs the check on a new SQLite register whose clock a test sets. */
const onSqlite = async (
  clock: () => number,
  check: (events: EventStore, rows: ProjectionStore) => Promise<void>,
): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'smagruppe-'))
  const register = rightOf(
    await openSqlite(join(folder, 'register.sqlite'), { clock: () => secondsAfter(noon, clock()) })(),
  )
  try {
    await check(register.events, register.rows)
  } finally {
    rightOf(await register.close())
    rmSync(folder, { recursive: true })
  }
}

test('SQLite answers every append and every reading as memory does', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(append, { maxLength: 20 }),
      fc.array(readAll, { maxLength: 6 }),
      async (appends, readings) => {
        let seconds = 0
        const model = memoryEventStore({ clock: () => secondsAfter(noon, seconds) })
        await onSqlite(
          () => seconds,
          async (store) => {
            for (const { to, expected, events, clock } of appends) {
              const [first, ...others] = events
              if (first === undefined) continue
              seconds = clock
              expect(await store.append(to, expected, [first, ...others])()).toEqual(
                await model.append(to, expected, [first, ...others])(),
              )
            }
            for (const reading of [{}, ...readings]) {
              expect(await pagesOf(store.readAll(reading))).toEqual(await pagesOf(model.readAll(reading)))
            }
            for (const one of streams) {
              expect(await pagesOf(store.readStream(one, { pageSize: 2 }))).toEqual(
                await pagesOf(model.readStream(one, { pageSize: 2 })),
              )
            }
          },
        )
      },
    ),
    { numRuns: 60 },
  )
})

test('SQLite keeps rows as memory does', { timeout: 60_000 }, async () => {
  const projection = { name: 'rows', version: 1 }
  await fc.assert(
    fc.asyncProperty(fc.array(commit, { maxLength: 12 }), fc.array(list, { maxLength: 10 }), async (commits, lists) => {
      const model = memoryProjectionStore()
      await onSqlite(
        () => 0,
        async (_events, rows) => {
          for (const { changes, ...checkpoint } of commits) {
            expect(await rows.commit(projection, changes, checkpoint)()).toEqual(
              await model.commit(projection, changes, checkpoint)(),
            )
          }
          for (const which of [{ limit: 1_000 }, ...lists]) {
            expect(await rows.list(projection, which)()).toEqual(await model.list(projection, which)())
          }
        },
      )
    }),
    { numRuns: 60 },
  )
})

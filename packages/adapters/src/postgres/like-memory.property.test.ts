// like-memory.property.test.ts: the function in the server decides as `planAppend` does, one by one and in batches

import {
  any,
  type ExpectedRevision,
  exactly,
  noStream,
  position,
  type ReadAll,
  revision,
  streamExists,
} from '@smagruppe/domain'
import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { event, noon, pagesOf, secondsAfter, stream } from '../contract/samples.ts'
import { memoryEventStore, memoryProjectionStore } from '../memory/index.ts'
import { openPostgres, type PostgresRegister } from './index.ts'
import { newName, rawSql } from './postgres.test-kit.ts'

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
      data: fc.string({ unit: fc.constantFrom('a', '\ud800', '😀', '"', '\\', '{', ',', 'NULL'), maxLength: 3 }),
      knownSince: fc.option(fc.integer({ min: -100, max: 100 }), { nil: null }),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((all) =>
    all.map(({ name, type, data, knownSince }) =>
      event(name, { type, data, knownSince: knownSince === null ? null : secondsAfter(noon, knownSince) }),
    ),
  )
const append = fc.record({ to: fc.constantFrom(...streams), expected, events })
const together = fc.record({
  appends: fc.array(append, { minLength: 1, maxLength: 8 }),
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

/** Runs the check on a new register whose clock a test sets. */
const onPostgres = async (clock: () => number, check: (register: PostgresRegister) => Promise<void>): Promise<void> => {
  const schema = newName('model')
  const register = rightOf(
    await openPostgres(inject('postgres'), { clock: () => secondsAfter(noon, clock()), schema })(),
  )
  try {
    await check(register)
  } finally {
    rightOf(await register.close())
    const { client, run } = await rawSql()
    await run(`DROP SCHEMA ${schema} CASCADE`)
    await client.end()
  }
}

test('PostgreSQL answers every batch of appends and every reading as memory does', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(together, { maxLength: 6 }),
      fc.array(readAll, { maxLength: 6 }),
      async (batches, readings) => {
        let seconds = 0
        const model = memoryEventStore({ clock: () => secondsAfter(noon, seconds) })
        await onPostgres(
          () => seconds,
          async ({ events: store }) => {
            for (const { appends, clock } of batches) {
              seconds = clock
              const inModel: unknown[] = []
              const inStore: Promise<unknown>[] = []
              for (const { to, expected, events } of appends) {
                const [first, ...others] = events
                if (first === undefined) continue
                inModel.push(await model.append(to, expected, [first, ...others])())
                inStore.push(store.append(to, expected, [first, ...others])())
              }
              expect(await Promise.all(inStore)).toEqual(inModel)
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
    { numRuns: 40 },
  )
})

test('PostgreSQL keeps rows as memory does', async () => {
  const projection = { name: 'rows', version: 1 }
  await fc.assert(
    fc.asyncProperty(fc.array(commit, { maxLength: 12 }), fc.array(list, { maxLength: 10 }), async (commits, lists) => {
      const model = memoryProjectionStore()
      await onPostgres(
        () => 0,
        async ({ rows }) => {
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
    { numRuns: 25 },
  )
})

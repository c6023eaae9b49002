// hostile-stored.property.test.ts: whatever a store gives back is decoded, or set aside with a reason

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { eventType } from '../kernel/event-catalogue.ts'
import type { StoreFailure } from '../kernel/event-store.ts'
import type { Projection } from '../kernel/projection.ts'
import { decodeRow, encodeRow, replay } from '../kernel/replay.ts'
import { doctorEvidence, groupEvidence, sessionEvidence } from '../projections/evidence.ts'
import { groupRegister } from '../projections/group-register.ts'
import { references } from '../projections/references.ts'
import { topicLog } from '../projections/topic-log.ts'
import { anyRegister } from '../testing/generators.ts'
import { anyHostileScalar, anyHostileValue, anyMutationOf, type Recipe } from '../testing/hostile-values.ts'
import { carriedOut, historyOfLog, storedEvent } from '../testing/index.ts'
import { type RegisterEvent, registerEvents } from './events.ts'

const full = process.env.SMAGRUPPE_FULL === '1'
const seed = Number(process.env.SMAGRUPPE_SEED ?? Math.floor(Math.random() * 2 ** 31))
const timeout = 3_600_000

const Golden = t.array(t.strict({ type: t.string, version: t.number, data: t.string }))
const samples = (): t.TypeOf<typeof Golden> => {
  const read = Golden.decode(JSON.parse(readFileSync(join(import.meta.dirname, 'stored-events.golden.json'), 'utf8')))
  if (isLeft(read)) throw new Error('the golden file is no list of stored events')
  return read.right
}

/** As JSON where it can be, as whatever text it can be where not. */
const asText = (recipe: Recipe): string => {
  try {
    return JSON.stringify(recipe()) ?? 'undefined'
  } catch {
    return '{"a":'.repeat(10_000)
  }
}

/** A text with something in it changed: cut, doubled or with something put in. */
const anySpoiling = (text: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.nat(text.length), fc.nat(20), fc.oneof(fc.constant(''), anyHostileScalar().map(String)))
    .map(([at, length, more]) => text.slice(0, at) + more + text.slice(at + length))

const datas = samples().map(({ data }): unknown => JSON.parse(data))
const types = [...registerEvents.types]

const anyStoredLike = (sample: ReturnType<typeof samples>[number]) =>
  fc.record({
    type: fc.oneof(
      { weight: 6, arbitrary: fc.constant(sample.type) },
      fc.constantFrom(...types),
      anyHostileScalar().map(String),
      fc.constantFrom(...types).map((type) => `${type}Corrected`),
    ),
    version: fc.oneof(
      { weight: 6, arbitrary: fc.constant(sample.version) },
      fc.constantFrom(0, -1, 2, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 1e308),
    ),
    data: fc.oneof(
      { weight: 4, arbitrary: anyMutationOf([JSON.parse(sample.data)]).map(asText) },
      { weight: 1, arbitrary: anyMutationOf(datas).map(asText) },
      { weight: 2, arbitrary: anySpoiling(sample.data) },
      { weight: 1, arbitrary: anyHostileValue().map(asText) },
    ),
  })

const anyStored = fc.oneof(...samples().map(anyStoredLike))

test('any stored event is read and stored again as what was read, or it is said why not', { timeout }, () => {
  let read = 0
  let refused = 0
  fc.assert(
    fc.property(anyStored, (stored) => {
      const decoded = registerEvents.decode(storedEvent(stored))
      if (isLeft(decoded)) {
        refused += 1
        const { _tag, event, reason } = decoded.left
        if (_tag !== 'UndecodableEvent' || event.data !== stored.data) throw new Error('another error')
        if (reason === '' || reason.length > 2000) throw new Error(reason.slice(0, 1000))
        return
      }
      read += 1
      const again = registerEvents.encode(decoded.right.event)
      if (isLeft(again)) throw new Error(again.left.reason)
      const twice = registerEvents.decode(storedEvent(again.right))
      if (JSON.stringify(twice) !== JSON.stringify(decoded)) throw new Error(again.right.data)
    }),
    { numRuns: full ? 100_000 : 3_000, seed },
  )
  if (full) console.log('seed', seed, read, 'read,', refused, 'refused')
  expect(Math.min(read, refused)).toBeGreaterThan(full ? 3_000 : 90)
})

test('a step up to a newer version that gives nonsense, or breaks, makes an event unreadable and no more', {
  timeout,
}, () => {
  const first = eventType('Weighed', t.strict({ grams: t.number }))
  fc.assert(
    fc.property(anyHostileValue(), fc.boolean(), (recipe, breaks) => {
      const second = first.next(t.strict({ kilos: t.number }), () => {
        if (breaks) throw new Error('it was not thought of')
        return JSON.parse(asText(() => ({ kilos: recipe() })))
      })
      const decoded = second.decode(1, { grams: 5 })
      if (isLeft(decoded)) expect(decoded.left).toMatch(/^the step up from version 1 of Weighed /)
      else expect(breaks || typeof decoded.right.data.kilos !== 'number').toBe(false)
    }),
    { numRuns: 1000, seed },
  )
})

/** A projection with its row type closed over: its rows as they are kept, and what becomes of one that is read and kept again. */
const closed = <Row>(projection: Projection<RegisterEvent, Row>) => ({
  rowsOf: (history: ReturnType<typeof historyOfLog>) =>
    [...replay(projection, history).values()].map((row): unknown => JSON.parse(encodeRow(projection, row))),
  again: (row: string): Either<StoreFailure, string> => {
    const decoded = decodeRow(projection, 'some key', row)
    return isLeft(decoded) ? decoded : right(encodeRow(projection, decoded.right))
  },
})

const projections = [
  closed(groupRegister),
  closed(topicLog),
  closed(references),
  closed(sessionEvidence),
  closed(groupEvidence),
  closed(doctorEvidence),
]

test('any kept row is read and kept again as what was read, or it is Damaged', { timeout }, async () => {
  let read = 0
  let damaged = 0
  await fc.assert(
    fc.asyncProperty(anyRegister(), fc.integer(), async (steps, other) => {
      const history = historyOfLog((await carriedOut(steps)).log)
      for (const { rowsOf, again } of projections) {
        for (const row of fc.sample(anyMutationOf(rowsOf(history)).map(asText), {
          numRuns: full ? 60 : 20,
          seed: other,
        })) {
          const kept = again(row)
          if (isLeft(kept)) {
            damaged += 1
            expect(kept.left).toMatchObject({ _tag: 'StoreFailure', reason: 'Damaged', retry: false })
          } else {
            read += 1
            expect(again(kept.right)).toEqual(kept)
          }
        }
      }
    }),
    { numRuns: full ? 280 : 15, seed },
  )
  if (full) console.log('seed', seed, read, 'rows read,', damaged, 'damaged')
  expect(Math.min(read, damaged)).toBeGreaterThan(full ? 5000 : 100)
})

// texts.ts: cases of the event store: an event comes back as it went in, to the letter

import assert from 'node:assert/strict'
import { any, earlier, noStream } from '@smagruppe/domain'
import { awkwardTexts, leftOf, unstorableTexts } from './case.ts'
import { appended, assertNothingStored, event, eventStoreCase, eventsOf, noon, stream, variedBatch } from './samples.ts'

const ours = stream('ours')

/** Every code point that UTF-8 has a place for but U+0000, in their order, some thousands a text. */
const everyCodePoint = (): ReadonlyArray<string> => {
  const [many, end] = [0x8000, 0x110000]
  const isStorable = (point: number): boolean => point > 0 && (point < 0xd800 || point > 0xdfff)
  return Array.from({ length: end / many }, (_, i) =>
    String.fromCodePoint(...Array.from({ length: many }, (_, j) => i * many + j).filter(isStorable)),
  )
}

export const textCases = [
  eventStoreCase('an event comes back as it went in, with its place and its time', async ({ store }) => {
    const given = event('first', {
      type: 'GroupRegistered',
      version: 3,
      actor: { id: 'system:import', role: 'importer' },
    })
    const { position } = await appended(store, ours, noStream, given)
    const expected = { ...given, stream: ours, revision: 0, position, recordedAt: noon, knownSince: noon }
    assert.deepEqual(await eventsOf(store.readStream(ours)), [expected])
    assert.deepEqual(await eventsOf(store.readAll()), [expected])
  }),

  eventStoreCase('events of one batch that differ in everything come back as they went in', async ({ store }) => {
    const given = variedBatch('given')
    await appended(store, ours, noStream, ...given)
    for (const events of [await eventsOf(store.readStream(ours)), await eventsOf(store.readAll())]) {
      assert.deepEqual(
        events.map(({ position: _position, ...rest }) => rest),
        given.map((one, i) => ({
          ...one,
          stream: ours,
          revision: i,
          recordedAt: noon,
          knownSince: earlier(one.knownSince ?? noon, noon),
        })),
      )
    }
  }),

  eventStoreCase('text comes back to the letter', async ({ store }) => {
    for (const [i, text] of awkwardTexts.entries()) {
      await appended(store, ours, any, event(`${i}`, { data: text, type: `T${text}`, actor: { id: text, role: text } }))
    }
    for (const events of [await eventsOf(store.readStream(ours)), await eventsOf(store.readAll())]) {
      assert.deepEqual(
        events.map(({ data, type, actor }) => [data, type, actor]),
        awkwardTexts.map((text) => [text, `T${text}`, { id: text, role: text }]),
      )
    }
  }),

  eventStoreCase('text with a lone surrogate or U+0000 is refused, and nothing is stored', async ({ store }) => {
    for (const text of unstorableTexts) {
      for (const changed of [
        { data: text },
        { type: text },
        { actor: { id: text, role: 'r' } },
        { actor: { id: 'i', role: text } },
      ]) {
        const broken = event('broken', changed)
        const refused = leftOf(await store.append(ours, noStream, [event('whole'), broken])())
        assert.deepEqual(refused, { _tag: 'UnstorableText', id: broken.id })
      }
    }
    await assertNothingStored(store)
  }),

  eventStoreCase('every code point comes back as it went in', async ({ store }) => {
    const texts = everyCodePoint()
    for (const [i, text] of texts.entries()) await appended(store, ours, any, event(`${i}`, { data: text }))
    const log = await eventsOf(store.readAll())
    assert.equal(log.length, texts.length)
    for (const [i, { data }] of log.entries()) {
      const text = texts[i] ?? ''
      // Not by equal: a difference of thousands of code points is nothing to read.
      if (data === text) continue
      const [had, has] = [[...text], [...data]]
      const lost = had.find((point, at) => has[at] !== point) ?? ''
      assert.fail(`text ${i} came back otherwise, from U+${lost.codePointAt(0)?.toString(16)} on`)
    }
  }),
]

// rows.ts: a store of rows keeps them to the letter and in order, and commits them with their checkpoint

import assert from 'node:assert/strict'
import { type ProjectionStore, position, type RowChange, type StoredRow, theStart } from '@smagruppe/domain'
import { isLeft } from 'fp-ts/lib/Either.js'
import { awkwardTexts, type ContractCase, leftOf, rightOf, unstorableTexts } from './case.ts'
import { keyed, type ProjectionStoreSubject, register, rowCase } from './row-samples.ts'
import { successes } from './samples.ts'

const fill = async (rows: ProjectionStore, changes: ReadonlyArray<RowChange>): Promise<void> => {
  rightOf(await rows.commit(register, changes, { from: theStart, to: position(1) })())
}

const keysOf = (found: ReadonlyArray<StoredRow>): ReadonlyArray<string> => found.map(({ key }) => key)

/** In order by code point: a surrogate unit is smaller than U+E000 and what it stands for is greater. */
const inOrder = [
  '',
  ' ',
  '0',
  '10',
  '9',
  'A',
  'B',
  'a',
  'aa',
  'b',
  'å',
  '\ud7ff',
  '\ue000',
  '\uffff',
  '\u{10000}',
  '😀',
  '\u{10ffff}',
]

export const rowCases: ReadonlyArray<ContractCase<ProjectionStoreSubject>> = [
  rowCase('a projection that has not begun is empty and stands at the start', async (rows) => {
    assert.equal(rightOf(await rows.checkpoint(register)()), theStart)
    assert.equal(rightOf(await rows.get(register, 'a')()), null)
    assert.deepEqual(rightOf(await rows.getMany(register, ['a'])()), [])
    assert.deepEqual(rightOf(await rows.list(register, { limit: 10 })()), [])
    await fill(rows, keyed('a'))
    assert.equal(rightOf(await rows.get(register, 'a')()), 'row of a')
  }),

  rowCase('a commit stores its rows and the checkpoint', async (rows) => {
    rightOf(await rows.commit(register, keyed('a', 'b'), { from: theStart, to: position(7) })())
    assert.equal(rightOf(await rows.checkpoint(register)()), 7)
    rightOf(await rows.commit(register, [{ key: 'b', row: 'new' }], { from: position(7), to: position(9) })())
    assert.equal(rightOf(await rows.checkpoint(register)()), 9)
    assert.equal(rightOf(await rows.get(register, 'a')()), 'row of a')
    assert.equal(rightOf(await rows.get(register, 'b')()), 'new')
    rightOf(await rows.commit(register, [], { from: position(9), to: position(12) })())
    rightOf(await rows.commit(register, keyed('c'), { from: position(12), to: position(12) })())
    assert.equal(rightOf(await rows.checkpoint(register)()), 12)
    assert.equal(rightOf(await rows.get(register, 'c')()), 'row of c')
  }),

  rowCase('a commit from another checkpoint is refused, and nothing is stored', async (rows) => {
    rightOf(await rows.commit(register, keyed('a'), { from: theStart, to: position(7) })())
    for (const from of [theStart, position(6), position(8)]) {
      const refused = leftOf(
        await rows.commit(register, [{ key: 'a', row: 'lost' }, ...keyed('b')], { from, to: position(20) })(),
      )
      assert.deepEqual(refused, { _tag: 'CheckpointMoved', projection: register, expected: from, actual: 7 })
    }
    assert.equal(rightOf(await rows.checkpoint(register)()), 7)
    assert.deepEqual(rightOf(await rows.list(register, { limit: 10 })()), keyed('a'))
  }),

  rowCase('of sixteen who carry a projection on from the same checkpoint exactly one wins', async (rows) => {
    const racers = Array.from({ length: 16 }, (_, i) =>
      rows.commit(register, keyed(`racer ${i}`), { from: theStart, to: position(i + 1) })(),
    )
    const results = await Promise.all(racers)
    assert.equal(successes(results), 1)
    const winner = results.findIndex((result) => !isLeft(result))
    assert.equal(rightOf(await rows.checkpoint(register)()), winner + 1)
    assert.deepEqual(rightOf(await rows.list(register, { limit: 100 })()), keyed(`racer ${winner}`))
  }),

  rowCase('a row of null goes; of several changes of a row the last one stands', async (rows) => {
    await fill(rows, keyed('a', 'b', 'c'))
    const changes = [
      { key: 'a', row: null },
      { key: 'never there', row: null },
      { key: 'b', row: 'one' },
      { key: 'b', row: 'two' },
      { key: 'c', row: null },
      ...keyed('c'),
      ...keyed('d'),
      { key: 'd', row: null },
    ]
    rightOf(await rows.commit(register, changes, { from: position(1), to: position(2) })())
    assert.equal(rightOf(await rows.get(register, 'a')()), null)
    assert.deepEqual(rightOf(await rows.list(register, { limit: 10 })()), [{ key: 'b', row: 'two' }, ...keyed('c')])
  }),

  rowCase('names and versions of projections are apart', async (rows) => {
    const others = [
      { name: 'register', version: 2 },
      { name: 'register 2', version: 1 },
      { name: 'Register', version: 1 },
    ]
    await fill(rows, keyed('a'))
    for (const [i, other] of others.entries()) {
      assert.equal(rightOf(await rows.checkpoint(other)()), theStart)
      assert.equal(rightOf(await rows.get(other, 'a')()), null)
      rightOf(await rows.commit(other, [{ key: 'a', row: `${i}` }], { from: theStart, to: position(i + 50) })())
    }
    assert.equal(rightOf(await rows.checkpoint(register)()), 1)
    assert.deepEqual(rightOf(await rows.list(register, { limit: 10 })()), keyed('a'))
    for (const [i, other] of others.entries()) {
      assert.deepEqual(rightOf(await rows.getMany(other, ['a'])()), [{ key: 'a', row: `${i}` }])
      assert.equal(rightOf(await rows.checkpoint(other)()), i + 50)
    }
  }),

  rowCase('keys and rows come back to the letter', async (rows) => {
    await fill(
      rows,
      awkwardTexts.map((text) => ({ key: text, row: text })),
    )
    for (const text of awkwardTexts) assert.equal(rightOf(await rows.get(register, text)()), text)
    const many = rightOf(await rows.getMany(register, awkwardTexts)())
    assert.deepEqual(new Set(keysOf(many)), new Set(awkwardTexts))
    assert.ok(many.every(({ key, row }) => key === row))
    assert.equal(rightOf(await rows.list(register, { limit: 100 })()).length, awkwardTexts.length)
  }),

  rowCase('a row of a megabyte comes back the same', async (rows) => {
    const row = 'æ'.repeat(500_000)
    rightOf(await rows.commit(register, [{ key: 'a', row }], { from: theStart, to: position(1) })())
    // Not by equal: a difference of a megabyte is nothing to read.
    assert.ok(rightOf(await rows.get(register, 'a')()) === row, 'the row came back the same')
    const [listed, ...others] = rightOf(await rows.list(register, { limit: 2 })())
    assert.ok(listed?.row === row && others.length === 0, 'it is listed the same')
  }),

  rowCase('a key or row with a lone surrogate or U+0000 is refused, and nothing is stored', async (rows) => {
    for (const text of unstorableTexts) {
      for (const broken of [
        { key: text, row: 'b' },
        { key: 'a', row: text },
      ]) {
        const refused = leftOf(
          await rows.commit(register, [...keyed('whole'), broken], { from: theStart, to: position(1) })(),
        )
        assert.equal(refused._tag, 'StoreFailure')
      }
    }
    assert.equal(rightOf(await rows.checkpoint(register)()), theStart)
    assert.deepEqual(rightOf(await rows.list(register, { limit: 10 })()), [])
    await fill(rows, keyed('a'))
    assert.deepEqual(rightOf(await rows.list(register, { limit: 10 })()), keyed('a'))
  }),

  rowCase('rows are listed in the order of their keys by code point', async (rows) => {
    await fill(rows, keyed(...[...inOrder].reverse()))
    assert.deepEqual(rightOf(await rows.list(register, { limit: 100 })()), keyed(...inOrder))
    for (const [i, after] of inOrder.entries()) {
      assert.deepEqual(keysOf(rightOf(await rows.list(register, { after, limit: 100 })())), inOrder.slice(i + 1))
    }
  }),

  rowCase('a list keeps to its prefix', async (rows) => {
    const prefixes = ['', 'a', 'ab', 'a\uffff', 'a\ud7ff', 'a😀', 'a\u{10ffff}', '\u{10ffff}', 'b']
    const ends = ['', 'a', 'b', '\ud7ff', '\ue000', '\uffff', '😀', '\u{10ffff}', '\u{10ffff}\u{10ffff}']
    const keys = [...new Set(prefixes.flatMap((prefix) => ends.map((end) => prefix + end)))]
    await fill(rows, keyed(...keys))
    const all = keysOf(rightOf(await rows.list(register, { limit: 1_000 })()))
    assert.equal(all.length, keys.length)
    for (const prefix of [...prefixes, 'none']) {
      const own = all.filter((key) => key.startsWith(prefix))
      assert.deepEqual(keysOf(rightOf(await rows.list(register, { prefix, limit: 1_000 })())), own)
      for (const after of ['', 'a', 'aa', 'a😀', 'b', '\u{10ffff}\u{10ffff}', 'between']) {
        const rest = own.filter((key) => byCodePoint(key, after) > 0)
        assert.deepEqual(keysOf(rightOf(await rows.list(register, { prefix, after, limit: 1_000 })())), rest)
      }
    }
  }),

  rowCase('a list is read page by page', async (rows) => {
    const keys = Array.from({ length: 25 }, (_, i) => `k${String(i).padStart(2, '0')}`)
    await fill(rows, [...keyed(...keys), ...keyed('a', 'z')])
    const pages: string[][] = []
    let after: string | undefined
    while (pages.length < 10) {
      const page = keysOf(
        rightOf(await rows.list(register, { prefix: 'k', limit: 10, ...(after === undefined ? {} : { after }) })()),
      )
      if (page.length === 0) break
      pages.push([...page])
      after = page.at(-1)
    }
    assert.deepEqual(pages, [keys.slice(0, 10), keys.slice(10, 20), keys.slice(20)])
    assert.deepEqual(rightOf(await rows.list(register, { limit: 0 })()), [])
  }),

  rowCase('five thousand rows are got at once', async (rows) => {
    const keys = Array.from({ length: 5_000 }, (_, i) => `key ${i}`)
    await fill(rows, keyed(...keys))
    const found = rightOf(await rows.getMany(register, [...keys, 'not there', 'key 7', 'key 7'])())
    assert.equal(found.length, 5_000, 'each row comes once')
    assert.deepEqual(
      new Map(found.map(({ key, row }) => [key, row])),
      new Map(keyed(...keys).map(({ key, row }) => [key, row])),
    )
    assert.deepEqual(rightOf(await rows.getMany(register, [])()), [])
  }),
]

/** As UTF-32 sorts, written so that it has nothing in common with how a store does it. */
const byCodePoint = (one: string, other: string): number => {
  const a = Array.from(one, (character) => (character.codePointAt(0) ?? 0).toString(16).padStart(6, '0')).join()
  const b = Array.from(other, (character) => (character.codePointAt(0) ?? 0).toString(16).padStart(6, '0')).join()
  return a < b ? -1 : a > b ? 1 : 0
}

// code-points.property.test.ts: texts in the order of their code points, and what begins with a prefix

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { behindPrefix, compareByCodePoint, firstAtOrBehind } from './code-points.ts'

const edges = fc.constantFrom('a', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{10fffe}', '\u{10ffff}')
const key = fc.oneof(fc.string({ unit: edges, maxLength: 5 }), fc.string({ unit: 'binary', maxLength: 5 }))

test('the order is the one of UTF-8 bytes', () => {
  fc.assert(
    fc.property(key, key, (one, other) => {
      const ofBytes = Buffer.compare(Buffer.from(one), Buffer.from(other))
      expect(Math.sign(compareByCodePoint(one, other))).toBe(ofBytes)
    }),
  )
})

test('what begins with a prefix stands from it to the text behind it, and nothing else does', () => {
  fc.assert(
    fc.property(key, key, (prefix, other) => {
      const behind = behindPrefix(prefix)
      for (const text of [other, prefix + other]) {
        const isInside =
          compareByCodePoint(text, prefix) >= 0 && (behind === null || compareByCodePoint(text, behind) < 0)
        expect(isInside).toBe(text.startsWith(prefix))
      }
    }),
  )
})

test('a bound is found where a search one by one finds it', () => {
  fc.assert(
    fc.property(fc.array(key), key, (keys, bound) => {
      const sorted = [...keys].sort(compareByCodePoint)
      const found = sorted.findIndex((one) => compareByCodePoint(one, bound) >= 0)
      expect(firstAtOrBehind(sorted, bound)).toBe(found === -1 ? sorted.length : found)
    }),
  )
})

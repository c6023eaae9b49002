// in-words.test.ts: what codecs take, in words: by the name that they were given, or by what they are made of

import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { inWords, toldAs } from './in-words.ts'

const size = t.refinement(t.number, (n) => n > 0, 'a size')
const small = t.strict({ kind: t.literal('small'), size })
const large = t.type({ kind: t.literal('large'), sizes: t.readonlyArray(size), half: t.literal(0.5) })

test.for([
  [t.string, 'text'],
  [t.number, 'a number'],
  [t.Int, 'a whole number'],
  [t.boolean, 'true or false'],
  [size, 'a size'],
  [t.refinement(t.string, (text) => text !== ''), 'text'],
  [t.readonly(size), 'a size'],
  [t.literal('x'), "'x'"],
  [t.literal(0.5), '0.5'],
  [t.null, 'null'],
  [t.keyof({ one: null, two: null, three: null }), "'one', 'two' or 'three'"],
  [t.readonlyArray(size), 'a list'],
  [t.array(size), 'a list'],
  [small, "{ kind: 'small', size }"],
  [t.readonly(small), "{ kind: 'small', size }"],
  [t.union([t.literal('a'), t.literal('b')]), "'a' or 'b'"],
  [t.union([size, t.null]), 'a size, or null'],
  [t.union([t.undefined, size]), 'a size, or nothing'],
  [t.union([t.literal('a'), t.null, t.literal('b')]), "'a' or 'b', or null"],
  [t.union([small, large, size]), "{ kind: 'small', size }, { kind: 'large', sizes, half: 0.5 } or a size"],
  [t.union([small, large], 'something with a size'), 'something with a size'],
  [
    toldAs(
      'a word',
      t.refinement(t.string, (text) => text !== '', 'Word'),
    ),
    'a word',
  ],
] as const)('%#', ([codec, words]) => {
  expect(inWords(codec)).toBe(words)
})

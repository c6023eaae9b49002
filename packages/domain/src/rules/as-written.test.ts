// as-written.test.ts: which part of what people wrote is wrong, and how it is shown

import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { asWritten, fieldsOf, unknownNames, wrongParts } from './as-written.ts'

const wrong = (codec: t.Mixed, written: unknown): ReadonlyArray<string> => {
  const decoded = codec.decode(written)
  if (decoded._tag === 'Right') return []
  return wrongParts(decoded.left).map(({ path, found, expected }) => `${path}: found ${found}, expected ${expected}`)
}

describe('of several shapes', () => {
  const small = t.type({ inner: t.type({ size: t.number }), unit: t.string })
  const large = t.type({ sizes: t.number, units: t.string, whole: t.boolean })
  const both = "'none', { inner, unit } or { sizes, units, whole }"
  const first = t.union([t.literal('none'), small, large], both)
  const last = t.union([large, t.literal('none'), small], both)

  test.for([
    [{ inner: { size: 'x' }, unit: 'm' }, ["rule.inner.size: found 'x', expected a number"]],
    [
      { inner: { size: 'x' } },
      ["rule.inner.size: found 'x', expected a number", 'rule.unit: found nothing, expected text'],
    ],
    [{ sizes: 1, units: 'm' }, ['rule.whole: found nothing, expected true or false']],
    [{ inner: { size: 1 }, sizes: 1, units: 'm' }, null],
    ['some', null],
    [null, null],
  ] as const)('%j lacks what the one that fits best asks for, or all are named', ([rule, told]) => {
    const expected = told ?? [`rule: found ${asWritten(rule)}, expected ${both}`]
    for (const choice of [first, last]) expect(wrong(t.type({ rule: choice }), { rule })).toEqual(expected)
  })

  test('a whole that is a choice has no path before its parts', () => {
    expect(wrong(first, { inner: { size: 'x' }, unit: 'm' })).toEqual(["inner.size: found 'x', expected a number"])
    expect(wrong(first, 7)).toEqual([`: found 7, expected ${both}`])
  })

  test('two choices are two parts, and a choice within a choice is one of its own', () => {
    const flag = t.union([t.literal('on'), t.literal('off')])
    const outer = t.union([t.literal('none'), t.type({ flag, other: flag })])
    expect(wrong(t.type({ one: outer, two: flag }), { one: { flag: 'up', other: 'down' }, two: 'left' })).toEqual([
      "one.flag: found 'up', expected 'on' or 'off'",
      "one.other: found 'down', expected 'on' or 'off'",
      "two: found 'left', expected 'on' or 'off'",
    ])
  })
})

test('all that is wrong is told, in its place', () => {
  expect(wrong(t.type({ a: t.type({ b: t.number }), c: t.string }), { a: { b: 'x' }, c: 1 })).toEqual([
    "a.b: found 'x', expected a number",
    'c: found 1, expected text',
  ])
  expect(wrong(t.string, 7)).toEqual([': found 7, expected text'])
})

test('no fields but those of an object, and of these the ones that are not known', () => {
  expect([[], null, 7, 'x'].map(fieldsOf)).toEqual([null, null, null, null])
  expect(fieldsOf({ a: 1 })).toEqual({ a: 1 })
  expect(unknownNames({ a: 1, b: 2, ['c'.repeat(81)]: 3 }, ['a', 'd'], 'at.')).toEqual([
    { path: 'at.b', found: 'a name that is not known', expected: 'a, d' },
    { path: `at.${'c'.repeat(80)}`, found: 'a name that is not known', expected: 'a, d' },
  ])
})

describe('a value as it is shown', () => {
  test.for([
    [7, '7'],
    ['x', "'x'"],
    [null, 'null'],
    [[1, 2], 'a list'],
    [{}, '{}'],
    [{ a: 1, b: 'x', c: null, d: [1, 'y'] }, '{"a":1,"b":"x","c":null,"d":[1,"y"]}'],
    [{ a: { b: { c: { d: 1 } } } }, '{"a":{"b":{"c":…}}}'],
    [{ ['x'.repeat(74)]: 1 }, `{"${'x'.repeat(74)}":1}`],
    [{ ['x'.repeat(75)]: 1 }, `{"${'x'.repeat(75)}":1…`],
    [{ ['x'.repeat(76)]: 1 }, `{"${'x'.repeat(76)}":…`],
    [{ ['x'.repeat(100)]: 1 }, `{"${'x'.repeat(78)}…`],
  ] as const)('%#', ([value, shown]) => {
    expect(asWritten(value)).toBe(shown)
  })

  test('of what is large or leads back to itself only the beginning is looked at', () => {
    const looked = new Set<PropertyKey>()
    const list = new Proxy(
      Array.from({ length: 10_000 }, () => 1),
      {
        get: (target, key) => {
          looked.add(key)
          return Reflect.get(target, key)
        },
      },
    )
    expect(asWritten({ a: list, b: 'y'.repeat(100_000) })).toBe(`{"a":[${'1,'.repeat(37)}…`)
    expect(looked.size).toBeLessThan(200)
    const circle: Record<string, unknown> = {}
    circle.again = circle
    expect(asWritten(circle)).toBe('{"again":{"again":{"again":…}}}')
  })
})

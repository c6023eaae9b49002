// pack-file.property.test.ts: whatever is written as a pack, it is a pack whose rules can be, or short problems

import fc from 'fast-check'
import { isLeft } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { defaultPack } from './default-pack.ts'
import { packFrom } from './pack-file.ts'
import { parameters } from './parameters.ts'
import { noSource, type RuleName } from './rule-pack.ts'

const names = Object.keys(parameters).filter((name): name is RuleName => name in parameters)

const known: ReadonlyArray<unknown> = [
  'none',
  'cut',
  'group-year',
  'rolling-12-months',
  'adds-up',
  'cures-window',
  { curesDays: 3 },
  { mode: 'floor', per: 'window', unit: 1 },
  { mode: 'half-up', per: 'session', unit: 0.5 },
  { min: 3, max: 2 },
  0,
  2,
  10,
  2.5,
  -1,
  1e9,
]
const value = fc.oneof(fc.constantFrom(...known), fc.jsonValue())
const parameter = fc.oneof(value, fc.record({ value, source: value }, { requiredKeys: ['value'] }))
/** Parameters that each can be so, though not all of them together. */
const fitting = fc
  .uniqueArray(
    fc.constantFrom(...names.flatMap((name) => known.filter(parameters[name].is).map((one) => [name, one] as const))),
    { selector: ([name]) => name, maxLength: 6 },
  )
  .map((all) => ({ parameters: Object.fromEntries(all) }))

const pack = fc.record(
  {
    name: fc.oneof(fc.string(), fc.jsonValue()),
    zone: fc.oneof(fc.constantFrom('Europe/Oslo', 'europe/oslo', '+01:00'), fc.jsonValue()),
    parameters: fc.oneof(
      fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string(), fc.string({ minLength: 200 })), parameter),
      fc.jsonValue(),
    ),
  },
  { requiredKeys: [] },
)

const anyWritten = fc.oneof(
  { arbitrary: pack, weight: 6 },
  { arbitrary: fitting, weight: 3 },
  { arbitrary: fc.jsonValue(), weight: 1 },
)

test('any JSON is a pack or problems, each of them short', () => {
  let changed = 0
  fc.assert(
    fc.property(anyWritten, (written) => {
      const result = packFrom(written, defaultPack)
      if (isLeft(result)) {
        expect(result.left.length).toBeGreaterThan(0)
        for (const { path, found } of result.left) expect(path.length + found.length).toBeLessThan(300)
        return
      }
      if (names.some((name) => result.right[name] !== defaultPack[name])) changed += 1
      for (const name of names) expect(parameters[name].is(result.right[name].value)).toBe(true)
      const { rounding, window } = result.right
      expect(rounding.value !== 'none' && rounding.value.per === 'window' ? window.value : '').not.toBe(
        'rolling-12-months',
      )
      expect(packFrom(JSON.parse(JSON.stringify(writtenOf(result.right))), defaultPack)).toEqual(result)
    }),
    { numRuns: 3_000 },
  )
  expect(changed).toBeGreaterThan(100)
})

/** A pack as it would be written whole; where no source was said, none is written. */
const writtenOf = ({ name, zone, ...rules }: typeof defaultPack): unknown => ({
  name,
  zone,
  parameters: Object.fromEntries(
    Object.entries(rules).map(([rule, { value, source }]) => [rule, source === noSource ? value : { value, source }]),
  ),
})

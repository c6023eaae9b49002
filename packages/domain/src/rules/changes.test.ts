// changes.test.ts: a parameter as it is published and stored, and what is wrong with one

import { isLeft, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { ChangesCodec, changesIn } from './changes.ts'
import { first, pack, published, source, wholePack } from './published.test-kit.ts'
import { adopt, authority, begun, dispense, local, publish, rules } from './publishing.test-kit.ts'

describe('a parameter', () => {
  const quorum = (written: unknown) => publish(wholePack({ quorum: written }))
  test.for([
    ['ParameterMalformed', publish(7), 'parameters', '7', 'an object'],
    ['ParameterMalformed', publish(undefined), 'parameters', 'nothing', 'an object'],
    ['ParameterMalformed', quorum(2), 'parameters.quorum', '2', '{ value, source }'],
    ['ParameterMalformed', quorum({ sources: 2 }), 'parameters.quorum', '{"sources":2}', '{ value, source }'],
    [
      'ParameterMalformed',
      quorum({ value: 0, source, permission: 'fixed' }),
      'parameters.quorum.value',
      '0',
      'a whole number from 1 to 1000',
    ],
    [
      'ParameterMalformed',
      publish(wholePack({ declaration: { value: { curesDays: 1.5 }, source, permission: 'fixed' } })),
      'parameters.declaration.value.curesDays',
      '1.5',
      'a whole number from 0 to 3660',
    ],
    [
      'ParameterMalformed',
      quorum({ value: 2, source, law: 'x' }),
      'parameters.quorum.law',
      'a name that is not known',
      'value, source, permission, range',
    ],
    ['ReferenceMissing', quorum({ value: 2 }), 'parameters.quorum.source', 'nothing', '{ title, address }'],
    [
      'ReferenceMissing',
      quorum({ value: 2, source: { title: 'A law', address: ' ' } }),
      'parameters.quorum.source.address',
      "' '",
      'text that is not blank, at most 2000 characters',
    ],
    [
      'ReferenceMissing',
      quorum({ value: 2, source: { title: 'x'.repeat(301), address: 'https://example.org' } }),
      'parameters.quorum.source.title',
      `'${'x'.repeat(79)}…`,
      'text that is not blank, at most 300 characters',
    ],
    [
      'ReferenceMissing',
      quorum({ value: 2, source: { title: 'A law', address: 'x'.repeat(2_001) } }),
      'parameters.quorum.source.address',
      `'${'x'.repeat(79)}…`,
      'text that is not blank, at most 2000 characters',
    ],
    [
      'PermissionMalformed',
      quorum({ value: 2, source, permission: 'open' }),
      'parameters.quorum.permission',
      "'open'",
      "'fixed', 'may-be-stricter' or 'free'",
    ],
    [
      'PermissionMalformed',
      publish(wholePack({ window: { value: 'calendar-year', source, permission: 'may-be-stricter' } })),
      'parameters.window.permission',
      "'may-be-stricter'",
      "'fixed' or 'free', for neither way is stricter",
    ],
    [
      'RangeMalformed',
      quorum({ value: 2, source, permission: 'free', range: { least: 0, most: 4 } }),
      'parameters.quorum.range',
      '0 to 4',
      'two bounds, each a whole number from 1 to 1000',
    ],
    [
      'RangeMalformed',
      quorum({ value: 2, source, permission: 'free', range: { least: Number.NaN, most: 4n } }),
      'parameters.quorum.range',
      'NaN to 4',
      'two bounds, each a whole number from 1 to 1000',
    ],
    [
      'RangeMalformed',
      quorum({ value: 2, source, permission: 'free', range: { least: 'x'.repeat(1_000), most: 4 } }),
      'parameters.quorum.range',
      `'${'x'.repeat(79)}… to 4`,
      'two bounds, each a whole number from 1 to 1000',
    ],
    [
      'RangeMalformed',
      quorum({ value: 2, source, permission: 'free', range: { least: 4, most: 2 } }),
      'parameters.quorum.range',
      '4 to 2',
      'a range of which least is not the greater',
    ],
    ...(
      [
        ['none', 'none', "'none' to 'none'"],
        ['none', 10, "'none' to 10"],
        [10, 'none', "10 to 'none'"],
      ] as const
    ).map(
      ([least, most, found]) =>
        [
          'RangeMalformed',
          publish(wholePack({ yearlyCap: { value: 10, source, permission: 'free', range: { least, most } } })),
          'parameters.yearlyCap.range',
          found,
          "two bounds, each 'none' or a whole number from 0 to 1000",
        ] as const,
    ),
    [
      'RangeMalformed',
      quorum({ value: 2, source, permission: 'free', range: { oneOf: [2], most: 3 } }),
      'parameters.quorum.range',
      '{"oneOf":[2],"most":3}',
      '{ least, most } or { oneOf: [value, …] }',
    ],
    ['ParameterMalformed', publish(null), 'parameters', 'null', 'an object'],
    [
      'ParameterMalformed',
      quorum({ value: 2, source, ['x'.repeat(1_000)]: 1 }),
      `parameters.quorum.${'x'.repeat(80)}`,
      'a name that is not known',
      'value, source, permission, range',
    ],
    [
      'ParameterUnknown',
      publish({ ...wholePack(), ['x'.repeat(1_000)]: 2 }),
      `parameters.${'x'.repeat(80)}`,
      'a name that is not known',
      Object.keys(wholePack()).join(', '),
    ],
    [
      'RangeMalformed',
      quorum({ value: 2, source, permission: 'free', range: [2, 4] }),
      'parameters.quorum.range',
      'a list',
      '{ least, most } or { oneOf: [value, …] }',
    ],
    [
      'RangeMalformed',
      quorum({ value: 2, source, permission: 'free', range: { oneOf: [] } }),
      'parameters.quorum.range',
      '{"oneOf":[]}',
      '{ least, most } or { oneOf: [value, …] }',
    ],
    [
      'RangeMalformed',
      quorum({ value: 2, source, permission: 'free', range: { oneOf: [2, 'three'] } }),
      'parameters.quorum.range.oneOf',
      "'three'",
      'a whole number from 1 to 1000',
    ],
  ] as const)('%s: %#', ([tag, asked, path, found, expected]) => {
    rules().when(asked, authority).refuses(tag, { path, found, expected })
  })

  test('may be left a single value by bounds that are the same, in whichever order they are written', () => {
    const bounded = (range: unknown) => wholePack({ quorum: { value: 2, source, permission: 'free', range } })
    const one = pack('2024-01-01', bounded({ least: 2, most: 2 }))
    expect(one.parameters.quorum?.range).toEqual({ least: 2, most: 2 })
    rules()
      .when(publish(bounded({ most: 2, least: 2 })), authority)
      .accepts(published.pack(one))
  })

  test('ParameterUnknown: a name that no parameter has', () => {
    const expected = Object.keys(wholePack()).join(', ')
    const wrong = { path: 'parameters.quorun', found: 'a name that is not known', expected }
    rules()
      .when(publish({ ...wholePack(), quorun: 2 }), authority)
      .refuses('ParameterUnknown', wrong)
    begun.when(adopt({ quorun: 2 }), local).refuses('ParameterUnknown', wrong)
    begun.when(dispense({ quorun: 2 }), authority).refuses('ParameterUnknown', wrong)
  })
})

test('all that is wrong with one parameter is told: its value in every part, source, permission, range and names nobody knows', () => {
  const wrong = {
    rounding: { value: { mode: 'ceil', per: 'day', unit: 0.25 } },
    quorum: {
      value: -1,
      law: 'x',
      source: { title: '', address: '' },
      permission: 'maybe',
      range: { least: 9, most: 1 },
    },
    sessionMinutesMin: { value: 60, source, range: { oneOf: [60, 'long', 90, -1] } },
    dayCap: { value: 'cut', source },
  }
  const { changes, problems } = changesIn(wrong)
  expect(changes).toEqual({ dayCap: { value: 'cut', source } })
  expect(problems.map(({ _tag, path, found }) => [_tag, path, found])).toEqual([
    ['ParameterMalformed', 'parameters.quorum.law', 'a name that is not known'],
    ['ParameterMalformed', 'parameters.quorum.value', '-1'],
    ['ReferenceMissing', 'parameters.quorum.source.title', "''"],
    ['ReferenceMissing', 'parameters.quorum.source.address', "''"],
    ['PermissionMalformed', 'parameters.quorum.permission', "'maybe'"],
    ['RangeMalformed', 'parameters.quorum.range', '9 to 1'],
    ['RangeMalformed', 'parameters.sessionMinutesMin.range.oneOf', "'long'"],
    ['RangeMalformed', 'parameters.sessionMinutesMin.range.oneOf', '-1'],
    ['ParameterMalformed', 'parameters.rounding.value.mode', "'ceil'"],
    ['ParameterMalformed', 'parameters.rounding.value.per', "'day'"],
    ['ParameterMalformed', 'parameters.rounding.value.unit', '0.25'],
    ['ReferenceMissing', 'parameters.rounding.source', 'nothing'],
  ])
})

test('as they are stored they are parameters, or the first thing that is wrong with them', () => {
  const stored = first.parameters
  expect([ChangesCodec.is(stored), ChangesCodec.is({ quorum: 2 })]).toEqual([true, false])
  expect(ChangesCodec.decode(stored)).toEqual(right(stored))
  const wrong = ChangesCodec.decode({ quorum: 2 })
  expect(isLeft(wrong) && wrong.left.map(({ message }) => message)).toEqual([
    'parameters.quorum: found 2, expected { value, source }',
  ])
})

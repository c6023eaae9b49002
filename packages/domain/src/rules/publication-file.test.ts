// publication-file.test.ts: rules as people write them to be published: what is taken, from where, and what is told as wrong

import { describe, expect, test } from 'vitest'
import { oslo, zone } from '../values/legal-date.ts'
import { defaultPack } from './default-pack.ts'
import { publishable } from './publication.ts'
import { type Begun, writtenRules } from './publication-file.ts'

const source = { title: 'A circular', address: 'https://example.org/circular' }
const standing = publishable(defaultPack)
const whole: Begun = { zone: oslo, parameters: standing }
const layer: Begun = { zone: oslo, parameters: null }

describe('a whole pack', () => {
  test('is as it begins from, but for what it says', () => {
    expect(writtenRules({ name: 'Rules of 2026' }, whole)).toEqual({
      name: 'Rules of 2026',
      zone: oslo,
      parameters: standing,
      problems: [],
    })
    const { name, zone: said, parameters } = writtenRules({ name: 'Danish', zone: 'Europe/Copenhagen' }, whole)
    expect([name, said, parameters]).toEqual(['Danish', zone('Europe/Copenhagen'), standing])
  })

  test('keeps the source of a value that is the same, and no source of one that is another', () => {
    const { parameters, problems } = writtenRules(
      {
        name: 'Rules of 2026',
        parameters: {
          quorum: 2,
          groupThreshold: 4,
          groupSize: { max: 12, min: 3 },
          mandatory: { value: 30, source },
          yearlyCap: { value: 10, permission: 'fixed' },
          sessionMinutesMin: { value: 60, source },
        },
      },
      whole,
    )
    expect(parameters).toEqual({
      ...standing,
      groupThreshold: { value: 4, permission: 'may-be-stricter' },
      groupSize: {
        value: { max: 12, min: 3 },
        permission: 'free',
        source: defaultPack.groupSize.source,
      },
      mandatory: { value: 30, permission: 'may-be-stricter', source },
      yearlyCap: { value: 10, permission: 'fixed' },
      sessionMinutesMin: { value: 60, permission: 'may-be-stricter', source },
    })
    expect(problems).toEqual([])
    expect('source' in Object(parameters.groupThreshold)).toBe(false)
  })

  test('hands on what no JSON can hold, for publishing to refuse', () => {
    for (const value of [Number.NaN, 2n, '\ud800'])
      expect(writtenRules({ name: 'Rules of 2026', parameters: { quorum: value } }, whole).parameters).toEqual({
        ...standing,
        quorum: { value, permission: 'may-be-stricter' },
      })
  })

  test('hands on whatever name stands in the file, for publishing to refuse', () => {
    const { parameters } = writtenRules(JSON.parse('{ "name": "Rules", "parameters": { "__proto__": 2 } }'), whole)
    expect(Object.entries(parameters)).toEqual([...Object.entries(standing), ['__proto__', { value: 2 }]])
  })

  test('hands on a parameter that is not known, and one that is nothing, for publishing to refuse', () => {
    const { parameters } = writtenRules({ name: 'Rules of 2026', parameters: { quorun: 3, quorum: null } }, whole)
    expect(parameters).toEqual({
      ...standing,
      quorun: { value: 3 },
      quorum: { value: null, permission: 'may-be-stricter' },
    })
  })
})

test('the shortest session may be spelled as the sources spell it, but not twice', () => {
  const rule = { value: 90, source }
  expect(writtenRules({ name: 'Bergen', parameters: { 'sessionMinutes.min': rule } }, layer)).toEqual({
    name: 'Bergen',
    zone: oslo,
    parameters: { sessionMinutesMin: rule },
    problems: [],
  })
  expect(writtenRules({ name: 'Rules', parameters: { 'sessionMinutes.min': 60 } }, whole).parameters).toEqual(standing)
  const twice = { sessionMinutesMin: rule, 'sessionMinutes.min': rule }
  expect(writtenRules({ name: 'Bergen', parameters: twice }, layer).problems).toEqual([
    {
      path: 'parameters.sessionMinutes.min',
      found: 'sessionMinutesMin beside it',
      expected: 'one of the two, which are the same parameter',
    },
  ])
})

test('a layer says only what it changes', () => {
  expect(
    writtenRules({ name: 'Bergen', parameters: { quorum: 3, window: { value: 'group-year', source } } }, layer),
  ).toEqual({
    name: 'Bergen',
    zone: oslo,
    parameters: { quorum: { value: 3 }, window: { value: 'group-year', source } },
    problems: [],
  })
  expect(writtenRules({ name: 'Bergen' }, layer).parameters).toEqual({})
})

describe('what is wrong is told, all of it', () => {
  const empty = { name: '', zone: oslo, parameters: {} }
  test('what is no object is one problem', () => {
    expect(writtenRules([], layer)).toEqual({
      ...empty,
      problems: [{ path: '', found: 'a list', expected: 'an object' }],
    })
  })

  test('names, zone and parameters', () => {
    expect(writtenRules({ name: ' ', zone: 'Mars', parameter: {}, parameters: 7 }, whole)).toEqual({
      ...empty,
      parameters: standing,
      problems: [
        { path: 'name', found: "' '", expected: 'text that is not blank, at most 300 characters' },
        { path: 'parameter', found: 'a name that is not known', expected: 'name, zone, parameters' },
        { path: 'zone', found: "'Mars'", expected: "a time zone by its name, such as 'Europe/Oslo'" },
        { path: 'parameters', found: '7', expected: 'an object' },
      ],
    })
    expect(writtenRules({ name: 'Bergen', zone: 'Europe/Oslo' }, layer).problems).toEqual([
      { path: 'zone', found: "'Europe/Oslo'", expected: 'nothing, for a layer has that of the rules above it' },
    ])
    expect(writtenRules({}, layer)).toEqual({
      ...empty,
      problems: [{ path: 'name', found: 'nothing', expected: 'text that is not blank, at most 300 characters' }],
    })
  })
})

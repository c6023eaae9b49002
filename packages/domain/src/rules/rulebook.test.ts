// rulebook.test.ts: who may publish rules, what a national pack is, and what is stored of it

import { isLeft, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { as, deciderLaws } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { Digest } from './digest.ts'
import {
  adaptation,
  asking,
  dispensation,
  first,
  pack,
  published,
  scheme,
  second,
  source,
  wholePack,
} from './published.test-kit.ts'
import { authority, begun, bergen, dispense, kari, local, publish, rules, stricter } from './publishing.test-kit.ts'
import { rulebook } from './rulebook.ts'
import { rulesCommands } from './rules-commands.ts'
import { rulePackPublished, rulesEvents, Scope } from './rules-events.ts'

describe('S1-05b only the authority publishes rules for the country', () => {
  test.for(['coordinator', 'local-authority', 'importer'])('S1-05b not as %s', (role) => {
    rules().when(asking.pack(first), as(role)).refuses('NotForThisActor', { role, needed: 'authority' })
    const one = dispense(stricter)
    begun.when(one, as(role)).refuses('NotForThisActor', { role, needed: 'authority' })
  })

  test('S1-05b a region adapts them, as may the authority, and nobody else', () => {
    const adapted = adaptation(bergen, first, stricter)
    for (const who of [local, authority])
      begun.when(asking.adaptation(adapted), who).accepts(published.adaptation(adapted))
    begun
      .when(asking.adaptation(adapted), as('importer'))
      .refuses('NotForThisActor', { role: 'importer', needed: 'local-authority' })
  })
})

describe('a national pack', () => {
  test('is published under the digest of what it says, however its fields are ordered', () => {
    rules().when(asking.pack(first), authority).accepts(published.pack(first))
    const backwards = Object.fromEntries(Object.entries(wholePack()).reverse())
    rules().when(publish(backwards), authority).accepts(published.pack(first))
    expect(Digest.is(first.digest)).toBe(true)
  })

  test('published again is nothing', () => {
    begun.when(asking.pack(first), authority).doesNothing()
    rules(published.pack(first), published.pack(second)).when(asking.pack(first), authority).doesNothing()
  })

  test('follows the one before without a gap, and may take effect before it is published', () => {
    begun.when(asking.pack(second), authority).accepts(published.pack(second))
  })

  test.for(['2024-01-01', '2023-06-01'])('RulesOverlap: from %s, where one is in force from 2024-01-01', (from) => {
    const other = pack(from, { quorum: { value: 3, source, permission: 'fixed' } })
    begun.when(asking.pack(other), authority).refuses('RulesOverlap', {
      path: 'from',
      found: from,
      expected: 'a date after 2024-01-01, from which Rules of 2024 is in force',
    })
  })

  test('DigestWrong: not what the caller takes it to be', () => {
    const asked = { ...asking.pack(first), data: { ...asking.pack(first).data, digest: second.digest } }
    rules()
      .when(asked, authority)
      .refuses('DigestWrong', { path: 'digest', found: second.digest, expected: first.digest })
    rules()
      .when({ ...asked, data: { ...asked.data, digest: first.digest } }, authority)
      .accepts(published.pack(first))
  })

  test('ParameterMissing: it says every parameter, and what layers below may do', () => {
    const { quorum: _, ...others } = wholePack()
    rules().when(publish(others), authority).refuses('ParameterMissing', {
      path: 'parameters.quorum',
      found: 'nothing',
      expected: '{ value, source, permission }',
    })
    rules()
      .when(publish(wholePack({ quorum: { value: 2, source } })), authority)
      .refuses('ParameterMissing', {
        path: 'parameters.quorum.permission',
        found: 'nothing',
        expected: 'fixed or may-be-stricter or free',
      })
  })

  test('RulesContradict: two rules that cannot stand together', () => {
    const written = wholePack({
      window: { value: 'rolling-12-months', source, permission: 'fixed' },
      rounding: { value: { mode: 'floor', per: 'window', unit: 1 }, source, permission: 'fixed' },
    })
    rules().when(publish(written), authority).refuses('RulesContradict', {
      path: 'parameters.rounding.per',
      found: "'window' with the window 'rolling-12-months'",
      expected: "'session', for an attendance lies in many rolling windows",
    })
  })
})

test('a name is at most 300 characters, in a command and as it is stored', () => {
  const named = (length: number) => pack('2024-01-01', {}, 'x'.repeat(length))
  for (const [length, isOne] of [
    [300, true],
    [301, false],
  ] as const) {
    const one = named(length)
    expect(isLeft(rulePackPublished.decode(1, JSON.parse(JSON.stringify(one))))).toBe(!isOne)
    const command = rulesCommands.PublishRulePack?.decode(asking.pack(one))
    expect(command?._tag).toBe(isOne ? 'Right' : 'Left')
    const adopted = rulesCommands.AdoptLocalAdaptation?.decode(
      asking.adaptation({ ...adaptation(bergen, first, stricter), name: one.name }),
    )
    expect(adopted?._tag).toBe(isOne ? 'Right' : 'Left')
  }
})

test('as it is stored a region has a municipality, and rules the digest of what they say', () => {
  expect([Scope.is(bergen), Scope.is({ layer: 'region', municipalities: [] })]).toEqual([true, false])
  const stored = JSON.parse(JSON.stringify(first))
  expect(rulePackPublished.decode(1, stored)).toEqual(right(published.pack(first)))
  expect(isLeft(rulePackPublished.decode(1, { ...stored, digest: second.digest }))).toBe(true)
})

describe('the laws of a decider', () => {
  const asked = [
    asking.pack(first),
    asking.adaptation(adaptation(bergen, first, stricter)),
    asking.dispensation(dispensation(kari, stricter, '2024-03-01', '2024-09-01')),
    asking.pack(second),
    { ...asking.pack(second), data: { ...asking.pack(second).data, from: legalDate('2023-01-01'), scheme } },
  ].map((command) => ({ command, context: authority }))
  test.for(deciderLaws(rulebook, rulesEvents).map(({ law, holdsFor }) => [law, holdsFor] as const))(
    '%s',
    ([, holdsFor]) => {
      holdsFor(asked)
      holdsFor([...asked].reverse())
    },
  )
})

// standing.test.ts: rules as they stand at a layer: what the next one may change of them, and what it may not

import { describe, expect, test } from 'vitest'
import { changesFrom } from './changes.ts'
import { defaultPack } from './default-pack.ts'
import { source, sourced } from './published.test-kit.ts'
import type { RuleName } from './rule-pack.ts'
import { layered, type Objection, saidBy, standingIn } from './standing.ts'

const read = (written: unknown) => {
  const changes = changesFrom(written)
  if (changes._tag === 'Left') throw new RangeError(JSON.stringify(changes.left))
  return changes.right
}
const free = (value: unknown, range?: unknown) => ({
  value,
  source,
  permission: 'free',
  ...(range === undefined ? {} : { range }),
})

/** What stands above: all of it fixed as at the founding, but for this. */
const above = (written: unknown) => standingIn({ parameters: read(written) }, null, defaultPack)
const under = (stands: unknown, said: unknown) => layered(above(stands), above(stands), read(said), null, 'adapting')

/** Each parameter that has no effect, and why. */
const against = (stands: unknown, said: unknown): ReadonlyArray<readonly [RuleName, Objection['_tag']]> =>
  under(stands, said).setAside.map(({ name, because }) => [name, because._tag] as const)

test('a rule stands with what those below may do; by what it was set only where something set it', () => {
  const stands = above({ quorum: free(3, { least: 2, most: 4 }), groupThreshold: free(4) })
  expect(stands.quorum).toStrictEqual({ value: 3, source, permission: 'free', range: { least: 2, most: 4 } })
  expect(stands.groupThreshold).toStrictEqual({ value: 4, source, permission: 'free' })
  expect(stands.mandatory).toStrictEqual({ ...defaultPack.mandatory, permission: 'fixed' })
})

test('where a layer says neither permission nor range, those above it stand', () => {
  const { rules } = under({ quorum: free(3, { least: 2, most: 4 }) }, sourced({ quorum: 4 }))
  expect(rules.quorum).toStrictEqual({ value: 4, source, permission: 'free', range: { least: 2, most: 4 } })
})

test('a draft says values, and what layers below may do is as it stood', () => {
  const stands = above({ quorum: free(3, { least: 2, most: 4 }), groupThreshold: free(4) })
  const draft = saidBy({ ...defaultPack, mandatory: { value: 25, source } }, stands)
  expect(draft.quorum).toStrictEqual({ ...defaultPack.quorum, permission: 'free', range: { least: 2, most: 4 } })
  expect(draft.groupThreshold).toStrictEqual({ ...defaultPack.groupThreshold, permission: 'free' })
  expect(draft.mandatory).toStrictEqual({ value: 25, source, permission: 'fixed' })
})

describe('a range', () => {
  const bounded = { quorum: free(3, { least: 2, most: 4 }) }
  test.for([
    [1, ['OutsideRange']],
    [2, []],
    [4, []],
    [5, ['OutsideRange']],
  ] as const)('of 2 to 4 leaves %d: %j', ([quorum, tags]) => {
    expect(against(bounded, sourced({ quorum })).map(([, tag]) => tag)).toEqual(tags)
  })

  test('of numbers leaves no other value', () => {
    const caps = { yearlyCap: free(10, { least: 5, most: 15 }) }
    expect(against(caps, sourced({ yearlyCap: 'none' }))).toEqual([['yearlyCap', 'OutsideRange']])
    expect(against(caps, sourced({ yearlyCap: 12 }))).toEqual([])
  })

  const narrowed = (range: unknown) => ({ quorum: { value: 3, source, range } })
  test.for([
    [{ least: 2, most: 4 }, true],
    [{ least: 3, most: 3 }, true],
    [{ least: 1, most: 4 }, false],
    [{ least: 2, most: 5 }, false],
    [{ oneOf: [2, 4] }, true],
    [{ oneOf: [1, 3] }, false],
  ] as const)('within 2 to 4 may be %j: %s', ([range, isPermitted]) => {
    expect(against(bounded, narrowed(range))).toEqual(isPermitted ? [] : [['quorum', 'PermissionLoosened']])
  })

  test.for([
    [{ oneOf: [3] }, true],
    [{ oneOf: [3, 4] }, false],
    [{ least: 3, most: 3 }, false],
  ] as const)('within some values may be %j: %s', ([range, isPermitted]) => {
    expect(against({ quorum: free(3, { oneOf: [2, 3] }) }, narrowed(range))).toEqual(
      isPermitted ? [] : [['quorum', 'PermissionLoosened']],
    )
  })

  test('may be given where there was none', () => {
    const { rules, setAside } = under({ quorum: free(3) }, narrowed({ least: 2, most: 9 }))
    expect([setAside, rules.quorum.range]).toEqual([[], { least: 2, most: 9 }])
  })
})

test('a permission may be as above or less, not more', () => {
  const permitting = (permission: string) => ({ quorum: { value: 2, source, permission } })
  const told = (above: string) =>
    ['fixed', 'may-be-stricter', 'free'].map((below) => against(permitting(above), permitting(below)).length)
  expect([told('fixed'), told('may-be-stricter'), told('free')]).toEqual([
    [0, 1, 1],
    [0, 0, 1],
    [0, 0, 0],
  ])
})

test('what is fixed may be said again as it is', () => {
  expect(against({}, sourced({ minutesPerPoint: 60 }))).toEqual([])
  expect(against({}, sourced({ minutesPerPoint: 61 }))).toEqual([['minutesPerPoint', 'RuleIsFixed']])
})

test('of what would contradict itself only what the layer says is set aside, and each once', () => {
  const rolling = {
    window: { value: 'rolling-12-months', source, permission: 'fixed' },
    plannedWithin: free('none'),
    rounding: free('none'),
  }
  expect(against(rolling, sourced({ plannedWithin: { months: 3 }, quorum: 3 }))).toEqual([
    ['quorum', 'RuleIsFixed'],
    ['plannedWithin', 'RulesContradict'],
  ])
  expect(against(rolling, sourced({ window: 'calendar-year', plannedWithin: { months: 3 } }))).toEqual([
    ['window', 'RuleIsFixed'],
    ['plannedWithin', 'RulesContradict'],
  ])
})

test('what has no part in a contradiction stands, also where it could have had one', () => {
  const rolling = {
    window: { value: 'rolling-12-months', source, permission: 'fixed' },
    plannedWithin: free('none'),
    rounding: free('none'),
  }
  const bySession = { mode: 'floor', per: 'session', unit: 1 } as const
  const { rules, setAside } = under(rolling, sourced({ rounding: bySession, plannedWithin: { months: 3 } }))
  expect(setAside.map(({ name }) => name)).toEqual(['plannedWithin'])
  expect([rules.rounding.value, rules.plannedWithin.value]).toEqual([bySession, 'none'])
  const byWindow = { mode: 'floor', per: 'window', unit: 1 } as const
  expect(against(rolling, sourced({ rounding: byWindow, plannedWithin: { months: 3 } }))).toEqual([
    ['plannedWithin', 'RulesContradict'],
    ['rounding', 'RulesContradict'],
  ])
})

test('where what stands above contradicts itself, a layer changes what it may', () => {
  const contradictory = {
    window: { value: 'rolling-12-months', source, permission: 'fixed' },
    rounding: { value: { mode: 'floor', per: 'window', unit: 1 }, source, permission: 'fixed' },
    quorum: free(2),
  }
  const { rules, setAside } = under(contradictory, sourced({ quorum: 3 }))
  expect([rules.quorum.value, setAside]).toEqual([3, []])
})

// local-rules.test.ts: a group’s adaptation is held against that of its region when it is published, and again when they meet later

import { isLeft } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { promised } from '../kernel/promised.ts'
import { defaultPack } from '../rules/default-pack.ts'
import { digestOf } from '../rules/digest.ts'
import { nationally } from '../rules/in-force.ts'
import { publishable } from '../rules/publication.ts'
import { norway } from '../rules/scheme.ts'
import { groupNamed, opened } from '../testing/index.ts'
import { legalDate, oslo } from '../values/legal-date.ts'
import { MunicipalityNumber } from '../values/municipality-number.ts'

const group = groupNamed('G1')
const source = { title: 'A circular', address: 'https://example.org/circular' }
const pack = { name: 'Rules of 2020', zone: oslo, from: '2020-01-01', parameters: publishable(defaultPack) }

const registered = async () => {
  const { register } = opened()
  const execute = async (type: string, data: object, role = 'authority') => {
    const done = await register.execute({ type, data }, { actor: { id: 'somebody', role } })()
    return isLeft(done) ? done.left : null
  }
  const adopting = (scope: object, quorum: object) => ({
    scheme: norway.id,
    name: 'Here it is so',
    scope,
    from: '2024-01-01',
    until: null,
    basis: digestOf(pack),
    parameters: { quorum: { source, ...quorum } },
  })
  const ofGroup = (value: number) =>
    execute('AdoptLocalAdaptation', adopting({ layer: 'group', group }, { value }), 'local-authority')
  const ofRegion = (...municipalities: ReadonlyArray<string>) =>
    execute('AdoptLocalAdaptation', adopting({ layer: 'region', municipalities }, { value: 3, permission: 'fixed' }))
  expect(await execute('PublishRulePack', { scheme: norway.id, ...pack })).toBe(null)
  return { register, execute, ofGroup, ofRegion }
}
const registering = { group, name: 'G1', municipality: '4601', on: '2020-01-01', reference: null }

test('S2-19 what would loosen the rule of its region is refused, with where, found and expected', async () => {
  const { execute, ofGroup, ofRegion } = await registered()
  await execute('RegisterGroup', registering)
  expect(await ofRegion('4601', '4602')).toBe(null)
  expect(await ofGroup(2)).toEqual({
    _tag: 'Refused',
    refusal: {
      _tag: 'RuleIsFixed',
      path: 'parameters.quorum.value',
      found: '2',
      expected: '3, which is fixed by: A circular, in the group’s region (Here it is so, 2024-01-01 to any time)',
    },
  })
  expect(await ofGroup(3)).toBe(null)
})

test('S2-19 a group that is to move there is bound by that', async () => {
  const { execute, ofGroup, ofRegion } = await registered()
  await execute('RegisterGroup', { ...registering, municipality: '0301' })
  expect(await ofRegion('4601')).toBe(null)
  await execute('MoveGroup', { group, municipality: '4601', on: '2029-01-01' })
  expect(await ofGroup(2)).toMatchObject({ refusal: { _tag: 'RuleIsFixed' } })
})

test('S2-19 all that is wrong with it is said at once, and nothing is stored', async () => {
  const { register, execute, ofRegion } = await registered()
  await execute('RegisterGroup', registering)
  await ofRegion('4601')
  const data = {
    scheme: norway.id,
    name: 'Here it is so',
    scope: { layer: 'group', group },
    from: '2024-01-01',
    until: null,
    basis: digestOf(pack),
    parameters: {
      quorum: { value: 2, source },
      minutesPerPoint: { value: 45, source },
      dayCap: { value: 'reject', source },
    },
  }
  const asked = { type: 'AdoptLocalAdaptation', data }
  const before = await promised(register.published(register.question()))
  const looked = await promised(register.scrutinised(asked, { id: 'somebody', role: 'importer' }))
  expect(looked.refusals.map((one) => [one._tag, 'path' in one ? one.path : one.needed])).toEqual([
    ['NotForThisActor', 'local-authority'],
    ['RuleIsFixed', 'parameters.minutesPerPoint.value'],
    ['RuleIsFixed', 'parameters.quorum.value'],
  ])
  expect(await promised(register.published(register.question()))).toEqual(before)
  const { dayCap } = data.parameters
  const allowed = { ...asked, data: { ...data, parameters: { dayCap } } }
  const actor = { id: 'somebody', role: 'local-authority' }
  const { scheme: _, ...content } = allowed.data
  expect(await promised(register.scrutinised(allowed, actor))).toEqual({
    refusals: [],
    event: { type: 'LocalAdaptationAdopted', data: { digest: digestOf(content), ...content } },
    isPublished: false,
  })
  await execute(allowed.type, allowed.data)
  expect(await promised(register.scrutinised(allowed, actor))).toMatchObject({ refusals: [], isPublished: true })
  expect(await register.scrutinised({ type: 'AdoptLocalAdaptation', data: {} }, actor)()).toMatchObject({
    left: { _tag: 'CommandMalformed', found: expect.stringContaining('data.scheme: found nothing') },
  })
  expect(await register.scrutinised(undefined, actor)()).toMatchObject({ left: { _tag: 'CommandMalformed' } })
})

test('S2-19 where a group moves afterwards, what its new region does not permit is set aside', async () => {
  const { register, execute, ofGroup, ofRegion } = await registered()
  await execute('RegisterGroup', { ...registering, municipality: '0301' })
  expect([await ofRegion('4601'), await ofGroup(2)]).toEqual([null, null])
  await execute('MoveGroup', { group, municipality: '4601', on: '2029-01-01' })
  const municipality = '4601'
  if (!MunicipalityNumber.is(municipality)) throw new RangeError(municipality)
  const rules = await promised(register.rulesInForce(register.question()))
  const there = { ...nationally(legalDate('2029-01-01')), group, municipality }
  expect(rules.at(there).quorum.value).toBe(3)
  expect(
    rules
      .layersAt(there)
      .at(-1)
      ?.setAside.map(({ said, instead }) => [said.value, instead.value]),
  ).toEqual([[2, 3]])
})

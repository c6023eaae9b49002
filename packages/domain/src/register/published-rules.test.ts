// published-rules.test.ts: a register that follows the rules that were published, as they were known

import { isLeft } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { Instant } from '../kernel/instant.ts'
import { promised } from '../kernel/promised.ts'
import { defaultPack } from '../rules/default-pack.ts'
import { digestOf } from '../rules/digest.ts'
import { nationally } from '../rules/in-force.ts'
import { publishable } from '../rules/publication.ts'
import { norway, schemeNamed } from '../rules/scheme.ts'
import { everyCommand } from '../testing/every-command.ts'
import {
  departmentNamed,
  doctorNamed,
  groupNamed,
  hospitalNamed,
  inOslo,
  type Opened,
  opened,
  sessionNamed,
} from '../testing/index.ts'
import { legalDate, oslo } from '../values/legal-date.ts'
import type { Settings } from './register.ts'

const kari = doctorNamed('Kari')
const group = groupNamed('G1')
const source = { title: 'A circular', address: 'https://example.org/circular' }

/** An open register whose clock a test sets. */
const openedAt = (settings: Settings = {}) => {
  const clock = { at: inOslo('2024-01-01') }
  const open = opened(settings, () => clock.at)
  const as =
    (role: string) =>
    async (type: string, data: object, at?: string): Promise<void> => {
      if (at !== undefined) clock.at = inOslo(at)
      await promised(open.register.execute({ type, data }, { actor: { id: 'somebody', role } }))
    }
  return { ...open, clock, as }
}

const pack = (from: string, otherwise: object = {}) => ({
  name: `Rules of ${from}`,
  zone: oslo,
  from,
  parameters: { ...publishable(defaultPack), ...otherwise },
})
const publishing = (from: string, otherwise: object = {}) => ({ scheme: norway.id, ...pack(from, otherwise) })
const sessions = (value: number) => ({ groupThreshold: { value, source, permission: 'may-be-stricter' } })

/** Kari and Ola meet three times in 2024, once at the hospital. */
const meeting = async ({ as }: ReturnType<typeof openedAt>): Promise<void> => {
  const importing = as('importer')
  for (const doctor of [kari, doctorNamed('Ola')])
    await importing('RegisterDoctor', { doctor, name: 'somebody', municipality: null })
  await importing('OpenPeriod', { doctor: kari, anchor: '2023-01-01' })
  await importing('RegisterGroup', { group, name: 'G1', municipality: '4601', on: '2023-01-01', reference: null })
  for (const doctor of [kari, doctorNamed('Ola')]) await importing('AddMember', { group, doctor, on: '2023-01-01' })
  await importing('DeclareIndustryFree', { group, by: kari, on: '2023-01-01' })
  await importing('RegisterHospital', everyCommand.RegisterHospital.data)
  await importing('RegisterDepartment', everyCommand.RegisterDepartment.data)
  for (const [nth, date] of ['2024-02-10', '2024-05-10', '2024-09-10'].entries())
    await importing('ReportSessionHeld', {
      ...everyCommand.ReportSessionHeld.data,
      session: sessionNamed(`S${nth}`),
      starts: inOslo(`${date} 15:00`),
      ends: inOslo(`${date} 18:00`),
      department: nth === 2 ? departmentNamed('children') : null,
      hosts: [],
      groups: [group],
      attendance: [kari, doctorNamed('Ola')].map((doctor) => ({
        group,
        doctor,
        role: 'member',
        presence: { kind: 'whole' },
      })),
      reference: { source: 'testing', id: `S${nth}` },
      request: null,
    })
}

const asked = (asKnownAt: Instant) => ({ effectiveThrough: legalDate('2024-12-31'), asKnownAt })
const later = inOslo('2031-01-01')

const counted = async ({ register }: Opened, asKnownAt: Instant): Promise<number> =>
  (await promised(register.points(kari, asked(asKnownAt)))).countedMinutes

describe('S2-20 answers follow the rules published', () => {
  test('S2-20 as known: what is published later changes no earlier answer, whenever it takes effect', async () => {
    const on = openedAt()
    await meeting(on)
    await on.as('authority')('PublishRulePack', publishing('2020-01-01', sessions(4)), '2025-01-01 12:00')
    await on.as('authority')('PublishRulePack', publishing('2024-01-01', sessions(2)), '2025-03-01 12:00')
    const at = async (known: string) => counted(on, inOslo(known))
    expect([await at('2025-01-01 11:59'), await at('2025-01-01 12:00'), await at('2025-03-01 12:00')]).toEqual([
      540, 0, 540,
    ])
    const everyone = await promised(on.register.everyonesPoints(asked(inOslo('2025-02-01'))))
    expect(everyone.map(({ countedMinutes }) => countedMinutes)).toEqual([0])
    const published = await promised(on.register.published(asked(inOslo('2025-02-01'))))
    expect(published.map(({ event }) => event.type === 'RulePackPublished' && event.data.from)).toEqual(['2020-01-01'])
  })

  test('S2-20 of a region, and of the hospital that the department is at', async () => {
    const on = openedAt()
    await meeting(on)
    await on.as('authority')('PublishRulePack', publishing('2020-01-01'))
    const adopting = (scope: object, value: number) => ({
      scheme: norway.id,
      name: 'Here it is so',
      scope,
      from: '2020-01-01',
      until: null,
      basis: digestOf(pack('2020-01-01')),
      parameters: { sessionMinutesMin: { value, source } },
    })
    expect(await counted(on, later)).toBe(540)
    const hospital = { layer: 'hospital', hospital: hospitalNamed('Haukeland') }
    await on.as('local-authority')('AdoptLocalAdaptation', adopting(hospital, 200))
    const { lines } = await promised(on.register.points(kari, asked(later)))
    expect(lines.map(({ label, shortfall }) => `${label} ${shortfall?.reason}`)).toEqual([
      'S0 GROUP_UNDER_3_MEETINGS',
      'S1 GROUP_UNDER_3_MEETINGS',
      'S2 SESSION_TOO_SHORT',
    ])
    await on.as('importer')('MoveDepartment', {
      ...everyCommand.MoveDepartment.data,
      on: '2024-06-01',
    })
    expect(await counted(on, later)).toBe(540)
    await on.as('local-authority')('AdoptLocalAdaptation', adopting({ layer: 'region', municipalities: ['4601'] }, 200))
    expect(await counted(on, later)).toBe(0)
  })

  test('S2-19 also of what a group’s size should be', async () => {
    const on = openedAt()
    await meeting(on)
    await on.as('authority')('PublishRulePack', publishing('2020-01-01'))
    const warning = async () => (await promised(on.register.groupRegister(asked(later)))).map((one) => one.warning)
    expect(await warning()).toEqual(['UNDER_3'])
    await on.as('local-authority')('AdoptLocalAdaptation', {
      scheme: norway.id,
      name: 'Few live here',
      scope: { layer: 'region', municipalities: ['4601'] },
      from: '2020-01-01',
      until: null,
      basis: digestOf(pack('2020-01-01')),
      parameters: { groupSize: { value: { min: 2, max: 12 }, source } },
    })
    expect(await warning()).toEqual([null])
  })

  test('of their own scheme, founded with its own pack', async () => {
    const founding = { ...defaultPack, groupThreshold: { ...defaultPack.groupThreshold, value: 4 } }
    const scheme = schemeNamed('another country', founding)
    const on = openedAt({ scheme })
    await meeting(on)
    await on.as('authority')('PublishRulePack', publishing('2020-01-01'))
    expect([on.register.scheme, await counted(on, later)]).toEqual([scheme, 0])
    await on.as('authority')('PublishRulePack', { ...publishing('2020-01-01'), scheme: scheme.id })
    expect(await counted(on, later)).toBe(540)
  })

  test('but for a register that was opened with one pack, which follows that and nothing else', async () => {
    const one = { ...defaultPack, groupThreshold: { ...defaultPack.groupThreshold, value: 3 } }
    const on = openedAt({ rules: one })
    await meeting(on)
    await on.as('authority')('PublishRulePack', publishing('2020-01-01', sessions(4)))
    expect(await counted(on, later)).toBe(540)
    const rules = await promised(on.register.rulesInForce(asked(later)))
    expect(rules.at(nationally(legalDate('2024-06-01')))).toBe(one)
  })
})

describe('a draft stands in the place of the national pack in force', () => {
  const drafted = async (on: Opened, quorum: number) => {
    const rules = await promised(on.register.rulesInForce(asked(later)))
    const pack = rules.at(nationally(legalDate('2024-12-31')))
    return promised(
      on.register.whatIf({ ...pack, name: 'draft', quorum: { ...pack.quorum, value: quorum } }, asked(later)),
    )
  }

  test('local adaptations judge under it: one that says what is in force changes nothing', async () => {
    const on = openedAt()
    await meeting(on)
    await on.as('authority')('PublishRulePack', publishing('2020-01-01'))
    await on.as('local-authority')('AdoptLocalAdaptation', {
      scheme: norway.id,
      name: 'Long meetings',
      scope: { layer: 'region', municipalities: ['4601'] },
      from: '2020-01-01',
      until: null,
      basis: digestOf(pack('2020-01-01')),
      parameters: { sessionMinutesMin: { value: 200, source } },
    })
    expect(await counted(on, later)).toBe(0)
    const same = await drafted(on, 2)
    expect([same.rules, same.doctors, same.groups, same.total.points.difference.numerator]).toEqual([[], [], [], 0])
    const stricter = await drafted(on, 5)
    expect(stricter.rules.map(({ name }) => name)).toEqual(['quorum'])
    expect(stricter.total).toMatchObject({ gaining: 0, losing: 0 })
  })

  test('and earlier packs judge earlier sessions', async () => {
    const on = openedAt()
    await meeting(on)
    await on.as('authority')('PublishRulePack', publishing('2020-01-01'))
    await on.as('authority')('PublishRulePack', publishing('2024-12-01'))
    expect((await drafted(on, 5)).doctors).toEqual([])
    const early = openedAt()
    await meeting(early)
    await early.as('authority')('PublishRulePack', publishing('2020-01-01'))
    expect((await drafted(early, 5)).total).toMatchObject({ gaining: 0, losing: 1 })
  })
})

describe('what was published is taken back', () => {
  const stream = `rules-${norway.id}`

  test('by who published it, and stands again when that is taken back', async () => {
    const on = openedAt()
    await meeting(on)
    await on.as('authority')('PublishRulePack', publishing('2020-01-01', sessions(4)))
    const retracting = (corrects: string | undefined) => ({ stream, corrects, reason: 'it was not meant' })
    const last = () => on.log.log.at(-1)?.id
    const [publication] = [last()]
    const local = await on.register.execute(
      { type: 'RetractFact', data: retracting(publication) },
      { actor: { id: 'somebody', role: 'local-authority' } },
    )()
    expect(local).toMatchObject({ left: { refusal: { _tag: 'NotForThisActor', needed: 'authority' } } })
    await on.as('authority')('RetractFact', retracting(publication))
    expect(await counted(on, later)).toBe(540)
    await on.as('authority')('RetractFact', retracting(last()))
    expect(await counted(on, later)).toBe(0)
  })

  test('but not so that two would be in force at one time', async () => {
    const on = openedAt()
    await on.as('authority')('PublishRulePack', publishing('2020-01-01', sessions(4)))
    const first = on.log.log.at(-1)?.id
    await on.as('authority')('RetractFact', { stream, corrects: first, reason: 'it was not meant' })
    const retraction = on.log.log.at(-1)?.id
    await on.as('authority')('PublishRulePack', publishing('2020-01-01', sessions(2)))
    const again = await on.register.execute(
      { type: 'RetractFact', data: { stream, corrects: retraction, reason: 'it was meant' } },
      { actor: { id: 'somebody', role: 'authority' } },
    )()
    expect(again).toMatchObject({
      left: { refusal: { _tag: 'RulesOverlap', path: 'corrects', found: '2020-01-01' } },
    })
  })
})

test('RulesUnknown: rules that cannot be read are an error for whoever knew them, not a guess', async () => {
  const on = openedAt()
  await meeting(on)
  const before = inOslo('2025-01-01')
  await on.as('authority')('PublishRulePack', publishing('2020-01-01', sessions(4)), '2025-06-01')
  const stored = on.log.log.at(-1)
  if (stored === undefined) throw new Error('nothing is stored')
  // Somebody changes what was published, and not the digest that it goes by.
  Object.assign(stored, { data: stored.data.replace('"value":4', '"value":2') })
  expect(await counted(on, before)).toBe(540)
  const expected = 'one that this release can read'
  const found =
    'a RulePackPublished that cannot be read (the whole: found an object, expected rules under the digest of what they say)'
  const unknown = await on.register.points(kari, asked(later))()
  expect(isLeft(unknown) ? unknown.left : unknown).toEqual({
    _tag: 'RulesUnknown',
    event: stored.id,
    found,
    expected,
    message: `the rules published by event ${stored.id} cannot be followed: found ${found}, expected ${expected}`,
  })
  expect(await on.register.groupRegister(asked(later))()).toEqual(unknown)
  expect(await on.register.everyonesPoints(asked(later))()).toEqual(unknown)
  expect(await on.register.programme(kari, asked(later))()).toEqual(unknown)
  expect(await on.register.rulesInForce(asked(later))()).toEqual(unknown)
  expect(await on.register.published(asked(later))()).toEqual(unknown)
})

// set-aside.test.ts: all that layers say to no effect on a date, wherever two of them meet

import { expect, test } from 'vitest'
import { canonical } from '../kernel/canonical.ts'
import { groupNamed, hospitalNamed } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { g1, hospital, kari } from './circumstances.test-kit.ts'
import { defaultPack } from './default-pack.ts'
import { byOnePack } from './in-force.ts'
import {
  adaptation,
  dispensation,
  eventNumber,
  first,
  inForceAfter,
  municipality,
  ofGroup,
  pack,
  published,
  region,
  source,
  sourced,
} from './published.test-kit.ts'
import type { RulesEvent } from './rules-events.ts'
import { setAsideOf } from './set-aside.ts'

const fixed = (value: number) => ({ quorum: { value, source, permission: 'fixed' } })

test('S2-20 all that is set aside on a date is told, wherever two layers meet', () => {
  const rules = inForceAfter(
    published.pack(first),
    published.adaptation(adaptation(region('4601'), first, fixed(3), '2024-01-01', '2025-01-01')),
    published.adaptation(adaptation(hospital, first, fixed(4))),
    published.adaptation(adaptation(ofGroup(g1), first, sourced({ quorum: 5, window: 'group-year' }))),
    published.dispensation(dispensation(kari, sourced({ mandatory: 10, quorum: 1 }), '2024-01-01', '2027-01-01')),
    published.pack(
      pack('2026-01-01', {
        mandatory: { value: 20, source, permission: 'fixed' },
        window: { value: 'rolling-12-months', source, permission: 'free' },
        plannedWithin: { value: 'none', source, permission: 'free' },
      }),
    ),
    published.adaptation(adaptation(region('4602'), first, sourced({ plannedWithin: { months: 3 } }))),
  )
  const on = (date: string, place: string | null = '4601') =>
    rules
      .setAsideOn(legalDate(date), () => (place === null ? null : municipality(place)))
      .map(({ said, instead, because }) =>
        [said.layer, said.name, canonical(said.value), 'under', instead.layer, instead.value, because._tag].join(' '),
      )
  const byHospital = 'group quorum 5 under hospital 4 RuleIsFixed'
  expect(on('2024-05-01')).toEqual([
    'hospital quorum 4 under region 3 RuleIsFixed',
    'group quorum 5 under region 3 RuleIsFixed',
    byHospital,
  ])
  expect(on('2024-05-01', '0301')).toEqual(['hospital quorum 4 under region 3 RuleIsFixed', byHospital])
  expect(on('2025-01-01')).toEqual([byHospital])
  expect(on('2026-06-01')).toEqual([
    byHospital,
    'region plannedWithin {"months":3} under national none RulesContradict',
    'dispensation mandatory 10 under national 20 RuleIsFixed',
  ])
  expect(byOnePack(defaultPack).setAsideOn(legalDate('2026-06-01'), () => null)).toEqual([])
})

const told = (...events: ReadonlyArray<RulesEvent>) =>
  inForceAfter(published.pack(first), ...events)
    .setAsideOn(legalDate('2024-06-01'), () => municipality('4601'))
    .map(({ said, instead, because }) =>
      [said.layer, said.name, canonical(said.value), 'under', instead.layer, instead.value, because._tag].join(' '),
    )

test('a region of several municipalities stands above a group in one of them, and beside another region', () => {
  expect(
    told(
      published.adaptation(adaptation(region('4602', '4601'), first, fixed(3))),
      published.adaptation(adaptation(ofGroup(g1), first, sourced({ quorum: 4 }))),
      published.adaptation(adaptation(region('0301'), first, sourced({ quorum: 5 }))),
    ),
  ).toEqual(['group quorum 4 under region 3 RuleIsFixed'])
})

test('groups and hospitals stand beside each other', () => {
  expect(
    told(
      published.adaptation(adaptation(ofGroup(g1), first, fixed(3))),
      published.adaptation(adaptation(ofGroup(groupNamed('G2')), first, sourced({ quorum: 4 }))),
      published.adaptation(adaptation(hospital, first, sourced({ window: 'group-year' }))),
      published.adaptation(
        adaptation({ layer: 'hospital', hospital: hospitalNamed('Haraldsplass') }, first, sourced({ quorum: 5 })),
      ),
    ),
  ).toEqual(['group quorum 3 under hospital 5 LoosensRule', 'group quorum 4 under hospital 5 LoosensRule'])
})

test('a dispensation by itself, and below each layer that it can meet, while it lasts', () => {
  const strict = pack('2024-01-01', {
    mandatory: { value: 20, source, permission: 'fixed' },
    plannedWithin: { value: 'none', source, permission: 'free' },
  })
  const of = (from: string, until: string) =>
    published.dispensation(dispensation(kari, sourced({ mandatory: 10, plannedWithin: { months: 3 } }), from, until))
  const on = (...events: ReadonlyArray<RulesEvent>) =>
    inForceAfter(published.pack(strict), ...events)
      .setAsideOn(legalDate('2024-06-01'), () => null)
      .map(({ said, instead, because }) => [said.name, instead.layer, because._tag].join(' '))
  expect(on(of('2024-01-01', '2024-06-01'))).toEqual([])
  expect(on(of('2024-01-01', '2024-06-02'))).toEqual(['mandatory national RuleIsFixed'])
  expect(
    on(
      published.adaptation(adaptation(region('0301'), strict, sourced({ window: 'rolling-12-months' }))),
      of('2024-01-01', '2025-01-01'),
    ),
  ).toEqual(['mandatory national RuleIsFixed', 'plannedWithin national RulesContradict'])
})

test('what a layer does not say is not told as its own', () => {
  const because = { _tag: 'RuleIsFixed', path: 'parameters.quorum', found: '5', expected: '3' } as const
  const setBy = { layer: 'group', event: eventNumber(1) } as const
  expect(setAsideOf([{ name: 'quorum', because }], {}, setBy, defaultPack)).toEqual([])
})

// objections.test.ts: what the packs of its time have against an adaptation, and the region that a group is in, as far as that is known

import { describe, expect, test } from 'vitest'
import { given, hospitalNamed } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { defaultPack } from './default-pack.ts'
import {
  adaptation,
  asking,
  first,
  municipality,
  pack,
  published,
  region,
  second,
  source,
  sourced,
} from './published.test-kit.ts'
import { bergen, g1, local, rules } from './publishing.test-kit.ts'
import { rulebook, rulebookKnowing } from './rulebook.ts'
import { scrutinise } from './scrutiny.ts'

describe('S2-19 a layer in whose time several packs are in force', () => {
  const third = pack('2028-01-01', { groupThreshold: { value: 4, source, permission: 'may-be-stricter' } })
  const packs = [first, second, third]
  const told = (one: ReturnType<typeof adaptation>) =>
    scrutinise(
      asking.adaptation(one),
      local,
      { founding: defaultPack, places: [] },
      packs.map(published.pack).reduce(rulebook.evolve, rulebook.initial),
    ).refusals.map((refusal) => ('path' in refusal ? [refusal.path, refusal.expected] : refusal))

  test('S2-19 is told which of them have what against it, and from when on', () => {
    expect(told(adaptation(bergen, first, sourced({ groupThreshold: 3 })))).toEqual([
      [
        'parameters.groupThreshold.value',
        '4 or stricter, by: A circular, under Rules of 2026 (in force from 2026-01-01) and Rules of 2028 (in force from 2028-01-01)',
      ],
    ])
    expect(told(adaptation(bergen, first, sourced({ groupThreshold: 3 }), '2024-01-01', '2028-01-01'))).toEqual([
      [
        'parameters.groupThreshold.value',
        '4 or stricter, by: A circular, under Rules of 2026 (in force from 2026-01-01)',
      ],
    ])
  })

  test('S2-19 is told once, and of none of them, what all of them have against it', () => {
    expect(told(adaptation(bergen, first, sourced({ minutesPerPoint: 45, groupThreshold: 4 })))).toEqual([
      ['parameters.minutesPerPoint.value', `60, which is fixed by: ${defaultPack.minutesPerPoint.source.title}`],
    ])
    expect(told(adaptation(bergen, second, sourced({ groupThreshold: 3 }), '2026-01-01'))).toEqual([
      ['parameters.groupThreshold.value', '4 or stricter, by: A circular'],
    ])
  })

  test('S2-19 of two parameters that contradict each other is told once', () => {
    const free = pack('2024-01-01', {
      window: { value: 'calendar-year', source, permission: 'free' },
      rounding: { value: 'none', source, permission: 'free' },
    })
    const rounding = { mode: 'floor', per: 'window', unit: 1 } as const
    const asked = asking.adaptation(adaptation(bergen, free, sourced({ window: 'rolling-12-months', rounding })))
    const book = [published.pack(free), published.pack(second)].reduce(rulebook.evolve, rulebook.initial)
    const { refusals } = scrutinise(asked, local, { founding: defaultPack, places: [] }, book)
    expect(refusals.filter(({ _tag }) => _tag === 'RulesContradict')).toEqual([
      {
        _tag: 'RulesContradict',
        path: 'parameters.rounding.per',
        found: "'window' with the window 'rolling-12-months'",
        expected:
          "'session', for an attendance lies in many rolling windows, under Rules of 2024 (in force from 2024-01-01)",
      },
    ])
  })
})

describe('S2-19 that of a group is bound by that of the region which it is in, as far as that is known', () => {
  const inBergenUntil2025 = rulebookKnowing({
    founding: defaultPack,
    places: [
      { from: null, municipality: municipality('4601') },
      { from: legalDate('2025-01-01'), municipality: municipality('0301') },
      { from: legalDate('2027-01-01'), municipality: null },
    ],
  })
  const regional = { quorum: { value: 3, source, permission: 'fixed' }, ...sourced({ groupThreshold: 5 }) }
  const ofBergen = (from?: string, until?: string) =>
    published.adaptation(adaptation(bergen, first, regional, from, until))
  const bound = given(inBergenUntil2025)(published.pack(first), ofBergen(), published.pack(second))
  const group = (values: Parameters<typeof sourced>[0], from?: string, until?: string) =>
    adaptation(g1, first, sourced(values), from, until)
  const where = 'in the group’s region (Here it is so, 2024-01-01 to any time)'

  test('S2-19 RuleIsFixed, whichever way it goes', () => {
    for (const quorum of [2, 4])
      bound.when(asking.adaptation(group({ quorum })), local).refuses('RuleIsFixed', {
        path: 'parameters.quorum.value',
        found: String(quorum),
        expected: `3, which is fixed by: A circular, ${where}`,
      })
  })

  test('S2-19 LoosensRule; stricter, or as strict, it may be', () => {
    bound.when(asking.adaptation(group({ groupThreshold: 4 })), local).refuses('LoosensRule', {
      path: 'parameters.groupThreshold.value',
      found: '4',
      expected: `5 or stricter, by: A circular, ${where}`,
    })
    const stricter = group({ groupThreshold: 6, quorum: 3, sessionMinutesMin: 90 })
    bound.when(asking.adaptation(stricter), local).accepts(published.adaptation(stricter))
  })

  test('S2-19 not while it is elsewhere, nor before or after the region’s holds', () => {
    const afterMoving = group({ quorum: 2 }, '2025-01-01')
    bound.when(asking.adaptation(afterMoving), local).accepts(published.adaptation(afterMoving))
    const lastDay = group({ quorum: 2 }, '2024-12-31')
    bound.when(asking.adaptation(lastDay), local).refuses('RuleIsFixed', {
      path: 'parameters.quorum.value',
      found: '2',
      expected: `3, which is fixed by: A circular, ${where}`,
    })
    const apart = given(inBergenUntil2025)(published.pack(first), ofBergen('2024-03-01', '2024-06-01'))
    for (const [from, until] of [
      ['2024-01-01', '2024-03-01'],
      ['2024-06-01', '2025-01-01'],
    ]) {
      const one = group({ quorum: 2 }, from, until)
      apart.when(asking.adaptation(one), local).accepts(published.adaptation(one))
    }
    apart.when(asking.adaptation(group({ quorum: 2 }, '2024-01-01', '2024-03-02')), local).refuses('RuleIsFixed', {
      path: 'parameters.quorum.value',
      found: '2',
      expected: '3, which is fixed by: A circular, in the group’s region (Here it is so, 2024-03-01 to 2024-06-01)',
    })
  })

  test('S2-19 not by what of the region’s the national rules of that time set aside', () => {
    const fixing = pack('2024-07-01', { groupThreshold: { value: 3, source, permission: 'fixed' } })
    const rules = given(inBergenUntil2025)(published.pack(first), ofBergen(), published.pack(fixing))
    const later = adaptation(g1, fixing, sourced({ groupThreshold: 3 }), '2024-07-01')
    rules.when(asking.adaptation(later), local).accepts(published.adaptation(later))
  })

  test('S2-19 where it is not known where the group is, it is set aside when they meet', () => {
    const one = group({ quorum: 2 })
    rules(published.pack(first), ofBergen()).when(asking.adaptation(one), local).accepts(published.adaptation(one))
  })

  test('S2-19 by a region of several municipalities, without an end, and of all it says', () => {
    const inBergen = rulebookKnowing({
      founding: defaultPack,
      places: [{ from: null, municipality: municipality('4601') }],
    })
    const sized = { groupSize: { value: { min: 4, max: 10 }, source, permission: 'fixed' } }
    const bound = given(inBergen)(
      published.pack(first),
      published.adaptation(adaptation(region('4602', '4601'), first, sized)),
    )
    bound.when(asking.adaptation(group({ groupSize: { min: 4, max: 12 } })), local).refuses('RuleIsFixed', {
      path: 'parameters.groupSize.value',
      found: '{"max":12,"min":4}',
      expected: `{"max":10,"min":4}, which is fixed by: A circular, ${where}`,
    })
  })

  test('S2-19 from when on it is there, and no other layer for the group’s sake', () => {
    const intoBergen = given(
      rulebookKnowing({
        founding: defaultPack,
        places: [
          { from: null, municipality: municipality('0301') },
          { from: legalDate('2025-01-01'), municipality: municipality('4601') },
        ],
      }),
    )(published.pack(first), ofBergen('2024-01-01', '2025-01-01'))
    const before = group({ quorum: 2 })
    intoBergen.when(asking.adaptation(before), local).accepts(published.adaptation(before))
    const ofHospital = adaptation(
      { layer: 'hospital', hospital: hospitalNamed('Haukeland') },
      first,
      sourced({ quorum: 2 }),
    )
    bound.when(asking.adaptation(ofHospital), local).accepts(published.adaptation(ofHospital))
  })

  test('S2-19 what the nation does not permit is told once, without the region', () => {
    const knowing = { founding: defaultPack, places: [{ from: null, municipality: municipality('4601') }] }
    const asked = asking.adaptation(group({ groupThreshold: 2 }))
    const book = [published.pack(first), ofBergen()].reduce(rulebook.evolve, rulebook.initial)
    expect(scrutinise(asked, local, knowing, book).refusals).toEqual([
      {
        _tag: 'LoosensRule',
        path: 'parameters.groupThreshold.value',
        found: '2',
        expected: `3 or stricter, by: ${defaultPack.groupThreshold.source.title}`,
      },
    ])
  })

  test('S2-19 where its window contradicts the region’s rounding, at the window, and whose it is', () => {
    const free = pack('2024-01-01', {
      rounding: { value: 'none', source, permission: 'free' },
      window: { value: 'calendar-year', source, permission: 'free' },
    })
    const rounding = { mode: 'floor', per: 'window', unit: 1 } as const
    const ofRegion = published.adaptation(adaptation(bergen, free, sourced({ rounding })))
    const asked = asking.adaptation(adaptation(g1, free, sourced({ window: 'rolling-12-months' })))
    given(inBergenUntil2025)(published.pack(free), ofRegion)
      .when(asked, local)
      .refuses('RulesContradict', {
        path: 'parameters.window',
        found: "'rolling-12-months' with rounding per 'window'",
        expected: `'calendar-year' or 'group-year', of which each session lies in one; rounding stands by: A circular, ${where}`,
      })
  })

  test('S2-19 again is nothing, wherever the group has moved since', () => {
    const one = group({ quorum: 2 })
    given(inBergenUntil2025)(published.pack(first), ofBergen(), published.adaptation(one))
      .when(asking.adaptation(one), local)
      .doesNothing()
  })
})

// local-adaptation.test.ts: what a region, a hospital or a group may have otherwise, and what it is refused

import { describe, test } from 'vitest'
import { canonical } from '../kernel/canonical.ts'
import { given, groupNamed, hospitalNamed } from '../testing/index.ts'
import { danishPack } from './danish-pack.ts'
import { defaultPack } from './default-pack.ts'
import {
  adaptation,
  asking,
  first,
  ofGroup,
  pack,
  published,
  region,
  second,
  source,
  sourced,
} from './published.test-kit.ts'
import { adopt, begun, bergen, g1, local, rules, stricter } from './publishing.test-kit.ts'
import { rulebookKnowing } from './rulebook.ts'

describe('S2-19 a local adaptation', () => {
  test.for([
    ['region', region('4601', '4602')],
    ['hospital', { layer: 'hospital', hospital: hospitalNamed('Haukeland') }],
    ['group', g1],
  ] as const)('S2-19 of a %s may be stricter where the national rules say so', ([, scope]) => {
    const adapted = adaptation(scope, first, sourced({ groupThreshold: 4, dayCap: 'reject', window: 'group-year' }))
    begun.when(asking.adaptation(adapted), local).accepts(published.adaptation(adapted))
    rules(published.pack(first), published.adaptation(adapted)).when(asking.adaptation(adapted), local).doesNothing()
  })

  test('S2-19 RuleIsFixed: whichever way it goes', () => {
    for (const minutesPerPoint of [45, 90])
      begun.when(adopt(sourced({ minutesPerPoint })), local).refuses('RuleIsFixed', {
        path: 'parameters.minutesPerPoint.value',
        found: String(minutesPerPoint),
        expected: `60, which is fixed by: ${defaultPack.minutesPerPoint.source.title}`,
      })
  })

  test('S2-19 LoosensRule: a rule that may only be stricter', () => {
    begun.when(adopt(sourced({ groupThreshold: 2 })), local).refuses('LoosensRule', {
      path: 'parameters.groupThreshold.value',
      found: '2',
      expected: `3 or stricter, by: ${defaultPack.groupThreshold.source.title}`,
    })
  })

  test('S2-19 OutsideRange: what may be chosen is bounded', () => {
    const bounded = pack('2024-01-01', {
      quorum: { value: 2, source, permission: 'free', range: { least: 2, most: 4 } },
      window: { value: 'calendar-year', source, permission: 'free', range: { oneOf: ['calendar-year', 'group-year'] } },
    })
    const within = rules(published.pack(bounded))
    for (const [parameters, path, found, expected] of [
      [sourced({ quorum: 5 }), 'parameters.quorum.value', '5', '{"least":2,"most":4}'],
      [
        sourced({ window: 'rolling-12-months' }),
        'parameters.window.value',
        '"rolling-12-months"',
        '{"oneOf":["calendar-year","group-year"]}',
      ],
    ] as const) {
      const asked = asking.adaptation(adaptation(g1, bounded, parameters))
      within.when(asked, local).refuses('OutsideRange', { path, found, expected })
    }
    const chosen = adaptation(g1, bounded, sourced({ quorum: 4, window: 'group-year' }))
    within.when(asking.adaptation(chosen), local).accepts(published.adaptation(chosen))
  })

  test('S2-19 a range is for those below: what stands above may lie outside it, and stay', () => {
    const range = { least: 5, most: 15 }
    const uncapped = pack('2024-01-01', { yearlyCap: { value: 'none', source, permission: 'free', range } })
    const within = rules(published.pack(uncapped))
    for (const yearlyCap of ['none', 5, 15] as const) {
      const chosen = adaptation(g1, uncapped, sourced({ yearlyCap }))
      within.when(asking.adaptation(chosen), local).accepts(published.adaptation(chosen))
    }
    within.when(asking.adaptation(adaptation(g1, uncapped, sourced({ yearlyCap: 4 }))), local).refuses('OutsideRange', {
      path: 'parameters.yearlyCap.value',
      found: '4',
      expected: '{"least":5,"most":15}',
    })
  })

  test('S2-19 PermissionLoosened: it leaves those below no more than it has itself', () => {
    const free = { groupThreshold: { value: 4, source, permission: 'free' } }
    begun.when(adopt(free), local).refuses('PermissionLoosened', {
      path: 'parameters.groupThreshold.permission',
      found: 'free',
      expected: 'may-be-stricter, or less',
    })
    const bounded = pack('2024-01-01', {
      quorum: { value: 2, source, permission: 'free', range: { least: 2, most: 4 } },
    })
    const ranged = (range: unknown) => ({ quorum: { value: 3, source, range } })
    for (const range of [{ least: 2, most: 5 }, { oneOf: [3, 5] }]) {
      const asked = asking.adaptation(adaptation(g1, bounded, ranged(range)))
      rules(published.pack(bounded))
        .when(asked, local)
        .refuses('PermissionLoosened', {
          path: 'parameters.quorum.range',
          found: canonical(range),
          expected: 'within {"least":2,"most":4}',
        })
    }
    const narrower = adaptation(g1, bounded, ranged({ oneOf: [3, 4] }))
    rules(published.pack(bounded)).when(asking.adaptation(narrower), local).accepts(published.adaptation(narrower))
  })

  test('S2-19 NotOfThisLayer: what is about a doctor, whatever the group, is no region’s', () => {
    begun.when(adopt(sourced({ mandatory: 30 })), local).refuses('NotOfThisLayer', {
      path: 'parameters.mandatory',
      found: 'a rule about a doctor',
      expected: 'one about an attendance or a group',
    })
  })

  test('is held against what its own scheme was founded with, where a pack of an older release does not say', () => {
    const { groupThreshold: _, ...known } = first.parameters
    const older = published.pack({ ...first, parameters: known })
    const asked = asking.adaptation(adaptation(g1, first, sourced({ groupThreshold: danishPack.groupThreshold.value })))
    given(rulebookKnowing({ founding: danishPack, places: [] }))(older)
      .when(asked, local)
      .accepts(published.adaptation(adaptation(g1, first, sourced({ groupThreshold: 4 }))))
    rules(older)
      .when(asked, local)
      .refuses('RuleIsFixed', {
        path: 'parameters.groupThreshold.value',
        found: '4',
        expected: `3, which is fixed by: ${defaultPack.groupThreshold.source.title}`,
      })
  })
})

describe('a local adaptation beside what was published before', () => {
  test('RulesContradict: with a rule that stands above it, told at what the layer says', () => {
    const rounded = pack('2024-01-01', {
      rounding: { value: { mode: 'floor', per: 'window', unit: 1 }, source, permission: 'fixed' },
    })
    const asked = asking.adaptation(adaptation(g1, rounded, sourced({ window: 'rolling-12-months' })))
    rules(published.pack(rounded)).when(asked, local).refuses('RulesContradict', {
      path: 'parameters.window',
      found: "'rolling-12-months' with rounding per 'window'",
      expected: "'calendar-year' or 'group-year', of which each session lies in one; rounding stands by: A circular",
    })
  })

  test('ParameterMissing: it changes something', () => {
    begun
      .when(adopt({}), local)
      .refuses('ParameterMissing', { path: 'parameters', found: 'nothing', expected: 'at least one parameter' })
  })

  test.for(['2024-01-01', '2023-12-31'])('DatesReversed: from 2024-01-01 until %s', (until) => {
    const asked = asking.adaptation(adaptation(bergen, first, stricter, '2024-01-01', until))
    begun
      .when(asked, local)
      .refuses('DatesReversed', { path: 'until', found: until, expected: 'a date after 2024-01-01' })
  })

  test('BasisUnknown: a digest that nothing was published under', () => {
    const asked = asking.adaptation(adaptation(bergen, second, stricter, '2024-06-01'))
    begun.when(asked, local).refuses('BasisUnknown', {
      path: 'basis',
      found: second.digest,
      expected: 'the digest of a pack that was published',
    })
  })

  test('BasisNotInForce: a pack that another has followed by then', () => {
    const asked = asking.adaptation(adaptation(bergen, first, stricter, '2026-06-01'))
    rules(published.pack(first), published.pack(second))
      .when(asked, local)
      .refuses('BasisNotInForce', {
        path: 'basis',
        found: first.digest,
        expected: `${second.digest}, which is in force on 2026-06-01`,
      })
  })

  test('RulesLeaveGap: days before the pack that it adapts', () => {
    const asked = asking.adaptation(adaptation(bergen, first, stricter, '2023-12-31'))
    begun.when(asked, local).refuses('RulesLeaveGap', {
      path: 'from',
      found: '2023-12-31',
      expected: '2024-01-01 or later, from which Rules of 2024 is in force',
    })
  })

  test('LoosensRule: a rule of the pack that follows while it is in force', () => {
    const four = adaptation(bergen, first, sourced({ groupThreshold: 3 }), '2024-01-01')
    rules(published.pack(first), published.pack(second)).when(asking.adaptation(four), local).refuses('LoosensRule', {
      path: 'parameters.groupThreshold.value',
      found: '3',
      expected: '4 or stricter, by: A circular, under Rules of 2026 (in force from 2026-01-01)',
    })
    const ending = adaptation(bergen, first, sourced({ groupThreshold: 3 }), '2024-01-01', '2026-01-01')
    rules(published.pack(first), published.pack(second))
      .when(asking.adaptation(ending), local)
      .accepts(published.adaptation(ending))
  })

  test('RulesOverlap: another of the same place at the same time', () => {
    const one = adaptation(bergen, first, stricter, '2024-01-01', '2025-01-01')
    const there = rules(published.pack(first), published.adaptation(one))
    const again = (scope: typeof bergen, from: string) =>
      adaptation(scope, first, sourced({ quorum: 3 }), from, '2025-06-01')
    there.when(asking.adaptation(again(region('4602', '4601'), '2024-12-31')), local).refuses('RulesOverlap', {
      path: 'from',
      found: '2024-12-31 to 2025-06-01',
      expected: 'a time apart from 2024-01-01 to 2025-01-01',
    })
    for (const beside of [again(bergen, '2025-01-01'), again(region('4602'), '2024-06-01'), again(g1, '2024-06-01')])
      there.when(asking.adaptation(beside), local).accepts(published.adaptation(beside))
  })

  test.for([
    [g1, ofGroup(groupNamed('G2'))],
    [
      { layer: 'hospital', hospital: hospitalNamed('Haukeland') },
      { layer: 'hospital', hospital: hospitalNamed('Haraldsplass') },
    ],
  ] as const)('RulesOverlap: the same %# and no other', ([here, elsewhere]) => {
    const there = rules(published.pack(first), published.adaptation(adaptation(here, first, stricter)))
    const again = adaptation(here, first, sourced({ quorum: 3 }), '2025-01-01')
    there.when(asking.adaptation(again), local).refuses('RulesOverlap', {
      path: 'from',
      found: '2025-01-01 to any time',
      expected: 'a time apart from 2024-01-01 to any time',
    })
    const beside = adaptation(elsewhere, first, stricter)
    there.when(asking.adaptation(beside), local).accepts(published.adaptation(beside))
  })
})

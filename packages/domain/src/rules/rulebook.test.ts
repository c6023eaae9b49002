// rulebook.test.ts: what may be published of a scheme's rules, by whom, and what is refused with where, found and expected

import { isLeft, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { Context } from '../kernel/decider.ts'
import { as, deciderLaws, doctorNamed, given, groupNamed, hospitalNamed } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { MunicipalityNumber } from '../values/municipality-number.ts'
import { ChangesCodec } from './changes.ts'
import { danishPack } from './danish-pack.ts'
import { defaultPack } from './default-pack.ts'
import { canonical, Digest } from './digest.ts'
import {
  adaptation,
  asking,
  dispensation,
  ofGroup,
  pack,
  published,
  region,
  scheme,
  source,
  sourced,
  wholePack,
} from './published.test-kit.ts'
import { rulebook, rulebookKnowing } from './rulebook.ts'
import { type RulesEvent, rulePackPublished, rulesEvents, Scope } from './rules-events.ts'
import { scrutinise } from './scrutiny.ts'

const authority = as('authority')
const local = as('local-authority')
const kari = doctorNamed('Kari')
const first = pack('2024-01-01')
const second = pack('2026-01-01', { groupThreshold: { value: 4, source, permission: 'may-be-stricter' } })
const bergen = region('4601')
const g1 = ofGroup(groupNamed('G1'))
const stricter = sourced({ groupThreshold: 4 })

const rules = given(rulebook)
const begun = rules(published.pack(first))
const publish = (parameters: unknown) => ({
  ...asking.pack(first),
  data: { ...asking.pack(first).data, parameters },
})
const adopt = (parameters: unknown, scope = bergen) => ({
  ...asking.adaptation(adaptation(scope, first, {})),
  data: { ...asking.adaptation(adaptation(scope, first, {})).data, parameters },
})
const dispense = (parameters: unknown) => ({
  ...asking.dispensation(dispensation(kari, {}, '2024-03-01', '2024-09-01')),
  data: { ...asking.dispensation(dispensation(kari, {}, '2024-03-01', '2024-09-01')).data, parameters },
})

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
      'text that is not blank',
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

  describe('S2-19 of a group is bound by that of the region which it is in, as far as that is known', () => {
    const municipality = (number: string): MunicipalityNumber => {
      if (!MunicipalityNumber.is(number)) throw new RangeError(number)
      return number
    }
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

    test('S2-19 again is nothing, wherever the group has moved since', () => {
      const one = group({ quorum: 2 })
      given(inBergenUntil2025)(published.pack(first), ofBergen(), published.adaptation(one))
        .when(asking.adaptation(one), local)
        .doesNothing()
    })
  })

  test('RulesContradict: with a rule that stands above it', () => {
    const rounded = pack('2024-01-01', {
      rounding: { value: { mode: 'floor', per: 'window', unit: 1 }, source, permission: 'fixed' },
    })
    const asked = asking.adaptation(adaptation(g1, rounded, sourced({ window: 'rolling-12-months' })))
    rules(published.pack(rounded)).when(asked, local).refuses('RulesContradict', {
      path: 'parameters.rounding.per',
      found: "'window' with the window 'rolling-12-months'",
      expected: "'session', for an attendance lies in many rolling windows",
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
      expected: '4 or stricter, by: A circular',
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

describe('S2-31 a dispensation', () => {
  test('S2-31 loosens what is not fixed, for one doctor, until a date', () => {
    const granted = dispensation(kari, sourced({ groupThreshold: 2, mandatory: 10 }), '2024-03-01', '2024-09-01')
    begun.when(asking.dispensation(granted), authority).accepts(published.dispensation(granted))
    rules(published.pack(first), published.dispensation(granted))
      .when(asking.dispensation(granted), authority)
      .doesNothing()
  })

  test('S2-31 RuleIsFixed: not from what is fixed', () => {
    begun.when(dispense(sourced({ minutesPerPoint: 45 })), authority).refuses('RuleIsFixed', {
      path: 'parameters.minutesPerPoint.value',
      found: '45',
      expected: `60, which is fixed by: ${defaultPack.minutesPerPoint.source.title}`,
    })
  })

  test('S2-31 NotOfThisLayer: what is about a group is no doctor’s', () => {
    begun.when(dispense(sourced({ groupSize: { min: 2, max: 12 } })), authority).refuses('NotOfThisLayer', {
      path: 'parameters.groupSize',
      found: 'a rule about a group',
      expected: 'one about an attendance or a doctor',
    })
  })

  test('S2-31 PermissionMalformed: nothing is below it', () => {
    begun
      .when(dispense({ quorum: { value: 1, source, permission: 'fixed' } }), authority)
      .refuses('PermissionMalformed', {
        path: 'parameters.quorum',
        found: '"fixed"',
        expected: 'only { value, source }',
      })
  })

  test('DatesReversed, DigestWrong, ParameterMissing, RulesLeaveGap as for others', () => {
    const asked = (from: string, until: string) => asking.dispensation(dispensation(kari, stricter, from, until))
    begun
      .when(asked('2024-03-01', '2024-03-01'), authority)
      .refuses('DatesReversed', { path: 'until', found: '2024-03-01', expected: 'a date after 2024-03-01' })
    begun
      .when(dispense({}), authority)
      .refuses('ParameterMissing', { path: 'parameters', found: 'nothing', expected: 'at least one parameter' })
    const other = asked('2024-03-01', '2024-09-01')
    begun.when({ ...other, data: { ...other.data, digest: first.digest } }, authority).refuses('DigestWrong', {
      path: 'digest',
      found: first.digest,
      expected: dispensation(kari, stricter, '2024-03-01', '2024-09-01').digest,
    })
    rules().when(asked('2024-03-01', '2024-09-01'), authority).refuses('RulesLeaveGap', {
      path: 'from',
      found: '2024-03-01',
      expected: 'a day on which national rules are in force: none are published, publish them first',
    })
  })

  test('RulesOverlap: of the same doctor, time and parameter', () => {
    const one = dispensation(kari, stricter, '2024-03-01', '2024-09-01')
    const there = rules(published.pack(first), published.dispensation(one))
    const again = dispensation(kari, sourced({ groupThreshold: 2, quorum: 1 }), '2024-08-31', '2025-01-01')
    there.when(asking.dispensation(again), authority).refuses('RulesOverlap', {
      path: 'from',
      found: '2024-08-31 to 2025-01-01',
      expected: 'a time apart from 2024-03-01 to 2024-09-01',
    })
    for (const beside of [
      dispensation(kari, sourced({ quorum: 1 }), '2024-03-01', '2024-09-01'),
      dispensation(kari, stricter, '2024-09-01', '2024-12-01'),
      dispensation(doctorNamed('Ola'), stricter, '2024-03-01', '2024-09-01'),
    ])
      there.when(asking.dispensation(beside), authority).accepts(published.dispensation(beside))
  })
})

describe('taking back what was published', () => {
  const left = (...history: ReadonlyArray<RulesEvent>) => history.reduce(rulebook.evolve, rulebook.initial)
  const mayRetract = (type: RulesEvent['type'], by: Context, ...facts: ReadonlyArray<RulesEvent>) =>
    rulebook.mayCorrect?.(type, null, by, left(...facts))
  const adapted = adaptation(bergen, first, stricter)

  test('is for the authority; an adaptation also for who may adapt', () => {
    for (const type of ['RulePackPublished', 'DispensationGranted'] as const) {
      expect(mayRetract(type, authority, published.pack(first))).toBe(null)
      const refusal = { _tag: 'NotForThisActor', role: 'local-authority', needed: 'authority' }
      expect(mayRetract(type, local, published.pack(first))).toEqual(refusal)
    }
    expect(mayRetract('LocalAdaptationAdopted', local, published.pack(first))).toBe(null)
    expect(mayRetract('LocalAdaptationAdopted', as('importer'))).toEqual({
      _tag: 'NotForThisActor',
      role: 'importer',
      needed: 'local-authority',
    })
  })

  test('BasisInUse: not of a pack that an adaptation rests on', () => {
    expect(mayRetract('RulePackPublished', authority, published.adaptation(adapted))).toEqual({
      _tag: 'BasisInUse',
      path: 'corrects',
      found: first.digest,
      expected: 'no adaptation of it, such as Here it is so',
    })
  })

  test('BasisInUse: not of the only pack in force when a dispensation begins', () => {
    const granted = published.dispensation(dispensation(kari, stricter, '2024-03-01', '2024-09-01'))
    expect(mayRetract('RulePackPublished', authority, granted, published.pack(pack('2025-01-01')))).toEqual({
      _tag: 'BasisInUse',
      path: 'corrects',
      found: '2024-03-01',
      expected: 'no dispensation that begins before any pack is in force',
    })
    expect(mayRetract('RulePackPublished', authority, granted, published.pack(first))).toBe(null)
  })

  test('RulesOverlap: not so that two of one kind are in force at one time', () => {
    const other = pack('2024-01-01', { quorum: { value: 3, source, permission: 'fixed' } }, 'Others')
    expect(mayRetract('RulePackPublished', authority, published.pack(first), published.pack(other))).toEqual({
      _tag: 'RulesOverlap',
      path: 'corrects',
      found: '2024-01-01',
      expected: 'one pack from that date, not Rules of 2024 and Others',
    })
    const again = adaptation(region('4601', '4602'), first, sourced({ quorum: 3 }), '2025-01-01')
    const adaptations = [published.adaptation(adapted), published.adaptation(again)]
    expect(mayRetract('LocalAdaptationAdopted', local, published.pack(first), ...adaptations)).toEqual({
      _tag: 'RulesOverlap',
      path: 'from',
      found: '2025-01-01 to any time',
      expected: 'a time apart from 2024-01-01 to any time',
    })
    const twice = [
      dispensation(kari, stricter, '2024-03-01', '2024-09-01'),
      dispensation(kari, sourced({ groupThreshold: 2 }), '2024-05-01', '2025-01-01'),
    ]
    expect(
      mayRetract('DispensationGranted', authority, published.pack(first), ...twice.map(published.dispensation)),
    ).toEqual({
      _tag: 'RulesOverlap',
      path: 'from',
      found: '2024-05-01 to 2025-01-01',
      expected: 'a time apart from 2024-03-01 to 2024-09-01',
    })
  })

  test('what stands apart may stay: of another place or time, and under a pack that stands', () => {
    const elsewhere = adaptation(region('0301'), first, sourced({ quorum: 3 }))
    const later = adaptation(bergen, first, stricter, '2025-01-01')
    const ended = adaptation(bergen, first, stricter, '2024-01-01', '2025-01-01')
    const onThatDay = dispensation(kari, stricter, '2024-01-01', '2024-09-01')
    expect(
      mayRetract(
        'LocalAdaptationAdopted',
        local,
        published.pack(first),
        published.pack(second),
        ...[ended, elsewhere, later].map(published.adaptation),
        published.dispensation(onThatDay),
      ),
    ).toBe(null)
    expect(mayRetract('RulePackPublished', authority, published.pack(second), published.adaptation(adapted))).toEqual({
      _tag: 'BasisInUse',
      path: 'corrects',
      found: first.digest,
      expected: 'no adaptation of it, such as Here it is so',
    })
  })

  test('RulesAreImmutable: nothing is corrected, whoever asks', () => {
    const meant = published.adaptation(adapted)
    expect(rulebook.mayCorrect?.('LocalAdaptationAdopted', meant, authority, left(published.pack(first)))).toEqual({
      _tag: 'RulesAreImmutable',
      path: 'fact',
      found: 'a correction of LocalAdaptationAdopted',
      expected: 'a retraction, and what was meant published',
    })
  })
})

describe('all that is wrong is told, and only that', () => {
  const told = (asked: Parameters<typeof scrutinise>[0], ...history: ReadonlyArray<RulesEvent>) => {
    const { refusals, isPublished } = scrutinise(
      asked,
      authority,
      { founding: defaultPack, places: [] },
      history.reduce(rulebook.evolve, rulebook.initial),
    )
    return [refusals.map(({ _tag }) => _tag), isPublished]
  }

  test('a basis that nobody knows is not also one that is not in force', () => {
    const asked = asking.adaptation(adaptation(bergen, second, stricter, '2024-06-01'))
    expect(told(asked, published.pack(first))).toEqual([['BasisUnknown'], false])
    expect(told(asked)).toEqual([['BasisUnknown', 'RulesLeaveGap'], false])
  })

  test('dates the wrong way round lie beside nothing', () => {
    const adapted = adaptation(bergen, first, stricter)
    const reversed = adaptation(bergen, first, stricter, '2024-06-01', '2024-03-01')
    expect(told(asking.adaptation(reversed), published.pack(first), published.adaptation(adapted))).toEqual([
      ['DatesReversed'],
      false,
    ])
    const granted = dispensation(kari, stricter, '2024-01-01', '2025-01-01')
    const backwards = dispensation(kari, stricter, '2024-06-01', '2024-03-01')
    expect(told(asking.dispensation(backwards), published.pack(first), published.dispensation(granted))).toEqual([
      ['DatesReversed'],
      false,
    ])
  })

  test('what cannot be read was not published', () => {
    expect(told(adopt({ quorum: 0 }), published.pack(first))).toEqual([['ParameterMalformed'], false])
    expect(told(asking.pack(first), published.pack(first))).toEqual([[], true])
  })
})

describe('what is stored', () => {
  test('a region has a municipality, and rules the digest of what they say', () => {
    expect([Scope.is(bergen), Scope.is({ layer: 'region', municipalities: [] })]).toEqual([true, false])
    const stored = JSON.parse(JSON.stringify(first))
    expect(rulePackPublished.decode(1, stored)).toEqual(right(published.pack(first)))
    expect(isLeft(rulePackPublished.decode(1, { ...stored, digest: second.digest }))).toBe(true)
  })

  test('parameters, or the first thing that is wrong with them', () => {
    const stored = first.parameters
    expect([ChangesCodec.is(stored), ChangesCodec.is({ quorum: 2 })]).toEqual([true, false])
    expect(ChangesCodec.decode(stored)).toEqual(right(stored))
    const wrong = ChangesCodec.decode({ quorum: 2 })
    expect(isLeft(wrong) && wrong.left.map(({ message }) => message)).toEqual([
      'parameters.quorum: found 2, expected { value, source }',
    ])
  })
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

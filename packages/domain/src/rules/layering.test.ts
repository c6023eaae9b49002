// layering.test.ts: what a region, a hospital, a group and a dispensation make of the national rules, each within those above it

import { describe, expect, test } from 'vitest'
import { departmentNamed, doctorNamed, groupNamed } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { g1, here, hospital, kari, set } from './circumstances.test-kit.ts'
import { type Circumstances, nationally } from './in-force.ts'
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
  second,
  source,
  sourced,
} from './published.test-kit.ts'

describe('S2-20 layers', () => {
  test('S2-20 each sets what it says, where it holds and while it lasts', () => {
    const rules = inForceAfter(
      published.pack(first),
      published.adaptation(adaptation(region('4601', '4602'), first, sourced({ quorum: 3 }))),
      published.adaptation(adaptation(hospital, first, sourced({ sessionMinutesMin: 90 }))),
      published.adaptation(adaptation(ofGroup(g1), first, sourced({ groupThreshold: 4 }), '2024-03-01', '2024-09-01')),
      published.dispensation(dispensation(kari, sourced({ quorum: 1 }), '2024-05-01', '2024-06-01')),
    )
    const names = ['quorum', 'sessionMinutesMin', 'groupThreshold'] as const
    const at = (circumstances: Circumstances) => names.map((name) => set(rules.at(circumstances), name))
    expect(at(here('2024-05-01'))).toEqual([
      [1, 'dispensation', eventNumber(4)],
      [90, 'hospital', eventNumber(2)],
      [4, 'group', eventNumber(3)],
    ])
    expect(at(here('2024-05-01', { doctor: [] }))[0]).toEqual([3, 'region', eventNumber(1)])
    expect(at(here('2024-05-01', { doctor: [doctorNamed('Ola'), kari] }))[0]).toEqual([
      1,
      'dispensation',
      eventNumber(4),
    ])
    expect(at(here('2024-06-01'))[0]).toEqual([3, 'region', eventNumber(1)])
    expect(at(here('2024-06-01', { municipality: municipality('0301') }))[0]).toEqual([2, 'national', eventNumber(0)])
    expect(at(here('2024-06-01', { municipality: null }))[0]).toEqual([2, 'national', eventNumber(0)])
    expect(at(here('2024-06-01', { department: null }))[1]).toEqual([60, 'national', eventNumber(0)])
    expect(at(here('2024-06-01', { department: departmentNamed('laboratory') }))[1]).toEqual([
      60,
      'national',
      eventNumber(0),
    ])
    expect(at(here('2024-02-29'))[2]).toEqual([3, 'national', eventNumber(0)])
    expect(at(here('2024-09-01'))[2]).toEqual([3, 'national', eventNumber(0)])
    expect(at(here('2024-05-01', { group: groupNamed('G2') }))[2]).toEqual([3, 'national', eventNumber(0)])
  })

  test('S2-20 the same circumstances are the very same pack', () => {
    const rules = inForceAfter(
      published.pack(first),
      published.adaptation(adaptation(ofGroup(g1), first, sourced({ quorum: 3 }))),
    )
    expect(rules.at(here('2024-05-01'))).toBe(rules.at(here('2024-06-01', { doctor: [] })))
    expect(rules.at(here('2024-05-01', { group: null }))).toBe(rules.at(nationally(legalDate('2024-05-01'))))
  })

  test('S2-20 each is bound by what stands above it on that date, and says what of it is set aside', () => {
    const rules = inForceAfter(
      published.pack(first),
      published.adaptation(
        adaptation(region('4601'), first, {
          quorum: { value: 3, source, permission: 'fixed' },
          ...sourced({ groupThreshold: 5 }),
        }),
      ),
      published.adaptation(
        adaptation(ofGroup(g1), first, sourced({ quorum: 4, groupThreshold: 4, sessionMinutesMin: 90 })),
      ),
    )
    const { quorum, groupThreshold, sessionMinutesMin } = rules.at(here('2024-05-01'))
    expect([quorum.value, groupThreshold.value, sessionMinutesMin.value]).toEqual([3, 5, 90])
    expect(rules.layersAt(here('2024-05-01')).map(({ layer, event, setAside }) => [layer, event, setAside])).toEqual([
      ['national', eventNumber(0), []],
      ['region', eventNumber(1), []],
      [
        'group',
        eventNumber(2),
        [
          {
            said: { name: 'quorum', source, value: 4, layer: 'group', event: eventNumber(2) },
            instead: { name: 'quorum', source, value: 3, layer: 'region', event: eventNumber(1) },
            because: {
              _tag: 'RuleIsFixed',
              path: 'parameters.quorum.value',
              found: '4',
              expected: '3, which is fixed by: A circular',
            },
          },
          {
            said: { name: 'groupThreshold', source, value: 4, layer: 'group', event: eventNumber(2) },
            instead: { name: 'groupThreshold', source, value: 5, layer: 'region', event: eventNumber(1) },
            because: {
              _tag: 'LoosensRule',
              path: 'parameters.groupThreshold.value',
              found: '4',
              expected: '5 or stricter, by: A circular',
            },
          },
        ],
      ],
    ])
    expect(rules.setAsideOn(legalDate('2024-05-01'), () => municipality('4601'))).toEqual(
      rules.layersAt(here('2024-05-01')).at(-1)?.setAside,
    )
    expect(rules.setAsideOn(legalDate('2024-05-01'), () => null)).toEqual([])
    expect(rules.at(here('2024-05-01', { municipality: null })).quorum.value).toBe(4)
  })

  test('S2-20 a national pack that follows prevails over what was adopted under the one before', () => {
    const rules = inForceAfter(
      published.pack(first),
      published.adaptation(adaptation(ofGroup(g1), first, sourced({ groupThreshold: 3, quorum: 3 }))),
      published.pack(second),
    )
    expect(set(rules.at(here('2025-12-31')), 'groupThreshold')).toEqual([3, 'group', eventNumber(1)])
    expect(set(rules.at(here('2026-01-01')), 'groupThreshold')).toEqual([4, 'national', eventNumber(2)])
    expect(set(rules.at(here('2026-01-01')), 'quorum')).toEqual([3, 'group', eventNumber(1)])
  })

  test('S2-20 what layers set cannot contradict itself: neither of the two is taken', () => {
    const free = pack('2024-01-01', {
      rounding: { value: 'none', source, permission: 'free' },
    })
    const rules = inForceAfter(
      published.pack(free),
      published.adaptation(adaptation(region('4601'), free, sourced({ window: 'rolling-12-months' }))),
      published.adaptation(
        adaptation(ofGroup(g1), free, sourced({ rounding: { mode: 'floor', per: 'window', unit: 1 }, quorum: 3 })),
      ),
    )
    const { window, rounding, quorum } = rules.at(here('2024-05-01'))
    expect([window.value, rounding.value, quorum.value]).toEqual(['rolling-12-months', 'none', 3])
    expect(
      rules
        .layersAt(here('2024-05-01'))
        .at(-1)
        ?.setAside.map(({ because }) => because._tag),
    ).toEqual(['RulesContradict'])
  })

  test('S2-31 a dispensation is bound by the national pack, not by what a region made of it', () => {
    const rules = inForceAfter(
      published.pack(first),
      published.adaptation(adaptation(region('4601'), first, { quorum: { value: 3, source, permission: 'fixed' } })),
      published.dispensation(dispensation(kari, sourced({ quorum: 1, groupThreshold: 2 }), '2024-01-01', '2027-01-01')),
      published.pack(pack('2026-01-01', { groupThreshold: { value: 4, source, permission: 'fixed' } })),
    )
    const at = (date: string) => {
      const { quorum, groupThreshold } = rules.at(here(date))
      return [quorum.value, groupThreshold.value]
    }
    expect([at('2025-12-31'), at('2026-01-01'), at('2027-01-01')]).toEqual([
      [1, 2],
      [1, 4],
      [3, 4],
    ])
  })

  test('S2-31 of two records of one doctor, the standing record’s dispensation prevails, whichever id is greater', () => {
    const ola = doctorNamed('Ola')
    const rules = inForceAfter(
      published.pack(first),
      published.dispensation(dispensation(kari, sourced({ quorum: 1 }), '2024-01-01', '2027-01-01')),
      published.dispensation(dispensation(ola, sourced({ quorum: 3 }), '2024-01-01', '2027-01-01')),
    )
    const quorum = (...doctor: ReadonlyArray<typeof kari>) => rules.at({ ...here('2024-06-01'), doctor }).quorum.value
    expect([quorum(kari, ola), quorum(ola, kari)]).toEqual([1, 3])
  })

  test('S2-31 before any pack was published nothing says what may be loosened', () => {
    const granted = dispensation(kari, sourced({ quorum: 1 }), '2024-01-01', '2027-01-01')
    const rules = inForceAfter(published.dispensation(granted))
    expect(rules.at(here('2024-06-01')).quorum.value).toBe(2)
    expect(rules.layersAt(here('2024-06-01')).map(({ layer, setAside }) => [layer, setAside.length])).toEqual([
      ['national', 0],
      ['dispensation', 1],
    ])
  })
})

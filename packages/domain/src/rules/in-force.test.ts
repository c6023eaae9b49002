// in-force.test.ts: which rules judge what, by date, place and doctor

import { left } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { factsInForce } from '../kernel/correction.ts'
import { streamName } from '../kernel/event.ts'
import { departmentNamed, doctorNamed, groupNamed, hospitalNamed, logbook } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { MunicipalityNumber } from '../values/municipality-number.ts'
import { defaultPack } from './default-pack.ts'
import { byOnePack, type Circumstances, inForce, nationally, rulesInForce } from './in-force.ts'
import {
  adaptation,
  dispensation,
  eventNumber,
  hospitalOf,
  inForceAfter,
  ofGroup,
  pack,
  published,
  region,
  scheme,
  source,
  sourced,
} from './published.test-kit.ts'
import { type RuleName, type RulePack, rulesNamed } from './rule-pack.ts'
import type { RulesEvent } from './rules-events.ts'

const kari = doctorNamed('Kari')
const g1 = groupNamed('G1')
const children = departmentNamed('children')
const haukeland = hospitalNamed('Haukeland')
const hospital = { layer: 'hospital', hospital: haukeland } as const

const first = pack('2024-01-01')
const second = pack('2026-01-01', { groupThreshold: { value: 4, source, permission: 'may-be-stricter' } })

const another: RulePack = { ...defaultPack, name: 'Another' }

const municipality = (number: string): MunicipalityNumber => {
  if (!MunicipalityNumber.is(number)) throw new RangeError(number)
  return number
}

const here = (date: string, other: Partial<Circumstances> = {}): Circumstances => ({
  ...nationally(legalDate(date)),
  group: g1,
  municipality: municipality('4601'),
  department: children,
  doctor: [kari],
  ...other,
})

/** What a parameter is, at which level it was set and by what. */
const set = (rules: RulePack, name: RuleName) => {
  const { value, setBy } = rules[name]
  return [value, setBy?.layer ?? 'national', setBy?.event ?? null]
}

describe('national packs', () => {
  test('until the first takes effect, and where none was published, the founding pack is in force', () => {
    expect(inForceAfter().at(here('2024-06-01'))).toBe(defaultPack)
    const rules = inForceAfter(published.pack(first))
    expect(rules.at(here('2023-12-31'))).toBe(defaultPack)
    expect(set(rules.at(here('2024-01-01')), 'quorum')).toEqual([2, 'national', eventNumber(0)])
  })

  test('each ends where the next begins, in whichever order they were published', () => {
    for (const packs of [
      [first, second],
      [second, first],
    ]) {
      const rules = inForceAfter(...packs.map(published.pack))
      expect(['2025-12-31', '2026-01-01'].map((date) => rules.at(here(date)).groupThreshold.value)).toEqual([3, 4])
      expect(['2025-12-31', '2026-01-01'].map((date) => rules.at(here(date)).name)).toEqual([
        'Rules of 2024',
        'Rules of 2026',
      ])
    }
  })

  test('what a pack of an older release does not say is as at the founding, and fixed', () => {
    const { quorum: _, ...parameters } = first.parameters
    const rules = inForceAfter(
      published.pack({ ...first, parameters }),
      published.adaptation(adaptation(ofGroup(g1), first, sourced({ quorum: 3, groupThreshold: 4 }))),
    )
    expect([rules.at(here('2024-06-01')).quorum.value, rules.at(here('2024-06-01')).groupThreshold.value]).toEqual([
      2, 4,
    ])
  })
})

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

  test('S2-20 all that is set aside on a date is told, wherever two layers meet', () => {
    const fixed = (value: number) => ({ quorum: { value, source, permission: 'fixed' } })
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
          [said.layer, said.name, said.value, 'under', instead.layer, instead.value, because._tag].join(' '),
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
      'region plannedWithin [object Object] under national none RulesContradict',
      'dispensation mandatory 10 under national 20 RuleIsFixed',
    ])
    expect(byOnePack(defaultPack).setAsideOn(legalDate('2026-06-01'), () => null)).toEqual([])
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

describe('a draft in the place of a national pack', () => {
  const draft: RulePack = { ...defaultPack, name: 'Drafted', groupThreshold: { value: 2, source } }
  const fixing = pack('2024-01-01', { groupThreshold: { value: 3, source, permission: 'fixed' } })
  const rules = inForceAfter(
    published.pack(fixing),
    published.adaptation(adaptation(ofGroup(g1), fixing, sourced({ groupThreshold: 5, quorum: 3 }))),
    published.pack(pack('2026-01-01')),
  )
  const at = (drafted: typeof rules, date: string) => {
    const { name, groupThreshold, quorum } = drafted.at(here(date))
    return [name, groupThreshold.value, quorum.value]
  }

  test('judges while that one would have, with its permissions, and the layers below as far as it permits', () => {
    const drafted = rules.withDraft(draft, legalDate('2024-06-01'))
    expect(['2023-12-31', '2024-01-01', '2025-12-31', '2026-01-01'].map((date) => at(drafted, date))).toEqual([
      [defaultPack.name, 3, 2],
      ['Drafted', 2, 3],
      ['Drafted', 2, 3],
      ['Rules of 2026', 5, 3],
    ])
    expect(drafted.at(here('2024-06-01', { group: null }))).toBe(draft)
    expect(drafted.layersAt(here('2024-06-01')).map(({ layer, event, digest }) => [layer, event, digest])).toEqual([
      ['national', null, null],
      ['group', eventNumber(1), adaptation(ofGroup(g1), fixing, sourced({ groupThreshold: 5, quorum: 3 })).digest],
    ])
  })

  test('may take the place of the founding pack', () => {
    const drafted = rules.withDraft(draft, legalDate('2023-12-31'))
    expect(['2023-12-31', '2024-01-01'].map((date) => at(drafted, date))).toEqual([
      ['Drafted', 2, 2],
      ['Rules of 2024', 3, 3],
    ])
    const only = inForceAfter().withDraft(draft, legalDate('2024-06-01'))
    expect(only.at(here('2030-01-01'))).toBe(draft)
  })
})

describe('where each is looked for', () => {
  const date = legalDate('2024-06-01')

  test('nationally there is nobody in particular', () => {
    expect(nationally(date)).toEqual({ date, group: null, municipality: null, department: null, doctor: [] })
  })

  test('one pack is the only layer, whatever the draft takes the place of', () => {
    const one = inForce(defaultPack)
    expect([one.at(here('2024-06-01')), one.withDraft(another, date).at(here('2024-06-01'))]).toEqual([
      defaultPack,
      another,
    ])
    expect(one.layersAt(here('2024-06-01'))).toEqual([{ layer: 'national', event: null, digest: null, setAside: [] }])
    const rules = inForceAfter(published.pack(first))
    expect(inForce(rules)).toBe(rules)
  })

  test('of one place one after the other may have been adopted', () => {
    const rules = inForceAfter(
      published.pack(first),
      published.adaptation(adaptation(region('4601'), first, sourced({ quorum: 3 }), '2024-01-01', '2025-01-01')),
      published.adaptation(adaptation(region('4601'), first, sourced({ quorum: 4 }), '2025-01-01')),
    )
    expect(['2024-12-31', '2025-01-01'].map((on) => rules.at(here(on)).quorum.value)).toEqual([3, 4])
  })

  test('where a department is, is asked only of one that is known, and only where a hospital said something', () => {
    const asked: unknown[] = []
    const rulesAfter = (...events: ReadonlyArray<RulesEvent>) => {
      const book = logbook<RulesEvent>()
      for (const event of events) book.record(streamName('rules', scheme), event)
      const rules = rulesInForce(factsInForce(book.history), defaultPack, (department, on) => {
        asked.push([department, on])
        return hospitalOf(department)
      })
      if (rules._tag === 'Left') throw new Error(rules.left.message)
      return rules.right
    }
    rulesAfter(published.pack(first)).at(here('2024-06-01'))
    expect(asked).toEqual([])
    const saying = rulesAfter(
      published.pack(first),
      published.adaptation(adaptation(hospital, first, sourced({ quorum: 3 }))),
    )
    expect(saying.at(here('2024-06-01', { department: null })).quorum.value).toBe(2)
    expect(asked).toEqual([])
    expect(saying.at(here('2024-06-01')).quorum.value).toBe(3)
    expect(asked).toEqual([[children, date]])
  })
})

describe('what is set aside on a date', () => {
  const fixed = (value: number) => ({ quorum: { value, source, permission: 'fixed' } })
  const told = (...events: ReadonlyArray<RulesEvent>) =>
    inForceAfter(published.pack(first), ...events)
      .setAsideOn(legalDate('2024-06-01'), () => municipality('4601'))
      .map(({ said, instead, because }) =>
        [said.layer, said.name, said.value, 'under', instead.layer, instead.value, because._tag].join(' '),
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
})

describe('rules that decided', () => {
  test('S2-19 are told with the layer and the event that set them', () => {
    const rules = inForceAfter(
      published.pack(first),
      published.adaptation(adaptation(ofGroup(g1), first, sourced({ quorum: 3 }))),
    ).at(here('2024-05-01'))
    expect(rulesNamed(rules, ['quorum', 'window'])).toEqual([
      { name: 'quorum', source, value: 3, layer: 'group', event: eventNumber(1) },
      {
        name: 'window',
        source: defaultPack.window.source,
        value: 'calendar-year',
        layer: 'national',
        event: eventNumber(0),
      },
    ])
    expect(rulesNamed(defaultPack, ['quorum'])).toEqual([
      { name: 'quorum', source: defaultPack.quorum.source, value: 2, layer: 'national', event: null },
    ])
  })
})

test('RulesUnknown: a basis that nothing was published under is an error, not a guess', () => {
  const orphan = adaptation(ofGroup(g1), second, sourced({ quorum: 3 }))
  const book = logbook<RulesEvent>()
  for (const event of [published.pack(first), published.adaptation(orphan)])
    book.record(streamName('rules', scheme), event)
  const event = eventNumber(1)
  const expected = 'the digest of a pack published by then'
  expect(rulesInForce(factsInForce(book.history), defaultPack, hospitalOf)).toEqual(
    left({
      _tag: 'RulesUnknown',
      event,
      found: second.digest,
      expected,
      message: `the rules published by event ${event} cannot be followed: found ${second.digest}, expected ${expected}`,
    }),
  )
})

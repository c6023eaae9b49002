// in-force.test.ts: which national rules judge on a date, and where rules of the layers below are looked for

import { left } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { factsInForce } from '../kernel/correction.ts'
import { streamName } from '../kernel/event.ts'
import { logbook } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { children, g1, here, hospital, set } from './circumstances.test-kit.ts'
import { defaultPack } from './default-pack.ts'
import { inForce, nationally, rulesInForce } from './in-force.ts'
import {
  adaptation,
  eventNumber,
  first,
  hospitalOf,
  inForceAfter,
  ofGroup,
  pack,
  published,
  region,
  scheme,
  second,
  source,
  sourced,
} from './published.test-kit.ts'
import { type RulePack, rulesNamed } from './rule-pack.ts'
import type { RulesEvent } from './rules-events.ts'

const another: RulePack = { ...defaultPack, name: 'Another' }

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

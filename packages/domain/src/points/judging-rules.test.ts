// judging-rules.test.ts: rules that nobody published go by what they say that points follow

import { describe, expect, test } from 'vitest'
import { eventIdOf } from '../kernel/event.ts'
import { danishPack } from '../rules/danish-pack.ts'
import { defaultPack } from '../rules/default-pack.ts'
import { digestOf } from '../rules/digest.ts'
import { byOnePack, type Circumstances, type RulesInForce } from '../rules/in-force.ts'
import type { LayerInForce } from '../rules/layering.ts'
import { eventNumber } from '../rules/published.test-kit.ts'
import {
  commandNamed,
  doctorNamed,
  groupNamed,
  inOslo,
  registerWith,
  type SessionRow,
  sessionStream,
} from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import type { Evidence } from './judgements.ts'
import { digestOfValues, judgingRules } from './judging-rules.ts'
import { points } from './points.ts'

describe('S1-20 the digest of rules that nobody published', () => {
  test('S1-20 is the same in every release: a later rule that asks for nothing is no part of it', () => {
    expect(digestOfValues(defaultPack)).toBe('sha256:a09b7333df13ae260caf6577a9552e96fdf8697e4ea1dc1567bfd8b7077012f7')
    expect(digestOfValues(danishPack)).toBe('sha256:a8ae8c421b369c2c1a8a461cd8bf32ff16ca248708bda6e9a71681c56e78dd8c')
  })

  test('S1-20 is of values alone, whatever the name, the sources and who set them', () => {
    const source = { title: 'Another circular', address: 'https://example.org/other' }
    const retold = { ...defaultPack, name: 'Retold', quorum: { ...defaultPack.quorum, source } }
    expect(digestOfValues(retold)).toBe(digestOfValues(defaultPack))
  })

  test('S1-20 is another where a value is, and not by what only the whole programme follows', () => {
    const stricter = { ...defaultPack, quorum: { ...defaultPack.quorum, value: 7 } }
    const coursesToo = { ...defaultPack, coursePoints: { ...defaultPack.coursePoints, value: 999 } }
    expect(digestOfValues(stricter)).not.toBe(digestOfValues(defaultPack))
    expect(digestOfValues(coursesToo)).toBe(digestOfValues(defaultPack))
  })
})

describe('S1-20 the rules that judged a doctor’s points', () => {
  const kari = doctorNamed('Kari')
  const held = (session: string, date: string, present: SessionRow['present']): SessionRow => ({
    ...{ session, starts: `${date} 15:00`, minutes: 120, present },
  })
  const register = (anchor: string | null) =>
    registerWith({
      doctors: { Kari: anchor },
      groups: { G1: { members: ['Kari', 'Ola'] }, G2: { members: ['Ola', 'Per'] }, G3: { members: ['Kari', 'Per'] } },
      sessions: [
        held('S0', '2020-12-31', { G1: ['Kari', 'Ola'] }),
        held('S1', '2021-01-01', { G1: ['Ola'] }),
        { ...held('S2', '2023-02-01', { G1: ['Kari', 'Ola'] }), department: 'children' },
        held('S3', '2023-03-01', { G1: ['Ola'] }),
        held('S4', '2023-04-01', { G2: ['Ola', 'Per'] }),
        held('S5', '2023-05-01', { G2: ['Per'], G3: ['Kari'] }),
        held('S6', '2023-06-01', { G1: ['Ola'], G3: ['Kari', 'Per'] }),
      ],
    })
  const asked = (of: ReturnType<typeof register>, layers: (of: Circumstances) => ReadonlyArray<LayerInForce>) => {
    const question = { effectiveThrough: legalDate('2024-06-01'), asKnownAt: inOslo('2030-01-01') }
    const rules: RulesInForce = { ...byOnePack(defaultPack), layersAt: layers }
    return judgingRules(points(kari, of.evidence(), rules, question), of.evidence(), rules)
  }
  const unpublished: LayerInForce = { layer: 'national', event: null, digest: null, setAside: [] }

  test('S1-20 are those of the period’s days, and of the sessions of groups met from the year before it on', () => {
    const of = register('2022-01-01')
    const withdrawn = { doctor: kari, group: groupNamed('G3'), reason: '' }
    of.record(sessionStream('S5'), { type: 'AttendanceWithdrawn', data: withdrawn })
    const saidOf = new Map<string, string>()
    const found = asked(of, ({ date, group, department, doctor }) => {
      const place = [
        group === null ? 'nowhere' : group === groupNamed('G1') ? 'G1' : 'G3',
        department === null ? '' : ' at hospital',
      ]
      const event = eventIdOf(commandNamed(JSON.stringify([date, group, department, doctor])), 0)
      saidOf.set(event, `${date} ${place.join('')}${doctor.length === 0 ? '' : ' for her'}`)
      return [{ layer: 'national', event, digest: digestOf(date), setAside: [] }]
    })
    expect(found.map(({ event }) => saidOf.get(event ?? '')).sort()).toEqual([
      '2021-01-01 G1',
      '2022-01-01 nowhere for her',
      '2023-02-01 G1 at hospital for her',
      '2023-03-01 G1',
      '2023-05-01 G3 for her',
      '2023-06-01 G1',
      '2023-06-01 G3 for her',
      '2024-06-01 nowhere for her',
    ])
  })

  test('S1-20 of what nobody published, or without a digest, go by what they say', () => {
    const said = [{ layer: 'national', event: null, digest: digestOfValues(defaultPack) }]
    expect(asked(register('2022-01-01'), () => [unpublished])).toEqual(said)
    expect(asked(register('2022-01-01'), () => [{ ...unpublished, event: eventNumber(1) }])).toEqual(said)
    expect(asked(register('2022-01-01'), () => [{ ...unpublished, digest: digestOf(1) }])).toEqual(said)
  })

  test('S1-20 are those of the period’s days alone where the rows of records, groups or sessions are missing', () => {
    const of = register('2022-01-01')
    const evidence = of.evidence()
    const question = { effectiveThrough: legalDate('2024-06-01'), asKnownAt: inOslo('2030-01-01') }
    const of2024 = points(kari, evidence, defaultPack, question)
    const named = (date: string) => eventIdOf(commandNamed(date), 0)
    const layersAt = ({ date }: Circumstances): ReadonlyArray<LayerInForce> => [
      { ...unpublished, event: named(date), digest: digestOf(date) },
    ]
    const rules = { ...byOnePack(defaultPack), layersAt }
    const events = (rows: Partial<Evidence>) =>
      judgingRules(of2024, { ...evidence, ...rows }, rules).map(({ event }) => event)
    const days = (...dates: ReadonlyArray<string>) => dates.map(named).sort()
    expect(events({ doctors: new Map() })).toEqual(days('2024-06-01'))
    expect(events({ groups: new Map() })).toEqual(days('2022-01-01', '2024-06-01'))
    expect(events({ sessions: new Map() })).toEqual(days('2022-01-01', '2024-06-01'))
  })

  test('S1-20 are told from the national ones down, by event, each once', () => {
    const layer = (layer: LayerInForce['layer'], nth: number): LayerInForce => ({
      ...{ layer, event: eventNumber(nth), digest: digestOf(nth), setAside: [] },
    })
    const all = [
      layer('dispensation', 1),
      layer('group', 2),
      layer('group', 3),
      layer('region', 4),
      layer('hospital', 5),
    ]
    const groups = [eventNumber(2), eventNumber(3)].sort()
    const found = asked(register('2022-01-01'), () => [...all, unpublished, layer('national', 6)])
    expect(found.map(({ layer, event }) => [layer, event])).toEqual([
      ['national', null],
      ['national', eventNumber(6)],
      ['region', eventNumber(4)],
      ['hospital', eventNumber(5)],
      ...groups.map((event) => ['group', event]),
      ['dispensation', eventNumber(1)],
    ])
    expect(asked(register('2022-01-01'), () => [...all, layer('national', 6), unpublished].reverse())).toEqual(found)
  })

  test('S1-20 without a period there are none', () => {
    expect(asked(register(null), () => [unpublished])).toEqual([])
  })
})

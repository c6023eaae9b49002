// layers.test.ts: each attendance is judged by the rules of its own date, place and doctor, and the explanation says by whose

import { describe, expect, test } from 'vitest'
import {
  adaptation,
  dispensation,
  eventNumber,
  inForceAfter,
  ofGroup,
  pack,
  published,
  region,
  source,
  sourced,
} from '../rules/published.test-kit.ts'
import type { RulesEvent } from '../rules/rules-events.ts'
import {
  answer,
  doctorNamed,
  groupNamed,
  groupStream,
  hospitalNamed,
  nothingCounts,
  pointsIn,
  registerWith,
  type SessionRow,
  sessionNamed,
} from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { MunicipalityNumber } from '../values/municipality-number.ts'
import { shownPoints } from '../values/points.ts'
import { explained } from './explained.ts'
import { explanation } from './explanation.ts'
import type { Names } from './saying.ts'

const kari = doctorNamed('Kari')
const g1 = ofGroup(groupNamed('G1'))
const members = ['Kari', 'Ola']
const first = pack('2020-01-01')

const session = (label: string, date: string, more: Partial<SessionRow> = {}): SessionRow => ({
  session: label,
  starts: `${date} 15:00`,
  minutes: 180,
  present: { G1: members },
  ...more,
})
const register = (...sessions: ReadonlyArray<SessionRow>) =>
  registerWith({
    doctors: { Kari: '2020-01-01', Ola: '2020-01-01' },
    groups: { G1: { members }, G2: { members } },
    sessions,
  })
const three = (group = 'G1', year = '2024') =>
  ['02', '05', '09'].map((month) =>
    session(`${group}-${year}-${month}`, `${year}-${month}-10`, { present: { [group]: members } }),
  )
const fewer = (value: number) => ({ groupThreshold: { value, source, permission: 'may-be-stricter' } })

describe('the rules of the session’s date', () => {
  test('judge it, also where other rules follow in its window', () => {
    const rules = inForceAfter(published.pack(first), published.pack(pack('2024-07-01', fewer(2))))
    const sessions = register(session('S1', '2024-03-10'), session('S2', '2024-09-10', { minutes: 360 }))
    expect(answer(sessions, 'Kari', { asOf: '2024-12-31', rules })).toEqual({
      ...nothingCounts,
      counted: 360,
      mandatory: '6.00',
      reasons: ['S1:GROUP_UNDER_3_MEETINGS'],
    })
  })

  test('decide whether a session counts for the group, whatever the rules of the others', () => {
    const rules = inForceAfter(
      published.pack(first),
      published.pack(pack('2024-07-01', { sessionMinutesMin: { value: 200, source, permission: 'fixed' } })),
    )
    expect(answer(register(...three()), 'Kari', { asOf: '2024-12-31', rules }).reasons).toEqual([
      'G1-2024-02:GROUP_UNDER_3_MEETINGS',
      'G1-2024-05:GROUP_UNDER_3_MEETINGS',
      'G1-2024-09:SESSION_TOO_SHORT',
    ])
  })

  test('round it together with what is rounded alike', () => {
    const rounded = (minutes: number, permission = 'fixed') => ({
      rounding: { value: { mode: 'floor', per: 'window', unit: 1 }, source, permission },
      minutesPerPoint: { value: minutes, source, permission },
    })
    const rules = inForceAfter(
      published.pack(pack('2020-01-01', rounded(100))),
      published.pack(pack('2024-05-01', rounded(70))),
    )
    // 180 at 100 a point are 1.8; with 180 at 70 a point 4.37, and with 180 more 6.94.
    const { lines } = pointsIn(register(...three()), 'Kari', { asOf: '2024-12-31', rules })
    expect(lines.map(({ points }) => shownPoints(points))).toEqual(['1.00', '3.00', '2.00'])
  })

  test('cap the year’s points as they stand on that date', () => {
    const capped = (value: 'none' | number) => ({ yearlyCap: { value, source, permission: 'may-be-stricter' } })
    const given = (...caps: ReadonlyArray<'none' | number>) => {
      const froms = ['2020-01-01', '2024-05-01', '2024-09-01']
      const rules = inForceAfter(...caps.map((cap, nth) => published.pack(pack(froms[nth] ?? '', capped(cap)))))
      const { lines } = pointsIn(register(...three()), 'Kari', { asOf: '2024-12-31', rules })
      return lines.map(({ points, shortfall }) => `${shownPoints(points)} ${shortfall?.reason ?? ''}`)
    }
    expect(given('none', 4, 5)).toEqual(['3.00 ', '1.00 ', '1.00 '])
    expect(given(10, 2, 'none')).toEqual(['3.00 ', '0.00 YEARLY_CAP', '3.00 '])
  })
})

describe('S2-20 a layer', () => {
  test('S2-20 of a group judges that group and no other', () => {
    const rules = inForceAfter(
      published.pack(first),
      published.adaptation(adaptation(g1, first, sourced({ groupThreshold: 4 }))),
    )
    const both = register(...three('G1'), ...three('G2', '2023'))
    expect(answer(both, 'Kari', { asOf: '2024-12-31', rules })).toEqual({
      ...nothingCounts,
      counted: 540,
      mandatory: '9.00',
      reasons: three('G1').map((one) => `${one.session}:GROUP_UNDER_3_MEETINGS`),
    })
  })

  test('S2-20 of a region judges groups while they are in it', () => {
    const rules = inForceAfter(
      published.pack(first),
      published.adaptation(adaptation(region('4601'), first, sourced({ sessionMinutesMin: 240 }))),
    )
    const moving = register(...three())
    const municipality = '4601'
    if (!MunicipalityNumber.is(municipality)) throw new RangeError(municipality)
    const moved = (on: string, to: MunicipalityNumber) =>
      moving.record(groupStream('G1'), { type: 'GroupMoved', data: { municipality: to, on: legalDate(on) } })
    expect(answer(moving, 'Kari', { asOf: '2024-12-31', rules }).reasons).toEqual([])
    const elsewhere = '0301'
    if (!MunicipalityNumber.is(elsewhere)) throw new RangeError(elsewhere)
    moved('2024-09-10', elsewhere)
    moved('2024-05-10', municipality)
    expect(answer(moving, 'Kari', { asOf: '2024-12-31', rules }).reasons).toEqual([
      'G1-2024-02:GROUP_UNDER_3_MEETINGS',
      'G1-2024-05:SESSION_TOO_SHORT',
      'G1-2024-09:GROUP_UNDER_3_MEETINGS',
    ])
    // A move is effective from its day.
    expect(answer(moving, 'Kari', { asOf: '2024-05-09', rules }).reasons).toEqual([
      'G1-2024-02:GROUP_UNDER_3_MEETINGS?',
    ])
  })

  test('S2-20 of a hospital judges the sessions at its departments', () => {
    const hospital = { layer: 'hospital', hospital: hospitalNamed('Haukeland') } as const
    const rules = inForceAfter(
      published.pack(first),
      published.adaptation(adaptation(hospital, first, sourced({ sessionMinutesMin: 240 }))),
    )
    const there = register(
      ...three(),
      session('at the children’s', '2024-10-10', { department: 'children' }),
      session('at another', '2024-11-10', { department: 'laboratory' }),
    )
    expect(answer(there, 'Kari', { asOf: '2024-12-31', rules }).reasons).toEqual([
      'at the children’s:SESSION_TOO_SHORT',
    ])
  })

  test('S2-20 of one session of a day leaves the other its own cap', () => {
    const hospital = { layer: 'hospital', hospital: hospitalNamed('Haukeland') } as const
    const capped = (dayCap: 'cut' | 'reject') =>
      inForceAfter(
        published.pack(first),
        published.adaptation(adaptation(hospital, first, sourced({ dayCapMinutes: 200, dayCap }))),
      )
    const day = (at: string, from: string, more: Partial<SessionRow> = {}): SessionRow => ({
      ...session(at, '2024-10-10', more),
      starts: `2024-10-10 ${from}`,
    })
    const both = register(
      ...three(),
      day('A', '08:00'),
      day('B', '12:00', { department: 'children' }),
      day('C', '16:00'),
    )
    const counted = (dayCap: 'cut' | 'reject') =>
      pointsIn(both, 'Kari', { asOf: '2024-12-31', rules: capped(dayCap) })
        .lines.slice(3)
        .map((line) => line.counted)
    expect(counted('cut')).toEqual([180, 20, 160])
    expect(counted('reject')).toEqual([180, 0, 180])
    const later = register(
      ...three(),
      day('A', '08:00', { minutes: 220 }),
      day('B', '12:00', { department: 'children' }),
    )
    expect(
      pointsIn(later, 'Kari', { asOf: '2024-12-31', rules: capped('cut') })
        .lines.slice(3)
        .map((line) => line.counted),
    ).toEqual([220, 0])
    // 120 and 180 are within the cap of the first and beyond that of the second, which has 80 left of its 200.
    const within = register(
      ...three(),
      day('A', '08:00', { minutes: 120 }),
      day('B', '12:00', { department: 'children' }),
    )
    expect(
      pointsIn(within, 'Kari', { asOf: '2024-12-31', rules: capped('cut') })
        .lines.slice(3)
        .map(({ counted, cuts }) => [counted, cuts]),
    ).toEqual([
      [120, []],
      [
        80,
        [
          {
            minutes: 100,
            because: {
              reason: 'DAY_CAP',
              cap: 200,
              found: 300,
              effect: 'cut',
              counted: [{ session: sessionNamed('A'), label: 'A', group: groupNamed('G1') }],
            },
          },
        ],
      ],
    ])
  })

  test('S2-20 minutes with another group add up where they passed under that group’s own rules', () => {
    const adding = { membershipTransfer: { value: 'adds-up', source, permission: 'free' } } as const
    const basis = pack('2020-01-01', { ...adding, ...fewer(1) })
    const moved = registerWith({
      doctors: { Kari: '2020-01-01' },
      groups: {
        G1: { members: [{ doctor: 'Kari', left: '2024-06-01' }, 'Ola'] },
        G2: { members: [{ doctor: 'Kari', joined: '2024-06-01' }, 'Ola'] },
      },
      sessions: [session('S1', '2024-02-10'), session('S2', '2024-09-10', { present: { G2: members } })],
    })
    const counted = (...layers: ReadonlyArray<RulesEvent>) =>
      answer(moved, 'Kari', { asOf: '2024-12-31', rules: inForceAfter(published.pack(basis), ...layers) }).counted
    expect(counted()).toBe(360)
    expect(counted(published.adaptation(adaptation(g1, basis, sourced({ groupThreshold: 2 }))))).toBe(0)
    const notHere = adaptation(g1, basis, sourced({ membershipTransfer: 'none' }))
    expect(counted(published.adaptation(notHere))).toBe(180)
  })
})

describe('S2-31 a dispensation', () => {
  const alone = register(
    ...['02', '05', '09'].map((month) => session(`S${month}`, `2024-${month}-10`, { present: { G1: ['Kari'] } })),
    session('S10', '2024-10-10'),
    session('S11', '2024-11-10'),
  )
  const until = (date: string) =>
    inForceAfter(
      published.pack(first),
      published.dispensation(dispensation(kari, sourced({ quorum: 1, mandatory: 10 }), '2024-01-01', date)),
    )

  test('S2-31 judges one doctor’s attendances, and makes no session count for others', () => {
    expect(answer(alone, 'Kari', { asOf: '2024-12-31', rules: until('2025-06-01') })).toEqual({
      ...nothingCounts,
      counted: 900,
      mandatory: '10.00',
      elective: '5.00',
    })
    expect(answer(alone, 'Ola', { asOf: '2024-12-31', rules: until('2025-06-01') }).reasons).toEqual([
      'S10:GROUP_UNDER_3_MEETINGS',
      'S11:GROUP_UNDER_3_MEETINGS',
    ])
  })

  test('S2-31 ends by itself', () => {
    const { mandatory, reasons } = answer(alone, 'Kari', { asOf: '2024-12-31', rules: until('2024-05-11') })
    expect([mandatory, reasons]).toEqual(['12.00', ['S09:BELOW_QUORUM']])
    expect(answer(alone, 'Kari', { asOf: '2024-12-31', rules: until('2024-05-10') }).reasons).toEqual([
      'S05:BELOW_QUORUM',
      'S09:BELOW_QUORUM',
    ])
  })
})

describe('S2-19 the explanation names the layer', () => {
  const names: Names = { doctor: (id) => (id === kari ? 'Kari' : id), group: () => 'G1' }
  const rules = inForceAfter(
    published.pack(first),
    published.adaptation(adaptation(g1, first, sourced({ groupThreshold: 4, quorum: 2, sessionMinutesMin: 100 }))),
    published.dispensation(dispensation(kari, sourced({ mandatory: 10 }), '2024-01-01', '2025-06-01')),
  )
  // Computed by each test, so that it is known which tests rest on it.
  const points = () => pointsIn(register(...three()), 'Kari', { asOf: '2024-12-31', rules })
  const told = (language: 'en' | 'nb') =>
    explanation(points(), rules, names, language).filter((line) => /^ *(Rule|Regel):/.test(line))

  test('S2-19 each line names what the layers below say with effect, besides the rules that decided', () => {
    const [line] = points().lines
    expect(line?.rules.map(({ name, layer }) => [name, layer])).toEqual([
      ['groupThreshold', 'group'],
      ['window', 'national'],
    ])
    expect(line?.adapted.map(({ name, layer }) => [name, layer])).toEqual([
      ['quorum', 'group'],
      ['sessionMinutesMin', 'group'],
      ['mandatory', 'dispensation'],
    ])
  })

  test('S2-19 in English', () => {
    const lines = told('en')
    expect(lines.slice(0, 4)).toEqual([
      `  Rule: a group has at least 4 counting sessions in a window (groupThreshold), set by the group’s adaptation ${eventNumber(1)}. Source: A circular, https://example.org/circular`,
      expect.stringContaining(`(window), set by the national rules ${eventNumber(0)}. Source: Practice`),
      `  Rule: at least 2 of the group’s own members are present (quorum), set by the group’s adaptation ${eventNumber(1)}. Source: A circular, https://example.org/circular`,
      `  Rule: a session lasts at least 100 minutes (sessionMinutesMin), set by the group’s adaptation ${eventNumber(1)}. Source: A circular, https://example.org/circular`,
    ])
    expect(lines).toContain(
      `  Rule: 10 points are mandatory in a period (mandatory), set by the doctor’s dispensation ${eventNumber(2)}. Source: A circular, https://example.org/circular`,
    )
  })

  test('S2-19 in Norwegian', () => {
    const lines = told('nb')
    expect(lines[0]).toBe(
      `  Regel: en smågruppe har minst 4 tellende møter i et tellevindu (groupThreshold), satt av smågruppens tilpasning ${eventNumber(1)}. Kilde: A circular, https://example.org/circular`,
    )
    expect(lines[1]).toContain(`(window), satt av de nasjonale reglene ${eventNumber(0)}. Kilde: Practice`)
    expect(lines).toContain(
      `  Regel: 10 poeng er obligatoriske i en periode (mandatory), satt av legens dispensasjon ${eventNumber(2)}. Kilde: A circular, https://example.org/circular`,
    )
  })

  describe('S2-19 and what of a layer is set aside', () => {
    const regional = { quorum: { value: 3, source, permission: 'fixed' } }
    const binding = inForceAfter(
      published.pack(first),
      published.adaptation(adaptation(region('4601'), first, regional)),
      published.adaptation(adaptation(g1, first, sourced({ quorum: 2, window: 'group-year' }))),
      published.dispensation(dispensation(kari, sourced({ mandatory: 10 }), '2024-01-01', '2025-06-01')),
      published.pack(
        pack('2024-07-01', {
          mandatory: { value: 20, source, permission: 'fixed' },
          window: { value: 'calendar-year', source, permission: 'fixed' },
        }),
      ),
    )
    const there = register(...three())
    const municipality = '4601'
    if (!MunicipalityNumber.is(municipality)) throw new RangeError(municipality)
    there.record(groupStream('G1'), { type: 'GroupMoved', data: { municipality, on: legalDate('2024-05-01') } })
    const judged = () => pointsIn(there, 'Kari', { asOf: '2024-12-31', rules: binding })
    const circular = 'Source: A circular, https://example.org/circular.'

    test('S2-19 each line has it, where the two meet: what was said, what judges instead, and why', () => {
      const tree = explained(judged(), binding, names)
      const short = tree.lines.map(({ setAside }) => setAside.map(({ said, instead }) => [said.name, instead.layer]))
      expect(short).toEqual([
        [],
        [['quorum', 'region']],
        [
          ['window', 'national'],
          ['quorum', 'region'],
        ],
      ])
      expect(tree.lines[1]?.setAside).toEqual([
        {
          said: { name: 'quorum', source, value: 2, layer: 'group', event: eventNumber(2) },
          instead: { name: 'quorum', source, value: 3, layer: 'region', event: eventNumber(1) },
          because: {
            _tag: 'RuleIsFixed',
            path: 'parameters.quorum.value',
            found: '2',
            expected: '3, which is fixed by: A circular',
          },
          text: `Set aside: at least 2 of the group’s own members are present (quorum), said by the group’s adaptation ${eventNumber(2)}. ${circular} Instead: at least 3 of the group’s own members are present, set by the region’s adaptation ${eventNumber(1)}. ${circular} Why: what stands above is fixed.`,
        },
      ])
      expect(tree.setAside.map(({ said, instead }) => [said.name, said.value, instead.value])).toEqual([
        ['mandatory', 10, 20],
      ])
    })

    test('S2-19 of the doctor’s rules: of those that bound the period on its first day, of the others when points are demanded', () => {
      const fixed = pack('2020-01-01', {
        mandatory: { value: 20, source, permission: 'fixed' },
        quorum: { value: 2, source, permission: 'fixed' },
      })
      const said = sourced({ periodYears: 6, nextPeriod: 'from-decision', mandatory: 10, quorum: 1 })
      const rules = inForceAfter(
        published.pack(fixed),
        published.dispensation(dispensation(kari, said, '2024-02-01', '2025-01-01')),
      )
      const told = (anchor: string, asOf: string) => {
        const register = registerWith({ doctors: { Kari: anchor } })
        return explained(pointsIn(register, 'Kari', { asOf, rules }), rules, names).setAside.map(
          ({ said }) => said.name,
        )
      }
      expect(told('2024-02-01', '2024-12-31')).toEqual(['periodYears', 'nextPeriod', 'mandatory'])
      expect(told('2024-01-31', '2024-12-31')).toEqual(['mandatory'])
      expect(told('2024-02-01', '2025-01-01')).toEqual(['periodYears', 'nextPeriod'])
      expect(told('2026-01-01', '2025-12-31')).toEqual([])
    })

    test('S2-19 and the text tells it under the line, and that of the doctor’s own under the total', () => {
      const told = (language: 'en' | 'nb') =>
        explanation(judged(), binding, names, language).filter((line) => /^ *(Set aside|Satt til side):/.test(line))
      expect(told('en').map((line) => /\((\w+)\)/.exec(line)?.[1])).toEqual(['quorum', 'window', 'quorum', 'mandatory'])
      expect(told('nb')[0]).toBe(
        `  Satt til side: minst 2 av smågruppens egne medlemmer er til stede (quorum), sagt av smågruppens tilpasning ${eventNumber(2)}. Kilde: A circular, https://example.org/circular. I stedet: minst 3 av smågruppens egne medlemmer er til stede, satt av regionens tilpasning ${eventNumber(1)}. Kilde: A circular, https://example.org/circular. Hvorfor: det som står over, er fast.`,
      )
      expect(told('nb').at(-1)).toContain('(mandatory), sagt av legens dispensasjon')
    })

    test.for([
      [{ quorum: 4 }, { permission: 'may-be-stricter', value: 3 }, null],
      [
        { quorum: 2 },
        { permission: 'may-be-stricter', value: 3 },
        'Why: what stands above may be made stricter, not looser.',
      ],
      [
        { quorum: 2 },
        { permission: 'free', value: 3, range: { least: 3, most: 5 } },
        'leaves only {"least":3,"most":5}.',
      ],
    ] as const)('S2-19 %j under %j', ([values, above, why]) => {
      const free = pack('2020-01-01', { quorum: { value: 2, source, permission: 'free' } })
      const rules = inForceAfter(
        published.pack(free),
        published.adaptation(adaptation(region('4601'), free, { quorum: { source, ...above } })),
        published.adaptation(adaptation(g1, free, sourced(values))),
      )
      const text = explained(pointsIn(there, 'Kari', { asOf: '2024-12-31', rules }), rules, names).lines[1]?.setAside[0]
        ?.text
      if (why === null) expect(text).toBe(undefined)
      else expect(text).toContain(why)
    })
  })

  test('the total names how minutes became points by each pack that was in force at a session', () => {
    const rate = (value: number) => ({ minutesPerPoint: { value, source, permission: 'fixed' } })
    const changing = inForceAfter(
      published.pack(pack('2020-01-01', rate(60))),
      published.pack(
        pack('2024-05-01', {
          ...rate(45),
          rounding: { value: { mode: 'floor', per: 'session', unit: 1 }, source, permission: 'fixed' },
        }),
      ),
    )
    const changed = pointsIn(register(...three()), 'Kari', { asOf: '2024-12-31', rules: changing })
    const total = explanation(changed, changing, names)
    const from = total.indexOf('The total follows these rules:')
    expect(total.slice(from + 1, total.indexOf('', from)).map((line) => /\((\w+)\)/.exec(line)?.[1])).toEqual([
      'periodYears',
      'minutesPerPoint',
      'minutesPerPoint',
      'rounding',
      'mandatory',
      'electiveMax',
    ])
  })
})

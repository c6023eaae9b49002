// danish-pack.test.ts: worked examples of the Danish rules, over the same facts and engine

import { describe, expect, test } from 'vitest'
import { contradiction } from '../rules/contradiction.ts'
import { danishPack } from '../rules/danish-pack.ts'
import { defaultPack } from '../rules/default-pack.ts'
import { packFrom } from '../rules/pack-file.ts'
import { publishable } from '../rules/publication.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import {
  answer,
  doctorNamed,
  groupNamed,
  inOslo,
  nothingCounts,
  pointsIn,
  registerWith,
  type SessionRow,
  sessionStream,
  type TestRegister,
} from '../testing/index.ts'
import { legalDate, oslo } from '../values/legal-date.ts'
import { noPoints, wholePoints } from '../values/points.ts'
import { explanation } from './explanation.ts'
import { type Language, languages } from './language.ts'
import { programme } from './programme.ts'
import { programmeExplanation } from './programme-explained.ts'

const six = ['Karen', 'Ole', 'Peter', 'Åse', 'Lone', 'Jens']

const inG1 = (starts: string, minutes = 120, present: ReadonlyArray<string> = six): SessionRow => ({
  session: starts.slice(0, 10),
  starts,
  minutes,
  present: { G1: present },
})

const quarterly = ['2024-02-07 17:00', '2024-05-08 17:00', '2024-09-04 17:00', '2024-11-06 17:00']

/** A group without a declaration: Danish groups sign none. */
const groupOf = (members: ReadonlyArray<string>, sessions: ReadonlyArray<SessionRow>): TestRegister =>
  registerWith({ doctors: { Karen: '2024-01-01' }, groups: { G1: { members, signed: null } }, sessions })

/** Planned as it became known on that day. */
const plan = (register: TestRegister, session: string, on: string): void => {
  const { event } = register.held(session)
  if (event.type !== 'SessionHeld') throw new TypeError('it was not held')
  const { attendance: _, reference: __, request: ___, ...meeting } = event.data
  register.record(
    sessionStream(session),
    { type: 'SessionPlanned', data: meeting },
    { knownSince: inOslo(`${on} 12:00`) },
  )
}

const planned = (sessions: ReadonlyArray<SessionRow>, members = six, on = '2024-01-15'): TestRegister => {
  const register = groupOf(members, sessions)
  for (const { session } of sessions) plan(register, session, on)
  return register
}

const atYearEnd = { asOf: '2024-12-31', rules: danishPack }

describe('S1-48 a Danish group', () => {
  test('of six that plans four meetings of two hours in January and holds them has counted eight hours', () => {
    expect(answer(planned(quarterly.map((at) => inG1(at))), 'Karen', atYearEnd)).toEqual({
      ...nothingCounts,
      counted: 480,
      elective: '8.00',
    })
  })

  test('S1-48 counts what a doctor attended, however little: nothing is asked of a doctor’s own hours', () => {
    const register = planned(quarterly.map((at, nth) => inG1(at, 120, nth === 0 ? six : six.slice(1))))
    expect(answer(register, 'Karen', atYearEnd)).toEqual({ ...nothingCounts, counted: 120, elective: '2.00' })
  })

  test('S1-48 that met three times has counted nothing, and has until the end of the year', () => {
    const three = planned(quarterly.slice(0, 3).map((at) => inG1(at)))
    const reasons = ['2024-02-07', '2024-05-08', '2024-09-04'].map((day) => `${day}:GROUP_UNDER_3_MEETINGS`)
    expect(answer(three, 'Karen', atYearEnd)).toEqual({ ...nothingCounts, reasons })
    expect(answer(three, 'Karen', { asOf: '2024-12-30', rules: danishPack })).toEqual({
      ...nothingCounts,
      pending: 360,
      reasons: reasons.map((reason) => `${reason}?`),
    })
  })

  test('S1-48 whose fourth meeting is a minute short of two hours has counted nothing', () => {
    const register = planned(quarterly.map((at, nth) => inG1(at, nth === 3 ? 119 : 120)))
    expect(answer(register, 'Karen', atYearEnd).reasons).toContain('2024-11-06:SESSION_TOO_SHORT')
    expect(answer(register, 'Karen', atYearEnd).counted).toBe(0)
  })

  test('S1-48 that booked a meeting in April has lost it, and the last day of March is in time', () => {
    const sessions = [...quarterly, '2024-12-04 17:00'].map((at) => inG1(at))
    const register = groupOf(six, sessions)
    for (const { session } of sessions.slice(0, 4)) plan(register, session, '2024-02-07')
    plan(register, '2024-12-04', '2024-04-01')
    expect(answer(register, 'Karen', atYearEnd)).toMatchObject({
      counted: 480,
      reasons: ['2024-12-04:PLANNED_TOO_LATE'],
    })
    const inTime = planned(
      sessions.filter(({ session }) => session > '2024-03-31'),
      six,
      '2024-03-31',
    )
    expect(answer(inTime, 'Karen', atYearEnd)).toMatchObject({ counted: 480, reasons: [] })
  })

  test('S1-48 plans before it meets: what was written down a day after the meeting was no plan, nor was nothing', () => {
    const register = groupOf(
      six,
      quarterly.map((at) => inG1(at)),
    )
    plan(register, '2024-02-07', '2024-02-08')
    const { lines } = pointsIn(register, 'Karen', atYearEnd)
    expect(lines.map(({ shortfall }) => shortfall)).toEqual([
      { reason: 'PLANNED_TOO_LATE', needed: '2024-02-07', found: '2024-02-08' },
      ...quarterly.slice(1).map(() => ({ reason: 'PLANNED_TOO_LATE', needed: '2024-03-31', found: null })),
    ])
  })

  test('S1-48 a wish for a session is its plan from the day of the wish, the first of several; it is a fact of the line', () => {
    const register = planned(
      quarterly.map((at) => inG1(at)),
      six,
      '2024-06-01',
    )
    for (const at of quarterly)
      register.record(sessionStream(at.slice(0, 10)), {
        type: 'SessionRequested',
        data: {
          groups: [groupNamed('G1')],
          department: null,
          topic: 'astma',
          place: null,
          on: legalDate('2024-01-10'),
          reference: null,
        },
      })
    expect(answer(register, 'Karen', atYearEnd).counted).toBe(480)
    const types = pointsIn(register, 'Karen', atYearEnd).lines[0]?.facts.map(({ type }) => type)
    expect(types).toContain('SessionRequested')
    expect(types).not.toContain('IndustryFreeDeclared')
    const norwegian = pointsIn(register, 'Karen', { asOf: '2024-12-31' }).lines[0]?.facts.map(({ type }) => type)
    expect(norwegian).not.toContain('SessionRequested')
  })

  test.for([
    ['RequestWithdrawn', '2024-02-01', null],
    ['SessionCancelled', '2024-02-01', null],
    ['SessionCancelled', '2025-01-01', '2024-01-15'],
  ] as const)('S1-48 held after %s on %s, though planned: the plan of %s', ([type, on, found]) => {
    const register = planned(quarterly.map((at) => inG1(at)))
    register.record(sessionStream('2024-02-07'), { type, data: { on: legalDate(on), reason: 'too few' } })
    const shortfall = pointsIn(register, 'Karen', atYearEnd).lines[0]?.shortfall ?? null
    expect(shortfall?.reason).toBe(found === null ? 'PLANNED_TOO_LATE' : undefined)
    expect(answer(register, 'Karen', atYearEnd).counted).toBe(found === null ? 0 : 480)
  })

  test.each(['RequestWithdrawn', 'SessionCancelled'] as const)('S1-48 is told by its plan and by %s', (type) => {
    const register = planned(quarterly.map((at) => inG1(at)))
    const data = { on: legalDate('2024-02-01'), reason: 'too few' }
    const ended = register.record(sessionStream('2024-02-07'), { type, data })
    const [line] = pointsIn(register, 'Karen', atYearEnd).lines
    expect(line?.facts.filter((fact) => fact.type === 'SessionPlanned' || fact.id === ended.id)).toHaveLength(2)
  })

  test('S1-48 an answer as known before the plan was known does not know it', () => {
    const register = planned(quarterly.map((at) => inG1(at)))
    const before = pointsIn(register, 'Karen', { ...atYearEnd, knownAt: '2024-01-14' })
    expect(before.lines.map(({ shortfall }) => shortfall?.reason)).toEqual(quarterly.map(() => 'PLANNED_TOO_LATE'))
  })

  test.each([
    [5, 'GROUP_SIZE'],
    [6, undefined],
    [12, undefined],
    [13, 'GROUP_SIZE'],
  ])('S1-48 of %i members', (size, reason) => {
    const members = [...six, 'A', 'B', 'C', 'D', 'E', 'F', 'G'].slice(0, size)
    const register = planned(
      quarterly.map((at) => inG1(at, 120, ['Karen', 'Ole'])),
      members,
    )
    const { lines, countedMinutes } = pointsIn(register, 'Karen', atYearEnd)
    expect(new Set(lines.map(({ shortfall }) => shortfall?.reason))).toEqual(new Set([reason]))
    expect(countedMinutes).toBe(reason === undefined ? 480 : 0)
    if (reason === undefined) return
    expect(lines[0]?.shortfall).toEqual({ reason, needed: { min: 6, max: 12 }, found: size })
    expect(lines[0]?.facts.filter(({ type }) => type === 'MemberJoined')).toHaveLength(size)
  })

  test('S1-48 a session counts nothing where the industry contributed', () => {
    const [first = inG1('2024-02-07 17:00'), ...others] = [...quarterly, '2024-12-04 17:00'].map((at) => inG1(at))
    expect(answer(planned([{ ...first, industry: 'dinner' }, ...others]), 'Karen', atYearEnd)).toMatchObject({
      counted: 480,
      reasons: ['2024-02-07:INDUSTRY'],
    })
  })

  test('S1-48 the same facts by the Norwegian rules want a declaration, and care for neither plan nor size', () => {
    const register = groupOf(
      six.slice(0, 3),
      quarterly.map((at) => inG1(at, 120, six.slice(0, 3))),
    )
    expect(new Set(answer(register, 'Karen', { asOf: '2024-12-31' }).reasons.map((one) => one.slice(11)))).toEqual(
      new Set(['NO_DECLARATION']),
    )
    const signed = registerWith({
      doctors: { Karen: '2024-01-01' },
      groups: { G1: { members: six.slice(0, 3) } },
      sessions: quarterly.map((at) => inG1(at, 120, six.slice(0, 3))),
    })
    expect(answer(signed, 'Karen', { asOf: '2024-12-31' })).toEqual({
      ...nothingCounts,
      counted: 480,
      mandatory: '8.00',
    })
  })
})

describe('S1-48 what the Danish rules took is told with rule and source', () => {
  const why = (register: TestRegister, language: Language, rules: RulePack = danishPack) =>
    explanation(
      pointsIn(register, 'Karen', { ...atYearEnd, rules }),
      rules,
      { doctor: () => 'Karen', group: () => 'G1' },
      language,
    )
      .filter((line) => /^ {2}(Needs|Krever|Rule|Regel)/.test(line))
      .slice(0, 3)

  test('a plan that came late, and none', () => {
    const register = planned([inG1('2024-09-04 17:00')], six, '2024-04-01')
    expect(why(register, 'en')).toEqual([
      '  Needs a session planned no later than 2024-03-31, found 2024-04-01.',
      '  Rule: a session is planned in the first 3 months of its window, and no later than on its own day (plannedWithin). Source: DGE-håndbog: regler for grupperne, KAP-S (Kvalitet i Almen Praksis, Region Sjælland), https://kap-s.dk/efteruddannelse/dge-haandbog/',
      '  Rule: thresholds are looked at over a calendar year (window). Source: DGE-håndbog: regler for grupperne, KAP-S (Kvalitet i Almen Praksis, Region Sjælland), https://kap-s.dk/efteruddannelse/dge-haandbog/',
    ])
    expect(why(register, 'nb')[0]).toBe('  Krever et møte som var planlagt senest 31.03.2024, fant 01.04.2024.')
    const none = groupOf(six, [inG1('2024-09-04 17:00')])
    expect(why(none, 'en')[0]).toBe('  Needs a session planned no later than 2024-03-31, found no plan.')
    expect(why(none, 'nb')[0]).toBe('  Krever et møte som var planlagt senest 31.03.2024, fant ingen plan.')
  })

  test('a group of another size', () => {
    const register = planned([inG1('2024-09-04 17:00', 120, six.slice(0, 2))], six.slice(0, 5))
    expect(why(register, 'en').slice(0, 2)).toEqual([
      '  Needs a group of 6 to 12 members, found 5.',
      '  Rule: a group should have 6 to 12 members (groupSize). Source: DGE-håndbog: regler for grupperne, KAP-S (Kvalitet i Almen Praksis, Region Sjælland), https://kap-s.dk/efteruddannelse/dge-haandbog/',
    ])
    expect(why(register, 'nb')[0]).toBe('  Krever en smågruppe på 6 til 12 medlemmer, fant 5.')
  })
})

test('S1-48 every rule has a title and an address, and the pack is one that a file can say and that can be published', () => {
  const { name, zone, ...rules } = danishPack
  for (const { source } of Object.values(rules)) {
    expect(source.title).not.toBe('')
    expect(source.address).toMatch(/^(https?:|docs\/rules\.md#)/)
  }
  expect(packFrom({ name, zone, parameters: rules }, defaultPack)).toEqual({ _tag: 'Right', right: danishPack })
  expect(Object.keys(publishable(danishPack))).toEqual(Object.keys(rules))
  expect(zone).not.toBe(oslo)
})

test('a plan needs the one window of a session, so it cannot stand with any twelve months', () => {
  const problem = {
    path: 'parameters.plannedWithin',
    found: "{ months: 3 } with the window 'rolling-12-months'",
    expected: "'none', for a session lies in many rolling windows",
  }
  expect(packFrom({ parameters: { window: 'rolling-12-months', plannedWithin: { months: 3 } } }, defaultPack)).toEqual({
    _tag: 'Left',
    left: [problem],
  })
  const rolling = { ...danishPack, window: { ...danishPack.window, value: 'rolling-12-months' as const } }
  expect(contradiction(rolling)?.because).toEqual({ _tag: 'RulesContradict', ...problem })
  expect(contradiction({ ...rolling, plannedWithin: defaultPack.plannedWithin })).toBe(null)
})

test('of a group-year the first months are counted from the registration of the group', () => {
  const rules: RulePack = { ...danishPack, window: { ...danishPack.window, value: 'group-year' } }
  const of = (on: string) => {
    const register = registerWith({
      doctors: { Karen: '2024-01-01' },
      groups: { G1: { members: six, signed: null, registered: '2022-09-15' } },
      sessions: [inG1('2024-11-06 17:00'), inG1('2025-02-06 17:00')],
    })
    for (const session of ['2024-11-06', '2025-02-06']) plan(register, session, on)
    return pointsIn(register, 'Karen', { asOf: '2024-12-31', rules }).lines.map(({ shortfall }) => shortfall)
  }
  expect(of('2024-11-07')).toEqual([{ reason: 'PLANNED_TOO_LATE', needed: '2024-11-06', found: '2024-11-07' }])
  expect(of('2024-10-01').map((shortfall) => shortfall?.reason)).toEqual(['GROUP_UNDER_3_MEETINGS'])
})

test('no programme is told where nothing is demanded, and small groups are what the explanation says', () => {
  const register = planned(quarterly.map((at) => inG1(at)))
  const question = { effectiveThrough: legalDate('2024-12-31'), asKnownAt: inOslo('2025-01-31') }
  const made = programme(doctorNamed('Karen'), register.evidence(), danishPack, question)
  const { demands, lines, met, elective, smallGroup } = made
  expect({ demands, lines, met }).toEqual({ demands: [], lines: [], met: true })
  expect(elective).toEqual({ smallGroup: smallGroup.elective, other: noPoints, overflow: noPoints })
  expect(smallGroup.elective).toEqual(wholePoints(8))
  const names = { doctor: () => 'Karen', group: () => 'G1' }
  const told = languages.map((language) => programmeExplanation(made, danishPack, names, language))
  expect(told.map((text) => text.slice(2, 5))).toEqual([
    [
      'By these rules nothing is demanded, so there is no programme.',
      'An indication, not a decision: that is the authority’s to make.',
      '',
    ],
    [
      'Etter disse reglene er ingenting krevd, så det finnes ikke noe program.',
      'En veiledende beregning, ikke et vedtak: det fattes av rette myndighet.',
      '',
    ],
  ])
  expect(told[0]?.[5]).toMatch(/^Small-group points of Karen/)
})

// facts-looked-at.test.ts: the facts that an attendance is judged by are named with it, and no others

import { describe, expect, test } from 'vitest'
import type { Entry } from '../kernel/correction.ts'
import type { Recorded } from '../kernel/event.ts'
import { defaultPack } from '../rules/default-pack.ts'
import { byOnePack, type Circumstances, type RulesInForce } from '../rules/in-force.ts'
import type { RulePack, RuleValues } from '../rules/rule-pack.ts'
import {
  doctorNamed,
  doctorStream,
  type GroupRow,
  groupNamed,
  pointsIn,
  type RegisterEvent,
  registerWith,
  type SessionRow,
  type TestRegister,
} from '../testing/index.ts'

const all = ['Kari', 'Ola', 'Per']
const held = (session: string, date: string, more: Partial<SessionRow> = {}): SessionRow => ({
  session,
  starts: `${date} 15:00`,
  minutes: 180,
  present: { G1: all },
  ...more,
})
const year = [held('S1', '2024-02-01'), held('S2', '2024-05-01'), held('S3', '2024-09-01')]
const register = (group: Partial<GroupRow> = {}, sessions: ReadonlyArray<SessionRow> = year) =>
  registerWith({
    doctors: { Kari: '2022-01-01', Ola: '2022-01-01' },
    groups: { G1: { members: all, ...group } },
    sessions,
  })
const by = (values: Partial<RuleValues>, pack: RulePack = defaultPack): RulePack => ({
  ...pack,
  ...Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value, source: defaultPack.quorum.source }]),
  ),
})
/** Rules by whose attendance it is. */
const at =
  (of: (doctor: Circumstances['doctor']) => RulePack) =>
  ({ doctor }: Circumstances): RulePack =>
    of(doctor)

/** What an attendance of Kari or another came to, and the facts that it names, each as what it says. */
const lineAt = (of: TestRegister, session: string, rules: RulePack | RulesInForce = defaultPack, doctor = 'Kari') => {
  const line = pointsIn(of, doctor, { asOf: '2024-12-31', rules }).lines.find(({ label }) => label === session)
  if (line === undefined) throw new Error(`${doctor} was not at ${session}`)
  const said = new Map(of.history.map((recorded) => [recorded.id, inWords(recorded)]))
  return { reason: line.shortfall?.reason ?? null, facts: line.facts.map(({ id }) => said.get(id)) }
}
const inWords = ({ event }: Recorded<Entry<RegisterEvent>>): string => {
  const { data } = event
  return [event.type, ...('on' in data ? [data.on] : [])].join(' ')
}

describe('of stays', () => {
  const twice = [{ doctor: 'Kari', left: '2024-03-01' }, { doctor: 'Kari', joined: '2024-04-01' }, 'Ola', 'Per']

  test('the one that holds the date', () => {
    const { reason, facts } = lineAt(register({ members: twice }), 'S2')
    expect([reason, facts]).toEqual([
      null,
      ['SessionHeld', 'MemberJoined 2024-04-01', 'IndustryFreeDeclared 2000-01-01'],
    ])
  })

  test('all of the doctor’s where none holds it', () => {
    const between = register({ members: twice }, [...year, held('S4', '2024-03-15')])
    expect(lineAt(between, 'S4')).toEqual({
      reason: 'NOT_MEMBER',
      facts: [
        'SessionHeld',
        'MemberJoined 2000-01-01',
        'MemberLeft 2024-03-01',
        'MemberJoined 2024-04-01',
        'IndustryFreeDeclared 2000-01-01',
      ],
    })
  })

  test('everybody’s of that date where the size of the group is what failed', () => {
    const asked = by({ groupSize: { min: 4, max: 12 }, groupSizeEffect: 'nothing-counts' })
    const members = [...all, { doctor: 'Gunn', left: '2024-05-01' }]
    expect(lineAt(register({ members }), 'S1', asked).reason).toBe('GROUP_UNDER_3_MEETINGS')
    const { reason, facts } = lineAt(register({ members }), 'S2', asked)
    expect([reason, facts.filter((fact) => fact?.startsWith('Member')).length]).toEqual(['GROUP_SIZE', all.length])
    const [, line] = pointsIn(register({ members }), 'Kari', { asOf: '2024-12-31', rules: asked }).lines
    expect(line?.shortfall).toEqual({ reason: 'GROUP_SIZE', needed: { min: 4, max: 12 }, found: 3 })
  })
})

describe('of signatures', () => {
  const signed = { signed: '2024-01-01', withdrawn: '2024-04-01', signedAgain: [{ signed: '2024-05-01' }] }
  const declarations = (of: TestRegister, session: string, rules?: RulePack | RulesInForce) => {
    const { reason, facts } = lineAt(of, session, rules)
    return [reason, facts.filter((fact) => fact?.startsWith('Industry'))]
  }

  test('the one in force on that date, or else all', () => {
    const of = register(signed, [...year, held('S4', '2024-04-15'), held('S5', '2024-10-01')])
    expect(declarations(of, 'S2')).toEqual([null, ['IndustryFreeDeclared 2024-05-01']])
    expect(declarations(of, 'S4')).toEqual([
      'NO_DECLARATION',
      ['IndustryFreeDeclared 2024-01-01', 'IndustryFreeWithdrawn 2024-04-01', 'IndustryFreeDeclared 2024-05-01'],
    ])
  })

  test('none where none is asked for and none is in force', () => {
    expect(declarations(register({ signed: '2024-12-01' }), 'S1', by({ declaration: 'none' }))).toEqual([null, []])
  })

  test('the one that cures by what the rules say for that doctor', () => {
    const eased = by({ declaration: { curesDays: 60 } })
    const kari = doctorNamed('Kari')
    const rules = { ...byOnePack(defaultPack), at: at((doctor) => (doctor.includes(kari) ? eased : defaultPack)) }
    const of = register({ signed: '2024-03-01' })
    expect(declarations(of, 'S1', rules)).toEqual([null, ['IndustryFreeDeclared 2024-03-01']])
    expect(lineAt(of, 'S1', rules, 'Ola').reason).toBe('NO_DECLARATION')
  })
})

describe('of merges', () => {
  const merging = (present: ReadonlyArray<string>, rules = defaultPack) => {
    const twice = register({ members: [...all, 'Ola again'] }, [
      ...year.slice(1),
      held('S1', '2024-02-01', { present: { G1: present } }),
    ])
    twice.record(doctorStream('Ola'), { type: 'DoctorsMerged', data: { absorbed: doctorNamed('Ola again') } })
    return (doctor: string) => {
      const { reason, facts } = lineAt(twice, 'S1', rules, doctor)
      return [reason, facts.includes('DoctorsMerged')]
    }
  }

  test('the doctor’s own, and everybody’s where the quorum is what failed', () => {
    const met = merging(['Kari', 'Per', 'Ola again'])
    expect([met('Kari'), met('Ola')]).toEqual([
      [null, false],
      [null, true],
    ])
    const few = merging(['Kari', 'Ola', 'Ola again'], by({ quorum: 3 }))
    expect([few('Kari'), few('Ola')]).toEqual([
      ['BELOW_QUORUM', true],
      ['BELOW_QUORUM', true],
    ])
  })
})

describe('whether a session counts for the others of the group', () => {
  const two = { present: { G1: ['Ola', 'Per'] } }

  test('is judged as for anybody, by what the rules say for no doctor', () => {
    const strict = by({ quorum: 3 })
    const rules = { ...byOnePack(defaultPack), at: at((doctor) => (doctor.length === 0 ? strict : defaultPack)) }
    const of = register({}, [...year.slice(0, 2), held('S3', '2024-09-01', two)])
    expect(lineAt(of, 'S1').reason).toBeNull()
    expect(lineAt(of, 'S1', rules).reason).toBe('GROUP_UNDER_3_MEETINGS')
  })

  test('is judged in its own group: what counts there for one doctor adds nothing elsewhere', () => {
    const strict = by({ quorum: 4 })
    const rules = {
      ...byOnePack(defaultPack),
      at: ({ doctor, group }: Circumstances) =>
        doctor.length === 0 && group === groupNamed('G1') ? strict : defaultPack,
    }
    const of = registerWith({
      doctors: { Kari: '2022-01-01' },
      groups: { G1: { members: all }, G2: { members: all } },
      sessions: [
        ...year,
        held('T1', '2024-03-01', { present: { G2: all } }),
        held('T2', '2024-04-01', { present: { G2: all } }),
      ],
    })
    expect([lineAt(of, 'S1', rules).reason, lineAt(of, 'T1', rules).reason]).toEqual([null, 'GROUP_UNDER_3_MEETINGS'])
  })

  test('takes minutes of somebody, also where the rules ask for no quorum', () => {
    const nobody = { present: { G1: [{ doctor: 'Ola', minutes: 0 }] } }
    const of = register({}, [
      held('S1', '2024-02-01', { minutes: 400 }),
      held('S2', '2024-05-01', nobody),
      held('S3', '2024-09-01', two),
    ])
    const none = by({ quorum: 0 })
    expect([lineAt(of, 'S1', none).reason, lineAt(of, 'S2', none, 'Ola').reason]).toEqual([
      'GROUP_UNDER_3_MEETINGS',
      'NO_MINUTES',
    ])
  })
})

describe('planned within the first months of its window', () => {
  test('is not asked for where any twelve months may be the window', () => {
    const rules = by({ window: 'rolling-12-months', plannedWithin: { months: 3 } })
    expect(lineAt(register(), 'S1', rules).reason).toBeNull()
    expect(lineAt(register(), 'S1', by({ plannedWithin: { months: 3 } })).reason).toBe('PLANNED_TOO_LATE')
  })
})

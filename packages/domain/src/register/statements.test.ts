// statements.test.ts: a statement that was issued stays issued, and says when it is no longer so, and why

import { isLeft, right } from 'fp-ts/lib/Either.js'
import { beforeEach, describe, expect, test } from 'vitest'
import { statementText } from '../points/statement-words.ts'
import type { StatementStanding } from '../points/stating.ts'
import { defaultPack } from '../rules/default-pack.ts'
import {
  commandNamed,
  doctorNamed,
  groupNamed,
  inOslo,
  instant,
  type Opened,
  opened,
  reference,
  sessionNamed,
  statementNamed,
} from '../testing/index.ts'
import { shownPoints } from '../values/points.ts'
import { openRegister } from './register.ts'

const importer = { actor: { id: 'a sheet', role: 'importer' } }
const kari = doctorNamed('Kari')
const group = groupNamed('G1')
const first = statementNamed('first')

let app: Opened
let clock = instant('2025-02-01T12:00:00.000Z')

const done = async (command: object): Promise<void> => {
  const receipt = await app.register.execute(command, importer)()
  if (isLeft(receipt)) throw new Error(JSON.stringify(receipt.left))
}

const meets = (session: string, date: string, present: ReadonlyArray<string> = ['Kari', 'Ola']) => ({
  type: 'ReportSessionHeld',
  data: {
    session: sessionNamed(session),
    starts: inOslo(`${date} 15:00`),
    ends: inOslo(`${date} 18:00`),
    zone: 'Europe/Oslo',
    place: null,
    department: null,
    hosts: [],
    groups: [group],
    topics: [],
    attendance: present.map((name) => ({
      group,
      doctor: doctorNamed(name),
      role: 'member',
      presence: { kind: 'whole' },
    })),
    reference: reference(session),
    request: null,
  },
})
const issue = (statement = first, doctor = kari) => ({
  type: 'IssueStatement',
  data: { statement, doctor, track: 'resertification', effectiveThrough: '2024-12-31' },
})

beforeEach(async () => {
  clock = instant('2025-02-01T12:00:00.000Z')
  app = opened({}, () => clock)
  for (const name of ['Kari', 'Ola'])
    await done({ type: 'RegisterDoctor', data: { doctor: doctorNamed(name), name, municipality: null } })
  await done({ type: 'OpenPeriod', data: { doctor: kari, anchor: '2022-01-01' } })
  await done({
    type: 'RegisterGroup',
    data: { group, name: 'G1', municipality: null, on: '2020-01-01', reference: reference('G1') },
  })
  for (const name of ['Kari', 'Ola'])
    await done({ type: 'AddMember', data: { group, doctor: doctorNamed(name), on: '2020-01-01' } })
  await done({ type: 'DeclareIndustryFree', data: { group, by: kari, on: '2020-01-01' } })
  for (const month of ['02', '05', '09']) await done(meets(`S${month}`, `2024-${month}-01`))
  await done(issue())
  clock = instant('2025-03-01T12:00:00.000Z')
})

const standing = async (register = app.register): Promise<StatementStanding> => {
  const found = await register.statement(first, clock)()
  if (isLeft(found) || found.right === null) throw new Error(JSON.stringify(found))
  return found.right
}
const newest = (type: string) => app.log.log.findLast((one) => one.type === type)

describe('S1-20 a statement', () => {
  test('S1-20 says what was computed when it was issued, with its facts and rules, and is not stale while that is so', async () => {
    const { stated, stale, supersededBy, now } = await standing()
    expect(stated).toMatchObject({
      doctor: kari,
      track: 'resertification',
      effectiveThrough: '2024-12-31',
      asKnownAt: '2025-02-01T12:00:00.000Z',
      period: { from: '2022-01-01', to: '2027-01-01' },
      countedMinutes: 540,
      mandatory: { numerator: 9, denominator: 1 },
      missing: { numerator: 11, denominator: 1 },
      rules: [{ layer: 'national', event: null, digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) }],
    })
    expect(stated.facts.map(({ type }) => type).sort()).toEqual([
      'IndustryFreeDeclared',
      'MemberJoined',
      'PeriodOpened',
      'SessionHeld',
      'SessionHeld',
      'SessionHeld',
    ])
    expect([stale, supersededBy, shownPoints(now.mandatory)]).toEqual([null, null, '9.00'])
    expect(statementText(await standing(), defaultPack, 'nb')).toEqual([
      'Attestert for resertifisering per 31.12.2024, slik det var kjent 01.02.2025 kl. 13:00:00,000 +01:00',
      'Da: obligatoriske 9,00, valgfrie 0,00, ut over begge 0,00',
      'Attesten stemmer.',
    ])
  })

  test('S1-20 cannot be handed in: what it says is computed, and its fields are left out', async () => {
    const forged = {
      ...issue(statementNamed('forged')),
      data: { ...issue(statementNamed('forged')).data, points: 300 },
    }
    await done(forged)
    const found = await app.register.statement(statementNamed('forged'), clock)()
    expect(isLeft(found) || found.right?.stated.points).toEqual({ numerator: 9, denominator: 1 })
  })

  test('S1-20 turns stale where the industry gave something after all, and says by which fact and what it would be now', async () => {
    await done({ type: 'ReportIndustryContribution', data: { session: sessionNamed('S09'), what: 'lunch' } })
    const reported = newest('IndustryContributionReported')
    const { stated, stale, now } = await standing()
    expect(shownPoints(stated.mandatory)).toBe('9.00')
    expect(shownPoints(now.mandatory)).toBe('0.00')
    expect(stale).toMatchObject({ otherTotals: true, rulesCame: [], rulesWent: [], went: [] })
    expect(stale?.came.map(({ id }) => id)).toEqual([reported?.id])
    expect(stale?.since.map(({ id, type }) => [id, type])).toEqual([[reported?.id, 'IndustryContributionReported']])
    expect(statementText(await standing(), defaultPack, 'nb').slice(2, 6)).toEqual([
      'Attesten er foreldet: det den bygger på, er endret.',
      'Nå: obligatoriske 0,00, valgfrie 0,00, ut over begge 0,00',
      'Bygger nå på, men ikke da:',
      expect.stringContaining(`(IndustryContributionReported ${reported?.id})`),
    ])
    expect(newest('PointsStatementIssued')?.stream).toContain(first)
  })

  test('S1-20 a fact that was taken back went, and one of somebody else is told too', async () => {
    const held = newest('SessionHeld')
    await done({ type: 'RetractFact', data: { stream: held?.stream, corrects: held?.id, reason: 'it was cancelled' } })
    const { stale } = await standing()
    expect(stale?.went).toEqual([{ id: held?.id, type: 'SessionHeld' }])
    const told = statementText(await standing(), defaultPack)
    expect(told.slice(0, 6)).toEqual([
      'Stated for resertification of 2024-12-31, as known at 2025-02-01T13:00:00.000+01:00',
      'Then: mandatory 9.00, elective 0.00, beyond both 0.00',
      'It is stale: what it rests on has changed.',
      'Now: mandatory 0.00, elective 0.00, beyond both 0.00',
      'Rested on then, and does not now:',
      `  session held (SessionHeld ${held?.id})`,
    ])
    expect(told.slice(6)).toEqual([
      'Recorded since:',
      expect.stringMatching(
        /^ {2}session held, taken back \(SessionHeldRetracted [0-9a-f-]{36}\), known since 2025-03-01T13/,
      ),
    ])
    expect(stale?.since.map(({ type }) => type)).toEqual(['SessionHeldRetracted'])
  })

  test('S1-20 turns stale where another left the list and the quorum fell, and names the fact though it is another’s', async () => {
    const taken = { session: sessionNamed('S09'), group, doctor: doctorNamed('Ola'), reason: 'was not there' }
    await done({ type: 'WithdrawAttendance', data: taken })
    const { stale } = await standing()
    expect(stale).toMatchObject({ went: [], otherTotals: true })
    const withdrawn = newest('AttendanceWithdrawn')?.id
    expect([stale?.came, stale?.since].map((facts) => facts?.map(({ id }) => id))).toEqual([[withdrawn], [withdrawn]])
  })

  test('S1-20 turns stale by a late fact that was known then, as far as an importer says', async () => {
    const knownSince = instant('2024-12-01T12:00:00.000Z')
    await app.register.execute(meets('S11', '2024-11-01'), { ...importer, knownSince })()
    const { stale, now } = await standing()
    expect([now.countedMinutes, stale?.came.length, stale?.since.length]).toEqual([720, 1, 1])
  })

  test('S1-20 is not stale by what is effective later, or is about others', async () => {
    await done(meets('S25', '2025-01-10'))
    await done({ type: 'RegisterDoctor', data: { doctor: doctorNamed('Liv'), name: 'Liv', municipality: null } })
    expect((await standing()).stale).toBeNull()
  })

  test('S1-20 turns stale in a register opened with another pack, even where it gives the same', async () => {
    const rules = { ...defaultPack, yearlyCap: { ...defaultPack.yearlyCap, value: 100 } }
    const { events, rows, vault } = { events: app.log, rows: app.rows, vault: app.vault }
    const other = openRegister({ events, rows, vault, now: () => clock, newId: () => first }, { rules })
    const { stale } = await standing(other)
    expect(stale).toMatchObject({ otherTotals: false, came: [], went: [], since: [] })
    const [now] = stale?.rulesCame ?? []
    const [then] = stale?.rulesWent ?? []
    expect(statementText(await standing(other), rules).slice(4)).toEqual([
      'Rules that judge now, and did not then:',
      `  the national rules (published by nobody, ${now?.digest})`,
      'Rules that judged then, and do not now:',
      `  the national rules (published by nobody, ${then?.digest})`,
    ])
    expect(now?.digest).not.toBe(then?.digest)
  })

  test('S1-20 is as it was before it was stale, as known then; and not there before it was issued', async () => {
    await done({ type: 'ReportIndustryContribution', data: { session: sessionNamed('S09'), what: 'lunch' } })
    const before = await app.register.statement(first, instant('2025-02-02T12:00:00.000Z'))()
    expect(isLeft(before) || before.right?.stale).toBeNull()
    expect(await app.register.statement(first, instant('2025-01-01T12:00:00.000Z'))()).toEqual(right(null))
    expect(await app.register.statement(statementNamed('never'), clock)()).toEqual(right(null))
  })

  test('S1-20 is superseded by another about the same doctor, and both were issued', async () => {
    const second = statementNamed('second')
    const supersede = { type: 'SupersedeStatement', data: { statement: first, by: second } }
    const tooEarly = await app.register.execute(supersede, { ...importer, id: commandNamed('too early') })()
    expect(tooEarly).toMatchObject({ left: { refusal: { _tag: 'StatementUnknown', statement: second } } })
    await done(issue(second))
    await done(supersede)
    expect((await standing()).supersededBy).toBe(second)
    expect(statementText(await standing(), defaultPack).at(-1)).toBe(`Statement ${second} has taken its place.`)
    const nobody = await app.register.execute(issue(statementNamed('third'), doctorNamed('Ola')), importer)()
    expect(nobody).toMatchObject({ left: { refusal: { _tag: 'NothingToState', doctor: doctorNamed('Ola') } } })
  })

  const asked = (statement: string, data: object) => ({
    type: 'IssueStatement',
    data: { ...issue(statementNamed(statement)).data, ...data },
  })
  const supersede = (statement: string, by: string) => ({
    type: 'SupersedeStatement',
    data: { statement: statementNamed(statement), by: statementNamed(by) },
  })
  const refusalOf = async (command: object) => {
    const receipt = await app.register.execute(command, { actor: { id: 'the authority', role: 'authority' } })()
    return isLeft(receipt) && receipt.left._tag === 'Refused' ? receipt.left.refusal : receipt
  }

  test('S1-20 is superseded by one about the same doctor after two records turned out to be one', async () => {
    const newer = doctorNamed('Kari anew')
    await done({ type: 'RegisterDoctor', data: { doctor: newer, name: 'Kari', municipality: null } })
    await done({ type: 'OpenPeriod', data: { doctor: newer, anchor: '2022-01-01' } })
    const merge = { type: 'MergeDoctors', data: { doctor: newer, absorbed: kari } }
    await app.register.execute(merge, { actor: { id: 'the authority', role: 'authority' } })()
    await done(asked('second', { doctor: newer }))
    await done(supersede('first', 'second'))
    expect((await standing()).supersededBy).toBe(statementNamed('second'))
  })

  test('S1-20 is superseded by none of another date or track, nor by one whose place it took', async () => {
    await done(asked('earlier', { effectiveThrough: '2024-12-30' }))
    expect(await refusalOf(supersede('first', 'earlier'))).toMatchObject({ because: 'other-date' })
    for (const statement of ['second', 'third']) await done(asked(statement, {}))
    await done(supersede('first', 'second'))
    await done(supersede('second', 'third'))
    for (const by of ['first', 'second'])
      expect(await refusalOf(supersede('third', by))).toEqual({
        _tag: 'NotItsSuccessor',
        statement: statementNamed('third'),
        by: statementNamed(by),
        because: 'superseded-by-it',
      })
  })

  test('S1-20 that it was superseded is neither taken back nor put right', async () => {
    for (const statement of ['second', 'third']) await done(asked(statement, {}))
    await done(supersede('first', 'second'))
    const { stream, id: corrects } = newest('PointsStatementSuperseded') ?? {}
    const data = { stream, corrects, reason: 'a slip' }
    const refusal = { _tag: 'NeverUnissued', type: 'PointsStatementSuperseded' }
    expect(await refusalOf({ type: 'RetractFact', data })).toEqual(refusal)
    const fact = { by: statementNamed('third') }
    expect(await refusalOf({ type: 'CorrectFact', data: { ...data, fact } })).toEqual(refusal)
  })
})

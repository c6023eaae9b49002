// statements-rules.test.ts: a statement names the rules that judged, and turns stale where they are others, saying which

import { isLeft } from 'fp-ts/lib/Either.js'
import { beforeEach, describe, expect, test } from 'vitest'
import { digestOfValues } from '../points/judging-rules.ts'
import { judgingRulesText, statementText } from '../points/statement-words.ts'
import type { StatementStanding } from '../points/stating.ts'
import { defaultPack } from '../rules/default-pack.ts'
import { digestOf } from '../rules/digest.ts'
import { publishable } from '../rules/publication.ts'
import { norway } from '../rules/scheme.ts'
import { everyCommand } from '../testing/every-command.ts'
import {
  departmentNamed,
  doctorNamed,
  groupNamed,
  hospitalNamed,
  inOslo,
  instant,
  type Opened,
  opened,
  reference,
  sessionNamed,
  statementNamed,
} from '../testing/index.ts'
import { oslo } from '../values/legal-date.ts'

const kari = doctorNamed('Kari')
const group = groupNamed('G1')
const source = { title: 'A circular', address: 'https://example.org/circular' }

let app: Opened
let clock = instant('2025-02-01T12:00:00.000Z')

const done = async (type: string, data: object, role = 'importer'): Promise<void> => {
  const receipt = await app.register.execute({ type, data }, { actor: { id: 'somebody', role } })()
  if (isLeft(receipt)) throw new Error(JSON.stringify(receipt.left))
}
const newest = (type: string) => app.log.log.findLast((one) => one.type === type)

/** The importer reports it; Kari misses the one at the hospital, where the group needs it all the same. */
const meets = (session: string, date: string, present: ReadonlyArray<string>, atHospital = false) =>
  done('ReportSessionHeld', {
    ...everyCommand.ReportSessionHeld.data,
    session: sessionNamed(session),
    starts: inOslo(`${date} 15:00`),
    ends: inOslo(`${date} 18:00`),
    department: atHospital ? departmentNamed('children') : null,
    hosts: [],
    groups: [group],
    attendance: present.map((name) => ({
      group,
      doctor: doctorNamed(name),
      role: 'member',
      presence: { kind: 'whole' },
    })),
    reference: reference(session),
    request: null,
  })

const national = { name: 'Rules', zone: oslo, from: '2020-01-01', parameters: publishable(defaultPack) }
const publish = () => done('PublishRulePack', { scheme: norway.id, ...national }, 'authority')
const adopt = (scope: object, sessionMinutesMin = 60, from = '2020-01-01', until: string | null = null) =>
  done(
    'AdoptLocalAdaptation',
    {
      scheme: norway.id,
      name: 'Here it is so',
      scope,
      from,
      until,
      basis: digestOf(national),
      parameters: { sessionMinutesMin: { value: sessionMinutesMin, source } },
    },
    'local-authority',
  )
const dispense = (doctor: string, from = '2024-01-01', until = '2025-01-01') =>
  done(
    'GrantDispensation',
    {
      scheme: norway.id,
      doctor: doctorNamed(doctor),
      from,
      until,
      parameters: { quorum: { value: 1, source } },
    },
    'authority',
  )
const issue = async (): Promise<void> => {
  const data = { statement: statementNamed('first'), doctor: kari, track: 'resertification' }
  await done('IssueStatement', { ...data, effectiveThrough: '2024-12-31' })
  clock = instant('2025-03-01T12:00:00.000Z')
}
const standing = async (): Promise<StatementStanding> => {
  const found = await app.register.statement(statementNamed('first'), clock)()
  if (isLeft(found) || found.right === null) throw new Error(JSON.stringify(found))
  return found.right
}
const whyStale = async () => {
  const { stale } = await standing()
  return stale === null
    ? null
    : {
        came: stale.rulesCame.map(({ layer, event }) => [layer, event]),
        went: stale.rulesWent.map(({ layer, event }) => [layer, event]),
        since: stale.since.map(({ type, id }) => [type, id]),
        otherTotals: stale.otherTotals,
      }
}

beforeEach(async () => {
  clock = instant('2025-02-01T12:00:00.000Z')
  app = opened({}, () => clock)
  const everybody = ['Kari', 'Ola', 'Liv', 'Per', 'Nils']
  for (const name of everybody) await done('RegisterDoctor', { doctor: doctorNamed(name), name, municipality: null })
  await done('OpenPeriod', { doctor: kari, anchor: '2022-01-01' })
  await done('RegisterGroup', { group, name: 'G1', municipality: '4601', on: '2020-01-01', reference: reference('G1') })
  for (const name of ['Kari', 'Ola', 'Liv'])
    await done('AddMember', { group, doctor: doctorNamed(name), on: '2020-01-01' })
  await done('DeclareIndustryFree', { group, by: kari, on: '2020-01-01' })
  await done('RegisterHospital', everyCommand.RegisterHospital.data)
  await done('RegisterDepartment', everyCommand.RegisterDepartment.data)
  await meets('S02', '2024-02-01', ['Kari', 'Ola'])
  await meets('S05', '2024-05-01', ['Kari', 'Ola'])
  await meets('S09', '2024-09-01', ['Ola', 'Liv'], true)
})

describe('S1-20 a statement stores the rules that judged', () => {
  test('S1-20 under the digests that they were published under, from the national ones down', async () => {
    await publish()
    await adopt({ layer: 'group', group })
    await adopt({ layer: 'hospital', hospital: hospitalNamed('Haukeland') })
    await adopt({ layer: 'region', municipalities: ['4601'] })
    await adopt({ layer: 'region', municipalities: ['4602'] })
    await adopt({ layer: 'group', group: groupNamed('G2') })
    await dispense('Kari')
    await dispense('Ola')
    const facts = await app.register.published({ asKnownAt: clock })()
    if (isLeft(facts)) throw new Error(JSON.stringify(facts.left))
    const named = facts.right.map(({ id, event }) => ({ event: id, digest: event.data.digest }))
    await issue()
    const { stated, stale } = await standing()
    expect(stated.rules).toEqual([
      { layer: 'national', ...named[0] },
      { layer: 'region', ...named[3] },
      { layer: 'hospital', ...named[2] },
      { layer: 'group', ...named[1] },
      { layer: 'dispensation', ...named[6] },
    ])
    expect(named[0]?.digest).toBe(digestOf(national))
    expect(stale).toBeNull()
    const { effectiveThrough, asKnownAt, track } = stated
    const judging = await app.register.judgingRules(kari, { effectiveThrough, asKnownAt }, track)()
    expect(judging).toEqual({ _tag: 'Right', right: stated.rules })
    expect(stated.rules.slice(0, 2).map((rules) => judgingRulesText(rules, 'nb'))).toEqual([
      `de nasjonale reglene (${named[0]?.event}, ${named[0]?.digest})`,
      `regionens tilpasning (${named[3]?.event}, ${named[3]?.digest})`,
    ])
  })

  test('S1-20 by what they say where nobody published them', async () => {
    await issue()
    const { stated, stale } = await standing()
    expect(stated.rules).toEqual([{ layer: 'national', event: null, digest: digestOfValues(defaultPack) }])
    expect(stated.rules.map((rules) => judgingRulesText(rules))).toEqual([
      `the national rules (published by nobody, ${digestOfValues(defaultPack)})`,
    ])
    expect(stale).toBeNull()
  })
})

describe('S1-20 a statement turns stale under other rules, and says which', () => {
  test('S1-20 of the country', async () => {
    await issue()
    await publish()
    const published = newest('RulePackPublished')?.id
    expect(await whyStale()).toEqual({
      came: [['national', published]],
      went: [['national', null]],
      since: [['RulePackPublished', published]],
      otherTotals: false,
    })
  })

  test('S1-20 of the region, though the totals are the same, told in both languages', async () => {
    await publish()
    await issue()
    await adopt({ layer: 'region', municipalities: ['4601'] })
    const adopted = newest('LocalAdaptationAdopted')?.id
    expect(await whyStale()).toEqual({
      came: [['region', adopted]],
      went: [],
      since: [['LocalAdaptationAdopted', adopted]],
      otherTotals: false,
    })
    const [rules] = (await standing()).stale?.rulesCame ?? []
    expect(statementText(await standing(), defaultPack).slice(4)).toEqual([
      'Rules that judge now, and did not then:',
      `  the region’s adaptation (${adopted}, ${rules?.digest})`,
      'Recorded since:',
      expect.stringContaining(`  local adaptation adopted (LocalAdaptationAdopted ${adopted})`),
    ])
    expect(statementText(await standing(), defaultPack, 'nb').slice(4)).toEqual([
      'Regler som gjelder nå, men ikke da:',
      `  regionens tilpasning (${adopted}, ${rules?.digest})`,
      'Registrert siden:',
      expect.stringContaining(`  lokal tilpasning vedtatt (LocalAdaptationAdopted ${adopted})`),
    ])
  })

  test('S1-20 of the group, taken back', async () => {
    await publish()
    await adopt({ layer: 'group', group }, 200)
    await issue()
    const adopted = newest('LocalAdaptationAdopted')
    const data = { stream: adopted?.stream, corrects: adopted?.id, reason: 'a slip' }
    await done('RetractFact', data, 'local-authority')
    expect(await whyStale()).toEqual({
      came: [],
      went: [['group', adopted?.id]],
      since: [['LocalAdaptationAdoptedRetracted', newest('LocalAdaptationAdoptedRetracted')?.id]],
      otherTotals: true,
    })
    expect(statementText(await standing(), defaultPack)).toContainEqual(
      expect.stringContaining('  local adaptation adopted, taken back (LocalAdaptationAdoptedRetracted '),
    )
    expect(statementText(await standing(), defaultPack, 'nb')).toContain('Regler som gjaldt da, men ikke nå:')
  })

  test('S1-20 of a hospital where the group met without the doctor, and had one of its three sessions', async () => {
    await publish()
    await issue()
    await adopt({ layer: 'hospital', hospital: hospitalNamed('Haukeland') }, 200)
    const adopted = newest('LocalAdaptationAdopted')?.id
    expect(await whyStale()).toEqual({
      came: [['hospital', adopted]],
      went: [],
      since: [['LocalAdaptationAdopted', adopted]],
      otherTotals: true,
    })
  })

  test('S1-20 of the doctor’s own dispensation', async () => {
    await publish()
    await issue()
    await dispense('Kari')
    const granted = newest('DispensationGranted')?.id
    expect(await whyStale()).toMatchObject({ came: [['dispensation', granted]], otherTotals: false })
  })

  test('S1-20 of the doctor’s own dispensation where the doctor was there, and not where the others met', async () => {
    await publish()
    await issue()
    await dispense('Kari', '2024-09-01', '2024-09-02')
    expect(await whyStale()).toBeNull()
    await dispense('Kari', '2024-05-01', '2024-05-02')
    const granted = newest('DispensationGranted')?.id
    expect(await whyStale()).toMatchObject({ came: [['dispensation', granted]], went: [] })
  })

  test('S1-20 of the year before the period, into which a window may reach, and of no year before that', async () => {
    const hospital = { layer: 'hospital', hospital: hospitalNamed('Haukeland') }
    await meets('S20', '2020-12-31', ['Ola', 'Liv'], true)
    await meets('S21', '2021-01-01', ['Ola', 'Liv'], true)
    await publish()
    await issue()
    await adopt(hospital, 60, '2020-12-31', '2021-01-01')
    expect(await whyStale()).toBeNull()
    await adopt(hospital, 60, '2021-01-01', '2021-01-02')
    expect((await whyStale())?.came).toEqual([['hospital', newest('LocalAdaptationAdopted')?.id]])
  })

  test('S1-20 and not by rules elsewhere or of others; nor are these told where it is stale by something else', async () => {
    await publish()
    await issue()
    await adopt({ layer: 'region', municipalities: ['4602'] })
    await adopt({ layer: 'group', group: groupNamed('G2') })
    await dispense('Ola')
    expect(await whyStale()).toBeNull()
    await done('ReportIndustryContribution', { session: sessionNamed('S05'), what: 'lunch' })
    const reported = newest('IndustryContributionReported')?.id
    expect((await whyStale())?.since).toEqual([['IndustryContributionReported', reported]])
  })
})

describe('S1-20 what was recorded since', () => {
  const merge = (doctor: string, absorbed: string) =>
    done('MergeDoctors', { doctor: doctorNamed(doctor), absorbed: doctorNamed(absorbed) }, 'authority')

  test('S1-20 has the merges of who was there, which take a quorum, and none of others', async () => {
    await issue()
    await merge('Per', 'Nils')
    expect(await whyStale()).toBeNull()
    await merge('Ola', 'Liv')
    expect(await whyStale()).toEqual({
      came: [],
      went: [],
      since: [['DoctorsMerged', newest('DoctorsMerged')?.id]],
      otherTotals: true,
    })
  })

  test('S1-20 has the merges of who was there under a record that was not, in the order in which all of it was recorded', async () => {
    await issue()
    await merge('Per', 'Liv')
    await merge('Nils', 'Per')
    await done('AddMember', { group, doctor: doctorNamed('Nils'), on: '2024-12-01' })
    await done('ReportIndustryContribution', { session: sessionNamed('S05'), what: 'lunch' })
    const types = (await whyStale())?.since.map(([type]) => type)
    expect(types).toEqual(['DoctorsMerged', 'DoctorsMerged', 'MemberJoined', 'IndustryContributionReported'])
  })

  test('S1-20 has the doctor’s own merge, and its undoing', async () => {
    await merge('Kari', 'Per')
    await issue()
    await done('UnmergeDoctors', { doctor: kari, absorbed: doctorNamed('Per') }, 'authority')
    await merge('Per', 'Nils')
    const unmerged = newest('DoctorsUnmerged')?.id
    expect((await whyStale())?.since[0]).toEqual(['DoctorsUnmerged', unmerged])
  })
})

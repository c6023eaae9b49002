// what-if.test.ts: what a draft would change: for whom, by how much, and why

import { expect, test } from 'vitest'
import { defaultPack } from '../rules/default-pack.ts'
import { packFrom } from '../rules/pack-file.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import {
  doctorNamed,
  doctorStream,
  groupNamed,
  instant,
  type RegisterTable,
  registerWith,
  type SessionRow,
  type TestRegister,
} from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { shownPoints } from '../values/points.ts'
import type { Track } from '../values/track.ts'
import { type Compared, type PeriodTotal, type WhatIf, whatIf } from './what-if.ts'
import { explainedWhatIf } from './what-if-explained.ts'

const draftOf = (parameters: object): RulePack => {
  const pack = packFrom({ name: 'draft', parameters }, defaultPack)
  if (pack._tag === 'Left') throw new TypeError(JSON.stringify(pack.left))
  return pack.right
}

const ask = (register: TestRegister, parameters: object, asOf = '2024-12-31', track: Track = 'resertification') =>
  whatIf(
    register.evidence(),
    defaultPack,
    draftOf(parameters),
    { effectiveThrough: legalDate(asOf), asKnownAt: instant('9999-12-31T23:59:59.999Z') },
    track,
  )

const held = (starts: string, minutes: number, present: SessionRow['present']): SessionRow => ({
  session: `S-${starts.slice(0, 10)}`,
  starts,
  minutes,
  present,
})

const three = ['Kari', 'Ola', 'Per']
const ofThree: RegisterTable = {
  doctors: { Kari: '2020-01-01', Ola: '2020-01-01', Per: '2020-01-01', Hans: null },
  groups: { G1: { members: three } },
}
const inG1 = (starts: string, minutes: number, ...present: ReadonlyArray<string>) =>
  held(starts, minutes, { G1: present })

const shown = ({ before, after, difference }: Compared) => [before, after, difference].map(shownPoints).join(' ')
const bounds = (total: PeriodTotal | null) => (total?.period ? `${total.period.from} ${total.period.to}` : null)

/** The answer in words that a test can compare whole. */
const told = ({ doctors, groups, total: { points, ...fates } }: WhatIf) => ({
  doctors: Object.fromEntries(
    doctors.map((one) => [
      [...three, 'Åse'].find((name) => doctorNamed(name) === one.doctor) ?? one.doctor,
      {
        points: shown(one.points),
        attendances: one.periods
          .flatMap(({ attendances }) => attendances)
          .map(
            ({ label, before, after, because }) =>
              `${label} ${before.shortfall?.reason ?? before.counted} > ${after.shortfall?.reason ?? after.counted} (${because.map(({ name }) => name).join()})`,
          ),
      },
    ]),
  ),
  groups: groups.map(
    (one) => `${one.group === groupNamed('G1') ? 'G1' : one.group} ${shown(one.points)} +${one.gaining} -${one.losing}`,
  ),
  points: shown(points),
  ...fates,
})

const oneYear = () =>
  registerWith({
    ...ofThree,
    sessions: [
      inG1('2024-02-01 15:00', 180, 'Kari', 'Ola', 'Per'),
      inG1('2024-03-01 15:00', 180, 'Kari', 'Ola', 'Per'),
      inG1('2024-04-01 15:00', 180, 'Kari', 'Ola'),
    ],
  })

test('a higher quorum takes a session, and with it what rested on the three meetings', () => {
  const S = ['S-2024-02-01', 'S-2024-03-01', 'S-2024-04-01']
  expect(told(ask(oneYear(), { quorum: 3 }))).toEqual({
    doctors: {
      Kari: {
        points: '9.00 0.00 -9.00',
        attendances: [
          `${S[0]} 180 > GROUP_UNDER_3_MEETINGS ()`,
          `${S[1]} 180 > GROUP_UNDER_3_MEETINGS ()`,
          `${S[2]} 180 > BELOW_QUORUM (quorum)`,
        ],
      },
      Ola: {
        points: '9.00 0.00 -9.00',
        attendances: [
          `${S[0]} 180 > GROUP_UNDER_3_MEETINGS ()`,
          `${S[1]} 180 > GROUP_UNDER_3_MEETINGS ()`,
          `${S[2]} 180 > BELOW_QUORUM (quorum)`,
        ],
      },
      Per: {
        points: '6.00 0.00 -6.00',
        attendances: [`${S[0]} 180 > GROUP_UNDER_3_MEETINGS ()`, `${S[1]} 180 > GROUP_UNDER_3_MEETINGS ()`],
      },
    },
    groups: ['G1 24.00 0.00 -24.00 +0 -3'],
    points: '24.00 0.00 -24.00',
    gaining: 0,
    losing: 3,
    otherwise: 0,
    unchanged: 0,
  })
})

test('the failed condition, found and needed, stands on the side where it failed, and the rule on both', () => {
  const [kari] = ask(oneYear(), { quorum: { value: 3, source: { title: 'a draft', address: 'here' } } }).doctors
  const third = kari?.periods[0]?.attendances[2]
  expect(third?.after.shortfall).toEqual({
    reason: 'BELOW_QUORUM',
    needed: 3,
    found: 2,
    present: [doctorNamed('Kari'), doctorNamed('Ola')],
  })
  expect(third?.because).toEqual([
    {
      name: 'quorum',
      before: { name: 'quorum', ...defaultPack.quorum, layer: 'national', event: null },
      after: {
        name: 'quorum',
        value: 3,
        source: { title: 'a draft', address: 'here' },
        layer: 'national',
        event: null,
      },
    },
  ])
})

test('where minutes count on both sides, the rule is the one that makes points of them', () => {
  const answer = ask(oneYear(), { minutesPerPoint: 45 })
  expect(answer.draft).toBe('draft')
  expect(answer.rules.map(({ name, before, after }) => [name, before.value, after.value])).toEqual([
    ['minutesPerPoint', 60, 45],
  ])
  expect(told(answer)).toMatchObject({
    doctors: {
      Per: {
        points: '6.00 8.00 2.00',
        attendances: ['S-2024-02-01 180 > 180 (minutesPerPoint)', 'S-2024-03-01 180 > 180 (minutesPerPoint)'],
      },
    },
    groups: ['G1 24.00 32.00 8.00 +3 -0'],
    points: '24.00 32.00 8.00',
    gaining: 3,
  })
})

test('only what decided is named: what makes points of minutes not where none count, a cap where it cuts', () => {
  const because = (answer: WhatIf) => told(answer).doctors.Kari?.attendances.map((one) => one.slice(13))
  const draft = { quorum: 3, minutesPerPoint: 45 }
  expect(because(ask(oneYear(), draft))).toEqual([
    '180 > GROUP_UNDER_3_MEETINGS ()',
    '180 > GROUP_UNDER_3_MEETINGS ()',
    '180 > BELOW_QUORUM (quorum)',
  ])
  const question = { effectiveThrough: legalDate('2024-12-31'), asKnownAt: instant('9999-12-31T23:59:59.999Z') }
  expect(because(whatIf(oneYear().evidence(), draftOf(draft), defaultPack, question))).toEqual([
    'GROUP_UNDER_3_MEETINGS > 180 ()',
    'GROUP_UNDER_3_MEETINGS > 180 ()',
    'BELOW_QUORUM > 180 (quorum)',
  ])
  expect(because(ask(oneYear(), { dayCapMinutes: 120 }))).toEqual(Array(3).fill('180 > 120 (dayCapMinutes)'))
})

test('what is held back by a window that is not over is another fate than what is lost', () => {
  const register = registerWith({
    ...ofThree,
    groups: { G1: { members: three, registered: '2020-01-15' } },
    sessions: [inG1('2024-02-01 15:00', 180, 'Kari', 'Ola')],
  })
  expect(told(ask(register, { window: 'group-year' })).doctors.Kari?.attendances).toEqual([
    'S-2024-02-01 GROUP_UNDER_3_MEETINGS > GROUP_UNDER_3_MEETINGS (window)',
  ])
})

test('a rule that is off is named where it would have helped', () => {
  const register = registerWith({
    doctors: { Kari: '2020-01-01', Ola: '2020-01-01', Per: '2020-01-01' },
    groups: {
      G1: { members: [{ doctor: 'Kari', left: '2024-06-01' }, 'Ola', 'Per'] },
      G2: { members: [{ doctor: 'Kari', joined: '2024-06-01' }, 'Ola', 'Per'] },
    },
    sessions: [
      ...['2024-02-01', '2024-03-01', '2024-04-01'].map((day) => inG1(`${day} 15:00`, 60, ...three)),
      ...['2024-07-01', '2024-08-01', '2024-09-01'].map((day) => held(`${day} 15:00`, 60, { G2: three })),
    ],
  })
  const [kari] = ask(register, { membershipTransfer: 'adds-up' }).doctors
  expect(kari).toMatchObject({
    doctor: doctorNamed('Kari'),
    points: { before: { numerator: 0 }, after: { numerator: 6 } },
  })
  expect(
    new Set(
      kari?.periods.flatMap(({ attendances }) => attendances).flatMap(({ because }) => because.map(({ name }) => name)),
    ),
  ).toEqual(new Set(['membershipTransfer']))
})

test('every period that has begun is looked at, and one that is over keeps what happened in it', () => {
  const register = registerWith({
    ...ofThree,
    doctors: { Kari: '2015-01-01' },
    sessions: ['2016-02-01', '2016-03-01', '2016-04-01'].map((day) => inG1(`${day} 15:00`, 120, 'Kari', 'Ola')),
  })
  const [kari] = ask(register, { minutesPerPoint: 45 }, '2024-12-31').doctors
  expect(kari?.periods.map(({ number, points, moved }) => [number, shown(points), moved])).toEqual([
    [1, '6.00 8.00 2.00', false],
  ])
})

test('periods that the draft moves stand beside each other by their number', () => {
  const register = registerWith({
    ...ofThree,
    doctors: { Kari: '2015-01-01' },
    sessions: ['2019-02-01', '2019-03-01', '2019-04-01'].map((day) => inG1(`${day} 15:00`, 120, 'Kari', 'Ola')),
  })
  const answer = ask(register, { periodYears: 4 }, '2024-12-31')
  expect(told(answer)).toMatchObject({ doctors: { Kari: { attendances: [] } }, otherwise: 1, points: '6.00 6.00 0.00' })
  expect(
    answer.doctors[0]?.periods.map(({ number, before, after, points, moved }) => [
      number,
      bounds(before),
      bounds(after),
      shown(points),
      moved,
    ]),
  ).toEqual([
    [1, '2015-01-01 2020-01-01', '2015-01-01 2019-01-01', '6.00 0.00 -6.00', true],
    [2, '2020-01-01 2025-01-01', '2019-01-01 2023-01-01', '0.00 6.00 6.00', true],
    [3, null, '2023-01-01 2027-01-01', '0.00 0.00 0.00', true],
  ])
  const back = whatIf(register.evidence(), draftOf({ periodYears: 4 }), defaultPack, answer.question)
  expect(back.track).toBe('resertification')
  expect(back.doctors[0]?.periods.map(({ after }) => bounds(after))).toEqual([
    '2015-01-01 2020-01-01',
    '2020-01-01 2025-01-01',
    null,
  ])
})

test('what is demanded may change and the points stay: that is otherwise, and no gain', () => {
  const answer = ask(oneYear(), { mandatory: 10 })
  expect(told(answer)).toMatchObject({ gaining: 0, losing: 0, otherwise: 3, unchanged: 0, groups: [] })
  expect(answer.doctors.map(({ periods }) => periods.map(({ after }) => after?.missing.numerator))).toEqual([
    [1],
    [1],
    [4],
  ])
})

test('who has no difference is counted, who has no period is not, and nobody is listed twice', () => {
  const register = oneYear()
  const none = ask(register, {})
  expect(none).toMatchObject({ doctors: [], groups: [], rules: [] })
  expect(told(none)).toMatchObject({ unchanged: 3, points: '24.00 24.00 0.00' })
})

test('a doctor of two records is looked at once', () => {
  const register = oneYear()
  register.record(doctorStream('Ola'), { type: 'DoctorsMerged', data: { absorbed: doctorNamed('Per') } })
  expect(told(ask(register, {}))).toMatchObject({ unchanged: 2 })
  const { doctors, gaining } = told(ask(register, { minutesPerPoint: 45 }))
  expect([Object.keys(doctors), gaining]).toEqual([['Kari', 'Ola'], 2])
})

test('another reason for nothing is a difference, though the totals are the same', () => {
  const register = registerWith({
    ...ofThree,
    sessions: [inG1('2024-02-01 15:00', 59, 'Kari', 'Ola'), inG1('2024-03-01 15:00', 180, 'Kari', 'Ola', 'Per')],
  })
  expect(told(ask(register, { quorum: 3 }))).toMatchObject({
    doctors: {
      Kari: {
        points: '0.00 0.00 0.00',
        attendances: ['S-2024-02-01 SESSION_TOO_SHORT > BELOW_QUORUM (quorum)'],
      },
    },
    ...{ gaining: 0, losing: 0, otherwise: 2, unchanged: 1 },
  })
})

test('of specialist training it tells what is used there', () => {
  const register = oneYear()
  register.record(doctorStream('Kari'), { type: 'SpecialistTrainingStarted', data: { on: legalDate('2024-01-01') } })
  const training = ask(register, { minutesPerPoint: 45 }, '2024-12-31', 'specialist-training')
  expect(training.track).toBe('specialist-training')
  expect(told(training)).toMatchObject({ points: '9.00 12.00 3.00', gaining: 1, losing: 0, otherwise: 0, unchanged: 0 })
  expect(told(ask(register, { minutesPerPoint: 45 }))).toMatchObject({ points: '15.00 20.00 5.00', unchanged: 1 })
})

test('both sides are told in words, with what was needed and found, and the rules that did it', () => {
  const answer = ask(oneYear(), { quorum: 3 })
  const names = { doctor: (id: string) => three.find((name) => doctorNamed(name) === id) ?? id, group: () => 'G1' }
  const { language, rules, attendances } = explainedWhatIf(answer, defaultPack, names)
  expect([language, rules.map(({ text }) => text)]).toEqual([
    'en',
    ['Rule: at least 3 of the group’s own members are present (quorum). Source: none is given'],
  ])
  const [, , third] = attendances.get(doctorNamed('Kari')) ?? []
  const { countedBy, ...before } = third?.before ?? {}
  expect(countedBy?.map(({ name, text }) => [name, text.slice(0, text.indexOf(' ('))])).toEqual([
    ['groupThreshold', 'Rule: a group has at least 3 counting sessions in a window'],
    ['doctorThresholdMinutes', 'Rule: a doctor has at least 360 minutes with the group in a window'],
    ['minutesPerPoint', 'Rule: 60 minutes are a point'],
  ])
  expect(before).toEqual({
    text: '2024-04-01 S-2024-04-01 with group G1: 180 minutes present, 180 count',
    why: [],
    rules: [],
  })
  expect(third?.after).toMatchObject({
    text: '2024-04-01 S-2024-04-01 with group G1: 180 minutes present, 0 count: BELOW_QUORUM',
    why: ['Needs 3 of the group’s own members present, found 2: Kari, Ola.'],
    rules: [{ name: 'quorum', value: 3 }],
    countedBy: [],
  })
  const capped = ask(oneYear(), { yearlyCap: 4, dayCapMinutes: 120 })
  const told = explainedWhatIf(capped, defaultPack, names, 'nb').attendances.get(doctorNamed('Kari'))
  expect(told?.map(({ after }) => after.why)).toEqual([
    ['60 minutter trukket fra: utover de 120 som én dag med én smågruppe kan gi (DAY_CAP)'],
    ['60 minutter trukket fra: utover de 120 som én dag med én smågruppe kan gi (DAY_CAP)'],
    [
      '60 minutter trukket fra: utover de 120 som én dag med én smågruppe kan gi (DAY_CAP)',
      'De 4 poengene som 2024 kan gi, er brukt av S-2024-02-01 (smågruppe G1), S-2024-03-01 (smågruppe G1).',
    ],
  ])
})

// five-years.test-kit.ts: for tests of pages: a doctor with five years of sessions, a programme and plans, and people with names that mean harm

import {
  defaultPack,
  type Evidence,
  explained,
  explainedForecast,
  explainedProgramme,
  forecast,
  judgingRules,
  type Language,
  legalDate,
  type Names,
  nearestChanges,
  oslo,
  points,
  programme,
  type RulePack,
} from '@smagruppe/domain'
import {
  activityNamed,
  doctorNamed,
  doctorStream,
  groupNamed,
  inOslo,
  registerWith,
  type SessionRow,
  sessionNamed,
  sessionStream,
} from '@smagruppe/domain/testing'
import { explanationPage } from './index.ts'

/** What somebody may be called who wants to be more than text. */
export const hostile = `<script>alert("1")</script> O'Neil & "Søn" \u202Eאבג\u202C &lt;b&gt; &copy ${'Donau'.repeat(60)}`

const people = ['Kari', 'Ola', 'Per']
const called = new Map<string, string>(people.map((name) => [doctorNamed(name), name === 'Ola' ? hostile : name]))
const group = groupNamed('G1')

/** Names as they are, but for Ola and for the group. */
export const names: Names = {
  doctor: (id) => called.get(id) ?? id,
  group: (id) => (id === group ? `G1 ${hostile}` : id),
}

const month = (number: number): string => String(number).padStart(2, '0')

const held = (year: number, nth: number, more: Partial<SessionRow> = {}): SessionRow => ({
  session: `S${year}-${month(nth)}`,
  starts: `${year}-${month(nth)}-10 09:00`,
  minutes: 200,
  present: { G1: ['Kari', 'Ola'] },
  ...more,
})

const several = (year: number, count: number): ReadonlyArray<SessionRow> =>
  Array.from({ length: count }, (_, nth) => held(year, nth + 1))

/** Hardly any room for elective points and none for all of a year, so that some are beyond both, and some are cut. */
export const rules: RulePack = {
  ...defaultPack,
  electiveMax: { ...defaultPack.electiveMax, value: 25 },
  yearlyCap: { ...defaultPack.yearlyCap, value: 30 },
  quorum: { value: 2, source: { title: 'A circular', address: 'https://example.org/circular?a=1&copy=2' } },
}

export const kari = doctorNamed('Kari')

export const question = { effectiveThrough: legalDate('2024-09-30'), asKnownAt: inOslo('2024-10-01') }

/** Kari's five years: every kind of line, a course, a visit and a plan; and more sessions, if there are to be. */
export const fiveYears = (more: ReadonlyArray<SessionRow> = []): Evidence => {
  const register = registerWith({
    doctors: { Kari: '2020-02-29', Ola: null, Per: null },
    groups: { G1: { members: people } },
    sessions: [
      ...several(2020, 5),
      ...several(2021, 11),
      ...several(2022, 2),
      held(2023, 1, { minutes: 420 }),
      held(2023, 2),
      held(2023, 3),
      held(2023, 4, { present: { G1: ['Kari'] } }),
      held(2023, 5, { industry: 'lunch' }),
      held(2023, 6, { present: { G1: ['Ola', 'Per'] } }),
      held(2023, 7, { present: { G1: ['Ola'] } }),
      held(2024, 1),
      ...more,
    ],
  })
  const { record } = register
  const who = { group: groupNamed('G1'), doctor: kari, reason: hostile }
  record(sessionStream('S2023-03'), { type: 'AttendanceWithdrawn', data: who })
  const course = { kind: 'course', on: legalDate('2022-03-01'), points: 30, subject: hostile } as const
  const did = [
    { ...course, course: 'clinical', form: 'in-person' },
    { kind: 'practice-visit', on: legalDate('2022-04-01'), points: 12, colleague: doctorNamed('Ola') },
  ] as const
  for (const what of did) {
    const data = { activity: activityNamed(what.kind), what }
    record(doctorStream('Kari'), { type: 'ActivityRecorded', data })
  }
  const where = { zone: oslo, place: null, department: null, hosts: [], groups: [groupNamed('G1')], topics: [] }
  const times = { date: legalDate('2024-11-05'), starts: inOslo('2024-11-05 15:00'), ends: inOslo('2024-11-05 17:00') }
  record(sessionStream('P1'), { type: 'SessionPlanned', data: { ...times, ...where } })

  return register.evidence()
}

/** All that can be told of them, and the page of it. */
export const toldIn = (language: Language) => {
  const evidence = fiveYears()
  const nearest = nearestChanges(kari, evidence, rules, question)
  const total = points(kari, evidence, rules, question)
  const coming = forecast(kari, evidence, [sessionNamed('P1')], rules, question)
  if (coming === null) throw new Error('the period goes on')
  const tree = explained(total, rules, names, language, nearest, judgingRules(total, evidence, rules))
  const beside = {
    programme: explainedProgramme(programme(kari, evidence, rules, question), rules, names, language),
    forecast: explainedForecast(coming, rules, names, language),
  }
  return { tree, beside, html: explanationPage(tree, beside) }
}

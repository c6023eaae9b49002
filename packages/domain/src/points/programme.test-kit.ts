// programme.test-kit.ts: for tests of the programme: activities by a word each, and what a doctor who did them is answered

import type { Activity, DoctorEvent } from '../doctor/doctor-events.ts'
import { defaultPack } from '../rules/default-pack.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import {
  activityNamed,
  departmentNamed,
  doctorNamed,
  doctorStream,
  inOslo,
  registerWith,
  type SessionRow,
} from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { type Points, shownPoints } from '../values/points.ts'
import { type DoctorProgramme, programme } from './programme.ts'

export const on = (date: string) => legalDate(date)
export const course = (
  subject: string,
  points: number,
  more: Partial<Extract<Activity, { readonly kind: 'course' }>> = {},
): Activity => ({
  kind: 'course',
  on: on('2022-03-01'),
  points,
  subject,
  course: 'other',
  form: 'in-person',
  ...more,
})
export const visit = (date: string, points = 10, colleague = 'Ola'): Activity => ({
  kind: 'practice-visit',
  on: on(date),
  points,
  colleague: doctorNamed(colleague),
})
export const observership = (date: string, points: number): Activity => ({
  kind: 'observership',
  on: on(date),
  points,
  department: departmentNamed('children'),
})
export const clinicDay = (date: string, points: number, country: 'norway' | 'abroad' = 'norway'): Activity => ({
  kind: 'clinic-day',
  on: on(date),
  points,
  country,
})
export const supervising = (date: string, points: number): Activity => ({
  kind: 'intern-supervision',
  on: on(date),
  points,
})
export const elective = (points: number, date = '2022-05-01'): Activity => ({ kind: 'elective', on: on(date), points })

/** Six subject areas, five clinical courses, one of acute medicine: 100 points. */
export const coursesMet: ReadonlyArray<Activity> = [
  course('acute medicine', 20, { course: 'acute-medicine' }),
  ...['skin', 'heart', 'lungs', 'ears'].map((subject) => course(subject, 15, { course: 'clinical' })),
  course('law', 20),
]
export const visitsMet = [visit('2022-04-01'), visit('2022-04-02', 10, 'Per')]

/** So many points of small groups in each of five years. */
export const meetings = (aYear: number): ReadonlyArray<SessionRow> =>
  [2021, 2022, 2023, 2024, 2025].flatMap((year) =>
    Array.from({ length: aYear / 3 }, (_, nth) => ({
      session: `S${year}-${String(nth).padStart(2, '0')}`,
      starts: `${year}-01-${String(nth + 1).padStart(2, '0')} 15:00`,
      minutes: 180,
      present: { G1: ['Kari', 'Ola'] },
    })),
  )

export const asking = (
  activities: ReadonlyArray<Activity>,
  { anchor = '2021-01-01', asOf = '2025-12-31', aYear = 0, rules = defaultPack }: Asked = {},
): DoctorProgramme => {
  const register = registerWith({
    doctors: { Kari: anchor },
    groups: { G1: { members: ['Kari', 'Ola'] } },
    sessions: aYear === 0 ? [] : meetings(aYear),
  })
  for (const [nth, what] of activities.entries()) {
    const recorded: DoctorEvent = { type: 'ActivityRecorded', data: { activity: activityNamed(`${nth}`), what } }
    register.record(doctorStream('Kari'), recorded)
  }
  return programme(doctorNamed('Kari'), register.evidence(), rules, {
    effectiveThrough: on(asOf),
    asKnownAt: inOslo('2100-01-01'),
  })
}

interface Asked {
  readonly anchor?: string
  readonly asOf?: string
  readonly aYear?: number
  readonly rules?: RulePack
}

export const shownIn = (points: Points): number => Number(shownPoints(points))
export const demandsOf = ({ demands }: DoctorProgramme) =>
  Object.fromEntries(demands.map(({ name, found, met }) => [name, `${shownIn(found)}${met ? '' : ' short'}`]))
/** Points that count of each activity, and the caps that cut it. */
export const counted = ({ lines }: DoctorProgramme) =>
  lines.map(({ demanded, elective: of, cuts }) =>
    [shownIn(demanded) + shownIn(of), ...cuts.map(({ rule }) => rule)].join(' '),
  )

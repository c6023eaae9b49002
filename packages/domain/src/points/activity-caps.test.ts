// activity-caps.test.ts: whose points a cap takes, where several activities share it

import { expect, test } from 'vitest'
import type { Activity } from '../doctor/doctor-events.ts'
import { defaultPack } from '../rules/default-pack.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import { legalDate } from '../values/legal-date.ts'
import { shownPoints } from '../values/points.ts'
import {
  asking,
  clinicDay,
  counted,
  course,
  elective,
  observership,
  shownIn,
  supervising,
  visit,
} from './programme.test-kit.ts'

/** What counts of each activity, in the order in which they are told. */
const counting = (activities: ReadonlyArray<Activity>, rules: RulePack = defaultPack) =>
  counted(asking(activities, { rules }))

test('an activity of every kind has a line, and counts', () => {
  const one: { readonly [Kind in Activity['kind']]: Activity } = {
    course: course('skin', 4),
    'practice-visit': visit('2022-04-01', 4),
    observership: observership('2022-04-02', 4),
    'clinic-day': clinicDay('2022-04-03', 4),
    'intern-supervision': supervising('2022-04-04', 4),
    elective: elective(4),
  }
  for (const [kind, what] of Object.entries(one)) {
    expect(what.kind).toBe(kind)
    expect(counting([what])).toEqual(['4'])
  }
})

test('earlier days come first, however they were recorded, and on one day what has more points', () => {
  expect(counting([visit('2022-05-01', 3), visit('2022-04-01', 4), visit('2022-04-01', 8)])).toEqual([
    '8',
    '2 practiceVisitDayCap',
    '3',
  ])
})

test('a half-year of supervising an intern ends with June', () => {
  const days = ['2022-01-01', '2022-06-30', '2022-07-01', '2022-12-31', '2023-01-01']
  expect(counting(days.map((day) => supervising(day, 15)))).toEqual([
    '15',
    '5 internHalfYearCap',
    '15',
    '5 internHalfYearCap',
    '15',
  ])
})

test('a cut says what all that share the cap had together', () => {
  const { lines } = asking([
    observership('2022-04-01', 6),
    observership('2022-04-01', 7),
    observership('2022-04-02', 1),
  ])
  expect(
    lines.map(({ cuts }) =>
      cuts.map(({ rule, cap, found, points }) => [rule, cap, ...[found, points].map(shownPoints)]),
    ),
  ).toEqual([[], [['observershipDayCap', 10, '13.00', '3.00']], []])
})

test('only days abroad are counted among the days abroad, and one that is worth nothing is none of them', () => {
  const abroad = ['2022-04-01', '2022-04-02', '2022-04-03'].map((day) => clinicDay(day, 5, 'abroad'))
  expect(counting([clinicDay('2022-03-01', 5), clinicDay('2022-03-02', 0, 'abroad'), ...abroad])).toEqual([
    '5',
    '0',
    '5',
    '5',
    '0 clinicDaysAbroad',
  ])
})

test('online courses are capped but for those of the days on which the caps were suspended', () => {
  const online = (on: string) => course('skin', 50, { form: 'online', on: legalDate(on) })
  expect(counting([online('2023-12-30'), online('2023-12-31')])).toEqual(['50', '50'])
  expect(counting([online('2023-12-31'), online('2024-01-01'), online('2024-01-02')])).toEqual([
    '50',
    '50',
    '25 onlineCourseCap',
  ])
  const always: RulePack = {
    ...defaultPack,
    onlineCapsSuspended: { ...defaultPack.onlineCapsSuspended, value: 'none' },
  }
  expect(counting([online('2023-12-30'), online('2023-12-31')], always)).toEqual(['50', '25 onlineCourseCap'])
})

test('what online courses may give goes first to subject areas that have room, whichever course is earlier', () => {
  const online = (subject: string, points: number, on: string) =>
    course(subject, points, { form: 'online', on: legalDate(on) })
  const inPerson = (subject: string, points: number) => course(subject, points, { on: legalDate('2024-01-01') })
  const told = (activities: ReadonlyArray<Activity>) =>
    asking(activities).lines.map(({ cuts, demanded, elective: of, overflow }) => [
      ...[demanded, of, overflow].map(shownIn),
      ...cuts.map(({ rule, points }) => `${rule} ${shownPoints(points)}`),
    ])
  // All of skin's room is taken by a course in a room, so the online ones in skin are cut before that in hearts.
  const full = [inPerson('skin', 60), online('skin', 60, '2024-02-01'), online('hearts', 60, '2024-03-01')]
  expect(told(full).map(([, , , cut]) => cut)).toEqual([undefined, 'onlineCourseCap 45.00', undefined])
  // Two spellings are one area.
  const spelt = [inPerson(' Skin', 60), online('sKIN ', 60, '2024-02-01'), online('hearts', 60, '2024-03-01')]
  expect(told(spelt).map(([, , , cut]) => cut)).toEqual([undefined, 'onlineCourseCap 45.00', undefined])
})

test('of two online courses in one area, the second gets what room the first leaves', () => {
  const online = (subject: string, day: string) => course(subject, 50, { form: 'online', on: legalDate(day) })
  const three = [online('skin', '2024-02-01'), online('skin', '2024-02-02'), online('hearts', '2024-02-03')]
  expect(counting(three)).toEqual(['50', '10 onlineCourseCap', '15 onlineCourseCap'])
})

test('what counts nothing for a number of visits says what all of them came to', () => {
  const { lines } = asking(['2022-04-01', '2022-04-02', '2022-04-03'].map((day) => clinicDay(day, 5, 'abroad')))
  expect(lines.flatMap(({ cuts }) => cuts.map(({ rule, cap, found }) => [rule, cap, shownPoints(found)]))).toEqual([
    ['clinicDaysAbroad', 2, '15.00'],
  ])
})

test('elective work of other kinds has no cap of its own', () => {
  expect(counting([elective(100), elective(100)])).toEqual(['100', '60'])
})

// programme-rules.test.ts: by whose rules a programme is asked for, and which courses fill what is demanded of them

import { describe, expect, test } from 'vitest'
import type { Activity } from '../doctor/doctor-events.ts'
import { danishPack } from '../rules/danish-pack.ts'
import { defaultPack } from '../rules/default-pack.ts'
import { byOnePack, type Circumstances } from '../rules/in-force.ts'
import { doctorNamed, inOslo, registerWith } from '../testing/index.ts'
import { asking, course, on, shownIn } from './programme.test-kit.ts'
import { type DoctorProgramme, programme } from './programme.ts'

const kari = doctorNamed('Kari')
const asked = (register: ReturnType<typeof registerWith>, by: Parameters<typeof programme>[2]) =>
  programme(kari, register.evidence(), by, { effectiveThrough: on('2025-12-31'), asKnownAt: inOslo('2100-01-01') })

test('what is asked for is what the rules say for that doctor on the date asked for', () => {
  const few = { ...defaultPack, coursePoints: { ...defaultPack.coursePoints, value: 30 } }
  const at = ({ doctor, date }: Circumstances) => (doctor.includes(kari) && date === '2025-12-31' ? few : defaultPack)
  const { demands } = asked(registerWith({ doctors: { Kari: '2021-01-01' } }), { ...byOnePack(defaultPack), at })
  expect(demands.find(({ name }) => name === 'coursePoints')?.needed).toEqual({ numerator: 30, denominator: 1 })
})

test('rules that ask for nothing are met by nobody who has no period', () => {
  expect(asked(registerWith({ doctors: { Kari: null } }), danishPack)).toMatchObject({ period: null, met: false })
})

describe('of courses', () => {
  const split = ({ lines }: DoctorProgramme) =>
    lines.map(({ what, demanded, elective, cuts }) => [
      what.kind === 'course' ? what.subject : what.kind,
      shownIn(demanded),
      shownIn(elective),
      ...cuts.map((one) => `${one.rule}: ${shownIn(one.points)} of ${shownIn(one.found)}`),
    ])
  const inOrder = (...all: ReadonlyArray<readonly [subject: string, points: number]>): ReadonlyArray<Activity> =>
    all.map(([subject, points], nth) => course(subject, points, { on: on(`2022-03-0${nth + 1}`) }))

  test('the first fill what is demanded, and the last are elective', () => {
    expect(split(asking(inOrder(['skin', 80], ['heart', 80])))).toEqual([
      ['skin', 80, 0],
      ['heart', 20, 60],
    ])
    expect(split(asking(inOrder(['heart', 80], ['skin', 80])))).toEqual([
      ['heart', 80, 0],
      ['skin', 20, 60],
    ])
  })

  test('one that its subject’s cap cuts tells what there was of that subject', () => {
    expect(split(asking(inOrder(['skin', 90], [' Skin', 90], ['law', 30])))).toEqual([
      ['skin', 90, 0],
      [' Skin', 10, 60, 'subjectCap: 20 of 180'],
      ['law', 0, 30],
    ])
  })
})

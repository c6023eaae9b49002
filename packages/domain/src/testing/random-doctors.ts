// random-doctors.ts: random doctors: their periods, training, other work, and records that are merged

import fc from 'fast-check'
import { legalDate } from '../values/legal-date.ts'
import { activityNamed, doctorNamed } from './names.ts'
import { anyDay, type Bare, doctorsOfRandomRegisters, oneOf, step } from './random-steps.ts'

/** A doctor, mostly with an anchor. */
export const anyDoctorSteps = (name: string): fc.Arbitrary<ReadonlyArray<Bare>> => {
  const id = doctorNamed(name)
  const anchors = ['2019-06-01', '2020-02-29', '2023-07-01', '2024-05-15'].map(legalDate)
  return fc
    .option(oneOf(...anchors), { freq: 6 })
    .map((anchor) => [
      step('doctor', id, 'RegisterDoctor', { name, municipality: null }),
      ...(anchor === null ? [] : [step('doctor', id, 'OpenPeriod', { anchor })]),
    ])
}

/** That two of the doctors are one, or are two after all. */
export const anyMerge = (): fc.Arbitrary<Bare> =>
  fc
    .record({
      doctor: oneOf(...doctorsOfRandomRegisters),
      absorbed: oneOf(...doctorsOfRandomRegisters),
      type: oneOf('MergeDoctors', 'MergeDoctors', 'MergeDoctors', 'UnmergeDoctors'),
    })
    .map(({ doctor, absorbed, type }) => ({
      ...step('doctor', doctorNamed(doctor), type, { absorbed: doctorNamed(absorbed) }),
      role: 'authority',
    }))

const whatHappens = [
  ...(['extend', 'decide', 'complain', 'uphold', 'reject', 'train', 'grant', 'leave'] as const),
  ...(['course', 'acute', 'visit', 'observership', 'clinic', 'intern', 'elective'] as const),
]

/** What happens to a doctor besides sessions: periods extended and decided, training, other work. */
export const anythingOfADoctor = (): fc.Arbitrary<Bare> =>
  fc
    .record({
      doctor: oneOf(...doctorsOfRandomRegisters).map(doctorNamed),
      colleague: oneOf(...doctorsOfRandomRegisters).map(doctorNamed),
      period: oneOf('2019-06-01', '2020-02-29', '2023-07-01', '2024-05-15').map(legalDate),
      on: anyDay(),
      points: oneOf(0, 5, 7.5, 15, 60),
      nth: fc.nat({ max: 3 }),
      what: oneOf(...whatHappens),
    })
    .map(({ doctor, colleague, period, on, points, nth, what }): Bare => {
      const of = (type: string, data: object) => step('doctor', doctor, type, data)
      const done = (kind: string, data: object) =>
        of('RecordActivity', { activity: activityNamed(`${doctor} ${nth}`), what: { kind, on, points, ...data } })
      switch (what) {
        case 'extend':
          return {
            ...of('ExtendPeriod', { period, on, by: { months: 1 + nth * 6 }, ground: 'leave' }),
            role: 'authority',
          }
        case 'decide':
          return { ...of('DecidePeriod', { period, on, outcome: 'renewed' }), role: 'authority' }
        case 'complain':
          return of('FileComplaint', { period, on })
        case 'uphold':
          return { ...of('UpholdComplaint', { period, on }), role: 'authority' }
        case 'reject':
          return { ...of('RejectComplaint', { period, on }), role: 'authority' }
        case 'train':
          return of('StartSpecialistTraining', { on })
        case 'grant':
          return of('GrantSpecialty', { on })
        case 'leave':
          return of('LeaveSpecialistTraining', { on })
        case 'course':
          return done('course', { subject: 'heart', course: 'clinical', form: 'online' })
        case 'acute':
          return done('course', { subject: 'emergencies', course: 'acute-medicine', form: 'in-person' })
        case 'visit':
          return done('practice-visit', { colleague })
        case 'observership':
          return done('observership', { department: null })
        case 'clinic':
          return done('clinic-day', { country: 'abroad' })
        case 'intern':
          return done('intern-supervision', {})
        default:
          return done('elective', {})
      }
    })

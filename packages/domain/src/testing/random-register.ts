// random-register.ts: any register, as the commands that it came to be by

import fc from 'fast-check'
import { eventIdOf, type StreamName, streamName } from '../kernel/event.ts'
import { type Instant, instantOf, millisecondsOf } from '../kernel/instant.ts'
import type { Attendance } from '../session/session-events.ts'
import { dateIn, type LegalDate, legalDate, oslo, startOf } from '../values/legal-date.ts'
import { anyDate, anyPresence } from './arbitraries.ts'
import {
  activityNamed,
  commandNamed,
  departmentNamed,
  doctorNamed,
  groupNamed,
  reference,
  sessionNamed,
} from './names.ts'

/** A command that an importer asks for, or the authority, under an id of its own. */
export interface Step {
  readonly name: string
  readonly stream: StreamName
  readonly command: { readonly type: string; readonly data: object }
  /** Since when it was known; null: since it is recorded. */
  readonly knownSince: Instant | null
  /** Asked for by the authority; by an importer where left out. */
  readonly role?: 'authority'
}

/** The names of the doctors in every random register. */
export const doctorsOfRandomRegisters = ['Kari', 'Ola', 'Per', 'Liv'] as const
/** The names of the groups in every random register. */
export const groupsOfRandomRegisters = ['G1', 'G2'] as const

const first = legalDate('2022-06-01')
const last = legalDate('2024-12-31')
const anyDay = () => anyDate(first, last)
// Often the same few days, so that sessions meet.
const anySessionDay = () =>
  fc.oneof(
    anyDate(legalDate('2023-01-01'), legalDate('2024-12-31')),
    oneOf(...['2024-03-04', '2024-03-31'].map(legalDate)),
  )
const oneOf = fc.constantFrom

/** Mostly null. */
const sometimes = <A>(arbitrary: fc.Arbitrary<A>): fc.Arbitrary<A | null> =>
  fc.oneof({ arbitrary: fc.constant(null), weight: 4 }, { arbitrary, weight: 1 })

const knownOn = (): fc.Arbitrary<Instant | null> =>
  fc.option(
    anyDay().map((date) => startOf(oslo, date)),
    { freq: 3 },
  )

const step = (
  category: string,
  id: string,
  type: string,
  data: object,
  knownSince: Instant | null = null,
): Omit<Step, 'name'> => ({
  stream: streamName(category, id),
  command: { type, data: { [category]: id, ...data } },
  knownSince,
})

type Bare = Omit<Step, 'name'>

const anyDoctorSteps = (name: string): fc.Arbitrary<ReadonlyArray<Bare>> => {
  const id = doctorNamed(name)
  const anchors = ['2019-06-01', '2020-02-29', '2023-07-01', '2024-05-15'].map(legalDate)
  return fc
    .option(oneOf(...anchors), { freq: 6 })
    .map((anchor) => [
      step('doctor', id, 'RegisterDoctor', { name, municipality: null }),
      ...(anchor === null ? [] : [step('doctor', id, 'OpenPeriod', { anchor })]),
    ])
}

const anyGroupSteps = (name: string): fc.Arbitrary<ReadonlyArray<Bare>> => {
  const id = groupNamed(name)
  const stay = (doctor: string) =>
    fc
      .record({
        in: oneOf(true, true, true, false),
        joined: sometimes(anyDay()),
        left: sometimes(anyDay()),
        known: knownOn(),
      })
      .map((one): ReadonlyArray<Bare> => {
        if (!one.in) return []
        const joined = one.joined ?? first
        const member = { doctor: doctorNamed(doctor) }
        const joins = step('group', id, 'AddMember', { ...member, on: joined }, one.known)
        if (one.left === null || one.left < joined) return [joins]
        return [joins, step('group', id, 'EndMembership', { ...member, joined, on: one.left }, one.known)]
      })
  const signature = fc
    .record({ signed: sometimes(anyDay()), withdrawn: sometimes(anyDay()), known: knownOn() })
    .map(({ signed, withdrawn, known }): ReadonlyArray<Bare> => {
      const signs = { signedBy: doctorNamed('Kari'), signed: signed ?? first }
      return [
        step('group', id, 'DeclareIndustryFree', { by: signs.signedBy, on: signs.signed }, known),
        ...(withdrawn === null ? [] : [step('group', id, 'WithdrawIndustryFree', { ...signs, on: withdrawn }, known)]),
      ]
    })
  return fc
    .tuple(fc.tuple(...doctorsOfRandomRegisters.map(stay)), fc.array(signature, { minLength: 1, maxLength: 2 }))
    .map(([stays, signatures]) => [
      step('group', id, 'RegisterGroup', { name, municipality: null, on: first, reference: reference(name) }),
      ...stays.flat(),
      ...signatures.flat(),
    ])
}

const anyMeeting = (session: string) =>
  fc
    .record({
      date: anySessionDay(),
      hour: oneOf(8, 14, 15, 15, 16, 21),
      minutes: oneOf(45, 60, 120, 150, 180, 240, 360, 360, 400),
      groups: oneOf<ReadonlyArray<string>>(['G1'], ['G1'], ['G1'], ['G2'], ['G1', 'G2']),
      hosts: oneOf<ReadonlyArray<string>>([], [], [], ['Hans'], ['Hans'], ['Kari']),
      known: knownOn(),
    })
    .chain(({ date, hour, minutes, groups, hosts, known }) => {
      const starts = instantOf(millisecondsOf(startOf(oslo, date)) + hour * 3_600_000)
      const ends = instantOf(millisecondsOf(starts) + minutes * 60_000)
      return fc.tuple(...groups.map((group) => anyList(group, starts))).map((lists) => ({
        known,
        data: {
          starts,
          ends,
          zone: oslo,
          place: null,
          department: departmentNamed('children'),
          hosts: hosts.map(doctorNamed),
          groups: groups.map(groupNamed),
          topics: [{ wording: `what ${session} took up`, topic: null, origin: 'own-practice' }],
          attendance: lists.flat(),
          reference: reference(session),
          request: null,
        },
      }))
    })

const anyList = (group: string, starts: Instant): fc.Arbitrary<ReadonlyArray<Attendance>> => {
  const row = (doctor: string) =>
    fc
      .record({
        there: oneOf(true, true, true, false),
        role: oneOf('member', 'member', 'member', 'member', 'member', 'guest'),
        presence: anyPresence(starts),
      })
      .map(
        ({ there, role, presence }): ReadonlyArray<Attendance> =>
          there ? [{ group: groupNamed(group), doctor: doctorNamed(doctor), role, presence }] : [],
      )
  return fc.tuple(...doctorsOfRandomRegisters.map(row)).map((rows) => rows.flat())
}

const anythingAfterwards = (sessions: ReadonlyArray<string>): fc.Arbitrary<Bare> =>
  fc
    .record({
      session: oneOf(...sessions),
      group: oneOf(...groupsOfRandomRegisters),
      doctor: oneOf(...doctorsOfRandomRegisters),
      presence: anyPresence(startOf(oslo, first)),
      what: oneOf('add', 'withdraw', 'replace', 'report', 'clear'),
      known: knownOn(),
    })
    .map(({ session, group, doctor, presence, what, known }) => {
      const id = sessionNamed(session)
      const who = { group: groupNamed(group), doctor: doctorNamed(doctor) }
      const reason = 'it was otherwise'
      switch (what) {
        case 'add':
          return step(
            'session',
            id,
            'AddAttendance',
            { attendance: { ...who, role: 'member', presence }, reason },
            known,
          )
        case 'withdraw':
          return step('session', id, 'WithdrawAttendance', { ...who, reason }, known)
        case 'replace':
          return step('session', id, 'ReplaceAttendance', { ...who, presence, reason }, known)
        case 'report':
          return step('session', id, 'ReportIndustryContribution', { what: 'pens' }, known)
        default:
          return step('session', id, 'ClearIndustryContribution', { reason }, known)
      }
    })

/** That two of the doctors are one, or are two after all. */
const anyMerge = (): fc.Arbitrary<Bare> =>
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

/** What happens to a doctor besides sessions: periods extended and decided, training, other work. */
const anythingOfADoctor = (): fc.Arbitrary<Bare> =>
  fc
    .record({
      doctor: oneOf(...doctorsOfRandomRegisters).map(doctorNamed),
      colleague: oneOf(...doctorsOfRandomRegisters).map(doctorNamed),
      period: oneOf('2019-06-01', '2020-02-29', '2023-07-01', '2024-05-15').map(legalDate),
      on: anyDay(),
      points: oneOf(0, 5, 7.5, 15, 60),
      nth: fc.nat({ max: 3 }),
      what: oneOf('extend', 'decide', 'complain', 'uphold', 'train', 'grant', 'course', 'visit', 'elective'),
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
        case 'train':
          return of('StartSpecialistTraining', { on })
        case 'grant':
          return of('GrantSpecialty', { on })
        case 'course':
          return done('course', { subject: 'heart', course: 'clinical', form: 'online' })
        case 'visit':
          return done('practice-visit', { colleague })
        default:
          return done('elective', {})
      }
    })

/** What a correction says: that a step, counted from the newest, was not so, or that it was as in another one of its kind. */
const anyCorrection = () =>
  fc.record({
    nth: fc.oneof(fc.nat({ max: 9 }), fc.nat()),
    like: fc.nat(),
    how: oneOf('correct', 'retract'),
    known: knownOn(),
  })

/**
 * Any register of four doctors and two groups over two years: stays, signatures, sessions with attendance in one or both groups,
 * hosts, contributions of industry, periods extended and decided, training, other work, records merged, corrections of corrections, in any order of knowing. Some of the commands will be refused.
 */
export const anyRegister = (): fc.Arbitrary<ReadonlyArray<Step>> => {
  const sessions = fc.integer({ min: 3, max: 12 }).map((count) => Array.from({ length: count }, (_, i) => `S${i}`))
  return sessions.chain((names) =>
    fc
      .record({
        doctors: fc.tuple(...doctorsOfRandomRegisters.map(anyDoctorSteps)),
        groups: fc.tuple(...groupsOfRandomRegisters.map(anyGroupSteps)),
        held: fc.tuple(...names.map(anyMeeting)),
        afterwards: fc.array(anythingAfterwards(names), { maxLength: 6 }),
        ofDoctors: fc.oneof(
          { arbitrary: fc.constant([]), weight: 2 },
          { arbitrary: fc.array(anythingOfADoctor(), { maxLength: 6 }), weight: 1 },
        ),
        merges: fc.oneof(
          { arbitrary: fc.constant([]), weight: 2 },
          { arbitrary: fc.array(anyMerge(), { maxLength: 4 }), weight: 1 },
        ),
        corrections: fc.array(anyCorrection(), { maxLength: 4 }),
      })
      .map(({ doctors, groups, held, afterwards, ofDoctors, merges, corrections }) => {
        const meetings = held.map(({ known, data }, index) =>
          step('session', sessionNamed(names[index] ?? ''), 'ReportSessionHeld', data, known),
        )
        const steps = [...doctors.flat(), ...groups.flat(), ...meetings, ...afterwards, ...ofDoctors, ...merges].map(
          named,
        )
        for (const { nth, like, how, known } of corrections) {
          const target = steps[steps.length - 1 - (nth % steps.length)]
          const corrects =
            target === undefined
              ? undefined
              : { stream: target.stream, corrects: eventIdOf(commandNamed(target.name), 0) }
          const kin = steps.filter(({ command }) => command.type === target?.command.type)
          const fact = factOf(kin[like % kin.length]?.command.data ?? {})
          const data = { ...corrects, reason: 'a slip', ...(how === 'correct' ? { fact } : {}) }
          const command = { type: how === 'correct' ? 'CorrectFact' : 'RetractFact', data }
          if (target !== undefined)
            steps.push(named({ stream: target.stream, command, knownSince: known }, steps.length))
        }
        return steps
      }),
  )
}

const named = (bare: Bare, index: number): Step => ({ name: `step ${index}`, ...bare })

/** The fact that a command leads to, as far as their fields are the same; a session’s date is derived. */
const factOf = (data: object): object => ({
  ...('fact' in data && typeof data.fact === 'object' ? data.fact : data),
  ...('by' in data ? { signedBy: data.by } : {}),
  ...('starts' in data && typeof data.starts === 'string' ? { date: dateOf(data.starts) } : {}),
})

const dateOf = (starts: string): LegalDate => dateIn(oslo, instantOf(Date.parse(starts)))

// random-groups.ts: random groups, their sessions, and what is put right in those

import fc from 'fast-check'
import { type Instant, instantOf, millisecondsOf } from '../kernel/instant.ts'
import type { Attendance } from '../session/session-events.ts'
import { oslo, startOf } from '../values/legal-date.ts'
import { anyPresence } from './arbitraries.ts'
import { departmentNamed, doctorNamed, groupNamed, reference, sessionNamed } from './names.ts'
import {
  anyDay,
  anySessionDay,
  type Bare,
  doctorsOfRandomRegisters,
  firstDay,
  groupsOfRandomRegisters,
  knownOn,
  oneOf,
  sometimes,
  step,
} from './random-steps.ts'

/** A group with stays and signatures. */
export const anyGroupSteps = (name: string): fc.Arbitrary<ReadonlyArray<Bare>> => {
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
        const joined = one.joined ?? firstDay
        const member = { doctor: doctorNamed(doctor) }
        const joins = step('group', id, 'AddMember', { ...member, on: joined }, one.known)
        if (one.left === null || one.left < joined) return [joins]
        return [joins, step('group', id, 'EndMembership', { ...member, joined, on: one.left }, one.known)]
      })
  const signature = fc
    .record({ signed: sometimes(anyDay()), withdrawn: sometimes(anyDay()), known: knownOn() })
    .map(({ signed, withdrawn, known }): ReadonlyArray<Bare> => {
      const signs = { signedBy: doctorNamed('Kari'), signed: signed ?? firstDay }
      return [
        step('group', id, 'DeclareIndustryFree', { by: signs.signedBy, on: signs.signed }, known),
        ...(withdrawn === null ? [] : [step('group', id, 'WithdrawIndustryFree', { ...signs, on: withdrawn }, known)]),
      ]
    })
  return fc
    .tuple(fc.tuple(...doctorsOfRandomRegisters.map(stay)), fc.array(signature, { minLength: 1, maxLength: 2 }))
    .map(([stays, signatures]) => [
      step('group', id, 'RegisterGroup', { name, municipality: null, on: firstDay, reference: reference(name) }),
      ...stays.flat(),
      ...signatures.flat(),
    ])
}

/** A session of one group or two, and since when it is known. */
export const anyMeeting = (session: string) =>
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

/** What is put right in a session, or turns out of it. */
export const anythingAfterwards = (sessions: ReadonlyArray<string>): fc.Arbitrary<Bare> =>
  fc
    .record({
      session: oneOf(...sessions),
      group: oneOf(...groupsOfRandomRegisters),
      doctor: oneOf(...doctorsOfRandomRegisters),
      presence: anyPresence(startOf(oslo, firstDay)),
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

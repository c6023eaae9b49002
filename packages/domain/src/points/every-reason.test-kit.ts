// every-reason.test-kit.ts: one doctor to whom everything happens that an explanation can tell of

import type { Question } from '../projections/as-known.ts'
import { defaultPack } from '../rules/default-pack.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import { doctorNamed, groupNamed, inOslo, registerWith, type SessionRow, sessionStream } from '../testing/index.ts'
import { atWallTime, endOf, legalDate, oslo } from '../values/legal-date.ts'
import type { Evidence } from './judgements.ts'
import { type NearestChange, nearestChanges } from './nearest.ts'
import { type DoctorPoints, points } from './points.ts'
import type { Names } from './saying.ts'

const people = ['Kari', 'Ola', 'Per', 'Åse']
const groups = ['G1', 'G2', 'G3', 'G4']

const calledAs =
  (words: ReadonlyArray<string>, idOf: (word: string) => string) =>
  (id: string): string =>
    words.find((word) => idOf(word) === id) ?? id

/** The names of everybody here. */
export const names: Names = { doctor: calledAs(people, doctorNamed), group: calledAs(groups, groupNamed) }

/** The default pack with hardly any room for elective points, so that some are beyond both, and none for all of a year. */
export const rules: RulePack = {
  ...defaultPack,
  electiveMax: { ...defaultPack.electiveMax, value: 5 },
  yearlyCap: { ...defaultPack.yearlyCap, value: 30 },
}

const held = (session: string, starts: string, minutes: number, more: Partial<SessionRow> = {}): SessionRow => ({
  session,
  starts,
  minutes,
  present: { G1: ['Kari', 'Ola'] },
  ...more,
})

const inG2 = { present: { G2: ['Kari', 'Per'] } }
const inG4 = { present: { G4: ['Kari', 'Per'] } }

/**
 * Kari's points on 1 October 2024, as known at the end of that month: 2023 is final, 2024 is pending. Every reason there is, cuts
 * that leave something, corrected, withdrawn and cleared facts, facts known late, mandatory, elective and overflow.
 */
export const kari = (): DoctorPoints => {
  const { evidence, question } = karis()
  return points(doctorNamed('Kari'), evidence, rules, question)
}

/** What can still be done about what does not count of it. */
export const karisChanges = (): ReadonlyArray<NearestChange> => {
  const { evidence, question } = karis()
  return nearestChanges(doctorNamed('Kari'), evidence, rules, question)
}

const karis = (): { readonly evidence: Evidence; readonly question: Question } => {
  const register = registerWith({
    doctors: { Kari: '2020-02-29' },
    groups: {
      G1: { members: ['Kari', 'Ola', 'Per'] },
      G2: { members: ['Kari', 'Per'], signed: '2023-03-01', withdrawn: '2023-12-01' },
      G3: { members: [{ doctor: 'Per' }, { doctor: 'Kari', joined: '2023-06-01', left: '2023-09-01' }, 'Åse'] },
      G4: { members: ['Kari', 'Per'] },
    },
    sessions: [
      held('A1', '2023-01-10 09:00', 360),
      held('A2', '2023-02-10 09:00', 360),
      held('A3', '2023-03-10 09:00', 360),
      held('A4', '2023-04-10 09:00', 360),
      held('B1', '2023-05-10 08:00', 420),
      held('B2', '2023-05-10 16:00', 60),
      held('C1', '2023-06-10 09:00', 120, { present: { G1: ['Kari', 'Ola'] } }),
      held('C2', '2023-06-10 10:00', 180),
      held('C3', '2023-06-10 09:30', 60, { present: { G4: ['Kari', 'Per'] } }),
      held('D1', '2023-07-01 15:00', 180, { present: { G1: [{ doctor: 'Kari', role: 'guest' }, 'Ola', 'Per'] } }),
      held('D2', '2023-07-02 15:00', 180, { present: { G3: ['Kari', 'Åse'] } }),
      held('D3', '2023-09-02 15:00', 180, { present: { G3: ['Kari', 'Åse'] } }),
      held('D4', '2023-07-04 15:00', 180, { hosts: ['Kari'] }),
      held('D5', '2023-07-05 15:00', 180, { industry: 'pens' }),
      held('D6', '2023-01-06 15:00', 180, inG2),
      held('D7', '2023-07-07 15:00', 180, { present: { G1: ['Kari'] } }),
      held('D8', '2023-07-08 15:00', 59),
      held('D9', '2023-07-09 15:00', 180, { present: { G1: [{ doctor: 'Kari', minutes: 0 }, 'Ola', 'Per'] } }),
      held('E1', '2023-08-01 15:00', 180, inG2),
      held('E2', '2023-08-02 15:00', 180, inG2),
      held('F1', '2023-09-10 15:00', 60, { industry: 'lunch' }),
      held('F2', '2023-09-11 15:00', 60, { known: inOslo('2024-02-01 14:30') }),
      held('F3', '2023-09-12 15:00', 60),
      held('F4', '2023-09-13 15:00', 60),
      held('H1', '2024-01-10 15:00', 180),
      held('I1', '2024-02-01 15:00', 100, inG4),
      held('I2', '2024-02-02 15:00', 100, inG4),
      held('I3', '2024-02-03 15:00', 100, inG4),
      held('J1', '2023-10-04 15:00', 100, { present: { G3: ['Åse', 'Per'] } }),
      held('J2', '2023-10-05 15:00', 100, { present: { G3: ['Åse', 'Per'] } }),
      held('J3', '2023-10-06 15:00', 100, { present: { G3: ['Åse', 'Per'] } }),
    ],
  })
  const { record } = register
  const later = { knownSince: inOslo('2024-03-01') }
  const cleared = { type: 'IndustryContributionCleared', data: { reason: 'paid for by the hospital' } } as const
  record(sessionStream('F1'), cleared, later)
  const a1 = register.held('A1')
  if (a1.event.type !== 'SessionHeld') throw new TypeError('A1 was held')
  const ends = atWallTime(oslo, legalDate('2023-01-10'), '14:00')
  register.correct(a1, { type: 'SessionHeld', data: { ...a1.event.data, ends } }, later)
  const who = { group: groupNamed('G1'), doctor: doctorNamed('Kari') }
  record(sessionStream('F3'), { type: 'AttendanceWithdrawn', data: { ...who, reason: 'var syk' } }, later)
  record(sessionStream('F4'), { type: 'AttendanceWithdrawn', data: { ...who, reason: '' } }, later)
  const tooLate = { knownSince: inOslo('2024-11-02') }
  record(sessionStream('A2'), { type: 'AttendanceWithdrawn', data: { ...who, reason: 'known too late' } }, tooLate)
  const question = { effectiveThrough: legalDate('2024-10-01'), asKnownAt: endOf(oslo, legalDate('2024-10-31')) }
  return { evidence: register.evidence(), question }
}

// held-session.test-kit.ts: for tests of a session: one that was planned and held, and who was there

import {
  attendanceOf,
  departmentNamed,
  doctorNamed,
  groupNamed,
  inOslo,
  type PresentRow,
  reference,
  sessionNamed,
} from '../testing/index.ts'
import { legalDate, oslo } from '../values/legal-date.ts'
import type { Attendance, SessionEvent } from './session-events.ts'

export const s1 = sessionNamed('S1')
export const g1 = groupNamed('G1')
export const g2 = groupNamed('G2')
export const kari = doctorNamed('Kari')

export const meeting = {
  starts: inOslo('2024-01-10 14:30'),
  ends: inOslo('2024-01-10 17:30'),
  zone: oslo,
  place: 'hospital' as const,
  department: departmentNamed('children'),
  hosts: [doctorNamed('Hans')],
  groups: [g1, g2],
  topics: [{ wording: 'asthma', topic: null, origin: 'hospital' as const }],
}
export const date = legalDate('2024-01-10')
export const planned = { type: 'SessionPlanned', data: { ...meeting, date } } satisfies SessionEvent

export const present = (group: string, row: PresentRow): Attendance => attendanceOf(group, row, '2024-01-10')
export const list = [
  present('G1', 'Kari'),
  present('G1', 'Ola'),
  present('G2', { doctor: 'Per', times: ['15:00-16:00'] }),
]
export const held = {
  type: 'SessionHeld',
  data: { ...meeting, date, attendance: list, reference: reference('S001'), request: null },
} satisfies SessionEvent
export const wrongStage = (
  stage: 'unknown' | 'requested' | 'withdrawn' | 'planned' | 'cancelled' | 'held',
  command: string,
) => ({ session: s1, stage, command }) as const

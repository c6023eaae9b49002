// three-sessions.test-kit.ts: for tests of points: a group whose three sessions in 2024 all count, to be changed by each test

import {
  doctorNamed,
  groupNamed,
  inOslo,
  nothingCounts,
  type RegisterTable,
  type SessionRow,
} from '../testing/index.ts'

export const members = ['Kari', 'Ola', 'Per']
export const base: RegisterTable = {
  doctors: { Kari: '2022-01-01', Ola: '2022-01-01', Per: '2022-01-01' },
  groups: { G1: { members } },
}

export const held = (session: string, date: string, more: Partial<SessionRow> = {}): SessionRow => ({
  session,
  starts: `${date} 15:00`,
  minutes: 180,
  present: { G1: members },
  ...more,
})

export const three = [held('S1', '2024-02-01'), held('S2', '2024-05-01'), held('S3', '2024-09-01')]
export const atYearEnd = { asOf: '2024-12-31' }
export const allThree = { ...nothingCounts, counted: 540, mandatory: '9.00' }
export const who = { group: groupNamed('G1'), doctor: doctorNamed('Kari') }
export const march = inOslo('2025-03-01')

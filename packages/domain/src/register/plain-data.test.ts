// plain-data.test.ts: how much a command may hold

import { right } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { everyCommand } from '../testing/every-command.ts'
import { doctorNamed, groupNamed, inOslo } from '../testing/index.ts'
import { plainData } from './plain-data.ts'

const interval = (from: string, to: string) => ({ from: inOslo(`2024-01-10 ${from}`), to: inOslo(`2024-01-10 ${to}`) })

const attendance = {
  group: groupNamed('G1'),
  doctor: doctorNamed('Kari'),
  role: 'member',
  presence: { kind: 'intervals', intervals: [interval('15:00', '16:00'), interval('16:30', '17:30')] },
}

const attendedBy = (doctors: number) => ({
  ...everyCommand.ReportSessionHeld,
  data: { ...everyCommand.ReportSessionHeld.data, attendance: Array.from({ length: doctors }, () => attendance) },
})

test('a session of two thousand, each there for two intervals, is a command', () => {
  expect(plainData(attendedBy(2_000))).toEqual(right(attendedBy(2_000)))
})

test('one of three thousand is not', () => {
  expect(plainData(attendedBy(3_000))).toMatchObject({ left: expect.stringContaining('more than 30000 values in all') })
})

test('a number below nothing is nothing, so that what is decided on is what is stored', () => {
  const copied = plainData({ n: -0 })
  expect(copied).toEqual(right({ n: 0 }))
  expect(copied).not.toEqual(right({ n: -0 }))
})

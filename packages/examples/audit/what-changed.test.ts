import { HprNumber } from '@smagruppe/domain'
import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { atYearEnd, inFebruary, pilotRegister, whatChanged, yearEnd } from './what-changed.ts'

const rightOf = <E, A>(result: Either<E, A>): A => {
  if (isLeft(result)) throw new Error(JSON.stringify(result.left))
  return result.right
}

test('what became known after the year’s end changed ten doctors’ points of that year, each for a reason on record', async () => {
  const register = rightOf(await pilotRegister())
  const doctor = async (hpr: string) =>
    HprNumber.is(hpr) ? rightOf(await register.doctorWithHpr(hpr)()) : expect.unreachable(`${hpr} is no HPR number`)

  const changed = rightOf(await whatChanged(register, yearEnd, atYearEnd, inFebruary))

  expect(changed).toHaveLength(10)
  const withdrawn = await doctor('6188199')
  expect(changed.find((one) => one.doctor === withdrawn)).toEqual({
    doctor: withdrawn,
    minutesBefore: 960,
    minutesAfter: 870,
    sessions: [
      {
        label: 'S014',
        before: '90 minutes',
        after: null,
        news: [
          {
            type: 'AttendanceWithdrawn',
            knownSince: '2025-01-08T23:00:00.000Z',
            reason: 'stod på listen, var ikke til stede',
          },
          { type: 'AttendanceAdded', knownSince: '2025-01-08T23:00:00.000Z', reason: 'glemt på listen' },
        ],
      },
    ],
  })
  expect(changed.flatMap(({ sessions }) => sessions.map(({ label }) => label)).sort()).toEqual([
    'S014',
    'S014',
    'S031',
    ...Array.from({ length: 7 }, () => 'S069'),
  ])
})

test('an answer as known at the year’s end stays what it was', async () => {
  const register = rightOf(await pilotRegister())

  expect(rightOf(await whatChanged(register, yearEnd, atYearEnd, atYearEnd))).toEqual([])
})

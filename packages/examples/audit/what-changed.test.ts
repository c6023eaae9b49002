// what-changed.test.ts: the example finds what became known after the year’s end

import { parseHprNumber, promised } from '@smagruppe/domain'
import { isNone } from 'fp-ts/lib/Option.js'
import { expect, test } from 'vitest'
import { atYearEnd, inFebruary, pilotRegister, whatChanged, yearEnd } from './what-changed.ts'

test('what became known after the year’s end changed ten doctors’ points of that year, each by a fact that is named', async () => {
  const register = await pilotRegister()
  const doctor = async (written: string) => {
    const hpr = parseHprNumber(written)
    return isNone(hpr) ? expect.unreachable(`${written} is no HPR number`) : promised(register.doctorWithHpr(hpr.value))
  }

  const changed = await whatChanged(register, yearEnd, atYearEnd, inFebruary)

  const withdrawn = await doctor('6188199')
  expect(changed.filter((one) => one.doctor === withdrawn)).toEqual([
    {
      doctor: withdrawn,
      minutesBefore: 960,
      minutesAfter: 870,
      sessions: [
        {
          label: 'S014',
          before: '90 minutes',
          after: 'taken off the list (stod på listen, var ikke til stede)',
          news: [
            {
              type: 'AttendanceWithdrawn',
              id: expect.any(String),
              knownSince: '2025-01-08T23:00:00.000Z',
              recordedAt: expect.any(String),
            },
          ],
        },
      ],
    },
  ])
  const changes = changed.flatMap(({ sessions }) =>
    sessions.map(
      ({ label, before, after, news }) =>
        `${label}: ${before} became ${after}, by ${news.map(({ type }) => type).join(', ')}`,
    ),
  )
  expect(changes.sort()).toEqual([
    'S014: 90 minutes became taken off the list (stod på listen, var ikke til stede), by AttendanceWithdrawn',
    'S014: not on the list became 90 minutes, by AttendanceAdded',
    'S031: 90 minutes became 60 minutes, by AttendanceReplaced',
    ...Array.from({ length: 7 }, () => 'S069: not on the list became 120 minutes, by SessionHeld'),
  ])
})

test('an answer as known at the year’s end stays what it was', async () => {
  expect(await whatChanged(await pilotRegister(), yearEnd, atYearEnd, atYearEnd)).toEqual([])
})

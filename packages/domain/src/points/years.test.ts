// years.test.ts: what each calendar year of a period gave, and that the years are the total

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultPack } from '../rules/default-pack.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import { anyRegister, doctorsOfRandomRegisters } from '../testing/generators.ts'
import {
  carriedOut,
  doctorNamed,
  evidenceFrom,
  historyOfLog,
  inOslo,
  pointsIn,
  registerWith,
} from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { noPoints, type Points, plus, shownPoints } from '../values/points.ts'
import { points } from './points.ts'
import { type YearOfPoints, yearsOf } from './years.ts'

/** Room for 3 elective points, so that there is something beyond both. */
const narrow: RulePack = { ...defaultPack, electiveMax: { ...defaultPack.electiveMax, value: 3 } }

const sessionsIn = (year: number, count: number) =>
  Array.from({ length: count }, (_, nth) => ({
    session: `S${year}-${nth}`,
    starts: `${year}-0${nth + 1}-10 09:00`,
    minutes: 180,
    present: { G1: ['Kari', 'Ola'] },
  }))

const register = registerWith({
  doctors: { Kari: '2021-07-01', Ola: null },
  groups: { G1: { members: ['Kari', 'Ola'] } },
  sessions: [...sessionsIn(2022, 4), ...sessionsIn(2023, 5), ...sessionsIn(2024, 2)],
})

const shown = ({ year, attended, countedMinutes, pendingMinutes, ...given }: YearOfPoints) => {
  const { points: all, mandatory, elective, overflow, sum } = given
  return [year, attended, countedMinutes, pendingMinutes, ...[all, mandatory, elective, overflow, sum].map(shownPoints)]
}

test('every calendar year of the period is told through the one asked for, mandatory points filling first', () => {
  expect(yearsOf(pointsIn(register, 'Kari', { asOf: '2024-03-01', rules: narrow })).map(shown)).toEqual([
    [2021, 0, 0, 0, '0.00', '0.00', '0.00', '0.00', '0.00'],
    [2022, 4, 720, 0, '12.00', '12.00', '0.00', '0.00', '12.00'],
    [2023, 5, 900, 0, '15.00', '8.00', '3.00', '4.00', '27.00'],
    [2024, 2, 0, 360, '0.00', '0.00', '0.00', '0.00', '27.00'],
  ])
})

test('what a closed window holds back is not pending', () => {
  const last = yearsOf(pointsIn(register, 'Kari', { asOf: '2025-01-01' })).filter(({ year }) => year >= 2024)
  expect(last.map(shown)).toEqual([
    [2024, 2, 0, 0, '0.00', '0.00', '0.00', '0.00', '27.00'],
    [2025, 0, 0, 0, '0.00', '0.00', '0.00', '0.00', '27.00'],
  ])
})

test('without a period there are no years', () => {
  expect(yearsOf(pointsIn(register, 'Ola', { asOf: '2024-03-01' }))).toEqual([])
})

test('in any register the years of a period add up to its totals', async () => {
  const sum = (all: ReadonlyArray<Points>): Points => all.reduce(plus, noPoints)
  await fc.assert(
    fc.asyncProperty(anyRegister(), async (steps) => {
      const evidence = evidenceFrom(historyOfLog((await carriedOut(steps)).log))
      const question = { effectiveThrough: legalDate('2024-10-31'), asKnownAt: inOslo('2100-01-01') }
      for (const rules of [defaultPack, narrow]) {
        for (const doctor of doctorsOfRandomRegisters) {
          const total = points(doctorNamed(doctor), evidence, rules, question)
          const years = yearsOf(total)
          expect({
            countedMinutes: years.reduce((minutes, year) => minutes + year.countedMinutes, 0),
            pendingMinutes: years.reduce((minutes, year) => minutes + year.pendingMinutes, 0),
            attended: years.reduce((lines, year) => lines + year.attended, 0),
            points: sum(years.map((year) => year.points)),
            mandatory: sum(years.map(({ mandatory }) => mandatory)),
            elective: sum(years.map(({ elective }) => elective)),
            overflow: sum(years.map(({ overflow }) => overflow)),
            last: years.at(-1)?.sum ?? noPoints,
          }).toEqual({
            ...{ countedMinutes: total.countedMinutes, pendingMinutes: total.pendingMinutes },
            ...{ attended: total.lines.length, points: total.points, last: total.points },
            ...{ mandatory: total.mandatory, elective: total.elective, overflow: total.overflow },
          })
        }
      }
    }),
    { numRuns: 25 },
  )
})

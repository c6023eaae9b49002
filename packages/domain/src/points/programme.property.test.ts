// programme.property.test.ts: whatever a doctor did, and in whichever order it was recorded

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Activity } from '../doctor/doctor-events.ts'
import {
  asking,
  clinicDay,
  course,
  demandsOf,
  elective,
  observership,
  on,
  shownIn,
  supervising,
  visit,
} from './programme.test-kit.ts'

const anyActivity = (): fc.Arbitrary<Activity> => {
  const day = fc.constantFrom('2021-06-30', '2022-04-01', '2023-12-31', '2024-01-01', '2024-05-01')
  const points = fc.integer({ min: 0, max: 120 }).map((halves) => halves / 2)
  const subject = fc.constantFrom('skin', 'heart')
  return fc.oneof(
    fc
      .tuple(day, points, subject, fc.constantFrom('in-person' as const, 'online' as const))
      .map(([date, of, area, form]) =>
        course(area, of, { on: on(date), form, course: of > 20 ? 'clinical' : 'acute-medicine' }),
      ),
    fc.tuple(day, points, fc.constantFrom('Ola', 'Per')).map(([date, of, who]) => visit(date, of, who)),
    fc
      .tuple(day, points, fc.constantFrom('norway' as const, 'abroad' as const))
      .map(([date, of, country]) => clinicDay(date, of, country)),
    fc.tuple(day, points).map(([date, of]) => supervising(date, of)),
    fc.tuple(day, points).map(([date, of]) => observership(date, of)),
    fc.tuple(day, points).map(([date, of]) => elective(of, date)),
  )
}

test('S1-18c the order in which activities were recorded, and their ids, never change a total', () => {
  const totals = (activities: ReadonlyArray<Activity>) => {
    const answered = asking(activities)
    return [demandsOf(answered), shownIn(answered.points), Object.values(answered.elective).map(shownIn)]
  }
  fc.assert(
    fc.property(fc.array(anyActivity(), { maxLength: 14 }), fc.nat(), (activities, from) => {
      const at = from % Math.max(activities.length, 1)
      const other = [...activities.slice(at), ...activities.slice(0, at)].reverse()
      expect(totals(other)).toEqual(totals(activities))
    }),
    { numRuns: 60 },
  )
})

test('S1-18c nothing is worth more than it was recorded with, and no point is lost without a cap that is named', () => {
  fc.assert(
    fc.property(fc.array(anyActivity(), { maxLength: 14 }), (activities) => {
      for (const { recorded, demanded, elective: of, overflow, cuts } of asking(activities).lines) {
        const lost = cuts.reduce((sum, { points }) => sum + shownIn(points), 0)
        expect(shownIn(demanded) + shownIn(of) + shownIn(overflow) + lost).toBeCloseTo(shownIn(recorded), 5)
        for (const part of [demanded, of, overflow]) expect(shownIn(part)).toBeGreaterThanOrEqual(0)
      }
    }),
    { numRuns: 60 },
  )
})

// track.property.test.ts: each minute is used in one track, whenever the training was

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyDate } from '../testing/generators.ts'
import { legalDate } from '../values/legal-date.ts'
import { story, years } from './track.test-kit.ts'

test('S1-17 S1-18 no attendance counts in both, whenever the training was', () => {
  const day = () => anyDate(legalDate('2019-01-01'), legalDate('2024-12-31'))
  fc.assert(
    fc.property(fc.array(fc.tuple(day(), day()), { maxLength: 3 }), day(), (stays, anchor) => {
      const { say, asked } = story(anchor, 3)
      for (const [one, other] of stays) {
        if (one < other) say('SpecialistTrainingStarted', one)
        if (one < other) say('SpecialtyGranted', other)
      }
      const used = new Set<string>()
      for (const year of years) {
        for (const month of ['01', '02', '03']) {
          const asOf = `${year}-${month}-28`
          for (const { session } of asked('specialist-training', asOf).lines) used.add(session)
        }
      }
      const after = asked('resertification', '2024-12-31').lines.map(({ session }) => session)
      expect(after.filter((session) => used.has(session))).toEqual([])
    }),
    { numRuns: 25 },
  )
})

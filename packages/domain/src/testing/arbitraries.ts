// arbitraries.ts: any date, moment, span and presence that the domain takes

import fc from 'fast-check'
import { type Instant, instantOf, millisecondsOf } from '../kernel/instant.ts'
import type { Presence } from '../session/session-events.ts'
import { type LegalDate, legalDate, plusDays } from '../values/legal-date.ts'
import type { Span } from '../values/minutes.ts'
import { instant, whole } from './names.ts'

/** A date of the years 1950 to 2100, or between these; leap days and year ends come often. */
export const anyDate = (
  min: LegalDate = legalDate('1950-01-01'),
  max: LegalDate = legalDate('2100-12-31'),
): fc.Arbitrary<LegalDate> => {
  const days =
    (millisecondsOf(instant(`${max}T00:00:00.000Z`)) - millisecondsOf(instant(`${min}T00:00:00.000Z`))) / 86_400_000
  const traps = ['2020-02-29', '2024-02-29', '2024-12-31', '2025-01-01', '2024-03-31', '2024-10-27', '2025-02-28']
    .map(legalDate)
    .filter((date) => min <= date && date <= max)
  const ordinary = fc.integer({ min: 0, max: days }).map((day) => plusDays(min, day))
  return traps.length === 0
    ? ordinary
    : fc.oneof({ arbitrary: ordinary, weight: 4 }, { arbitrary: fc.constantFrom(...traps), weight: 1 })
}

/** A moment of the years 1950 to 2100, or between these, to the millisecond. */
export const anyInstant = (
  min: Instant = instant('1950-01-01T00:00:00.000Z'),
  max: Instant = instant('2100-12-31T00:00:00.000Z'),
): fc.Arbitrary<Instant> =>
  fc.integer({ min: millisecondsOf(min), max: millisecondsOf(max) }).map((milliseconds) => instantOf(milliseconds))

/** A moment on a whole minute. */
export const anyWholeMinute = (min?: Instant, max?: Instant): fc.Arbitrary<Instant> =>
  anyInstant(min, max).map((moment) => instantOf(Math.floor(millisecondsOf(moment) / 60_000) * 60_000))

/** A span of some minutes near each other, so that two of them often overlap or touch; sometimes empty. */
export const anySpan = (): fc.Arbitrary<Span> =>
  fc
    .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 }))
    .map(([from, length]) => ({ from, to: from + length }))

/** A presence at a session that starts then: whole, of some minutes, or in intervals around it. */
export const anyPresence = (starts: Instant): fc.Arbitrary<Presence> => {
  const moment = fc
    .integer({ min: -60, max: 420 })
    .map((minutes) => instantOf(millisecondsOf(starts) + minutes * 60_000))
  return fc.oneof(
    { arbitrary: fc.constant<Presence>({ kind: 'whole' }), weight: 3 },
    fc.integer({ min: 0, max: 500 }).map((minutes): Presence => ({ kind: 'minutes', minutes: whole(minutes) })),
    fc
      .array(fc.record({ from: moment, to: moment }), { maxLength: 3 })
      .map((intervals): Presence => ({ kind: 'intervals', intervals })),
  )
}

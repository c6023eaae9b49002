// track.ts: which of a doctor's two tracks a day belongs to: specialist training, or resertification

import { isDuring, type LegalDate, plusDays } from '../values/legal-date.ts'
import type { TrainingStay } from './known-doctor.ts'
import type { DoctorsPeriod } from './period.ts'

/** The training that holds a day; null where the doctor is not in training on it. */
export const trainingOn = (stays: ReadonlyArray<TrainingStay>, date: LegalDate): TrainingStay | null =>
  stays.find(({ from, to }) => isDuring(date, from, to)) ?? null

/**
 * The training that holds a day, or the last one before it, as a period of its own: a window that was open when it ended may have closed
 * since. While its end is not known it ends behind the day.
 */
export const trainingPeriods = (stays: ReadonlyArray<TrainingStay>, date: LegalDate): ReadonlyArray<DoctorsPeriod> => {
  const stay = stays.findLast(({ from }) => from <= date)
  if (stay === undefined) return []
  const { from, to, facts } = stay
  return [{ from, to: to ?? plusDays(date, 1), decision: null, goesOn: to === null, facts }]
}

// track.ts: which of a doctor's two tracks a day belongs to: specialist training, or resertification

import { isDuring, type LegalDate, plusDays } from '../values/legal-date.ts'
import type { TrainingStay } from './known-doctor.ts'
import type { DoctorsPeriod } from './period.ts'

/** The training that holds a day; null where the doctor is not in training on it. */
export const trainingOn = (stays: ReadonlyArray<TrainingStay>, date: LegalDate): TrainingStay | null =>
  stays.find(({ from, to }) => isDuring(date, from, to)) ?? null

/**
 * The trainings that have begun by a day, each as a period of its own, the one that holds the day or is the last before it at the end: a
 * window that was open when it ended may have closed since. Training that was left and begun again is one, whose days lie in several stays;
 * the specialty ends it. While its end is not known it ends behind the day.
 */
export const trainingPeriods = (stays: ReadonlyArray<TrainingStay>, date: LegalDate): ReadonlyArray<DoctorsPeriod> => {
  const periods: DoctorsPeriod[] = []
  for (const { from, to, facts } of stays) {
    if (from > date) continue
    const stay = { to: to ?? plusDays(date, 1), decision: null, goesOn: to === null }
    const before = periods.at(-1)
    if (before === undefined || isGranted(before)) periods.push({ ...stay, from, facts })
    else periods[periods.length - 1] = { ...stay, from: before.from, facts: [...before.facts, ...facts] }
  }
  return periods
}

const isGranted = ({ facts }: DoctorsPeriod): boolean => facts.some(({ type }) => type === 'SpecialtyGranted')

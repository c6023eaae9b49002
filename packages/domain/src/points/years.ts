// years.ts: what each calendar year of a period gave

import { yearOf } from '../values/legal-date.ts'
import { least, minus, noPoints, type Points, plus } from '../values/points.ts'
import { type DoctorPoints, isPending } from './points.ts'
import type { AttendanceLine } from './verdict.ts'

/** What a doctor was given for one calendar year of a period, and what of it goes where. */
export interface YearOfPoints {
  readonly year: number
  /** Attendances, those that count nothing too. */
  readonly attended: number
  /** Minutes that count. */
  readonly countedMinutes: number
  /** Minutes held back by a threshold whose window is not over. */
  readonly pendingMinutes: number
  /** What the year gave: mandatory, elective and overflow together. */
  readonly points: Points
  readonly mandatory: Points
  readonly elective: Points
  readonly overflow: Points
  /** All points of the period through this year. */
  readonly sum: Points
}

/** A line as far as a year needs it, with its texts or without. */
type Line = Pick<AttendanceLine, 'date' | 'counted' | 'heldBack' | 'points' | 'shortfall'>

/**
 * The calendar years of the period, through the one that holds the date asked for; none without a period. Mandatory points fill first, then
 * elective ones, year by year, so that the years of each kind add up to the total of that kind.
 */
export const yearsOf = ({
  period,
  question,
  lines,
  mandatory,
  elective,
}: Pick<DoctorPoints, 'period' | 'question' | 'mandatory' | 'elective'> & {
  readonly lines: ReadonlyArray<Line>
}): ReadonlyArray<YearOfPoints> => {
  if (period === null) return []
  let left = { mandatory, elective }
  let sum = noPoints
  const years: YearOfPoints[] = []
  for (let year = yearOf(period.from); year <= yearOf(question.effectiveThrough); year += 1) {
    const attended = lines.filter(({ date }) => yearOf(date) === year)
    const points = attended.reduce((total, line) => plus(total, line.points), noPoints)
    const ofMandatory = least(points, left.mandatory)
    const ofElective = least(minus(points, ofMandatory), left.elective)
    left = { mandatory: minus(left.mandatory, ofMandatory), elective: minus(left.elective, ofElective) }
    sum = plus(sum, points)
    years.push({
      year,
      attended: attended.length,
      countedMinutes: attended.reduce((total, { counted }) => total + counted, 0),
      pendingMinutes: attended.reduce((total, line) => total + (isPending(line) ? line.heldBack : 0), 0),
      points,
      mandatory: ofMandatory,
      elective: ofElective,
      overflow: minus(points, plus(ofMandatory, ofElective)),
      sum,
    })
  }
  return years
}

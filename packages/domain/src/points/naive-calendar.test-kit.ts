// naive-calendar.test-kit.ts: days and clocks of the second evaluator, worked out by hand and from no library

/** A date, `YYYY-MM-DD`: as text in the order of time. */
export type Day = string

/** Whole numbers, `from ≤ n < to`. */
export const range = (from: number, to: number): ReadonlyArray<number> =>
  Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)

/** Whether `from ≤ day < to`; null: it goes on. */
export const isBetween = (day: Day, from: Day, to: Day | null): boolean => from <= day && (to === null || day < to)

/** The day of a wall time, `YYYY-MM-DD HH:MM`. */
export const dateOf = (starts: string): Day => starts.slice(0, 10)

const written = (year: number, month: number, day: number): Day =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`

const lengthOf = (year: number, month: number): number => {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
}

const partsOf = (day: Day): readonly [number, number, number] => [
  Number(day.slice(0, 4)),
  Number(day.slice(5, 7)),
  Number(day.slice(8, 10)),
]

/** So many months later, held to the month's last day. */
export const monthsAfter = (day: Day, months: number): Day => {
  const [year, month, dayOfMonth] = partsOf(day)
  const all = year * 12 + month - 1 + months
  const [inYear, inMonth] = [Math.floor(all / 12), (all % 12) + 1]
  return written(inYear, inMonth, Math.min(dayOfMonth, lengthOf(inYear, inMonth)))
}

/** So many days later, or earlier. */
export const nextDay = (day: Day, days = 1): Day => {
  let [year, month, dayOfMonth] = partsOf(day)
  for (let left = days; left > 0; left--) {
    dayOfMonth += 1
    if (dayOfMonth > lengthOf(year, month)) [month, dayOfMonth] = [month + 1, 1]
    if (month > 12) [year, month] = [year + 1, 1]
  }
  for (let left = days; left < 0; left++) {
    dayOfMonth -= 1
    if (dayOfMonth > 0) continue
    ;[year, month] = month === 1 ? [year - 1, 12] : [year, month - 1]
    dayOfMonth = lengthOf(year, month)
  }
  return written(year, month, dayOfMonth)
}

/** The year from 1 January that holds a day. */
export const calendarYear = (day: Day): readonly [Day, Day] => {
  const [year] = partsOf(day)
  return [written(year, 1, 1), written(year + 1, 1, 1)]
}

/** The years from a day's anniversaries that can hold another day. */
export const yearsAround = (registered: Day, day: Day): ReadonlyArray<readonly [Day, Day]> => {
  const years = partsOf(day)[0] - partsOf(registered)[0]
  return range(years - 1, years + 2).map((k) => [
    monthsAfter(registered, 12 * k),
    monthsAfter(registered, 12 * (k + 1)),
  ])
}

/** Minutes of a wall time in Oslo since the beginning of 1970 in Greenwich: two hours ahead of it in summer, else one. */
export const instantOf = (starts: string): number => {
  const [year, month, day] = partsOf(starts)
  const lastSunday = (of: number): Day => {
    const days = range(25, 32).map((one) => written(year, of, one))
    return days.find((one) => daysSince1970(one) % 7 === 3) ?? ''
  }
  // What the clock skips is read as if it had not been turned yet; what it shows twice, as the first time.
  const isSummer = starts >= `${lastSunday(3)} 03:00` && starts < `${lastSunday(10)} 03:00`
  const minutes = Number(starts.slice(11, 13)) * 60 + Number(starts.slice(14, 16))
  return daysSince1970(written(year, month, day)) * 1440 + minutes - (isSummer ? 120 : 60)
}

const daysSince1970 = (day: Day): number => {
  const [year, month, dayOfMonth] = partsOf(day)
  let days = dayOfMonth - 1
  for (const one of range(1970, year)) days += lengthOf(one, 2) === 29 ? 366 : 365
  for (const one of range(1, month)) days += lengthOf(year, one)
  return days
}

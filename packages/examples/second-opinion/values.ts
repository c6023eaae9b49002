// values.ts: dates, times and numbers as they are written in a cell

import { Temporal } from 'temporal-polyfill'

/** The parts of a cell between `;`. */
export const list = (cell: string): ReadonlyArray<string> =>
  cell
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** By code unit, as ids compare. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export const isHpr = (text: string): boolean => /^[0-9]{1,9}$/.test(text) && Number(text) !== 0
export const hprOf = (text: string): string => String(Number(text))

export const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
const daysIn = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31

export const isDate = (text: string): boolean => {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false
  const year = Number(text.slice(0, 4))
  const month = Number(text.slice(5, 7))
  const day = Number(text.slice(8, 10))
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}
export const isTime = (text: string): boolean => /^([01][0-9]|2[0-3]):[0-5][0-9]$/.test(text)
export const isDateTime = (text: string): boolean =>
  text[10] === 'T' && isDate(text.slice(0, 10)) && isTime(text.slice(11))
export const isWholeNumber = (text: string): boolean => /^[0-9]+$/.test(text)
export const isMunicipality = (text: string): boolean => text === '' || /^[0-9]{4}$/.test(text)

const weights = [3, 2, 7, 6, 5, 4, 3, 2]

/** The last digit of an organisation number that begins with these eight; null where none fits. */
export const checkDigit = (digits: ReadonlyArray<number>): number | null => {
  let sum = 0
  for (const [i, weight] of weights.entries()) sum += (digits[i] ?? 0) * weight
  const remainder = sum % 11
  return remainder === 1 ? null : remainder === 0 ? 0 : 11 - remainder
}

export const isOrganisationNumber = (text: string): boolean =>
  /^[0-9]{9}$/.test(text) && text !== '000000000' && Number(text[8]) === checkDigit([...text].map(Number))

const minuteOfDay = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

const instants = new Map<string, number>()

/** The minute since 1970 of a wall time in Oslo: one that happens twice is the first; one that is skipped has the offset before the gap. */
export const epochMinute = (wall: string): number => {
  const seen = instants.get(wall)
  if (seen !== undefined) return seen
  const zoned = Temporal.PlainDateTime.from(wall).toZonedDateTime('Europe/Oslo', { disambiguation: 'compatible' })
  const minute = zoned.epochMilliseconds / 60000
  instants.set(wall, minute)
  return minute
}

const nextDay = (date: string): string => Temporal.PlainDate.from(date).add({ days: 1 }).toString()

/** `arrived` or `left`: on the session's date, or the next day when more than an hour before its start by the wall clock. */
export const placed = (time: string, starts: string): number => {
  const date = starts.slice(0, 10)
  const before = minuteOfDay(starts.slice(11)) - minuteOfDay(time)
  return epochMinute(`${before > 60 ? nextDay(date) : date}T${time}`)
}

/** So many years later, the day held within the month. */
export const plusYears = (date: string, years: number): string => {
  const year = Number(date.slice(0, 4)) + years
  const month = Number(date.slice(5, 7))
  const day = Math.min(Number(date.slice(8, 10)), daysIn(year, month))
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

// legal-date.ts: dates as the rules count them, and the wall clock they are read from

import { none, type Option, some } from 'fp-ts/lib/Option.js'
import * as t from 'io-ts'
import { Temporal } from 'temporal-polyfill'
import { toldAs } from '../kernel/in-words.ts'
import { type Instant, instantOf, millisecondsOf } from '../kernel/instant.ts'

/** Tells the type apart; no value has it when the program runs. */
export interface LegalDateBrand {
  readonly LegalDate: unique symbol
}

/** A calendar date `YYYY-MM-DD`; text order is date order. */
export type LegalDate = t.Branded<string, LegalDateBrand>

const dateShape = /^\d{4}-\d\d-\d\d$/

const isLegalDate = (text: string): text is LegalDate => {
  if (!dateShape.test(text)) return false
  const year = Number(text.slice(0, 4))
  const month = Number(text.slice(5, 7))
  const day = Number(text.slice(8))
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

const daysIn = (year: number, month: number): number => {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Reads a date: `YYYY-MM-DD`, a day that there is. */
export const LegalDate = toldAs('a date like 2024-12-31', t.brand(t.string, isLegalDate, 'LegalDate'))

/** A date as written; none unless it is a day of the calendar. */
export const parseLegalDate = (written: string): Option<LegalDate> => (isLegalDate(written) ? some(written) : none)

/** A date as written by somebody who knows it to be one; throws a RangeError otherwise. For literals. */
export const legalDate = (written: string): LegalDate => {
  if (!isLegalDate(written)) throw new RangeError(`not a date: ${written}`)
  return written
}

const firstDate = legalDate('0001-01-01')
const lastDate = legalDate('9999-12-31')

/** What is no date for being too early or too late is the first or the last there is. */
const heldInCalendar = (text: string): LegalDate =>
  isLegalDate(text) ? text : text.startsWith('+') ? lastDate : firstDate

/** The date that many whole months later, with the day held within the month (31 January + 1 month = 28 or 29 February). */
export const plusMonths = (date: LegalDate, months: number): LegalDate => {
  const counted = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months
  const year = Math.floor(counted / 12)
  const month = (counted % 12) + 1
  if (year < 1) return firstDate
  if (year > 9999) return lastDate
  return written(year, month, Math.min(Number(date.slice(8)), daysIn(year, month)))
}

/** The date that many whole years later (29 February + 5 years = 28 February). */
export const plusYears = (date: LegalDate, years: number): LegalDate => plusMonths(date, years * 12)

/** The date that many days later. */
export const plusDays = (date: LegalDate, days: number): LegalDate =>
  heldInCalendar(Temporal.PlainDate.from(date).add({ days }).toString())

/** The first day of the date's calendar year. */
export const firstOfYear = (date: LegalDate): LegalDate => written(Number(date.slice(0, 4)), 1, 1)

/** Whether a date lies in what begins on `from` and is over on `to`; null: it has no end. */
export const isDuring = (date: LegalDate, from: LegalDate, to: LegalDate | null): boolean =>
  from <= date && (to === null || date < to)

/** The calendar year of a date. */
export const yearOf = (date: LegalDate): number => Number(date.slice(0, 4))

const written = (year: number, month: number, day: number): LegalDate =>
  legalDate(`${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`)

/** Tells the type apart; no value has it when the program runs. */
export interface ZoneBrand {
  readonly Zone: unique symbol
}

const isZone = (text: string): text is Zone => {
  // Temporal also takes offsets, which give themselves back as a name does; no name is without a capital letter.
  if (!/[A-Z]/.test(text)) return false
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text).timeZoneId === text
  } catch {
    return false
  }
}

/** An IANA time zone that this runtime knows, by its name as IANA writes it (`Europe/Oslo`). */
export type Zone = t.Branded<string, ZoneBrand>
/** Reads a time zone: a name of the IANA database that this machine knows. */
export const Zone = toldAs("a time zone by its name, such as 'Europe/Oslo'", t.brand(t.string, isZone, 'Zone'))

/** The zone that Norwegian law counts its dates in. */
export const oslo: Zone = zone('Europe/Oslo')

/** The zone of that name; throws a RangeError where this runtime does not know it. For literals. */
export function zone(name: string): Zone {
  if (!isZone(name)) throw new RangeError(`not a time zone: ${name}`)
  return name
}

/** The local date of a moment. */
export const dateIn = (zone: Zone, instant: Instant): LegalDate =>
  heldInCalendar(
    Temporal.Instant.fromEpochMilliseconds(millisecondsOf(instant)).toZonedDateTimeISO(zone).toPlainDate().toString(),
  )

/** The wall time `HH:MM` of a moment. */
export const wallTimeIn = (zone: Zone, instant: Instant): string =>
  Temporal.Instant.fromEpochMilliseconds(millisecondsOf(instant))
    .toZonedDateTimeISO(zone)
    .toPlainTime()
    .toString({ smallestUnit: 'minute' })

/** The moment at which a day begins. */
export const startOf = (zone: Zone, date: LegalDate): Instant =>
  instantOf(Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds)

/** The moment at which a day is over: the start of the next. What is known on a date is known by then. */
export const endOf = (zone: Zone, date: LegalDate): Instant => startOf(zone, plusDays(date, 1))

/**
 * The moment of a wall time `HH:MM` on a date. A time that happens twice is its first occurrence; one that is skipped is taken
 * with the offset before the gap.
 */
export const atWallTime = (zone: Zone, date: LegalDate, time: string): Instant =>
  instantOf(Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(zone).epochMilliseconds)

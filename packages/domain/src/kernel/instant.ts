// instant.ts: a moment, as UTC text that sorts as it happened

import * as t from 'io-ts'
import { toldAs } from './in-words.ts'

/** Tells the type apart; no value has it when the program runs. */
export interface InstantBrand {
  readonly Instant: unique symbol
}

/** A moment in UTC with milliseconds, always 24 characters (`2024-03-31T00:30:00.000Z`), so that text order is time order. */
export type Instant = t.Branded<string, InstantBrand>

const shape = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/

// Every event that is read has two: what the shape leaves open is only whether the month has that day.
const isInstant = (text: string): text is Instant => {
  if (!shape.test(text)) return false
  const day = Number(text.slice(8, 10))
  return day <= 28 || new Date(text).getUTCDate() === day
}

/** Reads an instant: text of 24 characters that names a moment there is. */
export const Instant = toldAs('a moment in UTC like 2024-12-31T14:30:00.000Z', t.brand(t.string, isInstant, 'Instant'))

/** Before every moment that a register can speak of: the known-since of what was always known. */
export const theBeginning: Instant = fromKnownGood('0000-01-01T00:00:00.000Z')

const firstMillisecond = Date.parse('0000-01-01T00:00:00.000Z')
const lastMillisecond = Date.parse('9999-12-31T23:59:59.999Z')

/** The instant that many milliseconds after 1970 in UTC; a number outside the years 0 to 9999 becomes the nearest bound. */
export const instantOf = (milliseconds: number): Instant => {
  const bounded = Math.min(Math.max(milliseconds, firstMillisecond), lastMillisecond)
  return fromKnownGood(new Date(Math.trunc(Number.isNaN(bounded) ? lastMillisecond : bounded)).toISOString())
}

/** Milliseconds after 1970 in UTC. */
export const millisecondsOf = (instant: Instant): number => Date.parse(instant)

/** The earlier of two instants. */
export const earlier = (one: Instant, other: Instant): Instant => (one < other ? one : other)

/** The later of two instants. */
export const later = (one: Instant, other: Instant): Instant => (one > other ? one : other)

function fromKnownGood(text: string): Instant {
  if (!isInstant(text)) throw new RangeError(`not an instant: ${text}`)
  return text
}

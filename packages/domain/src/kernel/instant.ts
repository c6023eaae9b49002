// instant.ts: a moment, as UTC text that sorts as it happened

import * as t from 'io-ts'

/** Tells the type apart; no value has it when the program runs. */
export interface InstantBrand {
  readonly Instant: unique symbol
}

/** A moment in UTC with milliseconds, always 24 characters (`2024-03-31T00:30:00.000Z`), so that text order is time order. */
export type Instant = t.Branded<string, InstantBrand>

const shape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

const isInstant = (text: string): text is Instant => {
  if (!shape.test(text)) return false
  const parsed = new Date(text)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString() === text
}

/** Reads an instant: text of 24 characters that names a moment there is. */
export const Instant = t.brand(t.string, isInstant, 'Instant')

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

// minutes.ts: clock minutes as spans, so that the same minute is never counted twice

import * as t from 'io-ts'
import { Instant, millisecondsOf } from '../kernel/instant.ts'

const millisecondsInMinute = 60_000

/** A moment on a whole minute, as sessions are timed. */
export const WholeMinute = t.refinement(
  Instant,
  (instant) => millisecondsOf(instant) % millisecondsInMinute === 0,
  'a whole minute in UTC like 2024-12-31T14:30:00.000Z',
)

/** The minute of the clock that a moment lies in, counted from 1970 in UTC. */
export const minuteOf = (instant: Instant): number => Math.floor(millisecondsOf(instant) / millisecondsInMinute)

/** Whole minutes of the clock, from `from` up to but not including `to`, counted from 1970 in UTC. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** Spans in order, apart from each other, none empty. */
export type Spans = ReadonlyArray<Span>

/** No time at all. */
export const noSpans: Spans = []

/** The spans that cover what any of these cover. */
export const union = (spans: ReadonlyArray<Span>): Spans => {
  const joined: Span[] = []
  for (const span of [...spans].sort((one, other) => one.from - other.from)) {
    if (span.to <= span.from) continue
    const last = joined.at(-1)
    if (last === undefined || span.from > last.to) joined.push(span)
    else joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, span.to) }
  }
  return joined
}

/** What of the spans lies inside the bounds. */
export const within = (spans: Spans, bounds: Span): Spans => {
  const inside: Span[] = []
  for (const { from, to } of spans) {
    const cut = { from: Math.max(from, bounds.from), to: Math.min(to, bounds.to) }
    if (cut.to > cut.from) inside.push(cut)
  }
  return inside
}

/** What of the spans is not in the others. */
export const without = (spans: Spans, others: Spans): Spans => {
  let left: Spans = spans
  for (const other of others) {
    const rest: Span[] = []
    for (const span of left) {
      if (span.from < other.from) rest.push({ from: span.from, to: Math.min(span.to, other.from) })
      if (span.to > other.to) rest.push({ from: Math.max(span.from, other.to), to: span.to })
    }
    left = rest
  }
  return left
}

/** How many minutes the spans cover. */
export const minutesOf = (spans: Spans): number => {
  let minutes = 0
  for (const { from, to } of spans) minutes += to - from
  return minutes
}

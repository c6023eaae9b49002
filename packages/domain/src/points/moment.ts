// moment.ts: a moment as people speak of it, by the clock on their wall

import { Temporal } from 'temporal-polyfill'
import { type Instant, millisecondsOf } from '../kernel/instant.ts'
import { dateIn, type LegalDate, plusDays, startOf, type Zone } from '../values/legal-date.ts'

/** The end of a day, which is what a date without a time means; or a day with a time `14:05:00.000` and its offset `+01:00`. */
export type Moment =
  | { readonly endOf: LegalDate }
  | { readonly date: LegalDate; readonly time: string; readonly offset: string }

/** The moment of an instant in that zone. Nothing of the instant is lost, but at the ends of the calendar, where the date is the nearest there is. */
export const momentIn = (zone: Zone, at: Instant): Moment => {
  const date = dateIn(zone, at)
  if (startOf(zone, date) === at) return { endOf: plusDays(date, -1) }
  return clockIn(zone, at)
}

/** The same, of an instant that is no day's end, whatever the clock says. */
export const clockIn = (zone: Zone, at: Instant): Extract<Moment, { readonly time: string }> => {
  const local = Temporal.Instant.fromEpochMilliseconds(millisecondsOf(at)).toZonedDateTimeISO(zone)
  const time = local.toPlainTime().toString({ smallestUnit: 'millisecond' })
  return { date: dateIn(zone, at), time, offset: local.offset }
}

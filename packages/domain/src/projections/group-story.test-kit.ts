// group-story.test-kit.ts: for tests of the group register: a group's facts told one by one, and its entry on a date

import type { GroupEvent } from '../group/group.ts'
import { defaultPack } from '../rules/default-pack.ts'
import { doctorNamed, type Envelope, groupStream, inOslo, type Logbook, logbook, reference } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { MunicipalityNumber } from '../values/municipality-number.ts'
import { groupOn } from './group-register.ts'

/** A municipality by its number. */
export const place = (number: string): MunicipalityNumber => {
  if (!MunicipalityNumber.is(number)) throw new RangeError(number)
  return number
}

/** What is known since that day. */
export const known = (date: string): Envelope => ({ knownSince: inOslo(date) })

/** A group’s facts, told one by one. */
export const telling = (book: Logbook<GroupEvent>, group: string) => {
  const stream = groupStream(group)
  return {
    registered: (on: string, municipality: string | null = '4601', said?: Envelope) =>
      book.record(
        stream,
        {
          type: 'GroupRegistered',
          data: {
            name: `The ${group}`,
            municipality: municipality === null ? null : place(municipality),
            on: legalDate(on),
            reference: reference(group),
          },
        },
        said,
      ),
    joined: (doctor: string, on: string, said?: Envelope) =>
      book.record(stream, { type: 'MemberJoined', data: { doctor: doctorNamed(doctor), on: legalDate(on) } }, said),
    left: (doctor: string, joined: string, on: string, said?: Envelope) =>
      book.record(
        stream,
        { type: 'MemberLeft', data: { doctor: doctorNamed(doctor), joined: legalDate(joined), on: legalDate(on) } },
        said,
      ),
    signed: (doctor: string, on: string, said?: Envelope) =>
      book.record(
        stream,
        { type: 'IndustryFreeDeclared', data: { signedBy: doctorNamed(doctor), on: legalDate(on) } },
        said,
      ),
    withdrew: (doctor: string, signed: string, on: string, said?: Envelope) =>
      book.record(
        stream,
        {
          type: 'IndustryFreeWithdrawn',
          data: { signedBy: doctorNamed(doctor), signed: legalDate(signed), on: legalDate(on) },
        },
        said,
      ),
    contact: (doctor: string, on: string, said?: Envelope) =>
      book.record(
        stream,
        { type: 'ContactPersonAppointed', data: { doctor: doctorNamed(doctor), on: legalDate(on) } },
        said,
      ),
    moved: (municipality: string, on: string, said?: Envelope) =>
      book.record(stream, { type: 'GroupMoved', data: { municipality: place(municipality), on: legalDate(on) } }, said),
    closed: (on: string, said?: Envelope) =>
      book.record(stream, { type: 'GroupClosed', data: { on: legalDate(on) } }, said),
  }
}

/** A question about a date, known at the end of time where nothing else is said. */
export const asked = (date: string, knownAt = '2100-01-01') => ({
  effectiveThrough: legalDate(date),
  asKnownAt: inOslo(knownAt),
})

/** One group’s book, and its entry on a date. */
export const story = (group = 'G1') => {
  const book = logbook<GroupEvent>()
  const entry = (date: string, knownAt?: string) => groupOn(book.history, asked(date, knownAt), defaultPack)
  return { book, entry, ...telling(book, group) }
}

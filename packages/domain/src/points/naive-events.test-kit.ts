// naive-events.test-kit.ts: the histories of the second evaluator as events, and what the engine answers over them

import { isLeft } from 'fp-ts/lib/Either.js'
import { type StreamName, streamName } from '../kernel/event.ts'
import { type Instant, instantOf, millisecondsOf } from '../kernel/instant.ts'
import { factsKnown } from '../projections/as-known.ts'
import { defaultPack } from '../rules/default-pack.ts'
import { type RulesInForce, rulesInForce } from '../rules/in-force.ts'
import {
  adaptation,
  dispensation,
  hospitalOf,
  ofGroup,
  pack,
  published,
  region,
  scheme,
  source,
  sourced,
} from '../rules/published.test-kit.ts'
import type { RulesEvent } from '../rules/rules-events.ts'
import type { Attendance } from '../session/session-events.ts'
import {
  departmentNamed,
  doctorNamed,
  doctorStream,
  groupNamed,
  groupStream,
  hospitalNamed,
  inOslo,
  instant,
  logbook,
  reasonsIn,
  reference,
  registerWith,
  sessionStream,
  type TestRegister,
  whole,
} from '../testing/index.ts'
import { dateIn, legalDate, oslo } from '../values/legal-date.ts'
import { MunicipalityNumber } from '../values/municipality-number.ts'
import { personal } from '../values/personal.ts'
import { shownPoints } from '../values/points.ts'
import type { Asked } from './naive-known.test-kit.ts'
import { byDefault, type ToldRules } from './naive-rules.test-kit.ts'
import type { Row, Told, ToldSession } from './naive-told.test-kit.ts'
import { points } from './points.ts'

/** What the engine says of a history, in the words of the second evaluator. */
export const engineOver = (told: Told) => {
  const evidence = recorded(told).evidence()
  const rulesAt = publishedIn(told.rules)
  return ({ doctor, asOf, knownAt }: Asked) => {
    const question = { effectiveThrough: legalDate(asOf), asKnownAt: instant(knownAt) }
    const answered = points(doctorNamed(doctor), evidence, rulesAt(question.asKnownAt), question)
    return {
      period: answered.period,
      goesOn: answered.goesOn,
      counted: answered.countedMinutes,
      mandatory: shownPoints(answered.mandatory),
      elective: shownPoints(answered.elective),
      overflow: shownPoints(answered.overflow),
      pending: answered.pendingMinutes,
      reasons: [...reasonsIn(answered)].sort(),
    }
  }
}

type Written = Parameters<TestRegister['record']>[1]

const recorded = (told: Told): TestRegister => {
  const book = registerWith({})
  const record = recording(book)
  for (const { name, anchor, known } of told.doctors) {
    const id = doctorNamed(name)
    record(doctorStream(name), { type: 'DoctorRegistered', data: { name: personal(id, name), municipality: null } })
    if (anchor !== null)
      record(doctorStream(name), { type: 'PeriodOpened', data: { anchor: legalDate(anchor) } }, { known })
  }
  for (const { into, absorbed, known, retracted } of told.merges) {
    const data = { absorbed: doctorNamed(absorbed) }
    record(doctorStream(into), { type: 'DoctorsMerged', data }, { known })
    if (retracted !== null) record(doctorStream(into), { type: 'DoctorsUnmerged', data }, { known: retracted })
  }
  for (const one of told.periods) {
    const about = { period: legalDate(one.period), on: legalDate(one.on) }
    const by = one.to === null ? { months: whole(one.months) } : { to: legalDate(one.to) }
    const event: Written =
      one.what === 'extended'
        ? { type: 'PeriodExtended', data: { ...about, by, ground: 'leave' } }
        : one.what === 'decided'
          ? { type: 'PeriodDecided', data: { ...about, outcome: 'renewed' } }
          : { type: 'ComplaintUpheld', data: about }
    record(doctorStream(one.doctor), event, one)
  }
  recordGroups(told, record)
  for (const session of told.sessions) recordSession(session, record)
  for (const one of told.changes) {
    const who = { group: groupNamed(one.group), doctor: doctorNamed(one.doctor) }
    const reason = 'it was otherwise'
    const { starts } = told.sessions.find(({ name }) => name === one.session) ?? { starts: '' }
    const { presence, role } = attendanceOf(one, starts)
    const event: Written =
      one.what === 'withdraw'
        ? { type: 'AttendanceWithdrawn', data: { ...who, reason } }
        : one.what === 'minutes'
          ? { type: 'AttendanceReplaced', data: { ...who, presence, reason } }
          : { type: 'AttendanceAdded', data: { attendance: { ...who, presence, role }, reason } }
    record(sessionStream(one.session), event, one)
  }
  return book
}

type Record = (
  stream: StreamName,
  event: Written,
  times?: { readonly known: string; readonly retracted?: string | null },
) => void

const recording =
  (book: TestRegister): Record =>
  (stream, event, times) => {
    const fact = book.record(stream, event, times === undefined ? {} : { knownSince: instant(times.known) })
    if (times?.retracted) book.retract(fact, { knownSince: instant(times.retracted) })
  }

const recordGroups = ({ groups, stays, signatures }: Told, record: Record): void => {
  for (const { name, registered, region, moves } of groups) {
    const place = { municipality: municipality(region), on: legalDate(registered) }
    record(groupStream(name), { type: 'GroupRegistered', data: { name, ...place, reference: reference(name) } })
    for (const { on, region, known } of moves) {
      const data = { municipality: municipality(region), on: legalDate(on) }
      record(groupStream(name), { type: 'GroupMoved', data }, { known })
    }
  }
  for (const stay of stays) {
    const [doctor, joined] = [doctorNamed(stay.doctor), legalDate(stay.joined)]
    record(groupStream(stay.group), { type: 'MemberJoined', data: { doctor, on: joined } }, stay)
    if (stay.left === null) continue
    const data = { doctor, joined, on: legalDate(stay.left) }
    record(groupStream(stay.group), { type: 'MemberLeft', data }, { known: stay.leftKnown })
  }
  for (const one of signatures) {
    const [signedBy, signed] = [doctorNamed('Liv'), legalDate(one.signed)]
    record(groupStream(one.group), { type: 'IndustryFreeDeclared', data: { signedBy, on: signed } }, one)
    if (one.withdrawn === null) continue
    const data = { signedBy, signed, on: legalDate(one.withdrawn) }
    record(groupStream(one.group), { type: 'IndustryFreeWithdrawn', data }, { known: one.withdrawnKnown })
  }
}

const municipality = (number: string): MunicipalityNumber => {
  if (!MunicipalityNumber.is(number)) throw new RangeError(number)
  return number
}

const recordSession = (session: ToldSession, record: Record): void => {
  const stream = sessionStream(session.name)
  const starts = inOslo(session.starts)
  const data = {
    starts,
    ends: minutesAfter(starts, session.minutes),
    zone: oslo,
    date: dateIn(oslo, starts),
    place: null,
    department: session.hospital ? departmentNamed('children') : null,
    hosts: session.hosts.map(doctorNamed),
    groups: session.groups.map(groupNamed),
    topics: [],
    attendance: session.rows.map((row) => attendanceOf(row, session.starts)),
    reference: reference(session.name),
    request: null,
  }
  record(stream, { type: 'SessionHeld', data }, session)
  if (session.industry === null) return
  const { known, cleared } = session.industry
  record(stream, { type: 'IndustryContributionReported', data: { what: 'pens' } }, { known })
  record(stream, { type: 'IndustryContributionCleared', data: { reason: 'none after all' } }, { known: cleared })
}

const minutesAfter = (moment: Instant, minutes: number): Instant => instantOf(millisecondsOf(moment) + minutes * 60_000)

const attendanceOf = ({ group, doctor, guest = false, minutes, hours }: Row, starts: string): Attendance => {
  const who = { group: groupNamed(group), doctor: doctorNamed(doctor), role: guest ? 'guest' : 'member' } as const
  if (minutes !== undefined) return { ...who, presence: { kind: 'minutes', minutes: whole(minutes) } }
  if (hours === undefined) return { ...who, presence: { kind: 'whole' } }
  const began = inOslo(starts)
  const intervals = hours.map(([from, to]) => ({ from: minutesAfter(began, from), to: minutesAfter(began, to) }))
  return { ...who, presence: { kind: 'intervals', intervals } }
}

/** The rules published, as they were known at a moment. */
const publishedIn = (told: ReadonlyArray<ToldRules>): ((knownAt: Instant) => RulesInForce) => {
  const book = logbook<RulesEvent>()
  const [national] = told.flatMap((one) => (one.layer === 'national' ? [packOf(one)] : []))
  for (const one of told) {
    if (national === undefined) throw new RangeError('a layer needs a national pack')
    const fact = book.record(streamName('rules', scheme), publicationOf(one, national), {
      knownSince: instant(one.known),
    })
    if (one.retracted !== null) book.retract(fact, { knownSince: instant(one.retracted) })
  }
  return (asKnownAt) => {
    const rules = rulesInForce(factsKnown(book.history, { asKnownAt }), defaultPack, hospitalOf)
    if (isLeft(rules)) throw new Error(rules.left.message)
    return rules.right
  }
}

const packOf = ({ from, says, permits }: Extract<ToldRules, { readonly layer: 'national' }>) => {
  const values = { ...byDefault, ...says }
  const written = Object.entries(permits).map(([name, permission]) => [
    name,
    { value: Object.entries(values).find(([one]) => one === name)?.[1], source, permission },
  ])
  return pack(from, Object.fromEntries(written))
}

const publicationOf = (one: ToldRules, basis: ReturnType<typeof packOf>): RulesEvent => {
  switch (one.layer) {
    case 'national':
      return published.pack(packOf(one))
    case 'region':
      return published.adaptation(adaptation(region(one.region), basis, sourced(one.says), one.from, one.until))
    case 'hospital': {
      const haukeland = { layer: 'hospital', hospital: hospitalNamed('Haukeland') } as const
      return published.adaptation(adaptation(haukeland, basis, sourced(one.says), one.from, one.until))
    }
    case 'group': {
      const group = ofGroup(groupNamed(one.group))
      return published.adaptation(adaptation(group, basis, sourced(one.says), one.from, one.until))
    }
    case 'dispensation':
      return published.dispensation(dispensation(doctorNamed(one.doctor), sourced(one.says), one.from, one.until))
  }
}

// oracle.property.test.ts: points against a second reading of the rules, one minute at a time

import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  answer,
  inOslo,
  type MemberRow,
  type PresentRow,
  type RegisterTable,
  registerWith,
  type SessionRow,
} from '../testing/index.ts'

// The second reading: nothing of the source is used, and everything is counted in sets of minutes.

interface Row {
  readonly session: SessionRow
  readonly group: string
  readonly doctor: string
  readonly minutes: ReadonlySet<number>
  readonly reason: string | null
}

const dateOf = ({ starts }: SessionRow): string => starts.slice(0, 10)
const startOf = ({ starts }: SessionRow): number => Date.parse(inOslo(starts)) / 60_000
const range = (from: number, to: number): ReadonlyArray<number> =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)

const presentMinutes = (session: SessionRow, row: Exclude<PresentRow, string>): ReadonlySet<number> => {
  const from = startOf(session)
  const inside = new Set(range(from, from + session.minutes))
  if (row.minutes !== undefined) return new Set(range(from, from + row.minutes).filter((minute) => inside.has(minute)))
  if (row.times === undefined) return inside
  const at = (time: string) => Date.parse(inOslo(`${dateOf(session)} ${time}`)) / 60_000
  const attended = row.times.flatMap((time) => range(at(time.slice(0, 5)), at(time.slice(6))))
  return new Set(attended.filter((minute) => inside.has(minute)))
}

const isMember = ({ groups = {} }: RegisterTable, group: string, doctor: string, date: string): boolean =>
  (groups[group]?.members ?? []).some((member) => {
    const { doctor: who, joined = '', left = '9999' } = typeof member === 'string' ? { doctor: member } : member
    return who === doctor && joined <= date && date < left
  })

const rowsAt = (table: RegisterTable, session: SessionRow): ReadonlyArray<Row> =>
  Object.entries(session.present).flatMap(([group, list]) => {
    const date = dateOf(session)
    const hosts = session.hosts ?? []
    const rows = list.map((one) => (typeof one === 'string' ? { doctor: one } : one))
    const members = rows.filter(
      (row) =>
        row.role !== 'guest' &&
        isMember(table, group, row.doctor, date) &&
        !hosts.includes(row.doctor) &&
        presentMinutes(session, row).size > 0,
    )
    const { signed = '', withdrawn = '9999' } = table.groups?.[group] ?? {}
    return rows.map((row) => {
      const minutes = presentMinutes(session, row)
      const failures: ReadonlyArray<readonly [string, boolean]> = [
        ['GUEST', row.role === 'guest'],
        ['NOT_MEMBER', !isMember(table, group, row.doctor, date)],
        ['HOSTING', hosts.includes(row.doctor)],
        ['INDUSTRY', session.industry !== undefined],
        ['NO_DECLARATION', signed === null || date < signed || withdrawn <= date],
        ['BELOW_QUORUM', members.length < 2],
        ['SESSION_TOO_SHORT', session.minutes < 60],
        ['NO_MINUTES', minutes.size === 0],
      ]
      const failed = failures.find(([, fails]) => fails)
      return { session, group, doctor: row.doctor, minutes, reason: failed === undefined ? null : failed[0] }
    })
  })

const periodOf = (anchor: string, asOf: string): readonly [string, string] | null => {
  const plus = (years: number): string => {
    const year = Number(anchor.slice(0, 4)) + years
    const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
    return `${year}${anchor.slice(4) === '-02-29' && !leap ? '-02-28' : anchor.slice(4)}`
  }
  for (let years = 0; years < 100; years += 5)
    if (plus(years) <= asOf && asOf < plus(years + 5)) return [plus(years), plus(years + 5)]
  return null
}

const compare = (one: string | number, other: string | number): number => (one < other ? -1 : one > other ? 1 : 0)

const secondReading = (table: RegisterTable, doctor: string, asOf: string) => {
  const rows = (table.sessions ?? []).filter((session) => dateOf(session) <= asOf).flatMap((one) => rowsAt(table, one))
  const competing = rows
    .filter((row) => row.doctor === doctor && row.reason === null)
    .sort(
      (one, other) =>
        compare(startOf(one.session), startOf(other.session)) ||
        compare(one.session.session, other.session.session) ||
        compare(one.group, other.group),
    )
  const taken = new Set<number>()
  const ofDay = new Map<string, number>()
  const left = competing.map((row) => {
    const own = [...row.minutes].filter((minute) => !taken.has(minute))
    for (const minute of own) taken.add(minute)
    const day = `${row.group} ${dateOf(row.session)}`
    const minutes = Math.min(own.length, 360 - (ofDay.get(day) ?? 0))
    ofDay.set(day, (ofDay.get(day) ?? 0) + minutes)
    return { row, minutes, reason: minutes > 0 ? null : own.length === 0 ? 'OVERLAPPING' : 'DAY_CAP' }
  })
  const judged = left.map((one) => {
    if (one.reason !== null) return { ...one, pending: false }
    const year = dateOf(one.row.session).slice(0, 4)
    const inYear = (session: SessionRow): boolean => dateOf(session).startsWith(year)
    const counting = new Set(
      rows
        .filter(({ group, reason, session }) => group === one.row.group && reason === null && inYear(session))
        .map(({ session }) => session.session),
    )
    const minutes = left
      .filter(({ row }) => row.group === one.row.group && inYear(row.session))
      .reduce((sum, other) => sum + other.minutes, 0)
    const reason = counting.size < 3 ? 'GROUP_UNDER_3_MEETINGS' : minutes < 360 ? 'DOCTOR_UNDER_6_HOURS' : null
    return { ...one, reason, pending: reason !== null && asOf < `${year}-12-31` }
  })
  const early = rows
    .filter((row) => row.doctor === doctor && row.reason !== null)
    .map((row) => ({ row, minutes: 0, reason: row.reason, pending: false }))
  const period = periodOf(table.doctors?.[doctor] ?? '9999-01-01', asOf)
  const all = [...judged, ...early].filter(
    ({ row }) => period !== null && period[0] <= dateOf(row.session) && dateOf(row.session) < period[1],
  )
  return {
    counted: all.reduce((sum, { minutes, reason }) => sum + (reason === null ? minutes : 0), 0),
    pending: all.reduce((sum, { minutes, pending }) => sum + (pending ? minutes : 0), 0),
    reasons: all
      .flatMap(({ row, reason, pending }) =>
        reason === null ? [] : [`${row.session.session}:${reason}${pending ? '?' : ''}`],
      )
      .sort(),
  }
}

// Any table of a year or two, with few days and few doctors, so that everything meets.

const doctors = ['Kari', 'Ola', 'Per']
const pick = fc.constantFrom
const anyDay = pick(
  '2023-11-05',
  '2023-12-31',
  '2024-01-01',
  '2024-03-31',
  '2024-03-31',
  '2024-05-02',
  '2024-05-02',
  '2024-12-31',
)
const mostly = <A>(usual: A, arbitrary: fc.Arbitrary<A>) =>
  fc.oneof({ arbitrary: fc.constant(usual), weight: 5 }, { arbitrary, weight: 1 })

const anyRow = (doctor: string): fc.Arbitrary<ReadonlyArray<PresentRow>> =>
  fc.oneof(
    { arbitrary: fc.constant([doctor]), weight: 5 },
    { arbitrary: fc.constant([]), weight: 2 },
    { arbitrary: fc.constant([{ doctor, role: 'guest' as const }]), weight: 1 },
    { arbitrary: pick(0, 1, 45, 100, 500).map((minutes) => [{ doctor, minutes }]), weight: 2 },
    {
      arbitrary: fc
        .subarray(['08:00-09:30', '09:00-10:00', '14:00-15:30', '16:30-18:00', '12:00-12:00'])
        .map((times) => [{ doctor, times }]),
      weight: 2,
    },
  )

const anyList = fc.tuple(...doctors.map(anyRow)).map((rows) => rows.flat())
const anySession = (session: string): fc.Arbitrary<SessionRow> =>
  fc
    .record({
      date: anyDay,
      time: pick('01:00', '08:00', '09:00', '14:30', '15:00', '23:30'),
      minutes: pick(59, 60, 120, 150, 180, 360, 400),
      lists: fc.tuple(anyList, anyList),
      groups: pick<ReadonlyArray<string>>(['G1'], ['G1'], ['G2'], ['G1', 'G2'], ['G2', 'G1']),
      hosts: mostly<ReadonlyArray<string>>([], pick(['Kari'], ['Hans'])),
      industry: mostly(false, fc.constant(true)),
    })
    .map(({ date, time, minutes, lists, groups, hosts, industry }) => ({
      session,
      starts: `${date} ${time}`,
      minutes,
      hosts,
      present: Object.fromEntries(groups.map((group, index) => [group, lists[index] ?? []])),
      ...(industry ? { industry: 'pens' } : {}),
    }))

const anyGroup = fc
  .record({
    stays: fc.tuple(
      ...doctors.map((doctor) =>
        mostly<MemberRow>(
          { doctor },
          pick<MemberRow>({ doctor, joined: '2024-03-31' }, { doctor, left: '2024-03-31' }, { doctor: 'Liv' }),
        ),
      ),
    ),
    signed: mostly<string | null>('2020-01-01', pick(null, '2024-01-01', '2024-05-02')),
    withdrawn: mostly<string | null>(null, pick('2024-05-02', '2024-03-31', '2019-01-01')),
  })
  .map(({ stays, signed, withdrawn }) => ({ members: stays, signed, ...(withdrawn === null ? {} : { withdrawn }) }))

const anyTable: fc.Arbitrary<RegisterTable> = fc
  .record({
    anchors: fc.tuple(...doctors.map(() => pick('2019-05-02', '2020-02-29', '2024-03-31', null))),
    groups: fc.record({ G1: anyGroup, G2: anyGroup }),
    // As text S10 comes before S2.
    sessions: fc.tuple(...['S1', 'S2', 'S3', 'S10', 'S11', 'S12', 'S4', 'S5'].map(anySession)),
    count: fc.integer({ min: 3, max: 8 }),
  })
  .map(({ anchors, groups, sessions, count }) => ({
    doctors: Object.fromEntries(doctors.map((doctor, index) => [doctor, anchors[index] ?? null])),
    groups,
    sessions: sessions.slice(0, count),
  }))

test('two readings of the rules agree on every doctor', () => {
  fc.assert(
    fc.property(
      anyTable,
      pick('2023-12-30', '2024-03-31', '2024-05-01', '2024-05-02', '2024-12-30', '2024-12-31', '2025-03-01'),
      (table, asOf) => {
        const register = registerWith(table)
        for (const doctor of doctors) {
          const { counted, pending, reasons } = answer(register, doctor, { asOf })
          expect({ doctor, counted, pending, reasons: [...reasons].sort() }).toEqual({
            doctor,
            ...secondReading(table, doctor, asOf),
          })
        }
      },
    ),
    { numRuns: 500 },
  )
})

// random-sheets.test-kit.ts: any small folder of sheets, other orders of its rows, and what of it was known on a day

import fc from 'fast-check'
import { headerOf } from './sheets.test-kit.ts'

/** Rows below the usual headers, each a list of cells. */
export type Rows = Readonly<Record<string, ReadonlyArray<ReadonlyArray<string>>>>

export const asSheets = (rows: Rows): Record<string, ReadonlyArray<string>> =>
  Object.fromEntries(
    Object.entries(rows).map(([sheet, cells]) => [sheet, cells.map((row) => row.map((cell) => `"${cell}"`).join(','))]),
  )

const oneOf = fc.constantFrom
const pad = (n: number): string => String(n).padStart(2, '0')

const hprs = ['101', '102', '103', '104', '105', '201'] as const
const groups = ['G1', 'G2', 'g10'] as const
// Few days, so that things meet on them.
const months = fc.integer({ min: 1, max: 12 })
const anyDay = fc
  .tuple(oneOf('2023', '2024'), months, oneOf(1, 10, 28))
  .map(([year, month, day]) => `${year}-${pad(month)}-${pad(day)}`)
const blankOr = <A extends string>(arbitrary: fc.Arbitrary<A>) =>
  fc.oneof({ arbitrary: fc.constant(''), weight: 3 }, arbitrary)
const anyGroups = fc.uniqueArray(oneOf(...groups), { minLength: 1, maxLength: 2 }).map((some) => some.join('; '))
const anyTime = fc
  .tuple(fc.integer({ min: 15, max: 22 }), oneOf('00', '30', '59'))
  .map(([hour, minute]) => `${pad(hour)}:${minute}`)

const anySession = fc
  .record({
    starts: fc.tuple(anyDay, anyTime).map(([day, time]) => `${day}T${time}`),
    hours: oneOf(1, 2, 3, 5),
    department: oneOf('', '', 'BARN'),
    host: oneOf('', '', '', '201', '101'),
    topics: fc.array(oneOf('Astma', 'astma', 'Rygg', 'HODEPINE', 'Hodepine'), { maxLength: 2 }),
    groups: anyGroups,
    reported: fc.oneof(fc.constant(''), anyDay),
    gift: oneOf('', '', '', '', 'lunsj'),
    request: oneOf('', '', 'R1', 'R2', 'R9'),
  })
  .map(({ starts, hours, department, host, topics, groups, reported, gift, request }) => {
    const day = starts.slice(0, 10)
    const ends = new Date(Date.parse(`${starts}Z`) + hours * 3_600_000).toISOString().slice(0, 16)
    return [request, starts, ends, 'practice', department, host, topics.join('; '), groups, reported || day, gift]
  })

const anyAttendance = (sessions: number) =>
  fc
    .record({
      session: fc.nat(Math.max(0, sessions - 1)).map((n) => `S${n + 1}`),
      group: oneOf(...groups),
      hpr: oneOf(...hprs),
      arrived: blankOr(anyTime),
      left: blankOr(anyTime),
      role: oneOf('', 'member', 'member', 'guest'),
    })
    .map(({ session, group, hpr, arrived, left, role }) => [session, group, hpr, arrived, left, role])

const anyCorrection = (sessions: number) =>
  fc
    .record({
      session: fc.nat(Math.max(0, sessions - 1)).map((n) => `S${n + 1}`),
      group: oneOf(...groups),
      hpr: oneOf(...hprs),
      change: oneOf('withdraw', 'add', 'minutes'),
      minutes: oneOf('0', '30', '90', '120', '9999'),
      on: anyDay,
    })
    .map(({ session, group, hpr, change, minutes, on }) => [session, group, hpr, change, minutes, on, ''])

/** Any two years of three groups. No two corrections of one attendance have the same date: their order would matter. */
export const anyRows: fc.Arbitrary<Rows> = fc.integer({ min: 1, max: 8 }).chain((count) =>
  fc
    .record({
      members: fc.array(fc.tuple(oneOf(...groups), oneOf(...hprs), anyDay, blankOr(anyDay)), {
        minLength: 4,
        maxLength: 12,
      }),
      declarations: fc.array(fc.tuple(oneOf(...groups), anyDay, oneOf(...hprs), blankOr(anyDay)), {
        minLength: 1,
        maxLength: 5,
      }),
      offers: fc.array(fc.tuple(fc.constant('BARN'), anyDay, blankOr(anyDay), oneOf('', '2'), fc.constant('Astma')), {
        maxLength: 2,
      }),
      requests: fc.array(
        fc.tuple(anyGroups, anyDay, oneOf('', 'BARN'), oneOf('Astma', 'Rygg'), oneOf('', 'hospital')),
        { maxLength: 2 },
      ),
      sessions: fc.array(anySession, { minLength: count, maxLength: count }),
      attendance: fc.array(anyAttendance(count), { minLength: count, maxLength: count * 5 }),
      corrections: fc.uniqueArray(anyCorrection(count), {
        maxLength: 6,
        selector: ([session, group, hpr, , , on]) => `${session} ${group} ${hpr} ${on}`,
      }),
    })
    .map(({ requests, sessions, ...rest }) => ({
      doctors: hprs.map((hpr) => [hpr, `Doctor ${hpr}`, 'gp', '4601', hpr === '201' ? '' : '2020-02-29']),
      departments: [['BARN', 'Barneklinikken', '974557746', 'Haukeland']],
      department_doctors: [['BARN', '201']],
      groups: groups.map((group) => [group, `Group ${group}`, '4601', '2022-01-01', group === 'G1' ? '101' : '']),
      ...rest,
      requests: requests.map((row, n) => [`R${n + 1}`, ...row]),
      sessions: sessions.map((row, n) => [`S${n + 1}`, ...row]),
    })),
)

/** The same rows in any order. */
export const shuffledRows = (rows: Rows): fc.Arbitrary<Rows> =>
  fc.record(
    Object.fromEntries(
      Object.entries(rows).map(([sheet, cells]) => [
        sheet,
        fc.shuffledSubarray([...cells], { minLength: cells.length }),
      ]),
    ),
  )

const column = (sheet: string, name: string): number => headerOf(sheet).split(',').indexOf(name)

/** The rows that were known at the end of that day. */
export const knownBy = (rows: Rows, date: string): Rows => {
  const of = (sheet: string, since: string): ReadonlyArray<ReadonlyArray<string>> =>
    (rows[sheet] ?? []).filter((row) => (row[column(sheet, since)] ?? '') <= date)
  const unlessLater = (row: ReadonlyArray<string>, at: number): ReadonlyArray<string> =>
    row.map((cell, index) => (index === at && cell > date ? '' : cell))
  const sessions = of('sessions', 'reported_on')
  const names = new Set(sessions.map(([session]) => session))
  return {
    ...rows,
    members: of('members', 'joined_on').map((row) => unlessLater(row, column('members', 'left_on'))),
    declarations: of('declarations', 'signed_on').map((row) =>
      unlessLater(row, column('declarations', 'withdrawn_on')),
    ),
    offers: of('offers', 'from'),
    requests: of('requests', 'requested_on'),
    sessions,
    attendance: (rows.attendance ?? []).filter(([session]) => names.has(session)),
    corrections: of('corrections', 'corrected_on'),
  }
}

/** A day in or around those years. */
export const anyDayAround = fc.oneof(
  anyDay,
  oneOf('2022-12-31', '2023-12-31', '2024-12-30', '2024-12-31', '2025-06-01'),
)

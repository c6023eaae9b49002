// naive-history.test-kit.ts: random histories for the second evaluator, and the same as events for the engine

import fc from 'fast-check'
import { anyRules } from './naive-any-rules.test-kit.ts'
import { type Day, nextDay } from './naive-calendar.test-kit.ts'
import { always, anyDay, anyMoment, apart, inOrder, known, mostly, oneOf, retracted } from './naive-moments.test-kit.ts'
import type { Change, Row, Told, ToldPeriod, ToldSession } from './naive-told.test-kit.ts'

const doctors = ['Kari', 'Ola', 'Per', 'Liv'] as const
const groups = ['G1', 'G2', 'G3'] as const

const anyDoctors = (): fc.Arbitrary<Told['doctors']> =>
  fc.tuple(
    ...doctors.map((name) =>
      fc.record({
        name: fc.constant(name),
        anchor: mostly<Day | null>('2020-02-29', oneOf('2019-05-02', '2018-12-31', '2024-03-31', null), 2),
        known: mostly(always, anyMoment(), 8),
      }),
    ),
  )

const anyMerges = (): fc.Arbitrary<Told['merges']> =>
  fc
    .uniqueArray(
      fc.record({
        // Of two dispensations the standing record's prevails: those that have some are never absorbed both by another.
        pair: oneOf(['Kari', 'Ola'], ['Ola', 'Kari'], ['Kari', 'Per'], ['Ola', 'Per'], ['Kari', 'Liv']),
        known: known(),
        retracted: mostly<string | null>(null, anyMoment(), 2),
      }),
      { maxLength: 2, selector: ({ pair }) => pair.join() },
    )
    .map((all) =>
      apart(all.map(({ pair: [into = '', absorbed = ''], ...times }) => ({ into, absorbed, ...times }))).map(inOrder),
    )

const anyPeriods = (): fc.Arbitrary<ReadonlyArray<ToldPeriod>> => {
  const said = fc.record({
    doctor: oneOf('Kari', ...doctors),
    what: oneOf<ToldPeriod['what']>('extended', 'decided'),
    period: oneOf('2020-02-29', '2020-02-29', '2019-05-02', '2023-12-31', '2024-03-31', '2024-05-02'),
    on: anyDay(),
    months: oneOf(1, 3, 6, 12),
    to: mostly<Day | null>(null, oneOf('2024-10-27', '2025-03-31', '2023-12-31'), 2),
    known: known(),
    retracted: retracted(),
  })
  const complaint = fc.option(fc.record({ days: oneOf(0, 1, 60), known: known() }), { freq: 3 })
  return fc.array(fc.tuple(said, complaint), { minLength: 1, maxLength: 4 }).map((all) => {
    const told = all.flatMap(([one, complaint]) => {
      if (one.what !== 'decided' || complaint === null) return [one]
      const upheld = { what: 'upheld' as const, on: nextDay(one.on, complaint.days), known: complaint.known }
      return [one, { ...one, ...upheld, retracted: null }]
    })
    return apart(told).map(inOrder)
  })
}

const anyGroups = (): fc.Arbitrary<Told['groups']> =>
  fc.tuple(
    ...groups.map((name) =>
      fc.record({
        name: fc.constant(name),
        registered: oneOf('2019-05-02', '2020-02-29', '2023-12-31', '2024-07-01', '2022-10-15'),
        region: oneOf('4601', '0301'),
        moves: fc.uniqueArray(fc.record({ on: anyDay(), region: oneOf('4601', '0301'), known: known() }), {
          maxLength: 1,
        }),
      }),
    ),
  )

const anyStays = (): fc.Arbitrary<Told['stays']> => {
  const left = fc.record({ days: oneOf(0, 1, 30, 90, 200, 366), leftKnown: known() })
  const stay = fc.record({
    group: oneOf(...groups),
    doctor: oneOf(...doctors),
    joined: anyDay(),
    left: fc.option(left),
  })
  const home = (doctor: string, group: string, staying = 4) =>
    fc.record({
      group: fc.constant(group),
      doctor: fc.constant(doctor),
      joined: mostly('2020-01-01', anyDay(), 12),
      known: known(),
      retracted: retracted(),
      left: mostly<Day | null>(null, anyDay(), staying),
      leftKnown: known(),
    })
  const homes = [
    home('Kari', 'G1', 1),
    home('Ola', 'G1'),
    home('Ola', 'G2', 9),
    home('Per', 'G1'),
    home('Per', 'G2', 9),
    home('Liv', 'G1', 1),
    home('Liv', 'G3'),
  ]
  return fc
    .record({
      homes: fc.tuple(...homes),
      others: fc.uniqueArray(fc.record({ stay, known: known(), retracted: retracted() }), {
        maxLength: 3,
        selector: ({ stay: { group, doctor, joined } }) => [group, doctor, joined].join(),
      }),
      /** Who leaves one group joins another at about that time. */
      moves: fc.tuple(
        ...homes.map(() => fc.option(fc.record({ to: oneOf('G1', 'G2', 'G2', 'G3'), days: oneOf(0, 1, -1, 40, -40) }))),
      ),
    })
    .map(({ homes, others, moves }) => {
      const moved = homes.flatMap(({ doctor, left }, index) => {
        const move = moves[index]
        if (left === null || move === null || move === undefined) return []
        const times = { known: always, retracted: null, left: null, leftKnown: always }
        return [{ group: move.to, doctor, joined: nextDay(left, move.days), ...times }]
      })
      const more = others.map(({ stay: { left, ...stay }, ...times }) => ({
        ...stay,
        ...times,
        left: left === null ? null : nextDay(stay.joined, left.days),
        leftKnown: left?.leftKnown ?? always,
      }))
      const nameOf = (one: Told['stays'][number]): string => [one.group, one.doctor, one.joined].join()
      const all = [...homes, ...moved, ...more]
      return all.filter((one, index) => all.findIndex((other) => nameOf(other) === nameOf(one)) === index).map(inOrder)
    })
}

const anySignatures = (): fc.Arbitrary<Told['signatures']> =>
  fc
    .tuple(
      ...groups.map((group) =>
        fc.uniqueArray(
          fc.record({
            group: fc.constant(group),
            signed: mostly('2020-01-01', anyDay(), 3),
            known: known(),
            retracted: retracted(),
            withdrawn: mostly<Day | null>(null, anyDay(), 5),
            withdrawnKnown: known(),
          }),
          { minLength: 1, maxLength: 3, selector: ({ signed }) => signed },
        ),
      ),
    )
    .map((all) => all.flat().map(inOrder))

const anyPresence = (): fc.Arbitrary<Pick<Row, 'minutes' | 'hours'>> =>
  fc.oneof(
    { arbitrary: fc.constant({}), weight: 6 },
    { arbitrary: oneOf(0, 1, 45, 100, 500).map((minutes) => ({ minutes })), weight: 1 },
    {
      arbitrary: fc
        .subarray<readonly [number, number]>([
          [-30, 40],
          [20, 60],
          [90, 150],
          [100, 900],
          [50, 50],
        ])
        .map((hours) => ({ hours })),
      weight: 1,
    },
  )

const anyRow = (group: string, doctor: string): fc.Arbitrary<Row> =>
  fc
    .record({ presence: anyPresence(), guest: mostly(false, fc.constant(true), 12) })
    .map(({ presence, guest }) => ({ group, doctor, guest, ...presence }))

const anyList = (group: string): fc.Arbitrary<ReadonlyArray<Row>> =>
  fc
    .tuple(...doctors.map((doctor) => fc.option(anyRow(group, doctor), { freq: 5 })))
    .map((rows) => rows.filter((row) => row !== null))

const anySession = (name: string): fc.Arbitrary<ToldSession> =>
  fc
    .record({
      day: anyDay(),
      time: oneOf('01:00', '02:30', '08:00', '14:30', '15:00', '15:00', '23:30'),
      minutes: oneOf(59, 60, 120, 150, 180, 180, 240, 240, 360, 400),
      hospital: oneOf(false, false, true),
      hosts: mostly<ReadonlyArray<string>>([], oneOf(['Kari'], ['Hans'], ['Ola', 'Hans']), 6),
      groups: fc.oneof(
        { arbitrary: fc.constant<ReadonlyArray<string>>(['G1']), weight: 6 },
        { arbitrary: oneOf<ReadonlyArray<string>>(['G2'], ['G2'], ['G3'], ['G1', 'G2'], ['G2', 'G3']), weight: 5 },
      ),
      lists: fc.tuple(...groups.map(anyList)),
      industry: mostly<readonly [string, string] | null>(null, fc.tuple(anyMoment(), anyMoment()), 9),
      known: known(),
      retracted: retracted(),
    })
    .map(({ day, time, lists, industry, ...session }) => {
      const [reported = '', cleared = ''] = [...(industry ?? [])].sort()
      return inOrder({
        name,
        ...session,
        starts: `${day} ${time}`,
        industry: industry === null ? null : { known: reported, cleared },
        rows: lists.flat().filter(({ group }) => session.groups.includes(group)),
      })
    })

const anyChange = (sessions: ReadonlyArray<string>): fc.Arbitrary<Change> =>
  fc
    .record({
      session: oneOf(...sessions),
      row: fc.tuple(oneOf(...groups), oneOf(...doctors)).chain(([group, doctor]) => anyRow(group, doctor)),
      what: oneOf<Change['what']>('add', 'withdraw', 'minutes'),
      minutes: oneOf(0, 30, 90, 500),
      known: known(),
    })
    .map(({ session, row, what, minutes, known }) => ({
      session,
      what,
      known,
      ...(what === 'minutes' ? { group: row.group, doctor: row.doctor, minutes } : { ...row, guest: false }),
    }))

/** A history of four doctors and three groups over two years and a half, under rules in layers. */
export const anyTold = (): fc.Arbitrary<Told> =>
  // As text S10 comes before S2.
  fc
    .subarray(['S1', 'S2', 'S3', 'S10', 'S11', 'S12', 'S4', 'S5', 'S6', 'S7', 'S8', 'S9', 'S13'], { minLength: 7 })
    .chain((names) =>
      fc.record({
        doctors: anyDoctors(),
        merges: mostly<Told['merges']>([], anyMerges(), 1),
        periods: mostly<Told['periods']>([], anyPeriods(), 2),
        groups: anyGroups(),
        stays: anyStays(),
        signatures: anySignatures(),
        sessions: fc.tuple(...names.map(anySession)),
        changes: fc.array(anyChange(names), { maxLength: 4 }).map(apart),
        rules: fc.oneof(fc.constant([]), anyRules(), anyRules(), anyRules()),
      }),
    )
    .map((told) => {
      const isThere = ({ session, group }: Change): boolean =>
        told.sessions.some(({ name, groups }) => name === session && groups.includes(group))
      return { ...told, changes: told.changes.filter(isThere) }
    })

/** A question about such a history. */
export const anyAsked = () =>
  fc.record({
    doctor: oneOf('Kari', ...doctors),
    asOf: mostly(
      '2024-12-31',
      oneOf('2024-12-30', '2024-05-01', '2024-05-02', '2025-05-01', '2025-06-30', '2026-02-27'),
      1,
    ),
    knownAt: mostly('2030-01-01T00:00:00.000Z', anyMoment(), 3),
  })

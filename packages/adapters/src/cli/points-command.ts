// points-command.ts: smagruppe points

import { type DoctorPoints, shownPoints } from '@smagruppe/domain'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import { type Failure, withRegister } from './opening.ts'
import type { QuestionOptions } from './options.ts'
import { type Streams, table, writeCsv } from './output.ts'
import { peopleOf } from './people.ts'
import { asked } from './question.ts'

const header = [
  'hpr',
  'from',
  'to',
  'counted_minutes',
  'mandatory',
  'elective',
  'overflow',
  'pending_minutes',
  'reasons',
]

/** The points of every doctor who has a period that contains the date asked for. */
export const pointsCommand = async (
  options: QuestionOptions & { readonly csv?: string },
  { out }: Streams,
): Promise<Either<Failure, void>> =>
  withRegister(options, async (register) => {
    const question = asked(register, options)
    const everyone = await register.everyonesPoints(question)()
    if (isLeft(everyone)) return everyone
    const people = await peopleOf(
      register,
      everyone.right.map(({ doctor }) => doctor),
    )
    if (isLeft(people)) return people
    const called = everyone.right
      .map((points) => ({
        points,
        hpr: people.right.get(points.doctor)?.hpr ?? points.doctor,
        name: people.right.get(points.doctor)?.name ?? '',
      }))
      .sort(
        (one, other) => one.hpr.length - other.hpr.length || (one.hpr < other.hpr ? -1 : one.hpr > other.hpr ? 1 : 0),
      )
    if (options.csv !== undefined) {
      const written = await writeCsv(
        options.csv,
        header,
        called.map(({ points, hpr }) => rowOf(points, hpr)),
      )
      if (isLeft(written)) return written
    }
    if (options.json === true) {
      out(`${JSON.stringify({ question, points: called.map(({ points, hpr }) => ({ hpr, ...points })) }, null, 2)}\n`)
      return right(undefined)
    }
    const columns = [
      { heading: 'HPR', align: 'right', width: 9 },
      { heading: 'name', width: 20 },
      { heading: 'until', width: 10 },
      { heading: 'minutes', align: 'right' },
      { heading: 'mandatory', align: 'right' },
      { heading: 'elective', align: 'right' },
      { heading: 'missing', align: 'right' },
      { heading: 'pending', align: 'right' },
    ] as const
    const rows = called.map(({ points, hpr, name }) => [
      hpr,
      name,
      points.period?.to ?? '',
      String(points.countedMinutes),
      shownPoints(points.mandatory),
      shownPoints(points.elective),
      shownPoints(points.missing),
      String(points.pendingMinutes),
    ])
    out(
      `Points on ${question.effectiveThrough}, as known at ${question.asKnownAt}\n\n${table(columns, rows)}\n\n${rows.length} doctors; an indication, not a decision\n`,
    )
    return right(undefined)
  })

const rowOf = (points: DoctorPoints, hpr: string): ReadonlyArray<string | number> => [
  hpr,
  points.period?.from ?? '',
  points.period?.to ?? '',
  points.countedMinutes,
  shownPoints(points.mandatory),
  shownPoints(points.elective),
  shownPoints(points.overflow),
  points.pendingMinutes,
  points.lines
    .flatMap(({ label, shortfall }) => (shortfall === null ? [] : [`${label}:${shortfall.reason}`]))
    .sort()
    .join(';'),
]

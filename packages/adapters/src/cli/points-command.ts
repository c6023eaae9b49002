// points-command.ts: smagruppe points

import { shownPoints } from '@smagruppe/domain'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import { everyonesCalledPoints, pointsSheet } from './answer-sheets.ts'
import { type Failure, withRegister } from './opening.ts'
import type { QuestionOptions } from './options.ts'
import { type Streams, table, writeCsv } from './output.ts'
import { asked } from './question.ts'

/** The points of every doctor who has a period that contains the date asked for. */
export const pointsCommand = async (
  options: QuestionOptions & { readonly csv?: string },
  { out }: Streams,
): Promise<Either<Failure, void>> =>
  withRegister(options, async (register) => {
    const question = asked(register, options)
    const called = await everyonesCalledPoints(register, question)
    if (isLeft(called)) return called
    if (options.csv !== undefined) {
      const written = await writeCsv(options.csv, pointsSheet(called.right))
      if (isLeft(written)) return written
    }
    if (options.json === true) {
      const points = called.right.map(({ points, hpr }) => ({ hpr, ...points }))
      out(`${JSON.stringify({ question, points }, null, 2)}\n`)
      return right(undefined)
    }
    const columns = [
      { heading: 'HPR', align: 'right' },
      { heading: 'name', width: 16 },
      { heading: 'before', width: 10 },
      { heading: 'minutes', align: 'right' },
      { heading: 'mandatory', align: 'right' },
      { heading: 'elective', align: 'right' },
      { heading: 'missing', align: 'right' },
      { heading: 'pending', align: 'right' },
    ] as const
    const rows = called.right.map(({ points, hpr, name }) => [
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

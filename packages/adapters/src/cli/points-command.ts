// points-command.ts: smagruppe points

import { notationOf } from '@smagruppe/domain'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import { everyonesCalledPoints, pointsSheet } from './answer-sheets.ts'
import { otherRules, ruledBy } from './by-file.ts'
import { type Failure, withRegister } from './opening.ts'
import type { QuestionOptions } from './options.ts'
import { json, writeCsv } from './output.ts'
import type { Printer } from './printer.ts'
import { asked } from './question.ts'
import { wordsOf, written } from './words.ts'

/** The points of every doctor who has a period that contains the date asked for. */
export const pointsCommand = async (
  options: QuestionOptions & { readonly csv?: string },
  printer: Printer,
): Promise<Either<Failure, void>> =>
  withRegister(options, printer, async (register) => {
    const question = asked(register, options)
    const called = await everyonesCalledPoints(register, question)
    if (isLeft(called)) return called
    if (options.csv !== undefined) {
      const written = await writeCsv(options.csv, pointsSheet(called.right))
      if (isLeft(written)) return written
    }
    if (options.json === true) {
      const points = called.right.map(({ points, hpr }) => ({ hpr, ...points }))
      printer.out(json({ question, ...otherRules(register, options), points }))
      return right(undefined)
    }
    const { points: words } = wordsOf[options.lang]
    const notation = notationOf[options.lang]
    const columns = [
      { heading: 'HPR', align: 'right' },
      { heading: words.columns.name },
      { heading: words.columns.before },
      { heading: words.columns.minutes, align: 'right' },
      { heading: words.columns.mandatory, align: 'right' },
      { heading: words.columns.elective, align: 'right' },
      { heading: words.columns.missing, align: 'right' },
      { heading: words.columns.pending, align: 'right' },
    ] as const
    const rows = called.right.map(({ points, hpr, name }) => [
      hpr,
      name,
      points.period === null ? '' : notation.date(points.period.to),
      String(points.countedMinutes),
      notation.points(points.mandatory),
      notation.points(points.elective),
      notation.points(points.missing),
      String(points.pendingMinutes),
    ])
    const title = [
      ...printer.sentence(words.title(written(options.lang, register, question)), 0),
      ...ruledBy(register, options, printer),
    ].join('\n')
    printer.out(
      `${title}\n\n${printer.table(columns, rows)}\n\n${rows.length === 0 ? words.noDoctors : words.below(rows.length)}\n`,
    )
    return right(undefined)
  })

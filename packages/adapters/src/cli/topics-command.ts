// topics-command.ts: smagruppe topics

import { compareText, notationOf, type Question, type Register, topicCounts } from '@smagruppe/domain'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import { type CalledTopic, calledTopics, topicLogSheet } from './answer-sheets.ts'
import { type Failure, withRegister } from './opening.ts'
import type { QuestionOptions } from './options.ts'
import { json, writeCsv } from './output.ts'
import type { Printer } from './printer.ts'
import { asked } from './question.ts'
import { wordsOf, written } from './words.ts'

interface TopicsOptions extends QuestionOptions {
  readonly csv?: string
  readonly counts?: boolean
}

/** The topic log, or how often each group took up each topic in a year. */
export const topicsCommand = async (options: TopicsOptions, printer: Printer): Promise<Either<Failure, void>> =>
  withRegister(options, printer, async (register) => {
    const question = asked(register, options)
    const called = await calledTopics(register, question)
    if (isLeft(called)) return called
    const topics = called.right
    if (options.csv !== undefined) {
      const written = await writeCsv(options.csv, topicLogSheet(topics))
      if (isLeft(written)) return written
    }
    if (options.counts === true) return printCounts(register, question, topics, options, printer)
    if (options.json === true) {
      printer.out(json({ question, topics: topics.map(({ entry }) => entry) }))
      return right(undefined)
    }
    const { topics: words } = wordsOf[options.lang]
    const columns = [
      { heading: words.columns.date },
      { heading: words.columns.session },
      { heading: words.columns.group },
      { heading: words.columns.topic },
      { heading: words.columns.origin },
    ]
    const rows = topics.map(({ entry: { date, label, wording, origin }, group }) => [
      notationOf[options.lang].date(date),
      label,
      group,
      wording,
      words.origin[origin],
    ])
    const title = printer.sentence(words.title(written(options.lang, register, question)), 0).join('\n')
    printer.out(
      `${title}\n\n${printer.table(columns, rows)}\n\n${rows.length === 0 ? words.noTopics : words.below(rows.length)}\n`,
    )
    return right(undefined)
  })

const printCounts = async (
  register: Register,
  question: Question,
  topics: ReadonlyArray<CalledTopic>,
  options: TopicsOptions,
  printer: Printer,
): Promise<Either<Failure, void>> => {
  const vocabulary = await register.vocabulary(question)()
  if (isLeft(vocabulary)) return vocabulary
  const counts = topicCounts(
    topics.map(({ entry }) => entry),
    vocabulary.right,
  )
  if (options.json === true) {
    printer.out(json({ question, counts }))
    return right(undefined)
  }
  const words = wordsOf[options.lang].topics.columns
  const columns = [
    { heading: words.topic },
    { heading: words.group },
    { heading: words.year },
    { heading: words.times, align: 'right' },
  ] as const
  const called = new Map(topics.map(({ entry, group }) => [entry.group, group]))
  const rows = counts
    .map(({ topic, group, year, times }) => [topic, called.get(group) ?? group, String(year), String(times)] as const)
    .sort(
      ([topic, group, year], other) =>
        compareText(topic, other[0]) || compareText(group, other[1]) || compareText(year, other[2]),
    )
  printer.out(`${printer.table(columns, rows)}\n`)
  return right(undefined)
}

// topics-command.ts: smagruppe topics

import { compareText, type Question, type Register, topicCounts } from '@smagruppe/domain'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import { type CalledTopic, calledTopics, topicLogSheet } from './answer-sheets.ts'
import { type Failure, withRegister } from './opening.ts'
import type { QuestionOptions } from './options.ts'
import { type Streams, table, writeCsv } from './output.ts'
import { asked } from './question.ts'

/** The topic log, or how often each group took up each topic in a year. */
export const topicsCommand = async (
  options: QuestionOptions & { readonly csv?: string; readonly counts?: boolean },
  { out }: Streams,
): Promise<Either<Failure, void>> =>
  withRegister(options, async (register) => {
    const question = asked(register, options)
    const called = await calledTopics(register, question)
    if (isLeft(called)) return called
    const topics = called.right
    if (options.csv !== undefined) {
      const written = await writeCsv(options.csv, topicLogSheet(topics))
      if (isLeft(written)) return written
    }
    if (options.counts === true) return printCounts(register, question, topics, options.json === true, out)
    if (options.json === true) {
      out(`${JSON.stringify({ question, topics: topics.map(({ entry }) => entry) }, null, 2)}\n`)
      return right(undefined)
    }
    const columns = [
      { heading: 'date' },
      { heading: 'session', width: 10 },
      { heading: 'group', width: 10 },
      { heading: 'topic', width: 28 },
      { heading: 'origin', width: 12 },
    ]
    const rows = topics.map(({ entry: { date, label, wording, origin }, group }) => [
      date,
      label,
      group,
      wording,
      origin,
    ])
    out(
      `Topics through ${question.effectiveThrough}, as known at ${question.asKnownAt}\n\n${table(columns, rows)}\n\n${rows.length} topics taken up\n`,
    )
    return right(undefined)
  })

const printCounts = async (
  register: Register,
  question: Question,
  topics: ReadonlyArray<CalledTopic>,
  json: boolean,
  out: Streams['out'],
): Promise<Either<Failure, void>> => {
  const vocabulary = await register.vocabulary(question)()
  if (isLeft(vocabulary)) return vocabulary
  const counts = topicCounts(
    topics.map(({ entry }) => entry),
    vocabulary.right,
  )
  if (json) {
    out(`${JSON.stringify({ question, counts }, null, 2)}\n`)
    return right(undefined)
  }
  const columns = [
    { heading: 'topic', width: 40 },
    { heading: 'group', width: 12 },
    { heading: 'year' },
    { heading: 'times', align: 'right' },
  ] as const
  const called = new Map(topics.map(({ entry, group }) => [entry.group, group]))
  const rows = counts
    .map(({ topic, group, year, times }) => [topic, called.get(group) ?? group, String(year), String(times)] as const)
    .sort(
      ([topic, group, year], other) =>
        compareText(topic, other[0]) || compareText(group, other[1]) || compareText(year, other[2]),
    )
  out(`${table(columns, rows)}\n`)
  return right(undefined)
}

// register-command.ts: smagruppe register

import { type GroupEntry, sizeDistribution } from '@smagruppe/domain'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import { calledGroups, groupRegisterSheet } from './answer-sheets.ts'
import { type Failure, withRegister } from './opening.ts'
import type { QuestionOptions } from './options.ts'
import { type Streams, table, writeCsv } from './output.ts'
import { asked } from './question.ts'

/** The group register on a date, as known at a moment. */
export const registerCommand = async (
  options: QuestionOptions & { readonly csv?: string },
  { out }: Streams,
): Promise<Either<Failure, void>> =>
  withRegister(options, async (register) => {
    const question = asked(register, options)
    const groups = await calledGroups(register, question)
    if (isLeft(groups)) return groups
    const entries = groups.right.map(({ entry }) => entry)
    if (options.csv !== undefined) {
      const written = await writeCsv(options.csv, groupRegisterSheet(groups.right))
      if (isLeft(written)) return written
    }
    if (options.json === true) {
      out(`${JSON.stringify({ question, groups: entries }, null, 2)}\n`)
      return right(undefined)
    }
    const columns = [
      { heading: 'group', width: 10 },
      { heading: 'name', width: 20 },
      { heading: 'place', width: 5 },
      { heading: 'size', align: 'right' },
      { heading: 'warning', width: 8 },
      { heading: 'declared', width: 10 },
      { heading: 'contact', width: 12 },
    ] as const
    const rows = groups.right.map(({ entry, contact }) => [
      entry.label,
      entry.name,
      entry.municipality ?? '',
      String(entry.members.length),
      entry.warning ?? '',
      entry.declaration ?? 'none',
      contact || 'none',
    ])
    out(
      `Groups on ${question.effectiveThrough}, as known at ${question.asKnownAt}\n\n${table(columns, rows)}\n\n${sizes(entries)}\n`,
    )
    return right(undefined)
  })

const sizes = (entries: ReadonlyArray<GroupEntry>): string => {
  const distribution = sizeDistribution(entries)
  if (distribution === null) return 'No groups.'
  const { groups, smallest, largest, median } = distribution
  return `${groups} groups; ${smallest} to ${largest} members, median ${median}`
}

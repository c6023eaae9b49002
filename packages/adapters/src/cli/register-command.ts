// register-command.ts: smagruppe register

import { type GroupEntry, notationOf, sizeDistribution } from '@smagruppe/domain'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import { calledGroups, groupRegisterSheet } from './answer-sheets.ts'
import { otherRules, ruledBy } from './by-file.ts'
import { type Failure, withRegister } from './opening.ts'
import type { QuestionOptions } from './options.ts'
import { json, writeCsv } from './output.ts'
import type { Printer } from './printer.ts'
import { asked } from './question.ts'
import { type Words, wordsOf, written } from './words.ts'

/** The group register on a date, as known at a moment. */
export const registerCommand = async (
  options: QuestionOptions & { readonly csv?: string },
  printer: Printer,
): Promise<Either<Failure, void>> =>
  withRegister(options, printer, async (register) => {
    const question = asked(register, options)
    const groups = await calledGroups(register, question)
    if (isLeft(groups)) return groups
    const entries = groups.right.map(({ entry }) => entry)
    if (options.csv !== undefined) {
      const written = await writeCsv(options.csv, groupRegisterSheet(groups.right))
      if (isLeft(written)) return written
    }
    if (options.json === true) {
      printer.out(json({ question, ...otherRules(register, options), groups: entries }))
      return right(undefined)
    }
    const { register: words } = wordsOf[options.lang]
    const { date } = notationOf[options.lang]
    const columns = [
      { heading: words.columns.group },
      { heading: words.columns.name },
      { heading: words.columns.place },
      { heading: words.columns.size, align: 'right' },
      { heading: words.columns.warning },
      { heading: words.columns.declared },
      { heading: words.columns.contact },
    ] as const
    const rows = groups.right.map(({ entry, contact }) => [
      entry.label,
      entry.name,
      entry.municipality ?? '',
      String(entry.members.length),
      warningOf(entry, words),
      entry.declaration === null ? words.none : date(entry.declaration),
      contact || words.none,
    ])
    const title = [
      ...printer.sentence(words.title(written(options.lang, register, question)), 0),
      ...ruledBy(register, options, printer),
    ].join('\n')
    const sizes = sizeDistribution(entries)
    const below = sizes === null ? words.noGroups : words.below(sizes)
    printer.out(`${title}\n\n${printer.table(columns, rows)}\n\n${below}\n`)
    return right(undefined)
  })

const warningOf = ({ warning }: GroupEntry, { warning: words }: Words['register']): string => {
  if (warning === null) return ''
  const [side, members] = warning.split('_')
  return words[side === 'UNDER' ? 'UNDER' : 'OVER'](Number(members))
}

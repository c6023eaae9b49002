// publish-printed.ts: what became of the rules in a file, for people and as JSON

import { type Language, notationOf, ruleInWords } from '@smagruppe/domain'
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { Failure } from './opening.ts'
import { json } from './output.ts'
import { permittedIn } from './permitted.ts'
import type { Printer } from './printer.ts'
import { problemLine } from './problems.ts'
import { type Change, isSame, type Looked, notPublished, type PublishOptions } from './publish-looking.ts'
import { publishedFor, whatOf } from './published.ts'
import { rulesWordsOf } from './rules-words.ts'
import { wordsOf } from './words.ts'

/** What became of the file: its rules can be published, were now, or were before. */
export type Outcome = 'can be' | 'now' | 'before'

/** Prints it; what is wrong with the file is the failure. */
export const toldOfFile = (
  looked: Looked,
  outcome: Outcome,
  options: PublishOptions & { readonly file: string },
  printer: Printer,
): Either<Failure, void> => {
  const { problems, inTheWay } = looked
  if (options.json === true) printer.out(json(answerOf(looked, outcome, options)))
  if (problems.length > 0) {
    const lines = [`${notPublished(options.file).cannot}:`, ...problems.map(problemLine)]
    return left({ message: [...lines, ...(inTheWay === null ? [] : [inTheWay])].join('\n') })
  }
  if (options.json !== true) printer.out(`${linesOf(looked, outcome, options, printer).join('\n')}\n`)
  return right(undefined)
}

const answerOf = (
  { problems, isPublished, isRetroactive, event, whom, called, changes }: Looked,
  outcome: Outcome,
  { effective: from, until }: PublishOptions,
) => ({
  ...publishedFor(whom, called),
  from,
  until: until ?? null,
  digest: event?.data.digest ?? null,
  published: problems.length === 0 && (isPublished || outcome === 'now'),
  retroactive: isRetroactive,
  problems,
  changes,
})

const linesOf = (
  { event, called, whom, isRetroactive, changes }: Looked,
  outcome: Outcome,
  { effective, until, lang }: PublishOptions,
  printer: Printer,
): ReadonlyArray<string> => {
  const { rules: words } = wordsOf[lang]
  const { date } = notationOf[lang]
  const named = event === null ? '' : `: ${whatOf(event, called)}`
  const term = words.term(date(effective), until === undefined ? null : date(until))
  return [
    ...printer.sentence(`${words.outcome[outcome]}${named}, ${words.layer[whom.layer]}, ${term}`, 0),
    ...printer.sentence(event?.data.digest ?? '', 2),
    ...(isRetroactive && outcome !== 'before'
      ? printer.sentence(rulesWordsOf[lang].retroactive(date(effective)), 2)
      : []),
    '',
    ...(changes.length === 0 ? [words.noChanges] : changes.flatMap((change) => changeLines(change, lang, printer))),
  ]
}

const changeLines = (change: Change, lang: Language, printer: Printer): ReadonlyArray<string> => {
  const { rules: words } = wordsOf[lang]
  return [
    change.parameter,
    ...(['before', 'after'] as const).flatMap((side) =>
      change[side] === null ? [] : printer.sentence(`${words[side]}: ${sideInWords(change, side, lang)}`, 2),
    ),
  ]
}

/** What a parameter says on one side, and what it permits below where that differs. */
const sideInWords = (change: Change, side: 'before' | 'after', lang: Language): string => {
  const { parameter, permission, range } = change
  const says = ruleInWords(parameter, change[side], lang)
  if (permission[side] === null || (isSame(permission) && isSame(range))) return says
  const permits = { permission: permission[side], ...(range[side] === null ? {} : { range: range[side] }) }
  return `${says}; ${permittedIn(lang, parameter, permits)}`
}

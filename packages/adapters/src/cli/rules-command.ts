// rules-command.ts: smagruppe rules: what is in force on a date, and all that was published of it

import { explainedSetAside, type LegalDate, ruleNames, rulesNamed } from '@smagruppe/domain'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import { nationalRules } from './national-rules.ts'
import { type Failure, withRegister } from './opening.ts'
import type { QuestionOptions } from './options.ts'
import { json } from './output.ts'
import type { Printer } from './printer.ts'
import { type Called, calledIn, type Published, publishedFor, untilOf, whomOf } from './published.ts'
import { asked } from './question.ts'
import { type Listed, rulesPrinted } from './rules-printed.ts'

/** What was published of the rules, and what is in force for the whole country on the date. */
export const rulesCommand = async (options: QuestionOptions, printer: Printer): Promise<Either<Failure, void>> =>
  withRegister(options, printer, async (register) => {
    const question = asked(register, options)
    const { effectiveThrough: on } = question
    const published = await register.published(question)()
    if (isLeft(published)) return published
    const rules = await register.rulesInForce(question)()
    if (isLeft(rules)) return rules
    const groups = await register.groupRegister(question)()
    if (isLeft(groups)) return groups
    const events = published.right.map(({ event }) => event)
    const called = await calledIn(register, events.map(whomOf))
    if (isLeft(called)) return called
    const places = new Map(groups.right.map(({ group, municipality }) => [group, municipality]))
    const setAside = rules.right
      .setAsideOn(on, (group) => places.get(group) ?? null)
      .map((one) => explainedSetAside(one, options.lang))
    const inForce = nationalRules(rules.right, on)
    const listed = published.right.map(
      (fact): Listed => ({
        ...fact,
        ...standingOn(on, fact, published.right),
        setAside: setAside.filter(({ said }) => said.event === fact.id),
      }),
    )
    if (options.json === true) {
      const { pack, event, digest } = inForce
      const national = { name: pack.name, event, digest, rules: rulesNamed(pack, ruleNames) }
      printer.out(json({ question, inForce: national, published: listed.map(entryOf(called.right)) }))
      return right(undefined)
    }
    const lines = rulesPrinted({ register, question, inForce, listed, called: called.right }, options.lang, printer)
    printer.out(`${lines.join('\n')}\n`)
    return right(undefined)
  })

/** How long something that was published is in force, and how that stands on a date. */
const standingOn = (
  on: LegalDate,
  { event }: Published,
  all: ReadonlyArray<Published>,
): Pick<Listed, 'until' | 'state'> => {
  const { from } = event.data
  const until = event.type === 'RulePackPublished' ? nextAfter(from, all) : untilOf(event)
  return { until, state: on < from ? 'not yet' : until !== null && until <= on ? 'ended' : 'in force' }
}

/** A pack is in force until the next one's day. */
const nextAfter = (from: LegalDate, all: ReadonlyArray<Published>): LegalDate | null =>
  all
    .flatMap(({ event }) => (event.type === 'RulePackPublished' && event.data.from > from ? [event.data.from] : []))
    .sort()[0] ?? null

const entryOf =
  (called: Called) =>
  ({ id, event, state, until, knownSince, recordedAt, setAside }: Listed) => ({
    event: id,
    ...publishedFor(whomOf(event), called),
    state,
    from: event.data.from,
    until,
    knownSince,
    recordedAt,
    published: event.data,
    setAside,
  })

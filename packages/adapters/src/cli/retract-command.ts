// retract-command.ts: smagruppe rules retract: what was published by mistake is taken back, and stays known as it was until then

import { EventId, type ExecuteError, type KnownSinceNotAllowed, notationOf } from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { type Failure, withRegister } from './opening.ts'
import type { ActingOptions } from './options.ts'
import { json } from './output.ts'
import type { Printer } from './printer.ts'
import { problemLine, problemOf, whyNotDone } from './problems.ts'
import {
  type Called,
  calledIn,
  everPublished,
  type Published,
  publishedFor,
  untilOf,
  whatOf,
  whomOf,
} from './published.ts'
import { rulesWordsOf } from './rules-words.ts'
import { wordsOf } from './words.ts'

export interface RetractOptions extends ActingOptions {
  readonly role: string
  readonly reason: string
}

/** Takes back what has that event's id or that digest; of a retraction's id, what it took back is published again. */
export const retractRulesCommand = (
  what: string,
  options: RetractOptions,
  printer: Printer,
): Promise<Either<Failure, void>> =>
  withRegister(options, printer, async (register) => {
    const before = await everPublished(register)
    if (isLeft(before)) return before
    const corrects = EventId.is(what) ? what : before.right.find(({ event }) => event.data.digest === what)?.id
    if (corrects === undefined) return left({ message: `nothing that stands has the digest ${what}; ${whereListed}` })
    const { by: id, role, reason } = options
    const data = { stream: `rules-${register.scheme.id}`, corrects, reason }
    const done = await register.execute({ type: 'RetractFact', data }, { actor: { id, role } })()
    if (isLeft(done)) return left({ message: whyNotRetracted(done.left, what) })
    const after = await everPublished(register)
    if (isLeft(after)) return after
    const [event = null] = done.right.events
    const takenBack = without(before.right, after.right)
    const broughtBack = without(after.right, before.right)
    const called = await calledIn(
      register,
      [...takenBack, ...broughtBack].map((one) => whomOf(one.event)),
    )
    if (isLeft(called)) return called
    told({ event, takenBack, broughtBack }, called.right, options, printer)
    return right(undefined)
  })

const whereListed = 'smagruppe rules lists what was'

const without = (all: ReadonlyArray<Published>, those: ReadonlyArray<Published>): ReadonlyArray<Published> =>
  all.filter(({ id }) => !those.some((one) => one.id === id))

interface Retracted {
  /** Null where nothing was left to take back. */
  readonly event: EventId | null
  readonly takenBack: ReadonlyArray<Published>
  readonly broughtBack: ReadonlyArray<Published>
}

const told = (
  { event, takenBack, broughtBack }: Retracted,
  called: Called,
  { lang, ...options }: RetractOptions,
  printer: Printer,
): void => {
  if (options.json === true) {
    const entry = entryOf(called)
    printer.out(json({ event, takenBack: takenBack.map(entry), broughtBack: broughtBack.map(entry) }))
    return
  }
  const { rules: words } = wordsOf[lang]
  const { event: eventWords, retracted } = rulesWordsOf[lang]
  const { date } = notationOf[lang]
  const linesOf =
    (outcome: string) =>
    ({ id, event: one }: Published): ReadonlyArray<string> => {
      const until = untilOf(one)
      const term = words.term(date(one.data.from), until === null ? null : date(until))
      const { layer } = whomOf(one)
      return [
        ...printer.sentence(`${outcome}: ${words.layer[layer]}, ${term}: ${whatOf(one, called)}`, 0),
        ...printer.sentence(`${eventWords(id)}, ${one.data.digest}`, 2),
      ]
    }
  const lines = [
    ...takenBack.flatMap(linesOf(retracted.takenBack)),
    ...broughtBack.flatMap(linesOf(retracted.broughtBack)),
    ...printer.sentence(event === null ? retracted.before : retracted.recorded(event), 0),
  ]
  printer.out(`${lines.join('\n')}\n`)
}

const entryOf =
  (called: Called) =>
  ({ id, event }: Published) => {
    const { from, digest } = event.data
    return { event: id, digest, ...publishedFor(whomOf(event), called), from, until: untilOf(event) }
  }

const whyNotRetracted = (error: ExecuteError | KnownSinceNotAllowed, what: string): string => {
  const cannot = `${what} cannot be taken back`
  if (error._tag !== 'Refused')
    return whyNotDone(error, {
      cannot,
      meanwhile: `${what} was not taken back, for others published meanwhile: look again`,
    })
  const { refusal } = error
  if (refusal._tag === 'NoSuchFact') return `nothing that was published has the id ${what}; ${whereListed}`
  if (!('path' in refusal) && refusal._tag !== 'NotForThisActor') return `${cannot}: ${refusal._tag}`
  const next =
    refusal._tag === 'BasisInUse' ? '\ntake back first what rests on it; smagruppe rules lists what stands' : ''
  return `${cannot}:\n${problemLine(problemOf(refusal))}${next}`
}

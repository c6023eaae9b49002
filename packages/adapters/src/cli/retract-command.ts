// retract-command.ts: smagruppe rules retract: what was published by mistake is taken back, and stays known as it was until then

import {
  EventId,
  type ExecuteError,
  type FactInForce,
  instantOf,
  type KnownSinceNotAllowed,
  type Language,
  notationOf,
  type Register,
  type RulesEvent,
} from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { type Failure, withRegister } from './opening.ts'
import { json } from './output.ts'
import type { Printer } from './printer.ts'
import { layerOf, whatOf } from './rules-command.ts'
import { rulesWordsOf } from './rules-words.ts'
import type { SchemeName } from './schemes.ts'
import { wordsOf } from './words.ts'

export interface RetractOptions {
  readonly store: string
  readonly vault?: string
  readonly projections?: string
  readonly scheme?: SchemeName
  readonly role: string
  readonly reason: string
  readonly by: string
  readonly lang: Language
  readonly json?: boolean
}

type Published = FactInForce<RulesEvent>

/** Takes back what has that event's id or that digest; of a retraction's id, what it took back is published again. */
export const retractRulesCommand = (
  what: string,
  options: RetractOptions,
  printer: Printer,
): Promise<Either<Failure, void>> =>
  withRegister(options, printer, async (register) => {
    const before = await standing(register)
    if (isLeft(before)) return before
    const corrects = EventId.is(what) ? what : before.right.find(({ event }) => event.data.digest === what)?.id
    if (corrects === undefined) return left({ message: `nothing that stands has the digest ${what}; ${whereListed}` })
    const { by: id, role, reason } = options
    const data = { stream: `rules-${register.scheme.id}`, corrects, reason }
    const done = await register.execute({ type: 'RetractFact', data }, { actor: { id, role } })()
    if (isLeft(done)) return left({ message: whyNot(done.left, what) })
    const after = await standing(register)
    if (isLeft(after)) return after
    const [event = null] = done.right.events
    told(
      { event, takenBack: without(before.right, after.right), broughtBack: without(after.right, before.right) },
      options,
      printer,
    )
    return right(undefined)
  })

const whereListed = 'smagruppe rules lists what was'

/** Also what is known only later: sheets that run ahead of today are. */
const standing = (register: Register) => register.published({ asKnownAt: instantOf(Number.POSITIVE_INFINITY) })()

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
  { lang, ...options }: RetractOptions,
  printer: Printer,
): void => {
  if (options.json === true) {
    printer.out(json({ event, takenBack: takenBack.map(entryOf), broughtBack: broughtBack.map(entryOf) }))
    return
  }
  const { retracted: words } = rulesWordsOf[lang]
  const lineOf = (outcome: string) => (one: Published) => sentencesOf(one, outcome, lang, printer)
  const lines = [
    ...takenBack.flatMap(lineOf(words.takenBack)),
    ...broughtBack.flatMap(lineOf(words.broughtBack)),
    ...printer.sentence(event === null ? words.before : words.recorded(event), 0),
  ]
  printer.out(`${lines.join('\n')}\n`)
}

const entryOf = ({ id, event }: Published) => {
  const { from, digest } = event.data
  return { event: id, digest, layer: layerOf(event), from, until: untilOf(event) }
}

const untilOf = (event: RulesEvent) => (event.type === 'RulePackPublished' ? null : event.data.until)

const sentencesOf = (
  { id, event }: Published,
  outcome: string,
  lang: Language,
  printer: Printer,
): ReadonlyArray<string> => {
  const { rules: words } = wordsOf[lang]
  const { date } = notationOf[lang]
  const until = untilOf(event)
  const term = words.term(date(event.data.from), until === null ? null : date(until))
  return [
    ...printer.sentence(`${outcome}: ${words.layer[layerOf(event)]}, ${term}: ${whatOf(event)}`, 0),
    ...printer.sentence(`${rulesWordsOf[lang].event(id)}, ${event.data.digest}`, 2),
  ]
}

const whyNot = (error: ExecuteError | KnownSinceNotAllowed, what: string): string => {
  if ('message' in error) return error.message
  if (error._tag === 'CommandMalformed') return `${what} cannot be taken back: ${error.found}`
  if (error._tag === 'UndecodableEvent') return `an event of the rules cannot be read: ${error.reason}`
  if (error._tag !== 'Refused') return `${what} was not taken back, for others published meanwhile: look again`
  const { refusal } = error
  if (refusal._tag === 'NoSuchFact') return `nothing that was published has the id ${what}; ${whereListed}`
  if (refusal._tag === 'NotForThisActor')
    return `${what} cannot be taken back:\n  --role: found ${refusal.role}, expected ${refusal.needed}`
  if (!('path' in refusal)) return `${what} cannot be taken back: ${refusal._tag}`
  const line = `  ${refusal.path}: found ${refusal.found}, expected ${refusal.expected}`
  const next =
    refusal._tag === 'BasisInUse' ? '\ntake back first what rests on it; smagruppe rules lists what stands' : ''
  return `${what} cannot be taken back:\n${line}${next}`
}

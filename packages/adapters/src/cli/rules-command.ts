// rules-command.ts: smagruppe rules

import {
  canonical,
  dateIn,
  explainedSetAside,
  type FactInForce,
  type Layer,
  type LegalDate,
  nationally,
  notationOf,
  type RulePack,
  type RulesEvent,
  ruleNames,
  rulesNamed,
} from '@smagruppe/domain'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import { type Failure, withRegister } from './opening.ts'
import type { QuestionOptions } from './options.ts'
import { json } from './output.ts'
import type { Printer } from './printer.ts'
import { asked } from './question.ts'
import { rulesWordsOf } from './rules-words.ts'
import { wordsOf, written } from './words.ts'

/** What was published of the rules, and what is in force for the whole country on the date. */
export const rulesCommand = async (options: QuestionOptions, printer: Printer): Promise<Either<Failure, void>> =>
  withRegister(options, printer, async (register) => {
    const question = asked(register, options)
    const published = await register.published(question)()
    if (isLeft(published)) return published
    const known = await register.rulesInForce(question)()
    if (isLeft(known)) return known
    const nobody = nationally(question.effectiveThrough)
    const pack = known.right.at(nobody)
    const { event = null, digest = null } = known.right.layersAt(nobody)[0] ?? {}
    const groups = await register.groupRegister(question)()
    if (isLeft(groups)) return groups
    const places = new Map(groups.right.map(({ group, municipality }) => [group, municipality]))
    const setAside = known.right
      .setAsideOn(question.effectiveThrough, (group) => places.get(group) ?? null)
      .map((one) => explainedSetAside(one, options.lang))
    const entries = published.right.map((fact) => ({
      ...entryOf(fact, published.right, question.effectiveThrough),
      setAside: setAside.filter(({ said }) => said.event === fact.id),
    }))
    if (options.json === true) {
      const inForce = { name: pack.name, event, digest, rules: rulesNamed(pack, ruleNames) }
      printer.out(json({ question, inForce, published: entries }))
      return right(undefined)
    }
    const { rules: words } = wordsOf[options.lang]
    const { date } = notationOf[options.lang]
    const called = new Map(published.right.map(({ id, event }) => [id, whatOf(event)]))
    const listed = entries.flatMap((entry) => {
      const { layer, state, from, until, knownSince, published: said } = entry
      const term = words.term(date(from), until === null ? null : date(until))
      const since = words.published(date(dateIn(pack.zone, knownSince)))
      const id = rulesWordsOf[options.lang].event(entry.event)
      return [
        ...printer.sentence(`${words.layer[layer]}, ${term}, ${words.state[state]}: ${called.get(entry.event)}`, 0),
        ...printer.sentence(`${since}, ${id}, ${said.digest}`, 2),
        ...entry.setAside.flatMap(({ text }) => printer.sentence(text, 2)),
      ]
    })
    const lines = [
      words.title(written(options.lang, register, question)),
      '',
      ...printer.sentence(words.inForce(pack.name, digest), 0),
      '',
      printer.table([{ heading: words.parameter }, { heading: words.value }], valuesIn(pack)),
      '',
      words.sources,
      ...sourcesOf(pack).flatMap((source) => printer.sentence(source, 0)),
      '',
      ...(listed.length === 0 ? [words.nothing] : listed),
    ]
    printer.out(`${lines.join('\n')}\n`)
    return right(undefined)
  })

const valuesIn = (pack: RulePack): ReadonlyArray<ReadonlyArray<string>> =>
  rulesNamed(pack, ruleNames).map(({ name, value }) => [name, typeof value === 'string' ? value : canonical(value)])

/** Where the rules are written, each place once, with the parameters that it is the source of. */
const sourcesOf = (pack: RulePack): ReadonlyArray<string> => {
  const named = new Map<string, string[]>()
  for (const { name, source } of rulesNamed(pack, ruleNames)) {
    const place = `${source.title}, ${source.address}`
    named.set(place, [...(named.get(place) ?? []), name])
  }
  return [...named].map(([place, names]) => `${place}: ${names.join(', ')}`)
}

/** One thing that was published, how long it is in force, and how that stands on the date asked for. */
const entryOf = (
  { id, event, knownSince, recordedAt }: FactInForce<RulesEvent>,
  all: ReadonlyArray<FactInForce<RulesEvent>>,
  on: LegalDate,
) => {
  const { from } = event.data
  const until = event.type === 'RulePackPublished' ? nextAfter(from, all) : event.data.until
  const state = on < from ? 'not yet' : until !== null && until <= on ? 'ended' : 'in force'
  return {
    event: id,
    layer: layerOf(event),
    state,
    from,
    until,
    knownSince,
    recordedAt,
    published: event.data,
  } as const
}

/** A pack is in force until the next one's day. */
const nextAfter = (from: LegalDate, all: ReadonlyArray<FactInForce<RulesEvent>>): LegalDate | null =>
  all
    .flatMap(({ event }) => (event.type === 'RulePackPublished' && event.data.from > from ? [event.data.from] : []))
    .sort()[0] ?? null

/** At which level something was published. */
export const layerOf = (event: RulesEvent): Layer =>
  event.type === 'RulePackPublished'
    ? 'national'
    : event.type === 'LocalAdaptationAdopted'
      ? event.data.scope.layer
      : 'dispensation'

/** What was published, by its name and for whom. */
export const whatOf = (event: RulesEvent): string => {
  switch (event.type) {
    case 'RulePackPublished':
      return event.data.name
    case 'LocalAdaptationAdopted': {
      const { name, scope } = event.data
      const where =
        scope.layer === 'region'
          ? scope.municipalities.join(', ')
          : scope.layer === 'hospital'
            ? scope.hospital
            : scope.group
      return `${name} (${where})`
    }
    case 'DispensationGranted':
      return event.data.doctor
  }
}

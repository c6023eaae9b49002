// rules-printed.ts: the rules in force and what was published of them, for people: what each says, with its unit, and what it permits

import {
  dateIn,
  type ExplainedSetAside,
  type Language,
  type LegalDate,
  notationOf,
  type Question,
  type Register,
  type RulePack,
  type RulesEvent,
  ruleInWords,
  ruleNames,
  rulesNamed,
} from '@smagruppe/domain'
import type { NationalRules } from './national-rules.ts'
import { permittedIn } from './permitted.ts'
import type { Printer } from './printer.ts'
import { type Called, type Published, whatOf, whomOf } from './published.ts'
import { rulesWordsOf } from './rules-words.ts'
import { type Words, wordsOf, written } from './words.ts'

/** Something that was published, as it stands on the date asked for. */
export interface Listed extends Published {
  readonly until: LegalDate | null
  readonly state: keyof Words['rules']['state']
  readonly setAside: ReadonlyArray<ExplainedSetAside>
}

/** The answer of `smagruppe rules`. */
export interface RulesAnswer {
  readonly register: Register
  readonly question: Question
  readonly inForce: NationalRules
  readonly listed: ReadonlyArray<Listed>
  readonly called: Called
}

export const rulesPrinted = (answer: RulesAnswer, lang: Language, printer: Printer): ReadonlyArray<string> => {
  const { rules: words } = wordsOf[lang]
  const { register, question, inForce, listed } = answer
  return [
    ...printer.sentence(words.title(written(lang, register, question)), 0),
    '',
    ...printer.sentence(words.inForce(inForce.pack.name, inForce.digest), 0),
    '',
    rulesTable(answer, lang, printer),
    '',
    words.sources,
    ...sourcesOf(inForce.pack).flatMap((source) => printer.sentence(source, 0)),
    '',
    ...(listed.length === 0 ? [words.nothing] : listed.flatMap((one) => linesOf(one, answer, lang, printer))),
  ]
}

/** What each rule says; and what it permits below, where it was published: what nobody published cannot be adapted. */
const rulesTable = ({ inForce, listed }: RulesAnswer, lang: Language, printer: Printer): string => {
  const { rules: words } = wordsOf[lang]
  const parameter = { heading: words.parameter, breaks: 'late' } as const
  const by = listed.find(({ id }) => id === inForce.event)?.event
  const said = rulesNamed(inForce.pack, ruleNames).map(({ name, value }) => [name, ruleInWords(name, value, lang)])
  if (by === undefined) return printer.table([parameter, { heading: words.value }], said)
  const { parameters } = by.data
  return printer.table(
    [parameter, { heading: words.value }, { heading: rulesWordsOf[lang].below.heading }],
    ruleNames.map((name, nth) => [...(said[nth] ?? []), permittedIn(lang, name, parameters[name])]),
  )
}

const linesOf = (
  { id, event, state, until, knownSince, setAside }: Listed,
  { inForce, called }: RulesAnswer,
  lang: Language,
  printer: Printer,
): ReadonlyArray<string> => {
  const { rules: words } = wordsOf[lang]
  const { date } = notationOf[lang]
  const term = words.term(date(event.data.from), until === null ? null : date(until))
  const since = words.published(date(dateIn(inForce.pack.zone, knownSince)))
  const { layer } = whomOf(event)
  return [
    ...printer.sentence(`${words.layer[layer]}, ${term}, ${words.state[state]}: ${whatOf(event, called)}`, 0),
    ...printer.sentence(`${since}, ${rulesWordsOf[lang].event(id)}, ${event.data.digest}`, 2),
    ...(layer === 'national' ? [] : saidBy(event, lang).flatMap((sentence) => printer.sentence(sentence, 2))),
    ...setAside.flatMap(({ text }) => printer.sentence(text, 2)),
  ]
}

/** What a layer says of the few parameters that it sets. */
const saidBy = ({ data: { parameters } }: RulesEvent, lang: Language): ReadonlyArray<string> =>
  ruleNames.flatMap((name) => {
    const said = parameters[name]
    if (said === undefined) return []
    const permits = said.permission === undefined ? '' : `; ${permittedIn(lang, name, said)}`
    return [`${name}: ${ruleInWords(name, said.value, lang)}${permits}`]
  })

/** Where the rules are written, each place once, with the parameters that it is the source of. */
const sourcesOf = (pack: RulePack): ReadonlyArray<string> => {
  const named = new Map<string, string[]>()
  for (const { name, source } of rulesNamed(pack, ruleNames)) {
    const place = `${source.title}, ${source.address}`
    named.set(place, [...(named.get(place) ?? []), name])
  }
  return [...named].map(([place, names]) => `${place}: ${names.join(', ')}`)
}

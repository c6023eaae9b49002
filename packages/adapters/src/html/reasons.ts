/// <reference lib="dom" />
// reasons.ts: what became of each attendance and activity, why, by which rules, and the facts that it rests on

import {
  type ExplainedActivity,
  type ExplainedLine,
  type ExplainedRule,
  type ExplainedSetAside,
  type ExplainedWithdrawal,
  type FactReference,
  headingsOf,
  type InWords,
  isPending,
  type Language,
  notationOf,
} from '@smagruppe/domain'
import type { Make, Part } from './making.ts'
import { pageWordsOf } from './words.ts'

/** An attendance with its reasons. Its heading is of the fourth level. */
export const attendance = (make: Make, language: Language, one: ExplainedLine): Element => {
  const { text, points, heldBack, shortfall, carriedBy, nearest, facts } = one
  const words = pageWordsOf[language]
  const why = [...one.cuts, shortfall === null ? one.capped : null, shortfall].filter((part) => part !== null)
  const reasons = [
    ...why.map((part) => make('p', {}, part.text)),
    carriedBy?.text === undefined ? null : make('p', {}, carriedBy.text),
    nearest === null ? null : make('p', { class: nearest.steps.length === 0 ? 'settled' : 'open' }, nearest.text),
    rulesList(make, language, [...one.rules, ...one.countedBy, ...one.adapted]),
    setAsideList(make, one.setAside),
    factsList(make, language, facts),
  ]
  if (shortfall === null)
    return entry(make, 'counts', text, words.countsAs(notationOf[language].points(points)), reasons)
  return isPending(one)
    ? entry(make, 'pending', text, words.heldBack(heldBack), reasons)
    : entry(make, 'nothing', text, words.nothing, reasons)
}

/** An attendance that was taken off the list. */
export const withdrawal = (make: Make, language: Language, { text, rules, facts }: ExplainedWithdrawal): Element =>
  entry(make, 'nothing', text, pageWordsOf[language].nothing, [
    rulesList(make, language, rules),
    factsList(make, language, facts),
  ])

/** An activity with what cut it. */
export const activity = (make: Make, language: Language, one: ExplainedActivity): Element => {
  const { counts, nothing } = pageWordsOf[language]
  const isCounted = [one.demanded, one.elective].some(({ numerator }) => numerator > 0)
  return entry(make, isCounted ? 'counts' : 'nothing', one.text, isCounted ? counts : nothing, [
    make('p', {}, one.shared),
    ...one.cuts.map(({ text }) => make('p', {}, text)),
    rulesList(make, language, one.rules),
    factsList(make, language, one.facts),
  ])
}

const signs = { counts: '✓', pending: '…', nothing: '✗' } as const

const entry = (
  make: Make,
  status: keyof typeof signs,
  text: string,
  standing: string,
  reasons: ReadonlyArray<Part>,
): Element =>
  make(
    'article',
    { class: status },
    make('h4', {}, text),
    make('p', { class: 'standing' }, `${signs[status]} ${standing}`),
    ...reasons,
  )

/** Rules with the level at which they were set and where they are written; nothing where there are none. */
export const rulesList = (make: Make, language: Language, rules: ReadonlyArray<ExplainedRule>): Part =>
  rules.length === 0
    ? null
    : make(
        'ul',
        { class: 'rules' },
        ...rules.map((rule) => make('li', {}, ...linked(make, rule), levelOf(make, language, rule))),
      )

/** What a layer says to no effect; nothing where none does. */
export const setAsideList = (make: Make, setAside: ReadonlyArray<ExplainedSetAside>): Part =>
  setAside.length === 0 ? null : make('ul', { class: 'rules' }, ...setAside.map(({ text }) => make('li', {}, text)))

/** What published a rule stands in its text, and with it the level. */
const levelOf = (make: Make, language: Language, { event, layer }: ExplainedRule): Part =>
  event === null ? make('span', { class: 'level' }, ` (${headingsOf[language].layer[layer]})`) : null

/** The text with its source, which it ends with, as a link where it is a place on the web. */
const linked = (make: Make, { text, source: { address } }: ExplainedRule): ReadonlyArray<Part> =>
  /^https?:\/\//.test(address) && text.endsWith(address)
    ? [text.slice(0, -address.length), make('a', { href: address }, address)]
    : [text]

/** Facts, to be opened on a screen; nothing where there are none. */
export const factsList = (make: Make, language: Language, facts: ReadonlyArray<InWords<FactReference>>): Part =>
  facts.length === 0
    ? null
    : make(
        'details',
        {},
        make('summary', {}, `${headingsOf[language].facts.replace(/:$/, '')} (${facts.length})`),
        make('ul', { class: 'facts' }, ...facts.map(({ text }) => make('li', {}, text))),
      )

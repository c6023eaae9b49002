// rule-words.ts: rules in words: what one says, where it is written, and which layer set it

import { parameters } from '../rules/parameters.ts'
import { type AppliedRule, noSource, type RuleName, type SetBy } from '../rules/rule-pack.ts'
import type { SetAside } from '../rules/set-aside.ts'
import { type InWords, type Language, phrasesOf } from './language.ts'
import type { Phrases } from './phrases.ts'

/** A rule that decided something, in data and in words. */
export type ExplainedRule = InWords<AppliedRule>

/** What a layer says to no effect, and the rule that judges instead, in data and in words. */
export type ExplainedSetAside = InWords<SetAside>

/** A rule that decided something, in that language. */
export const explainedRule = (applied: AppliedRule, language: Language): ExplainedRule => ({
  ...applied,
  text: phrasesOf[language].ruled({ name: applied.name, ...saidOf(applied, language), setBy: setByOf(applied) }),
})

/** What a layer says to no effect, with the rule that judges instead, in that language. */
export const explainedSetAside = (one: SetAside, language: Language = 'en'): ExplainedSetAside => {
  const { said, instead, because } = one
  return {
    ...one,
    text: phrasesOf[language].setAside({
      name: said.name,
      ...saidOf(said, language),
      by: said,
      instead: { ...saidOf(instead, language), setBy: setByOf(instead) },
      because,
    }),
  }
}

const saidOf = (rule: Pick<AppliedRule, 'name' | 'value' | 'source'>, language: Language) => ({
  says: ruleInWords(rule.name, rule.value, language),
  source: sourceText(rule, language),
})

const setByOf = ({ layer, event }: AppliedRule): SetBy | null => (event === null ? null : { layer, event })

/** What a rule says at that value, as part of a sentence and in that language; its name alone where it cannot have that value. */
export const ruleInWords = (name: RuleName, value: unknown, language: Language = 'en'): string =>
  saidBy(phrasesOf[language], name, value)

// The codec ties a value to the name of its parameter again.
const saidBy = <N extends RuleName>(phrases: Phrases, name: N, value: unknown): string => {
  const { is } = parameters[name]
  return is(value) ? phrases.rule[name](value) : name
}

/** A source as people read it, or that a draft gives none. */
const sourceText = ({ source }: Pick<AppliedRule, 'source'>, language: Language): string =>
  source.title === noSource.title ? none[language] : `${source.title}, ${source.address}`

const none: Readonly<Record<Language, string>> = { en: 'none is given', nb: 'ingen er oppgitt' }

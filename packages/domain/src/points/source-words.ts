// source-words.ts: where a rule is written, in each language

import { type AppliedRule, noSource } from '../rules/rule-pack.ts'
import type { Language } from './language.ts'

/** A source as people read it, or that a draft gives none. */
export const sourceText = ({ source }: Pick<AppliedRule, 'source'>, language: Language): string =>
  source.title === noSource.title ? none[language] : `${source.title}, ${source.address}`

const none: Readonly<Record<Language, string>> = { en: 'none is given', nb: 'ingen er oppgitt' }

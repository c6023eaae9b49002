// headings.ts: what the parts of explanations are headed by, for those who lay them out themselves

import type { Layer } from '../values/layer.ts'
import { forecastWordsOf } from './forecast-words.ts'
import { type Language, phrasesOf } from './language.ts'

/** What the parts of an explanation and of a forecast are headed by, and what the levels of the rules are called. */
export interface Headings {
  readonly facts: string
  readonly judgedBy: string
  readonly totalFollows: string
  readonly periodRestsOn: string
  readonly thresholdsRestOn: string
  readonly plannedSessions: string
  readonly stillMissing: string
  readonly layer: { readonly [L in Layer]: string }
}

/** The headings in each language, as the text of an explanation has them. */
export const headingsOf: Readonly<Record<Language, Headings>> = {
  en: { ...phrasesOf.en, ...forecastWordsOf.en },
  nb: { ...phrasesOf.nb, ...forecastWordsOf.nb },
}

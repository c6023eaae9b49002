// language.ts: the languages that points are explained in

import { english } from './english.ts'
import { norwegian } from './norwegian.ts'
import type { Notation, Phrases } from './phrases.ts'

/** English and Norwegian bokmål, as their codes in ISO 639-1. */
export const languages = ['en', 'nb'] as const

/** A language that points are explained in. */
export type Language = (typeof languages)[number]

/** The words of each language. */
export const phrasesOf: Readonly<Record<Language, Phrases>> = { en: english, nb: norwegian }

/** How each language writes dates, moments and numbers, for those who print more than explanations. */
export const notationOf: Readonly<Record<Language, Notation>> = phrasesOf

/** What is meant, and beside it what is said of it, in one sentence or part of one. */
export type InWords<A> = A & { readonly text: string }

// what-if-words.ts: what stands around a comparison of rules, in each language

import type { Language } from '@smagruppe/domain'
import type { Asked } from './words.ts'

/** The words of `smagruppe what-if`. */
export interface WhatIfWords {
  readonly title: (draft: string, asked: Asked) => string
  readonly rules: string
  readonly sameRules: string
  readonly columns: Readonly<Record<'name' | 'period' | 'before' | 'after' | 'difference' | 'why', string>>
  readonly groupColumns: Readonly<Record<'group' | 'gaining' | 'losing', string>>
  /** So many attendances came out so before, and come out so now, by these rules. */
  readonly outcomes: (attendances: number, before: string, after: string, rules: string) => string
  readonly counts: string
  readonly pending: (reason: string) => string
  /** No rule of its own: what became of other attendances did it. */
  readonly follows: string
  readonly moved: (from: string, to: string) => string
  readonly begins: string
  readonly goes: string
  readonly demanded: string
  readonly nobody: string
  readonly below: (fates: {
    readonly gaining: number
    readonly losing: number
    readonly otherwise: number
    readonly unchanged: number
  }) => string
  readonly sums: (before: string, after: string, difference: string) => string
  readonly indication: string
  /** What comes before an attendance on either side, with the points given for it. */
  readonly inForce: (points: string) => string
  readonly draft: (points: string) => string
}

const english: WhatIfWords = {
  title: (draft, { date, asKnown }) => `What if: ${draft}, over all that had happened by ${date}, ${asKnown}`,
  rules: 'The draft says otherwise:',
  sameRules: 'The draft says what is in force.',
  columns: { name: 'name', period: 'period', before: 'in force', after: 'draft', difference: 'change', why: 'why' },
  groupColumns: { group: 'group', gaining: 'gain', losing: 'lose' },
  outcomes: (attendances, before, after, rules) =>
    `${attendances} × ${before === after ? before : `${before} → ${after}`} (${rules})`,
  counts: 'counts',
  pending: (reason) => `${reason} for now`,
  follows: 'follows from others',
  moved: (from, to) => `from ${from} until ${to}`,
  begins: 'a period more',
  goes: 'a period less',
  demanded: 'same points, other demands',
  nobody: 'Nothing changes for anybody.',
  below: ({ gaining, losing, otherwise, unchanged }) =>
    `Doctors: ${gaining} gain, ${losing} lose, ${otherwise} change otherwise, ${unchanged} unchanged`,
  sums: (before, after, difference) =>
    `All periods together: ${before} points in force, ${after} by the draft, ${difference}`,
  indication: 'An indication, not a decision: publishing rules is the authority’s.',
  inForce: (points) => `In force, ${points} points:`,
  draft: (points) => `Draft, ${points} points:`,
}

const norwegian: WhatIfWords = {
  title: (draft, { date, asKnown }) => `Hva om: ${draft}, for alt som hadde skjedd per ${date}, ${asKnown}`,
  rules: 'Utkastet sier noe annet:',
  sameRules: 'Utkastet sier det som gjelder.',
  columns: {
    name: 'navn',
    period: 'periode',
    before: 'gjelder',
    after: 'utkast',
    difference: 'endring',
    why: 'hvorfor',
  },
  groupColumns: { group: 'gruppe', gaining: 'flere', losing: 'færre' },
  outcomes: (attendances, before, after, rules) =>
    `${attendances} × ${before === after ? before : `${before} → ${after}`} (${rules})`,
  counts: 'teller',
  pending: (reason) => `${reason} foreløpig`,
  follows: 'følger av andre',
  moved: (from, to) => `fra ${from} til ${to}`,
  begins: 'en periode til',
  goes: 'en periode mindre',
  demanded: 'samme poeng, andre krav',
  nobody: 'Ingenting endrer seg for noen.',
  below: ({ gaining, losing, otherwise, unchanged }) =>
    `Leger: ${gaining} får flere, ${losing} færre, ${otherwise} endres på annen måte, ${unchanged} uendret`,
  sums: (before, after, difference) =>
    `Alle perioder til sammen: ${before} poeng slik det er, ${after} med utkastet, ${difference}`,
  indication: 'En veiledende beregning, ikke et vedtak: regler kunngjøres av rette myndighet.',
  inForce: (points) => `Gjelder, ${points} poeng:`,
  draft: (points) => `Utkast, ${points} poeng:`,
}

/** The words of each language. */
export const whatIfWordsOf: Readonly<Record<Language, WhatIfWords>> = { en: english, nb: norwegian }

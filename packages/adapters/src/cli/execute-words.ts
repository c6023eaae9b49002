// execute-words.ts: what is told of commands carried out, in each language

import type { Language } from '@smagruppe/domain'

/** How many lines came out how, and what they added. */
export interface Counted {
  readonly lines: number
  readonly done: number
  readonly events: number
  readonly before: number
  readonly nothing: number
  readonly rejected: number
}

/** The words of `smagruppe execute`. */
export interface ExecuteWords {
  /** What is called so where no file is named. */
  readonly input: string
  readonly summary: (file: string, counted: Counted) => string
  readonly rejected: string
  readonly line: (number: number, type: string | null) => string
  readonly more: (lines: number) => string
  /** Where refusals and errors are explained. */
  readonly explained: string
}

const count = (n: number, one: string, several: string): string => `${n} ${n === 1 ? one : several}`

const english: ExecuteWords = {
  input: 'standard input',
  summary: (file, { lines, done, events, before, nothing, rejected }) =>
    `Executed ${file}: ${count(lines, 'line', 'lines')}, ${done} carried out (${count(events, 'event', 'events')} added), ${before} carried out before, ${nothing} with nothing to do, ${rejected} not taken.`,
  rejected: 'Not taken:',
  line: (number, type) => (type === null ? `line ${number}` : `line ${number}, ${type}`),
  more: (lines) => `… and ${lines} more`,
  explained: 'docs/errors.md explains every refusal, under “Why the domain says no”, and every error.',
}

const norwegian: ExecuteWords = {
  input: 'standard inn',
  summary: (file, { lines, done, events, before, nothing, rejected }) =>
    `Utførte ${file}: ${count(lines, 'linje', 'linjer')}, ${done} utført (${count(events, 'hendelse', 'hendelser')} lagt til), ${before} utført fra før, ${nothing} uten noe å gjøre, ${rejected} ikke tatt med.`,
  rejected: 'Ikke tatt med:',
  line: (number, type) => (type === null ? `linje ${number}` : `linje ${number}, ${type}`),
  more: (lines) => `… og ${lines} til`,
  explained: 'docs/errors.md forklarer hvert avslag, under «Why the domain says no», og hver feil (på engelsk).',
}

/** The words of each language. */
export const executeWordsOf: Readonly<Record<Language, ExecuteWords>> = { en: english, nb: norwegian }

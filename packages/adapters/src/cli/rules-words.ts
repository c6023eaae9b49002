// rules-words.ts: what stands around rules published and taken back, in each language

import type { Language } from '@smagruppe/domain'

/** The words of the parts of `smagruppe rules`. */
export interface RulesWords {
  readonly event: (id: string) => string
  readonly retracted: {
    readonly takenBack: string
    readonly broughtBack: string
    readonly before: string
    readonly recorded: (event: string) => string
  }
}

const english: RulesWords = {
  event: (id) => `event ${id}`,
  retracted: {
    takenBack: 'Taken back',
    broughtBack: 'Stands again',
    before: 'Was taken back before, nothing added.',
    recorded: (event) =>
      `Recorded as event ${event}, which can be taken back likewise. Answers as known before stay as they were.`,
  },
}

const norwegian: RulesWords = {
  event: (id) => `hendelse ${id}`,
  retracted: {
    takenBack: 'Trukket tilbake',
    broughtBack: 'Gjelder igjen',
    before: 'Var trukket tilbake fra før, ingenting lagt til.',
    recorded: (event) =>
      `Registrert som hendelse ${event}, som kan trekkes tilbake på samme måte. Svar slik det var kjent før, står ved lag.`,
  },
}

/** The words of each language. */
export const rulesWordsOf: Readonly<Record<Language, RulesWords>> = { en: english, nb: norwegian }

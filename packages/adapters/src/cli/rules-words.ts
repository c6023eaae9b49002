// rules-words.ts: what stands around rules published and taken back, in each language

import type { Language, Permission } from '@smagruppe/domain'

/** The words of the parts of `smagruppe rules`. */
export interface RulesWords {
  readonly event: (id: string) => string
  /** Of an answer by the rules in a file: what it leaves out is as in the rules that the scheme was founded with. */
  readonly byFile: (file: string, founding: string) => string
  /** Of a draft in a file: what it leaves out is as in force; `digest` is null for the founding rules. */
  readonly draftOn: (file: string, inForce: string, digest: string | null) => string
  /** A draft that has no name of its own. */
  readonly draftIn: (file: string) => string
  /** What layers below may do with a parameter. */
  readonly below: {
    readonly heading: string
    readonly permission: Readonly<Record<Permission, string>>
    readonly range: (least: number, most: number) => string
  }
  /** Of rules that hold from a day before today. */
  readonly retroactive: (from: string) => string
  readonly retracted: {
    readonly takenBack: string
    readonly broughtBack: string
    readonly before: string
    readonly recorded: (event: string) => string
  }
}

const english: RulesWords = {
  event: (id) => `event ${id}`,
  byFile: (file, founding) => `By the rules in ${file}, not those published. What it leaves out is as in: ${founding}`,
  draftOn: (file, inForce, digest) =>
    `What ${file} leaves out is as in force: ${inForce}, ${digest ?? 'not published: the founding rules'}`,
  draftIn: (file) => `the rules in ${file}`,
  below: {
    heading: 'layers below',
    permission: { fixed: 'fixed', 'may-be-stricter': 'may be stricter', free: 'free' },
    range: (least, most) => `${least} to ${most}`,
  },
  retroactive: (from) =>
    `${from} has passed: they also judge what was already held in their time, so new answers change. Answers as known before they are published stay as they were.`,
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
  byFile: (file, founding) => `Etter reglene i ${file}, ikke de kunngjorte. Det den utelater, er som i: ${founding}`,
  draftOn: (file, inForce, digest) =>
    `Det ${file} utelater, er som det gjelder: ${inForce}, ${digest ?? 'ikke kunngjort: reglene ordningen begynte med'}`,
  draftIn: (file) => `reglene i ${file}`,
  below: {
    heading: 'nivåene under',
    permission: { fixed: 'ligger fast', 'may-be-stricter': 'kan skjerpes', free: 'fritt' },
    range: (least, most) => `${least} til ${most}`,
  },
  retroactive: (from) =>
    `${from} er passert: de gjelder også det som alt er holdt i deres tid, så nye svar endres. Svar slik det var kjent før de kunngjøres, står ved lag.`,
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

// question.ts: the question that the options of a command ask

import { endOf, type Instant, type Question, type Register } from '@smagruppe/domain'
import type { KnownAt, QuestionOptions } from './options.ts'

/** Today and now where nothing else was said; a day begins and ends where the rules count theirs. */
export const asked = (register: Register, { asOf, knownAt }: QuestionOptions): Question =>
  register.question({
    ...(asOf === undefined ? {} : { effectiveThrough: asOf }),
    ...(knownAt === undefined ? {} : { asKnownAt: momentMeant(knownAt, register) }),
  })

/** The moment that was written, or the one at which the day is over where the rules count their days. */
export const momentMeant = (knownAt: KnownAt, { rules }: Register): Instant =>
  'moment' in knownAt ? knownAt.moment : endOf(rules.zone, knownAt.endOf)

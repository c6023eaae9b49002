// question.ts: the question that the options of a command ask

import { endOf, type Question, type Register } from '@smagruppe/domain'
import type { QuestionOptions } from './options.ts'

/** Today and now where nothing else was said; a day begins and ends where the rules count theirs. */
export const asked = ({ question, rules }: Register, { asOf, knownAt }: QuestionOptions): Question =>
  question({
    ...(asOf === undefined ? {} : { effectiveThrough: asOf }),
    ...(knownAt === undefined
      ? {}
      : { asKnownAt: 'moment' in knownAt ? knownAt.moment : endOf(rules.zone, knownAt.endOf) }),
  })

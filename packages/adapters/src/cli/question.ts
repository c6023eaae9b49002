// question.ts: the question that the options of a command ask

import type { Question, Register } from '@smagruppe/domain'
import type { QuestionOptions } from './options.ts'

/** Today and now where nothing else was said. */
export const asked = (register: Register, { asOf, knownAt }: QuestionOptions): Question =>
  register.question({
    ...(asOf === undefined ? {} : { effectiveThrough: asOf }),
    ...(knownAt === undefined ? {} : { asKnownAt: knownAt }),
  })

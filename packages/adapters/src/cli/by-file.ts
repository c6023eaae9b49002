// by-file.ts: that an answer is by the rules in a file, and not by those published

import { basename } from 'node:path'
import type { Register } from '@smagruppe/domain'
import type { QuestionOptions } from './options.ts'
import type { Printer } from './printer.ts'
import { rulesWordsOf } from './rules-words.ts'

type Options = Pick<QuestionOptions, 'rules' | 'lang'>

/** What people read below the title: which file, and as in which rules the rest is; nothing where no file was named. */
const said = ({ scheme }: Register, { rules, lang }: Options): ReadonlyArray<string> =>
  rules === undefined ? [] : [rulesWordsOf[lang].byFile(basename(rules), scheme.founding.name)]

/** The same as lines below the title of a table. */
export const ruledBy = (register: Register, options: Options, printer: Printer): ReadonlyArray<string> =>
  said(register, options).flatMap((sentence) => printer.sentence(sentence, 0))

/** The same in an explanation, below its title. */
export const toldByFile = <A extends { readonly text: ReadonlyArray<string> }>(
  told: A,
  register: Register,
  options: Options,
): A => {
  const [title, ...others] = told.text
  return { ...told, text: [...(title === undefined ? [] : [title]), ...said(register, options), ...others] }
}

/** The same in an answer as JSON. */
export interface OtherRules {
  readonly otherRules?: { readonly file: string; readonly name: string; readonly base: string }
}

export const otherRules = ({ rules: { name }, scheme }: Register, { rules }: Options): OtherRules =>
  rules === undefined ? {} : { otherRules: { file: basename(rules), name, base: scheme.founding.name } }

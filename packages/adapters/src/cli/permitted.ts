// permitted.ts: what layers below may do with a parameter, in words

import { type Language, type Permission, type Range, type RuleName, ruleInWords } from '@smagruppe/domain'
import { rulesWordsOf } from './rules-words.ts'

/** What somebody said that layers below may do. */
export interface Permitted {
  readonly permission?: Permission
  readonly range?: Range
}

/** The same in words. What an older release did not know to say is fixed. */
export const permittedIn = (language: Language, name: RuleName, said: Permitted | undefined): string => {
  const { permission, range } = rulesWordsOf[language].below
  const words = permission[said?.permission ?? 'fixed']
  if (said?.range === undefined) return words
  const within =
    'oneOf' in said.range
      ? said.range.oneOf.map((value) => ruleInWords(name, value, language)).join('; ')
      : range(said.range.least, said.range.most)
  return `${words}, ${within}`
}

// problems.ts: what is wrong with rules, as lines for people, and what else keeps them from being published or taken back

import type { ExecuteError, KnownSinceNotAllowed, RulesRefusal } from '@smagruppe/domain'

/** Something that is wrong: where, what stands there, and what should. */
export interface Problem {
  readonly path: string
  readonly found: string
  readonly expected: string
}

/** A problem as a line. */
export const problemLine = ({ path, found, expected }: Problem): string =>
  `  ${path === '' ? 'the whole' : path}: found ${found}, expected ${expected}`

/** Why rules are refused; who may do it is a matter of the option that says who does. */
export const problemOf = (refusal: RulesRefusal): Problem =>
  refusal._tag === 'NotForThisActor'
    ? { path: '--role', found: refusal.role, expected: refusal.needed }
    : { path: refusal.path, found: refusal.found, expected: refusal.expected }

/** What is said of rules that were not published, or not taken back: that they cannot be, or that others came in between. */
export interface NotDone {
  readonly cannot: string
  readonly meanwhile: string
}

/** Why a command about rules was not carried out, in one line. */
export const whyNotDone = (error: ExecuteError | KnownSinceNotAllowed, { cannot, meanwhile }: NotDone): string => {
  if ('message' in error) return error.message
  switch (error._tag) {
    case 'CommandMalformed':
      return `${cannot}: ${error.found}`
    case 'UndecodableEvent':
      return `an event of the rules cannot be read: ${error.reason}`
    case 'UnencodableEvent':
      return `${cannot}: ${error.reason}`
    case 'UnstorableText':
      return `${cannot}: it has text that cannot be stored, half a character or U+0000`
    case 'AppendTooLarge':
      return `${cannot}: it takes ${error.bytes} bytes, and this store takes ${error.limit} at once`
    case 'KnownSinceNotAllowed':
      return `${cannot}: the role ${error.role} may not say since when a fact is known`
    default:
      return meanwhile
  }
}

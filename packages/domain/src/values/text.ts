// text.ts: text that every store keeps to the letter

import * as t from 'io-ts'

/** Text without a lone surrogate or U+0000, which not every store could give back the same. May be empty. */
export const Text = t.refinement(
  t.string,
  (text) => !/[\p{Surrogate}\0]/u.test(text),
  'text without lone surrogates or U+0000',
)

/** Text with something in it: a name, a wording, a reason. */
export const Label = t.refinement(Text, (text) => text.trim() !== '', 'text that is not blank')

const labelUpTo = (most: number) =>
  t.refinement(Label, (text) => text.length <= most, `text that is not blank, at most ${most} characters`)

/** What stands beside every line that it is about, so that it has to be short: a name of rules, the title of a law. */
export const Title = labelUpTo(300)

/** Where something is to be found: a page of the web as a rule, or a place in a document. */
export const Address = labelUpTo(2_000)

/** Text order as ids compare: by code unit, in no language. Negative where `one` comes first. */
export const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

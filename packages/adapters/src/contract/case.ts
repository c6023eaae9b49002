// case.ts: what a case of the contract is, and what all cases check with

import assert from 'node:assert/strict'
import type { NonEmpty } from '@smagruppe/domain'
import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft } from 'fp-ts/lib/Either.js'

/** One promise of a port. `run` rejects with a readable difference where the adapter does not keep it. */
export interface ContractCase<Subject> {
  readonly name: string
  /** Rejects where the promise is not kept. */
  readonly run: (subject: Subject) => Promise<void>
}

/** Something opened for one case, empty, and closed after it. */
export interface Opened<A> {
  readonly it: A
  /** Called once, after the case. */
  readonly close: () => Promise<void>
}

const deadlineMs = 60_000

/** For what comes at once, so that a store from which nothing comes fails; far longer than a busy machine takes. */
export const soon = 10_000

/** Runs `use` on what was opened and closes it, whatever came of it. What takes too long has failed. */
export const using = async <A>(opened: Opened<A>, use: (it: A) => Promise<void>): Promise<void> => {
  try {
    await within(deadlineMs, 'the whole case', use(opened.it))
  } finally {
    await opened.close()
  }
}

/** The outcome, or a rejection once the time is over. */
export const within = async <A>(milliseconds: number, what: string, outcome: Promise<A>): Promise<A> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took more than ${milliseconds} ms`)), milliseconds)
  })
  try {
    return await Promise.race([outcome, late])
  } finally {
    clearTimeout(timer)
  }
}

/** The right side; fails, showing the left, where there is none. */
export const rightOf = <E, A>(result: Either<E, A>): A => {
  if (isLeft(result)) throw new assert.AssertionError({ message: `should have succeeded, but: ${shown(result.left)}` })
  return result.right
}

/** The left side; fails, showing the right, where there is none. */
export const leftOf = <E, A>(result: Either<E, A>): E => {
  if (isLeft(result)) return result.left
  throw new assert.AssertionError({ message: `should have been refused, but gave: ${shown(result.right)}` })
}

const shown = (value: unknown): string => JSON.stringify(value) ?? String(value)

/** Text that not every store can keep: lone surrogates and U+0000. */
export const unstorableTexts: ReadonlyArray<string> = ['\ud800', 'a\udc00b', '\udc00\ud800', '😀\ud83d', 'a\0b', '\0']

/** Text that lesser stores change: astral characters, other line ends, combining and zero-width ones, a byte order mark, nothing. */
export const awkwardTexts: ReadonlyArray<string> = [
  '',
  ' ',
  '\' -- " \\ % _',
  '\u0001 \u001f \u007f \\u0000',
  'line\r\nline\rline\u2028line\u2029',
  '\t\u00a0\u200b\u200d\ufeff',
  'é e\u0301 ﬁ Å \u212b',
  'blåbærsyltetøy 日本語 العربية',
  '😀 👩‍⚕️ 𝒳 \u{10ffff} \uffff \ue000 \ud7ff',
  'x'.repeat(100_000),
]

/** JSON text that comes back otherwise from a store that reads it: spaces, numbers, escapes, keys in their order and twice. */
export const awkwardJson: NonEmpty<string> = [
  '{ "name" : "spaced" ,\t"b": [ ] }\n',
  '{"a":1.0,"b":1e2,"c":-0,"d":12345678901234567890}',
  '{"name":"\\u0041\\/\\u00e5"}',
  '{"b":1,"a":2,"1":3,"0":4,"a":5}',
]

// promised.ts: answers as promises, for code that does not use fp-ts

import { isLeft } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

/** What a promise is rejected with: an error whose `cause` is the Left, one of the tagged errors that the call documents. */
export class Failed extends Error {
  override readonly name = 'Failed'
}

/** The Promise form of any answer: resolves to the Right, rejects with a `Failed` whose `cause` is the Left. */
export const promised = async <E, A>(answer: TaskEither<E, A>): Promise<A> => {
  const result = await answer()
  if (isLeft(result)) throw new Failed(messageOf(result.left), { cause: result.left })
  return result.right
}

const messageOf = (error: unknown): string => {
  if (typeof error !== 'object' || error === null) return String(error)
  const tag = '_tag' in error ? String(error._tag) : 'Failed'
  return 'message' in error ? `${tag}: ${String(error.message)}` : `${tag}: ${JSON.stringify(error)}`
}

// pausing.ts: waiting for an answer no longer than somebody wants it, and ever longer between tries

import type { AbortSignalLike } from '@smagruppe/domain'

/** The answer; null as soon as the signal aborts. */
export const unlessAborted = async <A>(
  answer: A | Promise<A>,
  signal: AbortSignalLike | undefined,
): Promise<A | null> => {
  if (signal === undefined || !(answer instanceof Promise)) return answer
  let stop = (): void => {}
  const aborted = new Promise<null>((resolve) => {
    stop = () => resolve(null)
    signal.addEventListener('abort', stop, { once: true })
  })
  if (signal.aborted) stop()
  try {
    return await Promise.race([answer, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** How long to wait before the try with that number (from 1): ever longer, 5 seconds at most. */
export const pauseBefore = (attempt: number): number => Math.min(5_000, 25 * 2 ** Math.min(attempt, 10))

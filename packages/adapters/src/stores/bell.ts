// bell.ts: how those who wait for new events are woken

import type { AbortSignalLike } from '@smagruppe/domain'

/** Rung when something new is there. */
export interface Bell {
  readonly ring: () => void
  /** How often it has rung; note it before looking, so that a ring between looking and waiting is not missed. */
  readonly rings: () => number
  /** Until it has rung since `heard`, the signal aborts, or the time is over where there is one. */
  readonly wait: (heard: number, signal: AbortSignalLike | undefined, milliseconds: number | null) => Promise<void>
}

/** A bell that nobody has rung yet. */
export const createBell = (): Bell => {
  const waiting = new Set<() => void>()
  let rings = 0
  return {
    ring: () => {
      rings += 1
      for (const wake of [...waiting]) wake()
    },
    rings: () => rings,
    wait: (heard, signal, milliseconds) => {
      if (rings !== heard || signal?.aborted === true) return Promise.resolve()
      return new Promise((resolve) => {
        const wake = (): void => {
          waiting.delete(wake)
          clearTimeout(timer)
          signal?.removeEventListener('abort', wake)
          resolve()
        }
        const timer = milliseconds === null ? undefined : setTimeout(wake, milliseconds)
        waiting.add(wake)
        signal?.addEventListener('abort', wake, { once: true })
      })
    },
  }
}

// listening.ts: hears from the server that something was stored, so that nobody has to wait for the next look

import { isLeft } from 'fp-ts/lib/Either.js'
import type { Bell } from '../stores/bell.ts'
import { pauseBefore, unlessAborted } from '../stores/pausing.ts'
import type { Connection } from './connection.ts'

export interface Listener {
  /** Begins to listen. Doing it again does nothing. */
  readonly start: () => void
  readonly stop: () => Promise<void>
}

/**
 * Rings the bell when something was stored. A subscription that ends, for whatever reason, is made anew and the bell rung, for something
 * may have been missed. Only a convenience: whoever follows the log also looks by himself from time to time.
 */
export const listenerOn = (connection: Connection, prefix: string, bell: Bell): Listener => {
  const stopping = new AbortController()
  let listening: Promise<void> | null = null

  const listen = async (): Promise<void> => {
    for (let failures = 0; !stopping.signal.aborted; failures += 1) {
      const begun = Date.now()
      await listenOnce(connection, prefix, bell, stopping.signal)
      if (Date.now() - begun > lasting) failures = 0
      await bell.wait(bell.rings(), stopping.signal, pauseBefore(failures + 1))
    }
  }

  return {
    start: () => {
      if (!stopping.signal.aborted) listening ??= listen()
    },
    stop: async () => {
      stopping.abort()
      await listening
    },
  }
}

// One that lasted so long did not fail for what made the one before it fail.
const lasting = 5_000

// A log that others write to as well is looked at so often at most: who waits hardly notices, and the server is not asked for each of their events.
const mostOften = 100

/** Rings at once, and then again for all that came until `mostOften` was over. */
const sparing = (ring: () => void) => {
  let resting: NodeJS.Timeout | null = null
  let hasMore = false
  const rest = (): void => {
    resting = setTimeout(() => {
      resting = null
      if (hasMore) tell()
    }, mostOften)
    resting.unref()
  }
  const tell = (): void => {
    hasMore = resting !== null
    if (hasMore) return
    ring()
    rest()
  }
  return {
    tell,
    stop: () => {
      if (resting !== null) clearTimeout(resting)
    },
  }
}

const listenOnce = async (connection: Connection, prefix: string, bell: Bell, signal: AbortSignal): Promise<void> => {
  const held = connection.hold()
  if (isLeft(held)) return
  const { client, release } = held.right
  const { tell, stop } = sparing(bell.ring)
  const hearing = client.hear(prefix, tell)
  bell.ring()
  await unlessAborted(hearing.ended, signal)
  hearing.stop()
  stop()
  release()
}

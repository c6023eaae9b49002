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

const listenOnce = async (connection: Connection, prefix: string, bell: Bell, signal: AbortSignal): Promise<void> => {
  const held = connection.hold()
  if (isLeft(held)) return
  const { client, release } = held.right
  const hearing = client.hear(prefix, bell.ring)
  bell.ring()
  await unlessAborted(hearing.ended, signal)
  hearing.stop()
  release()
}

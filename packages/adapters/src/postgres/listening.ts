// listening.ts: hears from the server that something was stored, so that nobody has to wait for the next look

import { isLeft } from 'fp-ts/lib/Either.js'
import type { Bell } from '../stores/bell.ts'
import { pauseBefore } from '../stores/pausing.ts'
import type { Database } from './database.ts'

export interface Listener {
  /** Begins to listen, on a connection of its own. Doing it again does nothing. */
  readonly start: () => void
  readonly stop: () => Promise<void>
}

/**
 * Rings the bell when the server notifies. Where the connection drops, another is made and the bell rung, for something may have
 * been missed. Only a convenience: whoever follows the log also looks by himself from time to time.
 */
export const listenerOn = (database: Database, channel: string, bell: Bell): Listener => {
  const stopping = new AbortController()
  let listening: Promise<void> | null = null

  const listen = async (): Promise<void> => {
    for (let failures = 0; !stopping.signal.aborted; failures += 1) {
      if (await listenOnce(database, channel, bell, stopping.signal)) failures = 0
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

/** Until the connection breaks or the signal aborts; whether it came to listening at all. */
const listenOnce = async (database: Database, channel: string, bell: Bell, signal: AbortSignal): Promise<boolean> => {
  const session = await database.session()
  if (isLeft(session)) return false
  const { client, query, release } = session.right
  let done = (): void => {}
  const over = new Promise<void>((resolve) => {
    done = resolve
  })
  const notified = (): void => bell.ring()
  client.on('notification', notified)
  client.on('error', done)
  client.on('end', done)
  signal.addEventListener('abort', done, { once: true })
  try {
    await query(`LISTEN ${channel}`)
    bell.ring()
    if (!signal.aborted) await over
    return true
  } catch {
    return false
  } finally {
    client.removeListener('notification', notified)
    client.removeListener('error', done)
    client.removeListener('end', done)
    signal.removeEventListener('abort', done)
    // It listens, so nobody else may have it.
    release('broken')
  }
}

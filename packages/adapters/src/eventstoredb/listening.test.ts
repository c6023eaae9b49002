import { right } from 'fp-ts/lib/Either.js'
import { expect, test, vi } from 'vitest'
import { createBell } from '../stores/bell.ts'
import type { Client } from './client.ts'
import type { Connection } from './connection.ts'
import { listenerOn } from './listening.ts'

const never = (): never => {
  throw new Error('only listening is asked for')
}

/** A connection whose one subscription is told of events by `tell`. */
const heardBy = (hears: (tell: () => void) => void): Connection => {
  const client: Client = {
    append: never,
    readStream: never,
    readAll: never,
    hear: (_, heard) => {
      hears(heard)
      return { ended: new Promise(() => {}), stop: () => {} }
    },
    dispose: async () => {},
  }
  return {
    place: 'here',
    filtersReads: true,
    attempt: never,
    ask: never,
    hold: () => right({ client, release: () => {} }),
    failureOf: never,
    patience: never,
    timeForOne: 1_000,
    closed: new AbortController().signal,
    close: () => {},
  }
}

test('what others write in quick succession wakes nobody for each event: at once, and then now and again', async () => {
  vi.useFakeTimers()
  try {
    let tell = (): void => {}
    const bell = createBell()
    const listener = listenerOn(
      heardBy((heard) => {
        tell = heard
      }),
      '',
      bell,
    )
    listener.start()
    const begun = bell.rings()
    tell()
    expect(bell.rings()).toBe(begun + 1)
    for (let i = 0; i < 1_000; i += 1) tell()
    expect(bell.rings()).toBe(begun + 1)
    vi.advanceTimersByTime(1_000)
    // The last of them is told too, if later.
    expect(bell.rings()).toBe(begun + 2)
    vi.advanceTimersByTime(60_000)
    expect(bell.rings()).toBe(begun + 2)
    tell()
    expect(bell.rings()).toBe(begun + 3)
    for (let i = 0; i < 1_000; i += 1) {
      tell()
      vi.advanceTimersByTime(1)
    }
    expect(bell.rings()).toBe(begun + 3 + 10)
    tell()
    await listener.stop()
    const stopped = bell.rings()
    vi.advanceTimersByTime(60_000)
    expect(bell.rings()).toBe(stopped)
  } finally {
    vi.useRealTimers()
  }
})

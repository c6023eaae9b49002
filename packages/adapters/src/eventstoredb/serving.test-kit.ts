// serving.test-kit.ts: stand-ins and logs on them, which end with the test

import { connect } from 'node:net'
import { onTestFinished } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { systemClock } from '../node/index.ts'
import type { ClientName } from './client.ts'
import { type EventStoreDbLog, type EventStoreDbOptions, openEventStoreDb } from './event-store.ts'
import { type Making, type StandIn, standIn } from './stand-in/stand-in.test-kit.ts'

export const serving = async (making: Making = {}): Promise<StandIn> => {
  const server = await standIn(making)
  onTestFinished(server.close)
  return server
}

/** Whether anybody takes connections there. */
export const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    }).on('error', () => resolve(false))
  })

/** How logs are opened by that client; `tried` shows also what comes of one that is not. */
export const logsBy = (client: ClientName) => {
  const tried = (url: string, options: Partial<EventStoreDbOptions> = {}) =>
    openEventStoreDb(url, { clock: systemClock, client, timeoutMs: 6_000, ...options })()

  const opened = async (url: string, options: Partial<EventStoreDbOptions> = {}): Promise<EventStoreDbLog> => {
    const log = rightOf(await tried(url, options))
    onTestFinished(async () => void (await log.close()))
    return log
  }

  return { tried, opened }
}

// db-client.ts: the port on @eventstore/db-client

import {
  convertToCommandError,
  END,
  EventStoreDBClient,
  excludeSystemEvents,
  START,
  streamNameFilter,
} from '@eventstore/db-client'
import { apart, type Broken } from './batch-appends.ts'
import type { Binding, Client, ProposedEvent } from './client.ts'
import { readingOfNodeStream, refusedAnswer, storedAnswer, unlessMissing } from './records.ts'

/** Clients of EventStoreDB as its own package makes them. */
export const binding: Binding = {
  name: 'db-client',
  scheme: 'esdb',
  // It takes a filter for reading $all, and ignores it.
  filtersReads: false,
  connect: (connectionString) => clientOn(EventStoreDBClient.connectionString(connectionString)),
}

const clientOn = (client: EventStoreDBClient): Client => {
  const waiting = new Set<Broken>()
  apart(client, (error) => {
    const told = error instanceof Error ? convertToCommandError(error) : error
    for (const reject of waiting) reject(told)
    waiting.clear()
  })

  return {
    append: async (stream, expectedRevision, events) => {
      try {
        return storedAnswer(
          await unlessBroken(waiting, client.appendToStream(stream, events.map(eventData), { expectedRevision })),
        )
      } catch (error) {
        return refusedAnswer(error, 'actualVersion')
      }
    },
    readStream: (stream, fromRevision, maxCount) => {
      const reading = client.readStream(stream, { fromRevision, maxCount })
      return unlessMissing(readingOfNodeStream(reading, cancelOf(reading)))
    },
    readAll: ({ from, direction, limit }) => {
      const fromPosition = typeof from === 'bigint' ? { commit: from, prepare: from } : from === 'start' ? START : END
      const reading = client.readAll({ fromPosition, direction, maxCount: limit })
      return readingOfNodeStream(reading, cancelOf(reading))
    },
    hear: (streamsBeginWith, heard) => {
      const filter =
        streamsBeginWith === '' ? excludeSystemEvents() : streamNameFilter({ prefixes: [streamsBeginWith] })
      const subscription = client.subscribeToAll({ fromPosition: END, filter })
      const ended = new Promise<void>((resolve) => {
        subscription.on('error', () => resolve())
        subscription.on('end', resolve)
        subscription.on('close', resolve)
      })
      // What is stored until then is not told.
      subscription.on('confirmation', heard)
      subscription.on('data', heard)
      return { ended, stop: () => void subscription.unsubscribe().catch(ignore) }
    },
    dispose: () => client.dispose().catch(ignore),
  }
}

/** The answer, or the error by which the call for appends broke, which the client would tell to all. */
const unlessBroken = <A>(waiting: Set<Broken>, answer: Promise<A>): Promise<A> =>
  new Promise((resolve, reject) => {
    waiting.add(reject)
    answer.then(
      (value) => {
        waiting.delete(reject)
        resolve(value)
      },
      (error) => {
        waiting.delete(reject)
        reject(error)
      },
    )
  })

const eventData = ({ id, type, data, metadata }: ProposedEvent) =>
  ({ id, type, contentType: 'application/octet-stream', data, metadata }) as const

interface Cancellable {
  readonly cancel: () => Promise<void>
}

const cancelOf =
  (reading: Cancellable): (() => void) =>
  () =>
    void reading.cancel().catch(ignore)

const ignore = (): void => {}

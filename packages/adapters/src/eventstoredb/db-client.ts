// db-client.ts: the port on @eventstore/db-client

import { END, EventStoreDBClient, excludeSystemEvents, START, streamNameFilter } from '@eventstore/db-client'
import type { Binding, Client, ProposedEvent } from './client.ts'
import { readingOf, refusedAnswer, storedAnswer, unlessMissing } from './records.ts'

/** Clients of EventStoreDB as its own package makes them. */
export const binding: Binding = {
  name: 'db-client',
  scheme: 'esdb',
  // It takes a filter for reading $all, and ignores it.
  filtersReads: false,
  connect: (connectionString) => clientOn(EventStoreDBClient.connectionString(connectionString)),
}

const clientOn = (client: EventStoreDBClient): Client => {
  // Its batch appends, whichever client makes them, share one table of promises: when one connection drops, appends of all others are
  // lost and an error is thrown outside any call. Told that the server has none, it makes a call of each append.
  Object.defineProperty(client, 'supports', { value: async () => false })

  return {
    append: async (stream, expectedRevision, events) => {
      try {
        return storedAnswer(await client.appendToStream(stream, events.map(eventData), { expectedRevision }))
      } catch (error) {
        return refusedAnswer(error, 'actualVersion')
      }
    },
    readStream: (stream, fromRevision, maxCount) => {
      const reading = client.readStream(stream, { fromRevision, maxCount })
      return unlessMissing(readingOf(reading[Symbol.asyncIterator](), cancelOf(reading)))
    },
    readAll: ({ from, direction, limit }) => {
      const fromPosition = typeof from === 'bigint' ? { commit: from, prepare: from } : from === 'start' ? START : END
      const reading = client.readAll({ fromPosition, direction, maxCount: limit })
      return readingOf(reading[Symbol.asyncIterator](), cancelOf(reading))
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
      subscription.on('data', heard)
      return { ended, stop: () => void subscription.unsubscribe().catch(ignore) }
    },
    dispose: () => client.dispose().catch(ignore),
  }
}

const eventData = ({ id, type, data, metadata }: ProposedEvent) =>
  ({ id, type, contentType: 'application/octet-stream', data, metadata }) as const

interface Cancellable {
  readonly cancel: () => Promise<void>
  readonly on: (event: 'error', listener: () => void) => unknown
}

const cancelOf = (reading: Cancellable): (() => void) => {
  // It may report an error when nobody reads any more, which would end the process.
  reading.on('error', ignore)
  return () => void reading.cancel().catch(ignore)
}

const ignore = (): void => {}

// kurrentdb-client.ts: the port on @kurrent/kurrentdb-client

import { Duplex } from 'node:stream'
import {
  END,
  eventTypeFilter,
  excludeSystemEvents,
  KurrentDBClient,
  START,
  streamNameFilter,
} from '@kurrent/kurrentdb-client'
import type { Binding, Client, Filter, ProposedEvent } from './client.ts'
import { readingOf, refusedAnswer, storedAnswer, unlessMissing } from './records.ts'

/** Clients of EventStoreDB as its successor's package makes them. */
export const binding: Binding = {
  name: 'kurrentdb-client',
  scheme: 'kurrentdb',
  filtersReads: true,
  connect: (connectionString) => clientOn(KurrentDBClient.connectionString(connectionString)),
}

const clientOn = (client: KurrentDBClient): Client => {
  neverWaiting(client)
  return portOn(client)
}

/**
 * Its batch appends go over one call, whose writes wait for each other while the network is slower than they come. What waits when the
 * connection drops is rejected where nobody listens, which ends the process. Told that there is always room, none waits.
 */
const neverWaiting = (client: KurrentDBClient): void => {
  const create: unknown = Reflect.get(client, 'GRPCStreamCreator')
  if (typeof create !== 'function') return
  const creating = (service: unknown, name: unknown, make: unknown, cache: unknown): unknown => {
    if (name !== 'appendToStream' || typeof make !== 'function') return create(service, name, make, cache)
    return create(service, name, (calls: unknown) => withRoom(make(calls)), cache)
  }
  Object.defineProperty(client, 'GRPCStreamCreator', { value: creating })
}

const withRoom = (call: unknown): unknown => {
  if (!(call instanceof Duplex)) return call
  const write = call.write.bind(call)
  Object.defineProperty(call, 'write', {
    value: (message: unknown) => {
      write(message)
      return true
    },
  })
  return call
}

const portOn = (client: KurrentDBClient): Client => ({
  append: async (stream, expected, events) => {
    try {
      // Named `expectedRevision` by its predecessor: under that name it is ignored, and every append succeeds.
      return storedAnswer(await client.appendToStream(stream, events.map(eventData), { streamState: expected }))
    } catch (error) {
      return refusedAnswer(error, 'actualState')
    }
  },
  readStream: (stream, fromRevision, maxCount) => {
    const reading = client.readStream(stream, { fromRevision, maxCount })
    return unlessMissing(readingOf(reading[Symbol.asyncIterator](), ignore))
  },
  readAll: ({ from, direction, limit, filter }) => {
    const reading = client.readAll({
      fromPosition: typeof from === 'bigint' ? { commit: from, prepare: from } : from === 'start' ? START : END,
      direction,
      maxCount: limit,
      ...(filter === null ? {} : { filter: filterOf(filter) }),
    })
    return readingOf(reading[Symbol.asyncIterator](), ignore)
  },
  hear: (streamsBeginWith, heard) => {
    const filter = streamsBeginWith === '' ? excludeSystemEvents() : filterOf({ streamsBeginWith })
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
})

const filterOf = (filter: Filter) =>
  'types' in filter
    ? eventTypeFilter({ regex: `^(${filter.types.map(escaped).join('|')})$` })
    : streamNameFilter({ prefixes: [filter.streamsBeginWith] })

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|#\s]/g, '\\$&')

const eventData = ({ id, type, data, metadata }: ProposedEvent) =>
  ({ id, type, contentType: 'application/octet-stream', data, metadata }) as const

// What is left unread ends with the call, which asks for so many at most.
const ignore = (): void => {}

// kurrentdb-client.ts: the port on @kurrent/kurrentdb-client

import {
  END,
  eventTypeFilter,
  excludeSystemEvents,
  KurrentDBClient,
  START,
  streamNameFilter,
} from '@kurrent/kurrentdb-client'
import { withRoom } from './batch-appends.ts'
import type { Binding, Client, Filter, ProposedEvent } from './client.ts'
import { readingOfIterator, refusedAnswer, storedAnswer, unlessMissing } from './records.ts'

/** Clients of EventStoreDB as its successor's package makes them. */
export const binding: Binding = {
  name: 'kurrentdb-client',
  scheme: 'kurrentdb',
  filtersReads: true,
  connect: (connectionString) =>
    clientOn(KurrentDBClient.connectionString(soon(connectionString)), readingAs(connectionString)),
}

/** Its reads wait that long before every connection, also to a single node: half a second, where the URL says nothing. */
const soon = (connectionString: string): string =>
  /[?&]discoveryInterval=/i.test(connectionString)
    ? connectionString
    : `${connectionString}${connectionString.includes('?') ? '&' : '?'}discoveryInterval=20`

type ReadingAs = { readonly credentials?: { readonly username: string; readonly password: string } }

/** Its reads take user and password from the URL as they are written there, also where that is `%40` for `@`: so each is told them. */
const readingAs = (connectionString: string): ReadingAs => {
  const [, username, password] = /^[^:]+:\/\/([^:@/?]+):([^@/?]+)@/.exec(connectionString) ?? []
  if (username === undefined || password === undefined) return {}
  return { credentials: { username: decodeURIComponent(username), password: decodeURIComponent(password) } }
}

const clientOn = (client: KurrentDBClient, as: ReadingAs): Client => {
  withRoom(client)
  return portOn(client, as)
}

const portOn = (client: KurrentDBClient, as: ReadingAs): Client => ({
  append: async (stream, expected, events) => {
    try {
      // Named `expectedRevision` by its predecessor: under that name it is ignored, and every append succeeds.
      return storedAnswer(await client.appendToStream(stream, events.map(eventData), { streamState: expected }))
    } catch (error) {
      return refusedAnswer(error, 'actualState')
    }
  },
  readStream: (stream, fromRevision, maxCount) => {
    const reading = client.readStream(stream, { fromRevision, maxCount, ...as })
    return unlessMissing(readingOfIterator(reading[Symbol.asyncIterator]()))
  },
  readAll: ({ from, direction, limit, filter }) => {
    const reading = client.readAll({
      fromPosition: typeof from === 'bigint' ? { commit: from, prepare: from } : from === 'start' ? START : END,
      direction,
      maxCount: limit,
      ...as,
      ...(filter === null ? {} : { filter: filterOf(filter) }),
    })
    return readingOfIterator(reading[Symbol.asyncIterator]())
  },
  hear: (streamsBeginWith, heard) => {
    const filter = streamsBeginWith === '' ? excludeSystemEvents() : filterOf({ streamsBeginWith })
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
})

const filterOf = (filter: Filter) =>
  'types' in filter
    ? eventTypeFilter({ regex: `^(${filter.types.map(escaped).join('|')})$` })
    : streamNameFilter({ prefixes: [filter.streamsBeginWith] })

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|#\s]/g, '\\$&')

const eventData = ({ id, type, data, metadata }: ProposedEvent) =>
  ({ id, type, contentType: 'application/octet-stream', data, metadata }) as const

const ignore = (): void => {}

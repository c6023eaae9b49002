// through-db-client.test.ts: what goes wrong with the stand-in, as @eventstore/db-client sees it

import { randomUUID } from 'node:crypto'
import { binaryEvent, EventStoreDBClient, jsonEvent } from '@eventstore/db-client'
import { faultCases } from './fault-cases.test-kit.ts'
import type { Client } from './speaker.test-kit.ts'

const event = (id: string) => jsonEvent({ id, type: 'E', data: {} })

const connect: Client['connect'] = (url) => {
  const client = EventStoreDBClient.connectionString(url)
  const revisionOf = async (appending: ReturnType<typeof client.appendToStream>) =>
    (await appending).nextExpectedRevision
  return {
    append: (stream, expectedRevision, ...ids) =>
      revisionOf(client.appendToStream(stream, ids.map(event), { expectedRevision })),
    appendAs: (username, password, stream) =>
      revisionOf(client.appendToStream(stream, event(randomUUID()), { credentials: { username, password } })),
    link: (stream, to) => revisionOf(client.appendToStream(stream, binaryEvent({ type: '$>', data: Buffer.from(to) }))),
    readStream: async (stream, links) => {
      const seen: string[] = []
      const events = client.readStream(stream, { resolveLinkTos: links === 'resolved' })
      for await (const one of events) seen.push(`${one.event?.type}@${one.event?.revision}`)
      return seen
    },
    readAll: async () => {
      const seen: string[] = []
      for await (const one of client.readAll()) seen.push(`${one.event?.type}@${one.event?.revision}`)
      return seen
    },
    subscribe: () => {
      const heard: string[] = []
      const subscription = client.subscribeToAll()
      subscription.on('data', (one) => heard.push(`${one.event?.type}@${one.event?.revision}`))
      subscription.on('caughtUp', () => heard.push('caughtUp'))
      subscription.on('fellBehind', () => heard.push('fellBehind'))
      return { heard, ended: new Promise((resolve) => subscription.on('error', resolve)) }
    },
    dispose: client.dispose,
  }
}

faultCases('@eventstore/db-client', {
  connect,
  reset: { error: 'UnknownError', type: 'unknown', code: 13 },
  readFailure: (failure) => failure,
})

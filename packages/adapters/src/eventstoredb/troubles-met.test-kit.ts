// troubles-met.test-kit.ts: every trouble there is with a server, met by each client: typed, with whether to ask again, and nothing stored

import { noStream, type PageResult } from '@smagruppe/domain'
import { describe, expect, test } from 'vitest'
import { leftOf, rightOf } from '../contract/case.ts'
import { appended, event, stream } from '../contract/samples.ts'
import type { ClientName } from './client.ts'
import type { EventStoreDbLog } from './event-store.ts'
import { logsBy, serving } from './serving.test-kit.ts'
import type { Unready } from './stand-in/errors.test-kit.ts'
import type { StandIn } from './stand-in/stand-in.test-kit.ts'
import { type Answered, troubles } from './troubles.test-kit.ts'

const nowhere = { address: '127.0.0.1', port: 1 }
const users = { secretary: 'right-word' }
const ours = stream('ours')

export const troubleCases = (client: ClientName): void => {
  const { tried, opened } = logsBy(client)

  const notOpened = async (url: string, timeoutMs = 6_000) => leftOf(await tried(url, { timeoutMs }))

  /** What an append is answered by that comes after the trouble began; nothing of it is stored. */
  const notAppended = async (begin: (server: StandIn, log: EventStoreDbLog) => Promise<unknown>, data = '{}') => {
    const server = await serving()
    const log = await opened(server.url(), { timeoutMs: 1_500 })
    await begin(server, log)
    const before = server.log.all.length
    const failure = leftOf(await log.events.append(ours, noStream, [event('first', { data })])())
    expect(server.log.all.length).toBe(before)
    return failure
  }

  const firstLeft = async (pages: AsyncIterable<PageResult>) => {
    for await (const page of pages) return leftOf(page)
    return null
  }

  /** What appends, reads and openings are answered by where the server says this: all by the same. */
  const notTaken = async (why: Unready) => {
    const server = await serving()
    const log = await opened(server.url(), { timeoutMs: 450 })
    server.takeNothing(why)
    const failures = await Promise.all([
      log.events
        .append(ours, noStream, [event('first')])()
        .then(leftOf),
      firstLeft(log.events.readAll()),
      firstLeft(log.events.readStream(ours)),
      notOpened(server.url(), 450),
    ])
    expect(server.log.stream(ours)).toEqual([])
    const [failure] = failures
    for (const other of failures) expect({ ...other, message: '' }).toEqual({ ...failure, message: '' })
    return failure
  }

  const withUsers = async (user: string | undefined) => {
    const server = await serving({ users })
    const parameters = { tlsCAFile: server.authorityFile ?? '' }
    return server.url({ ...(user === undefined ? {} : { user }), parameters })
  }

  const met: Readonly<Record<keyof typeof troubles, () => Promise<unknown>>> = {
    'nobody listens there': () => notOpened('esdb://127.0.0.1:1?tls=false', 600),
    'no node of the cluster answers': () =>
      notOpened('esdb://127.0.0.1:1,127.0.0.1:2,127.0.0.1:3?tls=false&maxDiscoverAttempts=1', 600),
    'the node is not the leader, and the leader is not to be found': () =>
      notAppended(async (server) => server.follow(nowhere)),
    'the node is only starting': () => notAppended(async (server) => server.takeNothing('Server Is Not Ready')),
    'the node has too much to do': () => notAppended(async (server) => server.takeNothing('Server Is Too Busy')),
    'the cluster is electing a leader': async () => {
      const [failure] = await Promise.all([
        notTaken('No leader info available in response'),
        notTaken('Leader info available'),
      ])
      return failure
    },
    'the node stops while it answers': () => notTaken('Exception was thrown by handler.'),
    'the server ran out of time for it': () => notTaken('Operation timed out: PrepareTimeout'),
    'a wrong password': async () => notOpened(await withUsers('secretary:wrong-word')),
    'no user where one is asked for': async () => notOpened(await withUsers(undefined)),
    'a certificate that nobody vouches for': async () =>
      notOpened((await serving({ users })).url({ user: 'secretary:right-word' })),
    'a file of a certificate that is not there': () =>
      notOpened('esdb://127.0.0.1:1?tls=true&tlsCAFile=/nowhere/ca.crt'),
    'TLS where the server speaks plain text': async () =>
      notOpened((await serving()).url().replace('tls=false', 'tls=true')),
    'plain text where the server speaks TLS': async () =>
      notOpened((await withUsers('secretary:right-word')).replace('tls=true', 'tls=false'), 3_000),
    'no answer in time': () => notAppended(async (server) => server.hang()),
    'an append of more than 1 MiB': () => notAppended(async () => {}, `{"text":"${'x'.repeat(1_048_576)}"}`),
    'stopped in order, and not started again': () => notAppended((server) => server.stop({ milliseconds: 50 })),
    'killed, and not started again': () => notAppended((server) => server.die()),
    'a stream that somebody deleted': () =>
      notAppended(async (server, { events }) => {
        await appended(events, ours, noStream, event('zero'))
        server.log.storeTombstone(ours)
      }),
    'a URL that is none': () => notOpened('esdb://host:port'),
    'the other client is loaded already': async () => {
      const { url } = await serving()
      rightOf(await tried(url()))
      const other = client === 'db-client' ? 'kurrentdb-client' : 'db-client'
      return leftOf(await tried(url(), { client: other }))
    },
    'the store was closed': () => notAppended((_, { close }) => close()),
  }

  describe(`with an EventStoreDB, by ${client}`, () => {
    const answers: Readonly<Record<string, Answered>> = troubles
    for (const [what, meet] of Object.entries(met))
      test(what, async () => {
        const [reason, retry] = answers[what] ?? []
        expect(await meet()).toMatchObject(
          reason === 'AppendTooLarge' ? { _tag: reason } : { _tag: 'StoreFailure', reason, retry: retry === 'yes' },
        )
      })
  })
}

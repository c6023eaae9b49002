// doubts.test-kit.ts: what is told where it is not sure what became of an append, or whether a position is one, for each client

import { setTimeout as sleep } from 'node:timers/promises'
import { any, type EventStore, exactly, noStream, type PageResult, revision, streamExists } from '@smagruppe/domain'
import { describe, expect, test } from 'vitest'
import { leftOf, rightOf } from '../contract/case.ts'
import { appended, event, namesOf, stream } from '../contract/samples.ts'
import type { ClientName } from './client.ts'
import { logsBy, serving } from './serving.test-kit.ts'
import type { Unready } from './stand-in/errors.test-kit.ts'
import type { StandIn } from './stand-in/stand-in.test-kit.ts'

const ours = stream('ours')

export const doubtCases = (client: ClientName): void => {
  const { opened } = logsBy(client)

  const onlyPage = async (pages: AsyncIterable<PageResult>): Promise<PageResult | null> => {
    for await (const page of pages) return page
    return null
  }

  /** The position of the first of two. */
  const appendedTwo = async (events: EventStore) => {
    const { position: first } = await appended(events, ours, noStream, event('0'))
    await appended(events, ours, exactly(revision(0)), event('1'))
    return first
  }

  describe(`an append that may be stored, by ${client}`, () => {
    const unsettled = expect.stringContaining('append again with the same ids')

    /** The answer to a first append that is stored, and then loses its answer; what comes then happens before it is asked again. */
    const lost = async (then: (server: StandIn) => void) => {
      const server = await serving()
      const { events } = await opened(server.url(), { timeoutMs: 3_000 })
      const silence = server.log.listen(() => {
        silence()
        then(server)
      })
      server.loseAnswer({ nth: 1, instead: 'drop', events: 'stored' })
      const failure = leftOf(await events.append(ours, noStream, [event('0')])())
      expect(server.log.stream(ours)).toHaveLength(1)
      return failure
    }

    test('says so, whatever the next try is answered by', async () => {
      const unknown = await lost((server) => server.takeNothing('Unexpected ReadAllResult: Error'))
      expect(unknown).toMatchObject({ reason: 'Unknown', retry: false, message: unsettled })
      const damaged = await lost((server) => server.log.storeTombstone(ours))
      expect(damaged).toMatchObject({ reason: 'Damaged', retry: false, message: unsettled })
    })

    test('says so where it is refused, and what stands there cannot be read', async () => {
      const server = await serving()
      const { events } = await opened(server.url(), { timeoutMs: 300 })
      await appended(events, ours, noStream, event('0'))
      server.failReads({ of: 'streams', next: 100, why: 'Unexpected ReadAllResult: Error' })
      const failure = leftOf(await events.append(ours, noStream, [event('1')])())
      expect(failure).toMatchObject({ _tag: 'StoreFailure', message: unsettled })
    })

    test('is not one that was refused at once', async () => {
      const server = await serving()
      const { events } = await opened(server.url())
      server.log.storeTombstone(ours)
      for (const expected of [noStream, any])
        expect(leftOf(await events.append(ours, expected, [event('0')])())).toMatchObject({
          reason: 'Damaged',
          message: expect.not.stringContaining('append again'),
        })
    })

    test('is tried no more once the store is closed', async () => {
      const server = await serving()
      const { events, close } = await opened(server.url(), { timeoutMs: 3_000 })
      const tries = () =>
        server.seen.filter(({ method, stream }) => method === 'batch append' && stream === ours).length
      server.takeNothing('Server Is Too Busy')
      const answer = events.append(ours, noStream, [event('0')])()
      while (tries() === 0) await sleep(1)
      const before = tries()
      await close()
      expect(leftOf(await answer)).toMatchObject({ reason: 'Unavailable', retry: true, message: unsettled })
      // One may have been under way.
      expect(tries()).toBeLessThanOrEqual(before + 1)
    })

    test('and is appended again by the same handle is stored once, also after a restart', async () => {
      const server = await serving()
      const { events } = await opened(server.url())
      const theirs = stream('theirs')
      await appended(events, theirs, noStream, event('begun'))
      const appends = [
        () => appended(events, ours, any, event('0'), event('1')),
        () => appended(events, theirs, streamExists, event('0')),
      ]
      const receipts = []
      for (const append of appends) receipts.push(await append())
      await server.die()
      await server.restart()
      for (const append of appends) expect(await append()).toEqual(receipts.shift())
      expect([server.log.stream(ours).length, server.log.stream(theirs).length]).toEqual([2, 2])
    })
  })

  describe(`reading from a position, by ${client}`, () => {
    test('fails a few times, though other reads do not: it goes on, and the position stands', async () => {
      const goesOn = async (why: Unready) => {
        const server = await serving()
        const { events } = await opened(server.url())
        const first = await appendedTwo(events)
        server.failReads({ of: 'all from a position', next: 3, why })
        const page = await onlyPage(events.readAll({ after: first }))
        expect(page === null ? page : namesOf(rightOf(page).events)).toEqual(['1'])
      }
      const passing: ReadonlyArray<Unready> = [
        'Bandwidth exhausted or memory limit exceeded',
        'Received RST_STREAM with code 2',
        'Exception was thrown by handler.',
        'Operation timed out: PrepareTimeout',
        'Unexpected ReadAllResult: Error',
      ]
      await Promise.all(passing.map(goesOn))
    })

    test('fails for longer than is waited for, from other positions too: no word of the read models', async () => {
      const server = await serving()
      const { events } = await opened(server.url(), { timeoutMs: 600 })
      const first = await appendedTwo(events)
      server.failReads({ of: 'all from a position', next: 1_000, why: 'Exception was thrown by handler.' })
      const page = await onlyPage(events.readAll({ after: first }))
      expect(page === null ? page : leftOf(page)).toMatchObject({ reason: 'Unavailable', retry: true })
    })
  })
}

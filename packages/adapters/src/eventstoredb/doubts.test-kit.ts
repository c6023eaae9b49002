// doubts.test-kit.ts: what is told where it is not sure what became of an append, or whether a position is one, for each client

import { type EventStore, exactly, noStream, type PageResult, revision } from '@smagruppe/domain'
import { describe, expect, test } from 'vitest'
import { leftOf, rightOf } from '../contract/case.ts'
import { appended, event, namesOf, stream } from '../contract/samples.ts'
import type { ClientName } from './client.ts'
import { logsBy, serving } from './serving.test-kit.ts'
import type { Unready } from './stand-in/errors.test-kit.ts'

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

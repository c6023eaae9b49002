// opening.test-kit.ts: what opening waits for, what it does without, and what it leaves behind, for each client

import { execFile } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { noStream } from '@smagruppe/domain'
import { describe, expect, test } from 'vitest'
import { leftOf, rightOf } from '../contract/case.ts'
import { appended, event, eventsOf, namesOf, stream } from '../contract/samples.ts'
import type { ClientName } from './client.ts'
import { logsBy, serving } from './serving.test-kit.ts'

const ours = stream('ours')

export const openingCases = (client: ClientName): void => {
  const { tried, opened } = logsBy(client)

  describe(`opening a log, by ${client}`, () => {
    test('waits for a server that is only starting', async () => {
      const server = await serving()
      server.takeNothing('Server Is Not Ready')
      const opening = opened(server.url(), { timeoutMs: 30_000 })
      // More tries than a few, all of them refused.
      while (server.seen.length < 5) await sleep(10)
      server.takeNothing(undefined)
      await opening
    })

    test('tries again what is refused after the first call, too', async () => {
      const server = await serving()
      const opening = opened(server.url())
      while (server.seen.length === 0) await sleep(1)
      server.takeNothing('Server Is Too Busy')
      await sleep(50)
      server.takeNothing(undefined)
      await opening
    })

    test('waits for a server where nobody listens yet, or tells it at once, as is asked for', async () => {
      const server = await serving()
      const url = server.url()
      await server.die()
      expect(leftOf(await tried(url, { timeoutMs: 60_000, whereNobodyListens: 'tell' }))).toMatchObject({
        reason: 'Unavailable',
        retry: true,
        message: expect.stringContaining('no server answers'),
      })
      const opening = opened(url, { timeoutMs: 60_000 })
      await sleep(100)
      await server.restart()
      await opening
    })

    test('leaves nothing behind, whatever somebody made of a stream for the proof', async () => {
      const server = await serving()
      server.log.storeTombstone('smagruppe-probe')
      const before = server.log.all.length
      await opened(server.url())
      await opened(server.url())
      expect(server.log.all.length).toBe(before)
    })

    test('does not go through all that others wrote to find the time of the last event', async () => {
      const server = await serving()
      const first = await opened(server.url())
      await appended(first.events, ours, noStream, event('first'))
      const data = new Uint8Array(200_000)
      for (let i = 0; i < 1_500; i += 1)
        server.log.store('of-others', [
          {
            id: crypto.randomUUID(),
            type: 'Large',
            contentType: 'application/octet-stream',
            data,
            metadata: new Uint8Array(),
          },
        ])
      const before = server.seen.length
      const { events } = await opened(server.url(), { timeoutMs: 3_000 })
      // The proof, the first event, the last one, ten of the last ones, and more of them: nothing of it a second time.
      expect(server.seen.length - before).toBeLessThanOrEqual(5)
      expect(namesOf(await eventsOf(events.readStream(ours)))).toEqual(['first'])
    })

    test('and closing again keeps no process alive', async () => {
      const server = await serving()
      const program = `
        import { openEventStoreDb } from '${new URL('event-store.ts', import.meta.url)}'
        import { systemClock } from '${new URL('../node/index.ts', import.meta.url)}'
        import { noStream } from '@smagruppe/domain'
        import { event, stream } from '${new URL('../contract/samples.ts', import.meta.url)}'
        const opened = await openEventStoreDb('${server.url()}', { clock: systemClock, client: '${client}' })()
        const { events, close } = opened.right
        const appended = await events.append(stream('ours'), noStream, [event('first')])()
        const following = events.subscribe()[Symbol.asyncIterator]()
        await following.next()
        const closed = await close()
        console.log(appended._tag, closed._tag)`
      // It ends by itself: nothing here ends it but the time limit, which fails the test.
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
        cwd: fileURLToPath(new URL('../..', import.meta.url)),
        timeout: 60_000,
      })
      expect(stdout).toBe('Right Right\n')
      rightOf(await tried(server.url()))
    })
  })
}

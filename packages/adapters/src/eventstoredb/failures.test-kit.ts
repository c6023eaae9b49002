// failures.test-kit.ts: a server that cannot be opened, and appends whose answers are lost, and what is told of them, for each client

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { any, type ExpectedRevision, exactly, noStream, revision, streamExists } from '@smagruppe/domain'
import { isLeft } from 'fp-ts/lib/Either.js'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { leftOf, rightOf } from '../contract/case.ts'
import { appended, event, eventsOf, namesOf, stream } from '../contract/samples.ts'
import type { ClientName } from './client.ts'
import type { EventStoreDbOptions } from './event-store.ts'
import { listens, logsBy, serving } from './serving.test-kit.ts'

const ours = stream('ours')

/** What holds for all failures: what one client makes of them the other does too. */
export const failureCases = (client: ClientName): void => {
  const { tried, opened } = logsBy(client)

  const refused = async (url: string, options: Partial<EventStoreDbOptions> = {}) => {
    const { reason, retry, message } = leftOf(await tried(url, options))
    return { reason, retry, message }
  }

  describe(`a server that cannot be opened, by ${client}`, () => {
    test('nobody listens: Unavailable, and may pass', async () => {
      const found = await refused('esdb://127.0.0.1:1?tls=false', { timeoutMs: 600 })
      expect(found).toEqual({
        reason: 'Unavailable',
        retry: true,
        message: expect.stringContaining('no server answers'),
      })
    })

    test('no node of a cluster answers: Unavailable, and may pass', async () => {
      const hosts = 'esdb://127.0.0.1:1,127.0.0.1:2,127.0.0.1:3?tls=false&maxDiscoverAttempts=1'
      expect(await refused(hosts, { timeoutMs: 600 })).toMatchObject({ reason: 'Unavailable', retry: true })
    })

    test('a wrong password, and none at all: Denied, and neither password is shown', async () => {
      const server = await serving({ users: { secretary: 'right-password' } })
      const parameters = { tlsCAFile: server.authorityFile ?? '' }
      for (const user of ['secretary:wrong-password', 'nobody:wrong-password', undefined]) {
        const found = await refused(server.url({ ...(user === undefined ? {} : { user }), parameters }))
        expect(found).toMatchObject({ reason: 'Denied', retry: false })
        expect(found.message).not.toContain('password@')
        expect(found.message).not.toContain('wrong-password')
      }
      const log = await opened(server.url({ user: 'secretary:right-password', parameters }))
      await appended(log.events, ours, noStream, event('first'))
      expect(namesOf(await eventsOf(log.events.readAll()))).toEqual(['first'])
    })

    test('a certificate that nobody vouches for: Unavailable, to be mended', async () => {
      const server = await serving({ users: { secretary: 'right-password' } })
      const found = await refused(server.url({ user: 'secretary:right-password' }))
      expect(found).toMatchObject({ reason: 'Unavailable', retry: false })
      expect(found.message).toContain('tlsCAFile')
    })

    test('a file of a certificate that is not there: Missing', async () => {
      const found = await refused('esdb://127.0.0.1:1?tls=true&tlsCAFile=/nowhere/ca.crt')
      expect(found).toMatchObject({ reason: 'Missing', retry: false })
    })

    test('TLS against plain text: Unavailable, to be mended', async () => {
      const server = await serving()
      const found = await refused(server.url().replace('tls=false', 'tls=true'))
      expect(found).toMatchObject({ reason: 'Unavailable', retry: false })
      expect(found.message).toContain('tls=false')
    })

    test('plain text against TLS: Unavailable', async () => {
      const server = await serving({ users: { secretary: 'right-password' } })
      const found = await refused(server.url().replace('tls=true', 'tls=false'), { timeoutMs: 3_000 })
      expect(found.reason).toBe('Unavailable')
    })

    test('something else listens there, or says nothing: no promise is left hanging', async () => {
      const silent = createServer((socket) => socket.on('error', () => {}))
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
      onTestFinished(() => void silent.close())
      const address = silent.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      const found = await refused(`esdb://127.0.0.1:${port}?tls=false`, { timeoutMs: 900 })
      expect(found).toMatchObject({ reason: 'Unavailable', retry: true })
    })

    test('a URL that says what it must not, or nothing that is known: Unsupported, and no password is shown', async () => {
      for (const url of [
        'esdb://',
        'esdb://u:secret@h:x:y',
        'esdb://u:secret@127.0.0.1:2113?throwOnAppendFailure=false',
        'esdb://u:secret@127.0.0.1:2113?nonsense=1',
        'esdb://u:secret@127.0.0.1:2113?register=No-Name',
        'esdb://u:secret@127.0.0.1:2113?client=other',
        'esdb://u:secret@127.0.0.1:99999?tlsCAFile=/nowhere/ca.pem',
        'esdb://u:secret@127.0.0.1:2113?keepAliveInterval=file',
        'esdb://u:secret@127.0.0.1:2113?keepAliveInterval=-9',
      ]) {
        const found = await refused(url)
        expect(found).toMatchObject({ reason: 'Unsupported', retry: false })
        expect(found.message).not.toContain('secret')
      }
    })

    test('a password that a file holds, or a file that is empty or not there', async () => {
      const server = await serving({ users: { secretary: 'right p@s%s/word' } })
      const folder = mkdtempSync(join(tmpdir(), 'smagruppe-'))
      onTestFinished(() => rmSync(folder, { recursive: true }))
      const passwordFile = join(folder, 'password')
      const url = server.url({ user: 'secretary', parameters: { passwordFile, tlsCAFile: server.authorityFile ?? '' } })
      expect(await refused(url)).toMatchObject({ reason: 'Missing', retry: false })
      writeFileSync(passwordFile, '\n')
      expect(await refused(url)).toMatchObject({ reason: 'Missing', retry: false })
      writeFileSync(passwordFile, 'right p@s%s/word\n')
      await opened(url)
    })

    test('a certificate that is not to be looked at: no client prints the URL for it', async () => {
      const server = await serving({ users: { secretary: 'right-password' } })
      const warned = vi.spyOn(console, 'warn').mockImplementation(() => {})
      onTestFinished(() => warned.mockRestore())
      const url = server.url({ user: 'secretary:right-password', parameters: { tlsVerifyCert: 'false' } })
      const answer = await tried(url)
      if (isLeft(answer)) expect(answer.left).toMatchObject({ reason: 'Unsupported', retry: false })
      else await answer.right.close()
      expect(isLeft(answer)).toBe(client === 'db-client')
      expect(warned).not.toHaveBeenCalled()
    })

    test('a server that takes an append whatever it expects: Unsupported', async () => {
      const server = await serving()
      server.expectNothing()
      expect(await refused(server.url())).toMatchObject({
        reason: 'Unsupported',
        retry: false,
        message: expect.stringContaining('was not refused'),
      })
    })

    test('the other client in the same process would break both: Unsupported', async () => {
      rightOf(await tried((await serving()).url()))
      const other = client === 'db-client' ? 'kurrentdb-client' : 'db-client'
      expect(await refused((await serving()).url(), { client: other })).toMatchObject({
        reason: 'Unsupported',
        message: expect.stringContaining('would break both'),
      })
    })
  })

  describe(`an append whose answer is lost, by ${client}`, () => {
    const expectations: ReadonlyArray<readonly [string, ExpectedRevision]> = [
      ['exactly', exactly(revision(0))],
      ['any', any],
      ['stream exists', streamExists],
    ]
    for (const instead of ['drop', 'die', 'time out'] as const) {
      for (const events of ['stored', 'not stored'] as const) {
        test(`the connection ends by ${instead}, ${events}: it is there once, with its own receipt`, async () => {
          const server = await serving()
          const { events: store } = await opened(server.url())
          const revive = async (): Promise<void> => {
            if (instead !== 'die') return
            while (await listens(server.endpoint.port)) await sleep(10)
            await server.restart()
          }
          await appended(store, ours, noStream, event('first'))
          let length = 1
          for (const [what, expected] of expectations) {
            const known: ExpectedRevision = expected._tag === 'Exactly' ? exactly(revision(length - 1)) : expected
            server.loseAnswer({ nth: 1, instead, events })
            const [receipt] = await Promise.all([
              appended(store, ours, known, event(`${what} a`), event(`${what} b`)),
              revive(),
            ])
            expect([receipt.first, receipt.last]).toEqual([length, length + 1])
            length += 2
          }
          server.loseAnswer({ nth: 1, instead, events })
          const [begun] = await Promise.all([appended(store, stream('theirs'), noStream, event('begun')), revive()])
          expect([begun.first, begun.last]).toEqual([0, 0])
          const log = await eventsOf(store.readAll())
          expect(namesOf(log)).toEqual([
            'first',
            ...expectations.flatMap(([what]) => [`${what} a`, `${what} b`]),
            'begun',
          ])
          expect(log.at(-1)?.position).toBe(begun.position)
        })
      }
    }

    test('a server that hangs: Unavailable in time, it may pass, and asking again settles it', async () => {
      const server = await serving()
      const { events: store } = await opened(server.url(), { timeoutMs: 1_500 })
      await appended(store, ours, noStream, event('first'))
      server.hang()
      const failure = leftOf(await store.append(ours, exactly(revision(0)), [event('second')])())
      expect(failure).toMatchObject({ _tag: 'StoreFailure', reason: 'Unavailable', retry: true })
      for await (const page of store.readAll())
        expect(leftOf(page)).toMatchObject({ reason: 'Unavailable', retry: true })
      server.resume()
      const receipt = await appended(store, ours, exactly(revision(0)), event('second'))
      expect([receipt.first, receipt.last]).toEqual([1, 1])
      expect(namesOf(await eventsOf(store.readStream(ours)))).toEqual(['first', 'second'])
    })

    test('a server that dies and stays away: asking again once it is back settles it, whatever was expected', async () => {
      const server = await serving()
      const { events: store } = await opened(server.url(), { timeoutMs: 900 })
      await appended(store, ours, noStream, event('first'))
      for (const [i, expected] of [any, streamExists, exactly(revision(5))].entries()) {
        await appended(store, ours, any, event(`before ${i}`))
        server.loseAnswer({ nth: 1, instead: 'die', events: 'stored' })
        const batch = [event(`lost ${i}`)] as const
        expect(leftOf(await store.append(ours, expected, batch)())).toMatchObject({
          reason: 'Unavailable',
          retry: true,
        })
        await server.restart()
        const { first } = await appended(store, ours, expected, ...batch)
        expect(first).toBe(2 * i + 2)
      }
      expect((await eventsOf(store.readStream(ours))).length).toBe(7)
    })

    test('too large for the server, which is set lower than was said', async () => {
      const server = await serving()
      const { events: store } = await opened(server.url(), { maxAppendBytes: 3_000_000 })
      const large = event('large', { data: `{"text":"${'x'.repeat(1_100_000)}"}` })
      const failure = leftOf(await store.append(ours, noStream, [large])())
      expect(failure).toMatchObject({ _tag: 'AppendTooLarge', limit: 1_048_576 })
    })
  })
}

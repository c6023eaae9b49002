// fault-cases.test-kit.ts: everything that can be made to go wrong with the stand-in, as a real server's clients saw it go wrong

import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Ending } from './faults.test-kit.ts'
import { type Client, failure, id, outcome, speaking } from './speaker.test-kit.ts'
import { standIn } from './stand-in.test-kit.ts'

const unavailable = { error: 'UnavailableError', type: 'unavailable', code: 14 }
const nobodyListens = { error: 'Error', code: 14 }
const accessDenied = { error: 'AccessDeniedError', type: 'access-denied' }

export const faultCases = (name: string, client: Client): void => {
  describe(`the stand-in through ${name}`, () => {
    for (const events of ['stored', 'not stored'] as const) {
      const endings: ReadonlyArray<Exclude<Ending, 'silence'>> = ['drop', 'die', 'time out']
      test.each(endings)(`an append whose answer is lost is ${events}, as told: %s`, async (instead) => {
        const { server, speaker } = await speaking(client)
        await speaker.append('a', 'no_stream', id())
        server.loseAnswer({ nth: 2, instead, events })
        await speaker.append('a', 0n, id())
        const timedOut = { error: 'DeadlineExceededError', type: 'deadline-exceeded' }
        expect(await outcome(speaker.append('a', 1n, id()))).toEqual(instead === 'time out' ? timedOut : unavailable)
        expect(server.log.stream('a')).toHaveLength(events === 'stored' ? 3 : 2)
        if (instead === 'die') await server.restart()
        expect(await speaker.append('a', 'any', id())).toBe(events === 'stored' ? 3n : 2n)
      })
    }

    test('an append that is met with silence is not answered, and the next is', async () => {
      const { server, speaker } = await speaking(client)
      server.loseAnswer({ nth: 1, instead: 'silence', events: 'stored' })
      let answered = 'not yet'
      const settled = (): void => {
        answered = 'answered'
      }
      void speaker.append('a', 'any', id()).then(settled, settled)
      while (server.seen.length === 0) await sleep(5)
      expect(await speaker.append('b', 'any', id())).toBe(0n)
      expect([answered, server.log.stream('a').length]).toEqual(['not yet', 1])
    })

    test('a server that hangs does what was asked when it comes back', async () => {
      const { server, speaker } = await speaking(client)
      await speaker.append('a', 'no_stream', id())
      server.hang()
      let answered = 'not yet'
      const appended = speaker.append('a', 0n, id()).finally(() => {
        answered = 'answered'
      })
      const read = speaker.readStream('a')
      await sleep(50)
      expect([answered, server.log.stream('a').length]).toEqual(['not yet', 1])
      server.resume()
      expect(await appended).toBe(1n)
      expect((await read).length).toBeGreaterThan(0)
    })

    test('connections that break end subscriptions, and new ones are taken', async () => {
      const { server, speaker } = await speaking(client)
      await speaker.append('a', 'no_stream', id())
      const { heard, ended } = speaker.subscribe()
      while (!heard.includes('E@0')) await sleep(5)
      server.drop()
      expect(failure(await ended)).toEqual(unavailable)
      expect(await speaker.append('a', 0n, id())).toBe(1n)
      expect(await speaker.readStream('a')).toEqual(['E@0', 'E@1'])
    })

    test('connections that break by chance break at the same appends for the same seed', async () => {
      const run = async (seed: number): Promise<ReadonlyArray<string>> => {
        const { server, speaker } = await speaking(client)
        await speaker.append('a', 'any', id())
        server.breakByChance({ seed, oneAppendIn: 4, oneEventIn: Number.POSITIVE_INFINITY })
        const seen: string[] = []
        for (let i = 0; i < 24; i++) {
          const before = server.log.stream('a').length
          const answer = await outcome(speaker.append('a', 'any', id()))
          const stored = server.log.stream('a').length > before ? 'stored' : 'not stored'
          seen.push(typeof answer === 'bigint' ? 'answered' : `${answer.type}, ${stored}`)
        }
        return seen
      }
      const first = await run(7)
      expect(new Set(first)).toEqual(new Set(['answered', 'unavailable, stored', 'unavailable, not stored']))
      expect(await run(7)).toEqual(first)
      expect(await run(8)).not.toEqual(first)
    })

    test('a read loses its connection by chance, between events', async () => {
      const { server, speaker } = await speaking(client)
      await speaker.append('a', 'no_stream', ...Array.from({ length: 50 }, id))
      server.breakByChance({ seed: 1, oneAppendIn: Number.POSITIVE_INFINITY, oneEventIn: 10 })
      expect(await outcome(speaker.readStream('a'))).toEqual(client.readFailure(unavailable))
      server.breakByChance(undefined)
      expect(await speaker.readStream('a')).toHaveLength(50)
    })

    test('nobody listens after a death; after the restart the same client appends to what was stored', async () => {
      const { server, speaker } = await speaking(client)
      await speaker.append('a', 'no_stream', id())
      // The successor never reads again where its first read met nobody.
      expect(await speaker.readStream('a')).toEqual(['E@0'])
      const { ended } = speaker.subscribe()
      await sleep(50)
      await server.die()
      expect(failure(await ended)).toEqual(unavailable)
      await outcome(speaker.append('a', 0n, id()))
      expect(await outcome(speaker.append('a', 0n, id()))).toEqual(nobodyListens)
      expect(await outcome(speaker.readStream('a'))).toEqual(client.readFailure(unavailable))
      await server.restart()
      expect(await speaker.append('a', 0n, id())).toBe(1n)
      expect(await speaker.readStream('a')).toEqual(['E@0', 'E@1'])
    })

    test('a restart forgets recent ids: the same batch again is known by its place only', async () => {
      const { server, speaker } = await speaking(client)
      const batch = [id(), id()]
      expect(await speaker.append('a', 'no_stream', ...batch)).toBe(1n)
      expect(await speaker.append('a', 'any', ...batch)).toBe(1n)
      await server.restart()
      await outcome(speaker.readStream('a'))
      expect(await speaker.append('a', 'no_stream', ...batch)).toBe(1n)
      expect(await speaker.append('a', 'any', ...batch)).toBe(3n)
    })

    test.each(['stored', 'not stored'] as const)(
      'a server that is stopped in order leaves calls unanswered, then resets them; what it held is %s',
      async (held) => {
        const { server, speaker } = await speaking(client)
        await speaker.append('a', 'no_stream', id())
        const { ended } = speaker.subscribe()
        await sleep(50)
        const stopped = server.stop({ milliseconds: 50, held })
        expect(await outcome(speaker.append('a', 0n, id()))).toEqual(client.reset)
        expect(failure(await ended)).toEqual(client.reset)
        await stopped
        expect(server.log.stream('a')).toHaveLength(held === 'stored' ? 2 : 1)
        await outcome(speaker.append('a', 'any', id()))
        expect(await outcome(speaker.append('a', 'any', id()))).toEqual(nobodyListens)
        await server.restart()
        expect(await speaker.append('a', 'any', id())).toBe(held === 'stored' ? 2n : 1n)
      },
    )

    test('a follower names its leader, and the client goes there', async () => {
      const { server, speaker } = await speaking(client)
      const leader = await standIn({ log: server.log })
      onTestFinished(leader.close)
      server.follow(leader.endpoint)
      expect(await outcome(speaker.append('a', 'no_stream', id()))).toEqual({
        error: 'NotLeaderError',
        type: 'not-leader',
        code: 5,
      })
      expect(await speaker.append('a', 'no_stream', id())).toBe(0n)
      expect(leader.seen).toEqual([{ method: 'batch append', stream: 'a', events: 1 }])
    })

    test.each(['Server Is Not Ready', 'Server Is Too Busy'] as const)(
      'a server says that it takes nothing: %s',
      async (why) => {
        const { server, speaker } = await speaking(client)
        server.takeNothing(why)
        expect(await outcome(speaker.append('a', 'no_stream', id()))).toEqual({
          error: 'UnknownError',
          type: 'unknown',
        })
        expect(await outcome(speaker.readStream('a'))).toEqual(client.readFailure(unavailable))
        expect(failure(await speaker.subscribe().ended)).toEqual(unavailable)
        server.takeNothing(undefined)
        expect(await speaker.append('a', 'no_stream', id())).toBe(0n)
      },
    )

    test('a subscription that was too slow says so, and catches up again', async () => {
      const { server, speaker } = await speaking(client)
      const { heard } = speaker.subscribe()
      while (!heard.includes('caughtUp')) await sleep(5)
      server.fallBehind()
      await speaker.append('a', 'no_stream', id(), id())
      while (heard.at(-1) !== 'caughtUp' || !heard.includes('E@1')) await sleep(5)
      expect(heard.slice(heard.indexOf('caughtUp'))).toEqual(['caughtUp', 'fellBehind', 'E@0', 'E@1', 'caughtUp'])
    })

    test('a client that asks for the cluster finds the leader', async () => {
      const { server, speaker } = await speaking(client)
      const leader = await standIn({ log: server.log })
      server.follow(leader.endpoint)
      const discovering = client.connect(server.url().replace('esdb://', 'esdb+discover://'))
      onTestFinished(async () => {
        await discovering.dispose()
        await leader.close()
      })
      expect(await discovering.append('a', 'no_stream', id())).toBe(0n)
      server.follow(undefined)
      expect(await speaker.readStream('a')).toEqual(['E@0'])
    })

    test('a link is read as what it points at, where links are resolved', async () => {
      const { speaker } = await speaking(client)
      await speaker.append('a', 'no_stream', id(), id())
      await speaker.link('links', '1@a')
      expect(await speaker.readStream('links')).toEqual(['$>@0'])
      expect(await speaker.readStream('links', 'resolved')).toEqual(['E@1'])
    })
  })

  describe(`the stand-in with TLS, through ${name}`, () => {
    const all = async (url: string) => {
      const speaker = client.connect(url)
      const answers = [
        await outcome(speaker.append('a', 'any', id())),
        await outcome(speaker.readStream('a')),
        failure(await speaker.subscribe().ended),
      ]
      await speaker.dispose()
      return answers
    }

    test('who is known may do everything', async () => {
      const server = await standIn({ users: { admin: 'changeit' } })
      onTestFinished(server.close)
      const speaker = client.connect(
        server.url({ user: 'admin:changeit', parameters: { tlsCAFile: `${server.authorityFile}` } }),
      )
      expect(await speaker.append('a', 'no_stream', id())).toBe(0n)
      expect(await speaker.readStream('a')).toEqual(['E@0'])
      await speaker.dispose()
    })

    test('a wrong password and none are refused, each in its own way', async () => {
      const server = await standIn({ users: { admin: 'changeit' } })
      onTestFinished(server.close)
      const parameters = { tlsCAFile: `${server.authorityFile}` }
      const wrong = { ...accessDenied, code: 16 }
      expect(await all(server.url({ user: 'admin:wrong', parameters }))).toEqual([
        wrong,
        client.readFailure(wrong),
        wrong,
      ])
      const none = { ...accessDenied, code: 7 }
      expect(await all(server.url({ parameters }))).toEqual([accessDenied, client.readFailure(none), none])
      expect(server.log.stream('a')).toEqual([])
      const speaker = client.connect(server.url({ parameters }))
      expect(await outcome(speaker.appendAs('admin', 'wrong', 'a'))).toEqual(wrong)
      expect(await speaker.appendAs('admin', 'changeit', 'a')).toBe(0n)
      await speaker.dispose()
    })

    test('an authority that is not known, plain against TLS and TLS against plain make no connection', async () => {
      const server = await standIn({ users: { admin: 'changeit' } })
      const plain = await standIn()
      onTestFinished(async () => {
        await server.close()
        await plain.close()
      })
      const none = [nobodyListens, client.readFailure(unavailable), unavailable]
      expect(await all(server.url({ user: 'admin:changeit' }))).toEqual(none)
      expect(await all(server.url({ parameters: { tls: 'false' } }))).toEqual(none)
      expect(await all(plain.url({ parameters: { tls: 'true' } }))).toEqual(none)
    })
  })
}

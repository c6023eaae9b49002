// others.test-kit.ts: a server that others use too, and what they can do to a register, for each client

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { any, type EventStore, exactly, headOf, noStream, position, revision, theStart } from '@smagruppe/domain'
import { isLeft } from 'fp-ts/lib/Either.js'
import { describe, expect, onTestFinished, test } from 'vitest'
import { leftOf, rightOf } from '../contract/case.ts'
import { appended, event, eventsOf, namesOf, pagesOf, stream } from '../contract/samples.ts'
import { systemClock } from '../node/index.ts'
import { openSqlite } from '../sqlite/index.ts'
import { bindingOf } from './binding.ts'
import type { Client, ClientName } from './client.ts'
import { openEventStoreDb } from './event-store.ts'
import { checkEventStoreDb } from './index.ts'
import { withRows } from './opening.ts'
import { type StandIn, standIn } from './stand-in/stand-in.test-kit.ts'

const ours = stream('ours')

const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'smagruppe-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  return made
}

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))

/** What somebody sets for the stream. */
const set = (server: StandIn, settings: Readonly<Record<string, number>>): void => {
  const told = { type: '$metadata', contentType: 'application/json', data: bytes(settings), metadata: new Uint8Array() }
  server.log.store(`$$${ours}`, [{ id: crypto.randomUUID(), ...told }])
}

export const othersCases = (name: ClientName): void => {
  const serving = async () => {
    const server = await standIn()
    onTestFinished(server.close)
    const url = `${server.url()}&client=${name}`
    const bare = rightOf(await bindingOf(name)).connect(server.url())
    onTestFinished(() => bare.dispose())
    return { server, url, bare }
  }

  const opened = async (url: string, timeoutMs = 9_000) => {
    const log = rightOf(await openEventStoreDb(url, { clock: systemClock, timeoutMs })())
    onTestFinished(async () => void (await log.close()))
    return log.events
  }

  const write = (bare: Client, to: string, type: string, metadata: unknown) =>
    bare.append(to, 'any', [{ id: crypto.randomUUID(), type, data: bytes({}), metadata: bytes(metadata) }])

  describe(`events of others, by ${name}`, () => {
    test('in the same log are passed over, and have been seen', async () => {
      const { url, bare } = await serving()
      const events = await opened(url)
      await appended(events, ours, noStream, event('0'))
      await write(bare, 'orders-1', 'OrderPlaced', {})
      await write(bare, stream('theirs'), 'SomethingHappened', { version: 1 })
      await appended(events, ours, any, event('1'))
      const { position: last } = await appended(events, stream('other', 'session'), noStream, event('2'))
      await write(bare, '$settings-of-theirs', '$metadata', {})
      expect(namesOf(await eventsOf(events.readAll({ pageSize: 1 })))).toEqual(['0', '1', '2'])
      expect(namesOf(await eventsOf(events.readAll({ category: 'group' })))).toEqual(['0', '1'])
      const seen = (await pagesOf(events.readAll())).at(-1)?.through ?? theStart
      expect(seen).toBeGreaterThan(last)
      expect(rightOf(await headOf(events)())).toBe(seen)
      expect(await pagesOf(events.readAll({ after: seen }))).toEqual([{ events: [], through: seen, caughtUp: true }])
    })

    test('in a stream of ours make it Damaged, for its numbers are no more what we wrote', async () => {
      const { url, bare } = await serving()
      const events = await opened(url)
      await appended(events, ours, noStream, event('0'))
      await write(bare, ours, 'SomethingHappened', {})
      for await (const page of events.readStream(ours))
        expect(leftOf(page)).toMatchObject({
          reason: 'Damaged',
          retry: false,
          message: expect.stringContaining('somebody else'),
        })
      const { findings } = rightOf(await checkEventStoreDb(url)())
      expect(findings).toEqual([{ code: 'Revision', message: expect.stringContaining('somebody else') }])
    })

    test('with our mark and not as we write them are Damaged', async () => {
      const { url, bare } = await serving()
      await write(bare, ours, 'SomethingHappened', { smagruppe: 1 })
      const events = await opened(url).catch((error: unknown) => error)
      expect(String(events)).toContain('is not as it was written')
    })

    test('of another register on the same server are not ours: each has its own streams', async () => {
      const { url } = await serving()
      const [one, other] = [await opened(`${url}&register=one`), await opened(`${url}&register=other`)]
      await appended(one, ours, noStream, event('of one'))
      await appended(other, ours, noStream, event('of the other'))
      expect(namesOf(await eventsOf(one.readAll()))).toEqual(['of one'])
      expect(namesOf(await eventsOf(other.readStream(ours)))).toEqual(['of the other'])
      expect(await eventsOf((await opened(url)).readAll())).toEqual([])
      expect(namesOf(await eventsOf(one.readAll({ types: ['SomethingHappened'] })))).toEqual(['of one'])
    })
  })

  describe(`streams that were deleted, by ${name}`, () => {
    for (const how of ['deleted', 'tombstoned', 'truncated'] as const)
      test(`${how}: nothing is read as if it never was, and nothing goes on with its numbers unnoticed`, async () => {
        const { url, server } = await serving()
        const events = await opened(url)
        await appended(events, ours, noStream, event('0'), event('1'))
        if (how === 'tombstoned') server.log.storeTombstone(ours)
        else set(server, { $tb: how === 'deleted' ? Number.MAX_SAFE_INTEGER : 1 })
        for await (const page of events.readStream(ours))
          expect(leftOf(page)).toMatchObject({ reason: 'Damaged', retry: false })
        if (how !== 'truncated') {
          const again = await events.append(ours, noStream, [event('2')])()
          expect(leftOf(again)).toMatchObject({ _tag: 'StoreFailure', reason: 'Damaged', retry: false })
          expect(leftOf(await events.append(ours, any, [event('3')])())).toMatchObject({ reason: 'Damaged' })
        }
        const { findings } = rightOf(await checkEventStoreDb(url)())
        expect(findings.map(({ code }) => code)).toContain('Revision')
      })
  })

  describe(`streams of which nothing is shown, by ${name}`, () => {
    const answers = async (events: EventStore) => {
      const read = []
      for await (const page of events.readStream(ours)) read.push(leftOf(page))
      const appends = [events.append(ours, noStream, [event('2')]), events.append(ours, any, [event('3')])]
      for (const append of appends) read.push(leftOf(await append()))
      return read.map((failure) => failure._tag === 'StoreFailure' && failure.reason)
    }

    for (const hiding of [{ $maxAge: 0 }, { $maxCount: 0 }, { $tb: 2 }])
      test(`by ${Object.keys(hiding)}: Damaged, and nothing is appended`, async () => {
        const { url, server } = await serving()
        const events = await opened(url)
        await appended(events, ours, noStream, event('0'), event('1'))
        set(server, hiding)
        expect(await answers(events)).toEqual(['Damaged', 'Damaged', 'Damaged'])
        expect(server.log.stream(ours)).toHaveLength(2)
      })

    test('and whose settings may not be read: Denied, for it may be deleted', async () => {
      const { url, server } = await serving()
      const events = await opened(url)
      await appended(events, ours, noStream, event('0'), event('1'))
      set(server, { $maxAge: 0 })
      server.failReads({ of: 'metadata', next: 100, why: 'Access Denied' })
      expect(await answers(events)).toEqual(['Denied', 'Denied', 'Denied'])
      expect(server.log.stream(ours)).toHaveLength(2)
    })

    test('deleted since it was searched: Damaged, where any revision is expected', async () => {
      const { url, server } = await serving()
      const events = await opened(url)
      await appended(events, ours, any, event('0'))
      set(server, { $tb: Number.MAX_SAFE_INTEGER })
      expect(leftOf(await events.append(ours, any, [event('1')])())).toMatchObject({ reason: 'Damaged', retry: false })
      expect(server.log.stream(ours)).toHaveLength(1)
    })
  })

  describe(`read models beside a log, by ${name}`, () => {
    test('that have followed another log are told so, where nothing stands at their position', async () => {
      const { url } = await serving()
      // So long as it takes to be sure.
      const events = await opened(url, 900)
      const { position: last } = await appended(events, ours, noStream, event('0'))
      await appended(events, ours, exactly(revision(0)), event('1'))
      for await (const page of events.readAll({ after: position(last + 1) }))
        expect(leftOf(page)).toMatchObject({ reason: 'AheadOfLog', retry: false })
    })

    test('do not stand where another register is', async () => {
      const { url } = await serving()
      const other = rightOf(await openSqlite(join(folder(), 'rows.db'), { clock: systemClock })())
      await appended(other.events, ours, noStream, event('0'))
      const log = rightOf(await openEventStoreDb(url, { clock: systemClock })())
      const refused = await withRows(log, async () => ({ _tag: 'Right', right: other }))
      expect(leftOf(refused)).toMatchObject({ reason: 'Foreign', retry: false })
      expect(isLeft(await other.close())).toBe(false)
    })
  })
}

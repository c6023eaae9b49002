// every-pair.test-kit.ts: a log that goes back in time, as where several clocks wrote it, copied between any two kinds of stores, by each client of EventStoreDB

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { any, type EventStore, exactly, type Instant, noStream, revision, type StoredEvent } from '@smagruppe/domain'
import { right } from 'fp-ts/lib/Either.js'
import { describe, expect, onTestFinished, test } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { appended, event, eventsOf, noon, secondsAfter, stream } from '../contract/samples.ts'
import { type ClientName, checkEventStoreDb, openEventStoreDbToExtend } from '../eventstoredb/index.ts'
import { standIn } from '../eventstoredb/stand-in/stand-in.test-kit.ts'
import { memoryLogToExtend } from '../memory/index.ts'
import { systemClock } from '../node/index.ts'
import { checkPostgres, openPostgresToExtend } from '../postgres/index.ts'
import { newDatabase } from '../postgres/postgres.test-kit.ts'
import { checkSqlite, openSqliteToExtend } from '../sqlite/index.ts'
import type { Checked } from '../stores/checking.ts'
import { type CopySource, type CopyTarget, copyRegister } from './index.ts'

const [ours, theirs] = [stream('ours'), stream('theirs', 'session')]

/** Two who write by clocks of their own, one an hour behind; what follows its like stands in one append, whose time the next one shares or not. */
const written: ReadonlyArray<Parameters<CopyTarget['extend']>[0][number]> = [
  { stream: ours, expected: noStream, events: [event('0'), event('1')], recordedAt: noon },
  { stream: theirs, expected: noStream, events: [event('2')], recordedAt: secondsAfter(noon, -3_600) },
  { stream: ours, expected: exactly(revision(1)), events: [event('3')], recordedAt: secondsAfter(noon, 5) },
  {
    stream: ours,
    expected: exactly(revision(2)),
    events: [event('4', { knownSince: secondsAfter(noon, -86_400) }), event('5')],
    recordedAt: secondsAfter(noon, -3_590),
  },
  { stream: theirs, expected: exactly(revision(0)), events: [event('6')], recordedAt: secondsAfter(noon, -3_590) },
]

const times: ReadonlyArray<Instant> = written.flatMap(({ events, recordedAt }) => events.map(() => recordedAt))

/** Positions are each store's own. */
const logOf = async (events: EventStore): Promise<ReadonlyArray<Omit<StoredEvent, 'position'>>> =>
  (await eventsOf(events.readAll())).map(({ position, ...kept }) => kept)

/** A log to copy from and to, without a vault. */
interface Kept extends CopyTarget {
  readonly check: () => Promise<Checked | null>
}

const noVault: CopySource['vault'] = { contents: async () => right(null), become: () => async () => right(undefined) }

type Log = Pick<CopyTarget, 'events' | 'extend' | 'close'> & { readonly place: string }

const kept = ({ events, extend, place, close }: Log, check: Kept['check']): Kept => {
  onTestFinished(async () => void (await close()))
  return { events, extend, close, places: [place], vault: noVault, check }
}

type Open = (name: string) => Promise<Kept>

/** Every kind of store, and how a new log is made in each. */
const kindsBy = async (client: ClientName): Promise<ReadonlyArray<readonly [kind: string, open: Open]>> => {
  const folder = mkdtempSync(join(tmpdir(), 'smagruppe-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const database = await newDatabase()
  const server = await standIn()
  onTestFinished(server.close)
  return [
    [
      'memory',
      async (name) => {
        const log = memoryLogToExtend({ clock: systemClock })
        return kept({ ...log, place: name, close: async () => right(undefined) }, async () => null)
      },
    ],
    [
      'sqlite',
      async (name) => {
        const path = join(folder, `${name}.db`)
        const log = rightOf(await openSqliteToExtend(path)())
        return kept(log, async () => rightOf(await checkSqlite(path)()))
      },
    ],
    [
      'postgres',
      async (name) => {
        const log = rightOf(await openPostgresToExtend(database, { schema: name })())
        return kept(log, async () => rightOf(await checkPostgres(database, { schema: name })()))
      },
    ],
    [
      'eventstoredb',
      async (name) => {
        const url = server.url({ parameters: { register: name } })
        const log = rightOf(await openEventStoreDbToExtend(url, { client })())
        return kept(log, async () => rightOf(await checkEventStoreDb(url, { client })()))
      },
    ],
  ]
}

export const pairCases = (client: ClientName): void => {
  describe(`between any two kinds of stores, by ${client} where one is EventStoreDB`, () => {
    test('a log that goes back in time is copied as it is, found sound, and goes on from its last event', async () => {
      const kinds = await kindsBy(client)
      const events = times.length
      for (const [from, openFrom] of kinds) {
        const source = await openFrom(`from_${from}`)
        rightOf(await source.extend(written)())
        const log = await logOf(source.events)
        expect(log.map(({ recordedAt }) => recordedAt)).toEqual(times)
        for (const [to, openTo] of kinds) {
          const pair = `${from} to ${to}`
          const target = await openTo(`${from}_to_${to}`)
          expect(await copyRegister(source, target)(), pair).toEqual(
            right({ events, added: events, persons: 0, claims: 'in step' }),
          )
          expect(await logOf(target.events), pair).toEqual(log)
          expect(rightOf(await copyRegister(source, target)()), pair).toMatchObject({ added: 0 })
          const checked = await target.check()
          if (checked !== null) expect(checked, pair).toEqual({ rows: events, findings: [] })
          await appended(target.events, theirs, any, event('7'))
          const last = (await logOf(target.events)).at(-1)
          expect(last?.revision, pair).toBe(2)
          expect((last?.recordedAt ?? '') > noon, pair).toBe(true)
        }
      }
    })
  })
}

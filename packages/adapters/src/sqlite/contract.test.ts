// contract.test.ts: the stores and the vault on SQLite keep the contract, each case in files of its own

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EventStore } from '@smagruppe/domain'
import { describe, test } from 'vitest'
import { rightOf } from '../contract/case.ts'
import {
  type EventStoreSubject,
  eventStoreCases,
  type Opened,
  projectionStoreCases,
  subscriptionCases,
  vaultCases,
} from '../contract/index.ts'
import { systemClock } from '../node/index.ts'
import { openSqlite, openSqliteVault } from './index.ts'

/** A file in a folder of its own, which goes when it is closed. */
const inFolder = async <A extends { readonly close: () => Promise<unknown> }, B>(
  open: (path: string) => Promise<A>,
  pick: (opened: A) => B,
): Promise<Opened<B>> => {
  const folder = mkdtempSync(join(tmpdir(), 'smagruppe-'))
  const opened = await open(join(folder, 'file.sqlite'))
  const close = async (): Promise<void> => {
    await opened.close()
    rmSync(folder, { recursive: true })
  }
  return { it: pick(opened), close }
}

const eventStore: EventStoreSubject = {
  capabilities: {
    maxAppendBytes: 'unlimited',
    idempotency: 'exact',
    monotoneRecordedAt: true,
    onceClosed: 'refuses',
  },
  open: async (clock) => {
    const folder = mkdtempSync(join(tmpdir(), 'smagruppe-'))
    const another = async (its: typeof clock): Promise<Opened<EventStore>> => {
      const { events, close } = rightOf(await openSqlite(join(folder, 'file.sqlite'), { clock: its })())
      return { it: events, close: async () => void rightOf(await close()) }
    }
    const { it, close } = await another(clock)
    return {
      it,
      close: async () => {
        await close()
        rmSync(folder, { recursive: true })
      },
      another,
      // A file has no connections.
      interrupt: async () => {},
    }
  },
}

describe('event store', () => {
  for (const { name, run } of eventStoreCases) test(name, () => run(eventStore))
})

describe('subscriptions', () => {
  for (const { name, run } of subscriptionCases) test(name, () => run(eventStore))
})

describe('rows', () => {
  for (const { name, run } of projectionStoreCases) {
    test(name, () =>
      run({
        open: () =>
          inFolder(
            async (path) => rightOf(await openSqlite(path, { clock: systemClock })()),
            ({ rows }) => rows,
          ),
      }),
    )
  }
})

describe('vault', () => {
  for (const { name, run } of vaultCases) {
    test(name, () =>
      run({
        open: () =>
          inFolder(
            async (path) => rightOf(await openSqliteVault(path)()),
            (vault) => vault,
          ),
      }),
    )
  }
})

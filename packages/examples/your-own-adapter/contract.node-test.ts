// contract.node-test.ts: the store holds the contract; `node --test` runs this, and any other runner could

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { type EventStoreSubject, eventStoreCases, subscriptionCases } from '@smagruppe/adapters/contract'
import { openJsonLines } from './json-lines.ts'

const subject: EventStoreSubject = {
  capabilities: { maxAppendBytes: 'unlimited', idempotency: 'exact', monotoneRecordedAt: true, onceClosed: 'refuses' },
  open: async (clock) => {
    const folder = mkdtempSync(join(tmpdir(), 'json-lines-'))
    const another = async (its: typeof clock) => {
      const { events, close } = openJsonLines(join(folder, 'log.jsonl'), its)
      return { it: events, close: async () => close() }
    }
    const first = await another(clock)
    const close = async () => {
      await first.close()
      rmSync(folder, { recursive: true })
    }
    // A file has no connection that could break.
    return { it: first.it, close, another, interrupt: async () => {} }
  },
}

describe('event store', () => {
  for (const { name, run } of eventStoreCases) test(name, () => run(subject))
})

describe('subscriptions', () => {
  for (const { name, run } of subscriptionCases) test(name, () => run(subject))
})

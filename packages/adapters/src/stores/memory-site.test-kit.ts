// memory-site.test-kit.ts: stores in memory that can be closed and opened again, and made to do something otherwise

import { type EventStore, type PageResult, type StoreFailure, storeFailure } from '@smagruppe/domain'
import { left } from 'fp-ts/lib/Either.js'
import { memoryEventStore, memoryProjectionStore, memoryVault } from '../memory/index.ts'
import type { Stores } from './asking.test-kit.ts'
import type { NewSite } from './commands.test-kit.ts'

/** What a store does otherwise, the how-manieth time it is opened. */
export type Broken = (stores: Stores, opened: number) => { readonly [Store in keyof Stores]?: Partial<Stores[Store]> }

/** Stores in memory that can be closed and opened, and that do something otherwise. */
export const memorySite =
  (broken: Broken = () => ({})): NewSite =>
  async (clock) => {
    const stores: Stores = { events: memoryEventStore({ clock }), rows: memoryProjectionStore(), vault: memoryVault() }
    let opened = 0
    return {
      open: async () => {
        opened += 1
        const { events, rows, vault } = broken(stores, opened)
        const closing = new AbortController()
        const log = { ...stores.events, ...events }
        return {
          events: { ...log, subscribe: closable(log, closing.signal) },
          rows: { ...stores.rows, ...rows },
          vault: { ...stores.vault, ...vault },
          close: async () => closing.abort(),
        }
      },
      remove: async () => {},
    }
  }

const closable =
  ({ subscribe }: EventStore, closing: AbortSignal): EventStore['subscribe'] =>
  (options = {}) => ({
    [Symbol.asyncIterator]: () => {
      const ending = new AbortController()
      const end = (): void => ending.abort()
      let tells: StoreFailure | null = null
      const close = (): void => {
        if (!ending.signal.aborted) tells = storeFailure('Closed', 'the store has been closed')
        end()
      }
      options.signal?.addEventListener('abort', end, { once: true })
      closing.addEventListener('abort', close, { once: true })
      const pages = subscribe({ ...options, signal: ending.signal })[Symbol.asyncIterator]()
      return {
        next: async (): Promise<IteratorResult<PageResult, unknown>> => {
          const result = await pages.next()
          if (result.done !== true || tells === null) return result
          const failure = tells
          tells = null
          return { done: false, value: left(failure) }
        },
        return: async () => {
          end()
          return (await pages.return?.()) ?? { done: true, value: undefined }
        },
      }
    },
  })

// copying.ts: a register on EventStoreDB to copy from or to

import type { StoreFailure } from '@smagruppe/domain'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { CopyTarget } from '../copying/index.ts'
import { systemClock } from '../node/index.ts'
import { type EventStoreDbLog, type EventStoreDbOptions, openToExtend } from './event-store.ts'

/**
 * Opens the log on that server to be copied to, or from; `withContents` of `@smagruppe/adapters/copying` puts it together with its vault.
 * What is copied keeps its times. One append follows the other, so that the order is the same. For the failures see `openEventStoreDb`.
 */
export const openEventStoreDbToExtend = (
  url: string,
  options: Omit<EventStoreDbOptions, 'clock'> = {},
): TaskEither<StoreFailure, EventStoreDbLog & Pick<CopyTarget, 'extend'>> =>
  openToExtend(url, { ...options, clock: systemClock })

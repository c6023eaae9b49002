// rebuilding.test-kit.ts: a read model that the processes of a test build together

import {
  type CatchUp,
  defineProjection,
  type EventOf,
  emptyCatalogue,
  eventType,
  follower,
  type Projection,
} from '@smagruppe/domain'
import * as t from 'io-ts'
import type { SqliteRegister } from './index.ts'

const somethingHappened = eventType('SomethingHappened', t.strict({ name: t.string }))
type Happening = EventOf<typeof somethingHappened>

export const happenings = emptyCatalogue.with(somethingHappened)

/** How much happened in each stream. */
export const happened: Projection<Happening, number> = defineProjection({
  name: 'happened',
  version: 1,
  kind: 'current',
  handles: new Set(['SomethingHappened']),
  keys: ({ stream }) => [stream],
  evolve: (count) => (count ?? 0) + 1,
  row: t.number,
})

export const tasksOver = ({ events, rows }: Pick<SqliteRegister, 'events' | 'rows'>): CatchUp<Happening> => ({
  events,
  rows,
  catalogue: happenings,
  followers: [follower(happened)],
})

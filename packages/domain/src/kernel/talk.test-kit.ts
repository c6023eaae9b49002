// talk.test-kit.ts: for the tests of projections: a log of words said and forgotten, and two projections of it

import { isLeft } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { anybody, commandNamed, correlationNamed, groupStream, inMemoryLog } from '../testing/index.ts'
import type { CatchUp } from './catch-up.ts'
import { eventIdOf } from './event.ts'
import { type EventCatalogue, type EventOf, emptyCatalogue, eventType } from './event-catalogue.ts'
import { any, type EventStore } from './event-store.ts'
import { defineProjection, type Projection } from './projection.ts'
import type { ProjectionId, ProjectionStore } from './projection-store.ts'
import { follower } from './replay.ts'

export const said = eventType('Said', t.strict({ word: t.string }))
export const forgot = eventType('Forgot', t.strict({ word: t.string }))
/** What no catalogue here knows. */
export const unheard = eventType('Unheard', t.strict({ word: t.string }))
export type Talk = EventOf<typeof said> | EventOf<typeof forgot> | EventOf<typeof unheard>
export const catalogue: EventCatalogue<Talk> = emptyCatalogue.with(said).with(forgot)

/** The catalogue of a later release, which also reads what `!a` said. */
export const laterCatalogue: EventCatalogue<Talk> = emptyCatalogue
  .with(said.next(t.strict({ word: t.string }), (older) => older))
  .with(forgot)

/** How often each word was said, times the version; a forgotten word goes. */
export const words = (version = 1): Projection<Talk, number> =>
  defineProjection({
    name: 'words',
    version,
    kind: 'current',
    handles: new Set(['Said', 'Forgot']),
    keys: ({ event }) => (event.type === 'Said' || event.type === 'Forgot' ? [event.data.word] : []),
    evolve: (row, { event }) => (event.type === 'Said' ? (row ?? 0) + version : null),
    row: t.number,
  })
export const forgotten: Projection<Talk, string> = defineProjection({
  name: 'forgotten',
  version: 1,
  kind: 'current',
  handles: new Set(['Forgot']),
  keys: ({ event }) => (event.type === 'Forgot' ? [event.data.word] : []),
  evolve: (_row, { position }) => `at ${position}`,
  row: t.string,
})

export const stream = groupStream('talk')

export const filled = async (...texts: ReadonlyArray<string>) => {
  const log = inMemoryLog()
  for (const text of texts) await say(log, text)
  return log
}

/** `a` says the word, `-a` forgets it, `?a` is something unheard of, `!a` says it in a version of later. */
export const say = async (log: ReturnType<typeof inMemoryLog>, text: string): Promise<void> => {
  const causation = commandNamed(`word ${log.log.length}`)
  const type = text.startsWith('-') ? 'Forgot' : text.startsWith('?') ? 'Unheard' : 'Said'
  await log.append(stream, any, [
    {
      id: eventIdOf(causation, 0),
      type,
      version: text.startsWith('!') ? 2 : 1,
      data: JSON.stringify({ word: text.replace(/^[-?!]/, '') }),
      knownSince: null,
      actor: anybody.actor,
      causation,
      correlation: correlationNamed('testing'),
    },
  ])()
}

export const task = (events: EventStore, rows: ProjectionStore, more: Partial<CatchUp<Talk>> = {}): CatchUp<Talk> => ({
  events,
  catalogue,
  rows,
  followers: [follower(words()), follower(forgotten)],
  ...more,
})

export const rowsIn = async (rows: ProjectionStore, { name, version, build = 0 }: ProjectionId) => {
  const listed = await rows.list({ name, version, build }, { limit: 99 })()
  return isLeft(listed) ? listed.left : listed.right.map(({ key, row }) => `${key} ${row}`)
}

/** Every build that is kept: its checkpoint, `*` where it serves, and how many events it lacks. */
export const buildsIn = async (rows: ProjectionStore): Promise<unknown> => {
  const kept = await rows.kept()
  if (isLeft(kept)) return kept.left
  return kept.right
    .map(
      ({ name, version, build, checkpoint, serves, quarantined }) =>
        `${name} ${version}.${build} at ${checkpoint}${serves ? ' *' : ''}${quarantined > 0 ? ` lacks ${quarantined}` : ''}`,
    )
    .sort()
}

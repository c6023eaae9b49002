// wishes.test-kit.ts: for the model runs: questions that say what they mean only when they are asked, as things stand then

import {
  type ExpectedRevision,
  exactly,
  noStream,
  type ProjectionId,
  revision,
  type ServingBuild,
  theStart,
} from '@smagruppe/domain'
import { rightOf } from '../contract/case.ts'
import { eventsOf, noon } from '../contract/samples.ts'
import type { Asked, Oracle, Stores } from './asking.test-kit.ts'

export type Append = Extract<Asked, { readonly asks: 'append' }>
type Commit = Extract<Asked, { readonly asks: 'commit' }>
type Serve = Extract<Asked, { readonly asks: 'serve' }>

/** How many events the stream is believed to have got meanwhile: it is expected to end so far behind where it ends. */
export interface BehindItsEnd {
  readonly behindItsEnd: number
}

export type Wish =
  | Exclude<Asked, Append | Commit | Serve>
  | (Omit<Append, 'expected'> & { readonly expected: ExpectedRevision | BehindItsEnd })
  | { readonly asks: 'append again'; readonly from: number; readonly count: number; readonly of: 'one' | 'any stream' }
  | (Omit<Commit, 'from'> & { readonly from: Commit['from'] | 'where it stands' })
  | (Omit<Serve, 'seen'> & { readonly seen: ServingBuild | null | 'what serves' })

/** What is asked, as things stand; null where there is nothing to be asked. */
export const asWished = async (wish: Wish, oracles: Readonly<Record<keyof Stores, Oracle>>): Promise<Asked | null> => {
  const { events } = oracles.events.stores
  const { rows } = oracles.rows.stores
  switch (wish.asks) {
    case 'append': {
      if ('_tag' in wish.expected) return { ...wish, expected: wish.expected }
      const end = (await eventsOf(events.readStream(wish.to))).length
      const last = end - 1 + wish.expected.behindItsEnd
      return { ...wish, expected: last < 0 ? noStream : exactly(revision(last)) }
    }
    case 'append again': {
      const log = await eventsOf(events.readAll())
      const begin = log[wish.from % Math.max(1, log.length)]
      if (begin === undefined) return null
      const follows = log.filter(
        ({ position, stream }) => position > begin.position && (wish.of === 'any stream' || stream === begin.stream),
      )
      return {
        asks: 'append',
        to: begin.stream,
        expected: noStream,
        events: [begin, ...follows.slice(0, wish.count)],
        at: noon,
      }
    }
    case 'commit':
      return {
        ...wish,
        from: wish.from === 'where it stands' ? await standing(oracles.rows, wish.projection) : wish.from,
      }
    case 'serve': {
      if (wish.seen !== 'what serves') return { ...wish, seen: wish.seen }
      const kept = rightOf(await rows.kept())
      const serving = kept.find(({ name, serves }) => serves && name === wish.projection.name)
      if (serving === undefined) return { ...wish, seen: null }
      const { version, build, checkpoint } = serving
      return { ...wish, seen: { version, build, checkpoint } }
    }
    default:
      return wish
  }
}

const standing = async ({ stores }: Oracle, projection: ProjectionId) => {
  const found = await stores.rows.checkpoint(projection)()
  return found._tag === 'Left' ? theStart : found.right
}

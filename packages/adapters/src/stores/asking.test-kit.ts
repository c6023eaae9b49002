// asking.test-kit.ts: for the model runs: what can be asked of a log, of rows and of a vault, as data, and what is answered

import {
  type DoctorId,
  type EventStore,
  type ExpectedRevision,
  headOf,
  type Instant,
  type ListRows,
  type NewEvent,
  type NonEmpty,
  type PageResult,
  type Place,
  type Position,
  type ProjectionId,
  type ProjectionStore,
  type QuarantineChange,
  type ReadAll,
  type ReadStream,
  type RowChange,
  type ServingBuild,
  type StreamName,
  theStart,
  type Vault,
} from '@smagruppe/domain'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import { memoryEventStore, memoryProjectionStore, memoryVault } from '../memory/index.ts'

/** All that a store of any kind has. */
export interface Stores {
  readonly events: EventStore
  readonly rows: ProjectionStore
  readonly vault: Vault
}

/** When a reader goes before the end, and how. */
export interface Stop {
  readonly afterPages: number
  readonly how: 'leave' | 'abort' | 'abort while asking'
}

export type Asked =
  | {
      readonly asks: 'append'
      readonly to: StreamName
      readonly expected: ExpectedRevision
      readonly events: NonEmpty<NewEvent>
      /** What the clock says meanwhile. */
      readonly at: Instant
    }
  | { readonly asks: 'read all'; readonly options: ReadAll; readonly stop: Stop | null }
  | {
      readonly asks: 'read stream'
      readonly stream: StreamName
      readonly options: ReadStream
      readonly stop: Stop | null
    }
  | {
      readonly asks: 'commit'
      readonly projection: ProjectionId
      readonly changes: ReadonlyArray<RowChange>
      readonly from: Position
      readonly to: Position
      readonly quarantine: ReadonlyArray<QuarantineChange>
    }
  | { readonly asks: 'serve'; readonly projection: ProjectionId; readonly seen: ServingBuild | null }
  | { readonly asks: 'kept' }
  | { readonly asks: 'checkpoint' | 'quarantined'; readonly projection: ProjectionId }
  | { readonly asks: 'get'; readonly projection: ProjectionId; readonly key: string }
  | { readonly asks: 'get many'; readonly projection: ProjectionId; readonly keys: ReadonlyArray<string> }
  | { readonly asks: 'list'; readonly projection: ProjectionId; readonly which: ListRows }
  | {
      /** Closes a text, and opens it again as if it were of that person. */
      readonly asks: 'seal'
      readonly person: DoctorId
      readonly place: Place
      readonly text: string
      readonly as: DoctorId
    }
  | { readonly asks: 'claim' | 'release'; readonly number: string; readonly doctor: DoctorId }
  | { readonly asks: 'holder of'; readonly number: string }

/** Which of the three stores is asked: what happens in one is nothing to the others. */
export const storeAsked = ({ asks }: Asked): keyof Stores => {
  switch (asks) {
    case 'append':
    case 'read all':
    case 'read stream':
      return 'events'
    case 'seal':
    case 'claim':
    case 'release':
    case 'holder of':
      return 'vault'
    default:
      return 'rows'
  }
}

/** The box that each text was closed in at first: closing it again must give the same. */
export type Boxes = Map<string, string>

/** What the stores answer, in a form that is the same for stores that do the same. */
export const answerOf = async ({ events, rows, vault }: Stores, asked: Asked, boxes: Boxes): Promise<unknown> => {
  switch (asked.asks) {
    case 'append':
      return events.append(asked.to, asked.expected, asked.events)()
    case 'read all':
      return pagesRead((signal) => events.readAll({ ...asked.options, signal }), asked.stop)
    case 'read stream':
      return pagesRead((signal) => events.readStream(asked.stream, { ...asked.options, signal }), asked.stop)
    case 'commit':
      return rows.commit(asked.projection, asked.changes, { from: asked.from, to: asked.to }, asked.quarantine)()
    case 'serve':
      return rows.serve(asked.projection, asked.seen)()
    case 'kept': {
      const kept = await rows.kept()
      return isLeft(kept)
        ? kept
        : right(inOrder(kept.right, ({ name, version, build }) => `${name} ${version} ${build}`))
    }
    case 'checkpoint':
      return rows.checkpoint(asked.projection)()
    case 'quarantined':
      return rows.quarantined(asked.projection)()
    case 'get':
      return rows.get(asked.projection, asked.key)()
    case 'get many': {
      const found = await rows.getMany(asked.projection, asked.keys)()
      return isLeft(found) ? found : right(inOrder(found.right, ({ key }) => key))
    }
    case 'list':
      return rows.list(asked.projection, asked.which)()
    case 'seal': {
      const { person, place, text, as } = asked
      const sealed = await vault.seal(person, place, text)()
      if (isLeft(sealed)) return sealed
      const { box } = sealed.right.sealed
      const what = JSON.stringify([person, place, text])
      const isAsBefore = (boxes.get(what) ?? box) === box
      boxes.set(what, box)
      return { isAsBefore, revealed: await vault.reveal({ sealed: { person: as, box } })() }
    }
    case 'claim':
      return vault.claim(asked.number, asked.doctor)()
    case 'release':
      return vault.release(asked.number, asked.doctor)()
    case 'holder of':
      return vault.holderOf(asked.number)()
  }
}

const inOrder = <A>(all: ReadonlyArray<A>, by: (one: A) => string): ReadonlyArray<A> =>
  [...all].sort((one, other) => (by(one) < by(other) ? -1 : 1))

/** The pages that a reader gets, and what it gets after the last of them. */
const pagesRead = async (
  reading: (signal: AbortSignal) => AsyncIterable<PageResult>,
  stop: Stop | null,
): Promise<ReadonlyArray<PageResult | 'the end'>> => {
  const aborting = new AbortController()
  const reader = reading(aborting.signal)[Symbol.asyncIterator]()
  const pages: (PageResult | 'the end')[] = []
  const take = async (): Promise<'more' | 'no more'> => {
    const next = await reader.next()
    pages.push(next.done === true ? 'the end' : next.value)
    return next.done === true ? 'no more' : 'more'
  }
  for (;;) {
    if (pages.length === stop?.afterPages) {
      const asked = stop.how === 'abort while asking' ? reader.next() : null
      if (stop.how === 'leave') await reader.return?.()
      else aborting.abort()
      // The page that was asked for may come or not.
      await asked
      await take()
      return pages
    }
    if ((await take()) === 'no more') return pages
  }
}

/** Stores in memory that remember what has changed them, so that there can be another like them. */
export interface Oracle {
  readonly stores: Stores
  readonly ask: (asked: Asked) => Promise<{ readonly answer: unknown; readonly changed: 'changed' | 'as before' }>
  readonly copy: () => Promise<Oracle>
}

/** The stores in memory after all that. */
export const oracleAfter = async (past: ReadonlyArray<Asked>): Promise<Oracle> => {
  let now: Instant | null = null
  const clock = (): Instant => {
    if (now === null) throw new Error('only an append asks for the time')
    return now
  }
  const stores: Stores = {
    events: memoryEventStore({ clock }),
    rows: memoryProjectionStore(),
    vault: memoryVault(),
  }
  const boxes: Boxes = new Map()
  const sealedFor = new Set<DoctorId>()
  const changes: Asked[] = []
  let head = theStart
  /** Whether it stands differently now; what is not sure is told as a change. */
  const hasChanged = async (asked: Asked, answer: unknown): Promise<boolean> => {
    switch (asked.asks) {
      case 'append': {
        const before = head
        const now = await headOf(stores.events)()
        if (!isLeft(now)) head = now.right
        return head > before
      }
      case 'seal': {
        const had = sealedFor.has(asked.person)
        if (!isRefusal(answer)) sealedFor.add(asked.person)
        return had !== sealedFor.has(asked.person)
      }
      case 'commit':
      case 'serve':
      case 'claim':
      case 'release':
        return !isRefusal(answer)
      default:
        return false
    }
  }
  const ask: Oracle['ask'] = async (asked) => {
    if (asked.asks === 'append') now = asked.at
    const answer = await answerOf(stores, asked, boxes)
    const changed = await hasChanged(asked, answer)
    if (changed) changes.push(asked)
    return { answer, changed: changed ? 'changed' : 'as before' }
  }
  for (const asked of past) await ask(asked)
  return { stores, ask, copy: () => oracleAfter(changes) }
}

const isRefusal = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && '_tag' in answer && answer._tag === 'Left'

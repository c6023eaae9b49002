// deciding.test-kit.ts: what the stand-in answers to an append or a deletion, as EventStoreDB 23.10 does (a test fixture, not a product)

import { type Log, none, type Proposed, type Recorded, systemEvent, tombstone } from './log.test-kit.ts'

/** What a client expects of a stream: the three words of the clients, or its last revision. */
export type Expected = 'any' | 'no_stream' | 'stream_exists' | bigint

export type Outcome =
  | { readonly outcome: 'stored'; readonly last: bigint; readonly position: bigint }
  | { readonly outcome: 'wrong expected version'; readonly current: bigint }
  | { readonly outcome: 'deleted' }
  | { readonly outcome: 'too large' }
  | { readonly outcome: 'bad request'; readonly message: string }

/** Of one append, over its events. */
export const maxAppendSize = 1_048_576

const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i

const sizeOf = (events: ReadonlyArray<Proposed>): number =>
  events.reduce((size, { type, data, metadata }) => size + 2 * type.length + data.length + metadata.length, 0)

const malformed = (stream: string, events: ReadonlyArray<Proposed>): string | undefined => {
  if (stream === '') return 'the name of a stream is empty'
  for (const { id, type } of events) {
    if (!uuid.test(id)) return `${id} is no UUID`
    if (type === '') return 'the type of an event is empty'
  }
  return undefined
}

/** What decides appends to a log. It remembers ids only while it lives, as the server does. */
export interface Deciding {
  readonly append: (stream: string, expected: Expected, events: ReadonlyArray<Proposed>) => Outcome
  readonly softDelete: (stream: string, expected: Expected) => Outcome
  readonly tombstone: (stream: string, expected: Expected) => Outcome
}

type Check =
  | { readonly check: 'ok' }
  | { readonly check: 'again'; readonly last: bigint }
  | { readonly check: 'wrong' | 'deleted' }

export const newDeciding = (log: Log): Deciding => {
  /** Where each id was stored last. The server's is a bounded cache; a restart empties it. */
  const recent = new Map<string, { readonly stream: string; readonly revision: bigint }>()

  const check = (stream: string, expected: Expected, ids: ReadonlyArray<string>): Check => {
    const current = log.lastRevision(stream)
    if (current === tombstone) return { check: 'deleted' }
    if (expected === 'stream_exists') {
      if (log.truncation(stream).softDeleted) return { check: 'deleted' }
      if (current === none && log.lastRevision(`$$${stream}`) === none) return { check: 'wrong' }
    }
    return expected === 'any' || expected === 'stream_exists'
      ? checkAny(stream, ids)
      : checkExact(stream, expected, current, ids)
  }

  /** By id alone, and only as far as ids are remembered: the first unknown one decides. */
  const checkAny = (stream: string, ids: ReadonlyArray<string>): Check => {
    let last: bigint | undefined
    for (const id of ids) {
      const known = recent.get(id)
      if (known?.stream !== stream) return { check: last === undefined ? 'ok' : 'wrong' }
      last = known.revision
    }
    return last === undefined ? { check: 'ok' } : { check: 'again', last }
  }

  const checkExact = (
    stream: string,
    expected: 'no_stream' | bigint,
    current: bigint,
    ids: ReadonlyArray<string>,
  ): Check => {
    const before = expected === 'no_stream' ? none : expected
    if (before > current) return { check: 'wrong' }
    if (before === current) return { check: 'ok' }
    const there = log.stream(stream).slice(Number(before + 1n), Number(before + 1n) + ids.length)
    if (there.length === ids.length && ids.length > 0 && there.every(({ id }, i) => id === ids[i]))
      return { check: 'again', last: before + BigInt(ids.length) }
    const reopens = expected === 'no_stream' && log.truncation(stream).softDeleted && there[0]?.id !== ids[0]
    return { check: reopens && ids.length > 0 ? 'ok' : 'wrong' }
  }

  const store = (stream: string, events: ReadonlyArray<Proposed>): ReadonlyArray<Recorded> => {
    const { softDeleted } = log.truncation(stream)
    const from = log.lastRevision(stream) + 1n
    const recorded = log.store(stream, events)
    for (const { id, revision } of recorded) recent.set(id, { stream, revision })
    if (softDeleted && recorded.length > 0)
      log.store(`$$${stream}`, [systemEvent('$metadata', JSON.stringify({ $tb: Number(from) }))])
    return recorded
  }

  const refusal = (stream: string, decided: 'wrong' | 'deleted'): Outcome =>
    decided === 'deleted'
      ? { outcome: 'deleted' }
      : { outcome: 'wrong expected version', current: log.lastRevision(stream) }

  return {
    append: (stream, expected, events) => {
      const message = malformed(stream, events)
      if (message !== undefined) return { outcome: 'bad request', message }
      if (sizeOf(events) > maxAppendSize) return { outcome: 'too large' }
      const decided = check(
        stream,
        expected,
        events.map(({ id }) => id),
      )
      switch (decided.check) {
        case 'wrong':
        case 'deleted':
          return refusal(stream, decided.check)
        case 'again': {
          const position = log.stream(stream)[Number(decided.last)]?.position ?? 0n
          return { outcome: 'stored', last: decided.last, position }
        }
        case 'ok': {
          const last = store(stream, events).at(-1) ?? log.all.at(-1)
          return { outcome: 'stored', last: log.lastRevision(stream), position: last?.position ?? 0n }
        }
      }
    },
    softDelete: (stream, expected) => {
      const decided = check(stream, expected, [])
      if (decided.check === 'wrong' || decided.check === 'deleted') return refusal(stream, decided.check)
      // The server refuses to delete what is not there, whatever was expected.
      if (log.lastRevision(stream) === none) return refusal(stream, 'wrong')
      const [mark] = log.store(`$$${stream}`, [systemEvent('$metadata', `{"$tb":${tombstone}}`)])
      return { outcome: 'stored', last: log.lastRevision(stream), position: mark?.position ?? 0n }
    },
    tombstone: (stream, expected) => {
      const decided = check(stream, expected, [])
      if (decided.check === 'wrong' || decided.check === 'deleted') return refusal(stream, decided.check)
      return { outcome: 'stored', last: tombstone, position: log.storeTombstone(stream).position }
    },
  }
}

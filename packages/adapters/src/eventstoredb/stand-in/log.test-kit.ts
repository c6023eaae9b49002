// log.test-kit.ts: the stand-in's log, which is what EventStoreDB would keep on disk (a test fixture, not a product)

import { randomUUID } from 'node:crypto'

/** The revision that a tombstone has. */
export const tombstone = 9_223_372_036_854_775_807n
/** The last revision of a stream that holds nothing. */
export const none = -1n

/** An event as a client proposes it. */
export interface Proposed {
  readonly id: string
  readonly type: string
  readonly contentType: string
  readonly data: Uint8Array
  readonly metadata: Uint8Array
}

/** An event as it is kept. Its position is a byte offset, and serves as commit and as prepare position. */
export interface Recorded extends Proposed {
  readonly stream: string
  readonly revision: bigint
  readonly position: bigint
  /** In ticks of 100 ns since 1970. */
  readonly created: bigint
}

/** What a stream's metadata says of which of its events are shown. */
export interface Truncation {
  readonly before: bigint
  readonly maxCount: bigint | undefined
  /** Everything so far is hidden, and the stream reads as not found. */
  readonly softDeleted: boolean
}

export interface Log {
  /** All that was ever recorded, in the order of positions. */
  readonly all: ReadonlyArray<Recorded>
  /** A stream's events, truncated or not, in the order of revisions; without its tombstone. */
  readonly stream: (name: string) => ReadonlyArray<Recorded>
  /** `none` where there is no event, `tombstone` where the stream is gone for good. */
  readonly lastRevision: (name: string) => bigint
  readonly truncation: (name: string) => Truncation
  readonly store: (stream: string, events: ReadonlyArray<Proposed>) => ReadonlyArray<Recorded>
  readonly storeTombstone: (stream: string) => Recorded
  /** Where the next event would be. */
  readonly end: () => bigint
  /** Calls after each append; gives what takes the listener away. */
  readonly listen: (heard: () => void) => () => void
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()
const nothing: ReadonlyArray<Recorded> = []

export const jsonOf = (data: Uint8Array): unknown => {
  try {
    return JSON.parse(decoder.decode(data))
  } catch {
    return undefined
  }
}

/** An event that the server itself writes. */
export const systemEvent = (type: string, data: string): Proposed => ({
  id: randomUUID(),
  type,
  contentType: 'application/json',
  data: encoder.encode(data),
  metadata: new Uint8Array(),
})

const truncationOf = (metadata: unknown, events: ReadonlyArray<Recorded>): Truncation => {
  const of = (name: string): number | undefined => {
    const value = typeof metadata === 'object' && metadata !== null ? Object.entries(metadata) : []
    const found = value.find(([key]) => key === name)?.[1]
    return typeof found === 'number' ? found : undefined
  }
  const [maxAge, maxCount] = [of('$maxAge'), of('$maxCount')]
  // In seconds; of the server's own clock.
  const oldest = BigInt(Date.now() - (maxAge ?? 0) * 1_000) * 10_000n
  const expired = maxAge === undefined ? 0 : events.filter(({ created }) => created <= oldest).length
  const before = Math.max(of('$tb') ?? 0, expired)
  const softDeleted = before >= Number(tombstone)
  return { before: BigInt(before), maxCount: maxCount === undefined ? undefined : BigInt(maxCount), softDeleted }
}

export const newLog = (): Log => {
  const all: Recorded[] = []
  const streams = new Map<string, Recorded[]>()
  const tombstoned = new Set<string>()
  const listeners = new Set<() => void>()
  // Nothing has position 0, which readers use for the start.
  let end = 32n
  let clock = 0n

  const record = (stream: string, revision: bigint, event: Proposed): Recorded => {
    const now = BigInt(Date.now()) * 10_000n
    clock = now > clock ? now : clock
    const recorded = { ...event, stream, revision, position: end, created: clock }
    // What the fields of a record take beside its texts is of no matter, only that no two positions are neighbours.
    end += BigInt(96 + stream.length + event.type.length + event.data.length + event.metadata.length)
    all.push(recorded)
    return recorded
  }
  const tell = (): void => {
    for (const heard of [...listeners]) heard()
  }
  const stream = (name: string): ReadonlyArray<Recorded> => streams.get(name) ?? nothing

  const log: Log = {
    all,
    stream,
    lastRevision: (name) => (tombstoned.has(name) ? tombstone : BigInt(stream(name).length) - 1n),
    truncation: (name) => {
      // Of a stream's metadata only the newest is shown.
      if (name.startsWith('$$')) return { before: 0n, maxCount: 1n, softDeleted: false }
      const last = stream(`$$${name}`).at(-1)
      return truncationOf(last === undefined ? undefined : jsonOf(last.data), stream(name))
    },
    store: (name, events) => {
      const kept = streams.get(name) ?? []
      if (events.length > 0) streams.set(name, kept)
      const recorded = events.map((event) => {
        const one = record(name, BigInt(kept.length), event)
        kept.push(one)
        return one
      })
      if (recorded.length > 0) tell()
      return recorded
    },
    storeTombstone: (name) => {
      tombstoned.add(name)
      const recorded = record(name, tombstone, systemEvent('$streamDeleted', ''))
      tell()
      return recorded
    },
    end: () => end,
    listen: (heard) => {
      listeners.add(heard)
      return () => {
        listeners.delete(heard)
      }
    },
  }
  // A server that was just started has written of itself; positions of others do not begin at 0.
  log.store('$user-admin', [systemEvent('$UserCreated', '{"loginName":"admin","groups":["$admins"]}')])
  log.store('$users', [systemEvent('$User', '"admin"')])
  return log
}

// records.ts: what both clients hand out in the same shape, as the port has it

import type { AppendAnswer, KeptEvent, Reading } from './client.ts'

interface ResolvedRecord {
  readonly event?:
    | {
        readonly id: string
        readonly streamId: string
        readonly revision: bigint
        readonly type: string
        readonly data: unknown
        readonly metadata?: unknown
        readonly position?: { readonly commit: bigint } | undefined
      }
    | undefined
}

// So many records wait to be asked for at most.
const most = 64

/**
 * Hands on what came meanwhile in one go, once in a turn of the event loop: going through the promises of a whole reading for each record
 * costs a good part of what reading it does. `isRoom` is told when there is room again, and whether there is any left.
 */
const arriving = (isRoom: (room: boolean) => void) => {
  let came: ResolvedRecord[] = []
  let end: { readonly error: unknown } | 'ended' | null = null
  let isWaking = false
  let wake = (): void => {}
  const wakeSoon = (): void => {
    if (isWaking) return
    isWaking = true
    setImmediate(() => {
      isWaking = false
      wake()
    })
  }
  return {
    add: (record: ResolvedRecord): void => {
      if (end !== null) return
      came.push(record)
      if (came.length === most) isRoom(false)
      wakeSoon()
    },
    /** What comes after the first end is nothing. */
    end: (how: { readonly error: unknown } | 'ended'): void => {
      end ??= how
      wakeSoon()
    },
    isOver: (): boolean => end !== null,
    next: async (): Promise<ReadonlyArray<KeptEvent>> => {
      for (;;) {
        const records = came
        came = []
        if (records.length >= most) isRoom(true)
        const events = records.map(keptEvent).filter((event) => event !== null)
        if (events.length > 0) return events
        if (end === 'ended') return []
        if (end !== null) throw end.error
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}

interface RecordStream {
  on(event: 'data', heard: (record: ResolvedRecord) => void): unknown
  on(event: 'error', heard: (error: unknown) => void): unknown
  on(event: 'end' | 'close', heard: () => void): unknown
  readonly pause: () => unknown
  readonly resume: () => unknown
}

/** Reads what a client gives as a stream of Node. `cancel` ends it at the server, which takes many of those for an attack: so not where it has ended by itself. */
export const readingOfNodeStream = (stream: RecordStream, cancel: () => void): Reading => {
  const arrivals = arriving((room) => void (room ? stream.resume() : stream.pause()))
  stream.on('data', arrivals.add)
  stream.on('end', () => arrivals.end('ended'))
  // It may report one when nobody reads any more, which would end the process.
  stream.on('error', (error) => arrivals.end({ error }))
  stream.on('close', () => arrivals.end({ error: new Error('the reading was broken off') }))
  return {
    next: arrivals.next,
    leave: () => {
      if (arrivals.isOver()) return
      arrivals.end('ended')
      cancel()
    },
  }
}

/** Reads what a client gives one by one. What is left unread ends with the call, which asks for so many at most. */
export const readingOfIterator = (records: AsyncIterator<ResolvedRecord>): Reading => {
  let goOn = (): void => {}
  let isFull = false
  const arrivals = arriving((room) => {
    isFull = !room
    if (room) goOn()
  })
  const pump = async (): Promise<void> => {
    try {
      while (!arrivals.isOver()) {
        const result = await records.next()
        if (result.done === true) return arrivals.end('ended')
        arrivals.add(result.value)
        if (isFull)
          await new Promise<void>((resolve) => {
            goOn = resolve
          })
      }
    } catch (error) {
      arrivals.end({ error })
    }
  }
  void pump()
  return { next: arrivals.next, leave: () => arrivals.end('ended') }
}

/** A reading that has nothing once the error is the one that says that there is no such stream. */
export const unlessMissing = (reading: Reading): Reading => ({
  next: async () => {
    try {
      return await reading.next()
    } catch (error) {
      if (typeOf(error) === 'stream-not-found') return []
      throw error
    }
  },
  leave: reading.leave,
})

/** Null for a link whose event is gone. */
const keptEvent = ({ event }: ResolvedRecord): KeptEvent | null => {
  if (event === undefined) return null
  const { id, streamId: stream, revision, type, data, metadata, position } = event
  if (position === undefined)
    throw new Error('the server gives no positions of the events in a stream: it is older than 22.6')
  return { id, stream, revision, position: position.commit, type, data, metadata }
}

interface AppendResult {
  readonly success: boolean
  readonly nextExpectedRevision: bigint
  readonly position?: { readonly commit: bigint } | undefined
}

/** The answer in what a client resolved to. */
export const storedAnswer = ({ success, nextExpectedRevision, position }: AppendResult): AppendAnswer => {
  // Said only with throwOnAppendFailure=false, and then with a wrong revision.
  if (!success) throw new Error('the client does not throw where an append failed')
  return { _tag: 'Stored', last: nextExpectedRevision, position: position?.commit ?? null }
}

/** The answer in what a client threw, `actual` being its name for what the stream holds; throws what is no answer. */
export const refusedAnswer = (error: unknown, actual: 'actualVersion' | 'actualState'): AppendAnswer => {
  const type = typeOf(error)
  if (type === 'wrong-expected-version') {
    const found = fieldOf(error, actual)
    if (typeof found === 'bigint') return { _tag: 'Unexpected', actual: found < 0n ? null : found }
    if (found === 'no_stream') return { _tag: 'Unexpected', actual: null }
  }
  if (type === 'maximum-append-size-exceeded') {
    const limit = fieldOf(error, 'maxAppendSize')
    if (typeof limit === 'number') return { _tag: 'TooLarge', limit }
  }
  throw error
}

/** What a client calls the kind of an error; null where the error is not the client's own. */
export const typeOf = (error: unknown): string | null => {
  const type = fieldOf(error, 'type')
  return typeof type === 'string' ? type : null
}

/** A field of whatever was thrown. */
export const fieldOf = (error: unknown, field: string): unknown =>
  (typeof error === 'object' || typeof error === 'function') && error !== null ? Reflect.get(error, field) : undefined

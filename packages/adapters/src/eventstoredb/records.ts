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

/** Reads what a client gives one by one. `cancel` ends it at the server, which takes many of those for an attack: so not where it has ended by itself. */
export const readingOf = (records: AsyncIterator<ResolvedRecord>, cancel: () => void): Reading => {
  let isOver = false
  return {
    next: async () => {
      for (;;) {
        try {
          const result = await records.next()
          if (result.done === true) {
            isOver = true
            return null
          }
          const event = keptEvent(result.value)
          if (event !== null) return event
        } catch (error) {
          isOver = true
          throw error
        }
      }
    },
    leave: () => {
      if (!isOver) cancel()
      isOver = true
    },
  }
}

/** A reading that has nothing once the error is the one that says that there is no such stream. */
export const unlessMissing = (reading: Reading): Reading => ({
  next: async () => {
    try {
      return await reading.next()
    } catch (error) {
      if (typeOf(error) === 'stream-not-found') return null
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

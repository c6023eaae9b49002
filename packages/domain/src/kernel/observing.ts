// observing.ts: what an operator can be told of, as plain functions that an app hands in

import { isLeft } from 'fp-ts/lib/Either.js'
import type { Position, StreamName } from './event.ts'
import type { EventStore, WrongExpectedRevision } from './event-store.ts'
import type { KeptBuild } from './projection-store.ts'
import type { QuarantinedEvent } from './quarantine.ts'

/** Events that were stored. */
export interface AppendedEvents {
  readonly stream: StreamName
  readonly events: number
  readonly position: Position
}

/** What bringing read models up to date came to. */
export interface Caught {
  readonly through: Position
  /** How many events were read. */
  readonly events: number
  /** How far the rows that serve had been behind the log's end, in positions, at most. Rows that are only being built are not behind. */
  readonly lag: number
}

/**
 * What an operator wants to see, each told as it happens. All are called and never waited for; one that throws (or rejects) changes
 * nothing for the register, and is told to `threw`.
 */
export interface Observe {
  /** Events were stored. */
  readonly appended?: (appended: AppendedEvents) => void
  /** Somebody else wrote to a stream first. A command that meets this is decided again. */
  readonly conflict?: (conflict: WrongExpectedRevision) => void
  /** The read models were brought up to date. */
  readonly caughtUp?: (caught: Caught) => void
  /** An event could not be read by a projection that wants it. */
  readonly quarantined?: (event: QuarantinedEvent & { readonly projection: string }) => void
  /** Answers come from these rows from now on. */
  readonly switched?: (to: Omit<KeptBuild, 'serves' | 'quarantined'>) => void
  /** A hook threw or rejected; `hook` is its name. */
  readonly threw?: (error: unknown, hook: string) => void
}

/** Calls a hook by its name; whatever it does, the caller goes on. */
export const tell = (observe: Observe = {}, name: string, call: (observe: Observe) => unknown): void =>
  attempt(
    () => call(observe),
    // Who cannot even be told that a hook threw is told no more.
    (error) =>
      attempt(
        () => observe.threw?.(error, name),
        () => undefined,
      ),
  )

/** Calls what may throw now or, being async after all, later. */
const attempt = (call: () => unknown, failed: (error: unknown) => void): void => {
  try {
    const result = call()
    if (result instanceof Promise) result.catch(failed)
  } catch (error) {
    failed(error)
  }
}

/** The same store, telling of appends and conflicts. A batch that is appended again is told of again. */
export const observed = (events: EventStore, observe: Observe | undefined): EventStore =>
  observe === undefined
    ? events
    : {
        ...events,
        append: (stream, expected, batch) => async () => {
          const result = await events.append(stream, expected, batch)()
          tell(observe, 'append', ({ appended, conflict }) => {
            if (!isLeft(result)) return appended?.({ stream, events: batch.length, position: result.right.position })
            return result.left._tag === 'WrongExpectedRevision' ? conflict?.(result.left) : undefined
          })
          return result
        },
      }

// decider.ts: what a command may do, as three pure parts

import type { Either } from 'fp-ts/lib/Either.js'
import { left, right } from 'fp-ts/lib/Either.js'
import type { Actor, Event } from './event.ts'
import type { Instant } from './instant.ts'

/** What a decision may know besides the command and the state: who asks, and the register's time. */
export interface Context {
  readonly actor: Actor
  readonly at: Instant
}

/** Either the facts that follow ([] = nothing to do), or why not. */
export type Decision<E extends Event, Refusal> = Either<Refusal, ReadonlyArray<E>>

/**
 * The rules of one kind of stream. `decide` is pure and `evolve` is total: any event that was ever stored can be applied to any state.
 */
export interface Decider<State, Command, E extends Event, Refusal> {
  readonly initial: State
  /** What follows from the command in that state. Pure. */
  readonly decide: (command: Command, context: Context) => (state: State) => Decision<E, Refusal>
  /** The state after the event. Total: no event that was ever stored can fail here. */
  readonly evolve: (state: State, event: E) => State
  /**
   * Why this actor may not put a fact of that type right in this way; null where it may. `meant` is what the fact should have said,
   * null where it is taken back; `after` is the state that would follow. Left out: whoever may write to the stream may correct it.
   */
  readonly mayCorrect?: (type: string, meant: E | null, context: Context, after: State) => Refusal | null
}

/** These facts follow, in this order. */
export const accept = <E extends Event>(...events: ReadonlyArray<E>): Either<never, ReadonlyArray<E>> => right(events)

/** The command asks for what is so already. */
export const nothing: Either<never, ReadonlyArray<never>> = right([])

/** The command is not carried out, and why. */
export const refuse = <Refusal>(refusal: Refusal): Either<Refusal, never> => left(refusal)

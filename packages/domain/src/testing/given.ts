// given.ts: given what has happened, when this is asked, then that follows

import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { Context, Decider } from '../kernel/decider.ts'
import type { Event } from '../kernel/event.ts'
import { mustEqual, writtenOut } from './difference.ts'
import { instant } from './names.ts'

/** What is expected of a decision. Each throws an Error that shows the difference where something else came. */
export interface Then<E extends Event, Refusal extends { readonly _tag: string }> {
  /** These facts follow, all of them, in this order. */
  accepts(...events: ReadonlyArray<E>): void
  /** The command asks for what is so already. */
  doesNothing(): void
  /** It is refused with this tag and exactly these fields. */
  refuses<Tag extends Refusal['_tag']>(tag: Tag, fields: Omit<Extract<Refusal, { readonly _tag: Tag }>, '_tag'>): void
}

/** Who asks, and when, where a test does not say: somebody of no particular role in the middle of 2030. */
export const anybody: Context = {
  actor: { id: 'somebody', role: 'coordinator' },
  at: instant('2030-06-01T12:00:00.000Z'),
}

/** Somebody of that role, at that moment or in the middle of 2030. */
export const as = (role: string, at = anybody.at): Context => ({ actor: { id: `some ${role}`, role }, at })

/**
 * Tests a decider in three words: `given(group)(registered, joined(kari)).when(command).refuses('AlreadyAMember', { … })`.
 */
export const given =
  <State, Command, E extends Event, Refusal extends { readonly _tag: string }>({
    initial,
    decide,
    evolve,
  }: Decider<State, Command, E, Refusal>) =>
  (...history: ReadonlyArray<E>) => ({
    /** What the command comes to in the state that the events leave. */
    when: (command: Command, context: Context = anybody): Then<E, Refusal> => {
      const decision = decide(command, context)(history.reduce(evolve, initial))
      return {
        accepts: (...events) => mustEqual('the command was to be accepted', accepted(decision), events),
        doesNothing: () => mustEqual('the command was to do nothing', accepted(decision), []),
        refuses: (tag, fields) =>
          mustEqual('the command was to be refused', refused(decision), { _tag: tag, ...fields }),
      }
    },
  })

const accepted = <E extends Event>(decision: Either<unknown, ReadonlyArray<E>>): ReadonlyArray<E> => {
  if (isLeft(decision)) throw new Error(`the command was refused\n${writtenOut(decision.left)}`)
  return decision.right
}

const refused = <Refusal>(decision: Either<Refusal, unknown>): Refusal => {
  if (!isLeft(decision)) throw new Error(`the command was accepted\n${writtenOut(decision.right)}`)
  return decision.left
}

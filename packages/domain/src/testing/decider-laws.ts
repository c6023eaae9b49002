// decider-laws.ts: what holds for every decider, whatever it decides

import { isLeft } from 'fp-ts/lib/Either.js'
import { isFact } from '../kernel/correction.ts'
import type { Context, Decider } from '../kernel/decider.ts'
import type { Event } from '../kernel/event.ts'
import type { EventCatalogue } from '../kernel/event-catalogue.ts'
import { isUnsealed } from '../values/personal.ts'
import { mustEqual, writtenOut } from './difference.ts'
import { storedEvent } from './logbook.ts'

/** A command with who asks for it. */
export interface Asked<Command> {
  readonly command: Command
  readonly context: Context
}

/** A law by its name. `holdsFor` throws an Error where it is broken; any test runner and any source of commands will do. */
export interface DeciderLaw<Command> {
  readonly law: string
  /** Throws an Error where these commands, asked one after the other, break the law. */
  readonly holdsFor: (asked: ReadonlyArray<Asked<Command>>) => void
}

/** The laws of a decider. Run each over many lists of commands. */
export const deciderLaws = <State, Command, E extends Event, Refusal>(
  decider: Decider<State, Command, E, Refusal>,
  catalogue: EventCatalogue<E>,
): ReadonlyArray<DeciderLaw<Command>> => {
  const { initial, decide, evolve } = decider
  const walk = (asked: ReadonlyArray<Asked<Command>>, visit: (step: Step<State, Command, E>) => void): State => {
    let state = initial
    for (const one of asked) {
      const decision = decide(one.command, one.context)(state)
      const events = isLeft(decision) ? [] : decision.right
      visit({ ...one, before: state, decision, events })
      state = events.reduce(evolve, state)
    }
    return state
  }
  return [
    {
      law: 'deciding twice gives the same, and changes nothing',
      holdsFor: (asked) => {
        walk(asked, ({ command, context, before, decision }) => {
          const written = writtenOut(before)
          mustEqual('the second decision', decide(command, context)(before), decision)
          mustEqual('the state after deciding', writtenOut(before), written)
        })
      },
    },
    {
      law: 'state from the stored text equals live state',
      holdsFor: (asked) => {
        const events: E[] = []
        const live = walk(asked, (step) => events.push(...step.events))
        const read = events.map((event) => readBack(catalogue, event))
        mustEqual('the state from replay', read.reduce(evolve, initial), live)
      },
    },
    {
      law: 'any event can be applied to any state, and leaves the state before as it was',
      holdsFor: (asked) => {
        const states: State[] = [initial]
        const events: E[] = []
        states.push(
          walk(asked, (step) => {
            states.push(step.before)
            events.push(...step.events)
          }),
        )
        for (const state of states) {
          const written = writtenOut(state)
          for (const event of [...events].reverse()) {
            if (evolve(state, event) === undefined) throw new Error(`no state came of ${event.type} on\n${written}`)
          }
          mustEqual('the state before', writtenOut(state), written)
        }
      },
    },
    {
      law: 'what one command gives can be decoded and encoded to the same text',
      holdsFor: (asked) => {
        walk(asked, ({ events }) => {
          for (const event of events) {
            const read = readBack(catalogue, event)
            mustEqual('the text of the event', encoded(catalogue, read), encoded(catalogue, closed(event)))
          }
        })
      },
    },
  ]
}

interface Step<State, Command, E extends Event> extends Asked<Command> {
  readonly before: State
  readonly decision: unknown
  readonly events: ReadonlyArray<E>
}

const encoded = <E extends Event>(catalogue: EventCatalogue<E>, event: Event) => {
  const text = catalogue.encode(event)
  if (isLeft(text)) throw new Error(`${event.type} cannot be stored: ${text.left.reason}`)
  return text.right
}

const readBack = <E extends Event>(catalogue: EventCatalogue<E>, event: E): E => {
  const read = catalogue.decode(storedEvent(encoded(catalogue, closed(event))))
  if (isLeft(read)) throw new Error(`${event.type} cannot be read back: ${read.left.reason}`)
  if (!isFact(read.right.event)) throw new Error(`${event.type} is read back as a correction`)
  return read.right.event
}

/** The event with every personal field sealed, as the register would store it. */
const closed = (event: Event): Event => {
  if (typeof event.data !== 'object' || event.data === null) return event
  const fields = Object.entries(event.data).map(([field, value]) => [
    field,
    isUnsealed(value) ? { sealed: { person: value.unsealed.person, box: 'closed' } } : value,
  ])
  return { type: event.type, data: Object.fromEntries(fields) }
}

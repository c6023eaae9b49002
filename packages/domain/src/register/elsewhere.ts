// elsewhere.ts: what the decision on a command has to know of other streams, looked up before it is made

import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type * as t from 'io-ts'
import { type Doctor, type DoctorRefusal, doctor } from '../doctor/doctor.ts'
import { type DoctorCommand, MergeDoctors } from '../doctor/doctor-commands.ts'
import { type DoctorEvent, doctorEvents } from '../doctor/doctor-events.ts'
import { groupEvents } from '../group/group.ts'
import { decodeCommand } from '../kernel/command.ts'
import { factsInForce } from '../kernel/correction.ts'
import { type Decider, refuse } from '../kernel/decider.ts'
import { type Actor, type Event, streamName } from '../kernel/event.ts'
import type { UndecodableEvent } from '../kernel/event-catalogue.ts'
import type { EventStore, StoreFailure } from '../kernel/event-store.ts'
import { load, type Request } from '../kernel/handle.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Persons } from '../projections/persons.ts'
import type { GroupsPlace, Rulebook } from '../rules/beside.ts'
import type { RulesUnknown } from '../rules/in-force.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import { rulebook, rulebookKnowing } from '../rules/rulebook.ts'
import { type RulesCommand, rulesCommands } from '../rules/rules-commands.ts'
import { type RulesEvent, rulesEvents } from '../rules/rules-events.ts'
import { type RulesRefusal, type Scrutinised, scrutinise } from '../rules/scrutiny.ts'
import {
  type FoundElsewhere,
  type IssueStatement,
  type Stated,
  type Statement,
  type StatementCommand,
  type StatementEvent,
  type StatementRefusal,
  statementDecider,
  statementEvents,
} from '../statement/statement.ts'
import type { StatementId } from '../values/identity.ts'
import { compareText } from '../values/text.ts'
import { plainData } from './plain-data.ts'

/** What a command may have to know that its own stream does not say. */
export interface KnownByNow {
  /** Which records are of one doctor. */
  readonly persons: TaskEither<StoreFailure, Persons>
  /** What a statement of a doctor's points would say, as known at that moment; null where there is nothing to state. */
  readonly stated: (
    asked: t.TypeOf<typeof IssueStatement>['data'],
    at: Instant,
  ) => TaskEither<StoreFailure | RulesUnknown, Stated | null>
  /** What the register's scheme was founded with. */
  readonly founding: RulePack
}

/** What was handed in is no command: where it is wrong, what was found, what was expected. */
export interface CommandMalformed {
  readonly _tag: 'CommandMalformed'
  readonly found: string
}

/** The decider of a command, with what it has to know of other streams. */
export type Informed<State, Command, F extends Event, Refusal> = (
  command: Command,
  request: Request,
) => TaskEither<StoreFailure | RulesUnknown | UndecodableEvent, Decider<State, Command, F, Refusal>>

/** The same decider, which says no where it would have said something. */
const refusing = <State, Command, F extends Event, Refusal>(
  decider: Decider<State, Command, F, Refusal>,
  refusal: Refusal,
): Decider<State, Command, F, Refusal> => ({
  ...decider,
  decide: (command, context) => (state) => {
    const decision = decider.decide(command, context)(state)
    return isLeft(decision) || decision.right.length === 0 ? decision : refuse(refusal)
  },
})

/**
 * A record that is merged has to be there, and to stand for itself: it is no part of another, nor is the other a part of it. Two merges
 * at the same time may still make a circle, which says nothing more than that all of these are one.
 */
export const mergedAlready =
  (
    store: EventStore,
    persons: TaskEither<StoreFailure, Persons>,
  ): Informed<Doctor, DoctorCommand, DoctorEvent, DoctorRefusal> =>
  (command) =>
  async () => {
    if (!MergeDoctors.is(command)) return right(doctor)
    const { doctor: into, absorbed } = command.data
    const other = await load(store, doctorEvents, streamName('doctor', absorbed))
    if (isLeft(other)) return other
    if (other.right.length === 0) return right(refusing(doctor, { _tag: 'DoctorUnknown', doctor: absorbed }))
    const known = await persons()
    if (isLeft(known)) return known
    const { standingFor } = known.right
    const stands = standingFor(absorbed)
    if (stands !== absorbed)
      return right(refusing(doctor, { _tag: 'DoctorMergedAlready', doctor: absorbed, into: stands }))
    return right(
      standingFor(into) === absorbed
        ? refusing(doctor, { _tag: 'DoctorMergedAlready', doctor: into, into: absorbed })
        : doctor,
    )
  }

/** Where a statement is read, and nothing decided. */
export const nothingElsewhere: FoundElsewhere = { stated: null, successor: null }

/** What a statement says is computed here, whoever asks for it; and another that takes its place has to be there. */
export const withWhatIsStated =
  (
    store: EventStore,
    { persons, stated }: KnownByNow,
  ): Informed<Statement, StatementCommand, StatementEvent, StatementRefusal> =>
  (command, { at }) =>
  async () => {
    if (command.type === 'IssueStatement') {
      const said = await stated(command.data, at)()
      return isLeft(said) ? said : right(statementDecider({ ...nothingElsewhere, stated: said.right }))
    }
    const successor = await loadStatement(store, command.data.by)
    if (isLeft(successor)) return successor
    if (successor.right.stage === 'unknown') return right(statementDecider(nothingElsewhere))
    const known = await persons()
    if (isLeft(known)) return known
    const { doctor, track, effectiveThrough } = successor.right.stated
    const supersededBy = new Set<StatementId>()
    // Two at the same time may still make a circle, which must not be followed for ever.
    for (let next = successor.right.supersededBy; next !== null && !supersededBy.has(next); ) {
      supersededBy.add(next)
      const following = await loadStatement(store, next)
      if (isLeft(following)) return following
      next = following.right.stage === 'unknown' ? null : following.right.supersededBy
    }
    const records = known.right.recordsOf(doctor)
    return right(
      statementDecider({
        ...nothingElsewhere,
        successor: { doctor: records, track, effectiveThrough, supersededBy: [...supersededBy] },
      }),
    )
  }

/** A group's adaptation is bound by that of the region which the group is in, so where it is has to be known. */
export const withGroupsPlaces =
  (store: EventStore, founding: RulePack): Informed<Rulebook, RulesCommand, RulesEvent, RulesRefusal> =>
  (command) =>
  async () => {
    const places = await groupsPlaces(store, command)
    return isLeft(places) ? places : right(rulebookKnowing({ founding, places: places.right }))
  }

/** All that is wrong with a command that publishes rules, beside what stands now. */
export const scrutinising =
  (store: EventStore, founding: RulePack) =>
  (untrusted: unknown, actor: Actor): TaskEither<StoreFailure | UndecodableEvent | CommandMalformed, Scrutinised> =>
  async () => {
    const plain = plainData(untrusted)
    const command = isLeft(plain) ? plain : decodeCommand(rulesCommands, plain.right)
    if (isLeft(command)) return left({ _tag: 'CommandMalformed', found: command.left })
    const history = await load(store, rulesEvents, streamName('rules', command.right.data.scheme))
    if (isLeft(history)) return history
    const places = await groupsPlaces(store, command.right)
    if (isLeft(places)) return places
    const { evolve, initial } = rulebook
    const stands = factsInForce(history.right).reduce((book, { event }) => evolve(book, event), initial)
    return right(scrutinise(command.right, { actor }, { founding, places: places.right }, stands))
  }

/** Where the group of an adaptation is, in the order of the dates; nothing for any other command. */
const groupsPlaces = async (
  store: EventStore,
  command: RulesCommand,
): Promise<Either<StoreFailure | UndecodableEvent, ReadonlyArray<GroupsPlace>>> => {
  if (command.type !== 'AdoptLocalAdaptation' || command.data.scope.layer !== 'group') return right([])
  const history = await load(store, groupEvents, streamName('group', command.data.scope.group))
  if (isLeft(history)) return history
  const places: GroupsPlace[] = []
  for (const { event } of factsInForce(history.right)) {
    const { type, data } = event
    if (type === 'GroupRegistered') places.push({ from: null, municipality: data.municipality })
    else if (type === 'GroupMoved') places.push({ from: data.on, municipality: data.municipality })
  }
  return right(places.sort((one, other) => compareText(one.from ?? '', other.from ?? '')))
}

const loadStatement = async (
  store: EventStore,
  id: StatementId,
): Promise<Either<StoreFailure | UndecodableEvent, Statement>> => {
  const history = await load(store, statementEvents, streamName('statement', id))
  if (isLeft(history)) return history
  const { evolve, initial } = statementDecider(nothingElsewhere)
  return right(factsInForce(history.right).reduce((statement, { event }) => evolve(statement, event), initial))
}

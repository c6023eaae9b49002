// commands.ts: how any command, from anywhere, finds the stream it is about

import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import { type DoctorRefusal, doctor } from '../doctor/doctor.ts'
import { ClaimHpr, doctorCommands } from '../doctor/doctor-commands.ts'
import { doctorEvents } from '../doctor/doctor-events.ts'
import { type GroupRefusal, group, groupCommands, groupEvents } from '../group/group.ts'
import { type HospitalRefusal, hospital, hospitalCommands, hospitalEvents } from '../hospital/hospital.ts'
import { type Commands, decodeCommand } from '../kernel/command.ts'
import { CorrectFact, type CorrectionCommand, RetractFact } from '../kernel/correction.ts'
import type { Decider } from '../kernel/decider.ts'
import { shown } from '../kernel/decoding.ts'
import { type Event, type StreamName, streamName } from '../kernel/event.ts'
import type { EventCatalogue } from '../kernel/event-catalogue.ts'
import type { EventStore } from '../kernel/event-store.ts'
import { type HandleError, handle, load, type Receipt, type Request } from '../kernel/handle.ts'
import type { RulesUnknown } from '../rules/in-force.ts'
import { rulebook } from '../rules/rulebook.ts'
import { rulesCommands } from '../rules/rules-commands.ts'
import { rulesEvents } from '../rules/rules-events.ts'
import type { RulesRefusal } from '../rules/scrutiny.ts'
import { type SessionRefusal, session } from '../session/session.ts'
import { sessionCommands } from '../session/session-commands.ts'
import { sessionEvents } from '../session/session-events.ts'
import { type StatementRefusal, statementCommands, statementDecider, statementEvents } from '../statement/statement.ts'
import { type TopicRefusal, topic, topicCommands, topicEvents } from '../topic/topic.ts'
import type { HprNumber } from '../values/hpr-number.ts'
import type { Vault } from '../values/personal.ts'
import { settleClaims } from './claims.ts'
import { whyNotSealedSo, withPersonalName } from './correcting.ts'
import {
  type CommandMalformed,
  type Informed,
  type KnownByNow,
  mergedAlready,
  nothingElsewhere,
  withGroupsPlaces,
  withWhatIsStated,
} from './elsewhere.ts'
import { plainData } from './plain-data.ts'
import { type SealError, sealing } from './sealing.ts'

/** Why the domain says no. */
export type RegisterRefusal =
  | GroupRefusal
  | SessionRefusal
  | DoctorRefusal
  | HospitalRefusal
  | TopicRefusal
  | StatementRefusal
  | RulesRefusal

/**
 * Everything that can come of a command but its receipt. In each case nothing was stored, unless a store says that it cannot tell; of a
 * claimed number, or a correction in a doctor's record, a failure of a store or the vault may also mean that asking again is wanted, to
 * bring the claims of numbers in step.
 */
export type ExecuteError = CommandMalformed | RulesUnknown | HandleError<RegisterRefusal, SealError>

/** Takes the commands of one kind of stream. */
interface Desk {
  readonly types: ReadonlyArray<string>
  readonly category: string
  readonly execute: (untrusted: unknown, request: Request) => TaskEither<ExecuteError, Receipt>
}

const corrections: Commands<CorrectionCommand> = { CorrectFact, RetractFact }

const AboutStream = t.type({ data: t.type({ stream: t.string }) })
const Typed = t.type({ type: t.string })

/** Executes any command of the register; it may be untrusted, and anything at all. What other streams say is looked up in `KnownByNow`. */
export const executing = (
  store: EventStore,
  vault: Vault,
  known: KnownByNow,
): ((untrusted: unknown, request: Request) => TaskEither<ExecuteError, Receipt>) => {
  const seal = sealing(vault)

  /** A number is entered in the vault before the event is appended, which may never come: whatever came of it, the two are brought in step. */
  const claiming = async (
    stream: StreamName,
    number: HprNumber,
    carriedOut: TaskEither<ExecuteError, Receipt>,
  ): Promise<Either<ExecuteError, Receipt>> => {
    let done = await carriedOut()
    if (isLeft(done) && done.left._tag === 'HprHeldByAnother') {
      const freed = await settleClaims(store, vault, streamName('doctor', done.left.holder), number)
      if (isLeft(freed)) return freed
      done = await carriedOut()
    }
    const settled = await settleClaims(store, vault, stream, number)
    return !isLeft(done) && isLeft(settled) ? settled : done
  }

  const desk = <State, Command, F extends Event, Refusal extends RegisterRefusal>(
    category: string,
    commands: Commands<Command>,
    about: (command: Command) => string,
    decider: Decider<State, Command, F, Refusal>,
    catalogue: EventCatalogue<F>,
    informed: Informed<State, Command, F, Refusal> = () => async () => right(decider),
  ): Desk => {
    const carryOut = handle({ store, catalogue, decider, seal })
    const execute = (untrusted: unknown, request: Request) => async (): Promise<Either<ExecuteError, Receipt>> => {
      const command = decodeCommand(commands, untrusted)
      if (!isLeft(command)) {
        const stream = streamName(category, about(command.right))
        const deciding = await informed(command.right, request)()
        if (isLeft(deciding)) return deciding
        const carriedOut = handle({ store, catalogue, decider: deciding.right, seal })(stream, command.right, request)
        return ClaimHpr.is(command.right) ? claiming(stream, command.right.data.hpr, carriedOut) : carriedOut()
      }
      const correction = decodeCommand(corrections, untrusted)
      if (!isLeft(correction)) {
        const { stream } = correction.right.data
        const history = await load(store, catalogue, stream)
        if (isLeft(history)) return history
        const refusal = whyNotSealedSo(correction.right, history.right)
        if (refusal !== null) return left({ _tag: 'Refused', refusal })
        const corrected = await carryOut(stream, withPersonalName(correction.right), request)()
        if (isLeft(corrected)) return corrected
        const settled = await settleClaims(store, vault, stream)
        return isLeft(settled) ? settled : corrected
      }
      return left({ _tag: 'CommandMalformed', found: isCorrection(untrusted) ? correction.left : command.left })
    }
    return { types: Object.keys(commands), category, execute }
  }

  const desks = [
    desk('group', groupCommands, ({ data }) => data.group, group, groupEvents),
    desk('session', sessionCommands, ({ data }) => data.session, session, sessionEvents),
    desk(
      'doctor',
      doctorCommands,
      ({ data }) => data.doctor,
      doctor,
      doctorEvents,
      mergedAlready(store, known.persons),
    ),
    desk('hospital', hospitalCommands, ({ data }) => data.hospital, hospital, hospitalEvents),
    desk('topic', topicCommands, ({ data }) => data.topic, topic, topicEvents),
    desk(
      'statement',
      statementCommands,
      ({ data }) => data.statement,
      statementDecider(nothingElsewhere),
      statementEvents,
      withWhatIsStated(store, known),
    ),
    desk(
      'rules',
      rulesCommands,
      ({ data }) => data.scheme,
      rulebook,
      rulesEvents,
      withGroupsPlaces(store, known.founding),
    ),
  ]
  const types = [...desks.flatMap(({ types }) => types), ...Object.keys(corrections)]
  return (handedIn, request) => {
    const plain = plainData(handedIn)
    if (isLeft(plain)) return async () => left({ _tag: 'CommandMalformed', found: plain.left })
    const untrusted = plain.right
    const desk = desks.find(({ types, category }) =>
      isCorrection(untrusted)
        ? categoryIn(untrusted) === category
        : Typed.is(untrusted) && types.includes(untrusted.type),
    )
    if (desk !== undefined) return desk.execute(untrusted, request)
    const expected = isCorrection(untrusted)
      ? `a stream of one of ${desks.map(({ category }) => category).join(', ')}`
      : `one of ${types.join(', ')}`
    const where = isCorrection(untrusted)
      ? `data.stream: found ${shown(streamIn(untrusted))}`
      : `type: found ${shown(Typed.is(untrusted) ? untrusted.type : untrusted)}`
    return async () => left({ _tag: 'CommandMalformed', found: `${where}, expected ${expected}` })
  }
}

const isCorrection = (untrusted: unknown): boolean => Typed.is(untrusted) && Object.hasOwn(corrections, untrusted.type)

const streamIn = (untrusted: unknown): string | undefined =>
  AboutStream.is(untrusted) ? untrusted.data.stream : undefined

const categoryIn = (untrusted: unknown): string | undefined => streamIn(untrusted)?.split('-')[0]

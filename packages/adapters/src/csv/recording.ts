// recording.ts: asks the register for what the rows of a folder say, and keeps what it answers

import {
  type CommandId,
  type CorrectionRefusal,
  commandIdOf,
  type ExecuteError,
  type Instant,
  importer,
  type Receipt,
  type Register,
  type RegisterRefusal,
} from '@smagruppe/domain'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { Rejection, RejectionCode } from './row.ts'

/** The row that asks, and the column to name where the register refuses. */
export interface Origin {
  readonly file: string
  readonly row: number
  readonly column: string
}

/** What came of asking: a receipt; the row was refused; or the stores cannot go on. */
export type Outcome =
  | { readonly _tag: 'Done'; readonly receipt: Receipt }
  | { readonly _tag: 'Refused' }
  | { readonly _tag: 'Stopped' }

/** Why an import could not go on: anything but a refusal. */
export type RecordingFailure = Exclude<ExecuteError, { readonly _tag: 'Refused' | 'HprHeldByAnother' }>

/** One way into the register for all rows of an import. */
export interface Recording {
  /**
   * Executes a command as the importer. `name` says what makes it the same wish again: parts in a fixed order, never a whole object,
   * since a field more would make every row of an old folder a new wish. A refusal becomes a rejection of the row.
   */
  readonly ask: (
    command: unknown,
    name: ReadonlyArray<unknown>,
    knownSince: Instant,
    origin: Origin,
  ) => Promise<Outcome>
  readonly reject: (origin: Origin, code: RejectionCode, reason: string) => void
  /** The id under which a wish of that name is asked. */
  readonly commandId: (name: ReadonlyArray<unknown>) => CommandId
  readonly events: () => number
  readonly commands: () => number
  readonly rejections: ReadonlyArray<Rejection>
  readonly failure: () => RecordingFailure | null
  readonly stop: (failure: RecordingFailure) => void
}

export const recordingIn = (register: Register, source: string): Recording => {
  const rejections: Rejection[] = []
  let events = 0
  let commands = 0
  let failure: RecordingFailure | null = null
  const commandId = (name: ReadonlyArray<unknown>): CommandId =>
    commandIdOf(`smagruppe ${source} command`, JSON.stringify(name))
  const reject = ({ file, row, column }: Origin, code: RejectionCode, reason: string): void => {
    rejections.push({ file, row, column, code, reason })
  }
  return {
    commandId,
    reject,
    rejections,
    events: () => events,
    commands: () => commands,
    failure: () => failure,
    stop: (reason) => {
      failure ??= reason
    },
    ask: async (command, name, knownSince, origin) => {
      if (failure !== null) return { _tag: 'Stopped' }
      const asked = await register.execute(command, {
        actor: { id: source, role: importer },
        id: commandId(name),
        knownSince,
      })()
      commands += 1
      if (!isLeft(asked)) {
        if (!asked.right.repeated) events += asked.right.events.length
        return { _tag: 'Done', receipt: asked.right }
      }
      const error = asked.left
      if (error._tag === 'KnownSinceNotAllowed') {
        failure ??= { _tag: 'CommandMalformed', found: `the role ${error.role} may not say since when a fact is known` }
        return { _tag: 'Stopped' }
      }
      if (error._tag === 'HprHeldByAnother') {
        reject(
          origin,
          'ID_CONFLICT',
          'another record holds this HPR number; a person must say whether the two are one doctor',
        )
        return { _tag: 'Refused' }
      }
      const unstorable = unstorableIn(error)
      if (unstorable !== null) {
        reject(origin, 'REFUSED', unstorable)
        return { _tag: 'Refused' }
      }
      if (error._tag !== 'Refused') {
        failure ??= error
        return { _tag: 'Stopped' }
      }
      const { code, reason } = saidOf(error.refusal)
      reject(origin, code, reason)
      return { _tag: 'Refused' }
    },
  }
}

/** What no register could store of this row, whenever it is asked; null for what ails the register itself. */
const unstorableIn = (error: ExecuteError): string | null => {
  switch (error._tag) {
    case 'CommandMalformed':
      return `the register does not take this: ${error.found}`
    case 'UnencodableEvent':
      return `${error.type} cannot be stored: ${error.reason}`
    case 'UnstorableText':
      return 'the row has text that cannot be stored'
    case 'AppendTooLarge':
      return `the row is ${error.bytes} bytes long, more than the store takes (${error.limit})`
    default:
      return null
  }
}

/** A refusal as a report says it. */
export const saidOf = (
  refusal: RegisterRefusal | CorrectionRefusal,
): { readonly code: RejectionCode; readonly reason: string } => {
  switch (refusal._tag) {
    case 'DoctorAlreadyRegistered':
    case 'HprClaimedAlready':
    case 'PeriodOpenedAlready':
    case 'GroupAlreadyRegistered':
    case 'MembershipEndedAlready':
    case 'WithdrawnAlready':
    case 'DepartmentAlreadyRegistered':
    case 'SessionInWrongStage':
    case 'ReportedOtherwise':
      return {
        code: 'ID_CONFLICT',
        reason: `the register has this with other content (${refusal._tag}); a person must say which is right`,
      }
    case 'AlreadyPresent':
      return { code: 'ALREADY_PRESENT', reason: 'the doctor is present already; only someone absent can be added' }
    case 'NotPresent':
      return {
        code: 'NOT_PRESENT',
        reason: 'the doctor is not present; only someone present can be withdrawn or given other minutes',
      }
    default:
      return { code: 'REFUSED', reason: `the register refused this: ${refusal._tag}` }
  }
}

const atOnce = 64

/** Runs the tasks, some at a time. */
export const severalAtOnce = async (
  tasks: ReadonlyArray<() => Promise<void>>,
  onDone: (done: number) => void,
): Promise<void> => {
  let next = 0
  let done = 0
  const worker = async (): Promise<void> => {
    for (;;) {
      const task = tasks[next]
      next += 1
      if (task === undefined) return
      await task()
      done += 1
      onDone(done)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, tasks.length) }, worker))
}

// statement.ts: a statement of a doctor's points as it was issued, with what it rests on; it is never un-issued

import * as t from 'io-ts'
import { type Commands, command } from '../kernel/command.ts'
import { accept, type Context, type Decider, type Decision, nothing, refuse } from '../kernel/decider.ts'
import { EventId } from '../kernel/event.ts'
import { type EventOf, emptyCatalogue, eventType } from '../kernel/event-catalogue.ts'
import { Instant } from '../kernel/instant.ts'
import { Digest } from '../values/digest.ts'
import { DoctorId, StatementId } from '../values/identity.ts'
import { Layer } from '../values/layer.ts'
import { LegalDate } from '../values/legal-date.ts'
import { Track } from '../values/track.ts'

// events: these names and fields are what is stored

const Points = t.readonly(t.strict({ numerator: t.Int, denominator: t.Int }))

/** Rules that judged: their level, the event that published them, and the digest that they were published under. */
export const JudgingRules = t.readonly(
  t.strict({
    layer: Layer,
    /** Null: rules that nobody published, those that a scheme was founded with or of a file. The digest is that of their values. */
    event: t.union([EventId, t.null]),
    digest: Digest,
  }),
)
export type JudgingRules = t.TypeOf<typeof JudgingRules>

/** What a statement says: the question, the totals, the facts that they rest on and the rules that they follow. Ids, dates and numbers only. */
export const Stated = t.strict({
  doctor: DoctorId,
  track: Track,
  effectiveThrough: LegalDate,
  asKnownAt: Instant,
  period: t.readonly(t.strict({ from: LegalDate, to: LegalDate })),
  countedMinutes: t.Int,
  pendingMinutes: t.Int,
  points: Points,
  mandatory: Points,
  elective: Points,
  overflow: Points,
  missing: Points,
  /** Every event that the answer rests on, by id. */
  facts: t.readonlyArray(t.readonly(t.strict({ id: EventId, type: t.string }))),
  /** All rules by which anything in the answer was judged, from the national ones down, each once. */
  rules: t.readonlyArray(JudgingRules),
})
export type Stated = t.TypeOf<typeof Stated>

export const pointsStatementIssued = eventType('PointsStatementIssued', Stated)
/** Another statement says now what this one was to say. This one was issued all the same. */
export const pointsStatementSuperseded = eventType('PointsStatementSuperseded', t.strict({ by: StatementId }))

/** The catalogue of a statement's events, each in every version ever stored. */
export const statementEvents = emptyCatalogue.with(pointsStatementIssued).with(pointsStatementSuperseded)

/** Everything that can have happened to a statement, in the newest version of each. */
export type StatementEvent = EventOf<typeof pointsStatementIssued> | EventOf<typeof pointsStatementSuperseded>

// state: what a decision needs to know, and no more

/** A statement as decisions see it. */
export type Statement =
  | { readonly stage: 'unknown' }
  | { readonly stage: 'issued'; readonly stated: Stated; readonly supersededBy: StatementId | null }

export const evolve = (statement: Statement, event: StatementEvent): Statement => {
  if (event.type === 'PointsStatementIssued') return { stage: 'issued', stated: event.data, supersededBy: null }
  return statement.stage === 'unknown' ? statement : { ...statement, supersededBy: event.data.by }
}

// commands: data that may come from outside

/** Asks for a statement of a doctor's points through a date, as known now. What it says is computed, never handed in. */
export const IssueStatement = command('IssueStatement', {
  statement: StatementId,
  doctor: DoctorId,
  track: Track,
  effectiveThrough: LegalDate,
})
export const SupersedeStatement = command('SupersedeStatement', { statement: StatementId, by: StatementId })

/** Everything that can be asked of a statement. */
export type StatementCommand = t.TypeOf<typeof IssueStatement> | t.TypeOf<typeof SupersedeStatement>

/** The codecs of a statement's commands, by type: untrusted JSON is read by them. */
export const statementCommands: Commands<StatementCommand> = { IssueStatement, SupersedeStatement }

// decisions: one switch onto named functions

/** Why a command of a statement is refused, with what says more. */
export type StatementRefusal =
  | { readonly _tag: 'StatementIssuedAlready'; readonly statement: StatementId }
  | { readonly _tag: 'StatementUnknown'; readonly statement: StatementId }
  /** The doctor has no period on that date, so there is nothing to state. */
  | { readonly _tag: 'NothingToState'; readonly doctor: DoctorId; readonly effectiveThrough: LegalDate }
  | { readonly _tag: 'StatementSupersededAlready'; readonly statement: StatementId; readonly by: StatementId }
  /** The other does not say the same of the same doctor anew. */
  | {
      readonly _tag: 'NotItsSuccessor'
      readonly statement: StatementId
      readonly by: StatementId
      readonly because: NotSuccessor
    }
  /** What was issued was issued, and what was superseded was superseded: it turns stale, and another supersedes it. */
  | { readonly _tag: 'NeverUnissued'; readonly type: string }

/** Why a statement cannot take another's place. `superseded-by-it`: the other took its place, perhaps through others. */
export type NotSuccessor = 'itself' | 'superseded-by-it' | 'other-doctor' | 'other-track' | 'other-date'

type StatementDecision = Decision<StatementEvent, StatementRefusal>

/** What a decision has to know of what stands elsewhere: the register computes the one and looks up the other. */
export interface FoundElsewhere {
  /** What the statement asked for says; null where there is nothing to state. */
  readonly stated: Stated | null
  /** The statement that is to supersede; null where it was not issued. */
  readonly successor: Successor | null
}

/** A statement that is to take another's place. */
export interface Successor extends Pick<Stated, 'track' | 'effectiveThrough'> {
  /** Every record of the doctor that it is about, by now. */
  readonly doctor: ReadonlyArray<DoctorId>
  /** What took its own place, what took that one's, and so on. */
  readonly supersededBy: ReadonlyArray<StatementId>
}

/** A statement as a decider: its stream is `statement-<StatementId>`. */
export const statementDecider = (
  elsewhere: FoundElsewhere,
): Decider<Statement, StatementCommand, StatementEvent, StatementRefusal> => ({
  initial: { stage: 'unknown' },
  decide: (asked: StatementCommand, _context: Context) => (statement: Statement) =>
    asked.type === 'IssueStatement'
      ? issue(asked.data, elsewhere.stated, statement)
      : supersede(asked.data, elsewhere.successor, statement),
  evolve,
  mayCorrect: (type) => ({ _tag: 'NeverUnissued', type }),
})

const issue = (
  { statement: id, doctor, effectiveThrough }: t.TypeOf<typeof IssueStatement>['data'],
  stated: Stated | null,
  statement: Statement,
): StatementDecision =>
  statement.stage !== 'unknown'
    ? refuse({ _tag: 'StatementIssuedAlready', statement: id })
    : stated === null
      ? refuse({ _tag: 'NothingToState', doctor, effectiveThrough })
      : accept(pointsStatementIssued.of(stated))

const supersede = (
  { statement: id, by }: t.TypeOf<typeof SupersedeStatement>['data'],
  successor: Successor | null,
  statement: Statement,
): StatementDecision => {
  if (statement.stage === 'unknown') return refuse({ _tag: 'StatementUnknown', statement: id })
  const { stated, supersededBy } = statement
  if (supersededBy === by) return nothing
  if (successor === null) return refuse({ _tag: 'StatementUnknown', statement: by })
  const because = by === id ? 'itself' : whyNotSuccessor(id, stated, successor)
  if (because !== null) return refuse({ _tag: 'NotItsSuccessor', statement: id, by, because })
  return supersededBy === null
    ? accept(pointsStatementSuperseded.of({ by }))
    : refuse({ _tag: 'StatementSupersededAlready', statement: id, by: supersededBy })
}

const whyNotSuccessor = (
  id: StatementId,
  stated: Stated,
  { doctor, track, effectiveThrough, supersededBy }: Successor,
): NotSuccessor | null => {
  if (supersededBy.includes(id)) return 'superseded-by-it'
  if (!doctor.includes(stated.doctor)) return 'other-doctor'
  if (track !== stated.track) return 'other-track'
  return effectiveThrough === stated.effectiveThrough ? null : 'other-date'
}

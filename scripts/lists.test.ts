// The pages that list errors, codes and rules list all of them: each list below is one that the compiler holds to the types.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { CopyError } from '../packages/adapters/src/copying/index.ts'
import type { FlagCode, ImportError, RejectionCode } from '../packages/adapters/src/csv/index.ts'
import type {
  AppendError,
  CheckpointMoved,
  CorrectionRefusal,
  Register,
  RegisterRefusal,
  RuleName,
  StoreFailure,
  VaultFailure,
} from '../packages/domain/src/index.ts'
import { root } from './code-blocks.ts'

type Tagged = { readonly _tag: string }
type EachOf<Name extends string> = Readonly<Record<Name, true>>
type TagOf<Error extends Tagged> = EachOf<Error['_tag']>

type LeftOf<Result> = Extract<Result, { readonly _tag: 'Left' }> extends { readonly left: infer Left } ? Left : never
type LeftOfCall<Call> = Call extends (...asked: never[]) => infer Task
  ? Task extends Promise<infer Result>
    ? LeftOf<Result>
    : LeftOfCall<Task>
  : never

/** What any call of a register can give instead of its answer. */
type OfRegister = LeftOfCall<Register[keyof Register]>

const errors: TagOf<OfRegister | AppendError | VaultFailure | CheckpointMoved | ImportError | CopyError> = {
  CommandMalformed: true,
  KnownSinceNotAllowed: true,
  Refused: true,
  HprHeldByAnother: true,
  TooManyConflicts: true,
  WrongExpectedRevision: true,
  DuplicateEventId: true,
  AppendTooLarge: true,
  UnstorableText: true,
  UndecodableEvent: true,
  UnencodableEvent: true,
  StoreFailure: true,
  VaultFailure: true,
  CheckpointMoved: true,
  NoSuchProjection: true,
  Stopped: true,
  NotACopy: true,
  FolderUnreadable: true,
}

const reasons: EachOf<StoreFailure['reason'] | VaultFailure['reason']> = {
  Busy: true,
  Unavailable: true,
  ReadOnly: true,
  Full: true,
  Damaged: true,
  Missing: true,
  Foreign: true,
  Older: true,
  Newer: true,
  Denied: true,
  Unsupported: true,
  Closed: true,
  Superseded: true,
  AheadOfLog: true,
  Forgotten: true,
  Tampered: true,
  Unknown: true,
}

const refusals: TagOf<RegisterRefusal | CorrectionRefusal> = {
  GroupAlreadyRegistered: true,
  GroupNotActive: true,
  AlreadyAMember: true,
  NotAMember: true,
  MembershipEndedAlready: true,
  LeftBeforeJoined: true,
  NoSuchDeclaration: true,
  WithdrawnAlready: true,
  SessionInWrongStage: true,
  EndNotAfterStart: true,
  DateNotOfStart: true,
  NotHeldYet: true,
  GroupNotAtSession: true,
  AlreadyPresent: true,
  NotPresent: true,
  ReportedOtherwise: true,
  NoContributionReported: true,
  DoctorAlreadyRegistered: true,
  DoctorUnknown: true,
  HprClaimedAlready: true,
  RoleNotHeld: true,
  PeriodOpenedAlready: true,
  NotForThisActor: true,
  HospitalAlreadyRegistered: true,
  HospitalNotOpen: true,
  DepartmentAlreadyRegistered: true,
  DepartmentUnknown: true,
  OfferEndsBeforeItBegins: true,
  TopicUnknown: true,
  TopicNamedAlready: true,
  TopicIntoItself: true,
  TopicNotMerged: true,
  NoSuchFact: true,
  NotCorrectable: true,
  FactMalformed: true,
}

const rejections: EachOf<RejectionCode> = {
  REQUIRED: true,
  INVALID_DATE: true,
  INVALID_TIME: true,
  INVALID_NUMBER: true,
  INVALID_HPR: true,
  INVALID_MUNICIPALITY_NUMBER: true,
  INVALID_ORGANISATION_NUMBER: true,
  INVALID_ROLE: true,
  INVALID_CHANGE: true,
  UNKNOWN_DOCTOR: true,
  UNKNOWN_GROUP: true,
  UNKNOWN_DEPARTMENT: true,
  UNKNOWN_SESSION: true,
  GROUP_NOT_AT_SESSION: true,
  END_NOT_AFTER_START: true,
  LEFT_NOT_AFTER_ARRIVED: true,
  LEFT_BEFORE_JOINED: true,
  ID_CONFLICT: true,
  ALREADY_PRESENT: true,
  NOT_PRESENT: true,
  UNREADABLE: true,
  REFUSED: true,
}

const flags: EachOf<FlagCode> = {
  UNKNOWN_REQUEST: true,
  UNKNOWN_KIND: true,
  UNKNOWN_PLACE: true,
  OFFER_NEVER_OPEN: true,
  KNOWN_IN_FUTURE: true,
  MISSING_COLUMN: true,
  REPEATED_COLUMN: true,
  TOO_MANY_CELLS: true,
}

const rules: EachOf<RuleName> = {
  periodYears: true,
  window: true,
  participants: true,
  hosting: true,
  industry: true,
  presence: true,
  sameMinutes: true,
  declaration: true,
  quorum: true,
  sessionMinutesMin: true,
  dayCapMinutes: true,
  groupThreshold: true,
  doctorThresholdMinutes: true,
  minutesPerPoint: true,
  mandatory: true,
  electiveMax: true,
  groupSize: true,
}

/** What the first column of the first table under that heading names, in any order. */
const listed = (page: string, heading: string): ReadonlyArray<string> => {
  const text = readFileSync(join(root, page), 'utf8')
  const [, section = ''] = text.split(`\n## ${heading}\n`)
  const [table = ''] = /^\|[\s\S]*?(?=\n\n|\n$)/m.exec(section.split('\n## ')[0] ?? '') ?? []
  const rows = table.split('\n').slice(2)
  return rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name = '']) => name)).sort()
}

test.for([
  ['docs/errors.md', 'What a call gives', errors],
  ['docs/errors.md', 'Why a store or a vault failed', reasons],
  ['docs/errors.md', 'Why the domain says no', refusals],
  ['docs/importing.md', 'Rows that were not taken', rejections],
  ['docs/importing.md', 'Rows that were taken and deserve a look', flags],
  ['docs/rules.md', 'The parameters', rules],
] as const)('%s, "%s" names each there is, once', ([page, heading, named]) => {
  expect(listed(page, heading)).toEqual(Object.keys(named).sort())
})

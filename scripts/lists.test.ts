// lists.test.ts: the pages that list errors, codes and rules list all of them: each list below is one that the compiler holds to the types
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { FlagCode, RejectionCode } from '../packages/adapters/src/csv/index.ts'
import { troubles } from '../packages/adapters/src/eventstoredb/troubles.test-kit.ts'
import type { CorrectionRefusal, Reason, RegisterRefusal, RuleName } from '../packages/domain/src/index.ts'
import { root } from './code-blocks.ts'
import type { ErrorTag, FailureReason, RulesProblemField } from './every-error.ts'

type EachOf<Name extends string> = Readonly<Record<Name, true>>

const errors: EachOf<ErrorTag> = {
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
  RulesUnknown: true,
  Stopped: true,
  NotACopy: true,
  FolderUnreadable: true,
}

const failures: EachOf<FailureReason> = {
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

const rulesProblem: EachOf<RulesProblemField> = {
  path: true,
  found: true,
  expected: true,
}

const refusals: EachOf<(RegisterRefusal | CorrectionRefusal)['_tag']> = {
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
  RoleEndsBeforeItBegins: true,
  PeriodOpenedAlready: true,
  InTrainingAlready: true,
  NotInTraining: true,
  ActivityRecordedOtherwise: true,
  VisitToOneself: true,
  NoPeriodThen: true,
  EndNotAfterBegin: true,
  PeriodEndsTooLate: true,
  PeriodDecidedAlready: true,
  NothingDecided: true,
  ComplaintFiledAlready: true,
  NoComplaint: true,
  DoctorIntoItself: true,
  DoctorMergedAlready: true,
  DoctorNotMerged: true,
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
  StatementIssuedAlready: true,
  StatementUnknown: true,
  NothingToState: true,
  StatementSupersededAlready: true,
  NotItsSuccessor: true,
  NeverUnissued: true,
  ParameterUnknown: true,
  ParameterMalformed: true,
  ParameterMissing: true,
  ReferenceMissing: true,
  PermissionMalformed: true,
  RangeMalformed: true,
  RulesContradict: true,
  DigestWrong: true,
  RulesOverlap: true,
  RulesLeaveGap: true,
  RuleIsFixed: true,
  LoosensRule: true,
  OutsideRange: true,
  PermissionLoosened: true,
  NotOfThisLayer: true,
  DatesReversed: true,
  BasisUnknown: true,
  BasisNotInForce: true,
  BasisInUse: true,
  RulesAreImmutable: true,
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
  nextPeriod: true,
  window: true,
  participants: true,
  hosting: true,
  industry: true,
  presence: true,
  sameMinutes: true,
  declaration: true,
  plannedWithin: true,
  quorum: true,
  sessionMinutesMin: true,
  dayCapMinutes: true,
  dayCap: true,
  groupThreshold: true,
  doctorThresholdMinutes: true,
  membershipTransfer: true,
  minutesPerPoint: true,
  rounding: true,
  yearlyCap: true,
  mandatory: true,
  electiveMax: true,
  groupSize: true,
  groupSizeEffect: true,
  coursePoints: true,
  courseSubjects: true,
  clinicalCourses: true,
  clinicalCoursePoints: true,
  acuteMedicineCourses: true,
  courseDemandsSince: true,
  smallGroupSince: true,
  practiceVisits: true,
  electivePoints: true,
  practiceVisitDayCap: true,
  practiceVisitCap: true,
  sameColleagueVisits: true,
  observershipDayCap: true,
  observershipCap: true,
  clinicDayCap: true,
  clinicCap: true,
  clinicDaysAbroad: true,
  internHalfYearCap: true,
  onlineCourseCap: true,
  onlineClinicalCourses: true,
  onlineCapsSuspended: true,
  subjectCap: true,
  feeLapsesSince: true,
}

/** In the order of the steps. */
const reasons: EachOf<Reason> = {
  GUEST: true,
  NOT_MEMBER: true,
  HOSTING: true,
  INDUSTRY: true,
  NO_DECLARATION: true,
  BELOW_QUORUM: true,
  SESSION_TOO_SHORT: true,
  PLANNED_TOO_LATE: true,
  GROUP_SIZE: true,
  NO_MINUTES: true,
  OVERLAPPING: true,
  DAY_CAP: true,
  GROUP_UNDER_3_MEETINGS: true,
  DOCTOR_UNDER_6_HOURS: true,
  YEARLY_CAP: true,
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
  ['docs/errors.md', 'Why a store or a vault failed', failures],
  ['docs/errors.md', 'Why the domain says no', refusals],
  ['docs/errors.md', 'A rules file', rulesProblem],
  ['docs/importing.md', 'Rows that were not taken', rejections],
  ['docs/importing.md', 'Rows that were taken and deserve a look', flags],
  ['docs/rules.md', 'The parameters', rules],
  ['docs/norsk.md', 'Slik leser du en forklaring', reasons],
] as const)('%s, "%s" names each there is, once', ([page, heading, named]) => {
  expect(listed(page, heading)).toEqual(Object.keys(named).sort())
})

test('docs/errors.md, "With an EventStoreDB" says of each trouble what it is answered by, and whether to ask again', () => {
  const [, section = ''] = readFileSync(join(root, 'docs/errors.md'), 'utf8').split('\n## With an EventStoreDB\n')
  const [, table = ''] = (section.split('\n## ')[0] ?? '').split('\n|---|')
  const rows = table
    .split('\n')
    .filter((row) => row.startsWith('|'))
    .map((row) => row.split(' | ').map((cell) => cell.replace(/^\| |`/g, '')))
  expect(rows.map(([what, reason, retry]) => [what, [reason, retry]])).toEqual(Object.entries(troubles))
})

test('docs/rules.md, "Step by step" names each reason there is, once, in their order', () => {
  const [, steps = ''] = readFileSync(join(root, 'docs/rules.md'), 'utf8').split('\n## Step by step\n')
  const [upToPoints = ''] = steps.split('\n### 5.')
  const begun = [...upToPoints.matchAll(/^(?:\| |- )`([A-Z_0-9]+)`/gm)].map(([, name]) => name)
  expect(begun).toEqual(Object.keys(reasons))
})

const requirements = [
  ...readFileSync(join(root, 'docs/requirements.md'), 'utf8').matchAll(/^\| (S.*?) \|.*\| (\w*) \|$/gm),
].map(([, ids = '', state = '']) => ({ ids: ids.split(', '), state }))

/** The ids that titles of tests begin with, one or several: `S1-20`, or `S1-20a` for a part of it. */
const tested = new Set(
  globSync('{packages/*/src,packages/examples,scripts}/**/*.test.ts', { cwd: root })
    .filter((file) => !file.includes('node_modules'))
    .flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(/['`]((?:S\d-\d\d[a-z]? )+)/g)])
    .flatMap(([, ids = '']) => ids.trimEnd().split(' ')),
)

const whole = (id: string): string => id.replace(/[a-z]$/, '')
const isPart = (id: string): boolean => id !== whole(id)

test('docs/requirements.md has each requirement that a test names', () => {
  const listedThere = requirements.flatMap(({ ids }) => ids)
  expect(new Set(listedThere).size).toBe(listedThere.length)
  expect([...tested].filter((id) => !listedThere.includes(whole(id)))).toEqual([])
})

/** What the titles say of a row: each of its ids is held whole, or some of it is held in part, or none is named. */
const stateOf = (ids: ReadonlyArray<string>): string => {
  if (ids.every((id) => tested.has(id))) return 'built'
  const parts = [...tested].filter((id) => ids.includes(whole(id)))
  if (parts.length === 0) return 'later'
  return parts.every(isPart) ? 'begun' : `${parts.filter((id) => !isPart(id))} whole, the rest not`
}

test('docs/requirements.md calls built what tests hold whole, begun what they hold in part, and the rest later', () => {
  const expected = requirements.map(({ ids }) => ({ ids, state: stateOf(ids) }))
  expect(requirements).toEqual(expected)
})

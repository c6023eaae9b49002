// every-refusal.test.ts: each way in which the domain says no, met by whoever talks to a register

import { isLeft } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import type { CorrectionRefusal } from '../kernel/correction.ts'
import { type EventId, eventIdOf, streamName } from '../kernel/event.ts'
import { defaultPack } from '../rules/default-pack.ts'
import { digestOf } from '../rules/digest.ts'
import { publishable } from '../rules/publication.ts'
import { norway } from '../rules/scheme.ts'
import { everyCommand } from '../testing/every-command.ts'
import {
  commandNamed,
  departmentNamed,
  doctorNamed,
  groupNamed,
  groupStream,
  inOslo,
  opened,
  sessionStream,
  statementNamed,
  topicNamed,
} from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import type { RegisterRefusal } from './commands.ts'

const {
  RegisterGroup,
  AddMember,
  EndMembership,
  DeclareIndustryFree,
  WithdrawIndustryFree,
  PlanSession,
  ReportSessionHeld,
  ReportAttendance,
  AddAttendance,
  WithdrawAttendance,
  ReplaceAttendance,
  ClearIndustryContribution,
  RegisterDoctor,
  ClaimHpr,
  StartRole,
  EndRole,
  OpenPeriod,
  MergeDoctors,
  UnmergeDoctors,
  RecordActivity,
  StartSpecialistTraining,
  GrantSpecialty,
  ExtendPeriod,
  DecidePeriod,
  FileComplaint,
  UpholdComplaint,
  RegisterHospital,
  RegisterDepartment,
  MoveDepartment,
  OpenDepartmentOffer,
  IssueStatement,
  SupersedeStatement,
  NameTopic,
  MergeTopics,
  UnmergeTopics,
  PublishRulePack,
  AdoptLocalAdaptation,
  GrantDispensation,
} = everyCommand

type Command = { readonly type: string; readonly data: object }

/** What has happened, what is asked then, and by whom: an importer, who may most, where it is not said. */
interface Story {
  readonly given: ReadonlyArray<Command>
  readonly when: Command | ((stored: ReadonlyArray<EventId>) => Command)
  readonly by?: string
}

/** The command with other data here and there. */
const but = ({ type, data }: Command, other: object): Command => ({ type, data: { ...data, ...other } })

const kari = doctorNamed('Kari')
const again = { type: 'RegisterDoctor', data: { ...RegisterDoctor.data, doctor: doctorNamed('Kari again') } }
/** What the authority alone does. */
const ofTheAuthority: ReadonlySet<string> = new Set([
  'MergeDoctors',
  'DecidePeriod',
  'PublishRulePack',
  'AdoptLocalAdaptation',
])
const issued = (name: string) => ({
  type: 'IssueStatement',
  data: { ...IssueStatement.data, statement: statementNamed(name) },
})
const [second, third] = [issued('second'), issued('third')] as const
const later = legalDate('2024-05-01')
const earlier = legalDate('2024-01-01')
const absent = { group: groupNamed('G1'), doctor: doctorNamed('Per') }
const correcting = (stream: string, corrects: EventId | undefined, fact: object): Command => ({
  type: 'CorrectFact',
  data: { stream, corrects, reason: 'a slip', fact },
})

const rulesStream = streamName('rules', norway.id)
const takingBack = (stream: string, corrects: EventId | undefined): Command => ({
  type: 'RetractFact',
  data: { stream, corrects, reason: 'a slip' },
})
const source = { title: 'A law', address: 'https://example.org' }
const written = (value: unknown) => ({ value, source })
/** The pack with some parameters written otherwise. */
const saying = (command: Command, parameters: object): Command =>
  but(command, { parameters: { ...publishable(defaultPack), ...parameters }, digest: undefined })
const ranged = saying(PublishRulePack, {
  quorum: { ...written(2), permission: 'free', range: { least: 2, most: 4 } },
})
const contentOf = ({ scheme: _, digest: __, ...content }: Readonly<Record<string, unknown>>) => content
const rangedBasis = digestOf(contentOf({ ...ranged.data }))
const adopted = { ...contentOf(AdoptLocalAdaptation.data), name: 'There it is so' }
const adoptedFact = { digest: digestOf(adopted), ...adopted }

const stories: Readonly<Record<(RegisterRefusal | CorrectionRefusal)['_tag'], Story>> = {
  GroupAlreadyRegistered: { given: [RegisterGroup], when: RegisterGroup },
  GroupNotActive: { given: [], when: AddMember },
  AlreadyAMember: { given: [RegisterGroup, AddMember], when: but(AddMember, { on: later }), by: 'coordinator' },
  NotAMember: { given: [RegisterGroup], when: EndMembership },
  MembershipEndedAlready: { given: [RegisterGroup, AddMember, EndMembership], when: but(EndMembership, { on: later }) },
  LeftBeforeJoined: { given: [RegisterGroup, AddMember], when: but(EndMembership, { on: earlier }) },
  NoSuchDeclaration: { given: [RegisterGroup], when: WithdrawIndustryFree },
  WithdrawnAlready: {
    given: [RegisterGroup, DeclareIndustryFree, WithdrawIndustryFree],
    when: but(WithdrawIndustryFree, { on: later }),
  },
  SessionInWrongStage: { given: [ReportSessionHeld], when: PlanSession },
  EndNotAfterStart: { given: [], when: but(PlanSession, { ends: PlanSession.data.starts }) },
  DateNotOfStart: {
    given: [ReportSessionHeld],
    when: ([held]) => correcting(sessionStream('S1'), held, { ...ReportSessionHeld.data, date: later }),
  },
  NotHeldYet: {
    given: [],
    when: but(ReportSessionHeld, { starts: inOslo('2031-01-10 15:00'), ends: inOslo('2031-01-10 17:00') }),
    by: 'coordinator',
  },
  GroupNotAtSession: { given: [], when: but(ReportSessionHeld, { groups: [groupNamed('G3')] }) },
  AlreadyPresent: { given: [ReportSessionHeld], when: AddAttendance },
  NotPresent: { given: [ReportSessionHeld], when: but(WithdrawAttendance, absent) },
  ReportedOtherwise: {
    given: [ReportSessionHeld, ReportAttendance, ReplaceAttendance],
    when: but(ReportAttendance, { attendance: [{ ...ReportSessionHeld.data.attendance[0], role: 'guest' }] }),
  },
  NoContributionReported: { given: [ReportSessionHeld], when: ClearIndustryContribution },
  DoctorAlreadyRegistered: { given: [RegisterDoctor], when: RegisterDoctor },
  DoctorUnknown: { given: [], when: ClaimHpr },
  HprClaimedAlready: { given: [RegisterDoctor, ClaimHpr], when: but(ClaimHpr, { hpr: '7' }) },
  RoleNotHeld: { given: [RegisterDoctor, StartRole, EndRole], when: EndRole },
  RoleEndsBeforeItBegins: {
    given: [RegisterDoctor, StartRole],
    when: but(EndRole, { on: '2000-01-01' }),
  },
  PeriodOpenedAlready: { given: [RegisterDoctor, OpenPeriod], when: but(OpenPeriod, { anchor: later }) },
  NoPeriodThen: { given: [RegisterDoctor, OpenPeriod], when: but(ExtendPeriod, { period: earlier }), by: 'authority' },
  EndNotAfterBegin: {
    given: [RegisterDoctor, OpenPeriod],
    when: but(ExtendPeriod, { by: { to: OpenPeriod.data.anchor } }),
    by: 'authority',
  },
  PeriodEndsTooLate: {
    given: [RegisterDoctor, OpenPeriod],
    when: but(ExtendPeriod, { by: { to: '9999-12-31' } }),
    by: 'authority',
  },
  PeriodDecidedAlready: {
    given: [RegisterDoctor, OpenPeriod, DecidePeriod],
    when: but(DecidePeriod, { outcome: 'not-renewed' }),
    by: 'authority',
  },
  NothingDecided: { given: [RegisterDoctor, OpenPeriod], when: FileComplaint },
  ComplaintFiledAlready: {
    given: [RegisterDoctor, OpenPeriod, DecidePeriod, FileComplaint],
    when: but(FileComplaint, { on: legalDate('2029-04-01') }),
  },
  NoComplaint: { given: [RegisterDoctor, OpenPeriod, DecidePeriod], when: UpholdComplaint, by: 'authority' },
  InTrainingAlready: {
    given: [RegisterDoctor, StartSpecialistTraining],
    when: but(StartSpecialistTraining, { on: later }),
  },
  NotInTraining: { given: [RegisterDoctor], when: GrantSpecialty },
  ActivityRecordedOtherwise: {
    given: [RegisterDoctor, RecordActivity],
    when: but(RecordActivity, { what: { ...RecordActivity.data.what, points: 5 } }),
  },
  VisitToOneself: {
    given: [RegisterDoctor],
    when: but(RecordActivity, { what: { ...RecordActivity.data.what, colleague: kari } }),
  },
  StatementIssuedAlready: { given: [RegisterDoctor, OpenPeriod, IssueStatement], when: IssueStatement },
  StatementUnknown: { given: [RegisterDoctor, OpenPeriod, IssueStatement], when: SupersedeStatement },
  NothingToState: { given: [RegisterDoctor], when: IssueStatement },
  StatementSupersededAlready: {
    given: [RegisterDoctor, OpenPeriod, IssueStatement, second, third, SupersedeStatement],
    when: but(SupersedeStatement, { by: third.data.statement }),
  },
  NotItsSuccessor: {
    given: [RegisterDoctor, OpenPeriod, IssueStatement],
    when: but(SupersedeStatement, { by: IssueStatement.data.statement }),
  },
  NeverUnissued: {
    given: [RegisterDoctor, OpenPeriod, IssueStatement],
    when: ([, , issued]) => ({
      type: 'RetractFact',
      data: { stream: streamName('statement', IssueStatement.data.statement), corrects: issued, reason: 'a slip' },
    }),
  },
  DoctorIntoItself: { given: [RegisterDoctor], when: but(MergeDoctors, { absorbed: kari }), by: 'authority' },
  DoctorMergedAlready: {
    given: [RegisterDoctor, again, MergeDoctors],
    when: but(MergeDoctors, { doctor: again.data.doctor, absorbed: kari }),
    by: 'authority',
  },
  DoctorNotMerged: { given: [RegisterDoctor], when: UnmergeDoctors, by: 'authority' },
  NotForThisActor: { given: [RegisterDoctor], when: OpenPeriod, by: 'coordinator' },
  HospitalAlreadyRegistered: { given: [RegisterHospital], when: RegisterHospital },
  HospitalNotOpen: { given: [], when: RegisterDepartment },
  DepartmentAlreadyRegistered: { given: [RegisterHospital, RegisterDepartment], when: RegisterDepartment },
  DepartmentUnknown: {
    given: [RegisterHospital, RegisterDepartment],
    when: but(MoveDepartment, { department: departmentNamed('laboratory') }),
  },
  OfferEndsBeforeItBegins: {
    given: [RegisterHospital, RegisterDepartment],
    when: but(OpenDepartmentOffer, { to: earlier }),
    by: 'coordinator',
  },
  ParameterUnknown: { given: [], when: saying(PublishRulePack, { quorun: written(2) }), by: 'authority' },
  ParameterMalformed: { given: [], when: saying(PublishRulePack, { quorum: written('two') }), by: 'authority' },
  ParameterMissing: { given: [], when: but(PublishRulePack, { parameters: {} }), by: 'authority' },
  ReferenceMissing: { given: [], when: saying(PublishRulePack, { quorum: { value: 2 } }), by: 'authority' },
  PermissionMalformed: {
    given: [],
    when: saying(PublishRulePack, { window: { ...written('group-year'), permission: 'may-be-stricter' } }),
    by: 'authority',
  },
  RangeMalformed: {
    given: [],
    when: saying(PublishRulePack, { quorum: { ...written(2), range: 3 } }),
    by: 'authority',
  },
  RulesContradict: {
    given: [],
    when: saying(PublishRulePack, {
      window: { ...written('rolling-12-months'), permission: 'fixed' },
      rounding: { ...written({ mode: 'floor', per: 'window', unit: 1 }), permission: 'fixed' },
    }),
    by: 'authority',
  },
  DigestWrong: { given: [], when: but(PublishRulePack, { name: 'Other rules' }), by: 'authority' },
  RulesOverlap: {
    given: [PublishRulePack],
    when: but(PublishRulePack, { name: 'Other rules', digest: undefined }),
    by: 'authority',
  },
  RuleIsFixed: {
    given: [PublishRulePack],
    when: but(AdoptLocalAdaptation, { parameters: { minutesPerPoint: written(90) } }),
    by: 'local-authority',
  },
  LoosensRule: {
    given: [PublishRulePack],
    when: but(AdoptLocalAdaptation, { parameters: { groupThreshold: written(2) } }),
    by: 'local-authority',
  },
  OutsideRange: {
    given: [ranged],
    when: but(AdoptLocalAdaptation, { basis: rangedBasis, parameters: { quorum: written(5) } }),
    by: 'local-authority',
  },
  PermissionLoosened: {
    given: [PublishRulePack],
    when: but(AdoptLocalAdaptation, { parameters: { quorum: { ...written(3), permission: 'free' } } }),
    by: 'local-authority',
  },
  NotOfThisLayer: {
    given: [PublishRulePack],
    when: but(AdoptLocalAdaptation, { parameters: { mandatory: written(30) } }),
    by: 'local-authority',
  },
  DatesReversed: {
    given: [PublishRulePack],
    when: but(AdoptLocalAdaptation, { until: earlier }),
    by: 'local-authority',
  },
  BasisUnknown: { given: [PublishRulePack], when: but(AdoptLocalAdaptation, { basis: rangedBasis }), by: 'authority' },
  BasisNotInForce: {
    given: [PublishRulePack, but(PublishRulePack, { from: later, digest: undefined })],
    when: but(AdoptLocalAdaptation, { from: later }),
    by: 'authority',
  },
  RulesLeaveGap: { given: [PublishRulePack], when: but(GrantDispensation, { from: earlier }), by: 'authority' },
  BasisInUse: {
    given: [PublishRulePack, AdoptLocalAdaptation],
    when: ([published]) => takingBack(rulesStream, published),
    by: 'authority',
  },
  RulesAreImmutable: {
    given: [PublishRulePack, AdoptLocalAdaptation],
    when: ([, adopted]) => correcting(rulesStream, adopted, adoptedFact),
    by: 'authority',
  },
  TopicUnknown: { given: [], when: MergeTopics },
  TopicNamedAlready: { given: [NameTopic], when: but(NameTopic, { name: 'Wheezing' }) },
  TopicIntoItself: { given: [NameTopic], when: but(MergeTopics, { absorbed: topicNamed('asthma') }) },
  TopicNotMerged: { given: [NameTopic], when: UnmergeTopics },
  NoSuchFact: { given: [NameTopic], when: ([named]) => correcting(groupStream('G1'), named, {}) },
  NotCorrectable: {
    given: [
      RegisterGroup,
      AddMember,
      {
        type: 'RetractFact',
        data: { stream: groupStream('G1'), corrects: eventIdOf(commandNamed('given 1'), 0), reason: 'somebody else' },
      },
    ],
    when: ([, , retraction]) => correcting(groupStream('G1'), retraction, AddMember.data),
  },
  FactMalformed: { given: [RegisterGroup], when: ([registered]) => correcting(groupStream('G1'), registered, {}) },
}

test.for(Object.entries(stories))('%s', async ([tag, { given, when, by = 'importer' }]) => {
  const { register, log } = opened()
  for (const [nth, command] of given.entries()) {
    const role = ofTheAuthority.has(command.type) ? 'authority' : 'importer'
    const asking = { actor: { id: 'a sheet', role }, id: commandNamed(`given ${nth}`) }
    const done = await register.execute(command, asking)()
    if (isLeft(done)) throw new Error(JSON.stringify(done.left))
  }
  const before = log.log.map(({ id }) => id)
  const command = typeof when === 'function' ? when(before) : when
  const refused = await register.execute(command, { actor: { id: 'somebody', role: by } })()
  expect(refused).toMatchObject({ left: { _tag: 'Refused', refusal: { _tag: tag } } })
  expect(log.log.map(({ id }) => id)).toEqual(before)
})

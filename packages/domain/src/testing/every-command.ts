// every-command.ts: one command of each type, right in its shape, about the same few doctors, groups and sessions

import type { DoctorCommand } from '../doctor/doctor-commands.ts'
import type { GroupCommand } from '../group/group.ts'
import type { HospitalCommand } from '../hospital/hospital.ts'
import { checked } from '../kernel/checked.ts'
import { defaultPack } from '../rules/default-pack.ts'
import { digestOf } from '../rules/digest.ts'
import { publishable } from '../rules/publication.ts'
import type { RulesCommand } from '../rules/rules-commands.ts'
import { norway } from '../rules/scheme.ts'
import type { SessionCommand } from '../session/session-commands.ts'
import type { StatementCommand } from '../statement/statement.ts'
import type { TopicCommand } from '../topic/topic.ts'
import { HprNumber } from '../values/hpr-number.ts'
import { legalDate, oslo } from '../values/legal-date.ts'
import { MunicipalityNumber } from '../values/municipality-number.ts'
import { OrganisationNumber } from '../values/organisation-number.ts'
import {
  activityNamed,
  departmentNamed,
  doctorNamed,
  groupNamed,
  hospitalNamed,
  inOslo,
  reference,
  sessionNamed,
  statementNamed,
  topicNamed,
  whole,
} from './names.ts'

/** Any command but a correction, which is about an event that is there. */
export type AnyCommand =
  | GroupCommand
  | SessionCommand
  | DoctorCommand
  | HospitalCommand
  | TopicCommand
  | StatementCommand
  | RulesCommand

const on = legalDate('2024-02-29')
const later = legalDate('2029-03-01')
const kari = doctorNamed('Kari')
const group = groupNamed('G1')
const session = sessionNamed('S1')
const hospital = hospitalNamed('Haukeland')
const department = departmentNamed('children')
const topic = topicNamed('asthma')
const municipality = checked(MunicipalityNumber, '4601')
const organisationNumber = checked(OrganisationNumber, '974557746')
const reason = 'it was otherwise'
const wish = { groups: [group], department, topic: 'Asthma', place: 'hospital', on } as const
const meeting = {
  starts: inOslo('2024-02-29 15:00'),
  ends: inOslo('2024-02-29 18:00'),
  zone: oslo,
  place: 'practice',
  department: null,
  hosts: [doctorNamed('Hans')],
  groups: [group, groupNamed('G2')],
  topics: [{ wording: 'Asthma', topic, origin: 'own-practice' }],
} as const
const attendance = { group, doctor: kari, role: 'member', presence: { kind: 'whole' } } as const
const interval = { from: inOslo('2024-02-29 15:00'), to: inOslo('2024-02-29 16:30') }

const pack = { name: 'Rules of 2024', zone: oslo, from: on, parameters: publishable(defaultPack) }
const basis = digestOf(pack)
const source = { title: 'A circular', address: 'https://example.org/circular' }
const stricter = { groupThreshold: { value: 4, source } }
const inScheme = { scheme: norway.id, digest: undefined }

/** A sample of every command, by its type. */
export const everyCommand: { readonly [Type in AnyCommand['type']]: Extract<AnyCommand, { readonly type: Type }> } = {
  RegisterGroup: {
    type: 'RegisterGroup',
    data: { group, name: 'Fjellgruppen', municipality, on, reference: reference('G1') },
  },
  AddMember: { type: 'AddMember', data: { group, doctor: kari, on } },
  EndMembership: { type: 'EndMembership', data: { group, doctor: kari, joined: on, on } },
  AppointContactPerson: { type: 'AppointContactPerson', data: { group, doctor: kari, on } },
  MoveGroup: { type: 'MoveGroup', data: { group, municipality, on } },
  DeclareIndustryFree: { type: 'DeclareIndustryFree', data: { group, by: kari, on } },
  WithdrawIndustryFree: { type: 'WithdrawIndustryFree', data: { group, signedBy: kari, signed: on, on } },
  CloseGroup: { type: 'CloseGroup', data: { group, on } },
  RequestSession: { type: 'RequestSession', data: { session, ...wish, reference: reference('R1') } },
  ChangeRequest: { type: 'ChangeRequest', data: { session, ...wish } },
  WithdrawRequest: { type: 'WithdrawRequest', data: { session, on, reason } },
  PlanSession: { type: 'PlanSession', data: { session, ...meeting } },
  MoveSession: { type: 'MoveSession', data: { session, starts: meeting.starts, ends: meeting.ends } },
  CancelSession: { type: 'CancelSession', data: { session, on, reason } },
  ReportSessionHeld: {
    type: 'ReportSessionHeld',
    data: {
      session,
      ...meeting,
      attendance: [
        attendance,
        { ...attendance, doctor: doctorNamed('Ola'), presence: { kind: 'intervals', intervals: [interval] } },
        { ...attendance, doctor: doctorNamed('Liv'), role: 'guest' },
      ],
      reference: reference('S1'),
      request: reference('R1'),
    },
  },
  ReportAttendance: { type: 'ReportAttendance', data: { session, attendance: [attendance] } },
  AddAttendance: {
    type: 'AddAttendance',
    data: { session, attendance: { ...attendance, presence: { kind: 'minutes', minutes: whole(90) } }, reason },
  },
  WithdrawAttendance: { type: 'WithdrawAttendance', data: { session, group, doctor: kari, reason } },
  ReplaceAttendance: {
    type: 'ReplaceAttendance',
    data: { session, group, doctor: kari, presence: { kind: 'intervals', intervals: [interval] }, reason },
  },
  ReportIndustryContribution: { type: 'ReportIndustryContribution', data: { session, what: 'pens' } },
  ClearIndustryContribution: { type: 'ClearIndustryContribution', data: { session, reason } },
  RegisterDoctor: { type: 'RegisterDoctor', data: { doctor: kari, name: 'Kari Nordmann', municipality } },
  ClaimHpr: { type: 'ClaimHpr', data: { doctor: kari, hpr: checked(HprNumber, '7654321') } },
  StartRole: { type: 'StartRole', data: { doctor: kari, role: 'department-doctor', department, from: on } },
  EndRole: { type: 'EndRole', data: { doctor: kari, role: 'department-doctor', department, on } },
  OpenPeriod: { type: 'OpenPeriod', data: { doctor: kari, anchor: on } },
  ExtendPeriod: {
    type: 'ExtendPeriod',
    data: { doctor: kari, period: on, on: later, by: { months: whole(6) }, ground: 'parental-leave' },
  },
  DecidePeriod: { type: 'DecidePeriod', data: { doctor: kari, period: on, on: later, outcome: 'renewed' } },
  FileComplaint: { type: 'FileComplaint', data: { doctor: kari, period: on, on: later } },
  UpholdComplaint: { type: 'UpholdComplaint', data: { doctor: kari, period: on, on: later } },
  RejectComplaint: { type: 'RejectComplaint', data: { doctor: kari, period: on, on: later } },
  StartSpecialistTraining: { type: 'StartSpecialistTraining', data: { doctor: kari, on } },
  GrantSpecialty: { type: 'GrantSpecialty', data: { doctor: kari, on: later } },
  LeaveSpecialistTraining: { type: 'LeaveSpecialistTraining', data: { doctor: kari, on: later } },
  RecordActivity: {
    type: 'RecordActivity',
    data: {
      doctor: kari,
      activity: activityNamed('a visit'),
      what: { kind: 'practice-visit', on, points: 10, colleague: doctorNamed('Ola') },
    },
  },
  MergeDoctors: { type: 'MergeDoctors', data: { doctor: kari, absorbed: doctorNamed('Kari again') } },
  UnmergeDoctors: { type: 'UnmergeDoctors', data: { doctor: kari, absorbed: doctorNamed('Kari again') } },
  RegisterHospital: {
    type: 'RegisterHospital',
    data: { hospital, name: 'Haukeland', legalEntity: organisationNumber },
  },
  CloseHospital: { type: 'CloseHospital', data: { hospital, on } },
  RegisterDepartment: {
    type: 'RegisterDepartment',
    data: { hospital, department, name: 'Barneklinikken', organisationNumber, reference: reference('BARN') },
  },
  MoveDepartment: {
    type: 'MoveDepartment',
    data: { hospital, department, to: hospitalNamed('Haraldsplass'), on },
  },
  OpenDepartmentOffer: {
    type: 'OpenDepartmentOffer',
    data: { hospital, department, from: on, to: null, sessionsPerMonth: whole(2), topics: ['Asthma'] },
  },
  IssueStatement: {
    type: 'IssueStatement',
    data: { statement: statementNamed('first'), doctor: kari, track: 'resertification', effectiveThrough: on },
  },
  SupersedeStatement: {
    type: 'SupersedeStatement',
    data: { statement: statementNamed('first'), by: statementNamed('second') },
  },
  PublishRulePack: { type: 'PublishRulePack', data: { ...inScheme, ...pack, digest: basis } },
  AdoptLocalAdaptation: {
    type: 'AdoptLocalAdaptation',
    data: {
      ...inScheme,
      name: 'Here it is so',
      scope: { layer: 'region', municipalities: [municipality] },
      from: on,
      until: null,
      basis,
      parameters: stricter,
    },
  },
  GrantDispensation: {
    type: 'GrantDispensation',
    data: { ...inScheme, doctor: kari, from: on, until: legalDate('2025-03-01'), parameters: stricter },
  },
  NameTopic: { type: 'NameTopic', data: { topic, name: 'Asthma' } },
  MergeTopics: { type: 'MergeTopics', data: { topic, absorbed: topicNamed('wheezing'), on } },
  UnmergeTopics: { type: 'UnmergeTopics', data: { topic, absorbed: topicNamed('wheezing'), on } },
}

// folder.ts: what a folder of sheets says, once everything that cannot be taken has been set aside

import type {
  DoctorRole,
  HprNumber,
  Instant,
  LegalDate,
  MunicipalityNumber,
  OrganisationNumber,
} from '@smagruppe/domain'
import type { Flag, Rejection } from './row.ts'

export interface DoctorRow {
  readonly line: number
  readonly hpr: HprNumber
  readonly name: string
  readonly roles: ReadonlyArray<DoctorRole>
  readonly municipality: MunicipalityNumber | null
  readonly anchor: LegalDate | null
}

export interface DepartmentRow {
  readonly line: number
  readonly id: string
  readonly name: string
  readonly organisationNumber: OrganisationNumber
  readonly hospital: string
}

export interface DepartmentDoctorRow {
  readonly line: number
  readonly department: string
  readonly hpr: HprNumber
}

export interface GroupRow {
  readonly line: number
  readonly id: string
  readonly name: string
  readonly municipality: MunicipalityNumber | null
  readonly registered: LegalDate
  readonly contact: HprNumber | null
}

/** One stay; rows that name the same first day are one stay, which ends with the last of them. */
export interface MemberRow {
  readonly line: number
  readonly group: string
  readonly hpr: HprNumber
  readonly joined: LegalDate
  readonly left: LegalDate | null
}

/** One signature; rows of one signer and day are one, withdrawn with the last of them. */
export interface DeclarationRow {
  readonly line: number
  readonly group: string
  readonly signedBy: HprNumber
  readonly signed: LegalDate
  readonly withdrawn: LegalDate | null
}

export interface OfferRow {
  readonly line: number
  readonly department: string
  readonly from: LegalDate
  readonly to: LegalDate | null
  readonly sessionsPerMonth: number | null
  readonly topics: ReadonlyArray<string>
}

export interface RequestRow {
  readonly line: number
  readonly id: string
  readonly groups: ReadonlyArray<string>
  readonly on: LegalDate
  readonly department: string | null
  readonly topic: string
  readonly place: 'hospital' | 'practice' | null
}

export interface SessionRow {
  readonly line: number
  readonly id: string
  readonly request: string | null
  /** The date and the wall time of the start as written. */
  readonly date: LegalDate
  readonly startTime: string
  readonly starts: Instant
  readonly ends: Instant
  readonly place: 'hospital' | 'practice' | null
  readonly department: string | null
  readonly hosts: ReadonlyArray<HprNumber>
  readonly topics: ReadonlyArray<string>
  readonly groups: ReadonlyArray<string>
  readonly reported: LegalDate
  readonly contribution: string | null
}

/** One attendance: all rows of one session, group and doctor together. It grows while the sheet is read. */
export interface AttendanceRow {
  readonly lines: number[]
  readonly session: string
  readonly group: string
  readonly hpr: HprNumber
  /** A guest on one row is a guest. */
  role: 'member' | 'guest'
  /** Each time once, by its text; null: one of the rows says the whole session. */
  times: Map<string, { readonly from: Instant; readonly to: Instant }> | null
}

export interface CorrectionRow {
  readonly line: number
  readonly session: string
  readonly group: string
  readonly hpr: HprNumber
  readonly change: 'withdraw' | 'add' | 'minutes'
  readonly minutes: number | null
  readonly on: LegalDate
  readonly reason: string
  /** Which of several identical rows this is, from 0. */
  readonly copy: number
}

/** The rows of a folder that can be taken. The same row again takes no room, so a long file costs what it says, not its length. */
export interface Folder {
  readonly doctors: Map<HprNumber, DoctorRow>
  readonly departments: Map<string, DepartmentRow>
  readonly departmentDoctors: Map<string, DepartmentDoctorRow>
  readonly groups: Map<string, GroupRow>
  readonly members: Map<string, MemberRow>
  readonly declarations: Map<string, DeclarationRow>
  readonly offers: Map<string, OfferRow>
  readonly requests: Map<string, RequestRow>
  readonly sessions: Map<string, SessionRow>
  readonly attendance: Map<string, AttendanceRow>
  /** The copies of a row together: each of them is a correction. */
  readonly corrections: Map<string, CorrectionRow[]>
  readonly rejections: Rejection[]
  readonly flags: Flag[]
}

export const emptyFolder = (): Folder => ({
  doctors: new Map(),
  departments: new Map(),
  departmentDoctors: new Map(),
  groups: new Map(),
  members: new Map(),
  declarations: new Map(),
  offers: new Map(),
  requests: new Map(),
  sessions: new Map(),
  attendance: new Map(),
  corrections: new Map(),
  rejections: [],
  flags: [],
})

// sheets.ts: how the rows of each sheet are read, and which of them cannot be taken

import type { HprNumber, Zone } from '@smagruppe/domain'
import type { Folder, SessionRow } from './folder.ts'
import { cut, type FlagCode, type Row } from './row.ts'

/** When and with whom a session was, as far as a row of attendance needs it. */
export type SessionTimes = Pick<SessionRow, 'date' | 'startTime' | 'starts' | 'ends' | 'groups'>

/** What the register knows already; a name that the folder does not explain is looked for there. */
export interface OnRecord {
  readonly doctor: (hpr: HprNumber) => Promise<boolean>
  readonly group: (id: string) => Promise<boolean>
  readonly department: (id: string) => Promise<boolean>
  readonly request: (id: string) => Promise<boolean>
  readonly session: (id: string) => Promise<SessionTimes | null>
}

/** What reading a sheet may look at and add to. */
export interface Reading {
  readonly folder: Folder
  readonly onRecord: OnRecord
  readonly zone: Zone
  readonly flag: (row: Row, column: string, code: FlagCode, reason: string) => void
}

/** One sheet: its columns in their order, and what a row of it says. A row with problems adds nothing. */
export interface Sheet {
  readonly name: string
  readonly columns: ReadonlyArray<string>
  /** Columns without which the sheet still makes sense. */
  readonly optional: ReadonlyArray<string>
  readonly take: (row: Row, reading: Reading) => Promise<void>
}

/** Whether an id is used for the first time. The same row again is silently the same; other content is a problem. */
export const isFirst = (
  before: { readonly line: number } | undefined,
  row: { readonly line: number },
  column: string,
  read: Row,
): boolean => {
  if (before === undefined) return true
  const same =
    read.problems.length === 0 && JSON.stringify({ ...before, line: 0 }) === JSON.stringify({ ...row, line: 0 })
  if (!same)
    read.wrong(
      column,
      'ID_CONFLICT',
      `row ${before.line} has ${cut(read.text(column))} with other content; that one was taken`,
    )
  return false
}

export const mustKnowDoctor = async (
  row: Row,
  { folder, onRecord }: Reading,
  column: string,
  hpr: HprNumber | null,
): Promise<void> => {
  if (hpr === null || folder.doctors.has(hpr) || (await onRecord.doctor(hpr))) return
  row.wrong(column, 'UNKNOWN_DOCTOR', `no doctor with HPR number ${hpr} is known`)
}

export const mustKnowGroup = async (
  row: Row,
  { folder, onRecord }: Reading,
  column: string,
  id: string,
): Promise<void> => {
  if (id === '' || folder.groups.has(id) || (await onRecord.group(id))) return
  row.wrong(column, 'UNKNOWN_GROUP', `no group ${cut(id)} is known`)
}

export const mustKnowDepartment = async (
  row: Row,
  { folder, onRecord }: Reading,
  column: string,
  id: string,
): Promise<void> => {
  if (id === '' || folder.departments.has(id) || (await onRecord.department(id))) return
  row.wrong(column, 'UNKNOWN_DEPARTMENT', `no department ${cut(id)} is known`)
}

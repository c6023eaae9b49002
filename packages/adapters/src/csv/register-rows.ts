// register-rows.ts: brings doctors, hospitals, departments and their offers of a folder into the register

import {
  type DoctorId,
  doctorEvidence,
  endOf,
  factIn,
  type HprNumber,
  type Register,
  streamName,
  theBeginning,
  type Zone,
} from '@smagruppe/domain'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { DepartmentRow, DoctorRow, Folder } from './folder.ts'
import type { Names } from './names.ts'
import type { Recording } from './recording.ts'

/** What bringing rows in needs. */
export interface Bringing {
  readonly register: Register
  readonly folder: Folder
  readonly names: Names
  readonly recording: Recording
  readonly zone: Zone
  /** Our ids of the doctors that the folder names. */
  readonly doctors: ReadonlyMap<HprNumber, DoctorId>
}

/** Some rows' way into the register; tasks of one kind may run at the same time. */
export type Task = () => Promise<void>

/** A task a doctor: registered, number claimed, roles, period. All of it was always known. */
export const doctorTasks = (bringing: Bringing): ReadonlyArray<Task> =>
  [...bringing.folder.doctors.values()].map((row) => () => bringDoctor(row, bringing))

const bringDoctor = async (row: DoctorRow, { doctors, recording, register }: Bringing): Promise<void> => {
  const doctor = doctors.get(row.hpr)
  if (doctor === undefined) return
  const origin = { file: 'doctors.csv', row: row.line, column: 'hpr' }
  const { name, municipality, roles, anchor } = row
  // The whole row is the wish's name, so that another row is another wish, and refused. But the person's name and number are not:
  // a wish's name becomes an id in the log.
  const registered = await recording.ask(
    { type: 'RegisterDoctor', data: { doctor, name, municipality } },
    ['register doctor', doctor, municipality, roles, anchor],
    theBeginning,
    origin,
  )
  if (registered._tag !== 'Done') return
  if (registered.receipt.repeated && !(await hasName(register, doctor, name, recording))) {
    recording.reject(
      origin,
      'ID_CONFLICT',
      `the register has HPR number ${row.hpr} under another name; a person must say which is right`,
    )
    return
  }
  await recording.ask({ type: 'ClaimHpr', data: { doctor, hpr: row.hpr } }, ['claim', doctor], theBeginning, origin)
  for (const role of row.roles) {
    await recording.ask(
      { type: 'StartRole', data: { doctor, role, department: null, from: null } },
      ['role', doctor, role],
      theBeginning,
      origin,
    )
  }
  if (row.anchor !== null) {
    const opened = { ...origin, column: 'period_start' }
    await recording.ask(
      { type: 'OpenPeriod', data: { doctor, anchor: row.anchor } },
      ['period', doctor, row.anchor],
      theBeginning,
      opened,
    )
  }
}

/** Whether the doctor has or had that name, or one that has been forgotten: a sheet from before a correction is no conflict. */
const hasName = async (register: Register, doctor: DoctorId, name: string, { stop }: Recording): Promise<boolean> => {
  const row = await register.rows.get(doctorEvidence, doctor)()
  if (isLeft(row)) {
    stop(row.left)
    return true
  }
  for (const { event } of row.right?.history ?? []) {
    const fact = factIn(event)
    if (fact?.type !== 'DoctorRegistered') continue
    const revealed = await register.reveal(fact.data.name)()
    if (isLeft(revealed)) {
      stop(revealed.left)
      return true
    }
    if (revealed.right._tag === 'Forgotten' || revealed.right.text === name) return true
  }
  return false
}

/** A task a hospital: the site, its departments and what they offer. */
export const hospitalTasks = (bringing: Bringing): ReadonlyArray<Task> => {
  const { folder, names } = bringing
  const sites = new Map<string, DepartmentRow[]>()
  for (const row of folder.departments.values()) {
    const site = hospitalOf(row, names)
    const before = sites.get(site)
    if (before === undefined) sites.set(site, [row])
    else before.push(row)
  }
  return [...sites].map(([hospital, rows]) => async () => {
    for (const row of rows) await bringDepartment(hospital, row, bringing)
  })
}

/** A site is known by its name and its legal entity. */
const hospitalOf = ({ hospital, organisationNumber }: DepartmentRow, names: Names): string =>
  names.idFor('hospital', JSON.stringify([hospital, organisationNumber]))

const bringDepartment = async (hospital: string, row: DepartmentRow, { names, recording }: Bringing): Promise<void> => {
  const origin = { file: 'departments.csv', row: row.line, column: 'department' }
  const { id, name, organisationNumber } = row
  const before = await names.find('department', id)
  if (before !== null && before.stream !== streamName('hospital', hospital)) {
    recording.reject(
      origin,
      'ID_CONFLICT',
      `the register has department ${id} at another hospital; a person must say which is right`,
    )
    return
  }
  const site = { hospital, name: row.hospital, legalEntity: organisationNumber }
  await recording.ask(
    { type: 'RegisterHospital', data: site },
    ['hospital', hospital, row.hospital, organisationNumber],
    theBeginning,
    origin,
  )
  const department = {
    hospital,
    department: before?.id ?? names.idFor('department', id),
    name,
    organisationNumber,
    reference: names.reference(id),
  }
  await recording.ask(
    { type: 'RegisterDepartment', data: department },
    ['department', hospital, id, name, organisationNumber],
    theBeginning,
    origin,
  )
}

/** A task an offer or a department's doctor. */
export const departmentTasks = ({ folder, names, recording, zone, doctors }: Bringing): ReadonlyArray<Task> => [
  ...[...folder.offers.values()].map((row) => async () => {
    const at = await departmentAt(row.department, folder, names)
    const { from, to, sessionsPerMonth, topics } = row
    const offer = { ...at, from, to, sessionsPerMonth, topics }
    const origin = { file: 'offers.csv', row: row.line, column: 'department' }
    await recording.ask(
      { type: 'OpenDepartmentOffer', data: offer },
      ['offer', at.department, from, to, sessionsPerMonth, topics],
      endOf(zone, from),
      origin,
    )
  }),
  ...[...folder.departmentDoctors.values()].map((row) => async () => {
    const { department } = await departmentAt(row.department, folder, names)
    const doctor = doctors.get(row.hpr)
    const role = { doctor, role: 'department-doctor', department, from: null }
    const origin = { file: 'department_doctors.csv', row: row.line, column: 'hpr' }
    await recording.ask(
      { type: 'StartRole', data: role },
      ['role', doctor, 'department-doctor', department],
      theBeginning,
      origin,
    )
  }),
]

/** Our id of a department and of the hospital whose book it stands in. */
export const departmentAt = async (
  id: string,
  folder: Folder,
  names: Names,
): Promise<{ readonly department: string; readonly hospital: string }> => {
  const before = await names.find('department', id)
  if (before !== null) return { department: before.id, hospital: before.stream.slice('hospital-'.length) }
  const row = folder.departments.get(id)
  return { department: names.idFor('department', id), hospital: row === undefined ? '' : hospitalOf(row, names) }
}

/** Our id of a group. */
export const groupIdOf = async (id: string, names: Names): Promise<string> =>
  (await names.find('group', id))?.id ?? names.idFor('group', id)

// register-rows.ts: brings doctors, departments, groups, offers and requests of a folder into the register

import {
  type DoctorId,
  doctorEvidence,
  endOf,
  factIn,
  type HprNumber,
  type LegalDate,
  type Register,
  streamName,
  theBeginning,
  type Zone,
} from '@smagruppe/domain'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { DepartmentRow, DoctorRow, Folder, GroupRow } from './folder.ts'
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

type Task = () => Promise<void>

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
  ...folder.offers.map((row) => async () => {
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
  ...folder.departmentDoctors.map((row) => async () => {
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

/** A task a group: registered, contact, stays, signatures. */
export const groupTasks = (bringing: Bringing): ReadonlyArray<Task> => {
  const { folder } = bringing
  const ids = new Set([
    ...folder.groups.keys(),
    ...[...folder.members.values()].map(({ group }) => group),
    ...[...folder.declarations.values()].map(({ group }) => group),
  ])
  const members = byGroup(folder.members.values())
  const declarations = byGroup(folder.declarations.values())
  return [...ids].map((id) => async () => {
    const group = await groupIdOf(id, bringing.names)
    const row = folder.groups.get(id)
    if (row !== undefined) await bringGroup(group, row, bringing)
    for (const stay of members.get(id) ?? []) {
      const doctor = bringing.doctors.get(stay.hpr)
      await bringStay({ group, doctor, joined: stay.joined, left: stay.left, line: stay.line }, bringing)
    }
    for (const { signedBy, signed, withdrawn, line } of declarations.get(id) ?? []) {
      const by = bringing.doctors.get(signedBy)
      await bringDeclaration({ group, by, signed, withdrawn, line }, bringing)
    }
  })
}

const byGroup = <A extends { readonly group: string }>(rows: Iterable<A>): ReadonlyMap<string, ReadonlyArray<A>> => {
  const sorted = new Map<string, A[]>()
  for (const row of rows) {
    const before = sorted.get(row.group)
    if (before === undefined) sorted.set(row.group, [row])
    else before.push(row)
  }
  return sorted
}

const bringGroup = async (group: string, row: GroupRow, { names, recording, doctors }: Bringing): Promise<void> => {
  const origin = { file: 'groups.csv', row: row.line, column: 'group' }
  const { name, municipality, registered: on } = row
  const data = { group, name, municipality, on, reference: names.reference(row.id) }
  const contact = row.contact === null ? null : doctors.get(row.contact)
  const registered = await recording.ask(
    { type: 'RegisterGroup', data },
    ['group', group, name, municipality, on, contact],
    theBeginning,
    origin,
  )
  if (registered._tag !== 'Done' || contact === null) return
  const appointed = { group, doctor: contact, on }
  await recording.ask(
    { type: 'AppointContactPerson', data: appointed },
    ['contact', group, appointed.doctor, on],
    theBeginning,
    origin,
  )
}

interface Stay {
  readonly group: string
  readonly doctor: DoctorId | undefined
  readonly joined: LegalDate
  readonly left: LegalDate | null
  readonly line: number
}

const bringStay = async ({ group, doctor, joined, left, line }: Stay, { recording, zone }: Bringing): Promise<void> => {
  const origin = { file: 'members.csv', row: line, column: 'group' }
  const join = { group, doctor, on: joined }
  const added = await recording.ask(
    { type: 'AddMember', data: join },
    ['stay', group, doctor, joined],
    endOf(zone, joined),
    origin,
  )
  if (added._tag !== 'Done' || left === null) return
  const leave = { group, doctor, joined, on: left }
  await recording.ask(
    { type: 'EndMembership', data: leave },
    ['leave', group, doctor, joined, left],
    endOf(zone, left),
    {
      ...origin,
      column: 'left_on',
    },
  )
}

interface Signature {
  readonly group: string
  readonly by: DoctorId | undefined
  readonly signed: LegalDate
  readonly withdrawn: LegalDate | null
  readonly line: number
}

const bringDeclaration = async (
  { group, by, signed, withdrawn, line }: Signature,
  { recording, zone }: Bringing,
): Promise<void> => {
  const origin = { file: 'declarations.csv', row: line, column: 'group' }
  const sign = { group, by, on: signed }
  const declared = await recording.ask(
    { type: 'DeclareIndustryFree', data: sign },
    ['declare', group, by, signed],
    endOf(zone, signed),
    origin,
  )
  if (declared._tag !== 'Done' || withdrawn === null) return
  const withdraw = { group, signedBy: by, signed, on: withdrawn }
  const ended = { ...origin, column: 'withdrawn_on' }
  await recording.ask(
    { type: 'WithdrawIndustryFree', data: withdraw },
    ['undeclare', group, by, signed, withdrawn],
    endOf(zone, withdrawn),
    ended,
  )
}

// hospital-rows.ts: brings hospitals, departments, their offers and their doctors of a folder into the register

import { endOf, streamName, theBeginning } from '@smagruppe/domain'
import type { Bringing, Task } from './bringing.ts'
import type { DepartmentRow, Folder } from './folder.ts'
import type { Names } from './names.ts'

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

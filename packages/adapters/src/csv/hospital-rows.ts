// hospital-rows.ts: brings hospitals, departments, their offers and their doctors of a folder into the register

import { endOf, streamName, theBeginning } from '@smagruppe/domain'
import type { Bringing, Task } from './bringing.ts'
import type { DepartmentDoctorRow, DepartmentRow, Folder, OfferRow } from './folder.ts'
import type { Names } from './names.ts'

/** A task a hospital: the site and its departments. */
export const hospitalTasks = (bringing: Bringing): ReadonlyArray<Task> => {
  const { folder, names } = bringing
  const siteOf = (row: DepartmentRow): string => hospitalOf(row, names)
  return inTurn(folder.departments.values(), siteOf, (row) => bringDepartment(siteOf(row), row, bringing))
}

/**
 * A task for all rows that go to one stream, in their order. At the same time they would be in each other's way: on a server each of
 * them decides on what stood before the others.
 */
const inTurn = <Row>(
  rows: Iterable<Row>,
  streamOf: (row: Row) => string,
  bring: (row: Row) => Promise<void>,
): ReadonlyArray<Task> => {
  const streams = new Map<string, Row[]>()
  for (const row of rows) {
    const stream = streamOf(row)
    const before = streams.get(stream)
    if (before === undefined) streams.set(stream, [row])
    else before.push(row)
  }
  return [...streams.values()].map((some) => async () => {
    for (const row of some) await bring(row)
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

/** A task the offers of a hospital, and a task the departments of a doctor. */
export const departmentTasks = (bringing: Bringing): ReadonlyArray<Task> => {
  const { folder, names } = bringing
  // Departments that only the register knows may be of any hospital.
  const siteOf = ({ department }: OfferRow): string => {
    const row = folder.departments.get(department)
    return row === undefined ? '' : hospitalOf(row, names)
  }
  return [
    ...inTurn(folder.offers.values(), siteOf, (row) => bringOffer(row, bringing)),
    ...inTurn(
      folder.departmentDoctors.values(),
      ({ hpr }) => hpr,
      (row) => bringDepartmentDoctor(row, bringing),
    ),
  ]
}

const bringOffer = async (row: OfferRow, { folder, names, recording, zone }: Bringing): Promise<void> => {
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
}

const bringDepartmentDoctor = async (
  row: DepartmentDoctorRow,
  { folder, names, recording, doctors }: Bringing,
): Promise<void> => {
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
}

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

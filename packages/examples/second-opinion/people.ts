// people.ts: doctors, departments, groups, members and declarations, and what is wrong with their rows

import { cell, type Reading } from './reading.ts'
import type { Row } from './sheets.ts'
import { hprOf, isDate, isHpr, isMunicipality, isOrganisationNumber, isWholeNumber, list } from './values.ts'

export interface Doctor {
  readonly hpr: string
  readonly anchor: string
}

export interface Group {
  readonly group: string
  readonly name: string
  readonly municipality: string
  readonly registered: string
  readonly contact: string
}

export interface Stay {
  readonly group: string
  readonly hpr: string
  readonly joined: string
  readonly left: string
}

export interface Declaration {
  readonly group: string
  readonly signed: string
  readonly withdrawn: string
}

export interface People {
  readonly doctors: ReadonlyArray<Doctor>
  readonly groups: ReadonlyArray<Group>
  readonly stays: ReadonlyArray<Stay>
  readonly declarations: ReadonlyArray<Declaration>
  readonly isDoctor: (written: string) => boolean
  readonly isDepartment: (id: string) => boolean
  readonly isGroup: (id: string) => boolean
}

export const readPeople = (reading: Reading): People => {
  const doctors = readDoctors(reading)
  const isDoctor = (written: string): boolean => isHpr(written) && doctors.some(({ hpr }) => hpr === hprOf(written))
  const departments = readDepartments(reading)
  const isDepartment = (id: string): boolean => departments.includes(id)
  for (const row of reading.rows('department_doctors')) {
    const wrong: string[] = []
    if (!isDepartment(cell(row, 'department'))) wrong.push('department')
    if (!isDoctor(cell(row, 'hpr'))) wrong.push('hpr')
    reading.isTaken('department_doctors', row, wrong)
  }
  const groups = readGroups(reading, isDoctor)
  const isGroup = (id: string): boolean => groups.some(({ group }) => group === id)
  const stays = readStays(reading, isGroup, isDoctor)
  const declarations = readDeclarations(reading, isGroup, isDoctor)
  readOffers(reading, isDepartment)
  readRequests(reading, isGroup, isDepartment)
  return { doctors, groups, stays, declarations, isDoctor, isDepartment, isGroup }
}

type Known = (id: string) => boolean

/** The column of the id, where it is blank or stands for another row. */
const wrongId = (reading: Reading, sheet: string, column: string, id: string, row: Row): string[] =>
  id === '' || reading.standing(sheet, id, row) === 'other' ? [column] : []

const readDoctors = (reading: Reading): ReadonlyArray<Doctor> => {
  const doctors: Doctor[] = []
  for (const row of reading.rows('doctors')) {
    const written = cell(row, 'hpr')
    const hpr = isHpr(written) ? hprOf(written) : ''
    const anchor = cell(row, 'period_start')
    const wrong = wrongId(reading, 'doctors', 'hpr', hpr, row)
    if (!isMunicipality(cell(row, 'municipality_number'))) wrong.push('municipality_number')
    if (anchor !== '' && !isDate(anchor)) wrong.push('period_start')
    if (!reading.isTaken('doctors', row, wrong) || reading.standing('doctors', hpr, row) === 'same') continue
    reading.keep('doctors', hpr, row)
    doctors.push({ hpr, anchor })
  }
  return doctors
}

const readDepartments = (reading: Reading): ReadonlyArray<string> => {
  const departments: string[] = []
  for (const row of reading.rows('departments')) {
    const id = cell(row, 'department')
    const wrong = wrongId(reading, 'departments', 'department', id, row)
    if (!isOrganisationNumber(cell(row, 'organisation_number'))) wrong.push('organisation_number')
    if (!reading.isTaken('departments', row, wrong)) continue
    reading.keep('departments', id, row)
    departments.push(id)
  }
  return departments
}

const readGroups = (reading: Reading, isDoctor: Known): ReadonlyArray<Group> => {
  const groups: Group[] = []
  for (const row of reading.rows('groups')) {
    const group = cell(row, 'group')
    const municipality = cell(row, 'municipality_number')
    const registered = cell(row, 'registered_on')
    const contact = cell(row, 'contact_hpr')
    const wrong = wrongId(reading, 'groups', 'group', group, row)
    if (!isMunicipality(municipality)) wrong.push('municipality_number')
    if (!isDate(registered)) wrong.push('registered_on')
    if (contact !== '' && !isDoctor(contact)) wrong.push('contact_hpr')
    if (!reading.isTaken('groups', row, wrong) || reading.standing('groups', group, row) === 'same') continue
    reading.keep('groups', group, row)
    groups.push({
      group,
      name: cell(row, 'name'),
      municipality,
      registered,
      contact: contact === '' ? '' : hprOf(contact),
    })
  }
  return groups
}

const readStays = (reading: Reading, isGroup: Known, isDoctor: Known): ReadonlyArray<Stay> => {
  const stays: Stay[] = []
  for (const row of reading.rows('members')) {
    const wrong: string[] = []
    const joined = cell(row, 'joined_on')
    const left = cell(row, 'left_on')
    if (!isGroup(cell(row, 'group'))) wrong.push('group')
    if (!isDoctor(cell(row, 'hpr'))) wrong.push('hpr')
    if (!isDate(joined)) wrong.push('joined_on')
    if (left !== '' && !isDate(left)) wrong.push('left_on')
    if (isDate(joined) && isDate(left) && left < joined) wrong.push('joined_on')
    if (!reading.isTaken('members', row, wrong)) continue
    stays.push({ group: cell(row, 'group'), hpr: hprOf(cell(row, 'hpr')), joined, left })
  }
  return stays
}

const readDeclarations = (reading: Reading, isGroup: Known, isDoctor: Known): ReadonlyArray<Declaration> => {
  const declarations: Declaration[] = []
  for (const row of reading.rows('declarations')) {
    const wrong: string[] = []
    const withdrawn = cell(row, 'withdrawn_on')
    if (!isGroup(cell(row, 'group'))) wrong.push('group')
    if (!isDate(cell(row, 'signed_on'))) wrong.push('signed_on')
    if (!isDoctor(cell(row, 'signed_by_hpr'))) wrong.push('signed_by_hpr')
    if (withdrawn !== '' && !isDate(withdrawn)) wrong.push('withdrawn_on')
    if (!reading.isTaken('declarations', row, wrong)) continue
    declarations.push({ group: cell(row, 'group'), signed: cell(row, 'signed_on'), withdrawn })
  }
  return declarations
}

const readOffers = (reading: Reading, isDepartment: Known): void => {
  for (const row of reading.rows('offers')) {
    const wrong: string[] = []
    const to = cell(row, 'to')
    const perMonth = cell(row, 'sessions_per_month')
    if (!isDepartment(cell(row, 'department'))) wrong.push('department')
    if (!isDate(cell(row, 'from'))) wrong.push('from')
    if (to !== '' && !isDate(to)) wrong.push('to')
    if (perMonth !== '' && !isWholeNumber(perMonth)) wrong.push('sessions_per_month')
    reading.isTaken('offers', row, wrong)
  }
}

const readRequests = (reading: Reading, isGroup: Known, isDepartment: Known): void => {
  for (const row of reading.rows('requests')) {
    const id = cell(row, 'request')
    const asking = list(cell(row, 'groups'))
    const department = cell(row, 'department')
    const wrong = wrongId(reading, 'requests', 'request', id, row)
    if (asking.length === 0 || !asking.every(isGroup)) wrong.push('groups')
    if (!isDate(cell(row, 'requested_on'))) wrong.push('requested_on')
    if (department !== '' && !isDepartment(department)) wrong.push('department')
    if (reading.isTaken('requests', row, wrong)) reading.keep('requests', id, row)
  }
}

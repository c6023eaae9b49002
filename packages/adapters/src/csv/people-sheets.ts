// people-sheets.ts: doctors, departments, groups, members and declarations

import { type DoctorRole, type LegalDate, MunicipalityNumber } from '@smagruppe/domain'
import { cut, type Row } from './row.ts'
import { isFirst, mustKnowDepartment, mustKnowDoctor, mustKnowGroup, type Sheet } from './sheets.ts'

export const doctors: Sheet = {
  name: 'doctors',
  columns: ['hpr', 'name', 'kind', 'municipality_number', 'period_start'],
  optional: ['name', 'kind', 'municipality_number', 'period_start'],
  take: async (row, { folder, flag }) => {
    const hpr = row.hpr('hpr')
    const municipality = municipalityIn(row)
    const anchor = row.dateOrBlank('period_start')
    const kind = row.text('kind')
    const roles = rolesOf(kind)
    if (hpr === null) return
    const doctor = { line: row.line, hpr, name: row.text('name'), roles, municipality, anchor }
    if (!isFirst(folder.doctors.get(hpr), doctor, 'hpr', row) || row.problems.length > 0) return
    folder.doctors.set(hpr, doctor)
    if (kind !== '' && roles.length === 0)
      flag(row, 'kind', 'UNKNOWN_KIND', `'${cut(kind)}' is none of gp, hospital, both; taken without a role`)
  },
}

const rolesOf = (kind: string): ReadonlyArray<DoctorRole> => {
  switch (kind) {
    case 'gp':
      return ['gp']
    case 'hospital':
      return ['hospital-doctor']
    case 'both':
      return ['gp', 'hospital-doctor']
    default:
      return []
  }
}

export const departments: Sheet = {
  name: 'departments',
  columns: ['department', 'name', 'organisation_number', 'hospital'],
  optional: ['name', 'hospital'],
  take: async (row, { folder }) => {
    const id = row.needed('department')
    const organisationNumber = row.organisationNumber('organisation_number')
    if (id === '') return
    const department = {
      line: row.line,
      id,
      name: row.text('name'),
      organisationNumber,
      hospital: row.text('hospital'),
    }
    if (!isFirst(folder.departments.get(id), department, 'department', row) || row.problems.length > 0) return
    if (organisationNumber === null) return
    folder.departments.set(id, { ...department, organisationNumber })
  },
}

export const departmentDoctors: Sheet = {
  name: 'department_doctors',
  columns: ['department', 'hpr'],
  optional: [],
  take: async (row, reading) => {
    const department = row.needed('department')
    const hpr = row.hpr('hpr')
    await mustKnowDepartment(row, reading, 'department', department)
    await mustKnowDoctor(row, reading, 'hpr', hpr)
    const { departmentDoctors } = reading.folder
    const key = JSON.stringify([department, hpr])
    if (hpr !== null && row.problems.length === 0 && !departmentDoctors.has(key))
      departmentDoctors.set(key, { line: row.line, department, hpr })
  },
}

export const groups: Sheet = {
  name: 'groups',
  columns: ['group', 'name', 'municipality_number', 'registered_on', 'contact_hpr'],
  optional: ['name', 'municipality_number', 'contact_hpr'],
  take: async (row, reading) => {
    const { folder } = reading
    const id = row.needed('group')
    const municipality = municipalityIn(row)
    const registered = row.date('registered_on')
    const written = row.text('contact_hpr')
    const contact = written === '' ? null : row.hprIn('contact_hpr', written)
    await mustKnowDoctor(row, reading, 'contact_hpr', contact)
    if (id === '') return
    const group = { line: row.line, id, name: row.text('name'), municipality, registered, contact }
    if (!isFirst(folder.groups.get(id), group, 'group', row) || registered === null || row.problems.length > 0) return
    folder.groups.set(id, { ...group, registered })
  },
}

export const members: Sheet = {
  name: 'members',
  columns: ['group', 'hpr', 'joined_on', 'left_on'],
  optional: ['left_on'],
  take: async (row, reading) => {
    const { folder } = reading
    const group = row.needed('group')
    const hpr = row.hpr('hpr')
    const joined = row.date('joined_on')
    const left = row.dateOrBlank('left_on')
    await mustKnowGroup(row, reading, 'group', group)
    await mustKnowDoctor(row, reading, 'hpr', hpr)
    if (joined !== null && left !== null && left < joined)
      row.wrong('joined_on', 'LEFT_BEFORE_JOINED', `joined ${joined}, but left ${left}`)
    if (hpr === null || joined === null || row.problems.length > 0) return
    const key = JSON.stringify([group, hpr, joined])
    const before = folder.members.get(key)
    folder.members.set(key, {
      line: before?.line ?? row.line,
      group,
      hpr,
      joined,
      left: before === undefined ? left : last(before.left, left),
    })
  },
}

export const declarations: Sheet = {
  name: 'declarations',
  columns: ['group', 'signed_on', 'signed_by_hpr', 'withdrawn_on'],
  optional: ['withdrawn_on'],
  take: async (row, reading) => {
    const { folder } = reading
    const group = row.needed('group')
    const signed = row.date('signed_on')
    const signedBy = row.hpr('signed_by_hpr')
    const withdrawn = row.dateOrBlank('withdrawn_on')
    await mustKnowGroup(row, reading, 'group', group)
    await mustKnowDoctor(row, reading, 'signed_by_hpr', signedBy)
    if (signed === null || signedBy === null || row.problems.length > 0) return
    const key = JSON.stringify([group, signedBy, signed])
    const before = folder.declarations.get(key)
    const ended = before === undefined ? withdrawn : last(before.withdrawn, withdrawn)
    folder.declarations.set(key, { line: before?.line ?? row.line, group, signed, signedBy, withdrawn: ended })
  },
}

/** The later of two ends; blank has no end. */
const last = (one: LegalDate | null, other: LegalDate | null): LegalDate | null =>
  one === null || other === null ? null : one > other ? one : other

const municipalityIn = (row: Row): MunicipalityNumber | null => {
  const written = row.text('municipality_number')
  if (written === '') return null
  if (MunicipalityNumber.is(written)) return written
  row.wrong(
    'municipality_number',
    'INVALID_MUNICIPALITY_NUMBER',
    `'${cut(written)}' is no municipality number; it has four digits`,
  )
  return null
}

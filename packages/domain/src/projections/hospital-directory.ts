// hospital-directory.ts: hospitals and where each department was on a date

import { type HospitalEvent, hospitalEvents } from '../hospital/hospital.ts'
import type { Projection } from '../kernel/projection.ts'
import {
  type DepartmentId,
  type HospitalId,
  HospitalId as HospitalIdCodec,
  type Reference,
} from '../values/identity.ts'
import type { LegalDate } from '../values/legal-date.ts'
import type { OrganisationNumber } from '../values/organisation-number.ts'
import { compareText } from '../values/text.ts'
import { factsKnown, type Question } from './as-known.ts'
import { type History, streamHistory } from './history.ts'

/** All that was recorded of each hospital. Key: the hospital's id. */
export const hospitalDirectory: Projection<HospitalEvent, History<HospitalEvent>> = streamHistory(
  'hospital-directory',
  1,
  hospitalEvents,
)

/** A department on a date. */
export interface DepartmentEntry {
  readonly department: DepartmentId
  /** What its reporter calls it, or its id. */
  readonly label: string
  readonly reference: Reference | null
  readonly name: string
  readonly organisationNumber: OrganisationNumber
  readonly hospital: HospitalId
}

/** A hospital site on a date; a closed one keeps its history. */
export interface HospitalEntry {
  readonly hospital: HospitalId
  readonly name: string
  readonly legalEntity: OrganisationNumber
  readonly closed: LegalDate | null
}

/** At which hospital a department is on a date, as known; null: none that is known. */
export const hospitalsOfDepartments = (
  rows: ReadonlyMap<string, History<HospitalEvent>>,
  question: Pick<Question, 'asKnownAt'>,
): ((department: DepartmentId, date: LegalDate) => HospitalId | null) => {
  const stays = new Map<DepartmentId, { readonly hospital: HospitalId; readonly from: LegalDate | null }[]>()
  for (const [hospital, history] of rows) {
    if (!HospitalIdCodec.is(hospital)) continue
    for (const { event } of factsKnown(history, question)) {
      const stay =
        event.type === 'DepartmentRegistered'
          ? { hospital, from: null }
          : event.type === 'DepartmentMoved'
            ? { hospital: event.data.to, from: event.data.on }
            : null
      if (stay === null || !('department' in event.data)) continue
      const { department } = event.data
      const others = stays.get(department) ?? []
      stays.set(
        department,
        [...others, stay].sort((one, other) => compareText(one.from ?? '', other.from ?? '')),
      )
    }
  }
  return (department, date) =>
    stays.get(department)?.findLast(({ from }) => from === null || from <= date)?.hospital ?? null
}

/** Hospitals and departments as known, effective by the date asked for. */
export const directoryOn = (
  rows: ReadonlyMap<string, History<HospitalEvent>>,
  question: Question,
): { readonly hospitals: ReadonlyArray<HospitalEntry>; readonly departments: ReadonlyArray<DepartmentEntry> } => {
  const hospitals = new Map<HospitalId, HospitalEntry>()
  const departments = new Map<DepartmentId, DepartmentEntry>()
  for (const [hospital, history] of rows) {
    if (!HospitalIdCodec.is(hospital)) continue
    const movedOn = new Map<DepartmentId, LegalDate>()
    for (const { event } of factsKnown(history, question)) {
      if (event.type === 'HospitalRegistered') hospitals.set(hospital, { hospital, ...event.data, closed: null })
      else if (event.type === 'HospitalClosed' && event.data.on <= question.effectiveThrough) {
        const site = hospitals.get(hospital)
        if (site !== undefined) hospitals.set(hospital, { ...site, closed: event.data.on })
      } else if (event.type === 'DepartmentRegistered') {
        const { department, reference } = event.data
        departments.set(department, { ...event.data, label: reference?.id ?? department, hospital })
      } else if (event.type === 'DepartmentMoved' && event.data.on <= question.effectiveThrough) {
        const { department, to, on } = event.data
        const entry = departments.get(department)
        if (entry === undefined || on < (movedOn.get(department) ?? on)) continue
        movedOn.set(department, on)
        departments.set(department, { ...entry, hospital: to })
      }
    }
  }
  return { hospitals: [...hospitals.values()], departments: [...departments.values()] }
}

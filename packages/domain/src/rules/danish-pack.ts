// danish-pack.ts: the Danish rules for group-based further education in general practice, on the same facts and engine

import { legalDate, zone } from '../values/legal-date.ts'
import type { RulePack, Source } from './rule-pack.ts'

const handbook: Source = {
  title: 'DGE-håndbog: regler for grupperne, KAP-S (Kvalitet i Almen Praksis, Region Sjælland)',
  address: 'https://kap-s.dk/efteruddannelse/dge-haandbog/',
}

const scheme: Source = {
  title: 'DGE-ordningen, retningslinjer fra Fagligt Efteruddannelsesudvalg, Lægeforeningen',
  address: 'https://www.laeger.dk/dge-ordningen',
}

const north: Source = {
  title: 'Grupperne har mange muligheder, DGE-Nord (Region Nordjylland)',
  address: 'http://www.dge-nord.dk/?p=1314',
}

const reading: Source = {
  title: 'This register’s reading: the Danish sources do not say (the rules, section on the Danish pack)',
  address: 'docs/rules.md#a-danish-pack',
}

/**
 * Decentral gruppebaseret efteruddannelse (DGE): groups of 6 to 12 doctors with at least four meetings of two hours a year, planned in its first
 * quarter. Denmark gives no points and demands none: an hour is a point here, and the year is the period.
 *
 * @example
 * openRegister(ports, { scheme: denmark })
 */
export const danishPack: RulePack = {
  name: 'Denmark, group-based further education in general practice',
  zone: zone('Europe/Copenhagen'),
  periodYears: { value: 1, source: reading },
  nextPeriod: { value: 'from-old-end', source: reading },
  window: { value: 'calendar-year', source: handbook },
  participants: { value: 'members', source: handbook },
  hosting: { value: 'no-points', source: reading },
  industry: { value: 'nothing-counts', source: scheme },
  presence: { value: 'minutes-present', source: reading },
  sameMinutes: { value: 'once', source: reading },
  declaration: { value: 'none', source: reading },
  plannedWithin: { value: { months: 3 }, source: handbook },
  quorum: { value: 2, source: reading },
  sessionMinutesMin: { value: 120, source: north },
  dayCapMinutes: { value: 1_500, source: reading },
  dayCap: { value: 'cut', source: reading },
  groupThreshold: { value: 4, source: handbook },
  doctorThresholdMinutes: { value: 0, source: reading },
  membershipTransfer: { value: 'none', source: reading },
  minutesPerPoint: { value: 60, source: reading },
  rounding: { value: 'none', source: reading },
  yearlyCap: { value: 'none', source: reading },
  mandatory: { value: 0, source: reading },
  electiveMax: { value: 1_000, source: reading },
  groupSize: { value: { min: 6, max: 12 }, source: handbook },
  groupSizeEffect: { value: 'nothing-counts', source: reading },
  coursePoints: { value: 0, source: reading },
  courseSubjects: { value: 0, source: reading },
  clinicalCourses: { value: 0, source: reading },
  clinicalCoursePoints: { value: 0, source: reading },
  acuteMedicineCourses: { value: 0, source: reading },
  courseDemandsSince: { value: legalDate('9999-12-31'), source: reading },
  smallGroupSince: { value: legalDate('9999-12-31'), source: reading },
  practiceVisits: { value: 0, source: reading },
  electivePoints: { value: 0, source: reading },
  practiceVisitDayCap: { value: 0, source: reading },
  practiceVisitCap: { value: 0, source: reading },
  sameColleagueVisits: { value: 0, source: reading },
  observershipDayCap: { value: 0, source: reading },
  observershipCap: { value: 0, source: reading },
  clinicDayCap: { value: 0, source: reading },
  clinicCap: { value: 0, source: reading },
  clinicDaysAbroad: { value: 0, source: reading },
  internHalfYearCap: { value: 0, source: reading },
  onlineCourseCap: { value: 0, source: reading },
  onlineClinicalCourses: { value: 0, source: reading },
  onlineCapsSuspended: { value: 'none', source: reading },
  subjectCap: { value: 0, source: reading },
  feeLapsesSince: { value: legalDate('9999-12-31'), source: reading },
}

// default-pack.ts: the Norwegian rules for small-group work in general practice

import { legalDate, oslo } from '../values/legal-date.ts'
import type { RulePack, Source } from './rule-pack.ts'

const smallGroups: Source = {
  title: 'Smågrupper i etterutdanningen i allmennmedisin, Tidsskrift for Den norske legeforening 2002 no. 9',
  address: 'https://tidsskriftet.no/2002/09/fra-foreningen/smagrupper-i-etterutdanningen-i-allmennmedisin',
}

const directorate: Source = {
  title: 'Regler for gammel spesialistutdanning og etterutdanning - allmennmedisin, Helsedirektoratet',
  address:
    'https://www.helsedirektoratet.no/tema/autorisasjon-og-spesialistutdanning/spesialistutdanning-for-leger/allmennmedisin/regler-for-gammel-spesialistutdanning-og-etterutdanning',
}

const overview: Source = {
  title:
    'Challenges and opportunities for general practice specific CME in Europe, BMC Medical Education 2022, table 3',
  address: 'https://bmcmededuc.biomedcentral.com/articles/10.1186/s12909-022-03832-7/tables/3',
}

const letter: Source = {
  title: 'Samhandlingsverktøy – sykehus – fastleger, brev fra praksiskonsulentordningen i Helse Bergen',
  address: 'https://www.helse-bergen.no',
}

const practice: Source = {
  title: 'Practice of this register where the published rules are silent (the rules, section on what is unsettled)',
  address: 'docs/rules.md#what-is-unsettled',
}

/** The default pack: what the Association's rules say, and where they are silent, what this register does. */
export const defaultPack: RulePack = {
  name: 'Norway, small-group work in general practice',
  zone: oslo,
  periodYears: { value: 5, source: directorate },
  nextPeriod: { value: 'from-old-end', source: practice },
  window: { value: 'calendar-year', source: practice },
  participants: { value: 'members', source: practice },
  hosting: { value: 'no-points', source: practice },
  industry: { value: 'nothing-counts', source: letter },
  presence: { value: 'minutes-present', source: smallGroups },
  sameMinutes: { value: 'once', source: practice },
  declaration: { value: 'prospective', source: practice },
  plannedWithin: { value: 'none', source: practice },
  quorum: { value: 2, source: smallGroups },
  sessionMinutesMin: { value: 60, source: smallGroups },
  dayCapMinutes: { value: 360, source: practice },
  dayCap: { value: 'cut', source: practice },
  groupThreshold: { value: 3, source: smallGroups },
  doctorThresholdMinutes: { value: 360, source: smallGroups },
  membershipTransfer: { value: 'none', source: practice },
  minutesPerPoint: { value: 60, source: practice },
  rounding: { value: 'none', source: practice },
  yearlyCap: { value: 'none', source: practice },
  mandatory: { value: 20, source: smallGroups },
  electiveMax: { value: 130, source: smallGroups },
  groupSize: { value: { min: 3, max: 12 }, source: smallGroups },
  groupSizeEffect: { value: 'warning', source: practice },
  coursePoints: { value: 100, source: overview },
  courseSubjects: { value: 6, source: overview },
  clinicalCourses: { value: 5, source: directorate },
  clinicalCoursePoints: { value: 15, source: directorate },
  acuteMedicineCourses: { value: 1, source: overview },
  courseDemandsSince: { value: legalDate('2012-01-01'), source: directorate },
  smallGroupSince: { value: legalDate('2003-01-01'), source: smallGroups },
  practiceVisits: { value: 20, source: overview },
  electivePoints: { value: 160, source: overview },
  practiceVisitDayCap: { value: 10, source: directorate },
  practiceVisitCap: { value: 100, source: directorate },
  sameColleagueVisits: { value: 5, source: directorate },
  observershipDayCap: { value: 10, source: directorate },
  observershipCap: { value: 90, source: directorate },
  clinicDayCap: { value: 7, source: directorate },
  clinicCap: { value: 70, source: directorate },
  clinicDaysAbroad: { value: 2, source: directorate },
  internHalfYearCap: { value: 20, source: directorate },
  onlineCourseCap: { value: 75, source: directorate },
  onlineClinicalCourses: { value: 2, source: directorate },
  onlineCapsSuspended: { value: { from: legalDate('2020-01-01'), to: legalDate('2024-01-01') }, source: directorate },
  subjectCap: { value: 60, source: directorate },
  feeLapsesSince: { value: legalDate('2017-03-01'), source: directorate },
}

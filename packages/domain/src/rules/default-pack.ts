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

const announcement: Source = {
  title: 'Kunngjøringer: krav om obligatorisk kurs i akuttmedisin, Tidsskrift for Den norske legeforening 2007 no. 5',
  address: 'https://tidsskriftet.no/2007/05/aktuelt-i-foreningen/kunngjoringer-0',
}

const merit: Source = {
  title: 'Meritt for veiledning, Tidsskrift for Den norske legeforening 2003 no. 8',
  address: 'https://tidsskriftet.no/2003/08/aktuelt-i-foreningen/meritt-veiledning',
}

const hospitals: Source = {
  title:
    'Hospitering, Akershus legeforening, som gjengir Helsedirektoratets utfyllende bestemmelser for allmennmedisin',
  address: 'https://www.legeforeningen.no/foreningsledd/lokal/akershus-legeforening/utdanningkurs/hospitering/',
}

const letter: Source = {
  title: 'Samhandlingsverktøy – sykehus – fastleger, brev fra praksiskonsulentordningen i Helse Bergen',
  address: 'https://www.helse-bergen.no',
}

const practice: Source = {
  title: 'Practice of this register where the published rules are silent (the rules, section on what is unsettled)',
  address: 'docs/rules.md#what-is-unsettled',
}

const reading: Source = {
  title:
    'Reading of this register: the sources of the programme together, of which none is known to say this one (the rules, section on the whole programme)',
  address: 'docs/rules.md#the-whole-programme',
}

/** The default pack: what the Association's rules say, and where they are silent, what this register does. */
export const defaultPack: RulePack = {
  name: 'Norway, small-group work in general practice',
  zone: oslo,
  periodYears: { value: 5, source: smallGroups },
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
  courseSubjects: { value: 6, source: announcement },
  clinicalCourses: { value: 5, source: announcement },
  clinicalCoursePoints: { value: 15, source: announcement },
  acuteMedicineCourses: { value: 1, source: announcement },
  courseDemandsSince: { value: legalDate('2012-01-01'), source: announcement },
  smallGroupSince: { value: legalDate('2003-01-01'), source: smallGroups },
  practiceVisits: { value: 20, source: overview },
  electivePoints: { value: 160, source: overview },
  practiceVisitDayCap: { value: 10, source: reading },
  practiceVisitCap: { value: 100, source: reading },
  sameColleagueVisits: { value: 5, source: reading },
  observershipDayCap: { value: 10, source: hospitals },
  observershipCap: { value: 90, source: hospitals },
  clinicDayCap: { value: 7, source: hospitals },
  clinicCap: { value: 70, source: hospitals },
  clinicDaysAbroad: { value: 2, source: hospitals },
  internHalfYearCap: { value: 20, source: merit },
  onlineCourseCap: { value: 75, source: reading },
  onlineClinicalCourses: { value: 2, source: reading },
  onlineCapsSuspended: { value: { from: legalDate('2020-01-01'), to: legalDate('2024-01-01') }, source: directorate },
  subjectCap: { value: 60, source: reading },
  feeLapsesSince: { value: legalDate('2017-03-01'), source: directorate },
}

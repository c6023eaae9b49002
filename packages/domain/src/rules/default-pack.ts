// default-pack.ts: the Norwegian rules for small-group work in general practice

import { oslo } from '../values/legal-date.ts'
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
  window: { value: 'calendar-year', source: practice },
  participants: { value: 'members', source: practice },
  hosting: { value: 'no-points', source: practice },
  industry: { value: 'nothing-counts', source: letter },
  presence: { value: 'minutes-present', source: smallGroups },
  sameMinutes: { value: 'once', source: practice },
  declaration: { value: 'prospective', source: practice },
  quorum: { value: 2, source: smallGroups },
  sessionMinutesMin: { value: 60, source: smallGroups },
  dayCapMinutes: { value: 360, source: practice },
  groupThreshold: { value: 3, source: smallGroups },
  doctorThresholdMinutes: { value: 360, source: smallGroups },
  minutesPerPoint: { value: 60, source: practice },
  mandatory: { value: 20, source: smallGroups },
  electiveMax: { value: 130, source: smallGroups },
  groupSize: { value: { min: 3, max: 12 }, source: smallGroups },
}

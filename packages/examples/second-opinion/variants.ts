// variants.ts: the rules as a file may change them, and those that hold where it says nothing

export interface Rules {
  readonly window: 'calendar-year' | 'group-year' | 'rolling-12-months'
  readonly minutesPerPoint: number
  readonly rounding: 'none' | Rounding
  readonly dayCap: 'cut' | 'reject'
  readonly declaration: 'prospective' | 'cures-window' | { readonly curesDays: number }
  readonly membershipTransfer: 'none' | 'adds-up'
  readonly yearlyCap: 'none' | number
  readonly quorum: number
  readonly groupThreshold: number
  readonly doctorThresholdMinutes: number
  readonly sessionMinutesMin: number
  readonly mandatory: number
  readonly dayCapMinutes: number
  readonly electiveMax: number
}

export interface Rounding {
  readonly mode: 'floor' | 'half-up'
  readonly per: 'session' | 'window'
  readonly unit: 0.5 | 1
}

export const defaultRules: Rules = {
  window: 'calendar-year',
  minutesPerPoint: 60,
  rounding: 'none',
  dayCap: 'cut',
  declaration: 'prospective',
  membershipTransfer: 'none',
  yearlyCap: 'none',
  quorum: 2,
  groupThreshold: 3,
  doctorThresholdMinutes: 360,
  sessionMinutesMin: 60,
  mandatory: 20,
  dayCapMinutes: 360,
  electiveMax: 130,
}

/** A rules file: what is different. */
export interface RulesFile {
  readonly parameters: Partial<Rules>
}

export const rulesOf = ({ parameters }: RulesFile): Rules => ({ ...defaultRules, ...parameters })

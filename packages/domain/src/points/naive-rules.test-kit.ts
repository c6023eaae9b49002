// naive-rules.test-kit.ts: which rules judge, worked out a second time: national, then region or hospital, then group, then a dispensation

import { type Day, isBetween } from './naive-calendar.test-kit.ts'

/** The parameters that points follow, as the pages name them. */
export interface NaiveRules {
  readonly window: 'calendar-year' | 'group-year' | 'rolling-12-months'
  readonly minutesPerPoint: 45 | 60
  readonly rounding:
    | 'none'
    | { readonly mode: 'floor' | 'half-up'; readonly per: 'session' | 'window'; readonly unit: 0.5 | 1 }
  readonly dayCap: 'cut' | 'reject'
  readonly declaration: 'prospective' | 'cures-window' | { readonly curesDays: number }
  readonly membershipTransfer: 'none' | 'adds-up'
  readonly yearlyCap: 'none' | number
  readonly nextPeriod: 'from-old-end' | 'from-decision'
  readonly quorum: number
  readonly groupThreshold: number
  readonly doctorThresholdMinutes: number
  readonly sessionMinutesMin: number
  readonly mandatory: number
  readonly dayCapMinutes: number
  readonly electiveMax: number
}

/** The default pack, from the page. */
export const byDefault: NaiveRules = {
  window: 'calendar-year',
  minutesPerPoint: 60,
  rounding: 'none',
  dayCap: 'cut',
  declaration: 'prospective',
  membershipTransfer: 'none',
  yearlyCap: 'none',
  nextPeriod: 'from-old-end',
  quorum: 2,
  groupThreshold: 3,
  doctorThresholdMinutes: 360,
  sessionMinutesMin: 60,
  mandatory: 20,
  dayCapMinutes: 360,
  electiveMax: 130,
}

export type ParameterName = keyof NaiveRules
export type Says = { readonly [Name in ParameterName]?: NaiveRules[Name] }

/** What layers below may do with a parameter. */
export type Permits = { readonly [Name in ParameterName]: 'fixed' | 'may-be-stricter' | 'free' }

/** Something published: from when, until when (null: on and on), since when it was known, and since when it was taken back. */
export type ToldRules = {
  readonly from: Day
  readonly says: Says
  readonly known: string
  readonly retracted: string | null
} & (
  | { readonly layer: 'national'; readonly permits: Permits }
  | { readonly layer: 'region'; readonly until: Day | null; readonly region: string }
  | { readonly layer: 'hospital'; readonly until: Day | null }
  | { readonly layer: 'group'; readonly until: Day | null; readonly group: string }
  | { readonly layer: 'dispensation'; readonly until: Day; readonly doctor: string }
)

/** What is judged. `doctor`: all records, the standing one first; none: anybody. */
export interface Where {
  readonly date: Day
  readonly group: string | null
  readonly region: string | null
  readonly hospital: boolean
  readonly doctor: ReadonlyArray<string>
}

/** The rules that judge there, out of those known. */
export const rulesAt = (known: ReadonlyArray<ToldRules>, where: Where): NaiveRules => {
  let national: NaiveRules = byDefault
  let permits: Permits = fixedAll
  let since = ''
  for (const one of known) {
    if (one.layer !== 'national' || one.from > where.date || one.from < since) continue
    national = { ...byDefault, ...one.says }
    permits = one.permits
    since = one.from
  }
  let rules = national
  const during = known.filter((one) => one.layer !== 'national' && isBetween(where.date, one.from, one.until))
  for (const layer of ['region', 'hospital', 'group'] as const) {
    for (const one of during) {
      const isThere =
        one.layer === layer &&
        ((one.layer === 'region' && one.region === where.region) ||
          (one.layer === 'hospital' && where.hospital) ||
          (one.layer === 'group' && one.group === where.group))
      if (isThere) rules = changed(rules, rules, one.says, permits, 'adapting')
    }
  }
  // The standing record's comes last, and prevails.
  for (const record of [...where.doctor].reverse()) {
    for (const one of during) {
      if (one.layer === 'dispensation' && one.doctor === record)
        rules = changed(rules, national, one.says, permits, 'loosening')
    }
  }
  return rules
}

const ofADoctor: ReadonlyArray<string> = ['nextPeriod', 'mandatory', 'electiveMax']

/** What a layer may not say has no effect; nor have a window and a rounding that cannot stand together. */
const changed = (
  above: NaiveRules,
  measured: NaiveRules,
  says: Says,
  permits: Permits,
  way: 'adapting' | 'loosening',
): NaiveRules => {
  const may = (name: ParameterName): boolean => {
    if (way === 'adapting' && ofADoctor.includes(name)) return false
    if (JSON.stringify(says[name]) === JSON.stringify(measured[name])) return true
    const isEnough = way === 'loosening' || isStricter(name, says[name], measured[name])
    return permits[name] === 'free' || (permits[name] === 'may-be-stricter' && isEnough)
  }
  const keep = Object.fromEntries(Object.entries(says).filter(([name]) => isParameter(name) && may(name)))
  const rules = { ...above, ...keep }
  const clash = rules.window === 'rolling-12-months' && rules.rounding !== 'none' && rules.rounding.per === 'window'
  return clash ? { ...rules, window: above.window, rounding: above.rounding } : rules
}

const isParameter = (name: string): name is ParameterName => name in byDefault

/** Whether one value is stricter than another, by the page's table. */
const isStricter = (name: ParameterName, value: unknown, than: unknown): boolean => {
  switch (name) {
    case 'minutesPerPoint':
    case 'quorum':
    case 'groupThreshold':
    case 'doctorThresholdMinutes':
    case 'sessionMinutesMin':
      return typeof value === 'number' && typeof than === 'number' && value > than
    case 'dayCapMinutes':
      return typeof value === 'number' && typeof than === 'number' && value < than
    case 'yearlyCap':
      return typeof value === 'number' && (typeof than !== 'number' || value < than)
    case 'dayCap':
      return value === 'reject'
    case 'membershipTransfer':
      return value === 'none'
    case 'declaration': {
      const days = (one: unknown): number | null =>
        typeof one === 'object' && one !== null && 'curesDays' in one ? Number(one.curesDays) : null
      const [some, more] = [days(value), days(than)]
      return value === 'prospective' || (some !== null && more !== null && some < more)
    }
    default:
      return false
  }
}

const fixedAll: Permits = {
  window: 'fixed',
  minutesPerPoint: 'fixed',
  rounding: 'fixed',
  dayCap: 'fixed',
  declaration: 'fixed',
  membershipTransfer: 'fixed',
  yearlyCap: 'fixed',
  nextPeriod: 'fixed',
  quorum: 'fixed',
  groupThreshold: 'fixed',
  doctorThresholdMinutes: 'fixed',
  sessionMinutesMin: 'fixed',
  mandatory: 'fixed',
  dayCapMinutes: 'fixed',
  electiveMax: 'fixed',
}

// generate-variants.ts: random rules files, and what a folder needs for them to matter

import { addDays } from './calendar.ts'
import type { Cells, Crowd, Places, Stay, Years } from './generate-people.ts'
import { type Dice, diceFor } from './random.ts'
import type { Rules, RulesFile } from './variants.ts'

/** About half of the parameters differ. */
export const someRules = (seed: number): RulesFile => {
  const { chance, int, pick } = diceFor(seed + 1_000_000)
  const window = pick(['calendar-year', 'group-year', 'rolling-12-months'] as const)
  const per = window === 'rolling-12-months' ? 'session' : pick(['session', 'window'] as const)
  const rounding = { mode: pick(['floor', 'half-up'] as const), per, unit: pick([0.5, 1] as const) }
  const all: Rules = {
    window,
    minutesPerPoint: chance(0.7) ? 45 : pick([1, 7, 30, 50, 90, 360]),
    rounding: chance(0.85) ? rounding : 'none',
    dayCap: 'reject',
    declaration: chance(0.5) ? 'cures-window' : { curesDays: pick([1, 30, 45, 120, 150, 200, 400, int(1, 700)]) },
    membershipTransfer: 'adds-up',
    yearlyCap: chance(0.1) ? 'none' : int(1, 14),
    quorum: pick([1, 2, 3, 4]),
    groupThreshold: pick([1, 2, 4, 5]),
    doctorThresholdMinutes: pick([120, 240, 300, 359, 361, 420, 480, 600, 720]),
    sessionMinutesMin: pick([30, 59, 61, 90, 120, 121]),
    mandatory: pick([0, 3, 5, 10, 30]),
    dayCapMinutes: pick([119, 120, 180, 239, 240, 300, 500]),
    electiveMax: pick([0, 1, 5, 20]),
  }
  const numbers = chance(0.3) ? 0.5 : 0.08
  const likely: Readonly<Record<string, number>> = {
    window: 0.75,
    membershipTransfer: 0.6,
    rounding: 0.55,
    declaration: 0.55,
  }
  const variants = ['window', 'minutesPerPoint', 'rounding', 'dayCap', 'declaration', 'membershipTransfer', 'yearlyCap']
  const kept = Object.entries(all).filter(([name]) => chance(likely[name] ?? (variants.includes(name) ? 0.5 : numbers)))
  return { parameters: Object.fromEntries(kept) }
}

/** Groups registered inside the years, at the month's ends too. */
export const registerInside = ({ chance, pick, int }: Dice, { years, dateIn }: Years, { groups }: Places): void => {
  for (const row of groups) {
    if (!chance(0.7)) continue
    const year = pick(years)
    row[3] = chance(0.6)
      ? dateIn()
      : pick([
          '2020-02-29',
          '2024-02-29',
          `${year}-02-28`,
          `${year}-03-01`,
          `${year}-12-31`,
          `${year - 9}-07-${int(10, 31)}`,
        ])
  }
}

/** Doctors who leave one group and join another, before, after and on the same day, some of them there and back. */
export const someMoves = (
  dice: Dice,
  { years, dateIn, before }: Years,
  crowd: Crowd,
  places: Places,
): ReadonlyArray<Stay> => {
  const { chance, pick, shuffle, int } = dice
  const stays: Stay[] = []
  for (const hpr of crowd.gps) {
    if (!chance(0.6)) continue
    const [from = '', to = '', third = ''] = shuffle([...places.groupIds])
    const day = chance(0.7) ? dateIn() : `${pick(years)}-${pick(['12-31', '01-01', '06-30'])}`
    const other = addDays(day, pick([0, 0, 1, -1, 30, -30, 90, -90, 200, -200, 364, 365, 366, -365]))
    stays.push({ group: from, hpr, joined: before(), left: day })
    if (chance(0.2))
      stays.push({ group: from, hpr, joined: addDays(day, pick([0, 0, 1, -40])), left: addDays(day, int(0, 300)) })
    if (chance(0.15)) stays.push({ group: to, hpr, joined: addDays(other, -pick([1, 40, 100])), left: other })
    const back = addDays(other, int(1, 400))
    stays.push({ group: to, hpr, joined: other, left: chance(0.3) ? back : '' })
    if (chance(0.15)) stays.push({ group: pick([from, to, third]), hpr, joined: day, left: day })
    if (chance(0.2))
      stays.push({ group: pick([from, third]), hpr, joined: addDays(back, pick([0, -20, 40])), left: '' })
  }
  return stays.filter(({ group, joined, left }) => group !== '' && (left === '' || joined <= left))
}

/** Signed late, withdrawn, signed again. */
export const someLateSignatures = (
  { chance, pick, int }: Dice,
  { dateIn, before }: Years,
  crowd: Crowd,
  { groupIds }: Places,
): Cells =>
  groupIds.flatMap((group) => {
    const rows: Cells = []
    if (chance(0.5)) rows.push([group, before(), crowd.written(pick(crowd.hprs)), chance(0.4) ? dateIn() : ''])
    if (rows.length > 0 && chance(0.6)) return rows
    for (let n = int(1, 3); n > 0; n--) {
      const day = dateIn()
      const withdrawn = chance(0.5) ? '' : addDays(day, pick([0, -3, 1, 20, 100, 300, 500]))
      rows.push([group, day, crowd.written(pick(crowd.hprs)), withdrawn])
    }
    return rows
  })

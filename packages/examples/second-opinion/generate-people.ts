// generate-people.ts: random doctors, groups, departments, stays and signatures

import { addDays, pad, troublesomeDays } from './calendar.ts'
import type { Dice } from './random.ts'
import { checkDigit } from './values.ts'

/** Rows of a sheet, a cell a column. They are changed on the way. */
export type Cells = string[][]

/** The years a folder is about. */
export interface Years {
  readonly years: ReadonlyArray<number>
  readonly first: number
  readonly last: number
  /** A random day of these years. */
  readonly dateIn: () => string
  /** A random day before them. */
  readonly before: () => string
}

export const someYears = ({ int }: Dice): Years => {
  const first = int(2016, 2024)
  const last = Math.min(2025, first + int(0, 5))
  const years: number[] = []
  for (let year = first; year <= last; year++) years.push(year)
  return {
    years,
    first,
    last,
    dateIn: () => addDays(`${first}-01-01`, int(0, years.length * 365)),
    before: () => addDays(`${first}-01-01`, -int(0, 800)),
  }
}

export interface Crowd {
  readonly hprs: ReadonlyArray<string>
  readonly gps: ReadonlyArray<string>
  readonly hospitalDoctors: ReadonlyArray<string>
  /** Where each doctor's periods begin. */
  readonly anchors: Map<string, string>
  readonly doctors: Cells
  /** An HPR number as somebody may write it. */
  readonly written: (hpr: string) => string
}

export const someDoctors = ({ int, chance, pick }: Dice, { years, first, last, dateIn }: Years): Crowd => {
  const hprs: string[] = []
  const count = chance(0.3) ? int(8, 13) : int(14, 20)
  while (hprs.length < count) {
    const hpr = String(chance(0.85) ? int(1000000, 9999999) : chance(0.5) ? int(1, 99) : int(100000000, 999999999))
    if (!hprs.includes(hpr)) hprs.push(hpr)
  }
  const written = (hpr: string): string =>
    chance(0.06) && hpr.length < 9 ? hpr.padStart(int(hpr.length, 9), '0') : hpr
  const special = years.flatMap(troublesomeDays)
  const anchors = new Map<string, string>()
  const anchorOf = (hospital: boolean): string => {
    if (hospital && chance(0.7)) return ''
    if (chance(0.3)) return pick(['2012-02-29', '2016-02-29', '2020-02-29', '2024-02-29'])
    if (chance(0.25)) return pick(special)
    if (chance(0.15)) return dateIn()
    if (chance(0.08)) return addDays(`${last}-12-31`, int(1, 700))
    return chance(0.05) ? '' : addDays(`${first}-01-01`, -int(0, 2500))
  }
  const doctors = hprs.map((hpr, i) => {
    const hospital = i >= count - 2
    const anchor = anchorOf(hospital)
    if (anchor !== '') anchors.set(hpr, anchor)
    return [
      written(hpr),
      `${pick(['Blid', 'Stille', 'Rask', 'Årvåken'])} ${pick(['Furumo', 'Ospedal', 'Nordlys, jr.', 'Skog "Lun"'])}`,
      hospital ? pick(['hospital', 'both']) : 'gp',
      chance(0.1) ? '' : pick(['4601', '0301', '4627']),
      anchor,
    ]
  })
  return { hprs, gps: hprs.slice(0, count - 2), hospitalDoctors: hprs.slice(count - 2), anchors, doctors, written }
}

export interface Places {
  readonly groupIds: ReadonlyArray<string>
  readonly departmentIds: ReadonlyArray<string>
  /** Nearly everybody is in the first group. */
  readonly hasBigGroup: boolean
  /** How ids are written: padded or not, so that text order is not always number order. */
  readonly style: number
  readonly groups: Cells
  readonly departments: Cells
  readonly departmentDoctors: Cells
  readonly offers: Cells
  readonly requests: Cells
}

export const somePlaces = (
  dice: Dice,
  { first, last, dateIn }: Years,
  { hprs, hospitalDoctors, written }: Crowd,
): Places => {
  const { int, chance, pick, shuffle } = dice
  const count = pick([3, 3, 3, 4, 4, 5, 6])
  const hasBigGroup = chance(0.12)
  const style = int(0, 2)
  const groupIds = Array.from({ length: count }, (_, i) =>
    style === 0
      ? `G${pad(i + 1)}`
      : style === 1
        ? `G${(i * 7 + 3) % 13}`
        : `${pick(['g', 'G', 'Å', 'A'])}-${i * 5 + 6}`,
  )
  const groups = groupIds.map((group) => [
    group,
    pick(['Sandviken', 'Årstad', 'Fana; sør', 'Åsane, nord']),
    chance(0.1) ? '' : pick(['4601', '0301']),
    chance(0.8)
      ? addDays(`${first}-01-01`, -int(0, 900))
      : chance(0.8)
        ? dateIn()
        : addDays(`${last}-12-31`, int(1, 300)),
    chance(0.2) ? '' : written(pick(hprs)),
  ])
  const departmentIds = ['BARN', 'LKB']
  const departments = departmentIds.map((id) => [id, `${id}-klinikken`, organisationNumber(dice), 'Haukeland'])
  const departmentDoctors = departmentIds.flatMap((id) =>
    hospitalDoctors.filter(() => chance(0.7)).map((hpr) => [id, written(hpr)]),
  )
  const offers = departmentIds
    .filter(() => chance(0.8))
    .map((id) => [
      id,
      dateIn(),
      chance(0.3) ? '' : `${last}-12-20`,
      chance(0.3) ? '' : String(int(1, 3)),
      'Astma; Feber',
    ])
  const requests = Array.from({ length: int(0, 6) }, (_, i) => [
    `R${pad(i + 1)}`,
    shuffle([...groupIds])
      .slice(0, int(1, 2))
      .join(pick(['; ', ';'])),
    dateIn(),
    chance(0.3) ? '' : pick(departmentIds),
    pick(['Astma', 'Feber']),
    pick(['hospital', 'practice', '']),
  ])
  return { groupIds, departmentIds, hasBigGroup, style, groups, departments, departmentDoctors, offers, requests }
}

const organisationNumber = ({ random }: Dice): string => {
  for (;;) {
    const digits = [9, ...Array.from({ length: 7 }, () => Math.floor(random() * 10))]
    const last = checkDigit(digits)
    if (last !== null) return [...digits, last].join('')
  }
}

export interface Stay {
  readonly group: string
  readonly hpr: string
  readonly joined: string
  readonly left: string
}

/** Stays of every shape: open, ended, several, adjoining, overlapping, of no days. */
export const someStays = (
  dice: Dice,
  { dateIn, before }: Years,
  { gps, hospitalDoctors }: Crowd,
  places: Places,
): ReadonlyArray<Stay> => {
  const { random, int, chance, pick } = dice
  const { groupIds, hasBigGroup } = places
  const stays: Stay[] = []
  const stay = (group: string, hpr: string, joined: string, left: string): void =>
    void stays.push({ group, hpr, joined, left })
  const shapes = (group: string, hpr: string): void => {
    const shape = random()
    if (shape < 0.55) stay(group, hpr, before(), '')
    else if (shape < 0.65) stay(group, hpr, before(), dateIn())
    else if (shape < 0.73) stay(group, hpr, dateIn(), '')
    else if (shape < 0.82) {
      const left = dateIn()
      stay(group, hpr, before(), left)
      stay(group, hpr, addDays(left, pick([0, 1, 30, 200])), '')
    } else if (shape < 0.88) {
      const middle = dateIn()
      stay(group, hpr, before(), middle)
      stay(group, hpr, addDays(middle, -int(0, 100)), chance(0.5) ? '' : addDays(middle, 90))
    } else if (shape < 0.93) {
      const joined = before()
      stay(group, hpr, joined, dateIn())
      stay(group, hpr, joined, chance(0.5) ? '' : dateIn())
    } else {
      const day = dateIn()
      stay(group, hpr, day, day)
      if (chance(0.7)) stay(group, hpr, before(), '')
    }
  }
  for (const [i, hpr] of gps.entries()) {
    const homes = [groupIds[i % groupIds.length] ?? '']
    if (chance(0.55)) homes.push(pick(groupIds))
    if (hasBigGroup && chance(0.9)) homes.push(groupIds[0] ?? '')
    for (const group of new Set(homes)) shapes(group, hpr)
  }
  if (chance(0.3)) {
    const hpr = pick(hospitalDoctors)
    stay(pick(groupIds), hpr, before(), '')
  }
  return stays
}

/** Signatures of every shape: in force, none, withdrawn, with a gap, never in force, several at a time. */
export const someSignatures = (
  dice: Dice,
  { dateIn, before }: Years,
  { hprs, written }: Crowd,
  { groupIds }: Places,
): Cells => {
  const { random, chance, pick } = dice
  const signatures: Cells = []
  const signer = (): string => written(pick(hprs))
  for (const group of groupIds) {
    const shape = random()
    if (shape < 0.6) signatures.push([group, before(), signer(), ''])
    else if (shape < 0.63) continue
    else if (shape < 0.68) signatures.push([group, dateIn(), signer(), ''])
    else if (shape < 0.78) signatures.push([group, before(), signer(), dateIn()])
    else if (shape < 0.88) {
      const gap = dateIn()
      signatures.push([group, before(), signer(), gap])
      signatures.push([group, addDays(gap, pick([-20, 0, 1, 60, 200])), signer(), chance(0.7) ? '' : addDays(gap, 300)])
    } else if (shape < 0.95) {
      const day = dateIn()
      signatures.push([group, day, signer(), pick([day, addDays(day, -5)])])
      if (chance(0.8)) signatures.push([group, before(), signer(), chance(0.3) ? dateIn() : ''])
    } else {
      const day = before()
      signatures.push([group, day, signer(), ''])
      signatures.push([group, chance(0.5) ? day : dateIn(), signer(), chance(0.5) ? '' : dateIn()])
    }
  }
  return signatures
}

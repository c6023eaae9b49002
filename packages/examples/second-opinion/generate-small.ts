// generate-small.ts: small folders in which nearly everything counts, so that the last day and the last minute decide

import { addDays, addMinutes } from './calendar.ts'
import type { Case } from './generate.ts'
import { type Dice, diceFor } from './random.ts'
import { columnsOf } from './sheets.ts'
import { plusYears } from './values.ts'

const sheet = (name: string, rows: ReadonlyArray<ReadonlyArray<string>>): string =>
  `${[columnsOf[name] ?? [], ...rows].map((cells) => cells.join(',')).join('\n')}\n`

const groups = ['A', 'B', 'C']
/** Two who stay in each group, and three who move. */
const settled: Readonly<Record<string, ReadonlyArray<string>>> = { A: ['1', '2'], B: ['3', '4'], C: ['5', '6'] }
const movers = ['7', '8', '9']

/** Few days, each with its neighbours and its years before and after, so that bounds are met. */
const someDays = ({ pick, int, chance }: Dice): (() => string) => {
  const roots = Array.from({ length: int(2, 5) }, () =>
    chance(0.3)
      ? pick(['2024-02-29', '2024-01-01', '2023-12-31', '2024-12-31', '2023-02-28', '2024-03-01'])
      : addDays('2023-01-01', int(0, 729)),
  )
  return () => {
    const near = addDays(pick(roots), pick([0, 0, 0, 1, -1, 30, -45, 120, -150, 200]))
    return chance(0.12) ? plusYears(near, pick([1, -1])) : near
  }
}

export const generateSmall = (seed: number): Case => {
  const dice = diceFor(seed + 5_000_000)
  const { pick, int, chance } = dice
  const day = someDays(dice)
  const anchors = new Map(
    [...'123456789'].map((hpr) => [hpr, chance(0.3) ? plusYears(day(), -pick([0, 5])) : '2020-02-29']),
  )
  const registered = groups.map((group) => [
    group,
    group,
    '',
    chance(0.3) ? '2015-01-01' : plusYears(day(), pick([0, 0, -3, 2])),
    '',
  ])
  const stays: string[][] = []
  for (const group of groups) for (const hpr of settled[group] ?? []) stays.push([group, hpr, '2015-01-01', ''])
  for (const hpr of movers) {
    if (chance(0.6)) {
      const moved = day()
      const [from = '', to = ''] = dice.shuffle([...groups])
      const joined = addDays(moved, pick([0, 0, 1, -1, 60, -60, 330, -330]))
      stays.push([from, hpr, '2020-01-01', moved], [to, hpr, joined, ''])
      if (chance(0.2)) stays.push([from, hpr, addDays(moved, pick([0, 0, -9, 1])), addDays(moved, pick([9, 200]))])
      if (chance(0.2)) stays.push([to, hpr, joined, joined])
      if (chance(0.25)) {
        const day0 = addDays(moved, pick([0, 5, -5]))
        stays.splice(-1, 1, [to, hpr, '2020-01-01', addDays(moved, pick([-1, -30, 30]))], [to, hpr, day0, day0])
      }
      if (chance(0.6)) continue
    }
    for (const group of groups) {
      for (let n = pick([0, 1, 1, 1, 2, 3]); n > 0; n--) {
        const [joined = '', left = ''] = [chance(0.5) ? '2020-01-01' : day(), day()].sort()
        stays.push([group, hpr, joined, chance(0.35) ? '' : left])
      }
    }
  }
  const isIn = (who: string, where: string, date: string): boolean =>
    stays.some(
      ([group = '', hpr = '', joined = '', left = '']) =>
        group === where && hpr === who && joined <= date && (left === '' || date < left),
    )
  const declarations: string[][] = []
  for (const group of groups) {
    if (chance(0.85)) declarations.push([group, '2015-01-01', '1', chance(0.25) ? day() : ''])
    if (chance(0.35)) declarations.push([group, day(), '1', chance(0.5) ? day() : ''])
    if (chance(0.2)) declarations.push([group, day(), '1', chance(0.5) ? day() : ''])
  }
  const often = pick([groups, ['A', 'A', 'A', 'B', 'B', 'C'], ['A', 'A', 'B', 'B', 'B', 'B', 'C']])
  const sessions: string[][] = []
  const attendance: string[][] = []
  for (let n = int(14, 40); n > 0; n--) {
    const at = [pick(often), ...(chance(0.15) ? [pick(groups)] : [])]
    const here = [...new Set(at)]
    const starts = `${day()}T${pick(['08:00', '12:00', '12:00', '17:00'])}`
    const ends = addMinutes(starts, pick([60, 60, 90, 100, 120, 120, 150, 180, 240, 360]))
    const id = `S${n}`
    const reported = chance(0.9) ? starts.slice(0, 10) : addDays(starts.slice(0, 10), pick([30, 400]))
    sessions.push([id, '', starts, ends, 'practice', '', '', '', here.join(';'), reported, ''])
    for (const group of here) {
      const present = [
        ...(settled[group] ?? []),
        ...movers.filter((hpr) => isIn(hpr, group, starts.slice(0, 10)) || chance(0.05)),
      ]
      for (const hpr of present) {
        if (!chance(0.92)) continue
        const left = chance(0.15) ? addMinutes(starts, pick([1, 20, 22, 23, 45, 59])).slice(11) : ''
        attendance.push([id, group, hpr, '', left, ''])
      }
    }
  }
  const asOf = chance(0.4)
    ? addDays(day(), pick([0, -1, 364, 365, 366]))
    : pick(['2024-12-31', '2025-12-31', '2026-06-30'])
  const knownAt = chance(0.7) ? '2027-01-01' : addDays(asOf, pick([0, 0, 40, -40]))
  const folder = {
    doctors: sheet(
      'doctors',
      [...anchors].map(([hpr, anchor]) => [hpr, `Doctor ${hpr}`, 'gp', '', anchor]),
    ),
    groups: sheet('groups', registered),
    members: sheet('members', stays),
    declarations: sheet('declarations', declarations),
    sessions: sheet('sessions', sessions),
    attendance: sheet('attendance', attendance),
  }
  return { folder, asOf, knownAt }
}

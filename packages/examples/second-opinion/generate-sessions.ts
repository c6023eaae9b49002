// generate-sessions.ts: random sessions, who was there, and what was put right afterwards

import { addDays, addMinutes, lastSunday, pad } from './calendar.ts'
import type { Cells, Crowd, Places, Stay, Years } from './generate-people.ts'
import type { Dice } from './random.ts'
import { isLeap } from './values.ts'

export interface Session {
  readonly id: string
  readonly starts: string
  readonly ends: string
  readonly groups: ReadonlyArray<string>
  readonly hosts: ReadonlyArray<string>
  readonly reported: string
}

/** Minutes of a group's sessions in a year: most plans lie next to a threshold. */
const plans = [
  [120, 120, 120],
  [120, 120, 120],
  [119, 120, 120],
  [121, 120, 120],
  [180, 180],
  [180, 180, 180],
  [90, 90, 90, 90],
  [150, 150, 150, 150],
  [60, 60, 60, 60, 60, 60],
  [59, 180, 180],
  [60, 150, 150],
  [61, 59, 300],
  [150, 150],
  [360, 360],
  [400, 30, 120],
  [500, 60, 59],
]

const topics = ['Hodepine', 'Astma', 'Rygg', 'Diabetes type 2', 'Allergi, kort sagt', 'Åreknuter']

export interface Held {
  readonly held: ReadonlyArray<Session>
  readonly rows: Cells
}

/** `oops` says whether something goes wrong, with a probability that this folder's trouble multiplies. */
export const someSessions = (
  dice: Dice,
  oops: (probability: number) => boolean,
  { years }: Years,
  { gps, hospitalDoctors, written }: Crowd,
  { groupIds, departmentIds, style }: Places,
): Held => {
  const { int, chance, pick, shuffle } = dice
  const rows: Cells = []
  const held: Session[] = []
  const hold = (starts: string, minutes: number, groups: ReadonlyArray<string>): void => {
    const number = held.length + 1
    const id = style === 1 ? `S${number * 7}` : `S${pad(number, 3)}`
    const ends = addMinutes(starts, minutes)
    const hosts = chance(0.2) ? [pick(hospitalDoctors)] : []
    if (chance(0.06)) hosts.push(pick(gps))
    const department = chance(hosts.length > 0 ? 0.8 : 0.05) ? pick(departmentIds) : ''
    const date = starts.slice(0, 10)
    const reported = chance(0.7)
      ? date
      : chance(0.8)
        ? addDays(date, pick([1, 5, 30, 90, 250, 500]))
        : addDays(date, -pick([1, 10, 100]))
    const said = shuffle([...topics]).slice(0, int(0, 3))
    const separator = pick(['; ', ';', ' ; '])
    held.push({ id, starts, ends, groups, hosts, reported })
    rows.push([
      id,
      chance(0.15) ? pick(['R01', 'R02', 'R99']) : '',
      starts,
      ends,
      pick(['practice', 'hospital', 'practice', 'cabin']),
      department,
      hosts.map(written).join(separator),
      said.join(separator) + (oops(0.02) ? '; ' : ''),
      groups.join(separator),
      reported,
      chance(0.04) ? pick(['lunsj', 'kaffe; kake', '0']) : '',
    ])
  }
  for (const group of groupIds) {
    for (const year of years) {
      if (chance(0.1)) continue
      const plan = chance(0.8) ? pick(plans) : Array.from({ length: int(1, 7) }, () => int(30, 500))
      for (const minutes of plan) {
        const starts = startIn(dice, year)
        const at = [group]
        if (chance(0.2)) at.push(pick(groupIds))
        if (chance(0.05)) at.push(pick(groupIds))
        const here = shuffle([...new Set(at)])
        hold(starts, minutes, here)
        if (chance(0.1)) {
          const overlapping = addMinutes(starts, pick([0, 0, 30, 59, -45, minutes, minutes + 30]))
          hold(overlapping, pick([60, 60, 120, 200, 240, 300]), [pick(chance(0.5) ? here : groupIds)])
        }
        if (chance(0.13)) hold(`${starts.slice(0, 10)}T${pad(int(7, 19))}:00`, pick([120, 200, 360]), here)
      }
    }
  }
  return { held, rows }
}

/** A start: ordinary, around midnight, at the year's ends, when the clock is changed, on a leap day. */
const startIn = ({ random, int, pick }: Dice, year: number): string => {
  const anyDay = (): string => addDays(`${year}-01-01`, int(0, 364))
  const shape = random()
  if (shape < 0.62) return `${anyDay()}T${pad(int(8, 18))}:${pick(['00', '30', '15', '59'])}`
  if (shape < 0.72) {
    return `${anyDay()}T${pick(['22:30', '23:00', '23:30', '23:59', '00:00', '00:30', '01:00', '00:59', '01:01'])}`
  }
  if (shape < 0.78) return `${year}-12-31T${pick(['17:00', '22:00', '22:30', '23:30', '23:59'])}`
  if (shape < 0.83) return `${year}-01-01T${pick(['00:00', '00:30', '17:00'])}`
  if (shape < 0.91) {
    return `${lastSunday(year, 3)}T${pick(['00:30', '01:00', '01:30', '01:59', '02:00', '02:30', '03:00', '00:00'])}`
  }
  if (shape < 0.97) {
    return `${lastSunday(year, 10)}T${pick(['00:30', '01:00', '01:30', '02:00', '02:30', '02:59', '03:00', '00:00'])}`
  }
  return `${year}-${isLeap(year) ? '02-29' : '02-28'}T${pick(['17:00', '23:00'])}`
}

export interface Present {
  readonly session: Session
  readonly group: string
  readonly hpr: string
}

/** Attendance of every shape: whole, a part, beyond the ends, the wrong way round, in several rows, as a guest. */
export const someAttendance = (
  { random, int, chance, pick }: Dice,
  { hprs, gps, written }: Crowd,
  stays: ReadonlyArray<Stay>,
  held: ReadonlyArray<Session>,
): { readonly present: ReadonlyArray<Present>; readonly rows: Cells } => {
  const rows: Cells = []
  const present: Present[] = []
  const isIn = (hpr: string, group: string, date: string): boolean =>
    stays.some(
      (stay) =>
        stay.hpr === hpr && stay.group === group && stay.joined <= date && (stay.left === '' || date < stay.left),
    )
  const come = (session: Session, group: string, hpr: string): void => {
    const { starts, ends } = session
    const length = Math.max(1, Math.round((Date.parse(`${ends}Z`) - Date.parse(`${starts}Z`)) / 60000))
    const at = (minutes: number): string => addMinutes(starts, minutes).slice(11)
    const row = (arrived: string, left: string, as: string): void =>
      void rows.push([session.id, group, written(hpr), arrived, left, as])
    const role = (): string => (chance(0.04) ? 'guest' : chance(0.05) ? '' : 'member')
    present.push({ session, group, hpr })
    const shape = random()
    const from = int(0, Math.floor(length / 2))
    const to = int(Math.floor(length / 2) + 1, length)
    if (shape < 0.78) row('', '', role())
    else if (shape < 0.81) row(at(from), '', role())
    else if (shape < 0.825) row('', at(length - 1), role())
    else if (shape < 0.84) row('', at(to), role())
    else if (shape < 0.88) row(at(from), at(to), role())
    else if (shape < 0.91) row(at(-pick([1, 10, 30, 59, 60])), at(to), role())
    else if (shape < 0.93) row(at(from), at(length + pick([1, 30, 120])), role())
    else if (shape < 0.94) row(at(-pick([61, 90])), '', role())
    else if (shape < 0.945) row(at(length + 5), '', role())
    else if (shape < 0.95) row('', at(-pick([1, 30, 60, 61])), role())
    else if (shape < 0.955) row(at(to), at(from), role())
    else if (shape < 0.98) {
      row(at(0), at(Math.max(1, from)), 'member')
      row(at(pick([from, to - 1, Math.max(0, from - 20)])), at(to), role())
    } else if (shape < 0.99) {
      row('', '', 'member')
      row(chance(0.5) ? '' : at(from), '', pick(['member', 'guest', '']))
    } else {
      row(at(from), at(to), 'member')
      row(at(from), at(to), 'member')
    }
  }
  for (const session of held) {
    for (const group of session.groups) {
      const chosen = gps.filter((hpr) => isIn(hpr, group, session.starts.slice(0, 10)) && chance(0.88))
      if (chance(0.06)) chosen.splice(0, Math.max(0, chosen.length - int(0, 2)))
      if (chance(0.1)) chosen.push(pick(hprs))
      for (const host of session.hosts) if (chance(0.3)) chosen.push(host)
      for (const hpr of new Set(chosen)) come(session, group, hpr)
    }
  }
  return { present, rows }
}

/** Corrections of every shape, also of someone who is not there to be corrected. */
export const someCorrections = (
  { random, int, chance, pick }: Dice,
  { gps, written }: Crowd,
  held: ReadonlyArray<Session>,
  attendance: Cells,
  present: ReadonlyArray<Present>,
): Cells => {
  const rows: Cells = []
  const correct = ({ session, group, hpr }: Present, change: string, minutes: string, date: string): void =>
    void rows.push([
      session.id,
      group,
      written(hpr),
      change,
      minutes,
      date,
      pick(['', 'glemt', 'sto på listen, var ikke der']),
    ])
  const number = (): string =>
    pick(['0', '1', '59', '60', '89', '90', '119', '120', '121', '150', '360', '9999', String(int(1, 400))])
  for (const one of present) {
    const { session, group, hpr } = one
    const asGuest = attendance.some(
      ([id, at, who, , , role]) => id === session.id && at === group && Number(who) === Number(hpr) && role === 'guest',
    )
    if (!chance(asGuest ? 0.3 : 0.06)) continue
    const base = chance(0.85) ? session.reported : session.starts.slice(0, 10)
    const date = addDays(base, pick([0, 0, 1, 14, 60, 200, 400, -3]))
    const shape = random()
    if (shape < 0.4) correct(one, 'minutes', number(), date)
    else if (shape < 0.6) correct(one, 'withdraw', '', date)
    else if (shape < 0.75) {
      correct(one, 'withdraw', '', date)
      correct(one, 'add', chance(0.5) ? '' : number(), chance(0.6) ? date : addDays(date, int(-2, 40)))
      if (chance(0.4)) correct(one, 'minutes', number(), addDays(date, pick([0, 0, 20])))
      if (chance(0.2)) correct(one, 'withdraw', '', addDays(date, pick([0, 50])))
    } else if (shape < 0.85) {
      correct(one, 'minutes', number(), date)
      correct(one, 'minutes', number(), addDays(date, pick([0, 0, -5, 30])))
    } else if (shape < 0.92) correct(one, 'add', '', date)
    else {
      correct(one, 'withdraw', '', date)
      correct(one, pick(['withdraw', 'minutes']), '30', addDays(date, pick([0, 10])))
    }
  }
  for (const session of held) {
    if (!chance(0.08)) continue
    const one = { session, group: pick(session.groups), hpr: pick(gps) }
    const date = addDays(session.reported, pick([0, 1, 30, 300]))
    correct(one, pick(['add', 'add', 'add', 'minutes', 'withdraw']), chance(0.5) ? '' : number(), date)
    if (chance(0.3)) correct(one, 'minutes', number(), date)
  }
  return rows
}

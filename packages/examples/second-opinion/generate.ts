// generate.ts: a random folder of sheets, dense in trouble, with a question to ask of it; the same seed gives the same

import { addDays } from './calendar.ts'
import {
  type Cells,
  someDoctors,
  somePlaces,
  someSignatures,
  someStays,
  someYears,
  type Years,
} from './generate-people.ts'
import { type Session, someAttendance, someCorrections, someSessions } from './generate-sessions.ts'
import { registerInside, someLateSignatures, someMoves } from './generate-variants.ts'
import { type Dice, diceFor } from './random.ts'
import type { Folder } from './sheets.ts'
import { spoiled } from './spoil.ts'
import { plusYears } from './values.ts'

export interface Case {
  readonly folder: Folder
  readonly asOf: string
  readonly knownAt: string
}

/** With `variants`, the folder is one in which the variants of the rules make a difference. */
export const generate = (seed: number, about: 'default' | 'variants' = 'default'): Case => {
  const matters = about === 'variants'
  const dice = diceFor(seed)
  const { chance, pick } = dice
  const trouble = pick([0, 0.4, 1, 1, 1, 2])
  const oops = (probability: number): boolean => chance(probability * trouble)

  const years = someYears(dice)
  const crowd = someDoctors(dice, years)
  const places = somePlaces(dice, years, crowd)
  if (matters) registerInside(dice, years, places)
  const moves = matters ? someMoves(dice, years, crowd, places) : []
  const moving = new Set(moves.map(({ hpr }) => hpr))
  const settled = someStays(dice, years, crowd, places).filter(({ hpr }) => !moving.has(hpr) || dice.chance(0.2))
  const stays = [...settled, ...moves]
  const members = stays.map(({ group, hpr, joined, left }) => [group, crowd.written(hpr), joined, left])
  const late = matters && dice.chance(0.6)
  const declarations = late
    ? someLateSignatures(dice, years, crowd, places)
    : someSignatures(dice, years, crowd, places)
  const { held, rows: sessions } = someSessions(dice, oops, years, crowd, places)
  const { present, rows: attendance } = someAttendance(dice, crowd, stays, held)
  moveOntoSessions(dice, { members, declarations, doctors: crowd.doctors }, crowd.anchors, held)
  const corrections = someCorrections(dice, crowd, held, attendance, present)

  const { groups, departments, departmentDoctors, offers, requests, groupIds } = places
  const folder = spoiled(dice, {
    sheets: {
      doctors: crowd.doctors,
      departments,
      department_doctors: departmentDoctors,
      groups,
      members,
      declarations,
      offers,
      requests,
      sessions,
      attendance,
      corrections,
    },
    groupIds,
    hprs: crowd.hprs,
    oops,
  })
  return { folder, ...questionFor(dice, years, crowd.anchors, held) }
}

interface Dated {
  readonly members: Cells
  readonly declarations: Cells
  readonly doctors: Cells
}

/** Lets people join, leave, sign and begin their periods on the very day of a session. */
const moveOntoSessions = (
  { int, chance, pick }: Dice,
  { members, declarations, doctors }: Dated,
  anchors: Map<string, string>,
  held: ReadonlyArray<Session>,
): void => {
  const dayOf = (group: string): string | undefined => {
    const there = held.filter(({ groups }) => groups.includes(group))
    return there.length === 0 ? undefined : pick(there).starts.slice(0, 10)
  }
  for (const row of members) {
    const [group = '', , joined = '', left = ''] = row
    const day = dayOf(group)
    if (day === undefined) continue
    if (left !== '' && left !== joined && chance(0.5) && day >= joined) row[3] = day
    else if (chance(0.06) && (left === '' || day <= left)) row[2] = day
  }
  for (const row of declarations) {
    const [group = '', signed = '', , withdrawn = ''] = row
    const day = dayOf(group)
    if (day === undefined) continue
    if (withdrawn > signed && chance(0.5)) row[3] = day
    else if (chance(0.1)) row[1] = day
  }
  for (const row of doctors) {
    const [hpr, , , , anchor] = row
    if (anchor === '' || !chance(0.2) || held.length === 0) continue
    const moved = plusYears(pick(held).starts.slice(0, 10), -5 * int(0, 2))
    row[4] = moved
    anchors.set(String(Number(hpr)), moved)
  }
}

const questionFor = (
  { random, int, pick }: Dice,
  { years, first, last, dateIn }: Years,
  anchors: ReadonlyMap<string, string>,
  held: ReadonlyArray<Session>,
): { readonly asOf: string; readonly knownAt: string } => {
  const bounds = [...anchors.values()].flatMap((anchor) =>
    [0, 5, 10, 15].flatMap((n) => [plusYears(anchor, n), addDays(plusYears(anchor, n), -1)]),
  )
  const near = bounds.filter((date) => date >= `${first}-01-01` && date <= `${last + 1}-12-31`)
  const moment = (): string => {
    const shape = random()
    if (shape < 0.3) return `${pick(years)}-12-31`
    if (shape < 0.4) return `${pick(years)}-12-30`
    if (shape < 0.5) return `${pick(years) + 1}-01-01`
    if (shape < 0.65 && near.length > 0) return pick(near)
    if (shape < 0.75) return addDays(`${last}-12-31`, int(1, 200))
    if (shape < 0.8 && held.length > 0) return pick(held).starts.slice(0, 10)
    return dateIn()
  }
  const asOf = moment()
  const shape = random()
  if (shape < 0.35) return { asOf, knownAt: asOf }
  if (shape < 0.6) return { asOf, knownAt: addDays(asOf, int(0, 400)) }
  if (shape < 0.75) return { asOf, knownAt: '2027-01-01' }
  if (shape < 0.85) return { asOf, knownAt: addDays(asOf, -int(1, 300)) }
  return { asOf, knownAt: moment() }
}

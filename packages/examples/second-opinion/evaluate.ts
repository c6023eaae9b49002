// evaluate.ts: what the rules say of a folder of sheets, worked out a second time, the slow way

import { type People, readPeople } from './people.ts'
import { givePoints, partsPerPoint, periodOf } from './points.ts'
import { type Known, knownOf } from './presence.ts'
import { type RefusedRow, readingOf } from './reading.ts'
import { judge } from './rules.ts'
import { readSessions } from './sessions.ts'
import type { Folder } from './sheets.ts'
import { byText } from './values.ts'
import { defaultRules, type Rules } from './variants.ts'

/** The rows of `points.csv`, `group-register.csv` and `topic-log.csv` as text, and where rows were refused. */
export interface Answer {
  readonly points: ReadonlyArray<ReadonlyArray<string>>
  readonly groupRegister: ReadonlyArray<ReadonlyArray<string>>
  readonly topicLog: ReadonlyArray<ReadonlyArray<string>>
  readonly refused: ReadonlyArray<RefusedRow>
}

/** What was effective through `asOf`, as known at the end of `knownAt`. */
export const evaluate = (folder: Folder, asOf: string, knownAt: string, rules = defaultRules): Answer => {
  const reading = readingOf(folder)
  const people = readPeople(reading)
  const known = knownOf({ ...people, ...readSessions(reading, people) }, asOf, knownAt)
  judge(known, asOf, rules)
  return {
    points: pointsRows(people, known, asOf, rules),
    groupRegister: registerRows(people, known, asOf),
    topicLog: topicRows(known),
    refused: reading.refused(),
  }
}

/** Points with two decimals, half up, from whole parts of a point. */
const shown = (parts: number, rules: Rules): string => {
  const point = partsPerPoint(rules)
  const hundredths = Math.floor((parts * 100 * 2 + point) / (2 * point))
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`
}

/** For the period that contains the date: minutes, points, and why what does not count does not. */
const pointsRows = (
  { doctors }: People,
  { attendances, registered }: Known,
  asOf: string,
  rules: Rules,
): Answer['points'] => {
  const rows: string[][] = []
  for (const { hpr, anchor } of doctors) {
    if (anchor === '' || asOf < anchor) continue
    const { from, to } = periodOf(anchor, asOf)
    const own = attendances.filter((one) => one.hpr === hpr)
    givePoints(own, anchor, registered, rules)
    let parts = 0
    let counted = 0
    let pending = 0
    const reasons: string[] = []
    for (const one of own) {
      if (one.session.date < from || one.session.date >= to) continue
      if (one.reason === '') {
        counted += one.counted
        parts += one.parts
        if (one.overYear) reasons.push(`${one.session.session}:YEARLY_CAP`)
      } else {
        reasons.push(`${one.session.session}:${one.reason}`)
        if (one.pending) pending += one.counted
      }
    }
    const mandatory = Math.min(parts, rules.mandatory * partsPerPoint(rules))
    const elective = Math.min(parts - mandatory, rules.electiveMax * partsPerPoint(rules))
    rows.push([
      hpr,
      from,
      to,
      String(counted),
      shown(mandatory, rules),
      shown(elective, rules),
      shown(parts - mandatory - elective, rules),
      String(pending),
      reasons.sort(byText).join(';'),
    ])
  }
  return rows.sort(([a], [b]) => Number(a) - Number(b))
}

const registerRows = (
  { groups, doctors }: People,
  { belongs, signed }: Known,
  asOf: string,
): Answer['groupRegister'] => {
  const rows: string[][] = []
  for (const { group, name, municipality, registered, contact } of groups) {
    if (registered > asOf) continue
    const members = doctors.filter(({ hpr }) => belongs(hpr, group, asOf)).length
    const warning = members < 3 ? 'UNDER_3' : members > 12 ? 'OVER_12' : ''
    const declaration = [...signed(group, asOf)].sort(byText).at(-1) ?? ''
    rows.push([group, name, municipality, String(members), warning, declaration, contact])
  }
  return rows.sort(([a = ''], [b = '']) => byText(a, b))
}

const topicRows = ({ sessions }: Known): Answer['topicLog'] =>
  [...sessions]
    .sort((a, b) => byText(a.date, b.date) || byText(a.session, b.session))
    .flatMap(({ date, session, groups, topics, department }) => {
      const origin = department === '' ? 'own-practice' : 'hospital'
      return [...groups]
        .sort(byText)
        .flatMap((group) => topics.map((topic) => [date, session, group, topic, origin, department]))
    })

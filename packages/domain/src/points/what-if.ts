// what-if.ts: what a draft of rules would change over the whole history: for whom, by how much, and why

import type { Question } from '../projections/as-known.ts'
import { personsKnown } from '../projections/persons.ts'
import { ruleNames } from '../rules/changes.ts'
import { inForce, nationally, type RulesInForce } from '../rules/in-force.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import type { DoctorId, GroupId } from '../values/identity.ts'
import type { LegalDate } from '../values/legal-date.ts'
import { compare, minus, noPoints, type Points, plus } from '../values/points.ts'
import type { Track } from '../values/track.ts'
import type { Evidence } from './judgements.ts'
import { assessEachPeriod, type DoctorPoints, isPending } from './points.ts'
import type { AttendanceLine, AttendanceName } from './verdict.ts'
import { type ChangedRule, ruleChanges, type Sides, whatDidIt } from './what-did-it.ts'

/** What a draft would change, of all that had happened by the date asked for. Everything is told twice: `before` by the rules in force, `after` by the draft. */
export interface WhatIf {
  readonly question: Question
  readonly track: Track
  /** The draft's name. */
  readonly draft: string
  /** The rules that differ on the date asked for, in the whole country. */
  readonly rules: ReadonlyArray<ChangedRule>
  /** The doctors for whom anything differs. */
  readonly doctors: ReadonlyArray<DoctorsDifference>
  /** The groups whose members are given other points for what they attended with them. */
  readonly groups: ReadonlyArray<GroupsDifference>
  readonly total: TotalDifference
}

/** Points by the rules in force and by the draft. */
export interface Compared {
  readonly before: Points
  readonly after: Points
  /** What the draft adds; negative where it takes. */
  readonly difference: Points
}

/** What the draft would change for one doctor. */
export interface DoctorsDifference {
  readonly doctor: DoctorId
  /** The points of all periods. */
  readonly points: Compared
  /** The periods that differ, in their order. */
  readonly periods: ReadonlyArray<PeriodsDifference>
}

/** What a doctor's points in a period come to, without their lines. */
export type PeriodTotal = Pick<
  DoctorPoints,
  | 'period'
  | 'goesOn'
  | 'decision'
  | 'countedMinutes'
  | 'points'
  | 'mandatory'
  | 'elective'
  | 'overflow'
  | 'missing'
  | 'mandatoryMet'
  | 'pendingMinutes'
>

/** A doctor's periods of the same number, the first being 1; null: there is none of that number. */
export interface PeriodsDifference {
  readonly number: number
  readonly before: PeriodTotal | null
  readonly after: PeriodTotal | null
  readonly points: Compared
  /** Whether the period begins or ends on another day. */
  readonly moved: boolean
  /** The attendances whose outcome differs, of those that the rules in force count in this period; in the order of the sessions. */
  readonly attendances: ReadonlyArray<AttendancesDifference>
}

/** What becomes of an attendance; the facts behind it are the same on both sides, and the explanation of its doctor's points has them. */
export type Outcome = Omit<
  AttendanceLine,
  keyof AttendanceName | 'date' | 'present' | 'carriedBy' | 'adapted' | 'setAside' | 'facts'
>

/** One attendance, what becomes of it by both, and the rules that make the difference. */
export interface AttendancesDifference extends AttendanceName {
  readonly date: LegalDate
  /** Minutes present inside the session. */
  readonly present: number
  readonly before: Outcome
  readonly after: Outcome
  readonly points: Compared
  /**
   * The rules that differ among those that decided this attendance. None: none of them differs, and it follows from what became of other
   * attendances; the conditions it failed are in `before` and `after`.
   */
  readonly because: ReadonlyArray<ChangedRule>
}

/** What the members of a group are given for what they attended with it. */
export interface GroupsDifference {
  readonly group: GroupId
  readonly points: Compared
  /** Members who gain by it, and who lose. */
  readonly gaining: number
  readonly losing: number
}

/** Doctors by what the draft would do to the points of all their periods, and the sums of these. */
export interface TotalDifference {
  readonly gaining: number
  readonly losing: number
  /** As many points, and something else that differs: what is demanded, what is pending, the bounds of a period. */
  readonly otherwise: number
  readonly unchanged: number
  readonly points: Compared
}

/**
 * What a draft would change for every doctor, in every period that has begun. A draft that is a pack judges the whole country and all times,
 * without layers below it; `rules.withDraft(pack, date)` is one in the place of the national pack of that date, with the layers below. The
 * same evidence, rules and question give the same answer, byte for byte.
 *
 * @example
 * whatIf(evidence, defaultPack, draft, question).total.losing
 */
export const whatIf = (
  evidence: Evidence,
  rules: RulePack | RulesInForce,
  draft: RulePack | RulesInForce,
  question: Question,
  track: Track = 'resertification',
): WhatIf => {
  const sides: Sides = { before: inForce(rules), after: inForce(draft) }
  const before = assessEachPeriod(evidence, rules, question, track)
  const after = assessEachPeriod(evidence, draft, question, track)
  const { standingFor } = personsKnown(evidence.merges, question)
  const doctors: DoctorsDifference[] = []
  const groups = new Map<GroupId, GroupsDifference>()
  let total: TotalDifference = { gaining: 0, losing: 0, otherwise: 0, unchanged: 0, points: nothing }
  for (const doctor of evidence.doctors.keys()) {
    if (standingFor(doctor) !== doctor) continue
    const was = before(doctor)
    const becomes = after(doctor)
    if (was.length === 0 && becomes.length === 0) continue
    const periods = periodsOf(was, becomes, sides).filter(differs)
    const points = compared(sumOf(was), sumOf(becomes))
    total = { ...total, points: together(total.points, points) }
    if (periods.length === 0) {
      total = { ...total, unchanged: total.unchanged + 1 }
      continue
    }
    const way = compare(points.difference, noPoints)
    const fate = way > 0 ? 'gaining' : way < 0 ? 'losing' : 'otherwise'
    total = { ...total, [fate]: total[fate] + 1 }
    doctors.push({ doctor, points, periods })
    addTo(groups, was, becomes)
  }
  return {
    question,
    track,
    draft: sides.after.at(nationally(question.effectiveThrough)).name,
    rules: ruleChanges(ruleNames, sides, nationally(question.effectiveThrough)),
    doctors,
    groups: [...groups.values()].filter(({ gaining, losing }) => gaining + losing > 0),
    total,
  }
}

const compared = (before: Points, after: Points): Compared => ({ before, after, difference: minus(after, before) })

const nothing = compared(noPoints, noPoints)

const together = (one: Compared, other: Compared): Compared =>
  compared(plus(one.before, other.before), plus(one.after, other.after))

const sumOf = (some: ReadonlyArray<{ readonly points: Points }>): Points =>
  some.reduce((sum, { points }) => plus(sum, points), noPoints)

/** Periods of the same number beside each other. */
const periodsOf = (
  before: ReadonlyArray<DoctorPoints>,
  after: ReadonlyArray<DoctorPoints>,
  sides: Sides,
): ReadonlyArray<PeriodsDifference> => {
  // Periods follow each other without a gap, so what one side has in any of them the other side has too.
  const lines = new Map(after.flatMap((period) => period.lines).map((line) => [keyOf(line), line]))
  return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => {
    const was = before[index] ?? null
    const becomes = after[index] ?? null
    return {
      number: index + 1,
      before: was === null ? null : totalOf(was),
      after: becomes === null ? null : totalOf(becomes),
      points: compared(was?.points ?? noPoints, becomes?.points ?? noPoints),
      moved: was?.period?.from !== becomes?.period?.from || was?.period?.to !== becomes?.period?.to,
      attendances: differencesIn(was?.lines ?? [], lines, sides),
    }
  })
}

const totalOf = (points: DoctorPoints): PeriodTotal => ({
  period: points.period,
  goesOn: points.goesOn,
  decision: points.decision,
  countedMinutes: points.countedMinutes,
  points: points.points,
  mandatory: points.mandatory,
  elective: points.elective,
  overflow: points.overflow,
  missing: points.missing,
  mandatoryMet: points.mandatoryMet,
  pendingMinutes: points.pendingMinutes,
})

const differs = ({ before, after, attendances }: PeriodsDifference): boolean =>
  attendances.length > 0 || JSON.stringify(before) !== JSON.stringify(after)

const keyOf = ({ session, group }: AttendanceName): string => `${session} ${group}`

const differencesIn = (
  before: ReadonlyArray<AttendanceLine>,
  after: ReadonlyMap<string, AttendanceLine>,
  sides: Sides,
): ReadonlyArray<AttendancesDifference> =>
  before.flatMap((was) => {
    const becomes = after.get(keyOf(was))
    if (becomes === undefined || fateOf(was) === fateOf(becomes)) return []
    const { session, label, group, date, present } = was
    return [
      {
        session,
        label,
        group,
        date,
        present,
        before: outcomeOf(was),
        after: outcomeOf(becomes),
        points: compared(was.points, becomes.points),
        because: whatDidIt(was, becomes, sides),
      },
    ]
  })

const outcomeOf = (line: AttendanceLine): Outcome => ({
  counted: line.counted,
  heldBack: line.heldBack,
  cuts: line.cuts,
  worth: line.worth,
  points: line.points,
  capped: line.capped,
  shortfall: line.shortfall,
  rules: line.rules,
  countedBy: line.countedBy,
})

/** What became of an attendance, without what was found and needed on the way. */
const fateOf = ({ counted, heldBack, points, shortfall }: AttendanceLine): string =>
  JSON.stringify([counted, heldBack, points, shortfall?.reason, isPending({ shortfall })])

const addTo = (
  groups: Map<GroupId, GroupsDifference>,
  before: ReadonlyArray<DoctorPoints>,
  after: ReadonlyArray<DoctorPoints>,
): void => {
  const was = byGroup(before)
  const becomes = byGroup(after)
  for (const group of new Set([...was.keys(), ...becomes.keys()])) {
    const points = compared(was.get(group) ?? noPoints, becomes.get(group) ?? noPoints)
    const way = compare(points.difference, noPoints)
    const so = groups.get(group) ?? { group, points: nothing, gaining: 0, losing: 0 }
    groups.set(group, {
      group,
      points: together(so.points, points),
      gaining: so.gaining + (way > 0 ? 1 : 0),
      losing: so.losing + (way < 0 ? 1 : 0),
    })
  }
}

const byGroup = (periods: ReadonlyArray<DoctorPoints>): ReadonlyMap<GroupId, Points> => {
  const groups = new Map<GroupId, Points>()
  for (const { group, points } of periods.flatMap(({ lines }) => lines))
    groups.set(group, plus(groups.get(group) ?? noPoints, points))
  return groups
}

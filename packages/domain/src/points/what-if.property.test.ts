// what-if.property.test.ts: what holds for the comparison of any two packs over any register

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { personsKnown } from '../projections/persons.ts'
import { defaultPack } from '../rules/default-pack.ts'
import { packFrom } from '../rules/pack-file.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import { anyDate, anyRegister } from '../testing/generators.ts'
import { carriedOut, evidenceFrom, historyOfLog, inOslo } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { compare, minus, noPoints, type Points, plus } from '../values/points.ts'
import type { Evidence } from './judgements.ts'
import { assess, assessEachPeriod } from './points.ts'
import { type Compared, whatIf } from './what-if.ts'

const anyParameters = fc.record(
  {
    periodYears: fc.constantFrom(1, 2, 5),
    window: fc.constantFrom('calendar-year', 'group-year', 'rolling-12-months'),
    minutesPerPoint: fc.constantFrom(45, 60),
    quorum: fc.constantFrom(1, 2, 3),
    groupThreshold: fc.constantFrom(0, 1, 3),
    doctorThresholdMinutes: fc.constantFrom(0, 120, 360),
    declaration: fc.constantFrom('prospective', 'cures-window', { curesDays: 14 }),
    membershipTransfer: fc.constantFrom('none', 'adds-up'),
    dayCap: fc.constantFrom('cut', 'reject'),
    dayCapMinutes: fc.constantFrom(120, 360),
    yearlyCap: fc.constantFrom('none', 1, 3),
    rounding: fc.constantFrom('none', { mode: 'half-up', per: 'session', unit: 0.5 }),
    mandatory: fc.constantFrom(0, 2, 20),
  },
  { requiredKeys: [] },
)

const packOf = (parameters: object): RulePack => {
  const pack = packFrom({ parameters }, defaultPack)
  if (pack._tag === 'Left') throw new TypeError(JSON.stringify(pack.left))
  return pack.right
}

const anyAsOf = anyDate(legalDate('2023-06-01'), legalDate('2026-06-30'))

const holds = (
  holdsFor: (evidence: Evidence, question: Parameters<typeof assess>[2], one: RulePack, other: RulePack) => void,
) =>
  fc.assert(
    fc.asyncProperty(
      anyRegister(),
      anyAsOf,
      anyParameters,
      anyParameters,
      async (steps, effectiveThrough, one, other) => {
        const { log } = await carriedOut(steps)
        const question = { effectiveThrough, asKnownAt: inOslo('2100-01-01') }
        holdsFor(evidenceFrom(historyOfLog(log)), question, packOf(one), packOf(other))
      },
    ),
    { numRuns: 60 },
  )

const sumOf = (all: ReadonlyArray<Points>): Points => all.reduce(plus, noPoints)
const differenceOf = ({ points }: { readonly points: Compared }): Points => points.difference

test('by the same rules nothing changes', async () => {
  await holds((evidence, question, one) => {
    const { doctors, groups, rules, total } = whatIf(evidence, one, one, question)
    expect({ doctors, groups, rules }).toEqual({ doctors: [], groups: [], rules: [] })
    expect([total.gaining, total.losing, total.otherwise]).toEqual([0, 0, 0])
  })
})

test('all differences add up to the difference of the two totals', async () => {
  await holds((evidence, question, one, other) => {
    const { doctors, groups, total } = whatIf(evidence, one, other, question)
    const { standingFor } = personsKnown(evidence.merges, question)
    const standing = [...evidence.doctors.keys()].filter((doctor) => standingFor(doctor) === doctor)
    const everyonesPoints = (rules: RulePack): Points => {
      const of = assessEachPeriod(evidence, rules, question)
      return sumOf(standing.flatMap(of).map(({ points }) => points))
    }
    expect(total.points.before).toEqual(everyonesPoints(one))
    expect(total.points.after).toEqual(everyonesPoints(other))
    const { difference } = total.points
    expect(difference).toEqual(minus(everyonesPoints(other), everyonesPoints(one)))
    expect(sumOf(doctors.map(differenceOf))).toEqual(difference)
    expect(sumOf(groups.map(differenceOf))).toEqual(difference)
    for (const doctor of doctors) {
      expect(sumOf(doctor.periods.map(differenceOf))).toEqual(doctor.points.difference)
      expect(sumOf(doctor.periods.flatMap(({ attendances }) => attendances).map(differenceOf))).toEqual(
        doctor.points.difference,
      )
    }
  })
})

test('the other way round every difference has the other sign', async () => {
  await holds((evidence, question, one, other) => {
    const there = whatIf(evidence, one, other, question)
    const back = whatIf(evidence, other, one, question)
    const turned = ({ before, after, difference }: Compared): Compared => ({
      before: after,
      after: before,
      difference: minus(noPoints, difference),
    })
    const { gaining, losing, otherwise, unchanged, points } = there.total
    expect(back.total).toEqual({ gaining: losing, losing: gaining, otherwise, unchanged, points: turned(points) })
    expect(back.doctors.map(({ doctor, points, periods }) => [doctor, points, periods.map(differenceOf)])).toEqual(
      there.doctors.map(({ doctor, points, periods }) => [
        doctor,
        turned(points),
        periods.map((period) => turned(period.points).difference),
      ]),
    )
    const causes = ({ doctors }: typeof there) =>
      doctors.map(({ periods }) =>
        periods
          .flatMap(({ attendances }) => attendances)
          .map(({ label, because }) => [label, ...because.map(({ name }) => name).sort()]),
      )
    expect(causes(back)).toEqual(causes(there))
  })
})

test('the last of a doctor’s periods is the one that points answer for, and no attendance is in two', async () => {
  await holds((evidence, question, one) => {
    const each = assessEachPeriod(evidence, one, question)
    const of = assess(evidence, one, question)
    for (const doctor of evidence.doctors.keys()) {
      const periods = each(doctor)
      expect(periods.at(-1) ?? null).toEqual(of(doctor).period === null ? null : of(doctor))
      const lines = periods.flatMap(({ lines }) => lines.map(({ session, group }) => `${session} ${group}`))
      expect(new Set(lines).size).toBe(lines.length)
      for (const { lines, points } of periods) expect(compare(sumOf(lines.map((line) => line.points)), points)).toBe(0)
    }
  })
})

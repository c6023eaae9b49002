// stricter.property.test.ts: what a region, a hospital or a group makes stricter never counts more than the national rules do

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ruleNames } from '../rules/changes.ts'
import { defaultPack } from '../rules/default-pack.ts'
import { adaptation, inForceAfter, ofGroup, pack, published, sourced } from '../rules/published.test-kit.ts'
import type { DeclarationRule, RoundingRule, RuleName, Rules, RuleValues, WindowRule } from '../rules/rule-pack.ts'
import { strictness } from '../rules/strictness.ts'
import { anyRegister, doctorsOfRandomRegisters, groupsOfRandomRegisters } from '../testing/generators.ts'
import { carriedOut, doctorNamed, evidenceFrom, groupNamed, historyOfLog, inOslo } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { compare } from '../values/points.ts'
import { type DoctorPoints, points } from './points.ts'

type Values = { readonly [Name in RuleName]?: RuleValues[Name] }

const oneOf = fc.constantFrom
const anyValues = (): fc.Arbitrary<Values> =>
  fc.record(
    {
      quorum: oneOf(1, 2, 3),
      sessionMinutesMin: oneOf(0, 60, 130, 200),
      dayCapMinutes: oneOf(150, 240, 360, 1000),
      dayCap: oneOf('cut', 'reject'),
      groupThreshold: oneOf(1, 2, 3, 5),
      doctorThresholdMinutes: oneOf(0, 200, 360, 600),
      membershipTransfer: oneOf('none', 'adds-up'),
      minutesPerPoint: oneOf(45, 60, 90),
      yearlyCap: oneOf<'none' | number>('none', 3, 8),
      declaration: oneOf<DeclarationRule>('prospective', 'cures-window', { curesDays: 30 }, { curesDays: 90 }),
    },
    { requiredKeys: [] },
  )

/** Rules under which much counts, so that much can be lost. */
const easy: Rules = {
  ...defaultPack,
  quorum: { ...defaultPack.quorum, value: 1 },
  groupThreshold: { ...defaultPack.groupThreshold, value: 1 },
  doctorThresholdMinutes: { ...defaultPack.doctorThresholdMinutes, value: 0 },
  declaration: { ...defaultPack.declaration, value: { curesDays: 3_000 } },
}

/** While the local rules hold: from the beginning and for good, or for a part of the windows that sessions lie in. */
const anyStretch = () =>
  oneOf<readonly [from: string, until: string | null]>(
    // For good, as most are.
    ['2020-01-01', null],
    ['2020-01-01', null],
    ['2020-01-01', null],
    ['2020-01-01', '2024-03-15'],
    ['2024-02-15', '2024-09-01'],
    ['2024-03-15', null],
  )

/** A local value is no looser than the national one, which is an easy one where it is not said. */
const isNoLooser = <Name extends RuleName>(name: Name, local: Values, national: Values): boolean => {
  const value: RuleValues[Name] | undefined = local[name]
  const than: RuleValues[Name] = national[name] ?? easy[name].value
  return value !== undefined && strictness[name]?.(value, than) === true
}

/** What is not ordered is fixed for the whole country, and may be anything that can stand together. */
const anyFixed = () =>
  fc
    .record({
      window: oneOf<WindowRule>('calendar-year', 'group-year', 'rolling-12-months'),
      rounding: oneOf<RoundingRule>(
        'none',
        { mode: 'floor', per: 'session', unit: 1 },
        { mode: 'half-up', per: 'session', unit: 0.5 },
        { mode: 'floor', per: 'window', unit: 1 },
        { mode: 'half-up', per: 'window', unit: 1 },
      ),
    })
    .filter(
      ({ window, rounding }) => window !== 'rolling-12-months' || rounding === 'none' || rounding.per === 'session',
    )

const ordered = ruleNames.filter((name) => strictness[name] !== null)

/** That a rule takes minutes from one attendance because of another, which may be gone under stricter rules. */
const takesForAnother = ({ lines }: DoctorPoints, rounding: RoundingRule): boolean =>
  lines.some(({ cuts, capped, shortfall }) =>
    [...cuts.map(({ because }) => because), capped?.because, shortfall].some(
      (because) =>
        because?.reason === 'OVERLAPPING' ||
        because?.reason === 'YEARLY_CAP' ||
        (because?.reason === 'DAY_CAP' &&
          (because.effect === 'reject' || (rounding !== 'none' && rounding.per === 'session'))),
    ),
  )

test('S2-20 a stricter local pack never counts more, unless the national explanation names the rule that took it for another attendance', async () => {
  let [fewer, more, alike] = [0, 0, 0]
  await fc.assert(
    fc.asyncProperty(
      anyRegister(),
      fc.oneof({ arbitrary: fc.constant<Values>({}), weight: 2 }, { arbitrary: anyValues(), weight: 1 }),
      anyValues(),
      fc.oneof(fc.constant({ window: 'calendar-year', rounding: 'none' } as const), anyFixed()),
      fc.subarray([...groupsOfRandomRegisters], { minLength: 1 }),
      anyStretch(),
      async (steps, national, written, fixed, groups, [from, until]) => {
        const local = Object.fromEntries(
          ordered.filter((name) => isNoLooser(name, written, national)).map((name) => [name, written[name]]),
        )
        const permitted = ordered.map((name) => {
          const { value, source } = easy[name]
          return [name, { value: national[name] ?? value, source, permission: 'may-be-stricter' }]
        })
        const unordered = Object.entries(fixed).map(([name, value]) => [
          name,
          { value, source: defaultPack.window.source, permission: 'fixed' },
        ])
        const basis = pack('2020-01-01', Object.fromEntries([...permitted, ...unordered]))
        const nationally = inForceAfter(published.pack(basis))
        const locally = inForceAfter(
          published.pack(basis),
          ...groups.map((group) =>
            published.adaptation(adaptation(ofGroup(groupNamed(group)), basis, sourced(local), from, until)),
          ),
        )
        const evidence = evidenceFrom(historyOfLog((await carriedOut(steps)).log))
        const question = { effectiveThrough: legalDate('2024-12-31'), asKnownAt: inOslo('2100-01-01') }
        for (const doctor of doctorsOfRandomRegisters.map(doctorNamed)) {
          const before = points(doctor, evidence, nationally, question)
          const after = points(doctor, evidence, locally, question)
          const difference = compare(after.points, before.points)
          if (difference > 0) expect(takesForAnother(before, fixed.rounding)).toBe(true)
          if (difference > 0) more += 1
          else if (difference < 0) fewer += 1
          else alike += 1
        }
      },
    ),
    { numRuns: 250 },
  )
  expect(fewer).toBeGreaterThan(10)
  expect(alike).toBeGreaterThan(20)
  expect(more).toBeLessThan(fewer)
})

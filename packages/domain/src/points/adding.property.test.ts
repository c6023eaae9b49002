// adding.property.test.ts: what becomes of everybody's total when one attendance more is known

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Entry } from '../kernel/correction.ts'
import { eventIdOf, position, type Recorded } from '../kernel/event.ts'
import { defaultPack } from '../rules/default-pack.ts'
import type { RoundingRule, RulePack, RuleValues } from '../rules/rule-pack.ts'
import { attendanceAdded } from '../session/session-events.ts'
import { anyRegister, doctorsOfRandomRegisters } from '../testing/generators.ts'
import {
  carriedOut,
  commandNamed,
  doctorNamed,
  evidenceFrom,
  historyOfLog,
  inOslo,
  type RegisterEvent,
} from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { compare } from '../values/points.ts'
import { type DoctorPoints, points } from './points.ts'

type History = ReadonlyArray<Recorded<Entry<RegisterEvent>>>

const question = { effectiveThrough: legalDate('2024-12-31'), asKnownAt: inOslo('2100-01-01') }

/** Rules under which much counts, so that much can be taken. */
const easy: RulePack = {
  ...defaultPack,
  quorum: { ...defaultPack.quorum, value: 1 },
  groupThreshold: { ...defaultPack.groupThreshold, value: 1 },
  doctorThresholdMinutes: { ...defaultPack.doctorThresholdMinutes, value: 0 },
  declaration: { ...defaultPack.declaration, value: { curesDays: 3_000 } },
}

const everyone = (history: History, rules: RulePack): ReadonlyArray<DoctorPoints> => {
  const evidence = evidenceFrom(history)
  return doctorsOfRandomRegisters.map((doctor) => points(doctorNamed(doctor), evidence, rules, question))
}

const anyRules: fc.Arbitrary<RulePack> = fc
  .record<Partial<RuleValues>>({
    window: fc.constantFrom('calendar-year', 'group-year', 'rolling-12-months'),
    minutesPerPoint: fc.constantFrom(45, 60),
    rounding: fc.constantFrom<RoundingRule>(
      'none',
      { mode: 'floor', per: 'session', unit: 1 },
      { mode: 'half-up', per: 'session', unit: 0.5 },
      { mode: 'half-up', per: 'window', unit: 1 },
    ),
    dayCap: fc.constantFrom('cut', 'reject'),
    dayCapMinutes: fc.constantFrom(200, 360),
    membershipTransfer: fc.constantFrom('none', 'adds-up'),
    yearlyCap: fc.constantFrom<'none' | number>('none', 3),
    groupThreshold: fc.constantFrom(1, 3),
    doctorThresholdMinutes: fc.constantFrom(0, 200),
  })
  // Rounding per window needs the one window of a session.
  .map((values) => (values.window === 'rolling-12-months' ? { ...values, rounding: 'none' as const } : values))
  .map((values) => ({
    ...easy,
    ...Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, { value, source: defaultPack.quorum.source }]),
    ),
  }))

/** What a year may give is taken from a period only by sessions of the period before it, which are none of its lines. */
const takesPoints = ({ lines }: DoctorPoints): boolean =>
  lines.some(({ capped }) =>
    capped?.because.counted.some(({ session }) => lines.every((line) => line.session !== session)),
  )

/** The rules by which an attendance can take minutes from another of the same doctor; the line says which did it. */
const takesMinutes = ({ lines }: DoctorPoints): boolean =>
  lines.some(({ cuts, shortfall }) =>
    [...cuts.map(({ because }) => because), shortfall].some(
      (because) => because?.reason === 'OVERLAPPING' || because?.reason === 'DAY_CAP' || because?.reason === 'GUEST',
    ),
  )

test('adding an attendance never lowers anybody’s total, unless the explanation names the rule that did it', async () => {
  let more = 0
  await fc.assert(
    fc.asyncProperty(
      anyRegister(),
      fc.nat(),
      fc.constantFrom(...doctorsOfRandomRegisters),
      fc.constantFrom<'member' | 'guest'>('member', 'member', 'member', 'guest'),
      fc.oneof(fc.constantFrom(easy, defaultPack), anyRules, anyRules),
      async (steps, nth, name, role, rules) => {
        const history = historyOfLog((await carriedOut(steps)).log)
        const doctor = doctorNamed(name)
        // Who is on a list already, or was, would be replaced there, and nobody added.
        const lists = history.flatMap((recorded) => {
          const { event, stream } = recorded
          if (event.type !== 'SessionHeld') return []
          const { attendance, groups } = event.data
          const isNamed = (one: { readonly doctor: string }): boolean => one.doctor === doctor
          const isPutRight = history.some((other) => other.stream === stream && other.event.type !== 'SessionHeld')
          return attendance.some(isNamed) || isPutRight ? [] : groups.map((group) => ({ recorded, group }))
        })
        const list = lists[nth % lists.length]
        if (list === undefined) return
        const added: Recorded<Entry<RegisterEvent>> = {
          ...list.recorded,
          id: eventIdOf(commandNamed('one more'), 0),
          position: position(history.length + 1_000),
          event: attendanceAdded.of({
            attendance: { group: list.group, doctor, role, presence: { kind: 'whole' } },
            reason: 'forgotten',
          }),
        }
        const before = everyone(history, rules)
        for (const [index, after] of everyone([...history, added], rules).entries()) {
          const was = before[index]
          if (was === undefined) throw new TypeError('the same doctors before and after')
          const minutes = after.countedMinutes - was.countedMinutes
          const given = compare(after.points, was.points)
          const became = {
            minutes: minutes < 0,
            points: given < 0,
            isNamed: takesMinutes(after) || (minutes >= 0 && takesPoints(after)),
          }
          if (minutes < 0 || given < 0) expect(became).toEqual({ ...became, isNamed: true })
          if (minutes > 0 && given > 0) more += 1
        }
      },
    ),
    { numRuns: 150 },
  )
  expect(more).toBeGreaterThan(0)
})

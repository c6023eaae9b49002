// nearest.property.test.ts: what is said to make an attendance count does, and where nothing is said nothing does

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Entry } from '../kernel/correction.ts'
import { eventIdOf, position, type Recorded, revision, type StreamName } from '../kernel/event.ts'
import { instantOf, millisecondsOf } from '../kernel/instant.ts'
import { defaultPack } from '../rules/default-pack.ts'
import type { DeclarationRule, RulePack, RuleValues } from '../rules/rule-pack.ts'
import { anyDate, anyRegister, doctorsOfRandomRegisters, groupsOfRandomRegisters } from '../testing/generators.ts'
import {
  carriedOut,
  commandNamed,
  doctorNamed,
  evidenceFrom,
  groupNamed,
  groupStream,
  historyOfLog,
  inOslo,
  type RegisterEvent,
  sessionStream,
} from '../testing/index.ts'
import type { DoctorId, GroupId } from '../values/identity.ts'
import { dateIn, type LegalDate, legalDate, oslo, plusDays, startOf } from '../values/legal-date.ts'
import { nearestChanges } from './nearest.ts'
import { points } from './points.ts'

type History = ReadonlyArray<Recorded<Entry<RegisterEvent>>>
type Fact = readonly [StreamName, RegisterEvent]

const asKnownAt = inOslo('2100-01-01')
const others = ['Anne', 'Finn'].map(doctorNamed)

const withMore = (history: History, facts: ReadonlyArray<Fact>): History => {
  const last = history.at(-1)
  if (last === undefined) return history
  const more = facts.map(([stream, event], index) => ({
    ...last,
    id: eventIdOf(commandNamed(`more ${index}`), 0),
    stream,
    revision: revision(1000 + index),
    position: position(last.position + 1 + index),
    knownSince: asKnownAt,
    event,
  }))
  return [...history, ...more]
}

/** Sessions of one group on those days, one after the other, the doctor at the first of them for so many minutes each; somebody else is there, and all of them are members. */
const meetings = (
  group: GroupId,
  days: ReadonlyArray<LegalDate>,
  count: number,
  doctor: DoctorId,
  shares: ReadonlyArray<number>,
): ReadonlyArray<Fact> => {
  const stream = groupStream(groupsOfRandomRegisters.find((name) => groupNamed(name) === group) ?? '')
  const [first] = [...days].sort()
  if (first === undefined) return []
  const ends = new Map<LegalDate, number>()
  return [
    ...[...others, ...(shares.length > 0 ? [doctor] : [])].map(
      (member): Fact => [stream, { type: 'MemberJoined', data: { doctor: member, on: first } }],
    ),
    [stream, { type: 'IndustryFreeDeclared', data: { signedBy: doctorNamed('Anne'), on: first } }],
    ...Array.from({ length: count }, (_, index): Fact => {
      const date = days[index % days.length] ?? first
      const minutes = shares[index] ?? 0
      const begins = ends.get(date) ?? millisecondsOf(startOf(oslo, date)) + 60 * 60_000
      const starts = instantOf(begins)
      const over = begins + Math.max(minutes, 60) * 60_000
      ends.set(date, over + 60_000)
      const there = { from: starts, to: instantOf(begins + minutes * 60_000) }
      const attendance = [
        ...others.map((one) => ({ doctor: one, presence: { kind: 'whole' as const } })),
        ...(minutes > 0 ? [{ doctor, presence: { kind: 'intervals' as const, intervals: [there] } }] : []),
      ].map((one) => ({ group, role: 'member' as const, ...one }))
      const data = {
        ...{ starts, ends: instantOf(over), zone: oslo, date, place: null, department: null, hosts: [] },
        ...{ groups: [group], topics: [], attendance, reference: null, request: null },
      }
      return [sessionStream(`more ${group} ${index}`), { type: 'SessionHeld', data }]
    }),
  ]
}

/** Minutes by the day, none of which gives more than its cap. */
const sharesOf = (minutes: number, cap: number): ReadonlyArray<number> =>
  Array.from({ length: Math.ceil(minutes / cap) }, (_, nth) => Math.min(cap, minutes - nth * cap))

const cleared = (stream: StreamName): Fact => [stream, { type: 'IndustryContributionCleared', data: { reason: '' } }]
const signed = (group: string, on: LegalDate): Fact => [
  groupStream(group),
  { type: 'IndustryFreeDeclared', data: { signedBy: doctorNamed('Anne'), on } },
]

const anyRules: fc.Arbitrary<RulePack> = fc
  .record<Partial<RuleValues>>({
    window: fc.constantFrom('calendar-year', 'group-year', 'rolling-12-months'),
    declaration: fc.constantFrom<DeclarationRule>('prospective', 'cures-window', { curesDays: 60 }),
    dayCap: fc.constantFrom('cut', 'reject'),
    dayCapMinutes: fc.constantFrom(100, 360),
    membershipTransfer: fc.constantFrom('none', 'none', 'adds-up'),
    groupThreshold: fc.constantFrom(1, 3, 4),
    doctorThresholdMinutes: fc.constantFrom(100, 360),
  })
  .map((values) => ({
    ...defaultPack,
    ...Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, { value, source: defaultPack.quorum.source }]),
    ),
  }))

test('what is said to make an attendance count does, the last day too, and a little less does not', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyRegister(),
      anyRules,
      anyDate(legalDate('2023-06-01'), legalDate('2025-01-31')),
      fc.boolean(),
      async (steps, rules, asOf, atOnce) => {
        const history = historyOfLog((await carriedOut(steps)).log)
        const evidence = evidenceFrom(history)
        const held = history.flatMap(({ event }) => (event.type === 'SessionHeld' ? [event.data] : []))
        const isOver = held.every(({ date }) => date <= asOf)
        // Also the day on which one ends that goes on through the night.
        const dates = new Set(held.flatMap(({ date, ends }) => [date, dateIn(oslo, ends)]))
        for (const name of doctorsOfRandomRegisters) {
          const doctor = doctorNamed(name)
          const question = { effectiveThrough: asOf, asKnownAt }
          const { period, lines } = points(doctor, evidence, rules, question)
          const changes = nearestChanges(doctor, evidence, rules, question)
          expect(changes.map(({ session, group }) => `${session} ${group}`)).toEqual(
            lines.filter(({ shortfall }) => shortfall !== null).map(({ session, group }) => `${session} ${group}`),
          )
          if (period === null) continue
          const lineAfter = (facts: ReadonlyArray<Fact>, through: LegalDate, one: (typeof changes)[number]) =>
            points(doctor, evidenceFrom(withMore(history, facts)), rules, {
              effectiveThrough: through,
              asKnownAt,
            }).lines.find(({ session, group }) => session === one.session && group === one.group)
          for (const change of changes) {
            const cap = rules.dayCapMinutes.value
            if (change.steps.length === 0) {
              const tomorrow = plusDays(asOf, 1)
              if (tomorrow >= period.to) continue
              const days = freeDays(plusDays(asOf, 1), period.to, 1, 8, dates)
              const attended = change.tried === 'everything' ? sharesOf(cap * days.length, cap) : []
              const everything = [
                ...groupsOfRandomRegisters.flatMap((group) => [
                  signed(group, asOf),
                  ...meetings(
                    groupNamed(group),
                    days,
                    days.length * 4,
                    doctor,
                    groupNamed(group) === change.group ? attended : [],
                  ),
                ]),
                ...[...evidence.sessions.keys()].map((session) => cleared(streamOf(history, session))),
              ]
              expect(lineAfter(everything, days.at(-1) ?? tomorrow, change)?.counted ?? 0).toBe(0)
              continue
            }
            let through = asOf
            const until = (day: LegalDate): void => {
              if (through < day) through = day
            }
            const facts = (minutesLess: number, sessionsLess: number, daysLater = 0): ReadonlyArray<Fact> | null => {
              const all: Fact[] = []
              through = asOf
              for (const step of change.steps) {
                const last = 'by' in step && step.by < period.to ? step.by : plusDays(period.to, -1)
                if (step.step === 'sign') {
                  all.push(signed(labelOf(step.group), atOnce ? asOf : last))
                  until(atOnce ? asOf : last)
                } else if (step.step === 'clear') all.push(cleared(streamOf(history, step.session)))
                else {
                  const shares = sharesOf(step.minutes - minutesLess, cap)
                  const count = Math.max(step.sessions - sessionsLess, shares.length)
                  const days = atOnce
                    ? freeDays(plusDays(asOf, 1), plusDays(last, 1), 1, Math.max(shares.length, 1), dates)
                    : freeDays(plusDays(last, daysLater), asOf, -1, Math.max(shares.length, 1), dates)
                  if (days.length < Math.max(shares.length, 1)) return null
                  for (const day of days) until(day)
                  all.push(...meetings(step.group, days, count, doctor, shares))
                }
              }
              return all
            }
            const enough = facts(0, 0)
            if (enough === null) continue
            expect({ change, counted: (lineAfter(enough, through, change)?.counted ?? 0) > 0 }).toEqual({
              change,
              counted: true,
            })
            const [only, another] = change.steps.filter((step) => step.step === 'meet')
            if (!isOver || only === undefined || another !== undefined) continue
            const isTooLittle = (facts: ReadonlyArray<Fact> | null): void => {
              if (facts !== null) expect(lineAfter(facts, through, change)?.counted ?? 0).toBe(0)
            }
            if (only.minutes > 0) isTooLittle(facts(1, 0))
            if (only.sessions > sharesOf(only.minutes, cap).length) isTooLittle(facts(0, 1))
            if (!atOnce && plusDays(only.by, 1) < period.to) isTooLittle(facts(0, 0, 1))
          }
        }
      },
    ),
    { numRuns: 40 },
  )
})

test('random registers reach every kind of step, several at once, and none', async () => {
  const rules: RulePack = { ...defaultPack, declaration: { ...defaultPack.declaration, value: 'cures-window' } }
  const question = { effectiveThrough: legalDate('2024-10-01'), asKnownAt }
  const seen = new Set<string>()
  for (const steps of fc.sample(anyRegister(), { seed: 2024, numRuns: 120 })) {
    const evidence = evidenceFrom(historyOfLog((await carriedOut(steps)).log))
    for (const name of doctorsOfRandomRegisters) {
      for (const change of nearestChanges(doctorNamed(name), evidence, rules, question))
        seen.add(change.steps.map(({ step }) => step).join())
    }
  }
  expect([...seen]).toEqual(expect.arrayContaining(['', 'meet', 'sign', 'sign,meet']))
  expect([...seen].some((steps) => steps.startsWith('clear'))).toBe(true)
})

const labelOf = (group: GroupId): string => groupsOfRandomRegisters.find((name) => groupNamed(name) === group) ?? ''
const streamOf = (history: History, session: string): StreamName => {
  const found = history.find(({ stream }) => stream.endsWith(session))
  if (found === undefined) throw new Error(`nothing was recorded of session ${session}`)
  return found.stream
}

/** So many days from that one on, forwards or backwards, on which nothing else was held; fewer where the others end. */
const freeDays = (
  from: LegalDate,
  end: LegalDate,
  way: 1 | -1,
  count: number,
  dates: ReadonlySet<LegalDate>,
): ReadonlyArray<LegalDate> => {
  const days: LegalDate[] = []
  for (let day = from; (way === 1 ? day < end : day > end) && days.length < count; day = plusDays(day, way))
    if (!dates.has(day)) days.push(day)
  return days
}

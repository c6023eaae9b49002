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
import { type LegalDate, legalDate, oslo, plusDays, startOf } from '../values/legal-date.ts'
import { nearestChanges } from './nearest.ts'
import { points } from './points.ts'
import type { Step } from './steps.ts'

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

/** Sessions of one group on one day, the doctor at the first of them; somebody else is there, and all of them are members. */
const meetings = (
  group: GroupId,
  date: LegalDate,
  lengths: ReadonlyArray<number>,
  doctor: DoctorId | null,
): ReadonlyArray<Fact> => {
  const stream = groupStream(groupsOfRandomRegisters.find((name) => groupNamed(name) === group) ?? '')
  let begins = millisecondsOf(startOf(oslo, date)) + 60 * 60_000
  return [
    ...[...others, ...(doctor === null ? [] : [doctor])].map(
      (member): Fact => [stream, { type: 'MemberJoined', data: { doctor: member, on: date } }],
    ),
    [stream, { type: 'IndustryFreeDeclared', data: { signedBy: doctorNamed('Anne'), on: date } }],
    ...lengths.map((length, index): Fact => {
      const starts = instantOf(begins)
      const ends = instantOf(begins + length * 60_000)
      begins += (length + 1) * 60_000
      const there = index === 0 && doctor !== null ? [...others, doctor] : others
      const attendance = there.map((one) => ({
        group,
        doctor: one,
        role: 'member' as const,
        presence: { kind: 'whole' as const },
      }))
      const data = {
        ...{ starts, ends, zone: oslo, date, place: null, department: null, hosts: [], groups: [group], topics: [] },
        ...{ attendance, reference: null, request: null },
      }
      return [sessionStream(`more ${group} ${index}`), { type: 'SessionHeld', data }]
    }),
  ]
}

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

/** The last of these days, or the period's last. */
const dayBefore = (by: LegalDate, end: LegalDate): LegalDate => (by < end ? by : plusDays(end, -1))

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
        const dates = new Set(history.flatMap(({ event }) => (event.type === 'SessionHeld' ? [event.data.date] : [])))
        const isOver = [...dates].every((date) => date <= asOf)
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
            if (change.steps.length === 0) {
              const tomorrow = plusDays(asOf, 1)
              if (tomorrow >= period.to) continue
              const everything = [
                ...groupsOfRandomRegisters.flatMap((group) => [
                  signed(group, asOf),
                  ...meetings(groupNamed(group), tomorrow, [60, 60, 60, 60], null),
                ]),
                ...[...evidence.sessions.keys()].map((session) => cleared(streamOf(history, session))),
              ]
              expect(lineAfter(everything, tomorrow, change)?.counted ?? 0).toBe(0)
              continue
            }
            let through = asOf
            const on = (by: LegalDate): LegalDate => {
              const day = atOnce ? asOf : dayBefore(by, period.to)
              if (through < day) through = day
              return day
            }
            const facts = (minutesLess: number, sessionsLess: number): ReadonlyArray<Fact> | null => {
              const all: Fact[] = []
              for (const step of change.steps) {
                if (step.step === 'sign') all.push(signed(labelOf(step.group), on(step.by)))
                else if (step.step === 'clear') all.push(cleared(streamOf(history, step.session)))
                else {
                  const date = freeDay(step, asOf, atOnce ? null : dayBefore(step.by, period.to), period.to, dates)
                  if (date === null) return null
                  if (through < date) through = date
                  const minutes = step.minutes - minutesLess
                  const count = Math.max(step.sessions - sessionsLess, minutes > 0 ? 1 : 0)
                  const lengths = Array.from({ length: count }, (_, i) => (i === 0 ? Math.max(minutes, 60) : 60))
                  all.push(...meetings(step.group, date, lengths, minutes > 0 ? doctor : null))
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
            const [only] = change.steps
            if (!isOver || change.steps.length > 1 || only?.step !== 'meet') continue
            // Where windows roll, earlier meetings stand in another window, which can take fewer.
            if (rules.window.value === 'rolling-12-months' && through !== only.by) continue
            if (only.minutes > 60) {
              const less = facts(1, 0)
              if (less !== null) expect(lineAfter(less, through, change)?.counted ?? 0).toBe(0)
            }
            if (only.sessions > 1) {
              const less = facts(0, 1)
              if (less !== null) expect(lineAfter(less, through, change)?.counted ?? 0).toBe(0)
            }
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

/** The last day, or tomorrow, on which nothing else was held; null: there is none. */
const freeDay = (
  { by }: Extract<Step, { readonly step: 'meet' }>,
  asOf: LegalDate,
  last: LegalDate | null,
  end: LegalDate,
  dates: ReadonlySet<LegalDate>,
): LegalDate | null => {
  let day = last ?? plusDays(asOf, 1)
  while (dates.has(day)) day = plusDays(day, last === null ? 1 : -1)
  return day > asOf && day <= by && day < end ? day : null
}

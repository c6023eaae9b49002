// points.property.test.ts: what holds for the points of every doctor in any register

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Entry } from '../kernel/correction.ts'
import { position, type Recorded } from '../kernel/event.ts'
import type { Instant } from '../kernel/instant.ts'

import { defaultPack } from '../rules/default-pack.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import { anyDate, anyRegister, doctorsOfRandomRegisters, type Step } from '../testing/generators.ts'
import { carriedOut, doctorNamed, evidenceFrom, historyOfLog, inOslo, type RegisterEvent } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { compare, noPoints, plus, pointsOf } from '../values/points.ts'
import { type DoctorPoints, points } from './points.ts'
import { programme } from './programme.ts'

type History = ReadonlyArray<Recorded<Entry<RegisterEvent>>>

const anyAsOf = () =>
  fc.oneof(fc.constant(legalDate('2024-12-31')), anyDate(legalDate('2023-01-01'), legalDate('2025-06-30')))
const anyKnownAt = () => anyDate(legalDate('2022-06-01'), legalDate('2025-01-01')).map((date) => inOslo(date))
const theEnd = inOslo('2100-01-01')

const fromDecision: RulePack = { ...defaultPack, nextPeriod: { ...defaultPack.nextPeriod, value: 'from-decision' } }

const everyone = (
  history: History,
  asOf: string,
  asKnownAt: Instant,
  rules: RulePack = defaultPack,
): ReadonlyArray<DoctorPoints> => {
  const evidence = evidenceFrom(history)
  const question = { effectiveThrough: legalDate(asOf), asKnownAt }
  return doctorsOfRandomRegisters.map((doctor) => points(doctorNamed(doctor), evidence, rules, question))
}

const holds = (holdsFor: (history: History, asOf: string, knownAt: Instant) => void) =>
  fc.assert(
    fc.asyncProperty(anyRegister(), anyAsOf(), anyKnownAt(), async (steps: ReadonlyArray<Step>, asOf, knownAt) => {
      const { log } = await carriedOut(steps)
      holdsFor(historyOfLog(log), asOf, knownAt)
    }),
    { numRuns: 80 },
  )

test('an answer as known at a moment is never changed by what was known later', async () => {
  await holds((history, asOf, knownAt) => {
    const then = history.filter(({ knownSince }) => knownSince <= knownAt)
    expect(everyone(history, asOf, knownAt)).toEqual(everyone(then, asOf, knownAt))
  })
})

test('what is effective later changes no answer', async () => {
  await holds((history, asOf) => {
    const isLater = ({ event }: Recorded<Entry<RegisterEvent>>): boolean =>
      (event.type === 'SessionHeld' && event.data.date > asOf) ||
      ((event.type === 'MemberJoined' ||
        event.type === 'IndustryFreeDeclared' ||
        event.type === 'PeriodExtended' ||
        event.type === 'PeriodDecided' ||
        event.type === 'ComplaintFiled' ||
        event.type === 'ComplaintUpheld' ||
        event.type === 'SpecialistTrainingStarted' ||
        event.type === 'SpecialtyGranted') &&
        event.data.on > asOf)
    const put = new Set(
      history.flatMap(({ event }) =>
        typeof event.data === 'object' && 'corrects' in event.data ? [event.data.corrects] : [],
      ),
    )
    const untilThen = history.filter((recorded) => !isLater(recorded) || put.has(recorded.id))
    for (const rules of [defaultPack, fromDecision])
      expect(everyone(history, asOf, theEnd, rules)).toEqual(everyone(untilThen, asOf, theEnd, rules))
  })
})

test('the order in which facts of different streams were recorded changes no answer', async () => {
  await holds((history, asOf, knownAt) => {
    const streams = [...new Set(history.map(({ stream }) => stream))].sort()
    const other = streams
      .flatMap((stream) => history.filter((recorded) => recorded.stream === stream))
      .map((recorded, index) => ({ ...recorded, position: position(index + 1) }))
    expect(everyone(other, asOf, knownAt)).toEqual(everyone(history, asOf, knownAt))
    const backwards = [...streams]
      .reverse()
      .flatMap((stream) => history.filter((recorded) => recorded.stream === stream))
      .map((recorded, index) => ({ ...recorded, position: position(index + 1) }))
    expect(everyone(backwards, asOf, theEnd)).toEqual(everyone(history, asOf, theEnd))
  })
})

test('so it is with the whole programme, and with training, by rules under which a decision begins the next period', async () => {
  const all = (history: History, asOf: string, asKnownAt: Instant) => {
    const evidence = evidenceFrom(history)
    const question = { effectiveThrough: legalDate(asOf), asKnownAt }
    return doctorsOfRandomRegisters.map((name) => [
      programme(doctorNamed(name), evidence, fromDecision, question),
      points(doctorNamed(name), evidence, fromDecision, question, 'specialist-training'),
    ])
  }
  await holds((history, asOf, knownAt) => {
    const then = history.filter(({ knownSince }) => knownSince <= knownAt)
    expect(all(history, asOf, knownAt)).toEqual(all(then, asOf, knownAt))
    const streams = [...new Set(history.map(({ stream }) => stream))].sort()
    const other = streams
      .flatMap((stream) => history.filter((recorded) => recorded.stream === stream))
      .map((recorded, index) => ({ ...recorded, position: position(index + 1) }))
    expect(all(other, asOf, theEnd)).toEqual(all(history, asOf, theEnd))
  })
})

test('evaluating twice gives the same, byte for byte', async () => {
  await holds((history, asOf, knownAt) => {
    const once = everyone(history, asOf, knownAt)
    const twice = everyone(history, asOf, knownAt)
    expect(twice).toEqual(once)
    expect(JSON.stringify(twice)).toBe(JSON.stringify(once))
  })
})

test('the numbers of an answer belong together', async () => {
  await holds((history, asOf) => {
    for (const answered of everyone(history, asOf, theEnd)) {
      const perPoint = defaultPack.minutesPerPoint.value
      const { countedMinutes, mandatory, elective, overflow, missing, lines, pendingMinutes } = answered
      expect(answered.points).toEqual(pointsOf(countedMinutes, perPoint))
      expect(plus(plus(mandatory, elective), overflow)).toEqual(answered.points)
      expect(plus(mandatory, missing)).toEqual(pointsOf(defaultPack.mandatory.value, 1))
      for (const part of [mandatory, elective, overflow, missing])
        expect(compare(part, noPoints)).toBeGreaterThanOrEqual(0)
      expect(lines.reduce((sum, { counted }) => sum + counted, 0)).toBe(countedMinutes)
      expect(pendingMinutes).toBeLessThanOrEqual(lines.reduce((sum, { heldBack }) => sum + heldBack, 0))
    }
  })
})

test('each line says where its minutes went', async () => {
  await holds((history, asOf) => {
    for (const { lines, period } of everyone(history, asOf, theEnd)) {
      for (const { present, counted, heldBack, cuts, shortfall, date } of lines) {
        const cut = cuts.reduce((sum, { minutes }) => sum + minutes, 0)
        expect(counted === 0 || shortfall === null).toBe(true)
        expect(counted > 0 || shortfall !== null).toBe(true)
        const neverCompeted = cuts.length === 0 && counted === 0 && heldBack === 0
        expect(neverCompeted ? counted : counted + heldBack + cut).toBe(neverCompeted ? 0 : present)
        expect(period !== null && period.from <= date && date < period.to && date <= asOf).toBe(true)
      }
    }
  })
})

test('no doctor counts more than the minutes of a clock, nor more than the cap of a day', async () => {
  await holds((history, asOf) => {
    for (const { lines } of everyone(history, asOf, theEnd)) {
      const days = new Map<string, number>()
      for (const { date, group, counted, heldBack } of lines) {
        const key = `${date} ${group}`
        days.set(key, (days.get(key) ?? 0) + counted + heldBack)
      }
      for (const minutes of days.values()) expect(minutes).toBeLessThanOrEqual(defaultPack.dayCapMinutes.value)
    }
  })
})

test('random registers reach every reason, and every kind of correction', async () => {
  const reasons = new Set<string>()
  const types = new Set<string>()
  let counted = 0
  for (const steps of fc.sample(anyRegister(), { seed: 2024, numRuns: 200 })) {
    const history = historyOfLog((await carriedOut(steps)).log)
    for (const { event } of history) types.add(event.type)
    for (const answered of everyone(history, '2024-12-31', theEnd)) {
      counted += answered.countedMinutes
      for (const { shortfall } of answered.lines) if (shortfall !== null) reasons.add(shortfall.reason)
    }
  }
  expect(counted).toBeGreaterThan(0)
  expect([...reasons].sort()).toEqual([
    'BELOW_QUORUM',
    'DAY_CAP',
    'DOCTOR_UNDER_6_HOURS',
    'GROUP_UNDER_3_MEETINGS',
    'GUEST',
    'HOSTING',
    'INDUSTRY',
    'NOT_MEMBER',
    'NO_DECLARATION',
    'NO_MINUTES',
    'OVERLAPPING',
    'SESSION_TOO_SHORT',
  ])
  for (const fact of ['SessionHeld', 'MemberJoined', 'IndustryFreeDeclared', 'MemberLeft', 'AttendanceAdded']) {
    expect([...types]).toContain(fact)
    expect([...types]).toContain(`${fact}Retracted`)
  }
  expect([...types]).toContain('SessionHeldCorrected')
  expect([...types]).toContain('IndustryFreeDeclaredCorrected')
})

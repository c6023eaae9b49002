// register.property.test.ts: projections are replays, and commands are carried out once, in any register

import fc from 'fast-check'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { catchUp } from '../kernel/catch-up.ts'
import type { Projection } from '../kernel/projection.ts'
import { encodeRow, follower, replay } from '../kernel/replay.ts'
import { type DoctorPoints, points } from '../points/points.ts'
import { factsKnown } from '../projections/as-known.ts'
import { doctorEvidence, groupEvidence, sessionEvidence } from '../projections/evidence.ts'
import { groupRegister } from '../projections/group-register.ts'
import { hospitalDirectory } from '../projections/hospital-directory.ts'
import { doctorMerges } from '../projections/persons.ts'
import { publishedRules } from '../projections/published-rules.ts'
import { references } from '../projections/references.ts'
import { topicLog, topics } from '../projections/topic-log.ts'
import { rulesInForce } from '../rules/in-force.ts'
import { norway } from '../rules/scheme.ts'
import { anyDate, anyRegister, doctorsOfRandomRegisters } from '../testing/generators.ts'
import { carriedOut, commandNamed, doctorNamed, evidenceFrom, historyOfLog, inMemoryRows } from '../testing/index.ts'
import type { DoctorId } from '../values/identity.ts'
import { legalDate } from '../values/legal-date.ts'
import { type RegisterEvent, registerEvents } from './events.ts'

/** A projection with its row type closed over: its follower, and its rows from nothing in their kept form. */
const closed = <Row>(projection: Projection<RegisterEvent, Row>) => ({
  name: projection.name,
  follower: follower(projection),
  replayed: (history: ReturnType<typeof historyOfLog>) =>
    new Map([...replay(projection, history)].map(([key, row]) => [key, encodeRow(projection, row)])),
})

const all = [
  closed(groupRegister),
  closed(topicLog),
  closed(topics),
  closed(hospitalDirectory),
  closed(references),
  closed(sessionEvidence),
  closed(groupEvidence),
  closed(doctorEvidence),
  closed(doctorMerges),
  closed(publishedRules),
]

test('projection = replay, with pages of any size and stopped anywhere', async () => {
  const anyStops = fc.array(
    fc.record({ pageSize: fc.integer({ min: 1, max: 9 }), pages: fc.integer({ min: 1, max: 4 }) }),
    { maxLength: 5 },
  )
  await fc.assert(
    fc.asyncProperty(anyRegister(), anyStops, fc.integer({ min: 1, max: 50 }), async (steps, stops, lastPageSize) => {
      const { log } = await carriedOut(steps)
      const rows = inMemoryRows()
      const task = { events: log, catalogue: registerEvents, rows, followers: all.map((one) => one.follower) }
      for (const { pageSize, pages } of stops) {
        const stop = new AbortController()
        let seen = 0
        const onPage = () => {
          seen += 1
          if (seen === pages) stop.abort()
        }
        await catchUp({ ...task, pageSize, signal: stop.signal, onPage })()
      }
      await catchUp({ ...task, pageSize: lastPageSize })()
      const history = historyOfLog(log)
      for (const { follower, replayed, name } of all) {
        const kept = await rows.list(follower.id, { limit: 1000 })()
        if (isLeft(kept)) throw new Error(kept.left.message)
        expect([name, new Map(kept.right.map(({ key, row }) => [key, row]))]).toEqual([name, replayed(history)])
      }
    }),
    { numRuns: 60 },
  )
})

test('the same commands again add nothing', async () => {
  await fc.assert(
    fc.asyncProperty(anyRegister(), async (steps) => {
      const opened = await carriedOut(steps)
      const before = opened.log.log.length
      for (const { name, command, knownSince } of steps) {
        const id = commandNamed(name)
        if (!opened.log.log.some(({ causation }) => causation === id)) continue
        const asking = {
          actor: { id: 'a sheet', role: 'importer' },
          id,
          ...(knownSince === null ? {} : { knownSince }),
        }
        expect(await opened.register.execute(command, asking)()).toMatchObject({ right: { repeated: true } })
      }
      expect(opened.log.log).toHaveLength(before)
    }),
    { numRuns: 40 },
  )
})

test('a doctor’s points are those of the whole log, asked for alone or with everyone’s', async () => {
  await fc.assert(
    fc.asyncProperty(anyRegister(), anyDate(legalDate('2023-01-01'), legalDate('2025-01-01')), async (steps, asOf) => {
      const { register, log } = await carriedOut(steps)
      const question = register.question({ effectiveThrough: asOf })
      const history = historyOfLog(log)
      const evidence = evidenceFrom(history)
      const published = factsKnown(replay(publishedRules, history).get(norway.id) ?? [], question)
      // No department of random registers is at a hospital.
      const rules = rulesInForce(published, register.rules, () => null)
      if (isLeft(rules)) throw new Error(rules.left.message)
      const wholly = new Map<DoctorId, DoctorPoints>()
      for (const name of doctorsOfRandomRegisters) {
        const expected = points(doctorNamed(name), evidence, rules.right, question)
        expect(await register.points(doctorNamed(name), question)()).toEqual(right(expected))
        wholly.set(expected.doctor, expected)
      }
      const withPeriod = [...wholly.values()].filter(({ period }) => period !== null)
      const everyone = await register.everyonesPoints(question)()
      const inOrder = (one: DoctorPoints, other: DoctorPoints) => (one.doctor < other.doctor ? -1 : 1)
      expect(isLeft(everyone) ? everyone : [...everyone.right].sort(inOrder)).toEqual([...withPeriod].sort(inOrder))
    }),
    { numRuns: 60 },
  )
})

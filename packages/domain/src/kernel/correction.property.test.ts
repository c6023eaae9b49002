// correction.property.test.ts: whatever corrections point at, what stands is decided, as by the plain reading of the rule

import fc from 'fast-check'
import { right } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { logbook } from '../testing/logbook.ts'
import { commandNamed, groupStream } from '../testing/names.ts'
import { decideCorrection, type Entry, factsInForce, isCorrected, isRetracted } from './correction.ts'
import { type Event, type EventId, eventIdOf, type Recorded } from './event.ts'

type Said = Event<'Said', string>
type Told = Recorded<Entry<Said>>

const ids = new Map<number, EventId>()
const idOf = (nth: number): EventId => {
  const id = ids.get(nth) ?? eventIdOf(commandNamed(`event ${nth}`), 0)
  ids.set(nth, id)
  return id
}

interface Move {
  readonly what: 'say' | 'correct' | 'retract'
  readonly target: number
}

/** A history as somebody may have written it into a store by hand: a correction may point at anything, also at itself or ahead. */
const historyOf = (moves: ReadonlyArray<Move>): ReadonlyArray<Told> =>
  moves.map(({ what, target }, nth) => ({ ...envelope, id: idOf(nth), event: entryOf(what, idOf(target), nth) }))

const entryOf = (what: Move['what'], corrects: EventId, nth: number): Entry<Said> => {
  const fact: Said = { type: 'Said', data: `as event ${nth} has it` }
  if (what === 'say') return fact
  return what === 'correct'
    ? { type: 'SaidCorrected', data: { corrects, reason: 'a slip', fact } }
    : { type: 'SaidRetracted', data: { corrects, reason: 'a slip' } }
}

const envelope = logbook<Said>().record(groupStream('G1'), { type: 'Said', data: 'any' })

const anyMoves = fc.integer({ min: 1, max: 14 }).chain((length) =>
  fc.array(
    fc.record({
      what: fc.constantFrom('say', 'correct', 'correct', 'retract'),
      target: fc.integer({ min: 0, max: length + 1 }),
    }),
    { minLength: length, maxLength: length },
  ),
)

/** What stands, read off the rule: the newest correction of a thing that itself stands decides about it. */
const plainly = (history: ReadonlyArray<Told>): ReadonlyArray<readonly [EventId, string]> => {
  const corrects = ({ event }: Told): EventId | null =>
    isCorrected(event) || isRetracted(event) ? event.data.corrects : null
  const newestOf = (id: EventId): Told | undefined => {
    const at = history.findIndex((one) => one.id === id)
    return history.findLast((one, index) => index > at && corrects(one) === id && stands(one.id))
  }
  const stands = (id: EventId): boolean => {
    const newest = newestOf(id)
    return newest === undefined || isCorrected(newest.event)
  }
  const saidBy = (told: Told): string => {
    const newest = newestOf(told.id)
    if (newest !== undefined) return saidBy(newest)
    return isCorrected(told.event) ? told.event.data.fact.data : String(told.event.data)
  }
  return history.filter((told) => corrects(told) === null && stands(told.id)).map((told) => [told.id, saidBy(told)])
}

test('what stands is what the plain reading of the rule says', () => {
  fc.assert(
    fc.property(anyMoves, (moves) => {
      const history = historyOf(moves)
      expect(factsInForce(history).map(({ id, event }) => [id, event.data])).toEqual(plainly(history))
    }),
    { numRuns: 500 },
  )
})

test('a correction of anything, there or not, is decided', () => {
  fc.assert(
    fc.property(anyMoves, fc.nat(16), fc.boolean(), (moves, target, retracts) => {
      const data = { stream: groupStream('G1'), corrects: idOf(target), reason: 'a slip' }
      const decided = decideCorrection(
        retracts ? { type: 'RetractFact', data } : { type: 'CorrectFact', data: { ...data, fact: 'anew' } },
        historyOf(moves),
        (_type, fact) => right({ type: 'Said', data: String(fact) }),
      )
      expect(decided._tag).toBe(
        target >= moves.length || (!retracts && moves[target]?.what === 'retract') ? 'Left' : 'Right',
      )
    }),
    { numRuns: 300 },
  )
})

test('of two events with one id the first decides nothing twice', () => {
  const [said, corrected] = historyOf([
    { what: 'say', target: 0 },
    { what: 'correct', target: 0 },
  ])
  if (said === undefined || corrected === undefined) throw new Error('nothing was recorded')
  expect(factsInForce([said, { ...corrected, id: said.id }]).map(({ event }) => event.data)).toEqual([
    'as event 0 has it',
  ])
})

/** How often the events of a history are looked at while something is done with it. */
const looksAt = (history: ReadonlyArray<Told>, done: (history: ReadonlyArray<Told>) => void): number => {
  let looks = 0
  done(
    history.map(({ event, ...envelope }) => ({
      ...envelope,
      get event() {
        looks += 1
        return event
      },
    })),
  )
  return looks
}

const chain = (what: 'correct' | 'retract', length: number): ReadonlyArray<Told> =>
  historyOf(Array.from({ length }, (_, nth) => ({ what: nth === 0 ? ('say' as const) : what, target: nth - 1 })))

test('a chain of twenty thousand corrections is followed to its end, in linear work', () => {
  const corrected = factsInForce(chain('correct', 20_000))
  expect(corrected.map(({ event, correctedBy }) => [event.data, correctedBy.length])).toEqual([
    ['as event 19999 has it', 19_999],
  ])
  expect(factsInForce(chain('retract', 20_000))).toEqual([])
  expect(factsInForce(chain('retract', 20_001)).map(({ event }) => event.data)).toEqual(['as event 0 has it'])
  for (const what of ['correct', 'retract'] as const) {
    const [some, twice] = [1000, 2000].map((length) => looksAt(chain(what, length), factsInForce))
    expect((twice ?? 0) / (some ?? 1)).toBeLessThan(2.01)
  }
})

// handle.test.ts: a command's way from load to append, alone and against others

import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { anybody, commandNamed, correlationNamed, groupStream, inMemoryLog, instant } from '../testing/index.ts'
import type { CorrectionCommand } from './correction.ts'
import { accept, type Decider, nothing, refuse } from './decider.ts'
import { type Event, eventIdOf } from './event.ts'
import { type EventOf, emptyCatalogue, eventType } from './event-catalogue.ts'
import { type EventStore, storeFailure } from './event-store.ts'
import { type Handling, handle, load, type Request, stateOf } from './handle.ts'

// A tally: the smallest stream that accepts, refuses and does nothing.

const counted = eventType('Counted', t.strict({ by: t.number }))
type Counted = EventOf<typeof counted>
const catalogue = emptyCatalogue.with(counted)

interface Count {
  readonly type: 'Count'
  readonly by: ReadonlyArray<number>
}
interface TooMuch {
  readonly _tag: 'TooMuch'
  readonly sum: number
}

const tally: Decider<number, Count, Counted, TooMuch> = {
  initial: 0,
  decide:
    ({ by }) =>
    (sum) => {
      const more = by.reduce((all, one) => all + one, 0)
      if (sum + more > 100) return refuse({ _tag: 'TooMuch', sum })
      return more === 0 ? nothing : accept(...by.map((one) => counted.of({ by: one })))
    },
  evolve: (sum, { data }) => sum + data.by,
}

const stream = groupStream('tally')
const count = (...by: ReadonlyArray<number>): Count => ({ type: 'Count', by })
const request = (name: string, more: Partial<Request> = {}): Request => ({
  id: commandNamed(name),
  ...anybody,
  knownSince: null,
  correlation: correlationNamed('testing'),
  ...more,
})

type TallyHandling = Handling<number, Count, Counted, TooMuch, never>
const handling = (store: EventStore, more: Partial<TallyHandling> = {}): TallyHandling => ({
  store,
  catalogue,
  decider: tally,
  seal: (_id, event) => async () => right(event),
  ...more,
})
const asking = (store: EventStore, more: Partial<TallyHandling> = {}) => {
  const carryOut = handle(handling(store, more))
  return (command: Count | CorrectionCommand, name: string, moreOfRequest: Partial<Request> = {}) =>
    carryOut(stream, command, request(name, moreOfRequest))()
}

/** A store into which somebody else writes just before each append, so many times. */
const raced = (store: EventStore, times: number): EventStore => {
  let races = 0
  return {
    ...store,
    append: (where, expected, events) => async () => {
      if (races < times) {
        races += 1
        const other = handle(handling(store))(stream, count(1), request(`other ${races}`))
        await other()
      }
      return store.append(where, expected, events)()
    },
  }
}

describe('a command', () => {
  test('stores what was decided, and gives its place', async () => {
    const store = inMemoryLog()
    expect(await asking(store)(count(1, 2), 'first')).toEqual(
      right({
        stream,
        events: [eventIdOf(commandNamed('first'), 0), eventIdOf(commandNamed('first'), 1)],
        revision: 1,
        position: 2,
        repeated: false,
      }),
    )
    expect(store.log.map(({ id, data, causation, revision }) => [id, data, causation, revision])).toEqual([
      [eventIdOf(commandNamed('first'), 0), '{"by":1}', commandNamed('first'), 0],
      [eventIdOf(commandNamed('first'), 1), '{"by":2}', commandNamed('first'), 1],
    ])
  })

  test('carries who asked, the correlation and since when it was known', async () => {
    const store = inMemoryLog()
    const actor = { id: 'a sheet', role: 'importer' }
    const knownSince = instant('2024-01-01T00:00:00.000Z')
    const correlation = correlationNamed('an import')
    await asking(store)(count(1), 'first', { actor, knownSince, correlation })
    expect(store.log).toMatchObject([{ actor, knownSince, correlation, recordedAt: anybody.at }])
  })

  test('is decided on what is in the stream', async () => {
    const store = inMemoryLog()
    const ask = asking(store)
    await ask(count(60), 'first')
    expect(await ask(count(60), 'second')).toEqual(left({ _tag: 'Refused', refusal: { _tag: 'TooMuch', sum: 60 } }))
    expect(isLeft(await ask(count(40), 'third'))).toBe(false)
  })

  test('that is refused stores nothing', async () => {
    const store = inMemoryLog()
    expect(isLeft(await asking(store)(count(101), 'first'))).toBe(true)
    expect(store.log).toEqual([])
  })

  test('with nothing to do stores nothing, and says where the stream stands', async () => {
    const store = inMemoryLog()
    const ask = asking(store)
    const nothingDone = { stream, events: [], repeated: false }
    expect(await ask(count(), 'first')).toEqual(right({ ...nothingDone, revision: null, position: 0 }))
    await ask(count(1), 'second')
    expect(await ask(count(), 'third')).toEqual(right({ ...nothingDone, revision: 0, position: 1 }))
    expect(store.log).toHaveLength(1)
  })
})

describe('the same command id again', () => {
  test('gives the first receipt and adds nothing, also when others have written since', async () => {
    const store = inMemoryLog()
    const ask = asking(store)
    const first = await ask(count(1, 2), 'first')
    await ask(count(5), 'other')
    expect(await ask(count(1, 2), 'first')).toEqual(isLeft(first) ? first : right({ ...first.right, repeated: true }))
    expect(store.log).toHaveLength(3)
  })

  test('is not decided again: what would be refused by now is not', async () => {
    const store = inMemoryLog()
    const ask = asking(store)
    await ask(count(100), 'first')
    expect(await ask(count(100), 'first')).toMatchObject({ right: { repeated: true } })
  })

  test('that had nothing to do is decided again', async () => {
    const ask = asking(inMemoryLog())
    await ask(count(), 'first')
    expect(await ask(count(3), 'first')).toMatchObject({ right: { repeated: false, revision: 0 } })
  })
})

describe('somebody else was faster', () => {
  test('the stream is loaded and the command decided once more', async () => {
    const store = inMemoryLog()
    expect(await asking(raced(store, 2))(count(5), 'ours')).toMatchObject({ right: { revision: 2, position: 3 } })
    expect(store.log.map(({ data }) => data)).toEqual(['{"by":1}', '{"by":1}', '{"by":5}'])
  })

  test('and what was accepted before may be refused now', async () => {
    const store = inMemoryLog()
    expect(await asking(raced(store, 1))(count(100), 'ours')).toEqual(
      left({ _tag: 'Refused', refusal: { _tag: 'TooMuch', sum: 1 } }),
    )
    expect(store.log).toHaveLength(1)
  })

  test('so many times and no more: then it is said', async () => {
    const store = inMemoryLog()
    expect(await asking(raced(store, 99), { attempts: 3 })(count(5), 'ours')).toEqual(
      left({ _tag: 'TooManyConflicts', stream, attempts: 3 }),
    )
    expect(store.log).toHaveLength(3)
    expect(await asking(raced(inMemoryLog(), 99))(count(5), 'ours')).toMatchObject({ left: { attempts: 10 } })
    expect(await asking(raced(inMemoryLog(), 9))(count(5), 'ours')).toMatchObject({ right: { revision: 9 } })
  })

  test('with the very same command: one of the two gives the other’s receipt', async () => {
    const store = inMemoryLog()
    const [one, other] = await Promise.all([asking(store)(count(5), 'ours'), asking(store)(count(5), 'ours')])
    expect(store.log).toHaveLength(1)
    expect([one, other]).toMatchObject([{ right: { revision: 0 } }, { right: { revision: 0 } }])
  })
})

describe('what cannot be done', () => {
  test('an event that cannot be decoded stops the command', async () => {
    const store = inMemoryLog()
    await asking(store)(count(1), 'first')
    const [stored] = store.log
    const unread: EventStore = {
      ...store,
      readStream: async function* (where, options) {
        for await (const page of store.readStream(where, options)) {
          yield isLeft(page)
            ? page
            : right({ ...page.right, events: page.right.events.map((event) => ({ ...event, version: 9 })) })
        }
      },
    }
    expect(await asking(unread)(count(1), 'second')).toEqual(
      left({
        _tag: 'UndecodableEvent',
        event: { ...stored, version: 9 },
        reason: 'version 9 of Counted is not known here',
      }),
    )
    expect(store.log).toHaveLength(1)
  })

  test('an event that cannot be encoded is a defect of the decider, and nothing is stored', async () => {
    const store = inMemoryLog()
    const seal = (_id: unknown, event: Event) => async () => right({ ...event, data: { by: 'much' } })
    expect(await asking(store, { seal })(count(1, 2), 'first')).toEqual(
      left({
        _tag: 'UnencodableEvent',
        type: 'Counted',
        reason: 'the data of Counted does not have the shape of version 1',
      }),
    )
    expect(store.log).toEqual([])
  })

  test('what the seal says ends the command', async () => {
    const store = inMemoryLog()
    const closed = handle<number, Count, Counted, TooMuch, 'no key'>({
      ...handling(store),
      seal: () => async () => left('no key' as const),
    })
    expect(await closed(stream, count(1), request('first'))()).toEqual(left('no key'))
    expect(store.log).toEqual([])
  })

  test('a store that fails while reading or writing says so', async () => {
    const failure = storeFailure('Busy', 'somebody else is writing')
    const store = inMemoryLog()
    const silent: EventStore = {
      ...store,
      readStream: async function* () {
        yield left(failure)
      },
    }
    expect(await asking(silent)(count(1), 'first')).toEqual(left(failure))
    expect(await load(silent, catalogue, stream)).toEqual(left(failure))
    const full: EventStore = { ...store, append: () => async () => left(failure) }
    expect(await asking(full)(count(1), 'first')).toEqual(left(failure))
    expect(failure.retry).toBe(true)
    expect(storeFailure('Full', 'no space').retry).toBe(false)
  })
})

describe('corrections', () => {
  const correction = (type: 'CorrectFact' | 'RetractFact', nth: number, fact?: unknown): CorrectionCommand => {
    const data = { stream, corrects: eventIdOf(commandNamed('first'), nth), reason: 'miscounted' }
    return type === 'CorrectFact' ? { type, data: { ...data, fact } } : { type, data }
  }

  test('are understood by every stream, and change what later commands are decided on', async () => {
    const store = inMemoryLog()
    const ask = asking(store)
    await ask(count(90), 'first')
    expect(isLeft(await ask(count(20), 'second'))).toBe(true)
    expect(await ask(correction('CorrectFact', 0, { by: 9 }), 'correct')).toMatchObject({ right: { revision: 1 } })
    expect(await ask(count(20), 'third')).toMatchObject({ right: { revision: 2 } })
    expect(store.log.map(({ type }) => type)).toEqual(['Counted', 'CountedCorrected', 'Counted'])

    const history = await load(store, catalogue, stream)
    expect(isLeft(history) ? history : stateOf(tally, history.right)).toBe(29)
  })

  test('are refused like any other command, and carried out once', async () => {
    const store = inMemoryLog()
    const ask = asking(store)
    await ask(count(90), 'first')
    expect(await ask(correction('RetractFact', 7), 'retract')).toMatchObject({
      left: { _tag: 'Refused', refusal: { _tag: 'NoSuchFact' } },
    })
    expect(await ask(correction('RetractFact', 0), 'again')).toMatchObject({ right: { repeated: false } })
    expect(await ask(correction('RetractFact', 0), 'again')).toMatchObject({ right: { repeated: true } })
    expect(await ask(correction('RetractFact', 0), 'once more')).toMatchObject({ right: { events: [] } })
    expect(store.log).toHaveLength(2)
  })
})

// correction.test.ts: how facts are put right, and what puts a correction right

import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { commandNamed, groupStream, logbook } from '../testing/index.ts'
import {
  CorrectionCommand,
  decideCorrection,
  type Entry,
  factIn,
  factsInForce,
  isCorrected,
  isFact,
  isRetracted,
} from './correction.ts'
import { type Event, type EventId, eventIdOf, type Recorded } from './event.ts'
import { emptyCatalogue, eventType } from './event-catalogue.ts'

type Said = Event<'Said', { readonly text: string }>
const said = (text: string): Said => ({ type: 'Said', data: { text } })
const stream = groupStream('G1')

/** A log in which a first fact stands, to tell what becomes of it. */
const story = () => {
  const book = logbook<Said>()
  return { ...book, fact: book.record(stream, said('a')) }
}
const texts = (history: ReadonlyArray<Recorded<Entry<Said>>>) =>
  factsInForce(history).map(({ event }) => event.data.text)

describe('what stands', () => {
  test('a fact that nobody has spoken of', () => {
    const { history } = story()
    expect(factsInForce(history)).toEqual([{ ...history[0], event: said('a'), correctedBy: [] }])
  })

  test('a corrected fact as it was meant, with the first recording’s envelope and the correction', () => {
    const { history, fact, correct } = story()
    const correction = correct(fact, said('b'))
    expect(factsInForce(history)).toEqual([{ ...fact, event: said('b'), correctedBy: [correction] }])
  })

  test('of two corrections the newer', () => {
    const { history, fact, correct } = story()
    correct(fact, said('b'))
    const newer = correct(fact, said('c'))
    expect(texts(history)).toEqual(['c'])
    expect(factsInForce(history)[0]?.correctedBy).toEqual([newer])
  })

  test('a correction of a correction, with both named', () => {
    const { history, fact, correct } = story()
    const first = correct(fact, said('b'))
    const second = correct(first, said('c'))
    expect(factsInForce(history)).toEqual([{ ...fact, event: said('c'), correctedBy: [first, second] }])
  })

  test('no retracted fact', () => {
    const { history, fact, retract } = story()
    retract(fact)
    expect(factsInForce(history)).toEqual([])
  })

  test('a fact again whose retraction was retracted, and gone again when that was retracted too', () => {
    const { history, fact, retract } = story()
    const first = retract(fact)
    const second = retract(first)
    expect(texts(history)).toEqual(['a'])
    retract(second)
    expect(texts(history)).toEqual([])
  })

  test('a fact as before whose correction was retracted', () => {
    const { history, fact, correct, retract } = story()
    retract(correct(fact, said('b')))
    expect(factsInForce(history)).toEqual([{ ...fact, event: said('a'), correctedBy: [] }])
  })

  test('the correction before the one that was retracted', () => {
    const { history, fact, correct, retract } = story()
    correct(fact, said('b'))
    retract(correct(fact, said('c')))
    expect(texts(history)).toEqual(['b'])
  })

  test('a correction again whose retraction was retracted', () => {
    const { history, fact, correct, retract } = story()
    retract(retract(correct(fact, said('b'))))
    expect(texts(history)).toEqual(['b'])
  })

  test('a fact corrected after it was retracted: the newest word decides', () => {
    const { history, fact, correct, retract } = story()
    retract(fact)
    const correction = correct(fact, said('b'))
    expect(texts(history)).toEqual(['b'])
    retract(correction)
    expect(texts(history)).toEqual([])
  })

  test('no fact retracted after it was corrected, until the retraction is taken back', () => {
    const { history, fact, correct, retract } = story()
    correct(fact, said('b'))
    const retraction = retract(fact)
    expect(texts(history)).toEqual([])
    retract(retraction)
    expect(texts(history)).toEqual(['b'])
  })

  test('a correction of a retracted correction says nothing until that one is brought back by it', () => {
    const { history, fact, correct, retract } = story()
    const first = correct(fact, said('b'))
    retract(first)
    correct(first, said('c'))
    expect(texts(history)).toEqual(['c'])
  })

  test('facts keep the order of the history, whatever was put right when', () => {
    const { history, fact, correct, retract, record } = story()
    const second = record(stream, said('x'))
    record(stream, said('y'))
    correct(fact, said('b'))
    retract(second)
    expect(texts(history)).toEqual(['b', 'y'])
  })

  test('what speaks of something unknown, of itself or of what comes later has no effect', () => {
    const { history, fact, retract, correct } = story()
    retract(fact)
    const [first, retraction] = history
    if (first === undefined || retraction === undefined) throw new Error('no history')
    const reordered = [retraction, first]
    expect(texts(reordered)).toEqual(['a'])
    expect(
      texts([
        first,
        {
          ...retraction,
          id: fact.id,
          event: { type: 'SaidRetracted', data: { corrects: retraction.id, reason: 'x' } },
        },
      ]),
    ).toEqual(['a'])
    const onItself = {
      ...retraction,
      event: { type: 'SaidRetracted' as const, data: { corrects: retraction.id, reason: 'x' } },
    }
    expect(texts([first, onItself])).toEqual(['a'])
    correct(fact, said('b'))
    expect(texts(history)).toEqual(['b'])
  })
})

describe('what an entry of a history is', () => {
  const { fact, correct, retract } = story()
  const entries = [fact, correct(fact, said('b')), retract(fact)].map(({ event }) => event)

  test('a fact, a correction or a retraction', () => {
    expect(entries.map(isFact)).toEqual([true, false, false])
    expect(entries.map((entry) => isCorrected(entry))).toEqual([false, true, false])
    expect(entries.map((entry) => isRetracted(entry))).toEqual([false, false, true])
    expect(entries.map(factIn)).toEqual([said('a'), said('b'), null])
  })

  test('its name alone does not make it a correction', () => {
    expect(
      [
        { type: 'HasCorrected', data: {} },
        { type: 'HasRetracted', data: {} },
      ].map(isFact),
    ).toEqual([true, true])
  })
})

describe('correction commands', () => {
  const catalogue = emptyCatalogue.with(eventType('Said', t.strict({ text: t.string })))
  const asked = (type: 'CorrectFact' | 'RetractFact', corrects: EventId, more: object = {}): CorrectionCommand => {
    const decoded = CorrectionCommand.decode({ type, data: { stream, corrects, reason: 'it was otherwise', ...more } })
    if (isLeft(decoded)) throw new Error('no correction command')
    return decoded.right
  }
  const decide = (command: CorrectionCommand, history: ReadonlyArray<Recorded<Entry<Said>>>) =>
    decideCorrection(command, history, catalogue.readFact)
  const retraction = (corrects: EventId) =>
    right([{ type: 'SaidRetracted', data: { corrects, reason: 'it was otherwise' } }])

  test('give a correction with the whole fact that was meant', () => {
    const { history, fact } = story()
    expect(decide(asked('CorrectFact', fact.id, { fact: { text: 'b' } }), history)).toEqual(
      right([{ type: 'SaidCorrected', data: { corrects: fact.id, reason: 'it was otherwise', fact: said('b') } }]),
    )
  })

  test('give nothing where the fact stands as it was meant, however its fields are ordered', () => {
    const pairs = emptyCatalogue.with(eventType('Paired', t.strict({ one: t.string, other: t.string })))
    const book = logbook<Event<'Paired', { readonly one: string; readonly other: string }>>()
    const fact = book.record(stream, { type: 'Paired', data: { one: 'a', other: 'b' } })
    const correcting = (meant: object) =>
      decideCorrection(asked('CorrectFact', fact.id, { fact: meant }), book.history, pairs.readFact)
    expect(correcting({ one: 'a', other: 'b' })).toEqual(right([]))
    expect(correcting({ other: 'b', one: 'a' })).toEqual(right([]))
    expect(correcting({ other: 'a', one: 'b' })).toMatchObject({ right: [{ type: 'PairedCorrected' }] })
  })

  test('give a retraction once, and nothing while it stands', () => {
    const { history, fact, retract } = story()
    expect(decide(asked('RetractFact', fact.id), history)).toEqual(retraction(fact.id))
    const first = retract(fact)
    expect(decide(asked('RetractFact', fact.id), history)).toEqual(right([]))
    const second = retract(first)
    expect(decide(asked('RetractFact', fact.id), history)).toEqual(retraction(fact.id))
    expect(decide(asked('RetractFact', first.id), history)).toEqual(right([]))
    retract(second)
    expect(decide(asked('RetractFact', fact.id), history)).toEqual(right([]))
  })

  test('take a fact back again that a correction had brought back', () => {
    const { history, fact, retract, correct } = story()
    retract(fact)
    correct(fact, said('b'))
    expect(decide(asked('RetractFact', fact.id), history)).toEqual(retraction(fact.id))
  })

  test('name a correction of a correction, and a retraction of one, after the fact', () => {
    const { history, fact, correct, retract } = story()
    const correction = correct(fact, said('b'))
    expect(decide(asked('CorrectFact', correction.id, { fact: { text: 'c' } }), history)).toMatchObject({
      right: [{ type: 'SaidCorrected' }],
    })
    expect(decide(asked('RetractFact', correction.id), history)).toEqual(retraction(correction.id))
    const taken = retract(correction)
    expect(decide(asked('RetractFact', taken.id), history)).toEqual(retraction(taken.id))
  })

  test('are refused for what is not in the stream', () => {
    const { history } = story()
    const corrects = eventIdOf(commandNamed('elsewhere'), 0)
    for (const type of ['CorrectFact', 'RetractFact'] as const) {
      expect(decide(asked(type, corrects), history)).toEqual(left({ _tag: 'NoSuchFact', corrects }))
    }
  })

  test('do not correct a retraction: there is nothing in it to correct', () => {
    const { history, fact, retract } = story()
    const { id } = retract(fact)
    expect(decide(asked('CorrectFact', id, { fact: { text: 'b' } }), history)).toEqual(
      left({ _tag: 'NotCorrectable', corrects: id, type: 'SaidRetracted' }),
    )
  })

  test('say what is wrong with the fact', () => {
    const { history, fact } = story()
    expect(decide(asked('CorrectFact', fact.id, { fact: { text: 7 } }), history)).toEqual(
      left({ _tag: 'FactMalformed', type: 'Said', found: 'text: found 7, expected text' }),
    )
  })

  test('need a reason', () => {
    const { fact } = story()
    for (const reason of ['', '  ', null]) {
      expect(CorrectionCommand.is({ type: 'RetractFact', data: { stream, corrects: fact.id, reason } })).toBe(false)
    }
  })
})

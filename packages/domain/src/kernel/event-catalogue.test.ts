// event-catalogue.test.ts: events as text, in every version they ever had

import { isLeft, isRight, left, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { commandNamed, storedEvent } from '../testing/index.ts'
import { type Event, eventIdOf } from './event.ts'
import { emptyCatalogue, eventType, typesOf } from './event-catalogue.ts'

const first = eventType('Named', t.strict({ name: t.string }))
const second = first.next(t.strict({ name: t.string, length: t.number }), ({ name }) => ({ name, length: name.length }))
const third = second.next(t.strict({ words: t.readonlyArray(t.string) }), ({ name }) => ({ words: name.split(' ') }))
const moved = eventType('Moved', t.strict({ to: t.string }))

const catalogue = emptyCatalogue.with(third).with(moved)
const id = eventIdOf(commandNamed('the first'), 0)

const decoded = (type: string, version: number, data: unknown) => {
  const read = catalogue.decode(
    storedEvent({ type, version, data: typeof data === 'string' ? data : JSON.stringify(data) }),
  )
  return isLeft(read) ? read.left.reason : read.right.event
}

describe('versions', () => {
  test('what was stored with an old one is brought up step by step', () => {
    const now = { type: 'Named', data: { words: ['Small', 'group'] } }
    expect(decoded('Named', 1, { name: 'Small group' })).toEqual(now)
    expect(decoded('Named', 2, { name: 'Small group', length: 11 })).toEqual(now)
    expect(decoded('Named', 3, { words: ['Small', 'group'] })).toEqual(now)
  })

  test('what is new is stored with the newest', () => {
    expect(third.version).toBe(3)
    expect(catalogue.encode(third.of({ words: ['a'] }))).toEqual(
      right({ type: 'Named', version: 3, data: '{"words":["a"]}' }),
    )
  })

  test('one that is not known yet is not guessed', () => {
    expect(decoded('Named', 4, { words: [] })).toBe('version 4 of Named is not known here')
    expect(decoded('Named', 0, { name: 'a' })).toBe('version 0 of Named is not known here')
    expect(decoded('NamedRetracted', 2, { corrects: id, reason: '' })).toBe(
      'version 2 of NamedRetracted is not known here',
    )
  })

  test('old data is held to its own version’s shape, not the newest', () => {
    expect(decoded('Named', 1, { words: ['a'] })).toBe('name: found nothing, expected text')
    expect(decoded('Named', 2, { name: 'a' })).toBe('length: found nothing, expected a number')
  })

  test('a step that gives what the next version does not take is found out', () => {
    const wrong = first.next(t.strict({ count: t.Int }), () => ({ count: JSON.parse('0.5') }))
    expect(wrong.decode(1, { name: 'a' })).toEqual(
      left('the step up from version 1 of Named gave what version 2 does not take'),
    )
  })
})

describe('what cannot be read', () => {
  test('an unknown type', () => {
    expect(decoded('Unheard', 1, {})).toBe('the type Unheard is not known here')
    expect(decoded('UnheardCorrected', 1, {})).toBe('the type UnheardCorrected is not known here')
    expect(decoded('Retracted', 1, {})).toBe('the type Retracted is not known here')
    expect(decoded('toString', 1, {})).toBe('the type toString is not known here')
  })

  test('text that is no JSON', () => {
    expect(decoded('Moved', 1, '{"to":')).toBe('the stored text is not JSON')
  })

  test('data of another shape, said in one line', () => {
    expect(decoded('Moved', 1, { to: 7 })).toBe('to: found 7, expected text')
    expect(decoded('MovedCorrected', 1, { corrects: 'x', reason: '', fact: {} })).toBe(
      "corrects: found 'x', expected the id of an event, a lower-case UUID",
    )
    expect(decoded('MovedCorrected', 1, { corrects: id, reason: '', fact: { to: null } })).toBe(
      'to: found null, expected text',
    )
    expect(decoded('MovedRetracted', 1, { corrects: id })).toBe('reason: found nothing, expected text')
  })

  test('is handed on whole, with its place', () => {
    const stored = storedEvent({ type: 'Moved', version: 1, data: '{}' })
    expect(catalogue.decode(stored)).toEqual(
      left({ _tag: 'UndecodableEvent', event: stored, reason: 'to: found nothing, expected text' }),
    )
  })
})

describe('what cannot be stored', () => {
  const reason = (event: Event) => {
    const encoded = catalogue.encode(event)
    return isLeft(encoded) ? encoded.left : encoded.right
  }

  test('an unknown type', () => {
    const why = { _tag: 'UnencodableEvent', type: 'Unheard', reason: 'the type Unheard is not known here' }
    expect(reason({ type: 'Unheard', data: {} })).toEqual(why)
    expect(reason({ type: 'UnheardRetracted', data: { corrects: id, reason: '' } })).toMatchObject({
      reason: 'the type UnheardRetracted is not known here',
    })
    expect(
      reason({ type: 'UnheardCorrected', data: { corrects: id, reason: '', fact: { type: 'Unheard', data: 1 } } }),
    ).toMatchObject({
      reason: 'UnheardCorrected carries a Unheard',
    })
  })

  test('data that its type does not promise', () => {
    const why = 'the data of Moved does not have the shape of version 1'
    expect(reason({ type: 'Moved', data: { to: 7 } })).toMatchObject({ reason: why })
    const fact = { type: 'Moved', data: {} }
    expect(reason({ type: 'MovedCorrected', data: { corrects: id, reason: '', fact } })).toMatchObject({ reason: why })
  })

  test('a correction that carries another fact than its name says', () => {
    const fact = moved.of({ to: 'b' })
    expect(reason({ type: 'NamedCorrected', data: { corrects: id, reason: '', fact } })).toMatchObject({
      reason: 'NamedCorrected carries a Moved',
    })
  })

  test('what looks like a correction and is none', () => {
    expect(reason({ type: 'MovedCorrected', data: {} })).toMatchObject({
      reason: 'the type MovedCorrected is not known here',
    })
    expect(reason({ type: 'MovedRetracted', data: {} })).toMatchObject({
      reason: 'the type MovedRetracted is not known here',
    })
  })
})

describe('corrections as text', () => {
  test('a correction is stored in the version of the fact it carries, and read from any', () => {
    const event = {
      type: 'NamedCorrected',
      data: { corrects: id, reason: 'misspelt', fact: third.of({ words: ['a', 'b'] }) },
    }
    const encoded = catalogue.encode(event)
    expect(encoded).toEqual(
      right({
        type: 'NamedCorrected',
        version: 3,
        data: `{"corrects":"${id}","reason":"misspelt","fact":{"words":["a","b"]}}`,
      }),
    )
    expect(decoded('NamedCorrected', 3, { corrects: id, reason: 'misspelt', fact: { words: ['a', 'b'] } })).toEqual(
      event,
    )
    expect(decoded('NamedCorrected', 1, { corrects: id, reason: 'misspelt', fact: { name: 'a b' } })).toEqual(event)
  })

  test('a retraction has no fact', () => {
    const event = { type: 'MovedRetracted', data: { corrects: id, reason: 'never happened' } }
    expect(catalogue.encode(event)).toEqual(
      right({ type: 'MovedRetracted', version: 1, data: `{"corrects":"${id}","reason":"never happened"}` }),
    )
    expect(decoded('MovedRetracted', 1, { corrects: id, reason: 'never happened' })).toEqual(event)
  })
})

describe('a catalogue', () => {
  test('knows each fact with its correction and retraction', () => {
    const all = ['Named', 'NamedCorrected', 'NamedRetracted', 'Moved', 'MovedCorrected', 'MovedRetracted']
    expect([...catalogue.types]).toEqual(all)
    expect([...typesOf(['Named', 'Moved'])]).toEqual(all)
    expect([...emptyCatalogue.types]).toEqual([])
  })

  test('of two is both', () => {
    const both = emptyCatalogue.with(third).and(emptyCatalogue.with(moved))
    expect([...both.types]).toEqual([...catalogue.types])
    expect(isRight(both.encode(moved.of({ to: 'a' })))).toBe(true)
  })

  test('tells its own events from others', () => {
    const ours = catalogue.decode(storedEvent({ type: 'Moved', version: 1, data: '{"to":"a"}' }))
    if (isLeft(ours)) throw new Error(ours.left.reason)
    expect(catalogue.holds(ours.right)).toBe(true)
    expect(emptyCatalogue.with(third).holds(ours.right)).toBe(false)
  })

  test('reads a fact from outside in its newest version only', () => {
    expect(catalogue.readFact('Named', { words: [] })).toEqual(right({ type: 'Named', data: { words: [] } }))
    expect(catalogue.readFact('Named', { name: 'a' })).toEqual(left('words: found nothing, expected a list'))
    expect(catalogue.readFact('Unheard', {})).toEqual(left('the type Unheard is not known here'))
  })

  test('what is read keeps its envelope and loses its text', () => {
    const stored = storedEvent({ type: 'Moved', version: 1, data: '{"to":"a"}' })
    const { type: _type, version: _version, data: _data, ...envelope } = stored
    expect(catalogue.decode(stored)).toEqual(right({ ...envelope, event: { type: 'Moved', data: { to: 'a' } } }))
  })
})

// event.test.ts: the names and numbers that events go by

import { describe, expect, test } from 'vitest'
import { commandNamed } from '../testing/index.ts'
import {
  Actor,
  CommandId,
  CorrelationId,
  categoryOf,
  commandIdOf,
  EventId,
  eventIdOf,
  idOf,
  isUuid,
  Position,
  position,
  Revision,
  revision,
  StreamName,
  streamName,
  theStart,
  uuidOf,
} from './event.ts'

const uuid = '6fa459ea-ee8a-3ca4-894e-db77e160355e'

describe('ids', () => {
  test('are lower-case UUIDs', () => {
    for (const codec of [EventId, CommandId, CorrelationId]) {
      expect([uuid, uuid.toUpperCase(), 'x', 7].map(codec.is)).toEqual([true, false, false, false])
    }
    expect(isUuid(uuid)).toBe(true)
  })

  test('the same command gives the same event ids, another command or place another', () => {
    const command = commandNamed('one')
    expect(eventIdOf(command, 0)).toBe(eventIdOf(command, 0))
    const ids = [eventIdOf(command, 0), eventIdOf(command, 1), eventIdOf(commandNamed('other'), 0)]
    expect(new Set(ids).size).toBe(3)
    expect(ids.every(EventId.is)).toBe(true)
  })

  test('the id of a command made from a name is a promise: it never changes', () => {
    expect(commandIdOf('import', 'sessions.csv S001')).toBe(commandIdOf('import', 'sessions.csv S001'))
    expect(commandIdOf('import', 'a')).not.toBe(commandIdOf('export', 'a'))
    expect(uuidOf('a', 'b')).toBe('17c8ef12-0e4a-5215-af0e-9866994450ac')
  })
})

describe('stream names', () => {
  test('are a category and an id', () => {
    const stream = streamName('group', uuid)
    expect([stream, categoryOf(stream), idOf(stream)]).toEqual([`group-${uuid}`, 'group', uuid])
  })

  test.for([
    'group',
    `Group-${uuid}`,
    `group_${uuid}`,
    `-${uuid}`,
    `group-${uuid} `,
    `group-x-${uuid}`,
    `group2-${uuid}`,
    '',
  ])('%j is none', (text) => {
    expect(StreamName.is(text)).toBe(false)
  })

  test('a category that is no word is refused', () => {
    expect(() => streamName('Group', uuid)).toThrow(RangeError)
    expect(() => streamName('group', 'x')).toThrow(RangeError)
  })
})

describe('revisions and positions', () => {
  test('are counted from nothing', () => {
    expect([revision(0), position(7), theStart]).toEqual([0, 7, 0])
    for (const codec of [Revision, Position]) {
      expect([0, 1, Number.MAX_SAFE_INTEGER].map(codec.is)).toEqual([true, true, true])
      expect([-1, 0.5, Number.MAX_SAFE_INTEGER + 1, Number.NaN, '1', null].map(codec.is)).toEqual(Array(6).fill(false))
    }
    expect(() => revision(-1)).toThrow(RangeError)
    expect(() => position(0.5)).toThrow(RangeError)
  })
})

test('an actor has an id and a role', () => {
  expect([{ id: 'a', role: 'b' }, { id: 'a' }, null].map(Actor.is)).toEqual([true, false, false])
})

// command.test.ts: commands from outside, and what is said of what is wrong with them

import { left, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { type Commands, command, decodeCommand } from './command.ts'
import { found, shown } from './decoding.ts'

const Count = command('Count', { by: t.number, note: t.union([t.string, t.null]) })
const Stop = command('Stop', {})
const commands: Commands<t.TypeOf<typeof Count> | t.TypeOf<typeof Stop>> = { Count, Stop }

describe('a command from outside', () => {
  test('is read by its type, and what it does not name is left out', () => {
    const asked = { type: 'Count', data: { by: 2, note: null, patient: 'no' }, more: 1 }
    expect(decodeCommand(commands, asked)).toEqual(right({ type: 'Count', data: { by: 2, note: null } }))
  })

  test.for([
    [{ type: 'Count', data: { by: 'two', note: null } }, "data.by: found 'two', expected a number"],
    [{ type: 'Count', data: { by: 2, note: 7 } }, 'data.note: found 7, expected text, or null'],
    [{ type: 'Count', data: { note: null } }, 'data.by: found nothing, expected a number'],
    [{ type: 'Count', data: [] }, 'data: found a list, expected { by, note }'],
    [{ type: 'Count' }, 'data: found nothing, expected { by, note }'],
    [{ type: 'Count', data: null }, 'data: found null, expected { by, note }'],
    [{ type: 'Cuont', data: {} }, "type: found 'Cuont', expected one of Count, Stop"],
    [{ type: 'toString', data: {} }, "type: found 'toString', expected one of Count, Stop"],
    [{ type: '__proto__', data: {} }, "type: found '__proto__', expected one of Count, Stop"],
    [{ type: 7 }, 'type: found an object, expected a command'],
    [[], 'type: found a list, expected a command'],
    [null, 'type: found null, expected a command'],
    [undefined, 'type: found nothing, expected a command'],
    ['Count', "type: found 'Count', expected a command"],
  ] as const)('%j is refused: %s', ([asked, why]) => {
    expect(decodeCommand(commands, asked)).toEqual(left(why))
  })
})

describe('what is shown of a value', () => {
  test('is short, whatever the value', () => {
    expect([undefined, null, 7, true, 'a', {}, [], () => 1].map(shown).slice(0, 7)).toEqual([
      'nothing',
      'null',
      '7',
      'true',
      "'a'",
      'an object',
      'a list',
    ])
    expect(shown('x'.repeat(1000))).toBe(`'${'x'.repeat(79)}…`)
    expect(shown('x'.repeat(78))).toBe(`'${'x'.repeat(78)}'`)
  })

  test('where nothing is known of what is wrong, that is said', () => {
    expect(found([])).toBe('the data does not have the expected shape')
    expect(found([{ value: 7, context: [] }])).toBe('the whole: found nothing, expected something else')
  })
})

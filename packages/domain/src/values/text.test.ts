// text.test.ts: text, labels, ids and roles

import { describe, expect, test } from 'vitest'
import { uuidOf } from '../kernel/event.ts'
import { authority, importer, isAuthority, isImporter, localAuthority, mayAdaptRules } from './actor-role.ts'
import { DepartmentId, DoctorId, doctorId, GroupId, HospitalId, Reference, SessionId, TopicId } from './identity.ts'
import { compareText, Label, Text } from './text.ts'

describe('text', () => {
  test('may be anything that UTF-8 can hold', () => {
    expect(['', ' ', 'Ærlig talt', '👩‍⚕️', '\u0001', '\ud83d\ude00'].map(Text.is)).toEqual(Array(6).fill(true))
  })

  test('has no lone surrogate and no U+0000', () => {
    expect(['\ud83d', '\ude00', 'a\ud83db', '\ude00\ud83d', 'a\u0000', 7, null].map(Text.is)).toEqual(
      Array(7).fill(false),
    )
  })

  test('a label has something in it', () => {
    expect(['a', ' a '].map(Label.is)).toEqual([true, true])
    expect(['', ' ', '\t\n', '\u00a0', '\ud83d'].map(Label.is)).toEqual(Array(5).fill(false))
  })
})

test('text is in order by its code units, in no language', () => {
  expect([compareText('a', 'b'), compareText('b', 'a'), compareText('a', 'a')]).toEqual([-1, 1, 0])
  expect(['ø', 'a', 'Å', 'B', 'a1', ''].sort(compareText)).toEqual(['', 'B', 'a', 'a1', 'Å', 'ø'])
})

describe('ids', () => {
  test.for(
    [DoctorId, GroupId, SessionId, HospitalId, DepartmentId, TopicId].map((codec) => [codec.name, codec] as const),
  )('%s is a lower-case UUID', ([, codec]) => {
    const id = uuidOf('a', 'b')
    expect(codec.is(id)).toBe(true)
    for (const other of [id.toUpperCase(), id.slice(1), `${id} `, `{${id}}`, '', null, 7])
      expect(codec.is(other)).toBe(false)
  })

  test('of one’s own making are taken as they are, other text is refused', () => {
    expect(doctorId(uuidOf('a', 'b'))).toBe(uuidOf('a', 'b'))
    expect(() => doctorId('Kari')).toThrow(new RangeError('not the id of a doctor, a lower-case UUID: Kari'))
  })

  test('a reference is what somebody else calls it, and whose name it is', () => {
    expect(Reference.is({ source: 'contact point', id: 'S001' })).toBe(true)
    expect(Reference.is({ id: 'S001' })).toBe(false)
  })
})

test('S1-05a a role is what the actor acts as', () => {
  const actor = (role: string) => ({ id: 'somebody', role })
  expect(
    [importer, authority, localAuthority, 'coordinator']
      .map(actor)
      .map((one) => [isImporter(one), isAuthority(one), mayAdaptRules(one)]),
  ).toEqual([
    [true, false, false],
    [false, true, true],
    [false, false, true],
    [false, false, false],
  ])
})

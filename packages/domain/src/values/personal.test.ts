// personal.test.ts: what is known of a person has no clear stored form

import { isLeft } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { doctorNamed } from '../testing/index.ts'
import { isUnsealed, Personal, personal } from './personal.ts'

const kari = doctorNamed('Kari')
const sealed = { sealed: { person: kari, box: 'b64' } }

describe('a personal field', () => {
  test('sealed is stored as it is and read again', () => {
    expect(Personal.is(sealed)).toBe(true)
    expect(Personal.encode(sealed)).toEqual(sealed)
    expect(Personal.decode(sealed)).toMatchObject({ _tag: 'Right', right: sealed })
  })

  test('unsealed cannot be stored, nor read from anywhere', () => {
    const open = personal(kari, 'Kari Nordmann')
    expect(Personal.is(open)).toBe(false)
    expect(() => Personal.encode(open)).toThrow(new TypeError('an unsealed personal field has no stored form'))
    expect(isLeft(Personal.decode({ unsealed: { person: kari, open: 'Kari Nordmann' } }))).toBe(true)
  })

  test('unsealed shows nothing when it is written out', () => {
    const open = personal(kari, 'Kari Nordmann')
    expect(JSON.stringify(open)).toBe(JSON.stringify({ unsealed: { person: kari } }))
    expect(String(open)).not.toContain('Kari')
    expect('unsealed' in open ? open.unsealed.open() : null).toBe('Kari Nordmann')
  })

  test('clear text is none', () => {
    for (const value of ['Kari', null, undefined, 7, {}, { sealed: 'x' }, { sealed: { person: 'Kari', box: 'x' } }]) {
      expect(isLeft(Personal.decode(value))).toBe(true)
    }
  })

  test('only what has a person and a way to open it is unsealed', () => {
    expect(isUnsealed(personal(kari, ''))).toBe(true)
    const open = () => 'x'
    for (const value of [
      null,
      'unsealed',
      {},
      sealed,
      { unsealed: null },
      { unsealed: 'x' },
      { unsealed: {} },
      { unsealed: { person: 'Kari', open } },
      { unsealed: { person: kari } },
      { unsealed: { person: kari, open: 'x' } },
    ]) {
      expect(isUnsealed(value)).toBe(false)
    }
  })
})

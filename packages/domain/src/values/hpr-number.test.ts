// hpr-number.test.ts: how HPR numbers are read

import { isNone, some } from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { HprNumber, parseHprNumber } from './hpr-number.ts'

describe('an HPR number as written', () => {
  test('G18 with leading zeros or without is one number', () => {
    expect(parseHprNumber('007654321')).toEqual(some('7654321'))
    expect(parseHprNumber('7654321')).toEqual(some('7654321'))
    expect(parseHprNumber('07654321')).toEqual(parseHprNumber('7654321'))
    expect(parseHprNumber('1002003')).toEqual(some('1002003'))
  })

  test('has 1 to 9 digits', () => {
    expect(parseHprNumber('1')).toEqual(some('1'))
    expect(parseHprNumber('999999999')).toEqual(some('999999999'))
    expect(parseHprNumber('000000001')).toEqual(some('1'))
  })

  test.for([
    '',
    '0',
    '000000000',
    '0000000001',
    '1234567890',
    '12a4',
    ' 7654321',
    '7654321 ',
    '-1',
    '1.0',
    '７６５',
    '7654321\n',
  ])('%j is none', (written) => {
    expect(isNone(parseHprNumber(written))).toBe(true)
  })
})

test('only the compared form is an HPR number', () => {
  expect(['7654321', '1', '999999999'].map(HprNumber.is)).toEqual([true, true, true])
  expect(['07654321', '0', '', '1234567890', 7654321, null].map(HprNumber.is)).toEqual([
    false,
    false,
    false,
    false,
    false,
    false,
  ])
})

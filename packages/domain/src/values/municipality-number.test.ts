// municipality-number.test.ts: municipalities through the years

import { describe, expect, test } from 'vitest'
import { legalDate } from './legal-date.ts'
import { MunicipalityNumber, numberOn, Renumbering } from './municipality-number.ts'

const number = (text: string): MunicipalityNumber => {
  if (!MunicipalityNumber.is(text)) throw new RangeError(text)
  return text
}

const redrawn = (from: string, on: string, ...to: ReadonlyArray<string>): Renumbering => ({
  from: number(from),
  to: to.map(number),
  on: legalDate(on),
})

// Out of order, as a list may be.
const renumberings = [
  redrawn('3024', '2024-01-01', '3201'),
  redrawn('0219', '2020-01-01', '3024'),
  redrawn('1507', '2024-01-01', '1508', '1580'),
  redrawn('1504', '2020-01-01', '1507'),
  redrawn('9999', '2020-01-01'),
]

describe('a municipality number', () => {
  test('is four digits as text, with its leading zero', () => {
    expect(['0301', '4601', '0000'].map(MunicipalityNumber.is)).toEqual([true, true, true])
    expect(['301', '03010', '03O1', ' 0301', '', 301, null].map(MunicipalityNumber.is)).toEqual(Array(7).fill(false))
  })
})

describe('S1-12 a place that was renumbered', () => {
  const on = (from: string, date: string) => numberOn(number(from), legalDate(date), renumberings)

  test('S1-12 Bærum is 0219, then 3024, then 3201', () => {
    expect(
      ['2019-12-31', '2020-01-01', '2023-12-31', '2024-01-01', '2030-01-01'].map((date) => on('0219', date)),
    ).toEqual(['0219', '3024', '3024', '3201', '3201'])
  })

  test('a number written in between is followed from there', () => {
    expect(['2019-01-01', '2024-01-01'].map((date) => on('3024', date))).toEqual(['3024', '3201'])
  })

  test('a split is not followed: only somebody who knows can say into which part', () => {
    expect(['2023-12-31', '2024-01-01'].map((date) => on('1507', date))).toEqual(['1507', '1507'])
    expect(on('1504', '2024-01-01')).toBe('1507')
  })

  test('one that nothing became of stays, and so does one that nothing is said of', () => {
    expect(on('9999', '2024-01-01')).toBe('9999')
    expect(on('0301', '2024-01-01')).toBe('0301')
  })

  test('a number taken back on the same day as it was given leads on', () => {
    const both = [redrawn('2222', '2020-01-01', '3333'), redrawn('1111', '2020-01-01', '2222')]
    expect(numberOn(number('1111'), legalDate('2020-01-01'), both)).toBe('2222')
  })

  test('is data that can be read', () => {
    expect(Renumbering.is(renumberings[0])).toBe(true)
    expect(Renumbering.is({ from: '301', to: [], on: '2024-01-01' })).toBe(false)
  })
})

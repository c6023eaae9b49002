// organisation-number.test.ts: the check digit of organisation numbers

import { describe, expect, test } from 'vitest'
import { OrganisationNumber } from './organisation-number.ts'

// Public numbers of Norwegian hospitals.
const hospitals = [
  '974706490',
  '974588951',
  '974631091',
  '922748144',
  '974795361',
  '974705788',
  '974631326',
  '974631768',
  '974595214',
  '974744570',
  '974632535',
  '974795833',
  '974795639',
  '974724774',
  '974557746',
  '974795930',
  '974631385',
  '974631776',
  '974733013',
  '974746948',
  '974754118',
  '994958682',
  '993573159',
  '974795515',
  '974745569',
  '974633698',
  '974753898',
  '974795396',
  '974707152',
  '974631407',
  '974795477',
  '974633191',
  '974749025',
  '974703300',
  '974742985',
  '974795787',
  '974633574',
  '974589095',
  '974795574',
  '974747545',
  '973129856',
  '974743272',
  '974747138',
]

describe('organisation numbers are checked', () => {
  test('S1-01 those of 43 hospitals are', () => {
    expect(hospitals).toHaveLength(43)
    expect(hospitals.filter((number) => !OrganisationNumber.is(number))).toEqual([])
  })

  test('another digit in any place makes another number', () => {
    for (const number of hospitals) {
      for (const [place, digit] of [...number].entries()) {
        const other = `${number.slice(0, place)}${(Number(digit) + 1) % 10}${number.slice(place + 1)}`
        expect([other, OrganisationNumber.is(other)]).toEqual([other, false])
      }
    }
  })

  test('nine zeros are none, though the check digit fits', () => {
    expect(OrganisationNumber.is('000000000')).toBe(false)
  })

  test('a remainder of 1 cannot be, whatever the last digit', () => {
    // 3·0 + 2·0 + 7·0 + 6·0 + 5·0 + 4·0 + 3·0 + 2·6 = 12, and 12 mod 11 = 1
    const last = '0123456789'
    expect([...last].filter((digit) => OrganisationNumber.is(`00000006${digit}`))).toEqual([])
  })

  test('a remainder of 0 has the check digit 0', () => {
    // 3·1 + 2·4 = 11
    expect(OrganisationNumber.is('140000000')).toBe(true)
    expect([...'123456789'].filter((digit) => OrganisationNumber.is(`14000000${digit}`))).toEqual([])
  })

  test.for(['', '97455774', '9745577460', ' 974557746', '974 557 746', '97455774x', 974557746, null])(
    '%j is none',
    (number) => {
      expect(OrganisationNumber.is(number)).toBe(false)
    },
  )
})

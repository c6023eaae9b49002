// every-code.test.ts: each code with which a row is reported or flagged, met by one row more in a good year

import { describe, expect, test } from 'vitest'
import type { FlagCode, RejectionCode } from './index.ts'
import { broughtIn, headerOf, placesOf, smallYear } from './sheets.test-kit.ts'

type Sheet = keyof typeof smallYear

const rejected: Readonly<Record<RejectionCode, readonly [sheet: Sheet, row: string, column: string]>> = {
  REQUIRED: ['groups', ',Fana,,2020-01-01,', 'group'],
  INVALID_DATE: ['members', 'G1,101,2024-02-30,', 'joined_on'],
  INVALID_TIME: ['attendance', 'S1,G1,103,25:00,,', 'arrived'],
  INVALID_NUMBER: ['offers', 'BARN,2024-01-01,,many,', 'sessions_per_month'],
  INVALID_HPR: ['doctors', '0,Nobody,,,', 'hpr'],
  INVALID_MUNICIPALITY_NUMBER: ['doctors', '105,Siri,,301,', 'municipality_number'],
  INVALID_ORGANISATION_NUMBER: ['departments', 'LAB,Laboratoriet,123456789,Haukeland', 'organisation_number'],
  INVALID_ROLE: ['attendance', 'S1,G1,103,,,observer', 'role'],
  INVALID_CHANGE: ['corrections', 'S1,G1,101,delete,,2024-05-01,', 'change'],
  UNKNOWN_DOCTOR: ['members', 'G1,999,2024-01-01,', 'hpr'],
  UNKNOWN_GROUP: ['members', 'G9,101,2024-01-01,', 'group'],
  UNKNOWN_DEPARTMENT: ['offers', 'LAB,2024-01-01,,,', 'department'],
  UNKNOWN_SESSION: ['attendance', 'S9,G1,101,,,', 'session'],
  GROUP_NOT_AT_SESSION: ['attendance', 'S2,G2,103,,,', 'group'],
  END_NOT_AFTER_START: ['sessions', 'S9,,2024-05-01T17:00,2024-05-01T17:00,,,,,G1,2024-05-01,', 'starts'],
  LEFT_NOT_AFTER_ARRIVED: ['attendance', 'S1,G1,103,17:00,16:30,', 'arrived'],
  LEFT_BEFORE_JOINED: ['members', 'G1,104,2024-05-01,2024-04-30', 'joined_on'],
  ID_CONFLICT: ['groups', 'G1,Another,,2020-01-01,', 'group'],
  ALREADY_PRESENT: ['corrections', 'S1,G1,101,add,,2024-05-01,', 'hpr'],
  NOT_PRESENT: ['corrections', 'S1,G1,103,withdraw,,2024-05-01,', 'hpr'],
  UNREADABLE: ['groups', 'G3,F\u0000na,,2020-01-01,', 'group'],
  REFUSED: ['offers', `BARN,2024-01-01,,,${'Astma;'.repeat(101)}`, 'topics'],
}

const flagged: Readonly<Record<FlagCode, readonly [sheet: Sheet, row: string, column: string]>> = {
  UNKNOWN_REQUEST: ['sessions', 'S5,R9,2024-05-02T17:00,2024-05-02T19:00,,,,,G1,2024-05-02,', 'request'],
  UNKNOWN_KIND: ['doctors', '105,Siri,nurse,,', 'kind'],
  UNKNOWN_PLACE: ['requests', 'R2,G1,2024-01-01,,Rygg,cabin', 'place'],
  OFFER_NEVER_OPEN: ['offers', 'BARN,2024-05-01,2024-04-30,,', 'from'],
  KNOWN_IN_FUTURE: ['members', 'G1,104,2025-07-01,', 'joined_on'],
  MISSING_COLUMN: ['offers', '', 'topics'],
  REPEATED_COLUMN: ['offers', '', 'topics'],
  TOO_MANY_CELLS: ['groups', 'G3,Fana,,2020-01-01,,more', 'contact_hpr'],
}

describe('a row is not taken', () => {
  test.for(Object.entries(rejected))('%s', async ([code, [sheet, row, column]]) => {
    const { report } = await broughtIn({ ...smallYear, [sheet]: [...smallYear[sheet], row] })
    expect(placesOf(report.rejections)).toEqual([`${sheet}.csv ${smallYear[sheet].length + 2} ${column} ${code}`])
    expect(report.events).toBe(49)
  })
})

describe('a row is taken, and flagged', () => {
  const header = (code: string, sheet: string): string => {
    const usual = headerOf(sheet)
    if (code === 'MISSING_COLUMN') return usual.replace(/,\w+$/, '')
    return code === 'REPEATED_COLUMN' ? `${usual},topics` : usual
  }

  test.for(Object.entries(flagged))('%s', async ([code, [sheet, row, column]]) => {
    const rows = smallYear[sheet].map((usual) => (code === 'MISSING_COLUMN' ? usual.replace(/,[^,]*$/, '') : usual))
    const file = [header(code, sheet), ...rows, row].join('\n')
    const { report } = await broughtIn({ ...smallYear, [sheet]: `${file}\n` })
    const line = row === '' ? 1 : rows.length + 2
    expect(placesOf(report.flags)).toEqual([`${sheet}.csv ${line} ${column} ${code}`])
    expect(report.rejections).toEqual([])
  })
})

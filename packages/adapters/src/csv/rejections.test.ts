// rejections.test.ts: every row that cannot be taken, by file, row, column and code, while the rest goes in

import { describe, expect, test } from 'vitest'
import { broughtIn, placesOf, type Sheets, smallYear } from './sheets.test-kit.ts'

/** The small year with more rows in a sheet. */
const withRows = (sheet: keyof typeof smallYear, ...rows: ReadonlyArray<string>): Sheets => ({
  ...smallYear,
  [sheet]: [...smallYear[sheet], ...rows],
})

/** Each fact of the small year once. */
const eventsOfTheYear = 49

/** A sheet, a row that is added to it, and the column and code that its rejection names. */
const wrongRows: ReadonlyArray<readonly [sheet: keyof typeof smallYear, row: string, column: string, code: string]> = [
  ['doctors', ',Nobody,gp,4601,', 'hpr', 'REQUIRED'],
  ['doctors', 'ABC123,Nobody,gp,4601,', 'hpr', 'INVALID_HPR'],
  ['doctors', '1234567890,Nobody,gp,4601,', 'hpr', 'INVALID_HPR'],
  ['doctors', '0000000105,Nobody,gp,4601,', 'hpr', 'INVALID_HPR'],
  ['doctors', '000,Nobody,gp,4601,', 'hpr', 'INVALID_HPR'],
  ['doctors', '-5,Nobody,gp,4601,', 'hpr', 'INVALID_HPR'],
  ['doctors', '105,Nobody,gp,301,', 'municipality_number', 'INVALID_MUNICIPALITY_NUMBER'],
  ['doctors', '105,Nobody,gp,4601,2023-02-29', 'period_start', 'INVALID_DATE'],
  ['doctors', '105,Nobody,gp,4601,31.12.2024', 'period_start', 'INVALID_DATE'],
  ['doctors', '101,Kari Hansen,gp,4601,2020-01-01', 'hpr', 'ID_CONFLICT'],
  ['doctors', '000101,Kari Nordmann,both,4601,2020-01-01', 'hpr', 'ID_CONFLICT'],
  ['departments', ',Barneklinikken,974557746,Haukeland', 'department', 'REQUIRED'],
  ['departments', 'LKB,Klinisk biokjemi,,Haukeland', 'organisation_number', 'REQUIRED'],
  ['departments', 'LKB,Klinisk biokjemi,974557745,Haukeland', 'organisation_number', 'INVALID_ORGANISATION_NUMBER'],
  ['departments', 'LKB,Klinisk biokjemi,000000000,Haukeland', 'organisation_number', 'INVALID_ORGANISATION_NUMBER'],
  ['departments', 'BARN,Barneklinikken 2,974557746,Haukeland', 'department', 'ID_CONFLICT'],
  ['department_doctors', ',201', 'department', 'REQUIRED'],
  ['department_doctors', 'HUD,201', 'department', 'UNKNOWN_DEPARTMENT'],
  ['department_doctors', 'BARN,', 'hpr', 'REQUIRED'],
  ['department_doctors', 'BARN,x', 'hpr', 'INVALID_HPR'],
  ['department_doctors', 'BARN,999', 'hpr', 'UNKNOWN_DOCTOR'],
  ['groups', ',Nord,4601,2020-01-01,', 'group', 'REQUIRED'],
  ['groups', 'G3,Nord,46 01,2020-01-01,', 'municipality_number', 'INVALID_MUNICIPALITY_NUMBER'],
  ['groups', 'G3,Nord,4601,,', 'registered_on', 'REQUIRED'],
  ['groups', 'G3,Nord,4601,2024-13-01,', 'registered_on', 'INVALID_DATE'],
  ['groups', 'G3,Nord,4601,2020-01-01,0', 'contact_hpr', 'INVALID_HPR'],
  ['groups', 'G3,Nord,4601,2020-01-01,999', 'contact_hpr', 'UNKNOWN_DOCTOR'],
  ['groups', 'G1,Sandviken,4601,2019-11-16,101', 'group', 'ID_CONFLICT'],
  ['members', ',101,2024-01-01,', 'group', 'REQUIRED'],
  ['members', 'G77,101,2024-01-01,', 'group', 'UNKNOWN_GROUP'],
  ['members', 'G1,,2024-01-01,', 'hpr', 'REQUIRED'],
  ['members', 'G1,12 34,2024-01-01,', 'hpr', 'INVALID_HPR'],
  ['members', 'G1,999,2024-01-01,', 'hpr', 'UNKNOWN_DOCTOR'],
  ['members', 'G1,104,,', 'joined_on', 'REQUIRED'],
  ['members', 'G1,104,i går,', 'joined_on', 'INVALID_DATE'],
  ['members', 'G1,104,2024-01-01,2024-04-31', 'left_on', 'INVALID_DATE'],
  ['members', 'G1,104,2024-01-02,2024-01-01', 'joined_on', 'LEFT_BEFORE_JOINED'],
  ['declarations', ',2024-01-01,101,', 'group', 'REQUIRED'],
  ['declarations', 'G77,2024-01-01,101,', 'group', 'UNKNOWN_GROUP'],
  ['declarations', 'G1,,101,', 'signed_on', 'REQUIRED'],
  ['declarations', 'G1,2024-00-10,101,', 'signed_on', 'INVALID_DATE'],
  ['declarations', 'G1,2024-01-01,,', 'signed_by_hpr', 'REQUIRED'],
  ['declarations', 'G1,2024-01-01,Kari,', 'signed_by_hpr', 'INVALID_HPR'],
  ['declarations', 'G1,2024-01-01,999,', 'signed_by_hpr', 'UNKNOWN_DOCTOR'],
  ['declarations', 'G1,2024-01-01,101,x', 'withdrawn_on', 'INVALID_DATE'],
  ['offers', ',2024-01-01,,,', 'department', 'REQUIRED'],
  ['offers', 'HUD,2024-01-01,,,', 'department', 'UNKNOWN_DEPARTMENT'],
  ['offers', 'BARN,,,,', 'from', 'REQUIRED'],
  ['offers', 'BARN,2024-1-1,,,', 'from', 'INVALID_DATE'],
  ['offers', 'BARN,2024-01-01,x,,', 'to', 'INVALID_DATE'],
  ['offers', 'BARN,2024-01-01,,two,', 'sessions_per_month', 'INVALID_NUMBER'],
  ['offers', 'BARN,2024-01-01,,-1,', 'sessions_per_month', 'INVALID_NUMBER'],
  ['requests', ',G1,2024-01-01,,,', 'request', 'REQUIRED'],
  ['requests', 'R2,,2024-01-01,,,', 'groups', 'REQUIRED'],
  ['requests', 'R2, ; ,2024-01-01,,,', 'groups', 'REQUIRED'],
  ['requests', 'R2,G1; G77,2024-01-01,,,', 'groups', 'UNKNOWN_GROUP'],
  ['requests', 'R2,G1,,,,', 'requested_on', 'REQUIRED'],
  ['requests', 'R2,G1,2023-02-29,,,', 'requested_on', 'INVALID_DATE'],
  ['requests', 'R2,G1,2024-01-01,HUD,,', 'department', 'UNKNOWN_DEPARTMENT'],
  ['requests', 'R1,G1,2023-11-26,BARN,Astma,hospital', 'request', 'ID_CONFLICT'],
  ['sessions', ',,2024-05-02T17:00,2024-05-02T19:00,,,,,G1,2024-05-02,', 'session', 'REQUIRED'],
  ['sessions', 'S5,,,2024-05-02T19:00,,,,,G1,2024-05-02,', 'starts', 'REQUIRED'],
  ['sessions', 'S5,,2024-05-02T25:00,2024-05-02T19:00,,,,,G1,2024-05-02,', 'starts', 'INVALID_TIME'],
  ['sessions', 'S5,,2024-02-30T17:00,2024-05-02T19:00,,,,,G1,2024-05-02,', 'starts', 'INVALID_TIME'],
  // A year mistyped: the clocks of that time are no whole minutes from Greenwich.
  ['sessions', 'S5,,0204-05-02T17:00,2024-05-02T19:00,,,,,G1,2024-05-02,', 'starts', 'INVALID_TIME'],
  ['sessions', 'S5,,2024-05-02T17:00,,,,,,G1,2024-05-02,', 'ends', 'REQUIRED'],
  ['sessions', 'S5,,2024-05-02T17:00,2024-05-02 19:00,,,,,G1,2024-05-02,', 'ends', 'INVALID_TIME'],
  ['sessions', 'S5,,2024-05-02T17:00,2024-05-02T17:00,,,,,G1,2024-05-02,', 'starts', 'END_NOT_AFTER_START'],
  // The clock skips from 02:00 to 03:00: 02:30 is the same moment as 03:30.
  ['sessions', 'S5,,2024-03-31T02:30,2024-03-31T03:15,,,,,G1,2024-05-02,', 'starts', 'END_NOT_AFTER_START'],
  ['sessions', 'S5,,2024-05-02T17:00,2024-05-02T19:00,,HUD,,,G1,2024-05-02,', 'department', 'UNKNOWN_DEPARTMENT'],
  ['sessions', 'S5,,2024-05-02T17:00,2024-05-02T19:00,,,201; x,,G1,2024-05-02,', 'host_hpr', 'INVALID_HPR'],
  ['sessions', 'S5,,2024-05-02T17:00,2024-05-02T19:00,,,201; 999,,G1,2024-05-02,', 'host_hpr', 'UNKNOWN_DOCTOR'],
  ['sessions', 'S5,,2024-05-02T17:00,2024-05-02T19:00,,,,,,2024-05-02,', 'groups', 'REQUIRED'],
  ['sessions', 'S5,,2024-05-02T17:00,2024-05-02T19:00,,,,,G1; G77,2024-05-02,', 'groups', 'UNKNOWN_GROUP'],
  ['sessions', 'S5,,2024-05-02T17:00,2024-05-02T19:00,,,,,G1,,', 'reported_on', 'REQUIRED'],
  ['sessions', 'S5,,2024-05-02T17:00,2024-05-02T19:00,,,,,G1,snart,', 'reported_on', 'INVALID_DATE'],
  ['sessions', 'S2,,2024-03-05T17:00,2024-03-05T19:01,practice,,,Hodepine,G1,2024-03-06,', 'session', 'ID_CONFLICT'],
  ['attendance', ',G1,101,,,', 'session', 'REQUIRED'],
  ['attendance', 'S999,G1,101,,,', 'session', 'UNKNOWN_SESSION'],
  ['attendance', 'S1,,101,,,', 'group', 'REQUIRED'],
  ['attendance', 'S1,G77,101,,,', 'group', 'UNKNOWN_GROUP'],
  ['attendance', 'S2,G2,101,,,', 'group', 'GROUP_NOT_AT_SESSION'],
  ['attendance', 'S1,G1,,,,', 'hpr', 'REQUIRED'],
  ['attendance', 'S1,G1,ABC123,,,', 'hpr', 'INVALID_HPR'],
  ['attendance', 'S1,G1,999,,,', 'hpr', 'UNKNOWN_DOCTOR'],
  ['attendance', 'S1,G1,103,24:00,,', 'arrived', 'INVALID_TIME'],
  ['attendance', 'S1,G1,103,9:30,,', 'arrived', 'INVALID_TIME'],
  ['attendance', 'S1,G1,103,,12:75,', 'left', 'INVALID_TIME'],
  ['attendance', 'S1,G1,103,17:00,17:00,', 'arrived', 'LEFT_NOT_AFTER_ARRIVED'],
  ['attendance', 'S1,G1,103,,,observer', 'role', 'INVALID_ROLE'],
  ['corrections', ',G1,101,withdraw,,2024-05-01,', 'session', 'REQUIRED'],
  ['corrections', 'S999,G1,101,withdraw,,2024-05-01,', 'session', 'UNKNOWN_SESSION'],
  ['corrections', 'S2,G2,101,withdraw,,2024-05-01,', 'group', 'GROUP_NOT_AT_SESSION'],
  ['corrections', 'S1,G1,999,withdraw,,2024-05-01,', 'hpr', 'UNKNOWN_DOCTOR'],
  ['corrections', 'S1,G1,101,,,2024-05-01,', 'change', 'REQUIRED'],
  ['corrections', 'S1,G1,101,delete,,2024-05-01,', 'change', 'INVALID_CHANGE'],
  ['corrections', 'S1,G1,101,minutes,,2024-05-01,', 'minutes', 'REQUIRED'],
  ['corrections', 'S1,G1,101,minutes,-5,2024-05-01,', 'minutes', 'INVALID_NUMBER'],
  ['corrections', 'S1,G1,101,withdraw,all,2024-05-01,', 'minutes', 'INVALID_NUMBER'],
  ['corrections', 'S1,G1,101,withdraw,,,', 'corrected_on', 'REQUIRED'],
  ['corrections', 'S1,G1,101,withdraw,,2024-13-01,', 'corrected_on', 'INVALID_DATE'],
  ['corrections', 'S1,G1,101,add,30,2024-05-01,', 'hpr', 'ALREADY_PRESENT'],
  ['corrections', 'S1,G1,103,minutes,30,2024-05-01,', 'hpr', 'NOT_PRESENT'],
  ['corrections', 'S3,G1,102,withdraw,,2025-02-01,', 'hpr', 'NOT_PRESENT'],
]

test('a year in which everything is right is taken whole', async () => {
  const { report } = await broughtIn(smallYear)
  expect(report.rejections).toEqual([])
  expect(report.flags).toEqual([])
  expect(report.events).toBe(eventsOfTheYear)
})

describe('wrong rows are rejected, and the rest goes in', () => {
  test.each([...new Set(wrongRows.map(([sheet]) => sheet))])('%s', async (sheet) => {
    const wrong = wrongRows.filter(([name]) => name === sheet)
    const { report } = await broughtIn(withRows(sheet, ...wrong.map(([, row]) => row)))
    expect(report.rejections.map(({ column, code }, index) => [sheet, wrong[index]?.[1], column, code])).toEqual(wrong)
    expect(report.rejections.map(({ file, row }) => `${file} ${row}`)).toEqual(
      wrong.map((_, index) => `${sheet}.csv ${smallYear[sheet].length + 2 + index}`),
    )
    for (const { reason } of report.rejections) expect(reason).toMatch(/\w+ \w+/)
    expect(report.events).toBe(eventsOfTheYear)
  })
})

describe('which column is named', () => {
  test('the first of several, in the order of the sheet', async () => {
    const { report } = await broughtIn(withRows('attendance', 'S999,G77,ABC,25:00,26:00,observer'))
    expect(placesOf(report.rejections)).toEqual(['attendance.csv 12 session UNKNOWN_SESSION'])
  })

  test('the number that cannot be read, where the doctor is absent as well', async () => {
    const { report } = await broughtIn(withRows('corrections', 'S1,G1,103,minutes,many,2024-05-01,'))
    expect(placesOf(report.rejections)).toEqual(['corrections.csv 5 minutes INVALID_NUMBER'])
  })

  test('the id, where it is used again and a date behind it cannot be read', async () => {
    const { report } = await broughtIn(withRows('groups', 'G1,Sandviken,4601,never,101'))
    expect(placesOf(report.rejections)).toEqual(['groups.csv 4 group ID_CONFLICT'])
  })
})

describe('what hangs on a refused row', () => {
  test('is unknown to whatever names it', async () => {
    const { report } = await broughtIn({
      ...smallYear,
      doctors: [...smallYear.doctors, '105,Nobody,gp,46,'],
      groups: [...smallYear.groups, 'G3,Nord,4601,2020-01-01,105'],
      members: [...smallYear.members, 'G3,101,2020-01-01,', 'G1,105,2020-01-01,'],
    })
    expect(placesOf(report.rejections)).toEqual([
      'doctors.csv 7 municipality_number INVALID_MUNICIPALITY_NUMBER',
      'groups.csv 4 contact_hpr UNKNOWN_DOCTOR',
      'members.csv 7 group UNKNOWN_GROUP',
      'members.csv 8 hpr UNKNOWN_DOCTOR',
    ])
  })

  test('a refused row takes no id: the next row with that id is the first', async () => {
    const { report } = await broughtIn({
      ...smallYear,
      doctors: ['101,Kari Nordmann,gp,46,2020-01-01', ...smallYear.doctors],
    })
    expect(placesOf(report.rejections)).toEqual(['doctors.csv 2 municipality_number INVALID_MUNICIPALITY_NUMBER'])
  })

  test('of three rows with one id the first stays, and the same row again is silently the same', async () => {
    const { report } = await broughtIn({
      ...smallYear,
      sessions: [
        ...smallYear.sessions,
        'S1,,2024-02-01T16:00,2024-02-01T18:00,,,,,G1,2024-02-01,',
        ...smallYear.sessions,
      ],
      attendance: [...smallYear.attendance, ...smallYear.attendance],
    })
    expect(placesOf(report.rejections)).toEqual(['sessions.csv 6 session ID_CONFLICT'])
    expect(report.events).toBe(eventsOfTheYear)
  })
})

test('G18 one doctor whichever way the number is written', async () => {
  const { report } = await broughtIn({
    ...smallYear,
    doctors: [...smallYear.doctors, '007654321,Siri Bakke,gp,4601,2020-01-01', '7654321,Siri Bakke,gp,4601,2020-01-01'],
    members: [...smallYear.members, 'G1,07654321,2020-01-01,', 'G1,7654321,2020-01-01,'],
  })
  expect(report.rejections).toEqual([])
  // registered, number claimed, role, period; one stay
  expect(report.events).toBe(eventsOfTheYear + 5)
})

test('rejections come by file and row, whichever step found them', async () => {
  const { report } = await broughtIn({
    ...smallYear,
    corrections: ['S1,G1,103,minutes,30,2025-01-01,', 'S1,G1,101,delete,,2024-01-01,', 'S1,G1,101,add,,2024-01-01,'],
    doctors: ['x,,,,', ...smallYear.doctors],
  })
  expect(placesOf(report.rejections)).toEqual([
    'doctors.csv 2 hpr INVALID_HPR',
    'corrections.csv 2 hpr NOT_PRESENT',
    'corrections.csv 3 change INVALID_CHANGE',
    'corrections.csv 4 hpr ALREADY_PRESENT',
  ])
})

describe('corrections', () => {
  test('are taken by date, then by row, wherever they stand', async () => {
    const { report } = await broughtIn({
      ...smallYear,
      corrections: [
        'S1,G1,101,add,30,2024-05-02,third',
        'S1,G1,101,withdraw,,2024-05-01,second',
        'S1,G1,101,minutes,20,2024-05-01,refused: withdrawn by the row before',
        'S1,G1,101,minutes,10,2024-04-30,first',
      ],
    })
    expect(placesOf(report.rejections)).toEqual(['corrections.csv 4 hpr NOT_PRESENT'])
  })

  test('the same row twice is refused the second time, unless it changes nothing', async () => {
    const twice = (row: string) => broughtIn({ ...smallYear, corrections: [row, row] })
    expect(placesOf((await twice('S1,G1,101,withdraw,,2024-05-01,')).report.rejections)).toEqual([
      'corrections.csv 3 hpr NOT_PRESENT',
    ])
    expect(placesOf((await twice('S1,G1,103,add,,2024-05-01,')).report.rejections)).toEqual([
      'corrections.csv 3 hpr ALREADY_PRESENT',
    ])
    expect((await twice('S1,G1,101,minutes,30,2024-05-01,')).report.rejections).toEqual([])
  })
})

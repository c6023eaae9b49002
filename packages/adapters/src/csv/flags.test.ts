// flags.test.ts: rows that are taken and deserve a look

import { describe, expect, test } from 'vitest'
import { broughtIn, headerOf, placesOf, type Sheets, smallYear } from './sheets.test-kit.ts'

const flagsOf = async (sheets: Sheets): Promise<ReadonlyArray<string>> => {
  const { report } = await broughtIn(sheets)
  expect(report.rejections).toEqual([])
  return placesOf(report.flags)
}

test('a request that nobody knows: the session is taken without it', async () => {
  const { report } = await broughtIn({
    ...smallYear,
    sessions: [...smallYear.sessions, 'S5,R99,2024-05-02T17:00,2024-05-02T19:00,,,,,G1,2024-05-02,'],
  })
  expect(report.rejections).toEqual([])
  expect(report.flags).toEqual([
    {
      file: 'sessions.csv',
      row: 6,
      column: 'request',
      code: 'UNKNOWN_REQUEST',
      reason: 'no request R99 is known; the session was taken without it',
    },
  ])
})

test('a kind or a place that is none of those named', async () => {
  expect(
    await flagsOf({
      ...smallYear,
      doctors: [...smallYear.doctors, '105,Siri Bakke,nurse,4601,', '106,Eva Bakke,,4601,'],
      requests: [...smallYear.requests, 'R2,G1,2024-01-01,,Rygg,cabin', 'R3,G1,2024-01-01,,Rygg,'],
      sessions: [...smallYear.sessions, 'S5,,2024-05-02T17:00,2024-05-02T19:00,Hospital,,,,G1,2024-05-02,'],
    }),
  ).toEqual([
    'doctors.csv 7 kind UNKNOWN_KIND',
    'requests.csv 3 place UNKNOWN_PLACE',
    'sessions.csv 6 place UNKNOWN_PLACE',
  ])
})

test('an offer that ends before it begins is history all the same', async () => {
  expect(
    await flagsOf({ ...smallYear, offers: ['BARN,2024-05-01,2024-04-30,,', 'BARN,2024-05-01,2024-05-01,,'] }),
  ).toEqual(['offers.csv 2 from OFFER_NEVER_OPEN'])
})

test('what is dated in the future, in every sheet that says since when something was known', async () => {
  expect(
    await flagsOf({
      ...smallYear,
      members: ['G1,101,2025-06-02,2025-07-01', 'G1,102,2025-06-01,2025-06-02'],
      declarations: ['G1,2025-06-02,101,2025-06-03', 'G1,2025-06-01,102,'],
      offers: ['BARN,2025-06-02,,,', 'BARN,2025-06-01,,,'],
      requests: ['R1,G1,2025-06-02,,,', 'R2,G1,2025-06-01,,,'],
      sessions: [
        'S1,,2024-02-01T16:00,2024-02-01T18:30,,,,,G1,2025-06-02,',
        'S2,,2024-03-01T16:00,2024-03-01T18:30,,,,,G1,2025-06-01,',
      ],
      attendance: ['S2,G1,101,,,'],
      corrections: ['S2,G1,101,minutes,30,2025-06-02,', 'S2,G1,101,minutes,30,2025-06-01,'],
    }),
  ).toEqual([
    'members.csv 2 joined_on KNOWN_IN_FUTURE',
    'members.csv 2 left_on KNOWN_IN_FUTURE',
    'members.csv 3 left_on KNOWN_IN_FUTURE',
    'declarations.csv 2 signed_on KNOWN_IN_FUTURE',
    'declarations.csv 2 withdrawn_on KNOWN_IN_FUTURE',
    'offers.csv 2 from KNOWN_IN_FUTURE',
    'requests.csv 2 requested_on KNOWN_IN_FUTURE',
    'sessions.csv 2 reported_on KNOWN_IN_FUTURE',
    'corrections.csv 2 corrected_on KNOWN_IN_FUTURE',
  ])
})

describe('the shape of a sheet', () => {
  test('a column that is missing is read as blank where the sheet makes sense without it', async () => {
    const { report } = await broughtIn({
      ...smallYear,
      doctors: 'HPR , name,period_start\n101,Kari Nordmann,2020-01-01\n',
    })
    expect(report.flags.slice(0, 2)).toEqual([
      {
        file: 'doctors.csv',
        row: 1,
        column: 'kind',
        code: 'MISSING_COLUMN',
        reason: 'the header has no kind; it is read as blank',
      },
      {
        file: 'doctors.csv',
        row: 1,
        column: 'municipality_number',
        code: 'MISSING_COLUMN',
        reason: 'the header has no municipality_number; it is read as blank',
      },
    ])
    expect(report.rejections.filter(({ file }) => file === 'doctors.csv')).toEqual([])
  })

  test('without a column that is needed no row can be taken', async () => {
    const { report } = await broughtIn({ doctors: 'number,name\n101,Kari Nordmann\n102,Ola Nordmann\n' })
    expect(placesOf(report.flags.slice(0, 1))).toEqual(['doctors.csv 1 hpr MISSING_COLUMN'])
    expect(report.flags[0]?.reason).toBe('the header has no hpr; its rows cannot be taken')
    expect(placesOf(report.rejections)).toEqual(['doctors.csv 2 hpr REQUIRED', 'doctors.csv 3 hpr REQUIRED'])
    expect(report.events).toBe(0)
  })

  test('columns may stand in any order, with others among them', async () => {
    expect(
      await flagsOf({
        doctors: 'note,period_start,hpr,kind,phone,name,municipality_number\nx,2020-01-01,101,gp,5,Kari,4601\n',
      }),
    ).toEqual([])
  })

  test('a row with more cells than the header has headings', async () => {
    expect(
      await flagsOf({
        doctors: ['101,Nordmann, Kari,gp,4601', '102,Ola,gp,4601,2020-01-01,extra', '103,Per,gp,4601,,,'].slice(1),
      }),
    ).toEqual(['doctors.csv 2 period_start TOO_MANY_CELLS'])
  })

  test('a row with fewer cells has blank ones', async () => {
    expect(await flagsOf({ doctors: ['101', '102,Ola'] })).toEqual([])
  })

  test('blanks around cells and headings are no part of them', async () => {
    const { report } = await broughtIn({
      doctors: ` hpr ,name, kind,municipality_number ,period_start\n 101 , Kari Nordmann ,\tgp, 4601 , 2020-01-01 \n101,Kari Nordmann,gp,4601,2020-01-01\n`,
    })
    expect(report).toMatchObject({ rejections: [], flags: [], events: 4 })
  })

  test('a row that is not UTF-8 is set aside, the rest goes in', async () => {
    const latin1 = Uint8Array.from(
      Buffer.from(`${headerOf('doctors')}\n101,Kåre,gp,4601,\n102,Ola,gp,4601,\n`, 'latin1'),
    )
    const { report } = await broughtIn({ doctors: latin1 })
    expect(report.rejections).toEqual([
      {
        file: 'doctors.csv',
        row: 2,
        column: 'hpr',
        code: 'UNREADABLE',
        reason: 'the row is not UTF-8; save the sheet as "CSV UTF-8"',
      },
    ])
    expect(report.events).toBe(3)
  })

  test('a row with a character that no store keeps is set aside, the rest goes in', async () => {
    const { report } = await broughtIn({ doctors: ['101,Kari\0,gp,4601,', '102,Ola,gp,4601,'] })
    expect(placesOf(report.rejections)).toEqual(['doctors.csv 2 hpr UNREADABLE'])
    expect(report.events).toBe(3)
  })

  test('a quote that is never closed ends its sheet; the rows before it go in', async () => {
    const { report } = await broughtIn({
      ...smallYear,
      corrections: [
        'S2,G1,103,add,90,2024-04-02,glemt',
        'S2,G1,102,minutes,100,2024-04-01,"gikk',
        'S3,G1,102,withdraw,,2025-02-01,',
      ],
    })
    expect(placesOf(report.rejections)).toEqual(['corrections.csv 3 session UNREADABLE'])
    expect(report.events).toBe(49 - 2)
  })
})

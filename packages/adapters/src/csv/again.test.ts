// again.test.ts: the same sheets once more, longer ones, parts of them, and sheets that say something else

import { cpSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import {
  answersOf,
  asked,
  broughtIn,
  contentOf,
  folderWith,
  imported,
  logOf,
  placesOf,
  registerOn,
  type Sheets,
  smallYear,
  writeSheets,
} from './sheets.test-kit.ts'

const yearEnd = asked('2024-12-31', '2025-05-31')

/** Imports one folder of sheets after the other; what came of the last. */
const oneAfterTheOther = async (...folders: ReadonlyArray<Sheets>) => {
  const on = registerOn()
  let report = await imported(on, folderWith(folders[0] ?? {}))
  for (const sheets of folders.slice(1)) report = await imported(on, folderWith(sheets))
  return { ...on, report }
}

describe('the same folder again', () => {
  test('adds nothing and reports the same', async () => {
    const on = registerOn()
    const folder = folderWith({
      ...smallYear,
      attendance: [...smallYear.attendance, 'S999,G1,101,,,'],
      corrections: [...smallYear.corrections, 'S1,G1,101,add,30,2024-05-01,', 'S1,G1,101,withdraw,,2024-05-02,'],
    })
    const first = await imported(on, folder)
    const log = await logOf(on)
    const second = await imported(on, folder)
    expect(second).toEqual({ ...first, events: 0 })
    expect(placesOf(second.rejections)).toEqual([
      'attendance.csv 12 session UNKNOWN_SESSION',
      'corrections.csv 5 hpr ALREADY_PRESENT',
    ])
    expect(await logOf(on)).toEqual(log)
  })

  test('adds nothing to the pilot year either', async () => {
    const on = registerOn()
    const folder = folderWith({})
    cpSync(fileURLToPath(new URL('../../../examples/pilot-year/data', import.meta.url)), folder, { recursive: true })
    const first = await imported(on, folder)
    expect(first.events).toBe(607)
    expect(placesOf(first.rejections)).toEqual([
      'doctors.csv 96 hpr INVALID_HPR',
      'sessions.csv 73 starts END_NOT_AFTER_START',
      'attendance.csv 529 session UNKNOWN_SESSION',
      'attendance.csv 530 hpr INVALID_HPR',
      'attendance.csv 531 group UNKNOWN_GROUP',
    ])
    expect(await imported(on, folder)).toEqual({ ...first, events: 0 })
    expect(await logOf(on)).toHaveLength(607)
  })

  test('may be imported by several at once', async () => {
    const on = registerOn()
    const folder = folderWith(smallYear)
    const others = [1, 2, 3].map((n) => registerOn({ ...on, ids: `${n}` }))
    await Promise.all([on, ...others].map((one) => imported(one, folder)))
    expect(await contentOf(on)).toEqual(await contentOf(await broughtIn(smallYear)))
  })
})

describe('sheets that come one after the other', () => {
  const { doctors, departments, groups, members, declarations, ...later } = smallYear

  test('people first, sessions later, are the same as all at once', async () => {
    const parts = await oneAfterTheOther({ doctors, departments, groups, members, declarations }, later)
    expect(parts.report.rejections).toEqual([])
    expect(await contentOf(parts)).toEqual(await contentOf(await broughtIn(smallYear)))
  })

  test('each sheet by itself is the same as all at once', async () => {
    const { corrections, attendance, ...rest } = smallYear
    const single = Object.entries(rest).map(([sheet, rows]) => ({ [sheet]: rows }))
    const parts = await oneAfterTheOther(...single, { attendance }, { corrections })
    expect(parts.report.rejections).toEqual([])
    expect(await answersOf(parts, yearEnd)).toEqual(await answersOf(await broughtIn(smallYear), yearEnd))
  })

  test('the report says which sheets were not there', async () => {
    const { report } = await broughtIn({ doctors, groups })
    expect(report.sheets).toEqual([
      { file: 'doctors.csv', rows: 5 },
      { file: 'departments.csv', rows: null },
      { file: 'department_doctors.csv', rows: null },
      { file: 'groups.csv', rows: 2 },
      { file: 'members.csv', rows: null },
      { file: 'declarations.csv', rows: null },
      { file: 'offers.csv', rows: null },
      { file: 'requests.csv', rows: null },
      { file: 'sessions.csv', rows: null },
      { file: 'attendance.csv', rows: null },
      { file: 'corrections.csv', rows: null },
    ])
  })

  test('a session’s times and groups on record decide about attendance that comes later', async () => {
    const { attendance: _, corrections: __, ...without } = smallYear
    const { report } = await oneAfterTheOther(without, {
      attendance: ['S2,G1,101,17:30,18:00,', 'S2,G2,101,,,', 'S2,G1,102,18:00,17:30,', 'S9,G1,101,,,'],
    })
    expect(placesOf(report.rejections)).toEqual([
      'attendance.csv 3 group GROUP_NOT_AT_SESSION',
      'attendance.csv 4 arrived LEFT_NOT_AFTER_ARRIVED',
      'attendance.csv 5 session UNKNOWN_SESSION',
    ])
    expect(report.events).toBe(1)
  })

  test('a longer list adds, a shorter one removes nobody', async () => {
    const shorter = { ...smallYear, attendance: smallYear.attendance.filter((row) => !row.startsWith('S1,G1,102')) }
    const longer = await oneAfterTheOther(shorter, smallYear)
    expect(longer.report).toMatchObject({ events: 1, rejections: [] })
    const whole = await answersOf(await broughtIn(smallYear), yearEnd)
    expect(await answersOf(longer, yearEnd)).toEqual(whole)
    const again = await oneAfterTheOther(smallYear, shorter)
    expect(again.report).toMatchObject({ events: 0, rejections: [] })
    expect(await answersOf(again, yearEnd)).toEqual(whole)
  })

  test('corrections of an attendance that was added later', async () => {
    const shorter = { ...smallYear, attendance: smallYear.attendance.slice(0, -1), corrections: [] }
    const corrections = [...smallYear.corrections, 'S4,G2,104,minutes,30,2025-03-01,']
    const { report } = await oneAfterTheOther(shorter, { ...smallYear, corrections })
    expect(report).toMatchObject({ events: 1 + 4, rejections: [] })
  })

  test('a leaving that is filled in later is one event', async () => {
    const filledIn = {
      ...smallYear,
      members: smallYear.members.map((row) => (row === 'G1,102,2020-01-01,' ? `${row}2024-08-01` : row)),
    }
    const { report, events } = await oneAfterTheOther(smallYear, filledIn)
    expect(report).toMatchObject({ events: 1, rejections: [] })
    expect((await logOf({ events })).at(-1)).toMatchObject({
      type: 'MemberLeft',
      knownSince: '2024-08-01T22:00:00.000Z',
    })
  })

  test('a withdrawal that is filled in later is one event', async () => {
    const { report, events } = await oneAfterTheOther(smallYear, {
      ...smallYear,
      declarations: ['G1,2023-12-19,101,2024-09-01'],
    })
    expect(report).toMatchObject({ events: 1, rejections: [] })
    expect((await logOf({ events })).at(-1)).toMatchObject({
      type: 'IndustryFreeWithdrawn',
      knownSince: '2024-09-01T22:00:00.000Z',
    })
  })

  test('more rows in the same folder add just what they say', async () => {
    const on = registerOn()
    const folder = folderWith(smallYear)
    await imported(on, folder)
    writeSheets(folder, {
      doctors: [...smallYear.doctors, '105,Siri Bakke,gp,4601,2023-01-01'],
      members: [...smallYear.members, 'G1,105,2024-12-01,'],
      sessions: [...smallYear.sessions, 'S5,R1,2024-12-03T17:00,2024-12-03T19:00,,,,Rygg,G1,2024-12-03,'],
      attendance: [...smallYear.attendance, 'S5,G1,105,,,', 'S5,G1,101,,,'],
    })
    // A doctor with number, role and period; a stay; a session. Rygg has been named already, R1 has its session already.
    expect(await imported(on, folder)).toMatchObject({ events: 6, rejections: [] })
  })
})

describe('a row for an id on record with other content is a conflict, and nothing is overwritten', () => {
  const changed: ReadonlyArray<readonly [sheet: keyof typeof smallYear, row: string, column: string]> = [
    ['doctors', '101,Kari Hansen,gp,4601,2020-01-01', 'hpr'],
    ['doctors', '101,Kari Nordmann,gp,4627,2020-01-01', 'hpr'],
    ['doctors', '101,Kari Nordmann,both,4601,2020-01-01', 'hpr'],
    ['doctors', '101,Kari Nordmann,gp,4601,2020-01-02', 'hpr'],
    ['doctors', '201,Hanne Lege,hospital,,2024-01-01', 'hpr'],
    ['departments', 'BARN,Barneklinikken 2,974557746,Haukeland', 'department'],
    ['departments', 'BARN,Barneklinikken,974557746,Haraldsplass', 'department'],
    ['departments', 'BARN,Barneklinikken,983975240,Haukeland', 'department'],
    ['groups', 'G1,Sandviken nord,4601,2019-11-15,101', 'group'],
    ['groups', 'G1,Sandviken,4627,2019-11-15,101', 'group'],
    ['groups', 'G1,Sandviken,4601,2019-11-16,101', 'group'],
    ['groups', 'G1,Sandviken,4601,2019-11-15,102', 'group'],
    ['groups', 'G1,Sandviken,4601,2019-11-15,', 'group'],
    ['members', 'G1,103,2021-01-01,2024-05-02', 'left_on'],
    ['declarations', 'G2,2023-01-10,104,2024-10-02', 'withdrawn_on'],
    ['requests', 'R1,G1,2023-11-26,BARN,Astma,hospital', 'request'],
    ['requests', 'R1,G1; G2,2023-11-26,BARN,Feber,hospital', 'request'],
    ['sessions', 'S2,,2024-03-05T17:00,2024-03-05T20:00,practice,,,Hodepine,G1,2024-03-06,', 'session'],
    ['sessions', 'S2,,2024-03-05T17:00,2024-03-05T19:00,practice,,,Hodepine,G1,2024-03-07,', 'session'],
    ['sessions', 'S2,,2024-03-05T17:00,2024-03-05T19:00,practice,,,Rygg,G1,2024-03-06,', 'session'],
    ['sessions', 'S2,,2024-03-05T17:00,2024-03-05T19:00,practice,,101,Hodepine,G1,2024-03-06,', 'session'],
    ['sessions', 'S2,,2024-03-05T17:00,2024-03-05T19:00,practice,,,Hodepine,G1,2024-03-06,lunsj', 'session'],
    ['sessions', 'S4,,2024-11-12T17:00,2024-11-12T19:00,practice,,,astma,G2,2025-01-10,', 'session'],
    ['sessions', 'S4,,2024-11-12T17:00,2024-11-12T19:00,practice,,,astma,G2,2025-01-10,kaffe', 'session'],
    ['attendance', 'S1,G1,101,,,guest', 'session'],
    ['attendance', 'S1,G1,101,16:10,,', 'session'],
  ]

  test.each(changed)('%s %s', async (sheet, row, column) => {
    const on = registerOn()
    await imported(on, folderWith(smallYear))
    const before = await logOf(on)
    const report = await imported(on, folderWith({ [sheet]: [row] }))
    expect(placesOf(report.rejections)).toEqual([`${sheet}.csv 2 ${column} ID_CONFLICT`])
    expect(report.events).toBe(0)
    expect((await logOf(on)).slice(before.length).map(({ type }) => type)).toEqual([])
    expect(await answersOf(on, yearEnd)).toEqual(await answersOf(await broughtIn(smallYear), yearEnd))
  })

  test('attendance of a session that is in conflict is reported as well', async () => {
    const { report } = await oneAfterTheOther(smallYear, {
      sessions: ['S2,,2024-03-05T17:00,2024-03-05T20:00,practice,,,Hodepine,G1,2024-03-06,'],
      attendance: ['S2,G1,101,,,', 'S1,G1,101,,,', 'S2,G1,103,,,'],
    })
    expect(report.events).toBe(0)
    expect(placesOf(report.rejections)).toEqual([
      'sessions.csv 2 session ID_CONFLICT',
      'attendance.csv 2 session ID_CONFLICT',
      'attendance.csv 4 session ID_CONFLICT',
    ])
  })
})

describe('sources', () => {
  test('two may mean different things by the same ids', async () => {
    const on = registerOn()
    const first = await imported(on, folderWith(smallYear))
    const other = await imported(
      on,
      folderWith({
        groups: ['G1,Nord,4601,2022-01-01,'],
        members: ['G1,101,2022-01-01,', 'G1,102,2022-01-01,'],
        sessions: ['S1,,2024-06-01T12:00,2024-06-01T14:00,,,,Astma,G1,2024-06-01,'],
        attendance: ['S1,G1,101,,,'],
      }),
      { source: 'north' },
    )
    expect(first.rejections).toEqual([])
    expect(other).toMatchObject({ rejections: [], events: 5 })
    const { groups, topics } = await answersOf(on, yearEnd)
    expect(groups.filter((group) => group.startsWith('G1'))).toHaveLength(2)
    expect(topics.filter((topic) => topic.includes(' S1 G1 Astma'))).toEqual([
      '2024-02-01 S1 G1 Astma hospital BARN',
      '2024-06-01 S1 G1 Astma own-practice ',
    ])
  })

  test('a name of one is unknown to the other', async () => {
    const on = registerOn()
    await imported(on, folderWith(smallYear))
    const other = await imported(on, folderWith({ members: ['G1,101,2022-01-01,'] }), { source: 'north' })
    expect(placesOf(other.rejections)).toEqual(['members.csv 2 group UNKNOWN_GROUP'])
  })

  test('people are the same people, whoever names their numbers', async () => {
    const on = registerOn()
    await imported(on, folderWith(smallYear))
    const { rejections, events } = await imported(
      on,
      folderWith({ groups: ['N1,Nord,4601,2022-01-01,00101'], members: ['N1,0102,2022-01-01,'] }),
      { source: 'north' },
    )
    expect({ rejections, events }).toEqual({ rejections: [], events: 3 })
  })

  test('each says who brought a fact in', async () => {
    const on = registerOn()
    await imported(on, folderWith(smallYear), { source: 'south' })
    const actors = new Set((await logOf(on)).map(({ actor }) => JSON.stringify(actor)))
    expect([...actors]).toEqual(['{"id":"south","role":"importer"}'])
  })
})

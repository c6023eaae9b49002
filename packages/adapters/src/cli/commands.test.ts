// commands.test.ts: what each question prints and writes

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dateIn, oslo } from '@smagruppe/domain'
import { describe, expect, test } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { asked, broughtIn, smallYear } from '../csv/sheets.test-kit.ts'
import { answerSheets } from './index.ts'
import { importedBy, printed, tooLong } from './smagruppe.test-kit.ts'

const yearEnd = ['--as-of', '2024-12-31', '--known-at', '2024-12-31']

const text = (file: string): string => readFileSync(file, 'utf8')

describe('register', () => {
  test('prints the groups on a date', async () => {
    const { store } = await importedBy()
    expect(await printed('register', '--store', store, ...yearEnd)).toBe(
      `Groups on 2024-12-31, as known at the end of 2024-12-31

group name      place size warning declared   contact
G1    Sandviken 4601     2 under 3 2023-12-19 101
G2    Fana      4601     2 under 3 none       none

2 groups; 2 to 2 members, median 2
`,
    )
    expect(await printed('register', '--store', store, '--as-of', '2019-11-14')).toContain('\n\nNo groups.\n')
  })

  test('--csv and --json', async () => {
    const { folder, store } = await importedBy()
    const csv = join(folder, 'new folder/group-register.csv')
    const { question, groups } = JSON.parse(
      await printed(
        'register',
        '--store',
        store,
        '--as-of',
        '2024-04-30',
        '--known-at',
        '2024-12-31',
        '--csv',
        csv,
        '--json',
      ),
    )
    expect(question).toEqual({ effectiveThrough: '2024-04-30', asKnownAt: '2024-12-31T23:00:00.000Z' })
    expect(groups.map(({ label }: { readonly label: string }) => label)).toEqual(['G1', 'G2'])
    expect(text(csv)).toBe(`group,name,municipality_number,members,warning,declaration,contact_hpr
G1,Sandviken,4601,3,,2023-12-19,101
G2,Fana,4601,1,UNDER_3,2023-01-10,
`)
  })
})

describe('topics', () => {
  test('prints the topics by date', async () => {
    const { store } = await importedBy()
    expect(await printed('topics', '--store', store, '--as-of', '2024-12-31', '--known-at', '2025-01-10')).toBe(
      `Topics through 2024-12-31, as known at the end of 2025-01-10

date       session group topic    origin
2024-02-01 S1      G1    Astma    hospital
2024-02-01 S1      G1    Feber    hospital
2024-02-01 S1      G2    Astma    hospital
2024-02-01 S1      G2    Feber    hospital
2024-03-05 S2      G1    Hodepine own practice
2024-09-10 S3      G1    Rygg     own practice
2024-11-12 S4      G2    astma    own practice

7 topics taken up
`,
    )
  })

  test('--counts prints how often, whatever the case of the wording', async () => {
    const { store } = await importedBy()
    const ask = ['topics', '--counts', '--store', store, '--as-of', '2024-12-31', '--known-at', '2025-01-10']
    expect(await printed(...ask)).toBe(`topic    group year times
Astma    G1    2024     1
Astma    G2    2024     2
Feber    G1    2024     1
Feber    G2    2024     1
Hodepine G1    2024     1
Rygg     G1    2024     1
`)
    expect(JSON.parse(await printed(...ask, '--json')).counts).toHaveLength(6)
  })

  test('--csv and --json', async () => {
    const { folder, store } = await importedBy()
    const csv = join(folder, 'topic-log.csv')
    const ask = ['topics', '--store', store, '--as-of', '2024-02-29', '--known-at', '2024-12-31']
    expect(JSON.parse(await printed(...ask, '--csv', csv, '--json')).topics).toHaveLength(4)
    expect(text(csv)).toBe(`date,session,group,topic,origin,department
2024-02-01,S1,G1,Astma,hospital,BARN
2024-02-01,S1,G1,Feber,hospital,BARN
2024-02-01,S1,G2,Astma,hospital,BARN
2024-02-01,S1,G2,Feber,hospital,BARN
`)
  })
})

describe('points', () => {
  test('prints everybody who has a period', async () => {
    const { store } = await importedBy()
    expect(await printed('points', '--store', store, ...yearEnd)).toBe(
      `Points on 2024-12-31, as known at the end of 2024-12-31

HPR name          before     minutes mandatory elective missing pending
101 Kari Nordmann 2025-01-01     420      7.00     0.00   13.00       0
102 Ola Nordmann  2025-02-28     370      6.17     0.00   13.83       0
103 Per Hansen    2026-06-01       0      0.00     0.00   20.00       0
104 Liv Hansen    2027-05-10       0      0.00     0.00   20.00       0

4 doctors; an indication, not a decision
`,
    )
  })

  test('--csv and --json', async () => {
    const { folder, store } = await importedBy()
    const csv = join(folder, 'points.csv')
    const { points } = JSON.parse(await printed('points', '--store', store, ...yearEnd, '--csv', csv, '--json'))
    expect(points.map(({ hpr, countedMinutes }: Record<string, unknown>) => [hpr, countedMinutes])).toEqual([
      ['101', 420],
      ['102', 370],
      ['103', 0],
      ['104', 0],
    ])
    expect(text(csv)).toBe(`hpr,from,to,counted_minutes,mandatory,elective,overflow,pending_minutes,reasons
101,2020-01-01,2025-01-01,420,7.00,0.00,0.00,0,
102,2020-02-29,2025-02-28,370,6.17,0.00,0.00,0,
103,2021-06-01,2026-06-01,0,0.00,0.00,0.00,0,S1:GUEST;S2:DOCTOR_UNDER_6_HOURS
104,2022-05-10,2027-05-10,0,0.00,0.00,0.00,0,S1:BELOW_QUORUM
`)
  })

  test('doctors come by number, leading zeros or not', async () => {
    const { folder, store } = await importedBy({
      doctors: ['1000000,A,gp,,2020-01-01', '0099,B,gp,,2020-01-01', '5,C,gp,,2020-01-01', '100,D,gp,,2020-01-01'],
    })
    const csv = join(folder, 'points.csv')
    await printed('points', '--store', store, '--csv', csv)
    expect(
      text(csv)
        .split('\n')
        .map((line) => line.split(',')[0]),
    ).toEqual(['hpr', '5', '99', '100', '1000000', ''])
  })
})

describe('explain', () => {
  test('says line by line what counts and why the rest does not', async () => {
    const { store } = await importedBy()
    const out = await printed('explain', '00103', '--store', store, ...yearEnd)
    expect(out.split('\n').filter((line) => /^\S/.test(line))).toEqual([
      'Small-group points of Per Hansen (HPR 103) on 2024-12-31, as known at the end',
      'Period 2021-06-01 to 2026-06-01 (that day not included)',
      'Counted: 0 minutes = 0.00 points',
      'Mandatory: 0.00 of 20, 20.00 missing, needed by 2026-05-31',
      'Elective: 0.00 of at most 130; beyond both, worth nothing: 0.00',
      'Held back until a window is over: 0 minutes',
      'An indication, not a decision: that is the authority’s to make.',
      '2024-02-01 S1 with group G2: 150 minutes present, 0 count: GUEST',
      '2024-03-05 S2 with group G1: 90 minutes present, 0 count: DOCTOR_UNDER_6_HOURS',
      'Judged by:',
      'The total follows these rules:',
      'The period rests on:',
    ])
    expect(out).toMatch(/Needs 360 minutes .*, found 90/)
    expect(out.replace(/\s+/g, ' ')).toMatch(
      /attendance added \(AttendanceAdded [0-9a-f-]{36}\), known since the end of 2024-04-02, recorded /,
    )
  })

  test('names those who were there where they were too few', async () => {
    const { store } = await importedBy()
    expect(await printed('explain', '104', '--store', store, ...yearEnd)).toMatch(
      /BELOW_QUORUM\n.*Needs 2 .*Liv Hansen \(HPR 104\)/,
    )
  })

  test('--json prints the same lines as data', async () => {
    const { store } = await importedBy()
    const explained = JSON.parse(await printed('explain', '102', '--store', store, ...yearEnd, '--json'))
    expect(explained).toMatchObject({ hpr: '102', countedMinutes: 370 })
    expect(
      explained.lines.map(({ label, present, counted }: Record<string, unknown>) => [label, present, counted]),
    ).toEqual([
      ['S1', 120, 120],
      ['S2', 100, 100],
      ['S3', 150, 150],
    ])
  })

  test('a doctor without a period', async () => {
    const { store } = await importedBy()
    expect(await printed('explain', '201', '--store', store, ...yearEnd)).toMatch(
      /^Small-group points of Hanne Lege \(HPR 201\)/,
    )
  })
})

describe('the dates of a question include their day', () => {
  const minutesOf = async (store: string, asOf: string, knownAt: string): Promise<string | undefined> =>
    /^101 .*? {2,}(\d+) /m.exec(await printed('points', '--store', store, '--as-of', asOf, '--known-at', knownAt))?.[1]

  test('--known-at: the third session was reported on 30 December', async () => {
    const { store } = await importedBy()
    expect(await minutesOf(store, '2024-12-31', '2024-12-29')).toBe('0')
    expect(await minutesOf(store, '2024-12-31', '2024-12-30')).toBe('420')
    expect(await minutesOf(store, '2024-12-31', '2024-12-30T22:59:59.999Z')).toBe('0')
    expect(await minutesOf(store, '2024-12-31', '2024-12-30T23:00:00.000Z')).toBe('420')
    expect(await minutesOf(store, '2024-12-31', '2025-01-31')).toBe('420')
    expect(await minutesOf(store, '2024-12-31', '2025-02-01')).toBe('0')
  })

  test('--as-of: the third session was held on 10 September', async () => {
    const { store } = await importedBy()
    expect(await minutesOf(store, '2024-09-09', '2024-12-31')).toBe('0')
    expect(await minutesOf(store, '2024-09-10', '2024-12-31')).toBe('420')
  })

  test('left out, they are now, and the day on which that is', async () => {
    const { store } = await importedBy({ ...smallYear, members: [...smallYear.members, 'G2,101,2999-01-01,'] })
    const members = async (...question: ReadonlyArray<string>): Promise<unknown> =>
      JSON.parse(await printed('register', '--store', store, '--json', ...question)).groups[1].members.length
    // Dated in the future, so known since the import a moment ago.
    expect(await members('--as-of', '2999-01-01', '--known-at', '2024-12-31')).toBe(2)
    expect(await members('--as-of', '2999-01-01')).toBe(3)
    const { question } = JSON.parse(await printed('points', '--store', store, '--json'))
    expect(question.effectiveThrough).toBe(dateIn(oslo, question.asKnownAt))
  })
})

test('every table fits 80 columns, also with long names and numbers', async () => {
  const long = 'Et langt navn som ikke får plass noe sted i en tabell'
  const { store, ran } = await importedBy({
    doctors: [
      '910000001,Ø,gp,4601,2020-01-01',
      '910000002,B,gp,4601,2020-01-01',
      `910000003,${long},gp,4601,2020-01-01`,
      'x,,,,',
    ],
    departments: ['BARN,Barneklinikken,1,Haukeland'],
    groups: [`GRUPPE-${long},${long},4601,2019-11-15,910000001`],
    members: ['1', '2', '3'].map((n) => `GRUPPE-${long},91000000${n},2020-01-01,`),
    declarations: [`GRUPPE-${long},2020-01-01,910000001,`],
    sessions: Array.from(
      { length: 30 },
      (_, n) =>
        `S-${n}-${long},,2024-03-${String(n + 1).padStart(2, '0')}T10:00,2024-03-${String(n + 1).padStart(2, '0')}T20:00,,,,${long},GRUPPE-${long},2024-03-31,`,
    ),
    attendance: Array.from({ length: 60 }, (_, n) => `S-${n % 30}-${long},GRUPPE-${long},91000000${n < 30 ? 1 : 2},,,`),
  })
  const ask = ['--store', store, '--as-of', '2024-12-31', '--known-at', '2024-12-31']
  const tables = [
    ran.out,
    await printed('register', ...ask),
    await printed('topics', ...ask),
    await printed('topics', '--counts', ...ask),
    await printed('points', ...ask),
  ]
  expect(tables.flatMap((table) => tooLong(table.replace(/^(Imported|Not there).*$/gm, '')))).toEqual([])
  expect(tables[4]).toContain('910000002 B                2025-01-01   10800     20.00   130.00    0.00       0\n')
})

test('a register in memory gives the same rows as one in SQLite', async () => {
  const { folder, store } = await importedBy()
  const on = await broughtIn(smallYear)
  const sheets = rightOf(await answerSheets(on.register, asked('2024-12-31'))())
  const files: ReadonlyArray<readonly [command: string, keyof typeof sheets]> = [
    ['points', 'points'],
    ['register', 'groupRegister'],
    ['topics', 'topicLog'],
  ]
  for (const [command, answer] of files) {
    const csv = join(folder, `${command}.csv`)
    await printed(command, '--store', store, ...yearEnd, '--csv', csv)
    const { header, rows } = sheets[answer]
    expect(text(csv)).toBe(`${[header, ...rows].map((row) => row.join(',')).join('\n')}\n`)
  }
})

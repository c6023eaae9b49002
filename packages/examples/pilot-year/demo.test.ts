// demo.test.ts: the main job, as a process of its own, against files that were checked by hand and by a second evaluator

import { cpSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { evaluate } from '../second-opinion/evaluate.ts'
import { rulesOf } from '../second-opinion/variants.ts'
import { asKnownAYearLater, asOfTheYear, emptyFolder, filesIn, here, shell } from './demo.test-kit.ts'

const patience = { timeout: 120_000 }

/** A folder with hardly anything in it, for what does not depend on the data. */
const oneDoctor = (): string => {
  const folder = emptyFolder()
  writeFileSync(join(folder, 'doctors.csv'), 'hpr,name,period_start\n101,Kari Nordmann,2020-01-01\n')
  return folder
}

/** The sheets of a folder by their names. */
const filesOfSheets = (folder: string) =>
  Object.fromEntries(Object.entries(filesIn(folder)).map(([name, text]) => [name.replace(/\.csv$/, ''), text]))

test(
  'the pilot year gives the expected files, again and again, and others with later knowledge',
  patience,
  async () => {
    const folder = emptyFolder()
    const first = await shell('demo', folder)
    expect(first).toMatchObject({ code: 0 })
    expect(first.out).toContain('832 rows read, 607 events added, 5 rows rejected, 0 flagged.\n')
    expect(first.out).toContain('\n10 groups; 2 to 13 members, median 9\n')
    expect(first.out).toMatch(/\n87 doctors; an indication, not a decision\n\nWritten to \S+\/demo-out\n$/)
    expect(first.out.split('\n').filter((line) => line.length > 80 && !/^(Imported|Written)/.test(line))).toEqual([])
    const out = join(folder, 'demo-out')
    expect(filesIn(out)).toEqual(asOfTheYear)

    const later = await shell('demo --known-at 2025-12-31 --explain 06188199', folder)
    expect(later.code).toBe(0)
    expect(later.out).toContain('832 rows read, 0 events added, 5 rows rejected, 0 flagged.\n')
    expect(later.out).toContain(
      'Small-group points of Frisk Tyttebær (HPR 6188199) on 2024-12-31, as known at\n  the end of 2025-12-31\n',
    )
    expect(later.out).toContain('\nCounted: 870 minutes = 14.50 points\n')
    expect(filesIn(out)).toEqual(asKnownAYearLater)

    expect(await shell('demo -- --out demo-out', folder)).toMatchObject({ code: 0 })
    expect(filesIn(out)).toEqual(asOfTheYear)
  },
)

test('by other rules it gives what the second opinion says, and refuses rules that cannot be', patience, async () => {
  const folder = emptyFolder()
  const parameters = {
    window: 'group-year',
    rounding: { mode: 'half-up', per: 'window', unit: 0.5 },
    declaration: { curesDays: 14 },
    membershipTransfer: 'adds-up',
    yearlyCap: 10,
    dayCap: 'reject',
    minutesPerPoint: 45,
    sessionMinutesMin: 60,
  } as const
  writeFileSync(join(folder, 'rules.json'), JSON.stringify({ parameters }))
  const ran = await shell('demo --rules rules.json --explain 06188199', folder)
  expect(ran).toMatchObject({ code: 0 })
  expect(ran.out).toContain('Rule: a calendar year gives at most 10 points (yearlyCap)')
  const { 'points.csv': points = '', ...others } = filesIn(join(folder, 'demo-out'))
  const [, ...rows] = points.trimEnd().split(/\r?\n/)
  const second = evaluate(filesOfSheets(join(here, 'data')), '2024-12-31', '2024-12-31', rulesOf({ parameters }))
  expect(rows).toEqual(second.points.map((row) => row.join(',')))
  const { 'points.csv': usual, ...asUsual } = asOfTheYear
  expect(points).not.toBe(usual)
  expect(others).toEqual(asUsual)

  writeFileSync(join(folder, 'wrong.json'), '{ "parameters": { "quorum": 0 } }')
  expect(await shell('demo --rules wrong.json --out other', folder)).toEqual({
    code: 1,
    out: '',
    err: `demo: the rules in wrong.json cannot be used:
  parameters.quorum: found 0, expected a whole number from 1 to 1000
`,
  })
  expect(readdirSync(folder).sort()).toEqual(['demo-out', 'rules.json', 'wrong.json'])
})

test('other data is asked about today; the store and the files go where they are told', patience, async () => {
  const folder = emptyFolder()
  const data = join(folder, 'sheets')
  cpSync(join(here, 'data'), data, { recursive: true })
  writeFileSync(join(data, 'groups.csv'), 'group,name,registered_on\nG01,Sandviken,2020-01-01\nG99,Nord,2999-01-01\n')
  writeFileSync(
    join(data, 'members.csv'),
    'group,hpr,joined_on,left_on\nG01,4618619,2020-01-01,\nG01,2927673,2020-01-01,2999-01-01\n',
  )
  const { code, out } = await shell('demo --data sheets --out answers/today --store register.sqlite', folder)
  expect(code).toBe(0)
  const today = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Oslo' }).format(new Date())
  expect(out).toContain(`\nGroups on ${today}, as known at `)
  expect(readdirSync(folder).sort()).toEqual(['answers', 'register.sqlite', 'register.vault.db', 'sheets'])
  const files = filesIn(join(folder, 'answers/today'))
  expect(files['group-register.csv']).toBe(
    'group,name,municipality_number,members,warning,declaration,contact_hpr\nG01,Sandviken,,2,UNDER_3,2023-12-19,\n',
  )
  expect(files['flagged.csv']).toContain('members.csv,3,left_on,KNOWN_IN_FUTURE,')
})

test('--help says what it takes and writes', async () => {
  const { code, out, err } = await shell('demo --help', emptyFolder())
  expect({ code, err }).toEqual({ code: 0, err: '' })
  for (const option of [
    '--data DIR',
    '--out DIR',
    '--store PLACE',
    '--as-of DATE',
    '--known-at DATE',
    '--explain HPR',
    '--help',
  ]) {
    expect(out).toContain(option)
  }
})

describe('wrong usage ends with 2 before anything is imported', () => {
  test.each([
    ['--as-of 2024-02-30', "demo: --as-of '2024-02-30' is no date; write YYYY-MM-DD (see --help)\n"],
    ['--known-at soon', "demo: --known-at 'soon' is no date; write YYYY-MM-DD (see --help)\n"],
    ['--explain ABC', "demo: --explain 'ABC' is no HPR number (see --help)\n"],
    ['--colour red', expect.stringMatching(/^demo: .*'--colour'/)],
    ['--data', expect.stringMatching(/^demo: .*'--data <value>' argument missing/)],
    ['here', expect.stringMatching(/^demo: .*'here'/)],
  ])('%s', async (words, err) => {
    const folder = emptyFolder()
    expect(await shell(`demo ${words}`, folder)).toEqual({ code: 2, out: '', err })
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('what cannot be done ends with 1 and one line', () => {
  test('data that is not there', async () => {
    const folder = emptyFolder()
    expect(await shell('demo --data nothing', folder)).toEqual({
      code: 1,
      out: '',
      err: `smagruppe: there is no folder ${join(folder, 'nothing')}\n`,
    })
  })

  test('an out folder that cannot be made', async () => {
    const folder = emptyFolder()
    writeFileSync(join(folder, 'file'), '')
    expect(await shell('demo --out file/out', folder)).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/^demo: \S+ cannot be made: .*\n$/),
    })
  })

  test('an explanation for somebody unknown, after the files have been written', patience, async () => {
    const folder = oneDoctor()
    const { code, err } = await shell('demo --data . --explain 999', folder)
    expect(code).toBe(1)
    expect(err).toContain('smagruppe: no doctor with HPR number 999 is registered in ')
    expect(Object.keys(filesIn(join(folder, 'demo-out')))).toEqual(Object.keys(asOfTheYear).sort())
  })
})

test('a reader that has seen enough is no failure, and all files are written', patience, async () => {
  const folder = oneDoctor()
  const { code, out, err } = await shell('demo --data . --explain 101 | head -1', folder)
  // On a slow machine something may be said of how far it has come.
  expect({ code, err: err.replace(/^(reading|recording|bringing).*\n/gm, '') }).toEqual({ code: 0, err: '' })
  expect(out).toMatch(/^Imported .*\n$/)
  expect(filesIn(join(folder, 'demo-out'))['points.csv']).toMatch(/\n101,/)
})

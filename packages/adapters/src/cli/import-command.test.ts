// import-command.test.ts: what `smagruppe import` prints and writes

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith, smallYear } from '../csv/sheets.test-kit.ts'
import { importedBy, printed, type Ran, smagruppe } from './smagruppe.test-kit.ts'

const yearEnd = ['--as-of', '2024-12-31', '--known-at', '2024-12-31']

const text = (file: string): string => readFileSync(file, 'utf8')

describe('import', () => {
  test('says how much was read and added; the second time, that nothing was', async () => {
    const { folder, store, ran } = await importedBy()
    expect(ran).toEqual({
      code: 0,
      out: `Imported ${folder}: 35 rows read, 49 events added, 0 rows rejected, 0 flagged.\n`,
      err: '',
    })
    expect(await printed('import', folder, '--store', store)).toBe(
      `Imported ${folder}: 35 rows read, 0 events added, 0 rows rejected, 0 flagged.\n`,
    )
  })

  test('rejected rows are a report, not a failure', async () => {
    const { folder, store } = await importedBy({
      doctors: ['101,Kari,gp,,', 'x,Ola,gp,,', '103,Per,nurse,46,'],
      groups: [],
    })
    const rejected = join(folder, 'reports/rejected.csv')
    const flagged = join(folder, 'flagged.csv')
    expect(await printed('import', folder, '--store', store, '--rejected', rejected, '--flagged', flagged)).toBe(
      `Imported ${folder}: 3 rows read, 0 events added, 2 rows rejected, 0 flagged.
Not there: departments.csv, department_doctors.csv, members.csv,
  declarations.csv, offers.csv, requests.csv, sessions.csv, attendance.csv,
  corrections.csv

Rejected:
file        row column              why
doctors.csv   3 hpr                 INVALID_HPR
doctors.csv   4 municipality_number INVALID_MUNICIPALITY_NUMBER
`,
    )
    expect(text(rejected)).toBe(`file,row,column,code,reason
doctors.csv,3,hpr,INVALID_HPR,'x' is no HPR number; it has 1 to 9 digits and is not zero
doctors.csv,4,municipality_number,INVALID_MUNICIPALITY_NUMBER,'46' is no municipality number; it has four digits
`)
    expect(text(flagged)).toBe('file,row,column,code,reason\n')
  })

  test('of many rejected rows the first twenty are printed, and all are written', async () => {
    const { folder, store, ran } = await importedBy({
      doctors: Array.from({ length: 25 }, (_, n) => `x${n},Nobody,gp,,`),
    })
    const lines = ran.out.trimEnd().split('\n')
    expect(lines.filter((line) => line.startsWith('doctors.csv'))).toHaveLength(20)
    expect(lines.at(-1)).toBe('… and 5 more')
    const rejected = join(folder, 'rejected.csv')
    await smagruppe('import', folder, '--store', store, '--rejected', rejected)
    expect(text(rejected).trimEnd().split('\n')).toHaveLength(26)
  })

  test('flagged rows are printed and written', async () => {
    const { folder, store } = await importedBy({ doctors: [] })
    const sheets = folderWith({ doctors: ['101,Kari,nurse,,'] })
    const flagged = join(folder, 'flagged.csv')
    expect(await printed('import', sheets, '--store', store, '--flagged', flagged)).toContain(
      'Taken, but look at:\nfile        row column why\ndoctors.csv   2 kind   UNKNOWN_KIND\n',
    )
    expect(text(flagged)).toBe(`file,row,column,code,reason
doctors.csv,2,kind,UNKNOWN_KIND,"'nurse' is none of gp, hospital, both; taken without a role"
`)
  })

  test('--source keeps the names of two sources apart', async () => {
    const { folder, store } = await importedBy()
    await printed('import', folder, '--store', store, '--source', 'north')
    const { groups } = JSON.parse(await printed('register', '--store', store, ...yearEnd, '--json'))
    expect(groups).toHaveLength(4)
  })

  test('--rehearse records sheets that run ahead of today at their last date', async () => {
    const folder = folderWith({ ...smallYear, members: [...smallYear.members, 'G2,101,2999-01-01,'] })
    const rehearsed = join(folder, 'rehearsed.db')
    expect(await printed('import', folder, '--store', rehearsed, '--rehearse')).toContain('KNOWN_IN_FUTURE')
    const members = async (store: string, knownAt: string): Promise<unknown> => {
      const ask = ['register', '--store', store, '--as-of', '2999-12-31', '--known-at', knownAt, '--json']
      return JSON.parse(await printed(...ask)).groups[1].members.length
    }
    expect(await members(rehearsed, '2998-12-31')).toBe(2)
    expect(await members(rehearsed, '2999-01-01')).toBe(3)
    const taken = join(folder, 'taken.db')
    await printed('import', folder, '--store', taken)
    expect(await members(taken, '2998-12-31')).toBe(3)
  })

  test('--json prints the report', async () => {
    const folder = folderWith(smallYear)
    const report = JSON.parse(await printed('import', folder, '--store', join(folder, 'register.db'), '--json'))
    expect(report).toMatchObject({ events: 49, rejections: [], flags: [] })
    expect(report.sheets[0]).toEqual({ file: 'doctors.csv', rows: 5 })
  })
})

test('nothing is printed on the way of a short import', async () => {
  const ran: Ran = (await importedBy()).ran
  expect(ran.err).toBe('')
})

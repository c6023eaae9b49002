// folder.test.ts: folders that cannot be imported, and how far an import has come

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { leftOf } from '../contract/case.ts'
import { type ImportProgress, importFolder } from './index.ts'
import { broughtIn, folderWith, headerOf, imported, logOf, registerOn, smallYear } from './sheets.test-kit.ts'

const errorOf = async (folder: string) => leftOf(await importFolder(registerOn().register, folder)())

describe('a folder that cannot be imported', () => {
  test('is not there', async () => {
    expect(await errorOf('/no/such/folder')).toEqual({
      _tag: 'FolderUnreadable',
      message: 'there is no folder /no/such/folder',
    })
  })

  test('is a file', async () => {
    const file = join(folderWith({ doctors: [] }), 'doctors.csv')
    expect(await errorOf(file)).toEqual({ _tag: 'FolderUnreadable', message: `${file} is no folder` })
  })

  test('has none of the sheets', async () => {
    const folder = folderWith({})
    writeFileSync(join(folder, 'Doctors.xlsx'), '')
    mkdirSync(join(folder, 'doctors.csv'))
    expect(await errorOf(folder)).toEqual({
      _tag: 'FolderUnreadable',
      message: `${folder} has none of the sheets doctors.csv, departments.csv, department_doctors.csv, groups.csv, members.csv, declarations.csv, offers.csv, requests.csv, sessions.csv, attendance.csv, corrections.csv`,
    })
  })

  test('has a sheet that the system does not let us read', async () => {
    const folder = folderWith({ groups: [] })
    // A process's own memory is a file that cannot be read from its beginning.
    symlinkSync('/proc/self/mem', join(folder, 'doctors.csv'))
    expect(await errorOf(folder)).toMatchObject({
      _tag: 'FolderUnreadable',
      message: expect.stringMatching(/^\S+ cannot be read: EIO/),
    })
  })

  test('stores nothing', async () => {
    const on = registerOn()
    await importFolder(on.register, '/no/such/folder')()
    expect(await logOf(on)).toEqual([])
  })
})

describe('a folder with little in it', () => {
  test('empty sheets are sheets without rows', async () => {
    const { report } = await broughtIn({ doctors: '', groups: '\uFEFF', members: `${headerOf('members')}` })
    expect(report.sheets.filter(({ rows }) => rows !== null)).toEqual([
      { file: 'doctors.csv', rows: 0 },
      { file: 'groups.csv', rows: 0 },
      { file: 'members.csv', rows: 0 },
    ])
    expect(report).toMatchObject({ events: 0, rejections: [], flags: [] })
  })

  test('other files are left alone', async () => {
    const folder = folderWith(smallYear)
    writeFileSync(join(folder, 'budget.csv'), 'a,b\n1,2\n')
    expect(await imported(registerOn(), folder)).toMatchObject({ events: 49, rejections: [] })
  })
})

describe('progress', () => {
  const progressOf = async (folder: string): Promise<ReadonlyArray<ImportProgress>> => {
    const seen: ImportProgress[] = []
    await imported(registerOn(), folder, { onProgress: (progress) => seen.push(progress) })
    return seen
  }

  test('tells which sheet was read, then what is being recorded, to the end', async () => {
    const seen = await progressOf(folderWith(smallYear))
    const ends = seen.filter(({ what }, index) => what !== seen[index + 1]?.what)
    expect(ends.map(({ step, what, done, total }) => `${step} ${what} ${done} of ${total}`)).toEqual([
      'reading doctors.csv 5 of null',
      'reading departments.csv 1 of null',
      'reading department_doctors.csv 1 of null',
      'reading groups.csv 2 of null',
      'reading members.csv 5 of null',
      'reading declarations.csv 2 of null',
      'reading offers.csv 1 of null',
      'reading requests.csv 1 of null',
      'reading sessions.csv 4 of null',
      'reading attendance.csv 10 of null',
      'reading corrections.csv 3 of null',
      'recording doctors 5 of 5',
      'recording hospitals 1 of 1',
      'recording departments 2 of 2',
      'recording groups 2 of 2',
      'recording requests 1 of 1',
      'recording sessions 4 of 4',
      'recording topics 4 of 4',
      'recording corrections 2 of 2',
    ])
  })

  test('is told every thousand rows of a long sheet', async () => {
    const rows = Array.from({ length: 2500 }, () => 'G1,101,2024-01-01,')
    const seen = await progressOf(
      folderWith({ doctors: ['101,Kari,gp,,'], groups: ['G1,Sandviken,,2020-01-01,'], members: rows }),
    )
    expect(seen.filter(({ what }) => what === 'members.csv').map(({ done }) => done)).toEqual([1000, 2000, 2500])
  })
})

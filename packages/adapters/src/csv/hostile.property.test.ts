// hostile.property.test.ts: whatever stands in a cell, its row is taken or reported, and the rest goes in

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyHostileYear, written } from './hostile-sheets.test-kit.ts'
import type { Rejection } from './index.ts'
import { answersOf, asked, contentOf, folderWith, headerOf, imported, registerOn } from './sheets.test-kit.ts'

const full = process.env.SMAGRUPPE_FULL === '1'
const seed = Number(process.env.SMAGRUPPE_SEED ?? Math.floor(Math.random() * 2 ** 31))
const rowsOfEach = 22
const sheets = 11

type Year = Readonly<Record<string, ReadonlyArray<ReadonlyArray<string>>>>

const asFiles = (year: Year): Record<string, string> =>
  Object.fromEntries(Object.entries(year).map(([sheet, rows]) => [sheet, written(sheet, rows).text]))

/** Says where, and in words that are short and no formula. */
const mustSayWhere = ({ file, row, column, code, reason }: Rejection, year: Year): void => {
  const sheet = file.replace('.csv', '')
  const there = written(sheet, year[sheet] ?? []).lines.includes(row)
  const named = headerOf(sheet).split(',').includes(column)
  if (!there || !named || !/^[a-z0-9']/i.test(reason) || reason.length > 400)
    throw new Error(JSON.stringify({ file, row, column, code, reason }))
}

/** The sheets without the rows that were reported. */
const withoutReported = (year: Year, rejections: ReadonlyArray<Rejection>): Year =>
  Object.fromEntries(
    Object.entries(year).map(([sheet, rows]) => {
      const { lines } = written(sheet, rows)
      const reported = new Set(rejections.filter(({ file }) => file === `${sheet}.csv`).map(({ row }) => row))
      return [sheet, rows.filter((_, nth) => !reported.has(lines[nth] ?? 0))]
    }),
  )

test('hostile cells in every column: each row is taken or reported, and what is reported leaves nothing behind', {
  timeout: 3_600_000,
}, async () => {
  const came = new Map<string, number>()
  const runs = full ? Math.ceil(100_000 / (rowsOfEach * sheets)) : 12
  await fc.assert(
    fc.asyncProperty(anyHostileYear(rowsOfEach), async (year) => {
      const on = registerOn()
      const folder = folderWith(asFiles(year))
      const report = await imported(on, folder)
      for (const rejection of report.rejections) {
        mustSayWhere(rejection, year)
        came.set(rejection.code, (came.get(rejection.code) ?? 0) + 1)
      }
      expect(report.sheets.map(({ rows }) => rows)).toEqual(Object.values(year).map((rows) => rows.length))
      expect(await imported(on, folder)).toEqual({ ...report, events: 0 })

      const other = registerOn()
      const rest = await imported(other, folderWith(asFiles(withoutReported(year, report.rejections))))
      expect(rest.rejections).toEqual([])
      expect(await contentOf(other)).toEqual(await contentOf(on))
      const lately = asked('2024-12-31', '2025-05-31')
      expect(await answersOf(other, lately)).toEqual(await answersOf(on, lately))
    }),
    { numRuns: runs, seed, endOnFailure: true },
  )
  if (full) console.log('seed', seed, runs * rowsOfEach * sheets, 'hostile rows', Object.fromEntries(came))
  expect(came.size).toBeGreaterThanOrEqual(15)
})

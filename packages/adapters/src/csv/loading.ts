// loading.ts: reads the sheets of a folder, in an order that satisfies their references

import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Zone } from '@smagruppe/domain'
import { emptyFolder, type Folder } from './folder.ts'
import { declarations, departmentDoctors, departments, doctors, groups, members } from './people-sheets.ts'
import { recordsOf } from './reading.ts'
import { firstProblem, rowOf } from './row.ts'
import { attendance, corrections, offers, requests, sessions } from './session-sheets.ts'
import type { OnRecord, Reading, Sheet } from './sheets.ts'

/** Every sheet, after those it refers to. */
export const sheets: ReadonlyArray<Sheet> = [
  doctors,
  departments,
  departmentDoctors,
  groups,
  members,
  declarations,
  offers,
  requests,
  sessions,
  attendance,
  corrections,
]

/** What was found of one sheet. */
export interface SheetRead {
  readonly file: string
  /** Rows below the header; null where the folder has no such file. */
  readonly rows: number | null
}

export interface Loaded {
  readonly folder: Folder
  readonly sheets: ReadonlyArray<SheetRead>
}

/** Reads a folder. Throws what the file system throws. */
export const loadFolder = async (
  directory: string,
  onRecord: OnRecord,
  zone: Zone,
  onRows: (file: string, rows: number) => void,
): Promise<Loaded> => {
  const folder = emptyFolder()
  const read: SheetRead[] = []
  for (const sheet of sheets) {
    const file = `${sheet.name}.csv`
    const path = join(directory, file)
    const rows = (await isFile(path)) ? await loadSheet(path, file, sheet, { folder, onRecord, zone }, onRows) : null
    read.push({ file, rows })
  }
  return { folder, sheets: read }
}

const rowsBetweenReports = 1000

const loadSheet = async (
  path: string,
  file: string,
  sheet: Sheet,
  { folder, onRecord, zone }: Omit<Reading, 'flag'>,
  onRows: (file: string, rows: number) => void,
): Promise<number> => {
  const reading: Reading = {
    folder,
    onRecord,
    zone,
    flag: ({ line }, column, code, reason) => folder.flags.push({ file, row: line, column, code, reason }),
  }
  let header: ReadonlyArray<string> | undefined
  let rows = 0
  for await (const record of recordsOf(path)) {
    if ('reason' in record) {
      folder.rejections.push({
        file,
        row: record.line,
        column: sheet.columns[0] ?? '',
        code: 'UNREADABLE',
        reason: record.reason,
      })
      continue
    }
    if (header === undefined) {
      header = record.cells.map((cell) => cell.trim().toLowerCase())
      flagMissingColumns(file, sheet, header, folder)
      continue
    }
    rows += 1
    if (rows % rowsBetweenReports === 0) onRows(file, rows)
    const row = rowOf(header, record)
    const unreadable = unreadableIn(record.cells)
    if (unreadable !== null) row.wrong(sheet.columns[0] ?? '', 'UNREADABLE', unreadable)
    await sheet.take(row, reading)
    const problem = firstProblem(sheet.columns, row.problems)
    if (problem !== undefined) folder.rejections.push({ file, row: row.line, ...problem })
    else if (record.cells.slice(header.length).some((cell) => cell.trim() !== '')) {
      reading.flag(
        row,
        header.at(-1) ?? '',
        'TOO_MANY_CELLS',
        `the row has ${record.cells.length} cells under ${header.length} headings; quote a cell that contains the separator`,
      )
    }
  }
  onRows(file, rows)
  return rows
}

const unreadableIn = (cells: ReadonlyArray<string>): string | null => {
  if (cells.some((cell) => cell.includes('\uFFFD'))) return 'the row is not UTF-8; save the sheet as "CSV UTF-8"'
  if (cells.some((cell) => cell.includes('\0')))
    return 'the row has a character U+0000, which cannot be kept; write the cell anew'
  return null
}

const flagMissingColumns = (file: string, sheet: Sheet, header: ReadonlyArray<string>, folder: Folder): void => {
  for (const column of sheet.columns) {
    if (header.includes(column)) continue
    const effect = sheet.optional.includes(column) ? 'it is read as blank' : 'its rows cannot be taken'
    folder.flags.push({
      file,
      row: 1,
      column,
      code: 'MISSING_COLUMN',
      reason: `the header has no ${column}; ${effect}`,
    })
  }
}

const isFile = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}

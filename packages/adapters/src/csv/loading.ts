// loading.ts: reads the sheets of a folder, in an order that satisfies their references

import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Zone } from '@smagruppe/domain'
import { emptyFolder, type Folder } from './folder.ts'
import { declarations, departmentDoctors, departments, doctors, groups, members } from './people-sheets.ts'
import { recordsOf } from './reading.ts'
import { firstProblem, type Rejection, rowOf } from './row.ts'
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
    const found = await whatIsAt(path)
    if (found === 'something else') {
      folder.rejections.push(unreadable(file, sheet, 1, `${file} is no file that can be read; it was left out`))
    }
    const rows = found === 'a file' ? await loadSheet(path, file, sheet, { folder, onRecord, zone }, onRows) : null
    read.push({ file, rows })
  }
  return { folder, sheets: read }
}

const rowsBetweenReports = 1000

// Of a file with more odd rows than this something is wrong as a whole; telling each of them would fill the memory.
const mostOdd = 100_000

const unreadable = (file: string, { columns: [first = ''] }: Sheet, row: number, reason: string): Rejection => ({
  file,
  row,
  column: first,
  code: 'UNREADABLE',
  reason,
})

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
  const odd = () => folder.rejections.length + folder.flags.length
  const oddBefore = odd()
  for await (const record of recordsOf(path)) {
    if ('reason' in record) {
      folder.rejections.push(unreadable(file, sheet, record.line, record.reason))
      continue
    }
    if (header === undefined) {
      if (record.cells.some((cell) => cell.includes('\0'))) {
        const reason = 'the file is not UTF-8, and was not read; save the sheet as "CSV UTF-8"'
        folder.rejections.push(unreadable(file, sheet, record.line, reason))
        break
      }
      header = record.cells.map((cell) => cell.trim().toLowerCase())
      flagColumns(file, sheet, header, folder)
      continue
    }
    if (odd() - oddBefore >= mostOdd) {
      const reason = `${mostOdd} rows before this one were rejected or flagged; this one and the rest of the file were not read`
      folder.rejections.push(unreadable(file, sheet, record.line, reason))
      break
    }
    rows += 1
    if (rows % rowsBetweenReports === 0) onRows(file, rows)
    const row = rowOf(header, record)
    const unlike = unreadableIn(record.cells)
    if (unlike !== null) row.wrong(sheet.columns[0] ?? '', 'UNREADABLE', unlike)
    await sheet.take(row, reading)
    const problem = firstProblem(sheet.columns, row.problems)
    if (problem !== undefined) folder.rejections.push({ file, row: row.line, ...problem })
    else if (record.cells.slice(header.length).some((cell) => cell.trim() !== '')) {
      reading.flag(
        row,
        header.findLast((column) => sheet.columns.includes(column)) ?? '',
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

const flagColumns = (file: string, sheet: Sheet, header: ReadonlyArray<string>, folder: Folder): void => {
  for (const column of sheet.columns) {
    const times = header.filter((name) => name === column).length
    if (times > 1) {
      const reason = `the header has ${column} ${times} times; the first is read`
      folder.flags.push({ file, row: 1, column, code: 'REPEATED_COLUMN', reason })
    }
    if (times > 0) continue
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

const whatIsAt = async (path: string): Promise<'a file' | 'nothing' | 'something else'> => {
  try {
    return (await stat(path)).isFile() ? 'a file' : 'something else'
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'nothing' : 'something else'
  }
}

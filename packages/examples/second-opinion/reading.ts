// reading.ts: going through the sheets of a folder, row by row, and putting aside what cannot be taken

import { columnsOf, type Folder, type Row, rowsOf } from './sheets.ts'
import { hprOf, isHpr, list } from './values.ts'

export interface RefusedRow {
  readonly file: string
  readonly row: number
  readonly column: string
}

export const cell = (row: Row, column: string): string => row.cells.get(column) ?? ''

export interface Reading {
  readonly rows: (sheet: string) => ReadonlyArray<Row>
  /** True where nothing is wrong with the row; else the first wrong column is put aside. */
  readonly isTaken: (sheet: string, row: Row, wrong: ReadonlyArray<string>) => boolean
  /** What an id stands for already: nothing, this very row, or another one. The first row taken stays. */
  readonly standing: (sheet: string, id: string, row: Row) => 'new' | 'same' | 'other'
  readonly keep: (sheet: string, id: string, row: Row) => void
  readonly refused: () => ReadonlyArray<RefusedRow>
}

export const readingOf = (folder: Folder): Reading => {
  const refused: RefusedRow[] = []
  const contents = new Map<string, string>()
  const order = Object.keys(columnsOf)
  return {
    rows: (sheet) => rowsOf(folder, sheet),
    isTaken: (sheet, row, wrong) => {
      const column = (columnsOf[sheet] ?? []).find((one) => wrong.includes(one)) ?? wrong[0]
      if (column !== undefined) refused.push({ file: `${sheet}.csv`, row: row.line, column })
      return column === undefined
    },
    standing: (sheet, id, row) => {
      const first = contents.get(`${sheet}|${id}`)
      return first === undefined ? 'new' : first === contentOf(sheet, row) ? 'same' : 'other'
    },
    keep: (sheet, id, row) => {
      contents.set(`${sheet}|${id}`, contentOf(sheet, row))
    },
    refused: () =>
      [...refused].sort(
        (a, b) => order.indexOf(a.file.slice(0, -4)) - order.indexOf(b.file.slice(0, -4)) || a.row - b.row,
      ),
  }
}

/** What a row says, whichever way it is written. */
const contentOf = (sheet: string, row: Row): string =>
  JSON.stringify(
    (columnsOf[sheet] ?? []).map((column) => {
      const text = cell(row, column)
      if (column === 'groups' || column === 'topics') return list(text)
      if (column === 'host_hpr') return list(text).map((hpr) => (isHpr(hpr) ? hprOf(hpr) : hpr))
      if ((column === 'hpr' || column === 'contact_hpr') && isHpr(text)) return hprOf(text)
      return text
    }),
  )

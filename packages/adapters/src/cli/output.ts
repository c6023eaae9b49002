// output.ts: tables for people, CSV and JSON for programs

import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import Table from 'cli-table3'
import { stringify } from 'csv-stringify/sync'
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { AnswerSheet } from './answer-sheets.ts'
import type { Failure } from './opening.ts'

/** Where a command writes. */
export interface Streams {
  /** Answers. */
  readonly out: (text: string) => void
  /** Progress and what went wrong. */
  readonly err: (text: string) => void
}

const columnRules = { head: [], border: [] }
const thin = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' ',
}

/** A column: its heading, whether it is set to the right, and how wide it may be. */
export interface Column {
  readonly heading: string
  readonly align?: 'right'
  readonly width?: number
}

// The library takes quadratic time over the rows of one table, so a long one is drawn in pieces of equal widths.
const rowsAtOnce = 200

/** A table that fits 80 columns where the widths of its columns do. */
export const table = (columns: ReadonlyArray<Column>, rows: ReadonlyArray<ReadonlyArray<string>>): string => {
  const cells = rows.map((row) => row.map((cell, index) => cutTo(columns[index]?.width, cell)))
  const widths = columns.map(({ heading }, index) =>
    cells.reduce((most, row) => Math.max(most, row[index]?.length ?? 0), heading.length),
  )
  const pieces: string[] = []
  for (let from = 0; from === 0 || from < cells.length; from += rowsAtOnce) {
    const drawn = new Table({
      head: from === 0 ? columns.map(({ heading }) => heading) : [],
      colAligns: columns.map(({ align }) => align ?? 'left'),
      colWidths: widths,
      chars: thin,
      style: { ...columnRules, 'padding-left': 0, 'padding-right': 0 },
    })
    drawn.push(...cells.slice(from, from + rowsAtOnce))
    pieces.push(drawn.toString())
  }
  return pieces
    .join('\n')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}

const cutTo = (width: number | undefined, cell: string): string =>
  width === undefined || cell.length <= width ? cell : `${cell.slice(0, width - 1)}…`

/** Writes rows as UTF-8 CSV with `,` and a header; makes the folder where it is missing. */
export const writeCsv = async (file: string, { header, rows }: AnswerSheet): Promise<Either<Failure, void>> => {
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, stringify([header, ...rows]))
    return right(undefined)
  } catch (error) {
    return left({ message: `${file} cannot be written: ${error instanceof Error ? error.message : String(error)}` })
  }
}

const quiet = 1000

/** Tells how far long work has come: nothing in the first second, then a line a second. */
export const progressTo = (err: (text: string) => void): ((line: string) => void) => {
  let last = performance.now()
  return (line) => {
    const now = performance.now()
    if (now - last < quiet) return
    last = now
    err(`${line}\n`)
  }
}

// reading.ts: a CSV file as records with the lines they stand on, read as a stream

import { createReadStream } from 'node:fs'
import { type CsvError, parse } from 'csv-parse'

/** A record and the line of the file on which it begins; the header is line 1. */
export interface CsvRecord {
  readonly line: number
  readonly cells: ReadonlyArray<string>
}

/** Where the rest of a file cannot be read, and why. */
export interface Unreadable {
  readonly line: number
  readonly reason: string
}

/** The longest row that is read, in bytes. Longer is no row, but a quote that was never closed or a file of another kind. */
const longestRow = 1024 * 1024

/**
 * The records of a file, as they are read: UTF-8 with or without a byte order mark, any line ending, `,` or `;` between cells
 * (whichever the header has more of), cells in quotes or not. A file that breaks off inside quotes, or has a row of more than a
 * mebibyte, ends with why; so no more than a row and a piece of the file is held at a time. Throws what the file system throws.
 */
export async function* recordsOf(path: string): AsyncGenerator<CsvRecord | Unreadable> {
  const ready: (CsvRecord | Unreadable)[] = []
  let parser: ReturnType<typeof parserFor> | undefined
  let beginning = ''
  for await (const text of linesIn(path)) {
    if (parser === undefined) {
      beginning += text
      if (!beginning.trimStart().includes('\n') && beginning.length <= longestRow) continue
      parser = parserFor(beginning, ready)
      parser.write(beginning)
    } else {
      parser.write(text)
    }
    // What a broken parser has read before it broke is all there is.
    if (parser.destroyed) return yield* ready
    yield* ready.splice(0)
  }
  if (parser === undefined) {
    parser = parserFor(beginning, ready)
    parser.write(beginning)
  }
  const closed = new Promise((resolve) => parser.once('close', resolve))
  parser.end()
  await closed
  yield* ready
}

/** A parser that puts what it has read into `ready`. */
const parserFor = (beginning: string, ready: (CsvRecord | Unreadable)[]) => {
  let before: Counted = { lines: 0, empty_lines: 0 }
  const parser = parse({
    delimiter: delimiterOf(beginning),
    info: true,
    max_record_size: longestRow,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    on_record: (parsed: unknown) => {
      const taken = recordIn(parsed)
      if (taken === null) return null
      const { cells, counted } = taken
      const inside = cells.reduce((lines, cell) => lines + cell.split('\n').length - 1, 0)
      ready.push({ line: counted.lines - inside, cells })
      before = counted
      return null
    },
  })
  parser.on('error', (error: CsvError) => {
    const { empty_lines } = countedIn(error) ?? before
    const reason = `${error.message}; the row that begins here and the rest of the file were not read`
    ready.push({ line: before.lines + 1 + empty_lines - before.empty_lines, reason })
  })
  parser.resume()
  return parser
}

/** How many lines the parser has passed when a record ends, and how many of them had nothing on them. */
interface Counted {
  readonly lines: number
  readonly empty_lines: number
}

const recordIn = (parsed: unknown): { readonly cells: ReadonlyArray<string>; readonly counted: Counted } | null => {
  if (typeof parsed !== 'object' || parsed === null || !('record' in parsed) || !('info' in parsed)) return null
  const counted = countedIn(parsed.info)
  return Array.isArray(parsed.record) && counted !== null ? { cells: parsed.record.map(String), counted } : null
}

const countedIn = (info: unknown): Counted | null =>
  typeof info === 'object' && info !== null && 'lines' in info && 'empty_lines' in info
    ? { lines: Number(info.lines), empty_lines: Number(info.empty_lines) }
    : null

const delimiterOf = (text: string): ',' | ';' => {
  const [header = ''] = text.trimStart().split('\n', 1)
  return header.split(';').length > header.split(',').length ? ';' : ','
}

/** The file's text, every line ending as `\n`. The parser counts a `\r\n` inside quotes as two lines. */
async function* linesIn(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let pending = ''
  for await (const bytes of createReadStream(path)) {
    const text = pending + decoder.decode(bytes, { stream: true })
    pending = text.endsWith('\r') ? '\r' : ''
    yield text.slice(0, text.length - pending.length).replaceAll(/\r\n?/g, '\n')
  }
  yield (pending + decoder.decode()).replaceAll(/\r\n?/g, '\n')
}

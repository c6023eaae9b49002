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

/**
 * The records of a file, as they are read: UTF-8 with or without a byte order mark, any line ending, `,` or `;` between cells
 * (whichever the header has more of), cells in quotes or not. A file that breaks off inside quotes ends with why. Throws what the
 * file system throws.
 */
export async function* recordsOf(path: string): AsyncGenerator<CsvRecord | Unreadable> {
  const ready: CsvRecord[] = []
  let broken: CsvError | undefined
  let parser: ReturnType<typeof parserFor> | undefined
  let header = ''
  for await (const text of linesIn(path)) {
    if (parser === undefined) {
      header += text
      if (!header.includes('\n')) continue
      parser = parserFor(delimiterOf(header), ready, (error) => {
        broken = error
      })
      parser.write(header)
    } else {
      parser.write(text)
    }
    yield* ready.splice(0)
  }
  if (parser === undefined) {
    parser = parserFor(delimiterOf(header), ready, (error) => {
      broken = error
    })
    parser.write(header)
  }
  const closed = new Promise((resolve) => parser.once('close', resolve))
  parser.end()
  await closed
  yield* ready
  if (broken !== undefined)
    yield { line: lineOf(broken), reason: `${broken.message}; the rest of the file was not read` }
}

const parserFor = (delimiter: string, ready: CsvRecord[], onError: (error: CsvError) => void) => {
  const parser = parse({
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    on_record: (record: unknown) => {
      const taken = recordIn(record)
      if (taken !== null) ready.push(taken)
      return null
    },
  })
  parser.on('error', onError)
  parser.resume()
  return parser
}

/** The parser counts the line on which a record ends. */
const recordIn = (parsed: unknown): CsvRecord | null => {
  if (typeof parsed !== 'object' || parsed === null || !('record' in parsed) || !('info' in parsed)) return null
  const { record, info } = parsed
  if (!Array.isArray(record) || typeof info !== 'object' || info === null || !('lines' in info)) return null
  const cells = record.map(String)
  const inside = cells.reduce((lines, cell) => lines + cell.split('\n').length - 1, 0)
  return { line: Number(info.lines) - inside, cells }
}

const lineOf = (error: CsvError): number => ('lines' in error && typeof error.lines === 'number' ? error.lines : 1)

const delimiterOf = (text: string): ',' | ';' => {
  const [header = ''] = text.split('\n', 1)
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

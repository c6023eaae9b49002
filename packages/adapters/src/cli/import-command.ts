// import-command.ts: smagruppe import

import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { checkFolder, type ImportError, type ImportReport, importFolder } from '../csv/index.ts'
import { type Failure, withNewRegister } from './opening.ts'
import type { AnswerOptions } from './options.ts'
import { json, writeCsv } from './output.ts'
import type { Printer } from './printer.ts'
import { type Words, wordsOf } from './words.ts'

export interface ImportOptions extends Omit<AnswerOptions, 'scheme'> {
  readonly source: string
  readonly rejected?: string
  readonly flagged?: string
  readonly rehearse?: boolean
}

const header = ['file', 'row', 'column', 'code', 'reason']

/** Imports a folder and tells what was taken and what not. */
export const importCommand = async (
  directory: string,
  options: ImportOptions,
  printer: Printer,
): Promise<Either<Failure, void>> => {
  const readable = await checkFolder(directory)
  if (isLeft(readable)) return readable
  const imported = await withNewRegister(
    options,
    printer,
    async (register, moveOn): Promise<Either<Failure, ImportReport>> => {
      const report = await importFolder(register, directory, {
        source: options.source,
        ...(options.rehearse === true ? { rehearse: moveOn } : {}),
        onProgress: ({ step, what, done, total }) =>
          printer.progress(`${step} ${what}: ${done}${total === null ? ' rows' : ` of ${total}`}`),
      })()
      return isLeft(report) ? left({ message: whatHappened(report.left) }) : report
    },
  )
  if (isLeft(imported)) return imported
  const { rejections, flags } = imported.right
  for (const [file, rows] of [
    [options.rejected, rejections],
    [options.flagged, flags],
  ] as const) {
    if (file === undefined) continue
    const written = await writeCsv(file, {
      header,
      rows: rows.map(({ file, row, column, code, reason }) => [file, String(row), column, code, reason]),
    })
    if (isLeft(written)) return written
  }
  printer.out(options.json === true ? json(imported.right) : told(directory, imported.right, options, printer))
  return right(undefined)
}

const told = (
  directory: string,
  { sheets, events, rejections, flags }: ImportReport,
  { lang }: ImportOptions,
  printer: Printer,
): string => {
  const { imported: words } = wordsOf[lang]
  const rows = sheets.reduce((sum, sheet) => sum + (sheet.rows ?? 0), 0)
  const missing = sheets.filter((sheet) => sheet.rows === null).map(({ file }) => file)
  return [
    words.summary(directory, rows, events, rejections.length, flags.length),
    ...(missing.length === 0 ? [] : printer.sentence(words.notThere(missing.join(', ')), 0)),
    ...listed(words.rejected, rejections, words, printer),
    ...listed(words.flagged, flags, words, printer),
    '',
  ].join('\n')
}

const most = 20

const listed = (
  title: string,
  rows: ReadonlyArray<{ readonly file: string; readonly row: number; readonly column: string; readonly code: string }>,
  { columns: headings, more }: Words['imported'],
  printer: Printer,
): ReadonlyArray<string> => {
  if (rows.length === 0) return []
  const columns = [
    { heading: headings.file },
    { heading: headings.row, align: 'right' },
    { heading: headings.column },
    { heading: headings.why },
  ] as const
  const shown = rows.slice(0, most).map(({ file, row, column, code }) => [file, String(row), column, code])
  return ['', title, printer.table(columns, shown), ...(rows.length > most ? [more(rows.length - most)] : [])]
}

/** Anything that ends an import, in one line. */
const whatHappened = (error: ImportError): string => {
  switch (error._tag) {
    case 'UndecodableEvent':
      return `an event of the register cannot be read (${error.event.stream} at revision ${error.event.revision}): ${error.reason}`
    case 'TooManyConflicts':
      return `somebody else keeps writing to ${error.stream}; import again to go on`
    case 'CommandMalformed':
      return `a row became a command that the register does not take: ${error.found}`
    case 'UnencodableEvent':
      return `${error.type} cannot be stored: ${error.reason}`
    case 'WrongExpectedRevision':
      return `somebody else wrote to ${error.stream}; import again to go on`
    case 'DuplicateEventId':
      return `event ${error.id} stands elsewhere in the register already`
    case 'AppendTooLarge':
      return `an append of ${error.bytes} bytes is more than the store takes (${error.limit})`
    case 'UnstorableText':
      return `event ${error.id} has text that cannot be stored`
    default:
      return `${error.message}${'retry' in error && error.retry ? '; import again to go on' : ''}`
  }
}

// import-command.ts: smagruppe import

import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { checkFolder, type ImportError, type ImportReport, importFolder } from '../csv/index.ts'
import { type Failure, withNewRegister } from './opening.ts'
import { progressTo, type Streams, table, writeCsv } from './output.ts'

export interface ImportOptions {
  readonly store: string
  readonly vault?: string
  readonly source: string
  readonly rejected?: string
  readonly flagged?: string
  readonly rehearse?: boolean
  readonly json?: boolean
}

const header = ['file', 'row', 'column', 'code', 'reason']

/** Imports a folder and tells what was taken and what not. */
export const importCommand = async (
  directory: string,
  options: ImportOptions,
  { out, err }: Streams,
): Promise<Either<Failure, void>> => {
  const readable = await checkFolder(directory)
  if (isLeft(readable)) return readable
  const progress = progressTo(err)
  const imported = await withNewRegister(options, async (register, moveOn): Promise<Either<Failure, ImportReport>> => {
    const report = await importFolder(register, directory, {
      source: options.source,
      ...(options.rehearse === true ? { rehearse: moveOn } : {}),
      onProgress: ({ step, what, done, total }) =>
        progress(`${step} ${what}: ${done}${total === null ? ' rows' : ` of ${total}`}`),
    })()
    return isLeft(report) ? left({ message: whatHappened(report.left) }) : report
  })
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
  out(options.json === true ? `${JSON.stringify(imported.right, null, 2)}\n` : told(directory, imported.right))
  return right(undefined)
}

const told = (directory: string, { sheets, events, rejections, flags }: ImportReport): string => {
  const rows = sheets.reduce((sum, sheet) => sum + (sheet.rows ?? 0), 0)
  const missing = sheets.filter((sheet) => sheet.rows === null).map(({ file }) => file)
  return [
    `Imported ${directory}: ${rows} rows read, ${events} events added, ${rejections.length} rows rejected, ${flags.length} flagged.`,
    ...(missing.length === 0 ? [] : [`Not there: ${missing.join(', ')}`]),
    ...listed('Rejected', rejections),
    ...listed('Taken, but look at', flags),
    '',
  ].join('\n')
}

const most = 20

const listed = (
  title: string,
  rows: ReadonlyArray<{ readonly file: string; readonly row: number; readonly column: string; readonly code: string }>,
): ReadonlyArray<string> => {
  if (rows.length === 0) return []
  const columns = [
    { heading: 'file' },
    { heading: 'row', align: 'right' },
    { heading: 'column' },
    { heading: 'why' },
  ] as const
  const shown = rows.slice(0, most).map(({ file, row, column, code }) => [file, String(row), column, code])
  const more = rows.length > most ? [`… and ${rows.length - most} more`] : []
  return ['', `${title}:`, table(columns, shown), ...more]
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

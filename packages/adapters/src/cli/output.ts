// output.ts: answers as CSV and JSON, for programs

import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { AnswerSheet } from './answer-sheets.ts'
import type { Failure } from './opening.ts'
import { whyUnusable } from './unusable-file.ts'

/** An answer as JSON text, to be read by people too. */
export const json = (answer: object): string => `${JSON.stringify(answer, null, 2)}\n`

/** Writes rows as UTF-8 CSV with `,` and a header; makes the folder where it is missing. */
export const writeCsv = (file: string, { header, rows }: AnswerSheet): Promise<Either<Failure, void>> =>
  writeText(file, stringify([header, ...rows]))

/** Writes a text as UTF-8; makes the folder where it is missing. */
export const writeText = async (file: string, text: string): Promise<Either<Failure, void>> => {
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
    return right(undefined)
  } catch (error) {
    return left({ message: `${file} cannot be written: ${whyUnusable(error)}` })
  }
}

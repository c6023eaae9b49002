// rules-file.ts: the rules that a question is to be answered by, from a file

import { readFile } from 'node:fs/promises'
import { defaultPack, packFrom, type RulePack } from '@smagruppe/domain'
import { type Either, isLeft, left, right, tryCatch } from 'fp-ts/lib/Either.js'
import { problemLine } from './problems.ts'

interface Unusable {
  readonly message: string
}

/** The pack in that file, what it leaves out taken from `base`, or all that is wrong with it; nothing where no file is named. */
export const rulesIn = async (
  file: string | undefined,
  base: RulePack = defaultPack,
): Promise<Either<Unusable, RulePack | undefined>> => (file === undefined ? right(undefined) : packIn(file, base))

/** The pack in that file, what it leaves out taken from `base`, or all that is wrong with it. */
export const packIn = async (file: string, base: RulePack): Promise<Either<Unusable, RulePack>> => {
  const parsed = await jsonIn(file)
  if (isLeft(parsed)) return parsed
  const pack = packFrom(parsed.right, base)
  if (!isLeft(pack)) return pack
  return left({ message: [`the rules in ${file} cannot be used:`, ...pack.left.map(problemLine)].join('\n') })
}

/** The JSON in that file, whatever it says. */
export const jsonIn = async (file: string): Promise<Either<Unusable, unknown>> => {
  const text = await readFile(file, 'utf8').catch(unread)
  if (typeof text !== 'string') return left({ message: `the rules in ${file} cannot be read: ${text.message}` })
  const parsed = tryCatch((): unknown => JSON.parse(text.replace(/^\uFEFF/, '')), said)
  return isLeft(parsed) ? left({ message: `the rules in ${file} are no JSON: ${parsed.left.message}` }) : parsed
}

const unread = (error: unknown): Unusable => {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOENT') return { message: 'there is no such file' }
  return code === 'EISDIR' ? { message: 'it is a folder, name a file in it' } : said(error)
}

const said = (error: unknown): Unusable => ({
  message: error instanceof Error ? error.message : String(error),
})

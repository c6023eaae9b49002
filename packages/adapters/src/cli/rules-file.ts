// rules-file.ts: the rules that a question is to be answered by, from a file

import { readFile } from 'node:fs/promises'
import { defaultPack, packFrom, type RulePack } from '@smagruppe/domain'
import { type Either, isLeft, left, right, tryCatch } from 'fp-ts/lib/Either.js'
import { problemLine } from './problems.ts'
import { whyUnusable } from './unusable-file.ts'

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
  const written = await jsonIn(file)
  if (isLeft(written)) return written
  const pack = packFrom(written.right, base)
  if (!isLeft(pack)) return pack
  return left({ message: [`the rules in ${file} cannot be used:`, ...pack.left.map(problemLine)].join('\n') })
}

/** The JSON in that file, whatever it says. */
export const jsonIn = async (file: string): Promise<Either<Unusable, unknown>> => {
  try {
    const text = await readFile(file, 'utf8')
    return parsed(file, text.replace(/^\uFEFF/, ''))
  } catch (error) {
    return left({ message: `the rules in ${file} cannot be read: ${whyUnusable(error)}` })
  }
}

const parsed = (file: string, text: string): Either<Unusable, unknown> =>
  tryCatch(
    (): unknown => JSON.parse(text),
    (error) => ({
      message: `the rules in ${file} are no JSON: ${error instanceof Error ? error.message : String(error)}`,
    }),
  )

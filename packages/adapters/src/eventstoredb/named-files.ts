// named-files.ts: the files that a URL names, looked at before a client is: what clients say of them may hold the whole URL

import { readFile } from 'node:fs/promises'
import { type StoreFailure, storeFailure } from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { Location } from './location.ts'

/** The password that a file holds, undefined where none is named, once all files that are named were read. */
export const passwordBy = async ({
  name,
  files,
  passwordFile,
}: Location): Promise<Either<StoreFailure, string | undefined>> => {
  for (const [option, path] of files) {
    const read = await textOf(name, option, path)
    if (isLeft(read)) return read
  }
  if (passwordFile === null) return right(undefined)
  const read = await textOf(name, 'passwordFile', passwordFile)
  if (isLeft(read)) return read
  const password = read.right.replace(/\r?\n$/, '')
  return password === '' ? left(unreadable(name, 'passwordFile', passwordFile, 'is empty')) : right(password)
}

const textOf = async (name: string, option: string, path: string): Promise<Either<StoreFailure, string>> => {
  try {
    return right(await readFile(path, 'utf8'))
  } catch {
    return left(unreadable(name, option, path, 'is not there, or cannot be read'))
  }
}

const unreadable = (name: string, option: string, path: string, what: string): StoreFailure =>
  storeFailure('Missing', `${name}: the file ${path} (${option}) ${what}; check the path in the URL`)

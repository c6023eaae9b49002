// execute-lines.ts: the lines of a file of commands, or of standard input, read as they come

import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { Failure } from './opening.ts'
import { whyUnusable } from './unusable-file.ts'

/** Bytes as they come in. */
export type Bytes = AsyncIterable<Uint8Array>

/** A line that is not blank, by its number in the file, or why it cannot be read. */
export type Line =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly unreadable: string }

/** Where no more can be read, and why. */
export interface BrokenOff {
  readonly number: number
  readonly brokenOff: string
}

/** What stands for standard input where a file could be named. */
export const standardInput = '-'

/** How to read what was named, where there is such a file. Nothing of it is read yet. */
export const readerOf = async (file: string, input: () => Bytes): Promise<Either<Failure, () => Bytes>> => {
  if (file === standardInput) return right(input)
  try {
    if ((await stat(file)).isDirectory())
      return left({ message: `${file} is a folder: name a file with a command a line` })
    return right(() => createReadStream(file))
  } catch (error) {
    return left({ message: `${file} cannot be read: ${whyUnusable(error)}` })
  }
}

/** In bytes. No store takes a command of that size. */
const longest = 16 * 1024 * 1024

const newline = 0x0a

/** The lines, one at a time, so that no more than one is held. A byte order mark is no part of its line. */
export async function* linesIn(bytes: Bytes): AsyncGenerator<Line | BrokenOff> {
  let number = 1
  let [parts, length]: [Uint8Array[], number] = [[], 0]
  const take = (part: Uint8Array): void => {
    length += part.length
    if (length <= longest) parts.push(part)
  }
  const ended = (): Line | null => {
    const line = length > longest ? { number, unreadable: `longer than ${longest} bytes` } : lineOf(number, parts)
    number += 1
    ;[parts, length] = [[], 0]
    return line
  }
  try {
    for await (const chunk of bytes) {
      let rest = chunk
      for (let end = rest.indexOf(newline); end >= 0; end = rest.indexOf(newline)) {
        take(rest.subarray(0, end))
        const line = ended()
        if (line !== null) yield line
        rest = rest.subarray(end + 1)
      }
      take(rest)
    }
  } catch (error) {
    yield { number, brokenOff: error instanceof Error ? error.message : String(error) }
    return
  }
  const last = ended()
  if (last !== null) yield last
}

const lineOf = (number: number, parts: ReadonlyArray<Uint8Array>): Line | null => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts)).trim()
    return text === '' ? null : { number, text }
  } catch {
    return { number, unreadable: 'not UTF-8 text' }
  }
}

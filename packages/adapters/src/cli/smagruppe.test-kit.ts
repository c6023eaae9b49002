// smagruppe.test-kit.ts: for the command's tests: running it, and a register that it has imported

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import stringWidth from 'string-width'
import { folderWith, type Sheets, smallYear } from '../csv/sheets.test-kit.ts'
import { type ExitCode, run, type Streams } from './index.ts'

/** What came of running the command. */
export interface Ran {
  readonly code: ExitCode
  readonly out: string
  readonly err: string
}

/** Runs `smagruppe` in this process, on a clock that stands still, so that nothing takes long. */
export const smagruppe = (...words: ReadonlyArray<string>): Promise<Ran> => smagruppeOn({ clock: () => 0 }, ...words)

/** Runs `smagruppe` in this process, in such surroundings; an `err` among them hears what is said there. */
export const smagruppeOn = async (surroundings: Partial<Streams>, ...words: ReadonlyArray<string>): Promise<Ran> => {
  let out = ''
  let err = ''
  const code = await run(words, {
    ...surroundings,
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
      surroundings.err?.(text)
    },
  })
  return { code, out, err }
}

/** Runs `smagruppe` on a clock that leaps, so that all progress is told, and breaks it off at the first that says so. */
export const brokenOffAt = (sign: string, ...words: ReadonlyArray<string>): Promise<Ran> => {
  const interrupting = new AbortController()
  let time = 0
  const surroundings = {
    interrupted: interrupting.signal,
    clock: () => {
      time += 10_000
      return time
    },
    err: (line: string) => {
      if (line.includes(sign)) interrupting.abort()
    },
  }
  return smagruppeOn(surroundings, ...words)
}

/** What a command that went well printed. */
export const printed = async (...words: ReadonlyArray<string>): Promise<string> => {
  const { code, out, err } = await smagruppe(...words)
  assert.deepEqual({ code, err }, { code: 0, err: '' })
  return out
}

/** Imports sheets by the command; gives the folder and the path of the register. */
export const importedBy = async (
  sheets: Sheets = smallYear,
): Promise<{ readonly folder: string; readonly store: string; readonly ran: Ran }> => {
  const folder = folderWith(sheets)
  const store = join(folder, 'register.db')
  return { folder, store, ran: await smagruppe('import', folder, '--store', store) }
}

/** Whether the page of the command shows this, to the letter, but for digests. */
export const isOnThePage = (text: string): boolean =>
  readFileSync(new URL('../../../../docs/command.md', import.meta.url), 'utf8').includes(
    `\n\`\`\`text\n${text.replaceAll(/sha256:[0-9a-f]{64}/g, 'sha256:…')}\`\`\`\n`,
  )

/** Lines that a screen broke, as one. */
export const spaced = (text: string): string => text.trim().replaceAll(/\s+/g, ' ')

/** The lines of a text that are wider than a screen. */
export const tooLong = (text: string, columns = 80): ReadonlyArray<string> =>
  text.split('\n').filter((line) => stringWidth(line) > columns)

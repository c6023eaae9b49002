// publishing.test-kit.ts: for the tests of publishing rules and taking them back: a register for all of a file, and rules in files

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { smallYear, writeSheets } from '../csv/sheets.test-kit.ts'
import { printed, type Ran, smagruppe } from './smagruppe.test-kit.ts'

/** Where a changed rule is written. */
export const source = { title: 'A circular', address: 'https://example.org/circular' }

export const authority = ['--role', 'authority'] as const

/** What `smagruppe rules --json` says of one thing that was published. */
export interface PublishedThere {
  readonly event: string
  readonly layer: string
  readonly for: object | null
  readonly published: { readonly name: string; readonly parameters: Readonly<Record<string, object>> }
}

/** A register of the small year, for as long as the tests of a file run. */
export interface Desk {
  /** `smagruppe rules` with these words, in that register. */
  readonly rules: (...words: ReadonlyArray<string>) => Promise<Ran>
  /** What it prints where nothing is wrong. */
  readonly printed: (...words: ReadonlyArray<string>) => Promise<string>
  /** What stands published. */
  readonly published: () => Promise<ReadonlyArray<PublishedThere>>
  /** The path of a new file that says so. */
  readonly file: (rules: unknown) => string
  readonly store: () => string
  /** A path at which nothing is. */
  readonly nowhere: () => string
}

export const openedDesk = (): Desk => {
  let folder = ''
  let files = 0
  const store = (): string => join(folder, 'register.db')
  const there = (): readonly [string, string] => ['--store', store()]
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'smagruppe-publishing-'))
    writeSheets(folder, smallYear)
    await smagruppe('import', folder, ...there())
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return {
    rules: (...words) => smagruppe('rules', ...words, ...there()),
    printed: (...words) => printed('rules', ...words, ...there()),
    published: async () => JSON.parse(await printed('rules', ...there(), '--json')).published,
    file: (rules) => {
      files += 1
      const path = join(folder, `rules-${files}.json`)
      writeFileSync(path, JSON.stringify(rules))
      return path
    },
    store,
    nowhere: () => join(folder, 'nowhere.json'),
  }
}

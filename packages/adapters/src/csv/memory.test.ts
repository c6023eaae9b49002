// memory.test.ts: a long file takes the memory of what it says, not of its length

import { execFileSync } from 'node:child_process'
import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith, headerOf, smallYear } from './sheets.test-kit.ts'

const full = process.env.SMAGRUPPE_FULL === '1'
const timeout = 3_600_000

/** Of each file, and of the memory for what lives long. A run without any file takes some 20; who kept the file would need its size. */
const megabytes = full ? 200 : 30
const heap = full ? 100 : 32

const eventsOfTheYear = 49
const blanks = ' '.repeat(full ? 60 : 1200)

/** Each file begins as the sheet of a good year and goes on with the same text, again and again. */
const files: ReadonlyArray<{
  readonly what: string
  readonly sheet: keyof typeof smallYear
  readonly first?: string
  readonly again: string
  readonly rejections: number
}> = [
  { what: 'one row', sheet: 'members', again: `G2,104,2022-01-01,${blanks}\n`, rejections: 0 },
  { what: 'one attendance', sheet: 'attendance', again: `S1,G1,101,,,member${blanks}\n`, rejections: 0 },
  { what: 'one offer', sheet: 'offers', again: `BARN,2024-01-15,2024-12-20,2,Astma; Feber${blanks}\n`, rejections: 0 },
  {
    what: 'wrong rows, of which a hundred thousand are told',
    sheet: 'members',
    again: `G2,104,2022-01-32,${' '.repeat(400)}\n`,
    rejections: 100_001,
  },
  { what: 'a line without an end', sheet: 'members', again: 'x', rejections: 1 },
  { what: 'a quote that is never closed', sheet: 'members', first: '"', again: 'G2,104,2022-01-01,\n', rejections: 1 },
]

// The others take long, for what the small files of other tests show as well.
const asked = full ? files : files.filter(({ what }) => /^one row|^a /.test(what))

test.for(asked)('$what, $sheet', { timeout }, ({ sheet, first = '', again, rejections }) => {
  const folder = folderWith(smallYear)
  const file = join(folder, `${sheet}.csv`)
  writeFileSync(file, `${headerOf(sheet)}\n${smallYear[sheet].join('\n')}\n${first}`)
  const piece = again.repeat(Math.ceil(1_000_000 / again.length))
  for (let written = 0; written < megabytes * 1_000_000; written += piece.length) appendFileSync(file, piece)
  const script = join(import.meta.dirname, 'memory.test-kit.ts')
  const told = execFileSync(process.execPath, [`--max-old-space-size=${heap}`, script, folder])
  expect(JSON.parse(told.toString())).toMatchObject({ events: eventsOfTheYear, rejections })
})

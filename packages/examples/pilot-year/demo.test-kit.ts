// demo.test-kit.ts: for the tests of the demo: running it as a process of its own, and the files that it should write

import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

export const here: string = fileURLToPath(new URL('.', import.meta.url))

/** Runs a line of shell in a folder, in which `demo` stands for the demo. */
export const shell = (line: string, cwd: string) =>
  new Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>((resolve) => {
    const child = spawn('bash', ['-c', `set -o pipefail; demo() { node "${join(here, 'demo.ts')}" "$@"; }; ${line}`], {
      cwd,
    })
    let out = ''
    let err = ''
    child.stdout.on('data', (bytes) => {
      out += String(bytes)
    })
    child.stderr.on('data', (bytes) => {
      err += String(bytes)
    })
    child.on('close', (code) => resolve({ code, out, err }))
  })

export const emptyFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'smagruppe-demo-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

/** The CSV files of a folder. */
export const filesIn = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.endsWith('.csv'))
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  )

const expected = (name: string): string => readFileSync(join(here, 'expected', name), 'utf8')

/** What the pilot year's files are. */
export const asOfTheYear = {
  'points.csv': expected('points.csv'),
  'group-register.csv': expected('group-register.csv'),
  'topic-log.csv': expected('topic-log.csv'),
  'rejected.csv': expected('rejected.csv'),
  'flagged.csv': expected('flagged.csv'),
}

/** What they are by what was known a year later. */
export const asKnownAYearLater = {
  ...asOfTheYear,
  'points.csv': expected('points-as-known-2025-12-31.csv'),
  'group-register.csv': expected('group-register-as-known-2025-12-31.csv'),
  'topic-log.csv': expected('topic-log-as-known-2025-12-31.csv'),
}

// process.test.ts: the command as a process of its own

import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { smallYear } from '../csv/sheets.test-kit.ts'
import { importedBy } from './smagruppe.test-kit.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.url))

/** Runs a line of shell in which `smagruppe` stands for the command. */
const shell = (line: string) =>
  new Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>((resolve) => {
    const child = spawn('bash', ['-c', `set -o pipefail; smagruppe() { node "${main}" "$@"; }; ${line}`])
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

const patience = 60_000

test('exit codes reach the shell', { timeout: patience }, async () => {
  expect(await shell('smagruppe --help > /dev/null')).toEqual({ code: 0, out: '', err: '' })
  expect(await shell('smagruppe points --as-of never')).toMatchObject({ code: 2, out: '' })
  expect(await shell('smagruppe points --store /no/such/register.db')).toMatchObject({ code: 1, out: '' })
})

test('a reader that has seen enough is no failure', { timeout: patience }, async () => {
  // More than a pipe holds, so that the command is still writing when its reader has gone.
  const { store } = await importedBy({
    ...smallYear,
    doctors: Array.from({ length: 150 }, (_, n) => `${n + 1},Doctor ${n + 1},gp,4601,2020-01-01`),
  })
  const { code, out, err } = await shell(`smagruppe points --store ${store} --as-of 2024-12-31 --json | head -1`)
  expect({ code, out, err: withoutProgress(err) }).toEqual({ code: 0, out: '{\n', err: '' })
})

test('NO_COLOR and FORCE_COLOR are heeded', { timeout: patience }, async () => {
  const { store } = await importedBy()
  const heading = `smagruppe points --store ${store} --as-of 2024-12-31 --lang en | sed -n 3p`
  expect((await shell(`FORCE_COLOR=1 ${heading}`)).out).toMatch(/^.\[1mHPR name .*pending.\[22m\n$/)
  expect((await shell(`FORCE_COLOR=0 ${heading}`)).out).toMatch(/^HPR name .*pending\n$/)
  expect((await shell(`unset FORCE_COLOR; NO_COLOR=1 ${heading}`)).out).toMatch(/^HPR name .*pending\n$/)
})

/** On a slow machine anything may take so long that something is said of it. */
const withoutProgress = (err: string): string => err.replace(/^(reading|bringing).*\n/gm, '')

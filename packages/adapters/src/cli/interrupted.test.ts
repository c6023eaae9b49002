// interrupted.test.ts: broken off by Ctrl-C: nothing half done, and how to go on

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { folderWith, smallYear } from '../csv/sheets.test-kit.ts'
import { brokenOffAt, importedBy, type Ran, smagruppe, smagruppeOn } from './smagruppe.test-kit.ts'

const yearEnd = ['--as-of', '2024-12-31', '--known-at', '2024-12-31']

const goOn =
  'smagruppe: interrupted; what was stored until now is whole and stays, run the same command again to go on\n'

test.each(['reading', 'recording groups', 'recording sessions'])(
  'an import broken off while %s goes on where it was, and comes to the same',
  async (sign) => {
    const whole = await importedBy()
    const folder = folderWith(smallYear)
    const store = join(folder, 'register.db')
    const { code, out, err } = await brokenOffAt(sign, 'import', folder, '--store', store)
    expect({ code, out }).toEqual({ code: 130, out: '' })
    expect(err.endsWith(goOn)).toBe(true)
    expect((await smagruppe('import', folder, '--store', store)).code).toBe(0)
    const answers = async (at: string) => {
      const ran: Ran[] = []
      for (const command of ['register', 'topics', 'points'])
        ran.push(await smagruppe(command, '--store', at, ...yearEnd))
      return ran
    }
    expect(await answers(store)).toEqual(await answers(whole.store))
    expect((await smagruppe('check', '--store', store)).code).toBe(0)
  },
)

test('a question broken off answers nothing', async () => {
  const { store } = await importedBy()
  const { code, out, err } = await brokenOffAt('reading', 'points', '--store', store, ...yearEnd)
  expect({ code, out }).toEqual({ code: 130, out: '' })
  expect(err.endsWith(goOn)).toBe(true)
})

test('broken off before it began, nothing is done', async () => {
  const { store } = await importedBy()
  const interrupted = AbortSignal.abort()
  expect(await smagruppeOn({ interrupted }, 'points', '--store', store)).toEqual({ code: 130, out: '', err: goOn })
})

test('Ctrl-C ends the process with 130 and a word on how to go on', { timeout: 120_000 }, async () => {
  const doctors = Array.from({ length: 3_000 }, (_, n) => `${n + 1},Doctor ${n + 1},gp,4601,2020-01-01`)
  const folder = folderWith({ doctors })
  const store = join(folder, 'register.db')
  const main = fileURLToPath(new URL('main.ts', import.meta.url))
  const ended = await new Promise<unknown>((resolve) => {
    const child = spawn(process.execPath, [main, 'import', folder, '--store', store])
    let out = ''
    let err = ''
    child.stdout.on('data', (bytes) => {
      out += String(bytes)
    })
    child.stderr.on('data', (bytes) => {
      // The first word is one of progress: by then it is at work.
      if (err === '') child.kill('SIGINT')
      err += String(bytes)
    })
    child.on('close', (code, signal) => resolve({ code, signal, out, word: err.slice(-goOn.length) }))
  })
  expect(ended).toEqual({ code: 130, signal: null, out: '', word: goOn })
})

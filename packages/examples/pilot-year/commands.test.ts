// commands.test.ts: courses, a planned session and a decision, recorded of a doctor of the pilot year, and what they change

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { smagruppe } from '../command.test-kit.ts'

const here = fileURLToPath(new URL('.', import.meta.url))

test('what commands record is in the programme and the forecast', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'smagruppe-commands-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const store = ['--store', join(folder, 'register.db')] as const
  await smagruppe('import', join(here, 'data'), ...store)
  const asked = async (...words: ReadonlyArray<string>): Promise<string> =>
    smagruppe(...words, ...store, '--lang', 'en')
  /** What is said first: the period and the totals. */
  const told = async (command: string, date: string): Promise<ReadonlyArray<string>> =>
    (await asked(command, '4618619', '--as-of', date)).split('\n').slice(2, 6)

  const courses = async (): Promise<string | undefined> =>
    (await asked('programme', '4618619', '--as-of', '2024-12-31'))
      .split('\n')
      .find((line) => line.startsWith('Courses, points'))
  expect(await courses()).toBe('Courses, points: 0.00 of 100.00, 100.00 missing')
  expect(await told('forecast', '2024-09-30')).toContain(
    'On 2025-12-31, with everything planned attended: 21.50 points, 20.00 of 20',
  )

  expect(JSON.parse(await asked('execute', join(here, 'commands.jsonl'), '--json')).events).toBe(3)
  expect(await courses()).toBe('Courses, points: 27.00 of 100.00, 73.00 missing')
  expect(await told('forecast', '2024-09-30')).toContain(
    'On 2025-12-31, with everything planned attended: 24.00 points, 20.00 of 20',
  )

  expect(await told('programme', '2025-12-31')).toContain('Period 2021-01-01 to 2026-01-01 (that day not included)')
  const decisions = join(here, 'decisions.jsonl')
  const inTheNameOf = ['--role', 'authority', '--by', 'Office of specialists'] as const
  expect(JSON.parse(await asked('execute', decisions, ...inTheNameOf, '--json')).events).toBe(1)
  expect(await told('programme', '2025-12-31')).toContain('Period 2021-01-01 to 2026-07-01 (that day not included)')
  // The lines name the doctor by number, and the register keeps none in clear.
  const stored = readFileSync(join(folder, 'register.db'))
  expect([stored.includes('Acute medicine'), stored.includes('4618619')]).toEqual([true, false])
})

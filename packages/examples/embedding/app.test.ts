// app.test.ts: the example tells each doctor’s points, and the same when it runs again

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promised } from '@smagruppe/domain'
import { expect, onTestFinished, test } from 'vitest'
import { onSqlite, yearOfAGroup } from './app.ts'

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'embedding-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

const verdicts = (lines: ReadonlyArray<string>): ReadonlyArray<string> =>
  lines
    .flatMap(
      (line) => /^(?:Small-group points of (.*) on |(Counted: .*)|\S+ (\S+ with group .*))/.exec(line)?.slice(1) ?? [],
    )
    .filter((part) => part !== undefined)

test('the app tells what each doctor has earned, and why not', async () => {
  const lines = await onSqlite(newFolder(), yearOfAGroup)

  expect(verdicts(lines)).toEqual([
    'Kari Nordmann',
    'Counted: 600 minutes = 10.00 points',
    'S1 with group Sandviken: 150 minutes present, 150 count',
    'S2 with group Sandviken: 150 minutes present, 150 count',
    'S3 with group Sandviken: 150 minutes present, 150 count',
    'S4 with group Sandviken: 150 minutes present, 150 count',
    'Ola Nordmann',
    'Counted: 0 minutes = 0.00 points',
    'S1 with group Sandviken: 150 minutes present, 0 count: DOCTOR_UNDER_6_HOURS',
    'S2 with group Sandviken: 150 minutes present, 0 count: DOCTOR_UNDER_6_HOURS',
    'Siv Berg',
    'Counted: 450 minutes = 7.50 points',
    'S2 with group Sandviken: 150 minutes present, 150 count',
    'S3 with group Sandviken: 150 minutes present, 150 count',
    'S4 with group Sandviken: 150 minutes present, 150 count',
  ])
})

test('running the app again on the same folder adds nothing and tells the same', async () => {
  const folder = newFolder()
  const first = await onSqlite(folder, yearOfAGroup)
  const logsEnd = () => onSqlite(folder, async (register) => (await promised(register.refresh)).through)
  const before = await logsEnd()

  const second = await onSqlite(folder, yearOfAGroup)

  expect(await logsEnd()).toBe(before)
  expect(verdicts(second)).toEqual(verdicts(first))
})

// your-own-adapter.test.ts: the example: the store holds every case under node's own runner; a store that does not, fails there

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { eventStoreCases, subscriptionCases } from '@smagruppe/adapters/contract'
import { expect, onTestFinished, test } from 'vitest'

const here = import.meta.dirname
const read = (file: string): string => readFileSync(join(here, file), 'utf8')

/** Runs a file of tests with `node --test`; gives how it ended and how many passed and failed. */
const nodeTest = (file: string) => {
  const { status, stdout } = spawnSync('node', ['--test', '--test-reporter=tap', file], { encoding: 'utf8' })
  const countOf = (what: string): number => Number(new RegExp(`^# ${what} (\\d+)$`, 'm').exec(stdout)?.[1])
  const failed = [...stdout.matchAll(/^ {4}not ok \d+ - (.*)$/gm)].map(([, name]) => name)
  return { status, tests: countOf('tests'), pass: countOf('pass'), skipped: countOf('skipped'), failed }
}

test('the store holds every case', () => {
  const count = eventStoreCases.length + subscriptionCases.length
  expect(nodeTest(join(here, 'contract.node-test.ts'))).toEqual({
    status: 0,
    tests: count,
    pass: count,
    skipped: 0,
    failed: [],
  })
})

test('a store that forgets to look for a repetition is told which promise it breaks', () => {
  // Beside the example, so that it finds the same packages.
  const folder = mkdtempSync(join(here, '.broken-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const broken = read('json-lines.ts').replace('if (isAgain) return', 'if (isAgain && isAgain === null) return')
  writeFileSync(join(folder, 'json-lines.ts'), broken)
  const some = read('contract.node-test.ts').replace(
    'for (const { name, run } of eventStoreCases)',
    "for (const { name, run } of eventStoreCases.filter(({ name }) => name.startsWith('a batch appended again')))",
  )
  writeFileSync(join(folder, 'contract.node-test.ts'), some.replace('of subscriptionCases', 'of []'))
  const { status, failed } = nodeTest(join(folder, 'contract.node-test.ts'))
  expect(status).toBe(1)
  expect(failed).toEqual([
    'a batch appended again, expecting what it expected first, gives its first receipt',
    'a batch appended again, expecting anything else, gives its first receipt where that is declared',
  ])
})

test('the guide shows this store and this test', () => {
  const guide = readFileSync(join(here, '../../../docs/your-own-adapter.md'), 'utf8')
  expect(guide).toContain(read('json-lines.ts'))
  const from = './packages/examples/your-own-adapter/json-lines.ts'
  expect(guide).toContain(read('contract.node-test.ts').replace('./json-lines.ts', from))
})

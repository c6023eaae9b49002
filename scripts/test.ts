// test.ts: everything that must hold before a change goes in, cheapest first. Stops at the first step that fails.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const report = join(mkdtempSync(join(tmpdir(), 'smagruppe-test-')), 'vitest.json')

type Command = readonly [program: string, ...args: string[]]

const steps: ReadonlyArray<readonly [heading: string, ...commands: Command[]]> = [
  [
    'Types',
    ['tsc', '-p', 'packages/domain/tsconfig.json'],
    ['tsc', '-p', 'packages/domain/tsconfig.pure.json'],
    ['tsc', '-p', 'packages/adapters'],
    ['tsc', '-p', 'packages/examples'],
    ['tsc', '-p', '.'],
  ],
  ['Lint', ['biome', 'ci', '--error-on-warnings', '.']],
  ['Boundaries', ['depcruise', 'packages', '--config', '.dependency-cruiser.mjs']],
  ['Tests', ['vitest', 'run', '--coverage', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]],
  ['Packed tarballs', ['node', 'scripts/packed.ts']],
  ['A release', ['node', 'scripts/rehearse.ts']],
]

const run = ([program, ...args]: Command): boolean => spawnSync(program, args, { stdio: 'inherit' }).status === 0

const broken = steps.find(([heading, ...commands]) => {
  console.log(`\n== ${heading}`)
  return !commands.every(run)
})

/** What vitest counted; nothing where it never got to run. */
const counts = (): { numPassedTests: number; numFailedTests: number; numPendingTests: number } => {
  try {
    return JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 }
  }
}
const { numPassedTests: passed, numFailedTests, numPendingTests: skipped } = counts()
rmSync(join(report, '..'), { recursive: true })

// A step that counts no tests of its own is one failure; so is a run that tested nothing.
const failed = numFailedTests > 0 ? numFailedTests : broken || passed === 0 ? 1 : 0

console.log(broken ? `\n== Failed: ${broken[0]}` : '\n== All held')
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = failed === 0 ? 0 : 1

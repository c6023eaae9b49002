// test.ts: everything that must hold before a change goes in, cheapest first. Stops at the first step that fails.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

type Command = readonly [program: string, ...args: string[]]

const reports = mkdtempSync(join(tmpdir(), 'smagruppe-test-'))
const reportOf = (run: string): string => join(reports, `${run}.json`)
const vitest = (run: string, ...args: string[]): Command => {
  const told = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportOf(run)}`]
  return ['vitest', 'run', ...args, ...told]
}

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
  // Counting what is covered makes tests take twice as long, and the domain has to be covered by tests of its own.
  ['Tests of the domain', vitest('domain', '--project', 'domain', '--coverage')],
  ['All other tests', vitest('others', '--project', '!domain')],
  ['Packed tarballs', ['node', 'scripts/packed.ts']],
  ['A release', ['node', 'scripts/rehearse.ts']],
]

// Hundreds of processes load the same files: what the first compiled is there for the next, but where it is counted what
// is covered, since functions taken from there are counted less exactly.
const { NODE_COMPILE_CACHE = join(reports, 'compiled') } = process.env
const run = ([program, ...args]: Command): boolean => {
  const env = args.includes('--coverage') ? process.env : { ...process.env, NODE_COMPILE_CACHE }
  return spawnSync(program, args, { stdio: 'inherit', env }).status === 0
}

const broken = steps.find(([heading, ...commands]) => {
  console.log(`\n== ${heading}`)
  return !commands.every(run)
})

/** What vitest counted in a run; nothing where it never got to it. */
const countsOf = (run: string): { numPassedTests: number; numFailedTests: number; numPendingTests: number } => {
  try {
    return JSON.parse(readFileSync(reportOf(run), 'utf8'))
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 }
  }
}
const counts = ['domain', 'others'].map(countsOf)
rmSync(reports, { recursive: true })
const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((all, one) => all + one, 0)
const passed = sum(counts.map(({ numPassedTests }) => numPassedTests))
const skipped = sum(counts.map(({ numPendingTests }) => numPendingTests))
const failedTests = sum(counts.map(({ numFailedTests }) => numFailedTests))
const isUntested = counts.some(({ numPassedTests }) => numPassedTests === 0)

// A step that counts no tests of its own is one failure; so is a run that tested nothing.
const failed = failedTests > 0 ? failedTests : broken || isUntested ? 1 : 0

console.log(broken ? `\n== Failed: ${broken[0]}` : '\n== All held')
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = failed === 0 ? 0 : 1

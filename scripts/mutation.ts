// mutation.ts: changes the code of points, rules and values in every small way and fails where a folder's own tests notice less than 90 % of it
import { Stryker } from '@stryker-mutator/core'

const folders = ['values', 'rules', 'points']

const args = process.argv.slice(2)
const unknown = args.filter((arg) => arg !== '--incremental' && !folders.includes(arg))
if (unknown.length > 0) {
  console.error(`not known: ${unknown.join(' ')}; say some of ${folders.join(', ')}, or --incremental`)
  process.exit(2)
}
const named = folders.filter((folder) => args.includes(folder))

for (const folder of named.length > 0 ? named : folders) {
  console.log(`\n== ${folder}`)
  const source = `packages/domain/src/${folder}`
  // It sets the exit code where the score is below `break`.
  await new Stryker({
    packageManager: 'pnpm',
    plugins: ['@stryker-mutator/vitest-runner'],
    testRunner: 'vitest',
    vitest: { configFile: 'vitest.mutation.config.ts', dir: source, related: false },
    coverageAnalysis: 'perTest',
    mutate: [`${source}/*.ts`, `!${source}/{index,*.test,*.test-kit}.ts`],
    ignoreStatic: true,
    // TypeScript 7 has no JavaScript API, by which the paths in a tsconfig would be rewritten.
    tsconfigFile: 'no-tsconfig.json',
    ignorePatterns: ['/docs', '/mutation', '/packages/adapters', '/packages/examples'],
    incremental: args.includes('--incremental'),
    incrementalFile: `mutation/${folder}.incremental.json`,
    tempDirName: `mutation/${folder}.tmp`,
    reporters: ['clear-text', 'json'],
    clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
    jsonReporter: { fileName: `mutation/${folder}.json` },
    allowConsoleColors: false,
    concurrency: 1,
    timeoutMS: 20_000,
    thresholds: { high: 95, low: 90, break: 90 },
  }).runMutationTest()
}

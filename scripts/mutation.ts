// mutation.ts: changes points, rules and values in every small way there is, and fails where less than 90 % of it is noticed
import { Stryker } from '@stryker-mutator/core'

const usage = `node scripts/mutation.ts [FOLDER | FOLDER/FILE]... [--incremental]

Each FOLDER of values, rules and points is changed in every small way, one at a time, and its own tests are run; the
gate is 90 % of them noticed, folder by folder. --incremental runs again only what changed, or whose tests changed,
since a run with it: quick while writing tests, and no proof, for it sees no change in other folders.`

/** What is changed, and by whose tests that is to be noticed: statements are issued by a register. */
const folders = [
  { folder: 'values', tests: ['values/*.test.ts'] },
  { folder: 'rules', tests: ['rules/*.test.ts'] },
  { folder: 'points', tests: ['points/*.test.ts', 'register/statements*.test.ts'] },
]
const names = folders.map(({ folder }) => folder)

const args = process.argv.slice(2)
const isIncremental = args.includes('--incremental')
const named = args.filter((arg) => arg !== '--incremental')
if (named.includes('--help')) {
  console.log(usage)
  process.exit(0)
}
const unknown = named.find((arg) => !/^[a-z]+(\/[a-z-]+\.ts)?$/.test(arg) || !names.includes(arg.replace(/\/.*/, '')))
if (unknown !== undefined) {
  console.error(`not known: ${unknown}\n\n${usage}`)
  process.exit(2)
}

for (const { folder, tests } of folders) {
  const asked = named.filter((arg) => arg === folder || arg.startsWith(`${folder}/`))
  if (named.length > 0 && asked.length === 0) continue
  console.log(`\n== ${folder}`)
  const files = named.length === 0 || asked.includes(folder) ? [`${folder}/*.ts`] : asked
  // What it gives is left alone: it sets the exit code where the score is below `break`.
  await new Stryker({
    packageManager: 'pnpm',
    plugins: ['@stryker-mutator/vitest-runner'],
    testRunner: 'vitest',
    vitest: { configFile: 'vitest.mutation.config.ts', related: false },
    testFiles: tests.map((file) => `packages/domain/src/${file}`),
    coverageAnalysis: 'perTest',
    mutate: [
      ...files.map((file) => `packages/domain/src/${file}`),
      `!packages/domain/src/${folder}/{index,*.test,*.test-kit}.ts`,
    ],
    // What runs once, while a file is loaded, would need all tests from the start: codecs' names, tables, the packs' sources.
    ignoreStatic: true,
    // TypeScript 7 has no JavaScript API, by which the paths in a tsconfig would be rewritten.
    tsconfigFile: 'no-tsconfig.json',
    ignorePatterns: ['/docs', '/mutation', '/packages/adapters', '/packages/examples'],
    incremental: isIncremental,
    incrementalFile: `mutation/${folder}.incremental.json`,
    tempDirName: `mutation/${folder}.tmp`,
    cleanTempDir: 'always',
    reporters: ['progress', 'clear-text', 'json', 'html'],
    clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
    jsonReporter: { fileName: `mutation/${folder}.json` },
    htmlReporter: { fileName: `mutation/${folder}.html` },
    allowConsoleColors: false,
    concurrency: 1,
    // Shared machines are slow at times, and what times out counts as noticed.
    timeoutMS: 30_000,
    dryRunTimeoutMinutes: 60,
    thresholds: { high: 95, low: 90, break: 90 },
  }).runMutationTest()
}

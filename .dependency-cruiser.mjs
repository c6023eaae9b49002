// Who may import whom. The rules are tried on a tree that breaks each of them in scripts/boundaries.test.ts.

const streams = [
  'group',
  'session',
  'doctor',
  'hospital',
  'topic',
  'schedule',
  'programme',
  'honorarium',
  'rules',
  'statement',
]

/** A layer may import what stands to its right, never what stands to its left. */
const layers = [['index.ts'], ['register'], ['audit'], ['points'], ['projections'], streams, ['values'], ['kernel']]
const stores = ['memory', 'sqlite', 'postgres', 'eventstoredb', 'vault', 'stores']
/** Optional peers, which whoever uses that folder installs beside the adapters. */
const drivers = [
  { folder: 'postgres', driver: '(@types/)?pg' },
  { folder: 'eventstoredb', driver: '(@eventstore/db-client|@kurrent/kurrentdb-client)' },
  { folder: 'html', driver: '(@observablehq/plot|linkedom)' },
]
const driven = [...stores, 'copying', 'html', 'node', 'contract']
const driving = ['csv', 'cli']

const domain = (...names) => `^packages/domain/src/(${names.join('|').replaceAll('.', '\\.')})(/|$)`
const adapter = (...names) => `^packages/adapters/src/(${names.join('|')})/`
const test = '\\.test(-kit)?\\.ts$'

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

export default {
  forbidden: [
    forbid(
      'packages-one-way-domain',
      'The domain stands alone.',
      { path: '^packages/domain/' },
      { path: '^packages/(adapters|examples)/' },
    ),
    forbid(
      'packages-one-way-adapters',
      'Adapters know the domain, not the examples.',
      { path: '^packages/adapters/' },
      { path: '^packages/examples/' },
    ),
    forbid(
      'packages-by-name',
      'Another package is imported by its name, so that only what it exports is used.',
      { path: '^packages/([^/]+)/' },
      { path: '^packages/', pathNot: '^packages/$1/', dependencyTypes: ['local'] },
    ),

    ...layers
      .slice(1)
      .map((layer, i) =>
        forbid(
          `domain-layers-${layer === streams ? 'streams' : layer[0].replace('.ts', '')}`,
          'Inside the domain imports go one way: index, register, audit, points, projections, streams, values, kernel.',
          { path: domain(...layer) },
          { path: domain(...layers.slice(0, i + 1).flat()) },
        ),
      ),
    forbid(
      'domain-streams-apart',
      'A stream decides from its own events alone.',
      { path: domain(...streams) },
      { path: domain(...streams), pathNot: '^packages/domain/src/$1/' },
    ),
    forbid(
      'domain-testing-in-tests',
      'Only tests use the test kit.',
      { path: '^packages/domain/src/', pathNot: [test, domain('testing')] },
      { path: domain('testing') },
    ),
    forbid(
      'domain-known-places',
      'A new folder gets its place in the layers first.',
      {},
      { path: '^packages/domain/src/', pathNot: domain(...layers.flat(), 'testing') },
    ),

    forbid(
      'adapters-driven',
      'What the domain drives knows nothing of what drives it.',
      { path: adapter(...driven) },
      { path: adapter(...driving) },
    ),
    forbid(
      'adapters-csv',
      'The importer takes any store.',
      { path: adapter('csv'), pathNot: test },
      { path: adapter(...stores) },
    ),
    forbid(
      'adapters-cli',
      'The command is a leaf of the adapters.',
      { pathNot: [adapter('cli'), '^packages/examples/'] },
      { path: adapter('cli') },
    ),
    forbid(
      'adapters-stand-in',
      'The stand-in for EventStoreDB is a fixture: only tests speak to it.',
      { pathNot: test },
      { path: '^packages/adapters/src/eventstoredb/(stand-in|recorded)/' },
    ),
    forbid(
      'adapters-known-places',
      'A new folder gets its rules first.',
      {},
      { path: '^packages/adapters/src/', pathNot: adapter(...driven, ...driving) },
    ),

    forbid(
      'runs-in-a-browser',
      'The domain and the memory store use no Node built-ins.',
      { path: ['^packages/domain/src/', adapter('memory', 'stores', 'copying')], pathNot: test },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'declared-dependencies',
      'What ships uses only what its package.json promises to install.',
      { path: '^packages/[^/]+/src/', pathNot: [test, domain('testing')] },
      {
        dependencyTypes: ['npm-dev', 'npm-peer', 'npm-optional', 'npm-no-pkg', 'npm-unknown'],
        pathNot: drivers.map(({ driver }) => `/node_modules/${driver}/`),
      },
    ),
    ...drivers.map(({ folder, driver }) =>
      forbid(
        `driver-${folder}`,
        'A driver is an optional peer: only the folder that needs it loads it.',
        { pathNot: [`^packages/adapters/src/${folder}/`, test] },
        { path: `/node_modules/${driver}/` },
      ),
    ),
    forbid(
      'declared-dependencies-of-tests',
      'Tests and the test kit use only what their package.json names.',
      { path: '^packages/' },
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
    forbid('resolvable', 'Every import leads somewhere.', {}, { couldNotResolve: true }),
    forbid('no-circles', 'Files in a circle cannot be read one by one.', {}, { circular: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // What a killed run of scripts/docs.test.ts leaves behind holds a link back to all packages.
    exclude: { path: ['^packages/[^/]+/dist/', '/\\.docs-'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
}

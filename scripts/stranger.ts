// stranger.ts: a folder outside the workspace that has only what npm installs, and what its owner does there
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { codeBlocks, root } from './code-blocks.ts'
import { entriesOf, manifest, published } from './entries.ts'
import type { Node } from './nodes.ts'
import { run } from './run.ts'

/** The entries that need optional peers to be imported; all others are there without any. */
const needs: Readonly<Record<string, ReadonlyArray<string>>> = {
  '@smagruppe/domain/testing/generators': ['fast-check'],
  '@smagruppe/adapters/postgres': ['pg'],
  '@smagruppe/adapters/html': ['@observablehq/plot', 'linkedom'],
}

/** The clients of EventStoreDB: one of them is needed once a register is opened there, and they do not stand each other. */
const clients = { 'kurrentdb-client': '@kurrent/kurrentdb-client', 'db-client': '@eventstore/db-client' }

const npmInstall = (folder: string, { env }: Node, ...packages: ReadonlyArray<string>): void => {
  const quietly = ['--no-audit', '--no-fund', '--prefer-offline', '--engine-strict']
  run({ cwd: folder, env }, 'npm', 'install', ...quietly, ...packages)
}

/** Everything that the tarballs promise, on each Node from an empty folder on. */
export const useAsAStranger = (scratch: string, tarballs: ReadonlyArray<string>, nodes: ReadonlyArray<Node>): void => {
  const { '@types/node': types, 'fast-check': fastCheck } = manifest(root).devDependencies
  const { devDependencies } = manifest(join(root, 'packages/adapters'))
  const ofAdapters = ['pg', '@types/pg', '@observablehq/plot', 'linkedom', ...Object.values(clients)].map(
    (name) => `${name}@${devDependencies[name]}`,
  )
  const peers = [`@types/node@${types}`, `fast-check@${fastCheck}`, ...ofAdapters]
  let built: string | null = null
  for (const node of nodes) {
    const folder = join(scratch, `node-${node.version}`)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
    console.log(`Node ${node.version}, no optional peer installed`)
    npmInstall(folder, node, ...tarballs)
    writeFileSync(join(folder, 'imports.js'), importsWithoutPeers())
    run({ cwd: folder, env: node.env }, 'node', 'imports.js')
    writeFileSync(join(folder, 'client.js'), withoutClient)
    run({ cwd: folder, env: node.env }, 'node', 'client.js')
    mainJob(folder, node)

    console.log(`Node ${node.version}, with optional peers`)
    npmInstall(folder, node, ...peers)
    // What the compilers make is the same for every Node.
    if (built === null) built = compiled(folder)
    else cpSync(built, join(folder, 'built'), { recursive: true })
    for (const { name } of programs) run({ cwd: folder, env: node.env }, 'node', join('built', `${name}.js`))
  }
}

const manifests = published.map(manifest)
const specifiers = manifests.flatMap(entriesOf).map(({ specifier }) => specifier)

/** A program that imports every entry; where an optional peer lacks, Node must say which. */
const importsWithoutPeers = (): string => {
  const peers = manifests.flatMap(({ peerDependenciesMeta = {} }) => Object.keys(peerDependenciesMeta))
  const tried = [...Object.values(needs).flat(), ...Object.values(clients)]
  const untried = peers.filter((peer) => !tried.includes(peer))
  if (untried.length > 0) throw new Error(`No entry is tried without its optional peer ${untried.join(', ')}`)
  return `for (const [entry, peers] of ${JSON.stringify(specifiers.map((one) => [one, needs[one] ?? []]))}) {
  const found = await import(entry).then((all) => Object.keys(all).length, (error) => error)
  const says = (peer) => found.code === 'ERR_MODULE_NOT_FOUND' && found.message.includes(\`'\${peer}'\`)
  const held = peers.length === 0 ? found > 0 : peers.some(says)
  if (!held) throw new Error(\`\${entry} \${peers.length === 0 ? 'gives nothing' : \`does not say that \${peers.join(' or ')} lacks\`}\`, { cause: found })
}
`
}

const pilotYear = join(root, 'packages/examples/pilot-year')

/** The pilot year through the installed command, compared with the golden files. */
const mainJob = (folder: string, { env }: Node): void => {
  const own = join(folder, 'job')
  cpSync(join(pilotYear, 'data'), join(own, 'sheets'), { recursive: true })
  const smagruppe = (...words: string[]): string =>
    run({ cwd: own, env }, join(folder, 'node_modules/.bin/smagruppe'), ...words)
  smagruppe('import', 'sheets', '--rehearse', '--rejected', 'rejected.csv', '--flagged', 'flagged.csv')
  const files = ['rejected.csv', 'flagged.csv']
  for (const [knownAt, suffix] of [
    ['2024-12-31', ''],
    ['2025-12-31', '-as-known-2025-12-31'],
  ] as const) {
    for (const [command, name] of [
      ['register', 'group-register'],
      ['topics', 'topic-log'],
      ['points', 'points'],
    ] as const) {
      const file = `${name}${suffix}.csv`
      smagruppe(command, '--as-of', '2024-12-31', '--known-at', knownAt, '--csv', file)
      files.push(file)
    }
  }
  for (const file of files) {
    const [made, expected] = [own, join(pilotYear, 'expected')].map((where) => readFileSync(join(where, file)))
    if (made === undefined || expected === undefined || !made.equals(expected))
      throw new Error(`${join(own, file)} is not what packages/examples/pilot-year/expected has`)
  }
}

/** Nothing listens there, and the driver says so through the adapter. */
const withoutServer = `import { openPostgresRegister } from '@smagruppe/adapters/postgres'
const opened = await openPostgresRegister('postgres://nobody@127.0.0.1:1/nothing')()
if (opened._tag === 'Right' || opened.left._tag !== 'StoreFailure' || opened.left.reason !== 'Unavailable')
  throw new Error('A server that is not there is not Unavailable', { cause: opened })
`

const opensEventStoreDb = (
  reason: string,
  options: string,
  more: string,
): string => `import { openEventStoreDb } from '@smagruppe/adapters/eventstoredb'
import { systemClock } from '@smagruppe/adapters/node'
const options = { clock: systemClock, timeoutMs: 2_000, ${options} }
const opened = await openEventStoreDb('esdb://127.0.0.1:1?tls=false', options)()
if (opened._tag === 'Right' || opened.left._tag !== 'StoreFailure' || opened.left.reason !== '${reason}'${more})
  throw new Error('That is not ${reason}', { cause: opened })
`

/** No client is installed, and the adapter says which can be. */
const withoutClient = opensEventStoreDb(
  'Unsupported',
  '',
  ` || !opened.left.message.includes('${clients['kurrentdb-client']}')`,
)

const everything = specifiers.map((entry, i) => `import * as entry${i} from '${entry}'\n`).join('')

/** What a stranger writes: a program that imports every entry, one that finds no server, those of the README and the first guide, in their order. */
const programs: ReadonlyArray<{ readonly name: string; readonly text: string }> = [
  { name: 'entries', text: `${everything}console.log(${specifiers.map((_, i) => `entry${i}`).join(', ')})\n` },
  { name: 'without-server', text: withoutServer },
  ...Object.keys(clients).map((client) => ({
    name: `without-server-${client}`,
    text: opensEventStoreDb('Unavailable', `client: '${client}' as const`, ''),
  })),
  ...codeBlocks('README.md', 'docs/first-register.md')
    .filter(({ language }) => language === 'ts')
    .map(({ file, line, text }) => ({ name: `${basename(file, '.md')}-${line}`, text: `${text}\nexport {}\n` })),
]

/** Type-checks the programs; gives the folder of their JavaScript. */
const compiled = (folder: string): string => {
  for (const { name, text } of programs) writeFileSync(join(folder, `${name}.ts`), text)
  const compilerOptions = { module: 'nodenext', target: 'es2023', strict: true, types: ['node'], outDir: 'built' }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
  run({ cwd: folder }, 'tsc6', '-p', '.', '--noEmit')
  run({ cwd: folder }, 'tsc', '-p', '.')
  return join(folder, 'built')
}

// stranger.ts: a folder outside the workspace that has only what npm installs, and what its owner does there
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { codeBlocks, root } from './code-blocks.ts'
import { entriesOf, manifest, published } from './entries.ts'
import type { Node } from './nodes.ts'
import { run } from './run.ts'

/** The entries that need an optional peer; all others work without any. */
const needs: Readonly<Record<string, string>> = {
  '@smagruppe/domain/testing/generators': 'fast-check',
  '@smagruppe/adapters/postgres': 'pg',
}

const npmInstall = (folder: string, { env }: Node, ...packages: ReadonlyArray<string>): void => {
  const quietly = ['--no-audit', '--no-fund', '--prefer-offline', '--engine-strict']
  run({ cwd: folder, env }, 'npm', 'install', ...quietly, ...packages)
}

/** Everything that the tarballs promise, from an empty folder on. */
export const useAsAStranger = (folder: string, tarballs: ReadonlyArray<string>, nodes: ReadonlyArray<Node>): void => {
  const [lowest] = nodes
  if (lowest === undefined) throw new Error('There is no Node to run on')
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
  npmInstall(folder, lowest, ...tarballs)
  writeFileSync(join(folder, 'imports.js'), importsWithoutPeers())
  for (const node of nodes) {
    console.log(`Node ${node.version}, no optional peer installed`)
    run({ cwd: folder, env: node.env }, 'node', 'imports.js')
    mainJob(folder, node)
  }

  const { '@types/node': types, 'fast-check': fastCheck } = manifest(root).devDependencies
  const { pg, '@types/pg': pgTypes } = manifest(join(root, 'packages/adapters')).devDependencies
  const peers = [`fast-check@${fastCheck}`, `pg@${pg}`, `@types/pg@${pgTypes}`]
  npmInstall(folder, lowest, `@types/node@${types}`, ...peers)
  const snippets = compiled(folder)
  for (const node of nodes) {
    console.log(`Node ${node.version}, with optional peers`)
    const own = join(folder, `snippets-${node.version}`)
    mkdirSync(own)
    for (const snippet of snippets) run({ cwd: own, env: node.env }, 'node', snippet)
  }
}

const manifests = published.map(manifest)
const specifiers = manifests.flatMap(entriesOf).map(({ specifier }) => specifier)

/** A program that imports every entry; where an optional peer lacks, Node must say which. */
const importsWithoutPeers = (): string => {
  const peers = manifests.flatMap(({ peerDependenciesMeta = {} }) => Object.keys(peerDependenciesMeta))
  const untried = peers.filter((peer) => !Object.values(needs).includes(peer))
  if (untried.length > 0) throw new Error(`No entry is tried without its optional peer ${untried.join(', ')}`)
  return `for (const [entry, peer] of ${JSON.stringify(specifiers.map((one) => [one, needs[one] ?? null]))}) {
  const found = await import(entry).then((all) => Object.keys(all).length, (error) => error)
  const held = peer === null ? found > 0 : found.code === 'ERR_MODULE_NOT_FOUND' && found.message.includes(\`'\${peer}'\`)
  if (!held) throw new Error(\`\${entry} \${peer === null ? 'gives nothing' : \`does not say that \${peer} lacks\`}\`, { cause: found })
}
`
}

const pilotYear = join(root, 'packages/examples/pilot-year')

/** The pilot year through the installed command, compared with the golden files. */
const mainJob = (folder: string, { version, env }: Node): void => {
  const own = join(folder, `job-${version}`)
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

/** Type-checks a program that imports every entry, and those of the README and the first guide; gives the JavaScript of them all. */
const compiled = (folder: string): ReadonlyArray<string> => {
  const everything = specifiers.map((entry, i) => `import * as entry${i} from '${entry}'\n`).join('')
  const sources = [
    { name: 'entries', text: `${everything}console.log(${specifiers.map((_, i) => `entry${i}`).join(', ')})\n` },
    ...codeBlocks('README.md', 'docs/first-register.md')
      .filter(({ language }) => language === 'ts')
      .map(({ file, line, text }) => ({ name: `${basename(file, '.md')}-${line}`, text: `${text}\nexport {}\n` })),
  ]
  for (const { name, text } of sources) writeFileSync(join(folder, `${name}.ts`), text)
  const compilerOptions = { module: 'nodenext', target: 'es2023', strict: true, types: ['node'], outDir: 'built' }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
  run({ cwd: folder }, 'tsc6', '-p', '.', '--noEmit')
  run({ cwd: folder }, 'tsc', '-p', '.')
  return sources.map(({ name }) => join(folder, 'built', `${name}.js`))
}

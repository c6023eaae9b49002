// Packs the packages, installs the tarballs in an empty folder and uses them there as a stranger would.
import { execFileSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { codeBlocks, root } from './code-blocks.ts'

interface Manifest {
  readonly name: string
  readonly exports: Record<string, unknown>
  readonly devDependencies: Record<string, string>
}

const manifest = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

const run = (cwd: string, program: string, ...args: string[]): void => {
  console.log(`$ ${[program, ...args].join(' ')}`)
  execFileSync(program, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] })
}

const packages = ['domain', 'adapters']

const pack = (to: string): ReadonlyArray<string> =>
  packages.map((name) => {
    run(join(root, 'packages', name), 'pnpm', 'pack', '--pack-destination', to)
    const [tarball = ''] = globSync(join(to, `*-${name}-*.tgz`))
    run(root, 'publint', '--strict', tarball)
    run(root, 'attw', '--profile', 'esm-only', tarball)
    return tarball
  })

/** A folder outside the workspace that has the tarballs, and what a TypeScript project would have beside them. */
const install = (consumer: string, tarballs: ReadonlyArray<string>): void => {
  const { '@types/node': types, 'fast-check': fastCheck, vitest } = manifest(root).devDependencies
  mkdirSync(consumer)
  writeFileSync(join(consumer, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
  const { pg } = manifest(join(root, 'packages/adapters')).devDependencies
  const beside = [`@types/node@${types}`, `fast-check@${fastCheck}`, `vitest@${vitest}`, `pg@${pg}`]
  run(consumer, 'npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', ...tarballs, ...beside)
}

const use = (consumer: string): void => {
  const installed = packages.map((name) => join(consumer, 'node_modules/@smagruppe', name))
  for (const file of installed.flatMap((folder) => [join(folder, 'README.md'), join(folder, 'LICENSE')])) {
    if (!existsSync(file)) throw new Error(`The tarball lacks ${file.slice(consumer.length + 1)}`)
  }

  const entries = installed
    .map(manifest)
    .flatMap(({ name, exports }) => Object.keys(exports).map((path) => name + path.slice(1)))
  const everything = entries.map((entry, i) => `import * as entry${i} from '${entry}'\n`).join('')
  const list = entries.map((_, i) => `entry${i}`).join(', ')
  writeFileSync(
    join(consumer, 'consumer.js'),
    `${everything}if ([${list}].some((entry) => Object.keys(entry).length === 0)) throw new Error('An entry point is empty')\n`,
  )
  run(consumer, 'node', 'consumer.js')
  run(consumer, join(consumer, 'node_modules/.bin/smagruppe'), '--help')

  const readme = codeBlocks('README.md').filter(({ language }) => language === 'ts')
  const snippets = readme.map(({ line, text }) => ({ source: `readme-${line}.ts`, text: `${text}\nexport {}\n` }))
  for (const { source, text } of [
    ...snippets,
    { source: 'consumer.ts', text: `${everything}export const all = [${list}]\n` },
  ]) {
    writeFileSync(join(consumer, source), text)
  }
  const compilerOptions = { module: 'nodenext', target: 'es2023', strict: true, noEmit: true, types: ['node'] }
  writeFileSync(join(consumer, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
  run(consumer, 'tsc', '-p', '.')
  for (const { source } of snippets) run(consumer, 'node', source)
}

const folder = mkdtempSync(join(tmpdir(), 'packed-'))
try {
  const consumer = join(folder, 'consumer')
  install(consumer, pack(folder))
  use(consumer)
} finally {
  rmSync(folder, { recursive: true })
}

// nodes.ts: the releases of Node that the packages are tried on, each out of the package registry
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { root } from './code-blocks.ts'
import { manifest, published } from './entries.ts'
import { run } from './run.ts'

export interface Node {
  readonly version: string
  /** What a process sees for whom this is the only Node there is. */
  readonly env: NodeJS.ProcessEnv
}

/** The newest release that the packages are tried on. */
const newest = '26.10.0'

/** The lowest that the packages promise, the one that the workspace runs on, and the newest, in that order. */
export const nodes = (): ReadonlyArray<Node> => {
  const [floor, ...others] = new Set(published.map((folder) => manifest(folder).engines.node))
  const [, lowest] = /^>=(\d+\.\d+)$/.exec(floor ?? '') ?? []
  if (lowest === undefined || others.length > 0) throw new Error('The packages do not promise one same lowest Node')
  return [
    nodeAt(`${lowest}.0`, downloaded(`${lowest}.0`)),
    nodeAt(process.versions.node, process.execPath),
    nodeAt(newest, downloaded(newest)),
  ]
}

const nodeAt = (version: string, program: string): Node => {
  const env = { ...process.env, PATH: dirname(program) + delimiter + process.env.PATH }
  const found = execFileSync('node', ['--version'], { env, encoding: 'utf8' }).trim()
  if (found !== `v${version}`) throw new Error(`${program} is Node ${found}, not ${version}`)
  return { version, env }
}

/** Kept where the next run finds it; whoever only wants the demo never waits for it. */
const downloaded = (version: string): string => {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const cache = join(root, 'node_modules/.cache')
  const kept = join(cache, `node-${version}`)
  if (!existsSync(kept)) {
    mkdirSync(cache, { recursive: true })
    const folder = mkdtempSync(`${kept}-`)
    const quietly = ['--no-audit', '--no-fund', '--ignore-scripts']
    run({ cwd: folder }, 'npm', 'install', ...quietly, '--prefix', folder, `${name}@${version}`)
    // Whole or not at all, also when two runs fetch the same.
    if (existsSync(kept)) rmSync(folder, { recursive: true })
    else renameSync(folder, kept)
  }
  return join(kept, 'node_modules', name, process.platform === 'win32' ? 'bin/node.exe' : 'bin/node')
}

// packed.ts: packs the packages, looks at what is in the tarballs, installs them in an empty folder and uses them there as a stranger would
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { root } from './code-blocks.ts'
import { published } from './entries.ts'
import { nodes } from './nodes.ts'
import { run } from './run.ts'
import { useAsAStranger } from './stranger.ts'

/** The tarball that a publisher would send. */
const pack = (folder: string, to: string): string => {
  run({ cwd: folder }, 'pnpm', 'pack', '--pack-destination', to)
  const [tarball = ''] = globSync(join(to, `*-${basename(folder)}-*.tgz`))
  run({ cwd: root }, 'publint', '--strict', tarball)
  run({ cwd: root }, 'attw', '--profile', 'esm-only', tarball)
  return tarball
}

const belongs = /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|dist\/[\w/-]+\.(js|js\.map|d\.ts))$/

/** Throws where the tarball holds what is nobody's business, lacks what everybody needs, or leads out of itself. */
const lookInto = (tarball: string): void => {
  const unpacked = tarball.replace(/\.tgz$/, '')
  mkdirSync(unpacked)
  run({ cwd: unpacked }, 'tar', '-xzf', tarball, '--strip-components=1')
  const files = globSync('**/*', { cwd: unpacked }).filter((file) => statSync(join(unpacked, file)).isFile())
  const text = (file: string): string => readFileSync(join(unpacked, file), 'utf8')

  const strange = files.filter((file) => !belongs.test(file) || /\.test\b|\.test-kit\b/.test(file))
  const missing = ['package.json', 'README.md', 'LICENSE'].filter((file) => !files.includes(file))
  // No sources are packed, so a map has them in itself.
  const lost = files
    .filter((file) => file.endsWith('.map'))
    .filter((file) => {
      const { sources, sourcesContent = [] } = JSON.parse(text(file))
      return sources.length !== sourcesContent.filter((source: unknown) => typeof source === 'string').length
    })
  const unresolved = /"(workspace|catalog|link|file):/.test(text('package.json')) ? ['package.json'] : []
  const wrong = { strange, missing, lost, unresolved }
  if (Object.values(wrong).some((found) => found.length > 0))
    throw new Error(`${basename(tarball)} is not fit to be published: ${JSON.stringify(wrong)}`)

  const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000)} kB`
  const size = files.reduce((sum, file) => sum + statSync(join(unpacked, file)).size, 0)
  const packed = kilobytes(statSync(tarball).size)
  console.log(`${basename(tarball)}: ${files.length} files, ${packed} packed, ${kilobytes(size)} unpacked`)
}

const scratch = mkdtempSync(join(tmpdir(), 'packed-'))
try {
  const tarballs = published.map((folder) => pack(folder, scratch))
  tarballs.forEach(lookInto)
  useAsAStranger(join(scratch, 'stranger'), tarballs, nodes())
} finally {
  rmSync(scratch, { recursive: true })
}

// site.ts: builds the site into `site/dist`: pages and API reference laid out in `site/pages`, then made into HTML. Nothing is fetched.
import { spawnSync } from 'node:child_process'
import { rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './code-blocks.ts'
import { layOut } from './site-pages.ts'

const docs = join(root, 'docs')

const run = (program: string, ...args: string[]): void => {
  const { status } = spawnSync(join(docs, 'node_modules/.bin', program), args, { cwd: docs, stdio: 'inherit' })
  if (status !== 0) throw new Error(`${program} failed: see above`)
}

rmSync(join(root, 'site'), { recursive: true, force: true })
layOut(join(root, 'site/pages'))
// The pages lie outside of docs, from where Vue would not be found.
symlinkSync(join(docs, 'node_modules'), join(root, 'site/node_modules'), 'junction')
run('typedoc', '--options', 'typedoc.config.js')
run('vitepress', 'build')
console.log('\nThe site is in site/dist. To look at it: npx --yes pnpm@12.21.0 --filter docs exec vitepress preview')

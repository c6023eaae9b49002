// What the documentation and the doc comments show is run: `ts` blocks are type-checked and executed, `sh` blocks are executed line by line.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { codeBlocks, root } from './code-blocks.ts'

const blocks = codeBlocks(
  'README.md',
  'CONTRIBUTING.md',
  'docs/**/*.md',
  'packages/*/README.md',
  'packages/examples/*/README.md',
  'packages/*/src/**/*.ts',
)

// Inside the examples, so that the packages resolve by name and Node strips the types.
const snippets = mkdtempSync(join(root, 'packages/examples/.docs-'))
const scratch = mkdtempSync(join(tmpdir(), 'docs-'))
afterAll(() => {
  for (const folder of [snippets, scratch]) rmSync(folder, { recursive: true })
})

const succeeds = (command: string, cwd: string): void => {
  const { status, stdout, stderr } = spawnSync(command, { cwd, encoding: 'utf8', shell: true })
  expect(status, `${command}\n${stdout}${stderr}`).toBe(0)
}

const at = ({ file, line }: { readonly file: string; readonly line: number }) => `${file}:${line}`

test('every language in use is either checked or plain text', () => {
  const known = ['ts', 'sh', 'text', 'csv', 'json', 'mermaid']
  expect(blocks.filter(({ language }) => !known.includes(language)).map(at)).toEqual([])
})

describe('ts', () => {
  const shown = blocks
    .filter(({ language }) => language === 'ts')
    .map((block) => ({ name: at(block), source: `${at(block).replace(/[/:]/g, '-')}.ts`, text: block.text }))
  for (const { source, text } of shown) writeFileSync(join(snippets, source), `${text}\nexport {}\n`)

  test('all blocks type-check', () => {
    const tsconfig = { extends: join(root, 'tsconfig.base.json'), compilerOptions: { types: ['node'] }, include: ['*'] }
    writeFileSync(join(snippets, 'tsconfig.json'), JSON.stringify(tsconfig))
    expect(shown).not.toEqual([])
    succeeds('tsc -p .', snippets)
  })

  test.for(shown)('$name runs', ({ source }) => succeeds(`node ${source}`, snippets))
})

describe('sh', () => {
  const demo = `node "${join(root, 'packages/examples/pilot-year/demo.ts')}"`
  const smagruppe = `node "${join(root, 'packages/adapters/src/cli/main.ts')}"`

  /** How a documented line is run here; nothing for the lines that set a reader up or would run these tests again. */
  const command = (line: string): string | undefined => {
    if (/^(git clone|cd|npm install) |^(npx --yes pnpm@12\.21\.0|pnpm) (install|test|fix)$/.test(line)) return undefined
    const demoOrBin = /^((?:npx --yes pnpm@12\.21\.0|pnpm) demo|(?:npx )?smagruppe)(?= |$)(.*)$/
    const [, program, rest = ''] = demoOrBin.exec(line) ?? []
    if (program === undefined) throw new Error(`Nothing here knows how to run: ${line}`)
    return (program.endsWith('demo') ? demo : smagruppe) + rest
  }

  const pages = Map.groupBy(
    blocks.filter(({ language }) => language === 'sh'),
    ({ file }) => file,
  )

  test.for([...pages])('%s runs from top to bottom', ([file, [...sh]]) => {
    const folder = join(scratch, file.replaceAll('/', '-'))
    mkdirSync(folder)
    symlinkSync(join(root, 'packages'), join(folder, 'packages'))
    const lines = sh.flatMap(({ text }) => text.replaceAll('\\\n', ' ').split('\n'))
    for (const line of lines.map((text) => text.trim())) {
      const runnable = line === '' || line.startsWith('#') ? undefined : command(line)
      if (runnable !== undefined) succeeds(runnable, folder)
    }
  })
})

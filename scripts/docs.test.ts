// docs.test.ts: what the documentation and the doc comments show is run: `ts` blocks are type-checked and run, `sh` blocks line by line;
// `json` blocks are read. A `text output` block is what the `ts` block before it prints.
import { exec } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { defaultPack, packFrom } from '../packages/domain/src/index.ts'
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

/** Runs a command in a folder and gives what it printed. Rejects with all of it where the command fails. */
const succeeds = async (command: string, cwd: string): Promise<string> =>
  (await promisify(exec)(command, { cwd })).stdout

// Pages run at the same time, so each takes longer than it would alone.
const timeout = 300_000

const at = ({ file, line }: { readonly file: string; readonly line: number }) => `${file}:${line}`

test('every language in use is either checked or plain text', () => {
  const known = ['ts', 'sh', 'sql', 'text', 'csv', 'json', 'mermaid']
  expect(blocks.filter(({ language }) => !known.includes(language)).map(at)).toEqual([])
})

// Its commands and its SQL want a server: packages/adapters/src/cli/operating-guide.postgres.test.ts runs them on one.
const onServer = 'docs/postgresql.md'

test('SQL stands only where it is run', () => {
  expect(blocks.filter(({ language, file }) => language === 'sql' && file !== onServer).map(at)).toEqual([])
})

describe('json', () => {
  const shown = blocks.filter(({ language }) => language === 'json')

  test.for(shown.map((block) => [at(block), block.text] as const))('%s is JSON', ([, text]) => {
    expect(JSON.parse(text)).toEqual(expect.any(Object))
  })

  test('the rules that a page shows are a pack', () => {
    const [rules, ...others] = shown.filter(({ file }) => file === 'docs/rules.md')
    expect(others).toEqual([])
    expect(packFrom(JSON.parse(rules?.text ?? ''), defaultPack)).toMatchObject({ _tag: 'Right' })
  })
})

describe('ts', () => {
  const shown = blocks.flatMap((block, i) => {
    if (block.language !== 'ts') return []
    const next = blocks[i + 1]
    const output = next?.note === 'output' && next.file === block.file ? next.text : null
    return [
      { file: block.file, name: at(block), source: `${at(block).replace(/[/:]/g, '-')}.ts`, text: block.text, output },
    ]
  })
  for (const { source, text } of shown) writeFileSync(join(snippets, source), `${text}\nexport {}\n`)

  symlinkSync(join(root, 'packages'), join(snippets, 'packages'))

  test('all blocks type-check', () => {
    const tsconfig = {
      extends: join(root, 'tsconfig.base.json'),
      compilerOptions: { types: ['node'] },
      include: ['*.ts'],
    }
    writeFileSync(join(snippets, 'tsconfig.json'), JSON.stringify(tsconfig))
    expect(shown).not.toEqual([])
    return succeeds('tsc -p .', snippets)
  })

  // One block of a page after the other, since they may build on each other; pages at the same time.
  const pages = Map.groupBy(shown, ({ file }) => file)

  test.concurrent.for([...pages])('%s runs from top to bottom', { timeout }, async ([, shownThere], { expect }) => {
    for (const { name, source, output } of shownThere) {
      const printed = await succeeds(`node ${source}`, snippets)
      if (output !== null) expect(printed, name).toBe(output)
    }
  })
})

describe('sh', () => {
  const demo = `node "${join(root, 'packages/examples/pilot-year/demo.ts')}"`
  const smagruppe = `node "${join(root, 'packages/adapters/src/cli/main.ts')}"`

  /** How a documented line is run here; nothing for the lines that set a reader up or would run these tests again. */
  const command = (line: string): string | undefined => {
    if (/^(git clone|cd|npm install) |^(npx --yes pnpm@12\.21\.0|pnpm) (install|test|fix|site)$/.test(line))
      return undefined
    const demoOrBin = /^((?:npx --yes pnpm@12\.21\.0|pnpm) demo|(?:npx )?smagruppe)(?= |$)(.*)$/
    const [, program, rest = ''] = demoOrBin.exec(line) ?? []
    if (program === undefined) throw new Error(`Nothing here knows how to run: ${line}`)
    return (program.endsWith('demo') ? demo : smagruppe) + rest
  }

  const pages = Map.groupBy(
    blocks.filter(({ language, file }) => language === 'sh' && file !== onServer),
    ({ file }) => file,
  )

  test.concurrent.for([...pages])('%s runs from top to bottom', { timeout }, async ([file, [...sh]]) => {
    const folder = join(scratch, file.replaceAll('/', '-'))
    mkdirSync(folder)
    symlinkSync(join(root, 'packages'), join(folder, 'packages'))
    const lines = sh.flatMap(({ text }) => text.replaceAll('\\\n', ' ').split('\n'))
    for (const line of lines.map((text) => text.trim())) {
      const runnable = line === '' || line.startsWith('#') ? undefined : command(line)
      if (runnable !== undefined) await succeeds(runnable, folder)
    }
  })
})

// docs.test.ts: what the documentation and the doc comments show is run: `ts` blocks are type-checked and run, `sh` blocks line by line
// A `text output` block is what the `ts` block before it prints.
import { exec } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { importFolder } from '../packages/adapters/src/csv/index.ts'
import { memoryEventStore, memoryProjectionStore, memoryVault } from '../packages/adapters/src/memory/index.ts'
import { randomIds, systemClock } from '../packages/adapters/src/node/index.ts'
import { endOf, explanation, languages, legalDate, openRegister, oslo, promised } from '../packages/domain/src/index.ts'
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

const toldOfThePilot = async (): Promise<string> => {
  const events = memoryEventStore({ clock: systemClock })
  const ports = { events, rows: memoryProjectionStore(), vault: memoryVault(), now: systemClock, newId: randomIds }
  const register = openRegister(ports)
  await promised(importFolder(register, join(root, 'packages/examples/pilot-year/data')))
  const { group } = await promised(register.labels)
  const told: string[] = []
  for (const [asOf, knownAt] of [
    ['2024-12-31', '2024-12-31'],
    ['2024-12-31', '2025-02-28'],
    ['2024-09-30', '2024-09-30'],
  ] as const) {
    const asKnownAt = endOf(oslo, legalDate(knownAt))
    const all = await promised(register.everyonesPoints({ effectiveThrough: legalDate(asOf), asKnownAt }))
    for (const points of all) {
      for (const language of languages)
        told.push(...explanation(points, register.rules, { doctor: String, group }, language))
    }
  }
  return told.join('\n')
}

test('what pages tell of the pilot year is what is told', async () => {
  const told = await toldOfThePilot()
  const shown = blocks
    .filter(({ note }) => note === 'explained')
    .flatMap(({ text }) => text.trimEnd().split(/\n(?=\d{4}-)/))
  expect(shown.length).toBeGreaterThan(5)
  expect(shown.filter((lines) => !told.includes(`\n${lines}\n`))).toEqual([])
})

test('every language in use is either checked or plain text', () => {
  const known = ['ts', 'sh', 'text', 'csv', 'json', 'mermaid']
  expect(blocks.filter(({ language }) => !known.includes(language)).map(at)).toEqual([])
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
    blocks.filter(({ language }) => language === 'sh'),
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

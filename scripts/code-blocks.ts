// code-blocks.ts: the fenced code blocks of pages and doc comments: what a reader will copy
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root: string = join(import.meta.dirname, '..')

export interface CodeBlock {
  readonly file: string
  /** The line of its opening fence, from 1. */
  readonly line: number
  readonly language: string
  /** What stands behind the language. `text output`: printed by the block before it; `text explained`: told of the pilot year. */
  readonly note: string
  readonly text: string
}

/** Every block of every file that matches, in reading order; in source files, those of the doc comments. */
export const codeBlocks = (...patterns: string[]): ReadonlyArray<CodeBlock> =>
  globSync(patterns, { cwd: root, exclude: ['docs/node_modules'] })
    .sort()
    .flatMap((file) => {
      const page = readFileSync(join(root, file), 'utf8')
      const fences = page.matchAll(/^( *(?:\* )?)```(\S*)(.*)\n([\s\S]*?)^\1```$/gm)
      return [...fences].map(({ 2: language = '', 3: more = '', 4: text = '', index }) => ({
        file,
        line: page.slice(0, index).split('\n').length,
        language,
        note: more.trim(),
        text: file.endsWith('.ts') ? text.replace(/^ *\* ?/gm, '') : text,
      }))
    })

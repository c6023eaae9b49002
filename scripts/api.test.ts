// api.test.ts: the public API is what was last written down: a change of it is made on purpose, with a changeset
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from './code-blocks.ts'
import { entriesOf, manifest, published } from './entries.ts'
import { apiFolder, publicApi } from './public-api.ts'

const pages = publicApi()

test('every entry has a page, and every page an entry', () => {
  const kept = published.flatMap((folder) => globSync(join(apiFolder(folder), '*'), { cwd: root }))
  expect(kept.sort()).toEqual(pages.map(({ file }) => file).sort())
})

test.for(pages)('$file says what is exported; `pnpm api` writes it anew', ({ file, text }) => {
  expect(readFileSync(join(root, file), 'utf8')).toBe(text)
})

describe.for(published.map((folder) => ({ folder: basename(folder), ...manifest(folder) })))('$folder', (packed) => {
  test('is imported by the same paths in the workspace and packed, each by its types and its code', () => {
    const sources = Object.entries(packed.exports)
    const paths = sources.map(([path, source]) => {
      const built = source.replace('./src/', './dist/').replace(/\.ts$/, '')
      return [path, { types: `${built}.d.ts`, default: `${built}.js` }]
    })
    expect(Object.entries(packed.publishConfig.exports)).toEqual(paths)
    expect(new Set(entriesOf(packed).map(({ name }) => name)).size).toBe(sources.length)
  })
})

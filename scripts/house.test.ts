// house.test.ts: the drawing of the house is the house
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './code-blocks.ts'
import { drawing, drawn, foldersOf, reading, storeys, writing } from './house.ts'

test('the drawing shows the house as it is', () => {
  expect(readFileSync(drawing, 'utf8'), 'draw it anew: node scripts/house.ts').toBe(drawn())
})

test('every folder has its place in the drawing', () => {
  const [, adapters, domain] = storeys.map(({ layers }) => layers.flatMap(({ folders }) => folders).sort())
  expect([adapters, domain]).toEqual([foldersOf('packages/adapters/src'), foldersOf('packages/domain/src')])
})

test('every file on the way is there', () => {
  const files = [...writing, ...reading].flatMap(({ file }) => (file === null ? [] : [join(root, 'packages', file)]))
  expect(files.filter((file) => !existsSync(file))).toEqual([])
})

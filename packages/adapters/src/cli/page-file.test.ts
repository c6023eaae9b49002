// page-file.test.ts: an explanation written as a page by the command

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { importedBy, printed, smagruppe } from './smagruppe.test-kit.ts'

const when = ['--as-of', '2024-12-31', '--known-at', '2024-12-31'] as const

const pageBy = async (...words: ReadonlyArray<string>): Promise<string> => {
  const { folder, store } = await importedBy()
  const file = join(folder, 'pages/page.html')
  const asked = ['explain', '103', '--store', store, ...when, ...words]
  expect(await printed(...asked, '--html', file)).toBe(await printed(...asked))
  return readFileSync(file, 'utf8')
}

test('explain --html also writes a page, with the programme, the forecast and the rules', async () => {
  const page = await pageBy('--lang', 'nb')
  expect(page).toMatch(/^<!DOCTYPE html><html lang="nb">/)
  expect([...page.matchAll(/<section[^>]* id="(\w+)"/g)].map(([, id]) => id)).toEqual([
    'total',
    'years',
    'programme',
    'forecast',
    'attendances',
    'rules',
  ])
  expect(page).toContain('Per Hansen (HPR 103)')
  expect(page).toMatch(/de nasjonale reglene \(ikke publisert av noen, sha256:[0-9a-f]{64}\)/)
})

test('on the page of specialist training is nothing of resertification, and JSON stays JSON', async () => {
  const page = await pageBy('--lang', 'en', '--track', 'specialist-training', '--json')
  expect([...page.matchAll(/<section[^>]* id="(\w+)"/g)].map(([, id]) => id)).toEqual(['total'])
  expect(page).toContain('has not been in specialist training')
})

test('after the end of every period there is a page without a forecast', async () => {
  const { folder, store } = await importedBy()
  const file = join(folder, 'page.html')
  await printed('explain', '103', '--store', store, '--as-of', '2021-01-01', '--html', file)
  expect(readFileSync(file, 'utf8')).not.toContain(' id="forecast"')
})

test('a file that cannot be written, and libraries that are not there, end it with one line', async () => {
  const { folder, store } = await importedBy()
  const blocked = join(folder, 'doctors.csv/page.html')
  expect(await smagruppe('explain', '103', '--store', store, '--html', blocked)).toMatchObject({
    ...{ code: 1, out: '' },
    err: `smagruppe: ${blocked} cannot be written: a part of its path is a file and no folder\n`,
  })
  expect(await smagruppe('explain', '103', '--store', store, '--html', folder)).toMatchObject({
    err: `smagruppe: ${folder} cannot be written: it is a folder, name a file in it\n`,
  })
  vi.doMock('../html/index.ts', () => {
    throw new Error('Cannot find package')
  })
  const file = join(folder, 'page.html')
  expect(await smagruppe('explain', '103', '--store', store, '--html', file)).toEqual({
    ...{ code: 1, out: '' },
    err: 'smagruppe: a page needs two libraries beside the adapters: npm install @observablehq/plot linkedom\n',
  })
  expect(existsSync(file)).toBe(false)
  vi.doUnmock('../html/index.ts')
})

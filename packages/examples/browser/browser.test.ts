// browser.test.ts: the example runs in a browser, with nothing of Node

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { bundled, pageOf, pilotYear } from './build.ts'
import { browser } from './chromium.test-kit.ts'

const expected = (name: string): ReadonlyArray<string> =>
  readFileSync(join(import.meta.dirname, '../pilot-year/expected', name), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)

/** The table as the reader has it, a line of CSV for each row. */
const shown = (page: Page): Promise<ReadonlyArray<string>> =>
  page
    .getByRole('table')
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent).join(',')))

test('what is bundled for a browser has nothing of Node', async () => {
  const { metafile } = await bundled()

  const inputs = Object.keys(metafile.inputs)
  expect(inputs).toContain('packages/domain/src/points/points.ts')
  expect(inputs.filter((path) => !/^(packages|node_modules)\//.test(path))).toEqual([])
  const imports = [...Object.values(metafile.inputs), ...Object.values(metafile.outputs)].flatMap((one) => one.imports)
  expect(imports.filter(({ path, external }) => external === true || path.startsWith('node:'))).toEqual([])
})

test('a page that was given the log computes the points of the pilot year, and of what was known later', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'page-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'points.html')
  writeFileSync(file, await pageOf(await pilotYear(), (await bundled()).program))

  const page = await (await browser()).newPage()
  const errors: string[] = []
  const requests: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => errors.push(message.text()))
  page.on('request', (request) => requests.push(request.url()))
  await page.goto(pathToFileURL(file).href)

  await page.getByRole('table', { name: 'Points on 2024-12-31, as known at the end of 2024-12-31' }).waitFor()
  expect(await shown(page)).toEqual(expected('points.csv'))
  expect(await page.getByRole('status').textContent()).toBe(
    '87 doctors, from 607 events. An indication, not a decision.',
  )

  await page.getByLabel('As known at the end of', { exact: true }).fill('2025-12-31')
  await page.getByRole('table', { name: 'Points on 2024-12-31, as known at the end of 2025-12-31' }).waitFor()
  expect(await shown(page)).toEqual(expected('points-as-known-2025-12-31.csv'))

  expect(await page.getByRole('columnheader').count()).toBe(9)
  expect(await page.getByRole('rowheader').count()).toBe(87)
  expect({ errors, requests }).toEqual({ errors: [], requests: [pathToFileURL(file).href] })
})

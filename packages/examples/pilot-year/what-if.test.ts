// what-if.test.ts: what a draft of rules would change of the pilot year, against files that were looked through

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { smagruppe } from '../command.test-kit.ts'
import { evaluate } from '../second-opinion/evaluate.ts'
import { rulesOf } from '../second-opinion/variants.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const draft = join(here, 'draft-rules.json')

test('the draft changes what the expected files say, and its points are those of the second opinion', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'smagruppe-what-if-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const store = join(folder, 'register.db')
  await smagruppe('import', join(here, 'data'), '--store', store, '--rehearse')
  const ask = ['--store', store, '--as-of', '2024-12-31', '--known-at', '2024-12-31', '--lang', 'en']
  const csv = join(folder, 'what-if.csv')
  const out = await smagruppe('what-if', draft, ...ask, '--csv', csv)
  await expect(out).toMatchFileSnapshot('expected/what-if.txt')
  await expect(readFileSync(csv, 'utf8')).toMatchFileSnapshot('expected/what-if.csv')
  expect(out.split('\n').filter((line) => line.length > 80)).toEqual([])

  const columns = readFileSync(csv, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((row) => row.split(','))
  const { parameters } = JSON.parse(readFileSync(draft, 'utf8'))
  const sheets = Object.fromEntries(
    readdirSync(join(here, 'data')).map((name) => [
      name.replace(/\.csv$/, ''),
      readFileSync(join(here, 'data', name), 'utf8'),
    ]),
  )
  const pointsBy = (rules: ReturnType<typeof rulesOf>): ReadonlyMap<string, string> =>
    new Map(
      evaluate(sheets, '2024-12-31', '2024-12-31', rules).points.map(([hpr = '', from, , , ...parts]) => [
        `${hpr} ${from}`,
        parts
          .slice(0, 3)
          .reduce((sum, part) => sum + Number(part), 0)
          .toFixed(2),
      ]),
    )
  const [inForce, byDraft] = [pointsBy(rulesOf({ parameters: {} })), pointsBy(rulesOf({ parameters }))]
  // The second opinion answers for the period of the date alone.
  const current = columns.filter(([, , to = '']) => to > '2024-12-31')
  expect(current.length).toBeGreaterThan(70)
  for (const [hpr, from, , draftFrom, , points, draftPoints] of current) {
    expect([hpr, inForce.get(`${hpr} ${from}`)]).toEqual([hpr, points])
    expect([hpr, byDraft.get(`${hpr} ${draftFrom}`)]).toEqual([hpr, draftPoints])
  }
})

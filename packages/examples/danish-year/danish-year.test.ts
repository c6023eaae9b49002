// danish-year.test.ts: two Danish groups by the Danish rules, and by the Norwegian ones

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { danishPack, defaultPack, packFrom } from '@smagruppe/domain'
import { right } from 'fp-ts/lib/Either.js'
import { expect, onTestFinished, test } from 'vitest'
import { smagruppe } from '../command.test-kit.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const rules = join(here, 'danish-rules.json')

test('S1-48 the file is the Danish pack', () => {
  expect(packFrom(JSON.parse(readFileSync(rules, 'utf8')), defaultPack)).toEqual(right(danishPack))
})

test('S1-48 the same sheets by the Danish rules and by the Norwegian ones', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'smagruppe-danish-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const store = join(folder, 'danish.db')
  const read = await smagruppe('import', join(here, 'data'), '--store', store)
  expect(read).toContain(' 0 rows rejected, 0 flagged.')
  const csv = join(folder, 'points.csv')
  const ask = ['--store', store, '--as-of', '2024-12-31']
  const pointsBy = async (...words: ReadonlyArray<string>): Promise<string> => {
    await smagruppe('points', ...ask, '--csv', csv, ...words)
    return readFileSync(csv, 'utf8')
  }
  await expect(await pointsBy('--rules', rules)).toMatchFileSnapshot('expected/points.csv')
  await expect(await pointsBy()).toMatchFileSnapshot('expected/points-by-norwegian-rules.csv')
  const told = await smagruppe('explain', '9000001', ...ask, '--rules', rules, '--lang', 'en')
  expect(told.replace(/\s+/g, ' ')).toContain(
    'A5 with group D1: 120 minutes present, 0 count: PLANNED_TOO_LATE Needs a session planned no later than 2024-03-31, found 2024-04-01.',
  )
  const warned = await smagruppe('register', ...ask, '--rules', rules, '--lang', 'en')
  expect(warned).toMatch(/D2 +Skagen +5 under 6/)
})

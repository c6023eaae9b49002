// command.test.ts: the command, asked by a file of rules over several years, answers as the second opinion does

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { smagruppe } from '../command.test-kit.ts'
import { evaluate } from './evaluate.ts'
import { type Case, generate } from './generate.ts'
import { someRules } from './generate-variants.ts'
import { csvRecords } from './sheets.ts'
import { rulesOf } from './variants.ts'

/** More of them with SMAGRUPPE_SEEDS=500. */
const wanted = Math.max(1, Number(process.env.SMAGRUPPE_SEEDS) || 0)

/** The years that sessions are of. */
const yearsOf = ({ folder }: Case): ReadonlyArray<string> => {
  const starts = csvRecords(folder.sessions ?? '').map(({ fields }) => /^(\d{4})-/.exec(fields[2] ?? '')?.[1])
  return [...new Set(starts)].flatMap((year) => year ?? []).sort()
}

const overSeveralYears: { readonly seed: number; readonly made: Case }[] = []
for (let seed = 1; overSeveralYears.length < wanted; seed++) {
  const made = generate(seed, 'variants')
  if (yearsOf(made).length >= 4) overSeveralYears.push({ seed, made })
}

test.for(overSeveralYears)('smagruppe points --rules FILE, seed $seed', async ({ seed, made }) => {
  const directory = mkdtempSync(join(tmpdir(), 'smagruppe-second-opinion-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const [store, rulesFile, csv] = ['register.db', 'rules.json', 'points.csv'].map((name) => join(directory, name))
  if (store === undefined || rulesFile === undefined || csv === undefined) throw new RangeError(directory)
  for (const [sheet, text] of Object.entries(made.folder)) writeFileSync(join(directory, `${sheet}.csv`), text)
  await smagruppe('import', directory, '--store', store)
  const last = `${yearsOf(made).at(-1)}-12-31`
  const questions = [
    [made.asOf, made.knownAt],
    [last, last],
    [last, '2026-06-30'],
  ] as const
  for (const [nth, [asOf, knownAt]] of questions.entries()) {
    const rules = someRules(1_000 * seed + nth)
    writeFileSync(rulesFile, JSON.stringify(rules))
    const asked = ['--as-of', asOf, '--known-at', knownAt, '--rules', rulesFile]
    await smagruppe('points', '--store', store, ...asked, '--csv', csv)
    const [, ...points] = csvRecords(readFileSync(csv, 'utf8')).map(({ fields }) => fields)
    const { points: expected } = evaluate(made.folder, asOf, knownAt, rulesOf(rules))
    expect({ asked, rules, points }).toEqual({ asked, rules, points: expected })
  }
})

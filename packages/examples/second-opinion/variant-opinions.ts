// variant-opinions.ts: what the library says of one folder, under as many rules and at as many dates as one likes

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answerSheets } from '@smagruppe/adapters/cli'
import { importFolder } from '@smagruppe/adapters/csv'
import { memoryEventStore, memoryProjectionStore, memoryVault } from '@smagruppe/adapters/memory'
import { randomIds } from '@smagruppe/adapters/node'
import { defaultPack, endOf, instantOf, legalDate, openRegister, oslo, packFrom } from '@smagruppe/domain'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { Answer } from './evaluate.ts'
import type { Folder } from './sheets.ts'
import type { RulesFile } from './variants.ts'

const clock = () => instantOf(Date.parse('2040-01-01'))

export type Asked = (rules: RulesFile, asOf: string, knownAt: string) => Promise<Answer['points']>

/** Imports the folder once; the rows of `points.csv` can then be asked for. */
export const pointsOf = async (folder: Folder): Promise<Asked> => {
  const ports = {
    events: memoryEventStore({ clock }),
    rows: memoryProjectionStore(),
    vault: memoryVault(),
    now: clock,
    newId: randomIds,
  }
  const directory = mkdtempSync(join(tmpdir(), 'smagruppe-variants-'))
  try {
    for (const [sheet, text] of Object.entries(folder)) writeFileSync(join(directory, `${sheet}.csv`), text)
    const report = await importFolder(openRegister(ports), directory)()
    if (isLeft(report)) throw new Error(`the folder was not imported: ${JSON.stringify(report.left)}`)
  } finally {
    rmSync(directory, { recursive: true })
  }
  return async (file, asOf, knownAt) => {
    const rules = packFrom(JSON.parse(JSON.stringify(file)), defaultPack)
    if (isLeft(rules)) throw new Error(`the rules were not taken: ${JSON.stringify(rules.left)}`)
    const question = { effectiveThrough: legalDate(asOf), asKnownAt: endOf(oslo, legalDate(knownAt)) }
    const sheets = await answerSheets(openRegister(ports, { rules: rules.right }), question)()
    if (isLeft(sheets)) throw new Error(`the register did not answer: ${sheets.left.message}`)
    return sheets.right.points.rows
  }
}

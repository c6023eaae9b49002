// first-opinion.ts: what the library says of a folder of sheets, in the words of the second opinion

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

/** Later than anything in a generated folder, so that nothing is known later than it says. */
const clock = () => instantOf(Date.parse('2040-01-01'))

/** What a register in memory answers that a folder was imported into, by rules that a file changes where one is given. */
export type Asked = (asOf: string, knownAt: string, rules?: RulesFile) => Promise<Answer>

/** Imports the folder once, to be asked as often as one likes. Rejects where the register fails. */
export const imported = async (folder: Folder): Promise<Asked> => {
  const ports = {
    events: memoryEventStore({ clock }),
    rows: memoryProjectionStore(),
    vault: memoryVault(),
    now: clock,
    newId: randomIds,
  }
  const directory = mkdtempSync(join(tmpdir(), 'smagruppe-second-opinion-'))
  try {
    for (const [sheet, text] of Object.entries(folder)) writeFileSync(join(directory, `${sheet}.csv`), text)
    const report = await importFolder(openRegister(ports), directory)()
    if (isLeft(report)) throw new Error(`the folder was not imported: ${JSON.stringify(report.left)}`)
    const refused = report.right.rejections.map(({ file, row, column }) => ({ file, row, column }))
    return async (asOf, knownAt, file = { parameters: {} }) => {
      const rules = packFrom(JSON.parse(JSON.stringify(file)), defaultPack)
      if (isLeft(rules)) throw new Error(`the rules were not taken: ${JSON.stringify(rules.left)}`)
      const question = { effectiveThrough: legalDate(asOf), asKnownAt: endOf(oslo, legalDate(knownAt)) }
      const sheets = await answerSheets(openRegister(ports, { rules: rules.right }), question)()
      if (isLeft(sheets)) throw new Error(`the register did not answer: ${sheets.left.message}`)
      const { points, groupRegister, topicLog } = sheets.right
      return { points: points.rows, groupRegister: groupRegister.rows, topicLog: topicLog.rows, refused }
    }
  } finally {
    rmSync(directory, { recursive: true })
  }
}

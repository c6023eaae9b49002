// first-opinion.ts: what the library says of a folder of sheets, in the words of the second opinion

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answerSheets } from '@smagruppe/adapters/cli'
import { importFolder } from '@smagruppe/adapters/csv'
import { memoryEventStore, memoryProjectionStore, memoryVault } from '@smagruppe/adapters/memory'
import { randomIds } from '@smagruppe/adapters/node'
import { endOf, instantOf, legalDate, openRegister, oslo } from '@smagruppe/domain'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { Answer } from './evaluate.ts'
import type { Folder } from './sheets.ts'

/** Later than anything in a generated folder, so that nothing is known later than it says. */
const clock = () => instantOf(Date.parse('2040-01-01'))

/** Imports the folder into an empty register in memory and asks it. Rejects where the register fails. */
export const firstOpinion = async (folder: Folder, asOf: string, knownAt: string): Promise<Answer> => {
  const register = openRegister({
    events: memoryEventStore({ clock }),
    rows: memoryProjectionStore(),
    vault: memoryVault(),
    now: clock,
    newId: randomIds,
  })
  const directory = mkdtempSync(join(tmpdir(), 'smagruppe-second-opinion-'))
  try {
    for (const [sheet, text] of Object.entries(folder)) writeFileSync(join(directory, `${sheet}.csv`), text)
    const report = await importFolder(register, directory)()
    if (isLeft(report)) throw new Error(`the folder was not imported: ${JSON.stringify(report.left)}`)
    const question = { effectiveThrough: legalDate(asOf), asKnownAt: endOf(oslo, legalDate(knownAt)) }
    const sheets = await answerSheets(register, question)()
    if (isLeft(sheets)) throw new Error(`the register did not answer: ${sheets.left.message}`)
    return {
      points: sheets.right.points.rows,
      groupRegister: sheets.right.groupRegister.rows,
      topicLog: sheets.right.topicLog.rows,
      refused: report.right.rejections.map(({ file, row, column }) => ({ file, row, column })),
    }
  } finally {
    rmSync(directory, { recursive: true })
  }
}

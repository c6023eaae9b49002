// memory.test-kit.ts: run by itself with little memory: imports a folder, and tells what came of it in one line

import { instantOf, openRegister, uuidOf } from '@smagruppe/domain'
import { isLeft } from 'fp-ts/lib/Either.js'
import { memoryEventStore, memoryProjectionStore, memoryVault } from '../memory/index.ts'
import { importFolder } from './index.ts'

const now = () => instantOf(Date.parse('2025-06-01T10:00:00Z'))
let made = 0
const register = openRegister({
  events: memoryEventStore({ clock: now }),
  rows: memoryProjectionStore(),
  vault: memoryVault(),
  now,
  newId: () => {
    made += 1
    return uuidOf('memory test', String(made))
  },
})
const report = await importFolder(register, process.argv[2] ?? '')()
if (isLeft(report)) throw new Error(JSON.stringify(report.left))
const { events, rejections, flags, sheets } = report.right
const rows = sheets.reduce((sum, sheet) => sum + (sheet.rows ?? 0), 0)
process.stdout.write(JSON.stringify({ events, rows, rejections: rejections.length, flags: flags.length }))

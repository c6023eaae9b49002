// spoil.ts: what people do to spreadsheets

import type { Cells } from './generate-people.ts'
import type { Dice } from './random.ts'
import { columnsOf, type Folder } from './sheets.ts'

export interface Spoiling {
  readonly sheets: Readonly<Record<string, Cells>>
  readonly groupIds: ReadonlyArray<string>
  readonly hprs: ReadonlyArray<string>
  readonly oops: (probability: number) => boolean
}

/** The sheets as files: rows broken, repeated, shuffled, with any separator, line ending and quotes. */
export const spoiled = (dice: Dice, spoiling: Spoiling): Folder => {
  const folder: Record<string, string> = {}
  for (const [sheet, columns] of Object.entries(columnsOf)) {
    const rows = spoiledRows(dice, spoiling, sheet, columns)
    if (dice.chance(0.4)) dice.shuffle(rows)
    if (rows.length > 0 || !dice.chance(0.5)) folder[sheet] = asCsv(dice, columns, rows)
  }
  return folder
}

const withIds = ['doctors', 'departments', 'groups', 'requests', 'sessions']
/** The column that differs when an id is used again with other content. */
const otherColumn: Readonly<Record<string, number>> = {
  doctors: 1,
  departments: 1,
  groups: 1,
  requests: 4,
  sessions: 10,
}

const spoiledRows = (dice: Dice, spoiling: Spoiling, sheet: string, columns: ReadonlyArray<string>): Cells => {
  const { chance, pick } = dice
  const { sheets, oops } = spoiling
  const wrong = wrongCells(dice, spoiling)
  const isHeavy = sheet === 'doctors' || sheet === 'groups' || sheet === 'departments'
  const out: Cells = []
  for (const row of sheets[sheet] ?? []) {
    if (oops(0.006) && sheet !== 'corrections') out.push([...row])
    if (oops(isHeavy ? 0.015 : 0.012)) {
      const broken = [...row]
      for (let n = chance(0.2) ? 2 : 1; n > 0; n--) {
        const column = pick(columns.filter((one) => wrong[one] !== undefined))
        broken[columns.indexOf(column)] = wrong[column]?.() ?? ''
      }
      out.push(broken)
      if (chance(isHeavy ? 0.6 : 0.15)) out.push(row)
    } else out.push(row)
    if (!withIds.includes(sheet)) continue
    if (oops(0.02)) out.push([...row])
    if (sheet === 'doctors' && oops(0.03)) out.push(row.map((text, i) => (i === 0 ? text.padStart(9, '0') : text)))
    if (oops(0.015)) {
      const other = [...row]
      const at = otherColumn[sheet] ?? 1
      other[at] = sheet === 'sessions' ? 'reklame' : `${other[at] ?? ''} 2`
      if (chance(0.3)) out.unshift(other)
      else out.push(other)
    }
  }
  return out
}

/** Something that cannot stand in a column of that name. */
const wrongCells = ({ pick }: Dice, { groupIds, hprs }: Spoiling): Readonly<Record<string, () => string>> => {
  const [oneGroup = '', otherGroup = ''] = groupIds
  const [oneDoctor = '', otherDoctor = ''] = hprs
  const date = (): string => pick(['2023-02-29', '2024-13-01', '2024-04-31', 'i går', '', '2024-00-10', '31.12.2024'])
  return {
    hpr: () => pick(['', '0', '000', 'ABC123', '1234567890', '12345678901', '-5', '77777', '12 34', '0000000001234']),
    signed_by_hpr: () => pick(['', '0', 'x', '77777', '1234567890']),
    contact_hpr: () => pick(['0', 'x', '77777', '1234567890']),
    host_hpr: () => pick(['0', 'x', '77777', `${oneDoctor}; 77777`, `${otherDoctor};1234567890`]),
    municipality_number: () => pick(['301', '46011', 'abcd', '46 01']),
    organisation_number: () => pick(['', '000000000', '974557745', '97455774', '9745577460', 'abcdefghi']),
    period_start: () => pick(['2023-02-29', 'snart', '2024-13-01']),
    registered_on: date,
    joined_on: date,
    signed_on: date,
    from: date,
    requested_on: date,
    reported_on: date,
    corrected_on: date,
    left_on: () => pick(['2023-02-29', 'x', '1999-01-01']),
    withdrawn_on: () => pick(['2023-02-29', 'x']),
    to: () => pick(['2023-02-29', 'x']),
    sessions_per_month: () => pick(['to', 'x2']),
    group: () => pick(['', 'G77', oneGroup]),
    groups: () => pick(['', ';', 'G77', `${oneGroup}; G77`, `${oneGroup}; ; ${otherGroup}`]),
    department: () => pick(['HUD', 'X']),
    session: () => pick(['', 'S999', 'S99X']),
    request: () => '',
    starts: () => pick(['', '2024-02-30T17:00', '2024-05-05T25:00', 'kl 17', '2024-05-05']),
    ends: () => pick(['', '2024-02-30T17:00', '2016-01-01T10:00', '2024-05-05T12:60']),
    arrived: () => pick(['25:00', 'sent', '17:60']),
    left: () => pick(['25:00', 'tidlig', '12:75']),
    role: () => pick(['observer', 'vert']),
    change: () => pick(['', 'delete', 'slett']),
    minutes: () => pick(['-5', 'x', 'alle', '']),
  }
}

const asCsv = ({ chance, pick }: Dice, columns: ReadonlyArray<string>, rows: Cells): string => {
  const delimiter = chance(0.25) ? ';' : ','
  const newline = chance(0.25) ? '\r\n' : '\n'
  const quoteAll = chance(0.15)
  const quoted = (text: string): string =>
    quoteAll || text.includes(delimiter) || /["\n]/.test(text) || chance(0.01)
      ? `"${text.replaceAll('"', '""')}"`
      : text
  const withBlanks = (text: string): string =>
    chance(0.02) ? `${pick([' ', '  ', '\t', ''])}${text}${pick([' ', '  ', ''])}` : text
  const lines = [
    columns.map((column) => (quoteAll ? `"${column}"` : column)).join(delimiter),
    ...rows.map((row) => row.map((text) => quoted(withBlanks(text))).join(delimiter)),
  ]
  return (chance(0.25) ? '\uFEFF' : '') + lines.join(newline) + (chance(0.9) ? newline : '')
}

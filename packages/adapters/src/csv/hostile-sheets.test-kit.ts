// hostile-sheets.test-kit.ts: cells that nobody should write, and rows with one or two of them

import fc from 'fast-check'
import { headerOf, smallYear } from './sheets.test-kit.ts'

/** Cells that are read, compared, cut, shown or run wrongly somewhere. */
const hostileCells: ReadonlyArray<string> = [
  '',
  ' ',
  '\u00a0',
  '\u200b',
  '"',
  '""',
  '"unclosed',
  'a\nb',
  'a\r\nb\r\n',
  '\r',
  '\t',
  ',',
  ';',
  ';;; ;',
  '\0',
  'a\0b',
  '\ufeff101',
  '\ufffd',
  '\ud800',
  '\u202e101\u202c',
  'e\u0301',
  '👩‍⚕️',
  '=HYPERLINK("http://example.org","x")',
  '=1+1',
  '+1+1',
  '-1',
  '@SUM(A1)',
  "'; DROP TABLE events; --",
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  '0',
  '-0',
  '00000000000',
  '1e308',
  '0x10',
  '99999999999999999999999999',
  '１０１',
  '101.0',
  '1 01',
  '0000-01-01',
  '0001-01-01',
  '9999-12-31',
  '-000001-01-01',
  '+275760-09-13',
  '2024-02-30',
  '2023-02-29',
  '2024-13-01',
  '24-01-01',
  '01.02.2024',
  '0001-01-01T00:00',
  '9999-12-31T23:59',
  '2024-03-31T02:30',
  '2024-02-29T24:00',
  '2024-02-29T15:00:00Z',
  '24:00',
  '23:59',
  '02:30',
  '6:00',
  'G1;G1;G1',
  Array.from({ length: 101 }, (_, nth) => `G${nth}`).join(';'),
  '101;102;103;201;0;x',
  'x'.repeat(5000),
]

const headers = Object.keys(smallYear).map((sheet) => headerOf(sheet).split(','))

/** A row of a sheet that could be taken, cell by cell. */
const cellsOf = (row: string): ReadonlyArray<string> => row.split(',')

const anyCellLike = (cell: string, others: ReadonlyArray<string>): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...hostileCells) },
    { weight: 2, arbitrary: fc.constantFrom(...others) },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value)) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.nat(cell.length), fc.nat(3), fc.string({ unit: 'binary', maxLength: 3 }))
        .map(([at, length, more]) => cell.slice(0, at) + more + cell.slice(at + length)),
    },
  )

/** The sheets of a year, each with some rows more in which cells are hostile; every column has its turn. */
export const anyHostileYear = (rows: number): fc.Arbitrary<Record<string, ReadonlyArray<ReadonlyArray<string>>>> => {
  const all = [...new Set(Object.values(smallYear).flatMap((sheet) => sheet.flatMap(cellsOf)))]
  const sheets = Object.entries(smallYear).map(([sheet, right], index) => {
    const good = right.map(cellsOf)
    const columns = headers[index]?.length ?? 1
    const spoilt = (nth: number) =>
      fc.tuple(fc.constantFrom(...good), fc.option(fc.nat(columns - 1), { freq: 2 })).chain(([row, another]) => {
        const where = new Set([nth % columns, ...(another === null ? [] : [another])])
        return fc.tuple(...row.map((cell, column) => (where.has(column) ? anyCellLike(cell, all) : fc.constant(cell))))
      })
    return fc
      .tuple(...Array.from({ length: rows }, (_, nth) => spoilt(nth)))
      .map((some) => [sheet, [...good, ...some]] as const)
  })
  return fc.tuple(...sheets).map((some) => Object.fromEntries(some))
}

/** Rows as the text of a file, and the line on which each begins. */
export const written = (
  sheet: string,
  rows: ReadonlyArray<ReadonlyArray<string>>,
): { readonly text: string; readonly lines: ReadonlyArray<number> } => {
  const lines: number[] = []
  let line = 2
  const texts = rows.map((row) => {
    lines.push(line)
    const text = row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')
    line += text.replaceAll(/\r\n?/g, '\n').split('\n').length
    return text
  })
  return { text: `${[headerOf(sheet), ...texts].join('\n')}\n`, lines }
}

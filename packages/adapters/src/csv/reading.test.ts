// reading.test.ts: what a spreadsheet may look like as a file, and on which line each row begins

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recordsOf } from './reading.ts'
import { folderWith } from './sheets.test-kit.ts'

const path = (): string => join(folderWith({}), 'sheet.csv')

/** The records of a file with this content, each as its line and its cells. */
const read = async (content: string | Uint8Array, file: string = path()): Promise<ReadonlyArray<unknown>> => {
  writeFileSync(file, content)
  const records: unknown[] = []
  for await (const record of recordsOf(file)) records.push('cells' in record ? [record.line, ...record.cells] : record)
  return records
}

const plain = [
  [1, 'a', 'b'],
  [2, '1', 'ø'],
  [3, '2', ''],
]

describe('the same rows', () => {
  test.each([
    ['UTF-8', 'a,b\n1,ø\n2,\n'],
    ['UTF-8 with a byte order mark', '\uFEFFa,b\n1,ø\n2,\n'],
    ['; between cells', 'a;b\n1;ø\n2;\n'],
    ['lines that end in CR LF', 'a,b\r\n1,ø\r\n2,\r\n'],
    ['lines that end in CR alone', 'a,b\r1,ø\r2,\r'],
    ['no line end after the last row', 'a,b\n1,ø\n2,'],
    ['every cell in quotes', '"a","b"\n"1","ø"\n"2",""\n'],
    ['everything at once', '\uFEFF"a";"b"\r\n1;"ø"\r\n"2";'],
  ])('%s', async (_how, content) => {
    expect(await read(content)).toEqual(plain)
  })
})

describe('which separator', () => {
  test('the one that the header has more of', async () => {
    expect(await read('a;b,c;d\n1;2,3;4\n')).toEqual([
      [1, 'a', 'b,c', 'd'],
      [2, '1', '2,3', '4'],
    ])
  })

  test('also where blank lines come first', async () => {
    expect(await read('\n\r\na;b\n1,5;2\n')).toEqual([
      [3, 'a', 'b'],
      [4, '1,5', '2'],
    ])
  })

  test('a list with ; is one cell of a sheet with ,', async () => {
    expect(await read('a,b\nG1; G2,x;y\n')).toEqual([
      [1, 'a', 'b'],
      [2, 'G1; G2', 'x;y'],
    ])
  })
})

describe('quotes', () => {
  test('separators, quotes and line ends inside them belong to the cell', async () => {
    expect(await read('a,b\n"1,2","say ""no"""\n"x\ny",z\n')).toEqual([
      [1, 'a', 'b'],
      [2, '1,2', 'say "no"'],
      [3, 'x\ny', 'z'],
    ])
  })

  test.each([
    ['LF', '\n'],
    ['CR LF', '\r\n'],
    ['CR', '\r'],
  ])('rows after a cell of several lines keep their line, with %s', async (_name, end) => {
    expect(await read(['a,b', '"one', '', 'three",1', 'x,"p', 'q"', '', 'last,2', ''].join(end))).toEqual([
      [1, 'a', 'b'],
      [2, 'one\n\nthree', '1'],
      [5, 'x', 'p\nq'],
      [8, 'last', '2'],
    ])
  })

  test('a quote in the middle of a cell is a character like any other', async () => {
    expect(await read('a,b\nlegekontoret "Sol",5" tommer\nx,y\n')).toEqual([
      [1, 'a', 'b'],
      [2, 'legekontoret "Sol"', '5" tommer'],
      [3, 'x', 'y'],
    ])
  })

  test('one that is never closed ends the reading; the rows before it have been read', async () => {
    const records = await read('a,b\n1,2\n3,4\n\n5,"6\n\n7,8\n9,10\n')
    expect(records.slice(0, -1)).toEqual([
      [1, 'a', 'b'],
      [2, '1', '2'],
      [3, '3', '4'],
    ])
    expect(records.at(-1)).toEqual({
      line: 5,
      reason: expect.stringMatching(/^Quote Not Closed.*the rest of the file were not read$/),
    })
  })
})

describe('lines', () => {
  test('with nothing on them are no rows but are counted', async () => {
    expect(await read('\n\na,b\n\n1,2\n\n\n3,4\n\n')).toEqual([
      [3, 'a', 'b'],
      [5, '1', '2'],
      [8, '3', '4'],
    ])
  })

  test('with separators alone are rows of blank cells', async () => {
    expect(await read('a,b\n,\n')).toEqual([
      [1, 'a', 'b'],
      [2, '', ''],
    ])
  })

  test('with too few or too many cells are read as they are', async () => {
    expect(await read('a,b\n1\n1,2,3\n')).toEqual([
      [1, 'a', 'b'],
      [2, '1'],
      [3, '1', '2', '3'],
    ])
  })

  test.each([
    ['an empty file', ''],
    ['a byte order mark alone', '\uFEFF'],
    ['blank lines alone', '\n\r\n\n'],
  ])('%s has no rows', async (_what, content) => {
    expect(await read(content)).toEqual([])
  })

  test('blanks around a cell are left to who reads the row', async () => {
    expect(await read('a,b\n 1 ,\t2\n')).toEqual([
      [1, 'a', 'b'],
      [2, ' 1 ', '\t2'],
    ])
  })
})

describe('long files', () => {
  // A file is read in pieces of 64 KiB: these put something awkward across the seam.
  const seam = 64 * 1024

  test.each([
    ['a line end of two characters', '\r\n'],
    ['a letter of two bytes', 'ø\r\n'],
    ['a letter of four bytes', '👩\r\n'],
    ['quotes with a line end in them', '"p\r\nq"\r\n'],
  ])('%s may fall between two pieces', async (_what, awkward) => {
    for (let shift = 0; shift < 8; shift++) {
      const before = `a,b\r\n${'x'.repeat(seam - 8 + shift - 'a,b\r\n,'.length)},`
      const rows = await read(`${before}${awkward}last,1\r\n`)
      const cell = awkward.replaceAll(/"|\r\n$/g, '').replaceAll('\r\n', '\n')
      expect(rows.slice(1).map((row) => (Array.isArray(row) ? [row[0], ...row.slice(2)] : row))).toEqual([
        [2, cell],
        [awkward.includes('"') ? 4 : 3, '1'],
      ])
    }
  })
})

test('any cells come back, each row on its line, however the file is written', { timeout: 60_000 }, async () => {
  const file = path()
  const anyCell = fc.oneof(
    fc.constantFrom('', ' ', 'G1; G2', 'ja, nei', 'æøå', '"', '""', 'a"b', '\n', 'x\n\ny', '👩‍⚕️'),
    fc.string({ unit: 'grapheme', maxLength: 6 }).map((text) => text.replaceAll(/\r\n?|\0/g, '\n')),
  )
  const anyRow = fc.array(anyCell, { minLength: 2, maxLength: 5 })
  const howWritten = fc.record({
    separator: fc.constantFrom(',', ';'),
    end: fc.constantFrom('\n', '\r\n', '\r'),
    isMarked: fc.boolean(),
    endsLast: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(anyRow, fc.nat(2)), { maxLength: 8 }), howWritten, async (rows, how) => {
      const { separator, end, isMarked, endsLast } = how
      const quoted = (cell: string): string => `"${cell.replaceAll('"', '""').replaceAll('\n', end)}"`
      const lines: string[] = [`one${separator}two`]
      const expected: unknown[] = [[1, 'one', 'two']]
      let line = 2
      for (const [cells, blankLines] of rows) {
        for (let i = 0; i < blankLines; i++) lines.push('')
        line += blankLines
        lines.push(cells.map(quoted).join(separator))
        expected.push([line, ...cells])
        line += 1 + cells.join('').split('\n').length - 1
      }
      expect(await read((isMarked ? '\uFEFF' : '') + lines.join(end) + (endsLast ? end : ''), file)).toEqual(expected)
    }),
    { numRuns: 200 },
  )
})

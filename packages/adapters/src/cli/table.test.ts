// table.test.ts: tables that fit, and lose nothing

import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { brokenAtSpaces, printable, table } from './table.ts'

const columns = [{ heading: 'HPR', align: 'right' }, { heading: 'name' }, { heading: 'topic' }] as const

describe('a table', () => {
  test('sets words to the left and numbers to the right, as wide as they are', () => {
    const rows = [
      ['7', 'Kari', 'Astma'],
      ['4618619', 'Åse Ødegård', ''],
    ]
    expect(table(columns, rows)).toBe(`    HPR name        topic
      7 Kari        Astma
4618619 Åse Ødegård`)
  })

  test('without rows is its headings', () => {
    expect(table(columns, [])).toBe('HPR name topic')
  })

  test('wraps what is too long below itself, the widest columns of words first, and never a number before them', () => {
    const rows = [['4618619', 'Kari Nordmann', 'Barn med feber og langvarig hoste']]
    expect(table(columns, rows, { width: 35 })).toBe(`    HPR name          topic
4618619 Kari Nordmann Barn med
                      feber og
                      langvarig
                      hoste`)
    expect(table(columns, [['461861987', 'Kari Nordmann', 'Astma']], { width: 25 })).toBe(`      HPR name      topic
461861987 Kari      Astma
          Nordmann`)
  })

  test('breaks what somebody may have to write as late as a number', () => {
    const parameter = { heading: 'rule', breaks: 'late' } as const
    expect(table([parameter, { heading: 'says' }], [['plannedWithin', 'in time, and before']], { width: 22 })).toBe(
      `rule          says
plannedWithin in time,
              and
              before`,
    )
  })

  test('breaks a word that is longer than its column', () => {
    expect(table([{ heading: 'file' }], [['x'.repeat(25)]], { width: 10 })).toBe(
      ['file', 'x'.repeat(10), 'x'.repeat(10), 'xxxxx'].join('\n'),
    )
  })

  test('keeps a column to its own width, however much place there is', () => {
    expect(table([{ heading: 'why', width: 5 }, { heading: 'n' }], [['ab cd ef', '1']])).toBe(`why   n
ab cd 1
ef`)
  })

  test('counts what is seen: a letter with its accent is one, however it is written', () => {
    const rows = [
      ['1', 'Åse', 'a'],
      ['2', 'A\u030ase', 'b'],
      ['3', 'Ase', 'c'],
    ]
    const [, ...lines] = table(columns, rows).split('\n')
    expect(lines.map((line) => stringWidth(line.slice(0, line.lastIndexOf(' '))))).toEqual([8, 8, 8])
  })

  test('dresses its headings up, and nothing else', () => {
    expect(table([{ heading: 'n' }], [['n']], { heading: (text) => `<${text}>` })).toBe('<n>\nn')
  })

  test('shows text as text, whatever a sheet says', () => {
    expect(table([{ heading: 'n' }], [['\u001b[2Jgone\nnext\ttab']])).toBe('n\n [2Jgone next tab')
    expect(printable('a\u0007\u009bb')).toBe('a b')
  })
})

const anyCell = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: fc.constantFrom('a', 'Å', 'ø', 'e\u0301', ' ', '-'), maxLength: 80 }),
)

test('any table fits its width, and every letter of every cell is there', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyCell, anyCell, anyCell), { maxLength: 5 }),
      fc.integer({ min: 40, max: 120 }),
      (rows, width) => {
        const drawn = table(columns, rows, { width })
        expect(drawn.split('\n').filter((line) => stringWidth(line) > width)).toEqual([])
        const letters = (text: string) => [...printable(text).replace(/\s/g, '')].sort().join('')
        expect(letters(drawn)).toBe(letters(['HPRnametopic', ...rows.flat()].join('')))
      },
    ),
  )
})

test('a sentence is broken at spaces only, so that an address stays whole', () => {
  const address = `https://example.org/${'x'.repeat(40)}`
  expect(brokenAtSpaces(20, `A rule of long ago, ${address}`)).toEqual(['A rule of long ago,', address])
})

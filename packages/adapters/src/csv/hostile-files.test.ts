// hostile-files.test.ts: files that are no sheets, or hardly: what can be read goes in, the rest is reported

import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  broughtIn,
  contentOf,
  folderWith,
  headerOf,
  imported,
  logOf,
  placesOf,
  registerOn,
  smallYear,
} from './sheets.test-kit.ts'

const { doctors: _, ...others } = smallYear
const eventsOfTheYear = 49

const utf16 = (text: string, bigEndian: boolean): Uint8Array => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
  return Uint8Array.from(bigEndian ? bytes.swap16() : bytes)
}

describe('a file in another encoding', () => {
  const text = `${headerOf('doctors')}\n${smallYear.doctors.join('\n')}\n`

  test.for([
    ['UTF-16, low byte first', utf16(text, false)],
    ['UTF-16, high byte first', utf16(text, true)],
  ] as const)('%s is reported once, and not read', async ([, bytes]) => {
    const { report } = await broughtIn({ doctors: bytes })
    expect(report).toMatchObject({
      events: 0,
      flags: [],
      rejections: [{ file: 'doctors.csv', row: 1, column: 'hpr', code: 'UNREADABLE' }],
    })
  })

  test('a word processor’s document is reported, not taken', async () => {
    const zip = Uint8Array.from(
      Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(3000, '\u0000\u0001\u00ff\n,"')]),
    )
    const { report } = await broughtIn({ doctors: zip })
    expect(report.events).toBe(0)
    expect(report.rejections.length).toBeGreaterThan(0)
  })
})

describe('something else where a sheet should be', () => {
  test.for([
    ['a folder', (path: string) => mkdirSync(path)],
    ['a loop of links', (path: string) => symlinkSync(path, path)],
    ['a pipe that nobody writes to', (path: string) => execFileSync('mkfifo', [path])],
  ] as const)('%s is reported, and the other sheets go in', async ([, make]) => {
    const folder = folderWith({ groups: ['G1,Sandviken,4601,2019-11-15,'] })
    make(join(folder, 'doctors.csv'))
    const report = await imported(registerOn(), folder)
    expect(placesOf(report.rejections)).toEqual(['doctors.csv 1 hpr UNREADABLE'])
    expect(report.sheets.slice(0, 1)).toEqual([{ file: 'doctors.csv', rows: null }])
    expect(report.events).toBe(1)
  })

  test('a link to nowhere is no file', async () => {
    const folder = folderWith({ groups: ['G1,Sandviken,4601,2019-11-15,'] })
    symlinkSync(join(folder, 'nowhere'), join(folder, 'doctors.csv'))
    expect(await imported(registerOn(), folder)).toMatchObject({ rejections: [], events: 1 })
  })
})

describe('a header', () => {
  test('that names a column twice: the first is read, and it is flagged', async () => {
    const { report } = await broughtIn({
      ...others,
      doctors: `hpr,name,name,kind,municipality_number,period_start,hpr\n101,Kari Nordmann,,gp,4601,2020-01-01,999\n`,
    })
    expect(report.flags.filter(({ code }) => code === 'REPEATED_COLUMN')).toEqual([
      {
        file: 'doctors.csv',
        row: 1,
        column: 'hpr',
        code: 'REPEATED_COLUMN',
        reason: 'the header has hpr 2 times; the first is read',
      },
      {
        file: 'doctors.csv',
        row: 1,
        column: 'name',
        code: 'REPEATED_COLUMN',
        reason: 'the header has name 2 times; the first is read',
      },
    ])
    expect(placesOf(report.rejections.filter(({ file }) => file === 'doctors.csv'))).toEqual([])
  })

  test('with columns named like what every object has is read by its other columns', async () => {
    const { report } = await broughtIn({ doctors: `__proto__,hpr,constructor,toString\nx,101,y,z\n` })
    expect(report).toMatchObject({ rejections: [], events: 2 })
  })

  test('with formulas in it runs none: no cell of the report begins with one', async () => {
    const { report } = await broughtIn({
      ...smallYear,
      doctors: `hpr,name,=1+1\n=1+1,Kari,x,more cells,=2\n101,Ola,x,more cells,=2\n`,
      groups: ['=HYPERLINK("http://example.org"),A,,2020-01-01,', '=HYPERLINK("http://example.org"),B,,2020-01-01,'],
    })
    const told = [...report.rejections, ...report.flags].flatMap(({ column, reason }) => [column, reason])
    expect(told.length).toBeGreaterThan(20)
    expect(told.filter((cell) => !/^['a-z0-9]/i.test(cell))).toEqual([])
    expect(report.rejections.map(({ reason }) => reason)).toContain(
      'row 2 has =HYPERLINK("http://example.org") with other content; that one was taken',
    )
  })
})

describe('a row', () => {
  test('of a million characters is taken', async () => {
    const { report } = await broughtIn({ groups: [`G1,${'x'.repeat(1_000_000)},,2020-01-01,`] })
    expect(report).toMatchObject({ rejections: [], events: 1 })
  })

  test('of more than a mebibyte is reported; what stands before it goes in, what stands behind it is not read', async () => {
    const { report } = await broughtIn({
      groups: ['G1,Fana,,2020-01-01,', `G2,${'x'.repeat(1_100_000)},,2020-01-01,`, 'G3,Os,,2020-01-01,'],
    })
    expect(placesOf(report.rejections)).toEqual(['groups.csv 3 group UNREADABLE'])
    expect(report.rejections[0]?.reason).toMatch(/^Max Record Size: .* the rest of the file were not read$/)
    expect(report.events).toBe(1)
  })

  test('that names more groups, hosts or topics than a session takes is reported', async () => {
    const many = Array.from({ length: 101 }, (_, nth) => `T${nth}`).join(';')
    const session = (id: string, host: string, topics: string, groups: string) =>
      `${id},,2024-05-02T17:00,2024-05-02T19:00,,,${host},${topics},${groups},2024-05-02,`
    const { report } = await broughtIn({
      ...smallYear,
      sessions: [
        ...smallYear.sessions,
        session('S5', many, '', 'G1'),
        session('S6', '', many, 'G1'),
        session('S7', '', '', many),
      ],
    })
    expect(placesOf(report.rejections)).toEqual([
      'sessions.csv 6 host_hpr REFUSED',
      'sessions.csv 7 topics REFUSED',
      'sessions.csv 8 groups REFUSED',
    ])
  })

  test('of more than a hundred thousand that are wrong is where the reading ends', async () => {
    const { report } = await broughtIn({ doctors: `hpr\n${'x\n'.repeat(100_500)}101\n` })
    expect(report.rejections).toHaveLength(100_001 - 4)
    expect(report.rejections.at(-1)).toMatchObject({ row: 100_002 - 4, code: 'UNREADABLE' })
    expect(report.events).toBe(0)
  })
})

test('a session that is refused when it comes again names no topic', async () => {
  const on = await broughtIn(smallYear)
  const before = await logOf(on)
  const [first = '', ...rest] = smallYear.sessions
  const changed = first.replace('Astma; Feber', 'Astma; Noe ganske annet')
  const report = await imported(on, folderWith({ ...smallYear, sessions: [changed, ...rest] }))
  expect(report.rejections[0]).toMatchObject({ file: 'sessions.csv', row: 2, code: 'ID_CONFLICT' })
  expect(await logOf(on)).toEqual(before)
})

test('any bytes at all under a header are rows taken or reported', async () => {
  const anyBytes = fc.oneof(
    fc.uint8Array({ maxLength: 3000 }),
    fc
      .array(fc.constantFrom(0x22, 0x2c, 0x3b, 0x0a, 0x0d, 0x31, 0x00, 0xff), { maxLength: 600 })
      .map((bytes) => Uint8Array.from(bytes)),
  )
  await fc.assert(
    fc.asyncProperty(
      anyBytes,
      fc.constantFrom(...Object.keys(smallYear)),
      fc.boolean(),
      async (bytes, sheet, hasHeader) => {
        const folder = folderWith(smallYear)
        writeFileSync(
          join(folder, `${sheet}.csv`),
          Buffer.concat([Buffer.from(hasHeader ? `${headerOf(sheet)}\n` : ''), bytes]),
        )
        const on = registerOn()
        const report = await imported(on, folder)
        for (const { row, column, reason } of report.rejections)
          if (row < 1 || column === '' || reason === '') throw new Error(JSON.stringify(report.rejections))
        expect(await imported(on, folder)).toEqual({ ...report, events: 0 })
      },
    ),
    { numRuns: process.env.SMAGRUPPE_FULL === '1' ? 2000 : 60 },
  )
})

test('blank lines, cells and files add nothing to what the year says', async () => {
  const blank = { doctors: `\n\n${headerOf('doctors')}\n\n${smallYear.doctors.join('\n,,,,\n\n')}\n\n`, offers: '' }
  const { report, ...on } = await broughtIn({ ...smallYear, ...blank })
  expect(placesOf(report.rejections)).toEqual([5, 8, 11, 14].map((row) => `doctors.csv ${row + 1} hpr REQUIRED`))
  expect(report.events).toBe(eventsOfTheYear - 1)
  expect((await contentOf(on)).length).toBe((await contentOf(await broughtIn(smallYear))).length)
})

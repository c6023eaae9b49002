// usage.test.ts: help, wrong usage, stores that cannot be used: which exit code, and one clear line

import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { folderWith } from '../csv/sheets.test-kit.ts'
import { importedBy, smagruppe, tooLong } from './smagruppe.test-kit.ts'

const ofDoctors = ['explain', 'forecast', 'programme']
const questions = ['register', 'topics', 'points', ...ofDoctors, 'what-if']
const commands = ['import', 'execute', ...questions, 'rules', 'copy', 'check', 'projections']
const parts = [
  ...['show', 'check', 'publish', 'retract'].map((part) => `rules ${part}`),
  ...['status', 'rebuild', 'retry'].map((part) => `projections ${part}`),
]

describe('--help', () => {
  test('of smagruppe names every command and the exit codes', async () => {
    const { code, out, err } = await smagruppe('--help')
    expect({ code, err, tooLong: tooLong(out) }).toEqual({ code: 0, err: '', tooLong: [] })
    for (const command of commands) expect(out).toMatch(new RegExp(`^ {2}${command} `, 'm'))
    expect(out).toMatch(/Exit codes:\n {2}0 +done\n {2}1 [\s\S]*\n {2}2 [\s\S]*\n {2}130 /)
  })

  test.each([...commands, ...parts])('of %s says what it does and takes', async (command) => {
    const { code, out, err } = await smagruppe(...command.split(' '), '--help')
    expect({ code, err, tooLong: tooLong(out) }).toEqual({ code: 0, err: '', tooLong: [] })
    expect(out).toMatch(new RegExp(`^Usage: smagruppe ${command} `))
    expect(out.includes('--store <place>')).toBe(!['copy', 'projections', 'rules'].includes(command))
    expect(out.includes('--json')).toBe(!['projections', 'rules'].includes(command))
    expect(out.includes('--known-at <date>')).toBe([...questions, 'rules show'].includes(command))
  })

  test.each(commands)('of %s is what `help` says of it', async (command) => {
    expect(await smagruppe('help', command)).toEqual(await smagruppe(command, '--help'))
  })
})

describe('wrong usage ends with 2, says what is wrong, and does nothing', () => {
  test.each([
    [
      ['--as-of', '2024-02-30'],
      "option '--as-of <date>' argument '2024-02-30' is invalid. Write a date as YYYY-MM-DD.",
    ],
    [['--as-of', 'yesterday'], 'Write a date as YYYY-MM-DD.'],
    [['--as-of'], 'argument missing'],
    [['--known-at', '2024'], 'Write a date as YYYY-MM-DD, or a moment as'],
    [['--known-at', '2024-12-31T23:00'], 'or a moment as YYYY-MM-DDTHH:MM:SSZ'],
    [['--known-at', '2024-02-30T23:00:00Z'], 'Write a date as'],
    [['--known-at', '2024-12-31T24:61:00Z'], 'Write a date as'],
    [['--known-at', ''], 'Write a date as YYYY-MM-DD'],
    [['--store', 'mysql://localhost/register'], 'Name a SQLite file, or a postgres:// or esdb:// URL.'],
    [['--store', ' '], 'Name a file.'],
    [['--csv', ''], 'Name a file.'],
    [['--colour'], "unknown option '--colour'"],
    [['too', 'many'], 'too many arguments'],
  ])('points %j', async (words, message) => {
    const { code, out, err } = await smagruppe('points', ...words)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(message)
    expect(err).toContain('(add --help for what can be said)')
  })

  test.each([
    [['explain'], "missing required argument 'hpr'"],
    [['explain', 'ABC'], 'An HPR number has 1 to 9 digits and is not zero.'],
    [['explain', '000'], 'An HPR number has 1 to 9 digits and is not zero.'],
    [['explain', '1234567890'], 'An HPR number has 1 to 9 digits and is not zero.'],
    [['import'], "missing required argument 'folder'"],
    [['export'], "unknown command 'export'"],
    [['rules', 'export'], "unknown command 'export'"],
    [['projections', 'export'], "unknown command 'export'"],
    [['--json'], "unknown option '--json'"],
  ])('%j', async (words, message) => {
    const { code, out, err } = await smagruppe(...words)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(message)
  })

  test('no command at all shows the help', async () => {
    const { code, err } = await smagruppe()
    expect(code).toBe(2)
    expect(err).toMatch(/^Usage: smagruppe /)
  })

  test('an option that is wrong imports nothing', async () => {
    const folder = folderWith({ doctors: [] })
    const store = join(folder, 'register.db')
    expect((await smagruppe('import', folder, '--store', store, '--as-of', '2024-12-31')).code).toBe(2)
    expect(() => statSync(store)).toThrow('ENOENT')
  })
})

describe('what cannot be done ends with 1 and one line', () => {
  /** The line without `smagruppe: `. */
  const failed = async (...words: ReadonlyArray<string>): Promise<string> => {
    const { code, out, err } = await smagruppe(...words)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(/^smagruppe: .+\n$/)
    return err.slice('smagruppe: '.length, -1)
  }

  test.each(questions)('%s of a register that is not there: how to make one', async (command) => {
    const store = join(folderWith({}), 'register.db')
    const draft = join(folderWith({}), 'draft.json')
    writeFileSync(draft, '{}')
    const about = (): ReadonlyArray<string> =>
      ofDoctors.includes(command) ? ['101'] : command === 'what-if' ? [draft] : []
    expect(await failed(command, ...about(), '--store', store)).toBe(
      `there is no register at ${store}; make one with: smagruppe import DIR --store ${store}`,
    )
    expect(() => statSync(store)).toThrow('ENOENT')
  })

  test('a file that is no database, a database that is no register, a folder', async () => {
    const folder = folderWith({})
    const textFile = join(folder, 'letter.txt')
    writeFileSync(textFile, 'Kjære kolleger, '.repeat(100))
    const other = join(folder, 'other.db')
    const database = new DatabaseSync(other)
    database.exec('create table accounts (id integer)')
    database.close()
    const directory = join(folder, 'directory')
    mkdirSync(directory)
    const messages = [
      await failed('points', '--store', textFile),
      await failed('points', '--store', other),
      await failed('points', '--store', directory),
    ]
    expect(messages).toEqual([
      expect.stringContaining(`${textFile} is not a SQLite file`),
      expect.stringContaining(other),
      expect.stringContaining(`${directory} is not a file`),
    ])
    expect(messages.every((message) => /name another file|a new one|name a file/.test(message))).toBe(true)
  })

  test('a register whose vault is gone', async () => {
    const { folder, store } = await importedBy()
    const vault = store.replace(/\.db$/, '.vault.db')
    rmSync(vault)
    expect(await failed('points', '--store', store)).toBe(`there is no vault at ${vault}: name the file`)
    const typo = join(folder, 'typo.db')
    expect(await failed('points', '--store', store, '--vault', typo)).toBe(
      `there is no vault at ${typo}: name the file`,
    )
    expect([vault, typo].filter(existsSync)).toEqual([])
  })

  test.each(ofDoctors)('%s of a doctor whom nobody has registered', async (command) => {
    const { store } = await importedBy()
    expect(await failed(command, '999', '--store', store)).toBe(
      `no doctor with HPR number 999 is registered in ${store}; see the numbers with: smagruppe points --store ${store}`,
    )
  })

  test('a folder that is not there, or has none of the sheets', async () => {
    const folder = folderWith({})
    const store = join(folder, 'register.db')
    expect(await failed('import', join(folder, 'nothing'), '--store', store)).toBe(
      `there is no folder ${join(folder, 'nothing')}`,
    )
    expect(await failed('import', folder, '--store', store)).toMatch(/has none of the sheets doctors\.csv, /)
  })

  test('a CSV file that cannot be written', async () => {
    const { folder, store } = await importedBy()
    const file = join(folder, 'doctors.csv/points.csv')
    expect(await failed('points', '--store', store, '--csv', file)).toContain(`${file} cannot be written: `)
    expect(await failed('import', folder, '--store', store, '--rejected', file)).toContain(
      `${file} cannot be written: `,
    )
  })
})

// screen.test.ts: who sees colours, and how wide it is

import { Writable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { smallYear } from '../csv/sheets.test-kit.ts'
import { file, type Screen, screenOf } from './screen.ts'
import { importedBy, smagruppeOn, tooLong } from './smagruppe.test-kit.ts'

afterEach(() => vi.unstubAllEnvs())

const stream = (more: object) => Object.assign(new Writable(), more)
const terminal = (columns: number) => stream({ isTTY: true, columns, getColorDepth: () => 4 })

describe('a stream', () => {
  const without = () => {
    for (const name of ['NO_COLOR', 'FORCE_COLOR', 'NODE_DISABLE_COLORS']) vi.stubEnv(name, undefined)
    vi.stubEnv('TERM', 'xterm')
  }

  test('that is a terminal has its width and colours', () => {
    without()
    expect(screenOf(terminal(120))).toEqual({ kind: 'terminal', columns: 120, colours: 'sixteen' })
  })

  test('that is a file, or does not know its width, has 80 columns', () => {
    without()
    expect(screenOf(stream({ columns: 120 }))).toEqual({ kind: 'file', columns: 80, colours: 'none' })
    expect(screenOf(terminal(0)).columns).toBe(80)
  })

  test('is coloured or not as FORCE_COLOR says', () => {
    without()
    vi.stubEnv('FORCE_COLOR', '1')
    expect(screenOf(stream({}))).toEqual({ kind: 'file', columns: 80, colours: 'sixteen' })
    vi.stubEnv('FORCE_COLOR', '0')
    expect(screenOf(stream({})).colours).toBe('none')
  })

  test('that can do nothing but write on is no terminal', () => {
    without()
    vi.stubEnv('TERM', 'dumb')
    expect(screenOf(terminal(80)).kind).toBe('file')
  })
})

const coloured: Screen = { ...file, colours: 'sixteen' }
const yearEnd = ['--as-of', '2024-12-31', '--known-at', '2024-12-31']
const plain = stripVTControlCharacters

describe('colours', () => {
  test('say of an explanation what counts, what waits and what is worth nothing; and take nothing away', async () => {
    const { store } = await importedBy()
    const explain = (out: Screen, date: string) =>
      smagruppeOn(
        { screens: { out, err: file }, clock: () => 0 },
        ...['explain', '103', '--store', store, '--as-of', date, '--known-at', '2024-12-31'],
      )
    const { out } = await explain(coloured, '2024-12-31')
    expect(out.startsWith('\u001b[1mSmall-group points of Per Hansen ')).toBe(true)
    expect(out).toContain('\u001b[31m2024-02-01 S1 with group G2: 150 minutes present, 0 count: GUEST\u001b[39m\n')
    expect((await explain(coloured, '2024-12-30')).out).toContain('\u001b[33m2024-03-05 S2 ')
    expect(plain(out)).toBe((await explain(file, '2024-12-31')).out)
    expect(
      (await smagruppeOn({ screens: { out: coloured, err: file } }, 'explain', '101', '--store', store, ...yearEnd))
        .out,
    ).toContain('\u001b[32m2024-02-01 S1 ')
  })

  test('are judged for answers and for what went wrong apart', async () => {
    const { store } = await importedBy()
    const points = (out: Screen, err: Screen, ...more: ReadonlyArray<string>) =>
      smagruppeOn({ screens: { out, err }, clock: () => 0 }, 'points', '--store', store, ...yearEnd, ...more)
    expect((await points(coloured, file)).out).toContain('\u001b[1mHPR name')
    const uncoloured = (await points(file, coloured)).out
    expect(uncoloured).toBe(plain(uncoloured))
    const broken = ['--csv', `${store}/points.csv`]
    const why = (await points(coloured, file, ...broken)).err
    expect(why).toBe(plain(why))
    expect((await points(file, coloured, ...broken)).err).toBe(
      why.replace('smagruppe:', '\u001b[31msmagruppe:\u001b[39m'),
    )
  })

  test('are never in what programs read', async () => {
    const { store } = await importedBy()
    const { out } = await smagruppeOn(
      { screens: { out: coloured, err: coloured } },
      'points',
      '--json',
      '--store',
      store,
    )
    expect(out).toBe(plain(out))
  })
})

test('a wide terminal is used, a narrow one is kept to', async () => {
  const long = 'Et langt navn som ikke får plass på en smal skjerm men nok på en bred en'
  const { store } = await importedBy({ ...smallYear, doctors: [`101,${long},gp,4601,2020-01-01`] })
  const points = async (columns: number) =>
    (
      await smagruppeOn(
        { screens: { out: { ...file, columns }, err: file }, clock: () => 0 },
        ...['points', '--store', store, ...yearEnd],
      )
    ).out
  expect(await points(160)).toContain(`101 ${long} 2025-01-01`)
  expect(tooLong(await points(64), 64)).toEqual([])
})

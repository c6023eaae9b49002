// languages.test.ts: the command in Norwegian, and what is the same in every language

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { languageOf } from './options.ts'
import { importedBy, type Ran, smagruppe, smagruppeOn, tooLong } from './smagruppe.test-kit.ts'

const yearEnd = ['--as-of', '2024-12-31', '--known-at', '2024-12-31']

const inNorwegian = async (...words: ReadonlyArray<string>): Promise<string> => {
  const { code, out, err } = await smagruppe(...words, '--lang', 'nb')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return out
}

describe('--lang nb', () => {
  test('import', async () => {
    const { folder, store } = await importedBy({ doctors: ['101,Kari,gp,,', 'x,Ola,gp,,'] })
    expect(await inNorwegian('import', folder, '--store', store)).toBe(
      `Importerte ${folder}: 2 rader lest, 0 hendelser lagt til, 1 rad avvist, 0 merket.
Fantes ikke: departments.csv, department_doctors.csv, groups.csv, members.csv,
  declarations.csv, offers.csv, requests.csv, sessions.csv, attendance.csv,
  corrections.csv

Avvist:
fil         rad kolonne hvorfor
doctors.csv   3 hpr     INVALID_HPR
`,
    )
  })

  test('register', async () => {
    const { store } = await importedBy()
    expect(
      await inNorwegian('register', '--store', store, ...yearEnd),
    ).toBe(`Smågrupper per 31.12.2024, slik det var kjent ved utgangen av 31.12.2024

gruppe navn      kommune leger varsel  erklæring  kontakt
G1     Sandviken 4601        2 under 3 19.12.2023 101
G2     Fana      4601        2 under 3 ingen      ingen

2 smågrupper; 2 til 2 medlemmer, median 2
`)
    expect(await inNorwegian('register', '--store', store, '--as-of', '2019-11-14')).toContain('\nIngen smågrupper.\n')
  })

  test('topics', async () => {
    const { store } = await importedBy()
    const ask = ['topics', '--store', store, '--as-of', '2024-12-31', '--known-at', '2025-01-10T12:00:00+01:00']
    expect(await inNorwegian(...ask)).toBe(`Temaer til og med 31.12.2024, slik det var kjent 10.01.2025 kl. 12:00:00,000
  +01:00

dato       møte gruppe tema     opphav
01.02.2024 S1   G1     Astma    sykehus
01.02.2024 S1   G1     Feber    sykehus
01.02.2024 S1   G2     Astma    sykehus
01.02.2024 S1   G2     Feber    sykehus
05.03.2024 S2   G1     Hodepine egen praksis
10.09.2024 S3   G1     Rygg     egen praksis

6 temaer tatt opp
`)
    expect(await inNorwegian(...ask, '--counts')).toMatch(/^tema +gruppe +år +ganger\nAstma +G1 +2024 +1\n/)
    expect(await inNorwegian('topics', '--store', store, '--as-of', '2019-11-14')).toContain('\nIngen temaer.\n')
  })

  test('points', async () => {
    const { store } = await importedBy()
    expect(await inNorwegian('points', '--store', store, ...yearEnd)).toBe(
      `Poeng per 31.12.2024, slik det var kjent ved utgangen av 31.12.2024

HPR navn          før        minutter obligatorisk valgfri mangler venter
101 Kari Nordmann 01.01.2025      420         7,00    0,00   13,00      0
102 Ola Nordmann  28.02.2025      370         6,17    0,00   13,83      0
103 Per Hansen    01.06.2026        0         0,00    0,00   20,00      0
104 Liv Hansen    10.05.2027        0         0,00    0,00   20,00      0

4 leger; en veiledende beregning, ikke et vedtak
`,
    )
    expect(await inNorwegian('points', '--store', store, '--as-of', '1999-01-01')).toContain(
      '\nIngen lege har en periode',
    )
  })

  test('explain', async () => {
    const { store } = await importedBy()
    const lines = (await inNorwegian('explain', '104', '--store', store, ...yearEnd)).split('\n')
    expect(lines.slice(0, 15)).toEqual([
      'Smågruppepoeng for Liv Hansen (HPR 104) per 31.12.2024, slik det var kjent ved',
      '  utgangen av 31.12.2024',
      'Periode 10.05.2022 til 10.05.2027 (den dagen ikke medregnet)',
      'Teller: 0 minutter = 0,00 poeng',
      'Obligatoriske poeng: 0,00 av 20, 20,00 mangler, innen 09.05.2027',
      'Valgfrie poeng: 0,00 av høyst 130; utover begge, uten verdi: 0,00',
      'Holdt tilbake til et tellevindu er over: 0 minutter',
      'En veiledende beregning, ikke et vedtak: det fattes av rette myndighet.',
      '',
      '01.02.2024 S1 med smågruppe G2: 150 minutter til stede, 0 teller: BELOW_QUORUM',
      '  Krever at 2 av smågruppens egne medlemmer er til stede, fant 1: Liv Hansen',
      '    (HPR 104).',
      '  Ingenting som fortsatt kan gjøres, får det til å telle.',
      '  Regel: minst 2 av smågruppens egne medlemmer er til stede (quorum). Kilde:',
      '    Smågrupper i etterutdanningen i allmennmedisin, Tidsskrift for Den norske',
    ])
  })
})

describe('in every language the same', () => {
  test.each(['register', 'topics', 'points'])('the CSV file and the JSON of %s', async (command) => {
    const { folder, store } = await importedBy()
    const answered = async (lang: string) => {
      const csv = join(folder, `${lang}.csv`)
      const { out } = await smagruppe(command, '--store', store, ...yearEnd, '--lang', lang, '--json', '--csv', csv)
      return { out, csv: readFileSync(csv, 'utf8') }
    }
    expect(await answered('nb')).toEqual(await answered('en'))
  })

  test('the JSON of explain, but for its texts', async () => {
    const { store } = await importedBy()
    const explained = async (lang: string): Promise<{ readonly language: string; readonly text: unknown }> =>
      JSON.parse((await smagruppe('explain', '103', '--store', store, ...yearEnd, '--lang', lang, '--json')).out)
    const untold = (tree: unknown) =>
      JSON.stringify(tree, (key, value: unknown) => (key === 'text' || key === 'language' ? undefined : value))
    const [english, norwegian] = [await explained('en'), await explained('nb')]
    expect([english.language, norwegian.language]).toEqual(['en', 'nb'])
    expect(untold(norwegian)).toBe(untold(english))
    expect(norwegian.text).not.toEqual(english.text)
  })
})

describe('the language where none was said', () => {
  test('is Norwegian for a Norwegian locale and English for all others', () => {
    const of = (environment: Record<string, string | undefined>) => languageOf(environment)
    for (const locale of ['nb_NO.UTF-8', 'nn_NO', 'no', 'no_NO@euro', 'NB-no']) expect(of({ LANG: locale })).toBe('nb')
    for (const locale of ['en_GB.UTF-8', 'C', 'POSIX', 'nob', 'nbx_NO', 'da_DK', ''])
      expect(of({ LANG: locale })).toBe('en')
    expect(of({})).toBe('en')
    expect(of({ LC_ALL: 'C', LC_MESSAGES: 'nb_NO', LANG: 'nb_NO' })).toBe('en')
    expect(of({ LC_ALL: '', LC_MESSAGES: 'nb_NO', LANG: 'en_GB' })).toBe('nb')
  })

  test('is that of the surroundings, unless it is said', async () => {
    const { store } = await importedBy()
    const surroundings = { environment: { LANG: 'nb_NO.UTF-8' }, clock: () => 0 }
    const ask = ['register', '--store', store, ...yearEnd]
    expect((await smagruppeOn(surroundings, ...ask)).out).toMatch(/^Smågrupper per/)
    expect((await smagruppeOn(surroundings, ...ask, '--lang', 'en')).out).toMatch(/^Groups on/)
    expect((await smagruppe(...ask)).out).toMatch(/^Groups on/)
  })
})

test('every table and explanation of the pilot year fits 80 columns, in both languages', async () => {
  const pilot = fileURLToPath(new URL('../../../examples/pilot-year/data', import.meta.url))
  const { folder } = await importedBy({ doctors: [] })
  const ask = ['--store', join(folder, 'pilot.db'), '--as-of', '2024-12-31', '--known-at', '2025-12-31']
  const ran = await smagruppe('import', pilot, '--store', join(folder, 'pilot.db'), '--rehearse')
  const printed: Ran[] = [ran]
  for (const lang of ['en', 'nb']) {
    for (const words of [['register'], ['topics'], ['topics', '--counts'], ['points'], ['explain', '4618619']])
      printed.push(await smagruppe(...words, ...ask, '--lang', lang))
  }
  expect(printed.map(({ code }) => code)).toEqual(printed.map(() => 0))
  // A path and an address are never broken.
  const wide = printed.flatMap(({ out }) => tooLong(out)).filter((line) => !/^(Imported \S+:| *https:\S+$)/.test(line))
  expect(wide).toEqual([])
  expect(printed[4]?.out).toMatch(/^ {4}HPR name +before +minutes mandatory elective missing pending$/m)
})

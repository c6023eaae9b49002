// what-if-command.test.ts: what a draft of rules would change, as the command prints it

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defaultPack, promised, publishable } from '@smagruppe/domain'
import { describe, expect, test } from 'vitest'
import { openSqliteRegister } from '../sqlite/index.ts'
import { importedBy, isOnThePage, printed, smagruppe, tooLong } from './smagruppe.test-kit.ts'

const yearEnd = ['--as-of', '2024-12-31', '--known-at', '2024-12-31']

const draftIn = (folder: string, parameters: object): string => {
  const file = join(folder, 'draft.json')
  writeFileSync(file, JSON.stringify({ name: 'the draft', parameters }))
  return file
}

const asking = async (parameters: object) => {
  const { folder, store } = await importedBy()
  return { folder, ask: ['what-if', draftIn(folder, parameters), '--store', store, ...yearEnd] as const }
}

test('what-if tells who gains and who loses, by how much and why, and counts the rest', async () => {
  const { ask } = await asking({ sessionMinutesMin: 121, groupThreshold: 2, minutesPerPoint: 45 })
  const out = await printed(...ask, '--lang', 'en')
  expect(out).toBe(`What if: the draft, over all that had happened by 2024-12-31, as known at the
  end of 2024-12-31
What draft.json leaves out is as in force: Norway, small-group work in general
  practice, not published: the founding rules

The draft says otherwise:
  Rule: a session lasts at least 121 minutes (sessionMinutesMin). Source: none
    is given
  Rule: a group has at least 2 counting sessions in a window (groupThreshold).
    Source: none is given
  Rule: 45 minutes are a point (minutesPerPoint). Source: none is given

HPR name          period     in force draft change why
101 Kari Nordmann 2020-01-01     7.00  0.00  -7.00 2 × counts →
                                                   DOCTOR_UNDER_6_HOURS (follows
                                                   from others); 1 × counts →
                                                   SESSION_TOO_SHORT
                                                   (sessionMinutesMin)
102 Ola Nordmann  2020-02-29     6.17  0.00  -6.17 2 × counts →
                                                   DOCTOR_UNDER_6_HOURS (follows
                                                   from others); 1 × counts →
                                                   SESSION_TOO_SHORT
                                                   (sessionMinutesMin)
103 Per Hansen    2021-06-01     0.00  0.00   0.00 1 × DOCTOR_UNDER_6_HOURS →
                                                   SESSION_TOO_SHORT
                                                   (sessionMinutesMin)

group in force draft change gain lose
G1       13.17  0.00 -13.17    0    2

Doctors: 0 gain, 2 lose, 1 change otherwise, 1 unchanged
All periods together: 13.17 points in force, 0.00 by the draft, -13.17
An indication, not a decision: publishing rules is the authority’s.
`)
})

test('the page of the command shows what it prints', async () => {
  const { ask } = await asking({ sessionMinutesMin: 121 })
  expect(isOnThePage(await printed(...ask, '--lang', 'en'))).toBe(true)
})

test('what-if --lines tells every attendance on both sides, in Norwegian too', async () => {
  const { ask } = await asking({ minutesPerPoint: 45, quorum: 3 })
  const out = await printed(...ask, '--lang', 'nb', '--lines')
  expect(tooLong(out).filter((line) => !line.includes('http'))).toEqual([])
  expect(out).toContain('\nLeger: 0 får flere, 2 færre, 1 endres på annen måte, 1 uendret\n')
  expect(out).toContain(
    '\nKari Nordmann (HPR 101)\n  Gjelder, 2,50 poeng: 01.02.2024 S1 med smågruppe G1: 150 minutter',
  )
  expect(out.replace(/\s+/g, ' ')).toContain(
    'Utkast, 0,00 poeng: 01.02.2024 S1 med smågruppe G1: 150 minutter til stede, 0 teller: BELOW_QUORUM Krever at 3 av smågruppens egne medlemmer er til stede, fant 2: Kari Nordmann (HPR 101), Ola Nordmann (HPR 102). Regel: minst 3',
  )
  const [, counts = ''] = /Kari Nordmann \(HPR 101\)\n {2}Gjelder, (.*?)\n {2}Utkast/s.exec(out) ?? []
  expect(counts.match(/\((?:groupThreshold|doctorThresholdMinutes|minutesPerPoint)\)/g)).toEqual([
    ...['(groupThreshold)', '(doctorThresholdMinutes)', '(minutesPerPoint)'],
  ])
})

test('what is pending says so, a period that moves says where to, and what only asks for more says that', async () => {
  const pending = await asking({ sessionMinutesMin: 130 })
  const early = pending.ask.map((word) => (word === '2024-12-31' ? '2024-12-30' : word))
  expect((await printed(...early, '--lang', 'en')).replace(/\s+/g, ' ')).toContain('GROUP_UNDER_3_MEETINGS for now')
  const moving = (await printed(...(await asking({ periodYears: 4 })).ask, '--lang', 'en')).replace(/\s+/g, ' ')
  expect(moving).toContain('101 Kari Nordmann 2020-01-01 7.00 0.00 -7.00 from 2020-01-01 until 2024-01-01')
  expect(moving).toContain('101 Kari Nordmann 2024-01-01 0.00 7.00 +7.00 a period more')
  const fewer = (
    await printed(...(await asking({ periodYears: 50 })).ask, '--as-of', '2025-06-01', '--lang', 'en')
  ).replace(/\s+/g, ' ')
  expect(fewer).toContain('101 Kari Nordmann 2025-01-01 0.00 0.00 0.00 a period less')
  const demanding = await asking({ mandatory: 30 })
  const out = await printed(...demanding.ask, '--lang', 'en')
  expect(out).toContain('7.00  7.00   0.00 same points, other')
  expect(out).toContain('Doctors: 0 gain, 0 lose, 4 change otherwise, 0 unchanged')
})

test('a draft that says what is in force changes nothing for anybody', async () => {
  const { ask } = await asking({})
  const out = await printed(...ask, '--lang', 'en')
  expect(out.split('\n').slice(5)).toEqual([
    'The draft says what is in force.',
    '',
    'Nothing changes for anybody.',
    '',
    'Doctors: 0 gain, 0 lose, 0 change otherwise, 4 unchanged',
    'All periods together: 13.17 points in force, 13.17 by the draft, 0.00',
    'An indication, not a decision: publishing rules is the authority’s.',
    '',
  ])
})

describe('for programs', () => {
  test('--csv has a row a period, the same in every language', async () => {
    const { folder, ask } = await asking({ quorum: 3, minutesPerPoint: 45 })
    const written = async (lang: string) => {
      const csv = join(folder, 'out', `${lang}.csv`)
      const { out } = await smagruppe(...ask, '--lang', lang, '--json', '--csv', csv)
      return { out, csv: readFileSync(csv, 'utf8') }
    }
    const english = await written('en')
    expect(await written('nb')).toEqual(english)
    expect(
      english.csv,
    ).toBe(`hpr,from,to,draft_from,draft_to,points,draft_points,difference,missing,draft_missing,attendances
101,2020-01-01,2025-01-01,2020-01-01,2025-01-01,7.00,0.00,-7.00,13.00,20.00,S1:150:BELOW_QUORUM:quorum;S2:120:GROUP_UNDER_3_MEETINGS:;S3:150:BELOW_QUORUM:quorum
102,2020-02-29,2025-02-28,2020-02-29,2025-02-28,6.17,0.00,-6.17,13.83,20.00,S1:120:BELOW_QUORUM:quorum;S2:100:GROUP_UNDER_3_MEETINGS:;S3:150:BELOW_QUORUM:quorum
103,2021-06-01,2026-06-01,2021-06-01,2026-06-01,0.00,0.00,0.00,20.00,20.00,S2:DOCTOR_UNDER_6_HOURS:GROUP_UNDER_3_MEETINGS:
`)
  })

  test('--json has the whole comparison, with the numbers of doctors and no names', async () => {
    const { ask } = await asking({ quorum: 3 })
    const out = await printed(...ask, '--json')
    expect(out).not.toContain('Nordmann')
    const answer = JSON.parse(out)
    expect(Object.keys(answer)).toEqual(['question', 'track', 'draft', 'base', 'rules', 'doctors', 'groups', 'total'])
    expect(answer.doctors.map(({ hpr }: { hpr: string }) => hpr)).toEqual(['101', '102', '103'])
    expect(Object.keys(answer.doctors[0])).toEqual(['hpr', 'doctor', 'points', 'periods'])
    expect(answer.doctors[0].periods[0].attendances[0].because[0]).toMatchObject({
      name: 'quorum',
      before: { value: 2 },
      after: { value: 3 },
    })
  })

  test('--track asks for specialist training', async () => {
    const { ask } = await asking({ quorum: 3 })
    expect(JSON.parse(await printed(...ask, '--track', 'specialist-training', '--json'))).toMatchObject({
      track: 'specialist-training',
      doctors: [],
      total: { unchanged: 0 },
    })
  })
})

test('what a draft leaves out is as it was published', async () => {
  const { folder, store } = await importedBy()
  const { register, close } = await promised(openSqliteRegister(store))
  const { minutesPerPoint } = defaultPack
  const published = {
    scheme: register.scheme.id,
    name: 'Published',
    zone: 'Europe/Oslo',
    from: '2020-01-01',
    parameters: publishable({ ...defaultPack, minutesPerPoint: { ...minutesPerPoint, value: 45 } }),
  }
  const authority = { actor: { id: 'somebody', role: 'authority' } }
  await promised(register.execute({ type: 'PublishRulePack', data: published }, authority))
  await promised(close)
  const out = await printed('what-if', draftIn(folder, {}), '--store', store, '--as-of', '2024-12-31', '--lang', 'en')
  expect(out).toContain('The draft says what is in force.\n\nNothing changes for anybody.')
})

describe('what cannot be done ends with one clear line', () => {
  test('a draft that cannot be used', async () => {
    const { ask } = await asking({ quorum: 0 })
    const { code, out, err } = await smagruppe(...ask)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain('parameters.quorum: found 0, expected a whole number from 1 to 1000')
  })

  test('a CSV file that cannot be written, no register, and no draft at all', async () => {
    const { folder, ask } = await asking({ quorum: 3 })
    const unwritable = await smagruppe(...ask, '--csv', join(folder, 'draft.json', 'out.csv'))
    expect(unwritable).toMatchObject({ code: 1, out: '', err: expect.stringContaining('cannot be written') })
    const nowhere = await smagruppe('what-if', ask[1], '--store', join(folder, 'nowhere.db'))
    expect(nowhere).toMatchObject({ code: 1, err: expect.stringContaining('there is no register at') })
    expect(await smagruppe('what-if')).toMatchObject({
      code: 2,
      err: expect.stringContaining("required argument 'file'"),
    })
  })
})

// publish-command.test.ts: smagruppe rules check and publish: rules out of a file, what is wrong with them, and who may publish them

import { describe, expect, test } from 'vitest'
import { authority, openedDesk, source } from './publishing.test-kit.ts'
import { isOnThePage, smagruppe, spaced } from './smagruppe.test-kit.ts'

const desk = openedDesk()
const national = {
  name: 'Rules of 2024',
  parameters: { quorum: { value: 3, source, permission: 'free', range: { least: 2, most: 5 } } },
}
const digestIn = (text: string): string | undefined => /sha256:[0-9a-f]{64}/.exec(text)?.[0]

/** What is wrong, a line each, without the line that names the file. */
const problems = async (rules: unknown, ...words: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
  const { code, out, err } = await desk.rules('check', desk.file(rules), ...words)
  expect({ code, out }).toEqual({ code: 1, out: '' })
  const isProblem = (line: string): boolean => line.startsWith('  ')
  return err.trimEnd().split('\n').slice(1).filter(isProblem)
}

describe('rules for the whole country', () => {
  test('S1-05b are checked, published once by the authority and by nobody else, and never again otherwise', async () => {
    const rules = desk.file(national)
    const from = ['--effective', '2024-01-01'] as const
    const checked = await desk.printed('check', rules, ...from)
    expect(checked).toBe(`Can be published: Rules of 2024, national, from 2024-01-01
  ${digestIn(checked)}
  2024-01-01 has passed: they also judge what was already held in their time,
    so new answers change. Answers as known before they are published stay as
    they were.

quorum
  in force: at least 2 of the group’s own members are present; may be stricter
  in the file: at least 3 of the group’s own members are present; free, 2 to 5
`)
    expect(isOnThePage(checked)).toBe(true)
    expect(spaced(await desk.printed())).toContain('Nothing was published by then.')

    const refused = await desk.rules('publish', rules, ...from, '--role', 'local-authority')
    expect(refused).toEqual({
      code: 1,
      out: '',
      err: `smagruppe: the rules in ${rules} cannot be published:\n  --role: found local-authority, expected authority\n`,
    })
    const other = `sha256:${'0'.repeat(64)}`
    const unlike = await desk.rules('publish', rules, ...from, ...authority, '--digest', other)
    expect(unlike.err).toContain(`\n  --digest: found ${other}, expected ${digestIn(checked)}\n`)

    const published = await desk.rules('publish', rules, ...from, ...authority, '--digest', digestIn(checked) ?? '')
    expect({ code: published.code, err: published.err }).toEqual({ code: 0, err: '' })
    expect(spaced(published.out)).toMatch(/^Published: Rules of 2024, national, from 2024-01-01 sha256:/)
    expect(digestIn(published.out)).toBe(digestIn(checked))
    const again = await desk.rules('publish', desk.file({ ...national }), ...from, ...authority, '--lang', 'nb')
    expect(again.out).toBe(`Kunngjort fra før, ingenting lagt til: Rules of 2024, nasjonalt, fra
  01.01.2024
  ${digestIn(checked)}

Ingen regel endres.
`)
    expect(await problems({ name: 'Other rules', parameters: { quorum: { value: 4, source } } }, ...from)).toEqual([
      '  --effective: found 2024-01-01, expected a date after 2024-01-01, from which Rules of 2024 is in force',
    ])
    expect(await desk.printed('--as-of', '2024-06-01')).toMatch(
      /^quorum +at least 3 of the group’s own members are +free, 2 to 5\n +present\n/m,
    )
  })

  test('say only what differs from those in force on that day, whose permissions and ranges stay', async () => {
    const nothing = desk.file({ name: 'Next', parameters: {} })
    expect(JSON.parse(await desk.printed('check', nothing, '--effective', '2025-01-01', '--json')).changes).toEqual([])
    const next = desk.file({ name: 'Next', parameters: { quorum: 3, minutesPerPoint: { value: 45, source } } })
    const answer = JSON.parse(await desk.printed('publish', next, '--effective', '2026-01-01', ...authority, '--json'))
    expect(answer).toEqual({
      layer: 'national',
      for: null,
      from: '2026-01-01',
      until: null,
      digest: expect.stringMatching(/^sha256:/),
      published: true,
      retroactive: true,
      problems: [],
      changes: [
        {
          parameter: 'minutesPerPoint',
          before: 60,
          after: 45,
          permission: { before: 'fixed', after: 'fixed' },
          range: { before: null, after: null },
        },
      ],
    })
    expect((await desk.published()).at(-1)?.published.parameters.quorum).toEqual(national.parameters.quorum)
  })

  test('are told everything that is wrong at once, each with path, found and expected', async () => {
    const wrong = {
      title: 'x',
      zone: 'Mars/Base',
      parameters: {
        quorum: 5,
        windw: 'group-year',
        minutesPerPoint: { value: 0, source },
        mandatory: { value: 25, source: { title: 'A law' } },
        rounding: { value: 'none', source, permission: 'may-be-stricter' },
        yearlyCap: { value: 10, source, range: { least: 20, most: 5 } },
        dayCap: { value: 'cut', source, law: 'x' },
        onlineCapsSuspended: { value: { from: '2024-01-01', to: '2020-01-01' }, source },
      },
    }
    const told = await problems(wrong, '--effective', '2023-01-01', '--role', 'local-authority')
    expect(told.map((line) => line.replace(/expected periodYears,.*$/, 'expected …'))).toEqual([
      '  name: found nothing, expected text that is not blank, at most 300 characters',
      '  title: found a name that is not known, expected name, zone, parameters',
      "  zone: found 'Mars/Base', expected a time zone by its name, such as 'Europe/Oslo'",
      '  --role: found local-authority, expected authority',
      '  parameters.windw: found a name that is not known, expected …',
      '  parameters.quorum.source: found nothing, expected { title, address }',
      '  parameters.dayCap.law: found a name that is not known, expected value, source, permission, range',
      '  parameters.minutesPerPoint.value: found 0, expected a whole number from 1 to 1500',
      "  parameters.rounding.permission: found 'may-be-stricter', expected 'fixed' or 'free', for neither way is stricter",
      '  parameters.yearlyCap.range: found 20 to 5, expected a range of which least is not the greater',
      '  parameters.mandatory.source.address: found nothing, expected text that is not blank, at most 2000 characters',
      '  parameters.onlineCapsSuspended.value: found {"from":"2024-01-01","to":"2020-01-01"}, expected \'none\' or { from, to }, days of which from is the earlier',
      '  --effective: found 2023-01-01, expected a date after 2026-01-01, from which Next is in force',
    ])
    expect(await problems([], '--effective', '2027-01-01')).toEqual(['  the whole: found a list, expected an object'])
    const rolling = { window: { value: 'rolling-12-months', source }, plannedWithin: { value: { months: 3 }, source } }
    expect(await problems({ name: 'Both', parameters: rolling }, '--effective', '2027-01-01')).toEqual([
      "  parameters.plannedWithin: found { months: 3 } with the window 'rolling-12-months', expected 'none', for a session lies in many rolling windows",
    ])
  })
})

test('several things that are wrong with one parameter are told as `points --rules` tells them, and what else publishing asks for', async () => {
  const rules = {
    name: 'Rx',
    parameters: {
      rounding: { value: { mode: 'ceil', per: 'day', unit: 0.25 } },
      quorum: {
        value: -1,
        source: { title: '', address: '' },
        permission: 'maybe',
        range: { least: 9, most: 1 },
      },
    },
  }
  const placesIn = (lines: ReadonlyArray<string>): ReadonlyArray<string> =>
    lines.map((line) => line.trim().split(':')[0] ?? '')
  const places = placesIn(await problems(rules, '--effective', '2027-01-01'))
  expect(places).toEqual([
    'parameters.quorum.value',
    'parameters.quorum.source.title',
    'parameters.quorum.source.address',
    'parameters.quorum.permission',
    'parameters.quorum.range',
    'parameters.rounding.value.mode',
    'parameters.rounding.value.per',
    'parameters.rounding.value.unit',
    'parameters.rounding.source',
  ])
  const { err } = await smagruppe('points', '--store', desk.store(), '--rules', desk.file(rules))
  const drafted = placesIn(err.split('\n').filter((line) => line.startsWith('  ')))
  expect(drafted.length).toBe(6)
  expect(places).toEqual(expect.arrayContaining([...drafted]))
})

describe('rules of a layer', () => {
  test('of a group, by what the sheets call it; of a region; of a doctor, by number', async () => {
    const stricter = desk.file({ name: 'Four sessions', parameters: { groupThreshold: { value: 4, source } } })
    const local = ['--effective', '2024-01-01', '--role', 'local-authority'] as const
    const ofGroup = await desk.rules(
      'publish',
      stricter,
      '--layer',
      'group',
      '--for',
      'G1',
      '--until',
      '2025-01-01',
      ...local,
    )
    expect({ code: ofGroup.code, err: ofGroup.err }).toEqual({ code: 0, err: '' })
    expect(spaced(ofGroup.out)).toMatch(
      /^Published: Four sessions \(G1\), group, 2024-01-01 to 2025-01-01 \(that day not included\) sha256/,
    )
    expect(ofGroup.out).toContain(
      '\n\ngroupThreshold\n  in the file: a group has at least 4 counting sessions in a window\n',
    )
    const ofRegion = await desk.rules('publish', stricter, '--layer', 'region', '--for', '4601, 4602', ...local)
    expect({ code: ofRegion.code, err: ofRegion.err }).toEqual({ code: 0, err: '' })
    expect(spaced(ofRegion.out)).toContain('Published: Four sessions (4601, 4602), region, from 2024-01-01 sha256')
    const fewer = desk.file({ parameters: { quorum: { value: 2, source } } })
    const term = ['--effective', '2024-03-01', '--until', '2024-09-01'] as const
    const ofDoctor = await desk.rules(
      'publish',
      fewer,
      '--layer',
      'dispensation',
      '--for',
      '0101',
      ...term,
      ...authority,
    )
    expect({ code: ofDoctor.code, err: ofDoctor.err }).toEqual({ code: 0, err: '' })
    expect(spaced(ofDoctor.out)).toContain('Published: HPR 101, dispensation, 2024-03-01 to 2024-09-01')
    const published = await desk.published()
    expect(published.map((one) => [one.layer, one.for])).toEqual([
      ['national', null],
      ['national', null],
      ['group', { group: expect.stringMatching(/^[0-9a-f-]{36}$/), called: 'G1' }],
      ['region', { municipalities: ['4601', '4602'], called: '4601, 4602' }],
      ['dispensation', { doctor: expect.stringMatching(/^[0-9a-f-]{36}$/), called: 'HPR 101' }],
    ])
    expect(spaced(await desk.printed('--as-of', '2024-06-01'))).toContain('in force: HPR 101 published')
  })

  test('of a hospital, by name; what begins on a day to come says nothing of the past', async () => {
    const stricter = desk.file({ name: 'Longer', parameters: { sessionMinutesMin: { value: 90, source } } })
    const there = ['--layer', 'hospital', '--for', 'Haukeland', '--effective', '9000-01-01'] as const
    const told = await desk.printed('check', stricter, ...there)
    expect(told.split('\n\n')).toEqual([
      `Can be published: Longer (Haukeland), hospital, from 9000-01-01\n  ${digestIn(told)}`,
      'sessionMinutesMin\n  in the file: a session lasts at least 90 minutes\n',
    ])
    const answer = JSON.parse(await desk.printed('check', stricter, ...there, '--json'))
    expect([answer.for.called, answer.retroactive]).toEqual(['Haukeland', false])
  })

  test('whose file cannot be read still says for whom', async () => {
    const { code, out } = await desk.rules(
      'check',
      desk.file([]),
      ...['--layer', 'group', '--for', 'G1', '--effective', '2024-01-01', '--json'],
    )
    expect([code, JSON.parse(out).for.called, JSON.parse(out).problems.length]).toEqual([1, 'G1', 3])
  })

  test('that loosen, overlap, leave a gap or end before they begin, all told', async () => {
    const wrong = {
      name: 'Loose',
      parameters: { groupThreshold: { value: 2, source }, minutesPerPoint: { value: 45, source } },
    }
    const ofGroup = ['--layer', 'group', '--for', 'G1'] as const
    expect(await problems(wrong, ...ofGroup, '--effective', '2024-06-01')).toEqual([
      expect.stringMatching(/^ {2}parameters.groupThreshold.value: found 2, expected 3 or stricter, by: /),
      expect.stringMatching(/^ {2}parameters.minutesPerPoint.value: found 45, expected 60, which is fixed by: /),
      '  --effective: found 2024-06-01 to any time, expected a time apart from 2024-01-01 to 2025-01-01',
    ])
    const reversed = ['--effective', '2020-06-01', '--until', '2020-01-01'] as const
    const backwards = ['--effective', '2024-06-01', '--until', '2024-03-01'] as const
    expect(await problems(wrong, ...ofGroup, ...backwards)).toEqual([
      '  --until: found 2024-03-01, expected a date after 2024-06-01',
      expect.stringMatching(/^ {2}parameters.groupThreshold.value: found 2, expected 3 or stricter, by: /),
      expect.stringMatching(/^ {2}parameters.minutesPerPoint.value: found 45, expected 60, which is fixed by: /),
    ])
    expect(await problems({ name: 'x', parameters: {} }, ...ofGroup, ...reversed)).toEqual([
      '  --until: found 2020-01-01, expected a date after 2020-06-01',
      '  parameters: found nothing, expected at least one parameter',
      '  --effective: found 2020-06-01, expected 2024-01-01 or later, from which Rules of 2024 is in force',
    ])
  })

  test.each([
    [
      ['--layer', 'group', '--for', 'G9'],
      'no group G9 is registered; see the groups with: smagruppe register --store STORE',
    ],
    [
      ['--layer', 'hospital', '--for', 'Nowhere'],
      'no hospital Nowhere is registered; write its name as the sheets do, or its id',
    ],
    [['--layer', 'region', '--for', '46'], '46 are no municipality numbers: write four digits each, as 4601,4602'],
    [
      ['--layer', 'dispensation', '--for', '999', '--until', '2026-01-01'],
      'no doctor with HPR number 999 is registered in STORE; see the numbers with: smagruppe points --store STORE',
    ],
    [
      ['--layer', 'dispensation', '--for', 'Kari', '--until', '2026-01-01'],
      'Kari is no HPR number: write 1 to 9 digits',
    ],
  ])('for somebody who is not there: %j', async (words, message) => {
    const ran = await desk.rules('check', desk.file(national), '--effective', '2025-01-01', ...words)
    expect({ ...ran, err: ran.err.replaceAll(desk.store(), 'STORE') }).toEqual({
      code: 1,
      out: '',
      err: `smagruppe: ${message}\n`,
    })
  })
})

test.each([
  [['--for', 'G1'], "option '--for' goes with '--layer'"],
  [['--until', '2027-01-01'], "option '--until' is not for national rules"],
  [['--layer', 'group'], "option '--for' is needed with '--layer group'"],
  [['--layer', 'dispensation', '--for', '101'], "option '--until' is needed with '--layer dispensation'"],
  [['--layer', 'group', '--for', ' '], 'Say for whom.'],
  [['--by', ' '], 'Say which office.'],
  [['--layer', 'county'], 'Allowed choices are national, region, hospital, group, dispensation.'],
  [['--digest', 'abc'], 'Write sha256: and 64 hexadecimal digits.'],
  [['--role', 'importer'], 'Allowed choices are authority, local-authority.'],
])('wrong usage ends with 2 and publishes nothing: %j', async (words, message) => {
  const before = await desk.published()
  const { code, out, err } = await desk.rules(
    'publish',
    desk.file(national),
    '--effective',
    '2027-01-01',
    ...authority,
    ...words,
  )
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain(message)
  expect(await desk.published()).toEqual(before)
})

test('a day and a role must be said', async () => {
  const rules = desk.file(national)
  expect((await desk.rules('publish', rules, ...authority)).err).toContain(
    "required option '--effective <date>' not specified",
  )
  expect((await desk.rules('publish', rules, '--effective', '2027-01-01')).err).toContain(
    "required option '--role <role>' not specified",
  )
  const nowhere = await desk.rules('check', desk.nowhere(), '--effective', '2027-01-01')
  expect({ code: nowhere.code, err: nowhere.err.split(':').slice(0, 2) }).toEqual({
    code: 1,
    err: ['smagruppe', ` the rules in ${desk.nowhere()} cannot be read`],
  })
})

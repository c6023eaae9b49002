// pack-file.test.ts: a rule pack as people write it: what is taken, what is refused and how that is told

import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { defaultPack } from './default-pack.ts'
import { packFrom } from './pack-file.ts'
import { parameters } from './parameters.ts'
import { noSource, type RuleName } from './rule-pack.ts'

const from = (written: unknown) => packFrom(written, defaultPack)

/** The values that a pack with these parameters has and the default pack has not. */
const changed = (written: unknown): unknown => {
  const pack = from({ parameters: written })
  if (isLeft(pack)) return pack.left
  const names = Object.keys(parameters).filter((name): name is RuleName => name in parameters)
  return Object.fromEntries(
    names.flatMap((name) =>
      pack.right[name].value === defaultPack[name].value ? [] : [[name, pack.right[name].value]],
    ),
  )
}

describe('what is taken', () => {
  test('only what differs: the rest is the default pack’s, with its sources, and no source says what was changed', () => {
    const { name } = defaultPack
    const source = noSource
    expect(from({ parameters: { quorum: 3, mandatory: 20 } })).toEqual(
      right({ ...defaultPack, name, quorum: { value: 3, source } }),
    )
    for (const size of [
      { min: 3, max: 12 },
      { max: 12, min: 3 },
    ])
      expect(from({ parameters: { quorum: { value: 3 }, groupSize: { value: size } } })).toEqual(
        right({ ...defaultPack, name, quorum: { value: 3, source } }),
      )
    expect(changed({})).toEqual({})
  })

  test('every variant by its name', () => {
    const written = {
      window: 'group-year',
      rounding: { mode: 'half-up', per: 'window', unit: 0.5 },
      declaration: { curesDays: 14 },
      membershipTransfer: 'adds-up',
      yearlyCap: 10,
      dayCap: 'reject',
      minutesPerPoint: 45,
      sessionMinutesMin: 61,
      groupSize: { min: 6, max: 12 },
    }
    expect(changed(written)).toEqual(written)
    expect(
      changed({ declaration: 'cures-window', window: 'rolling-12-months', rounding: 'none', yearlyCap: 'none' }),
    ).toEqual({
      declaration: 'cures-window',
      window: 'rolling-12-months',
    })
  })

  test('the shortest session as the sources spell it, with a dot', () => {
    expect(changed({ 'sessionMinutes.min': 90 })).toEqual({ sessionMinutesMin: 90 })
    const rule = { value: 90, source: { title: 'A law', address: 'https://example.org' } }
    expect(from({ parameters: { 'sessionMinutes.min': rule } })).toEqual(
      right({ ...defaultPack, sessionMinutesMin: rule }),
    )
  })

  test('a whole pack, with a name, a zone and the sources of its rules', () => {
    const source = { title: 'A law', address: 'https://example.org' }
    const pack = from({ name: 'Another', zone: 'Europe/Copenhagen', parameters: { quorum: { value: 4, source } } })
    expect(pack).toEqual(
      right({ ...defaultPack, name: 'Another', zone: 'Europe/Copenhagen', quorum: { value: 4, source } }),
    )
  })
})

describe('what is refused', () => {
  test.each([
    [null, '', 'null', 'an object'],
    [[], '', 'a list', 'an object'],
    [{ parameters: 3 }, 'parameters', '3', 'an object'],
    [{ parametres: {} }, 'parametres', 'a name that is not known', 'name, zone, parameters'],
    [{ zone: 'Europe/Bergen' }, 'zone', "'Europe/Bergen'", "a time zone by its name, such as 'Europe/Oslo'"],
    [{ name: ' ' }, 'name', "' '", 'text that is not blank, at most 300 characters'],
    [
      { parameters: { sessionMinutesMin: 60, 'sessionMinutes.min': 60 } },
      'parameters.sessionMinutes.min',
      'sessionMinutesMin beside it',
      'one of the two, which are the same parameter',
    ],
    [
      { parameters: { 'sessionMinutes.max': 60 } },
      'parameters.sessionMinutes.max',
      'a name that is not known',
      Object.keys(parameters).join(', '),
    ],
    [{ parameters: { quorum: 0 } }, 'parameters.quorum', '0', 'a whole number from 1 to 1000'],
    [{ parameters: { quorum: 2.5 } }, 'parameters.quorum', '2.5', 'a whole number from 1 to 1000'],
    [{ parameters: { quorum: '2' } }, 'parameters.quorum', "'2'", 'a whole number from 1 to 1000'],
    [{ parameters: { quorum: { value: 0 } } }, 'parameters.quorum.value', '0', 'a whole number from 1 to 1000'],
    [
      { parameters: { quorum: { value: 2, from: 'me' } } },
      'parameters.quorum.from',
      'a name that is not known',
      'value, source, permission, range',
    ],
    [
      { parameters: { quorum: { value: 2, source: { title: 'A law' } } } },
      'parameters.quorum.source.address',
      'nothing',
      'text that is not blank, at most 2000 characters',
    ],
    [
      { parameters: { nextPeriod: 'at-once' } },
      'parameters.nextPeriod',
      "'at-once'",
      "'from-old-end' or 'from-decision'",
    ],
    [{ parameters: { dayCap: 'cap' } }, 'parameters.dayCap', "'cap'", "'cut' or 'reject'"],
    [{ parameters: { yearlyCap: -1 } }, 'parameters.yearlyCap', '-1', "'none' or a whole number from 0 to 1000"],
    [
      { parameters: { declaration: { curesDays: 1.5 } } },
      'parameters.declaration.curesDays',
      '1.5',
      'a whole number from 0 to 3660',
    ],
    [
      { parameters: { declaration: { 'cures-days': 14 } } },
      'parameters.declaration.curesDays',
      'nothing',
      'a whole number from 0 to 3660',
    ],
    [
      { parameters: { rounding: { mode: 'floor', per: 'window', unit: 2 } } },
      'parameters.rounding.unit',
      '2',
      '0.5 or 1',
    ],
    [
      { parameters: { rounding: 5 } },
      'parameters.rounding',
      '5',
      "'none' or { mode: 'floor' or 'half-up', per: 'session' or 'window', unit: 0.5 or 1 }",
    ],
    [
      { parameters: { quorum: { value: 2, source: 'A law' } } },
      'parameters.quorum.source',
      "'A law'",
      '{ title, address }',
    ],
    [
      { parameters: { declaration: { curesDays: 14, from: '2024-01-01' } } },
      'parameters.declaration',
      '{"curesDays":14,"from":"2024-01-01"}',
      "'none', 'prospective', 'cures-window' or { curesDays: a whole number from 0 to 3660 }",
    ],
    [
      { parameters: { groupSize: { min: 12, max: 6 } } },
      'parameters.groupSize',
      '{"min":12,"max":6}',
      '{ min, max }, each a whole number from 1 to 1000, of which min is not the greater',
    ],
    [{ parameters: { groupSize: { min: 3 } } }, 'parameters.groupSize.max', 'nothing', 'a whole number from 1 to 1000'],
    [
      { parameters: { onlineCapsSuspended: { from: '2024-01-01', to: '2020-01-01' } } },
      'parameters.onlineCapsSuspended',
      '{"from":"2024-01-01","to":"2020-01-01"}',
      "'none' or { from, to }, days of which from is the earlier",
    ],
    [
      { parameters: { quorum: { value: { min: [1, 'a', { b: {} }] } } } },
      'parameters.quorum.value',
      '{"min":[1,"a",{"b":…}]}',
      'a whole number from 1 to 1000',
    ],
    [
      { parameters: { dayCap: { of: 'x'.repeat(200) } } },
      'parameters.dayCap',
      `{"of":"${'x'.repeat(73)}…`,
      "'cut' or 'reject'",
    ],
    [
      { parameters: { window: 'rolling-12-months', rounding: { mode: 'floor', per: 'window', unit: 1 } } },
      'parameters.rounding.per',
      "'window' with the window 'rolling-12-months'",
      "'session', for an attendance lies in many rolling windows",
    ],
  ])('%j', (written, path, found, expected) => {
    expect(from(written)).toEqual(left([{ path, found, expected }]))
  })

  test('nothing is no value, and of a long name only the beginning is told', () => {
    expect(from({ parameters: { quorum: null, ['x'.repeat(1_000)]: 1 } })).toEqual(
      left([
        {
          path: `parameters.${'x'.repeat(80)}`,
          found: 'a name that is not known',
          expected: Object.keys(parameters).join(', '),
        },
        { path: 'parameters.quorum', found: 'null', expected: 'a whole number from 1 to 1000' },
      ]),
    )
  })

  test('what stands beside every line is short', () => {
    const [title, address] = ['x'.repeat(300), 'x'.repeat(2_000)]
    const sourced = (source: unknown) => ({ parameters: { quorum: { value: 2, source } } })
    const taken = from({ name: title, ...sourced({ title, address }) })
    expect(taken).toEqual(right({ ...defaultPack, name: title, quorum: { value: 2, source: { title, address } } }))
    expect(from({ name: `${title}x`, ...sourced({ title: `${title}x`, address: `${address}x` }) })).toEqual(
      left(
        [
          ['name', 300],
          ['parameters.quorum.source.title', 300],
          ['parameters.quorum.source.address', 2000],
        ].map(([path, most]) => ({
          path,
          found: `'${'x'.repeat(79)}…`,
          expected: `text that is not blank, at most ${most} characters`,
        })),
      ),
    )
  })

  test('both rules that cannot stand together with the window are told', () => {
    const rounding = { mode: 'floor', per: 'window', unit: 1 }
    const pack = from({ parameters: { window: 'rolling-12-months', rounding, plannedWithin: { months: 3 } } })
    expect(isLeft(pack) ? pack.left.map(({ path }) => path) : []).toEqual([
      'parameters.rounding.per',
      'parameters.plannedWithin',
    ])
  })

  test('a rule that cannot stand together with one of the base is told at the one that the file says', () => {
    const rounding = { value: { mode: 'floor', per: 'window', unit: 1 }, source: defaultPack.rounding.source } as const
    expect(packFrom({ parameters: { window: 'rolling-12-months' } }, { ...defaultPack, rounding })).toEqual(
      left([
        {
          path: 'parameters.window',
          found: "'rolling-12-months' with rounding per 'window'",
          expected: `'calendar-year' or 'group-year', of which each session lies in one; rounding stands by: ${rounding.source.title}`,
        },
      ]),
    )
  })

  test('rules that cannot stand together are told once each of them can be read', () => {
    const rounding = { mode: 'floor', per: 'window', unit: 1 }
    const pack = from({ parameters: { window: 'rolling-12-months', rounding, quorum: 0 } })
    expect(isLeft(pack) ? pack.left.map(({ path }) => path) : []).toEqual(['parameters.quorum'])
  })

  test('all that is wrong is told at once', () => {
    const pack = from({
      parameters: { quorum: 0, quorun: 1, window: 'year', rounding: { mode: 'ceil', per: 'window', unit: 2 } },
    })
    expect(isLeft(pack) ? pack.left.map(({ path }) => path) : []).toEqual([
      'parameters.quorun',
      'parameters.window',
      'parameters.quorum',
      'parameters.rounding.mode',
      'parameters.rounding.unit',
    ])
  })
})

// explained.test.ts: the tree of an explanation as programs read it: a public contract

import { expect, test } from 'vitest'
import { defaultPack } from '../rules/default-pack.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import { groupNamed, inOslo, pointsIn, registerWith, sessionNamed } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { kari, names, rules } from './every-reason.test-kit.ts'
import { explained } from './explained.ts'
import { linesOf } from './explanation.ts'
import { digestOfValues } from './judging-rules.ts'
import { languages } from './language.ts'
import { judgingRulesText } from './statement-words.ts'
import { base, held, members } from './three-sessions.test-kit.ts'
import { rulesOfCounting } from './verdict.ts'

const group = groupNamed('G1')
const { dayCapMinutes, groupThreshold, window } = defaultPack
const recorded = { knownSince: '0000-01-01T00:00:00.000Z', recordedAt: '2030-06-01T12:00:00.000Z' }
const always = ', always known, recorded 2030-06-01T14:00:00.000+02:00'

test('every part stands where it belongs, with its text beside it', () => {
  const register = registerWith({
    doctors: { Kari: '2024-01-01' },
    groups: { G1: { members: ['Kari', 'Ola'] } },
    sessions: [{ session: 'S1', starts: '2024-03-04 08:00', minutes: 361, present: { G1: ['Kari', 'Ola'] } }],
  })
  const points = pointsIn(register, 'Kari', { asOf: '2024-12-30', knownAt: inOslo('2025-01-10 09:30') })
  const id = (type: string): string => register.history.find(({ event }) => event.type === type)?.id ?? ''
  const fact = (type: string, name: string) => ({
    id: id(type),
    type,
    ...recorded,
    text: `${name} (${type} ${id(type)})${always}`,
  })
  const opened = fact('PeriodOpened', 'period opened')
  const ruled = (name: 'groupThreshold' | 'window' | 'dayCapMinutes' | 'dayCap', says: string) => ({
    name,
    source: defaultPack[name].source,
    value: defaultPack[name].value,
    layer: 'national',
    event: null,
    text: `Rule: ${says} (${name}). Source: ${defaultPack[name].source.title}, ${defaultPack[name].source.address}`,
  })
  const none = { numerator: 0, denominator: 1 }
  const { rules: following, ...tree } = explained(points, defaultPack, names)
  expect(following.map(({ name, value }) => [name, value])).toEqual([
    ['periodYears', 5],
    ['minutesPerPoint', 60],
    ['mandatory', 20],
    ['electiveMax', 130],
  ])
  expect(tree).toEqual({
    language: 'en',
    text: [
      'Small-group points of Kari on 2024-12-30, as known at 2025-01-10T09:30:00.000+01:00',
      'Period 2024-01-01 to 2029-01-01 (that day not included)',
      'Counted: 0 minutes = 0.00 points',
      'Mandatory: 0.00 of 20, 20.00 missing, needed by 2028-12-31',
      'Elective: 0.00 of at most 130; beyond both, worth nothing: 0.00',
      'Held back until a window is over: 360 minutes',
      'An indication, not a decision: that is the authority’s to make.',
    ],
    doctor: points.doctor,
    question: { effectiveThrough: '2024-12-30', asKnownAt: '2025-01-10T08:30:00.000Z' },
    period: { from: '2024-01-01', to: '2029-01-01' },
    track: 'resertification',
    goesOn: false,
    decision: null,
    countedMinutes: 0,
    pendingMinutes: 360,
    points: none,
    mandatory: none,
    elective: none,
    overflow: none,
    missing: { numerator: 20, denominator: 1 },
    mandatoryMet: false,
    lines: [
      {
        session: sessionNamed('S1'),
        label: 'S1',
        group,
        date: '2024-03-04',
        present: 361,
        counted: 0,
        heldBack: 360,
        worth: none,
        points: none,
        capped: null,
        text: '2024-03-04 S1 with group G1: 361 minutes present, 0 count: GROUP_UNDER_3_MEETINGS',
        cuts: [
          {
            minutes: 1,
            because: { reason: 'DAY_CAP', cap: dayCapMinutes.value, found: 361, effect: 'cut', counted: [] },
            text: '1 minute taken off: beyond the 360 that one day with one group can give (DAY_CAP)',
          },
        ],
        shortfall: {
          reason: 'GROUP_UNDER_3_MEETINGS',
          needed: groupThreshold.value,
          found: 1,
          sessions: [{ session: sessionNamed('S1'), label: 'S1' }],
          window: { from: '2024-01-01', to: '2025-01-01' },
          pending: true,
          finalOn: '2024-12-31',
          lacking: { sessions: 2, minutes: 0, by: '2024-12-31' },
          text: 'Needs 3 counting sessions of the group in 2024, found 1: S1. For now: the window is over on 2024-12-31.',
        },
        nearest: null,
        rules: [
          ruled('dayCapMinutes', 'one day with one group gives at most 360 minutes'),
          ruled('dayCap', 'what a day has beyond that is cut off'),
          ruled('groupThreshold', 'a group has at least 3 counting sessions in a window'),
          ruled('window', 'thresholds are looked at over a calendar year'),
        ],
        countedBy: [],
        carriedBy: null,
        adapted: [],
        setAside: [],
        facts: [
          fact('SessionHeld', 'session held'),
          fact('MemberJoined', 'member joined'),
          fact('IndustryFreeDeclared', 'declared free from the industry'),
        ],
      },
    ],
    withdrawn: [],
    thresholdFacts: [],
    judgedBy: [],
    training: [],
    setAside: [],
    facts: [opened],
    merged: null,
  })
  expect(window.value).toBe('calendar-year')
})

test('an attendance that counts names the rules by which it does, with level and source, and so does the whole its packs', () => {
  const of = kari()
  const pack = { layer: 'national', event: null, digest: digestOfValues(rules) } as const
  const judging = [pack]
  const tree = explained(of, rules, names, 'en', [], judging)
  const counting = tree.lines.filter(({ shortfall }) => shortfall === null)
  expect(counting.length).toBeGreaterThan(0)
  for (const { countedBy } of counting) {
    expect(countedBy.map(({ name, layer, source }) => ({ name, layer, source }))).toEqual(
      (['groupThreshold', 'doctorThresholdMinutes', 'minutesPerPoint'] as const).map((name) => ({
        name,
        layer: 'national',
        source: rules[name].source,
      })),
    )
  }
  expect(tree.lines.filter(({ shortfall }) => shortfall !== null).flatMap((one) => one.countedBy)).toEqual([])
  expect(tree.judgedBy).toEqual(judging.map((one) => ({ ...one, text: judgingRulesText(one) })))
  const lines = linesOf(tree).map(({ text }) => text)
  expect(lines[lines.indexOf('Judged by:') + 1]).toBe(judgingRulesText(pack))
  expect(linesOf(explained(of, rules, names, 'nb', [], judging)).map(({ text }) => text)).toContain('Vurdert etter:')
})

test('what could still be done stands with the attendance that it is about, not with the other group’s of the session', () => {
  const both = { G1: members, G2: members }
  const register = registerWith({
    ...base,
    groups: { G1: { members }, G2: { members } },
    sessions: [held('S1', '2024-02-01', { present: both })],
  })
  const points = pointsIn(register, 'Kari', { asOf: '2024-06-01' })
  const changes = points.lines.map(({ session, label, group }) => ({
    ...{ session, label, group, tried: 'everything' as const },
    steps: [{ step: 'sign' as const, group, by: legalDate(group === groupNamed('G1') ? '2024-07-01' : '2024-08-01') }],
  }))
  const { lines } = explained(points, defaultPack, names, 'en', changes)
  expect(lines.map(({ group, nearest }) => [group, nearest?.steps])).toEqual(
    changes.map(({ group, steps }) => [group, steps]),
  )
  expect(lines).toHaveLength(2)
})

test('rounding is named where there is one, and a threshold where it asks for something', () => {
  const one = <A>(value: A) => ({ value, source: defaultPack.quorum.source })
  const pack: RulePack = {
    ...defaultPack,
    rounding: one({ mode: 'floor', per: 'session', unit: 0.5 } as const),
    groupThreshold: one(0),
    doctorThresholdMinutes: one(0),
  }
  expect(rulesOfCounting(pack, [])).toEqual(['minutesPerPoint', 'rounding'])
})

test('an attendance taken off the list has its reason, its rule and its facts', () => {
  const [first] = explained(kari(), rules, names).withdrawn
  expect(Object.keys(first ?? {}).sort()).toEqual(
    ['session', 'label', 'group', 'date', 'reason', 'rules', 'facts', 'text'].sort(),
  )
  expect(first).toMatchObject({ label: 'F3', reason: 'var syk', text: expect.stringContaining('(var syk)') })
})

test('only texts and the name of the language change with the language', () => {
  const [english, norwegian] = languages.map((language) =>
    JSON.stringify(explained(kari(), rules, names, language), (key, value: unknown) =>
      key === 'text' || key === 'language' ? undefined : value,
    ),
  )
  expect(norwegian).toBe(english)
})

test('the stays and declarations that were found on other dates are named', () => {
  const { lines } = kari()
  const found = lines.flatMap(({ label, shortfall }) =>
    shortfall?.reason === 'NOT_MEMBER' || shortfall?.reason === 'NO_DECLARATION' ? [{ label, ...shortfall }] : [],
  )
  expect(found).toEqual([
    { label: 'D6', reason: 'NO_DECLARATION', declarations: [{ signed: '2023-03-01', withdrawn: '2023-12-01' }] },
    { label: 'D3', reason: 'NOT_MEMBER', stays: [{ joined: '2023-06-01', left: '2023-09-01' }] },
  ])
  const texts = (language: 'en' | 'nb') =>
    explained(kari(), rules, names, language).lines.flatMap(({ label, shortfall }) =>
      found.some((one) => one.label === label) ? [shortfall?.text] : [],
    )
  expect(texts('en')).toEqual([
    'Needs a declaration of freedom from the industry in force on that date, found only: signed 2023-03-01, withdrawn 2023-12-01.',
    'Needs membership of the group on that date, found only: from 2023-06-01 until 2023-09-01.',
  ])
  expect(texts('nb')).toEqual([
    'Krever en erklæring om industrifrihet som gjaldt på møtedatoen, fant bare: undertegnet 01.03.2023, trukket tilbake 01.12.2023.',
    'Krever medlemskap i smågruppen på møtedatoen, fant bare: fra 01.06.2023 inntil 01.09.2023.',
  ])
})

test('where there was no stay and no declaration at all, that is said', () => {
  const held = { starts: '2024-03-04 08:00', minutes: 120 }
  const register = registerWith({
    doctors: { Kari: '2024-01-01' },
    groups: {
      G1: { members: ['Ola'] },
      G2: { members: [{ doctor: 'Kari', joined: '2024-03-05' }] },
      G3: { members: ['Kari'], signed: null },
      G4: { members: ['Kari'], signed: '2024-03-05' },
    },
    sessions: [
      { ...held, session: 'S1', present: { G1: ['Kari', 'Ola'] } },
      { ...held, session: 'S2', present: { G2: ['Kari', 'Ola'] } },
      { ...held, session: 'S3', present: { G3: ['Kari', 'Ola'] } },
      { ...held, session: 'S4', present: { G4: ['Kari', 'Ola'] } },
    ],
  })
  const texts = (language: 'en' | 'nb') =>
    explained(pointsIn(register, 'Kari', { asOf: '2024-12-31' }), defaultPack, names, language).lines.map(
      ({ shortfall }) => shortfall?.text,
    )
  expect(texts('en')).toEqual([
    'Needs membership of the group on that date, found none.',
    'Needs membership of the group on that date, found only: from 2024-03-05.',
    'Needs a declaration of freedom from the industry in force on that date, found none.',
    'Needs a declaration of freedom from the industry in force on that date, found only: signed 2024-03-05.',
  ])
  expect(texts('nb')).toEqual([
    'Krever medlemskap i smågruppen på møtedatoen, fant ikke noe.',
    'Krever medlemskap i smågruppen på møtedatoen, fant bare: fra 05.03.2024.',
    'Krever en erklæring om industrifrihet som gjaldt på møtedatoen, fant ingen.',
    'Krever en erklæring om industrifrihet som gjaldt på møtedatoen, fant bare: undertegnet 05.03.2024.',
  ])
})

test('a window is told by its year where it is one, else by its days', () => {
  const register = registerWith({
    doctors: { Kari: '2024-01-01' },
    groups: { G1: { members: ['Kari', 'Ola'], registered: '2020-02-01' } },
    sessions: [{ session: 'S1', starts: '2024-03-04 08:00', minutes: 120, present: { G1: ['Kari', 'Ola'] } }],
  })
  const told = (value: 'calendar-year' | 'group-year') => {
    const by = { ...defaultPack, window: { ...defaultPack.window, value } }
    return explained(pointsIn(register, 'Kari', { asOf: '2025-12-31', rules: by }), by, names).lines[0]?.shortfall?.text
  }
  expect([told('calendar-year'), told('group-year')]).toEqual([
    'Needs 3 counting sessions of the group in 2024, found 1: S1.',
    'Needs 3 counting sessions of the group from 2024-02-01 through 2025-01-31, found 1: S1.',
  ])
})

// phrases.test.ts: every phrase that points are explained with, in each language, for one of a thing, for several and for none

import { expect, test } from 'vitest'
import { eventIdOf } from '../kernel/event.ts'
import { danishPack } from '../rules/danish-pack.ts'
import { defaultPack } from '../rules/default-pack.ts'
import type { RuleName } from '../rules/rule-pack.ts'
import { commandNamed, doctorNamed, groupNamed, sessionNamed } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { pointsOf } from '../values/points.ts'
import { headingsOf } from './headings.ts'
import { type Language, languages, phrasesOf } from './language.ts'
import type { Called } from './phrases.ts'

const date = legalDate('2024-12-31')
const clock = { date, time: '14:05:00.000', offset: '+01:00' }
const year = { from: legalDate('2024-01-01'), to: legalDate('2025-01-01') }
const session = { session: sessionNamed('S1'), label: 'S1' }
const attendance = { ...session, group: groupNamed('G1') }
const other = { session: sessionNamed('S2'), label: 'S2', group: groupNamed('G2') }
const some = [[], ['S1'], ['S1', 'S2']]

const called: Called = {
  doctors: (doctors) => doctors.map((_, nth) => ['Kari', 'Ola'][nth] ?? ''),
  sessions: (sessions) => sessions.map(({ label }) => label),
  attendances: (attendances) => attendances.map(({ label }) => `${label} there`),
  attended: (attendances) => attendances.map(({ label }) => `${label} attended`),
  window: ({ from }) => `in a window from ${from}`,
}

/** The rules of the default pack, and those of another where it says something else; then what neither of them says. */
const rules = (language: Language): ReadonlyArray<string> => {
  const { rule } = phrasesOf[language]
  const said = <Name extends RuleName>(name: Name): ReadonlyArray<string> =>
    [defaultPack, danishPack].map((pack) => `${name}: ${rule[name](pack[name].value)}`)
  const others = [
    ...(['group-year', 'rolling-12-months'] as const).map(rule.window),
    ...(['cures-window', { curesDays: 1 }, { curesDays: 14 }] as const).map(rule.declaration),
    ...[1, 2].map((months) => rule.plannedWithin({ months })),
    ...(['floor', 'half-up'] as const).flatMap((mode) =>
      (['session', 'window'] as const).map((per) => rule.rounding({ mode, per, unit: 0.5 })),
    ),
    ...([1, 10] as const).map(rule.yearlyCap),
    ...[1, 2].flatMap((few) => [
      rule.periodYears(few),
      rule.quorum(few),
      rule.sessionMinutesMin(few),
      rule.dayCapMinutes(few),
      rule.groupThreshold(few),
      rule.doctorThresholdMinutes(few),
      rule.minutesPerPoint(few),
      rule.mandatory(few),
      rule.electiveMax(few),
      rule.courseSubjects(few),
      rule.clinicalCourses(few),
      rule.sameColleagueVisits(few),
      rule.clinicDaysAbroad(few),
      rule.onlineClinicalCourses(few),
    ]),
    rule.dayCap('reject'),
    rule.membershipTransfer('adds-up'),
    rule.nextPeriod('from-decision'),
    rule.nextPeriod('from-old-end'),
  ]
  const names = Object.keys(rule).filter((name): name is RuleName => name in defaultPack)
  return [...new Set([...names.flatMap(said), ...others])]
}

const shortfalls = (language: Language): ReadonlyArray<string> => {
  const { shortfall, pending } = phrasesOf[language]
  const threshold = { window: year, pending: true, finalOn: date, lacking: null }
  return [
    shortfall.GUEST({ reason: 'GUEST' }, called),
    ...[
      [],
      [{ joined: date, left: null }],
      [
        { joined: year.from, left: date },
        { joined: date, left: null },
      ],
    ].map((stays) => shortfall.NOT_MEMBER({ reason: 'NOT_MEMBER', stays }, called)),
    shortfall.HOSTING({ reason: 'HOSTING' }, called),
    ...[1, 2].map((found) => shortfall.INDUSTRY({ reason: 'INDUSTRY', found }, called)),
    ...[[], [{ signed: year.from, withdrawn: date }], [{ signed: date, withdrawn: null }]].map((declarations) =>
      shortfall.NO_DECLARATION({ reason: 'NO_DECLARATION', declarations }, called),
    ),
    ...[[], ['Kari'], ['Kari', 'Ola']]
      .map((present) => present.map(doctorNamed))
      .map((present) =>
        shortfall.BELOW_QUORUM({ reason: 'BELOW_QUORUM', needed: 3, found: present.length, present }, called),
      ),
    ...[1, 60].map((needed) => shortfall.SESSION_TOO_SHORT({ reason: 'SESSION_TOO_SHORT', needed, found: 0 }, called)),
    ...[null, date].map((found) =>
      shortfall.PLANNED_TOO_LATE({ reason: 'PLANNED_TOO_LATE', needed: year.from, found }, called),
    ),
    shortfall.GROUP_SIZE({ reason: 'GROUP_SIZE', needed: { min: 6, max: 12 }, found: 5 }, called),
    shortfall.NO_MINUTES({ reason: 'NO_MINUTES' }, called),
    shortfall.OVERLAPPING({ reason: 'OVERLAPPING', counted: [attendance, other] }, called),
    ...(['cut', 'reject'] as const).map((effect) =>
      shortfall.DAY_CAP({ reason: 'DAY_CAP', cap: 360, found: 400, effect, counted: [attendance, other] }, called),
    ),
    shortfall.DAY_CAP({ reason: 'DAY_CAP', cap: 0, found: 60, effect: 'cut', counted: [] }, called),
    ...[1, 10].flatMap((cap) =>
      [[], [attendance, other]].map((counted) =>
        shortfall.YEARLY_CAP({ reason: 'YEARLY_CAP', cap, year: 2024, counted }, called),
      ),
    ),
    ...[1, 3].flatMap((needed) =>
      [[], [session, other]].map((sessions) =>
        shortfall.GROUP_UNDER_3_MEETINGS(
          { reason: 'GROUP_UNDER_3_MEETINGS', needed, found: sessions.length, sessions, ...threshold },
          called,
        ),
      ),
    ),
    ...[1, 360].flatMap((needed) =>
      [[], [attendance, other]].map((sessions) =>
        shortfall.DOCTOR_UNDER_6_HOURS(
          { reason: 'DOCTOR_UNDER_6_HOURS', needed, found: 0, sessions, ...threshold },
          called,
        ),
      ),
    ),
    pending('31.12.'),
  ]
}

const changes = (language: Language): ReadonlyArray<string> => {
  const { nearest, toMeet, toSign, toClear } = phrasesOf[language]
  return [
    ...(['everything', 'all-but-change-of-group'] as const).flatMap((tried) =>
      some.map((steps) => nearest(steps, tried)),
    ),
    ...[0, 1, 2].flatMap((sessions) =>
      [0, 1, 2].flatMap((minutes) =>
        sessions + minutes === 0
          ? []
          : [true, false].map((joining) =>
              toMeet({ sessions, minutes, group: 'G1', by: '31.12.', joining, planned: [] }),
            ),
      ),
    ),
    toMeet({ sessions: 2, minutes: 0, group: 'G1', by: '31.12.', joining: false, planned: ['S1', 'S2'] }),
    toSign('G1', '31.12.'),
    toClear('S1'),
  ]
}

const cuts = (language: Language): ReadonlyArray<string> => {
  const { overlappingCut, dayCapCut, yearlyCapCut, transferred } = phrasesOf[language]
  const of = ['S1', 'S2'].map((session) => ({ minutes: 30, session }))
  const cap = { reason: 'DAY_CAP', cap: 360, found: 400, counted: [] } as const
  return [
    ...[1, 2].map((minutes) => overlappingCut(minutes, ['S1', 'S2'])),
    ...some.map((after) => dayCapCut(40, { ...cap, effect: 'cut' }, after)),
    ...[1, 400].map((minutes) => dayCapCut(minutes, { ...cap, effect: 'reject' }, [])),
    ...some.map((after) => yearlyCapCut('1.00', 10, 2024, after)),
    ...[1, 2].map((few) =>
      transferred({
        window: called.window(year),
        needed: 360,
        found: 300,
        together: 300 + 30 * few,
        of: of.slice(0, few),
      }),
    ),
  ]
}

const totals = (language: Language): ReadonlyArray<string> => {
  const phrases = phrasesOf[language]
  return [
    phrases.title({ doctor: 'Kari', date: phrases.date(date), asKnown: phrases.asKnown(clock) }),
    phrases.asKnown({ endOf: date }),
    phrases.points(pointsOf(500, 60)),
    phrases.noPeriod,
    phrases.period('1', '2'),
    phrases.goesOn,
    ...[null, '2'].flatMap((to) => [phrases.trainingPeriod('1', to), phrases.usedInTraining('1', to)]),
    phrases.noTraining,
    ...(['renewed', 'not-renewed'] as const).map((outcome) => phrases.decided('1', outcome)),
    ...[1, 500].map((minutes) => phrases.counted(minutes, '8.33')),
    phrases.mandatory('8.33', 20, null, null),
    phrases.mandatory('8.33', 20, '11.67', null),
    phrases.mandatory('8.33', 20, '11.67', '31.12.'),
    phrases.elective('0.00', 130, '1.00'),
    ...[1, 2].map(phrases.heldBack),
    phrases.indication,
    ...[1, 60].map((present) =>
      phrases.attendance({ date: '1', session: 'S1', group: 'G1', present, verdict: phrases.counts(present) }),
    ),
    phrases.countsNothing('GUEST'),
    ...['', 'ill'].map((reason) => phrases.takenOff({ date: '1', session: 'S1', group: 'G1', reason })),
    phrases.attendanceName('S1', 'G1'),
    phrases.window({ year: 2024 }),
    phrases.window({ from: '1', through: '2' }),
    phrases.totalFollows,
    phrases.facts,
    phrases.periodRestsOn,
    phrases.thresholdsRestOn,
    phrases.oneDoctor(['Kari', 'Kari again']),
  ]
}

const sources = (language: Language): ReadonlyArray<string> => {
  const phrases = phrasesOf[language]
  const rule = { name: 'quorum', says: 'so it is', source: 'A circular' } as const
  const recorded = { type: 'SessionHeld', id: '7', recordedAt: clock }
  return [
    phrases.ruled({ ...rule, setBy: null }),
    ...(['national', 'region', 'hospital', 'group', 'dispensation'] as const).flatMap((layer) => [
      phrases.layer[layer],
      phrases.ruled({ ...rule, setBy: { layer, event: eventIdOf(commandNamed('published'), 0) } }),
    ]),
    ...Object.values(phrases.fact).map((fact) => `${fact}; ${phrases.corrected(fact)}`),
    ...[null, clock, { endOf: date }].map((knownSince) => phrases.recorded({ name: 'held', ...recorded, knownSince })),
  ]
}

const setAside = (language: Language): ReadonlyArray<string> => {
  const phrases = phrasesOf[language]
  const said = { name: 'quorum', says: 'so it says', source: 'A letter' } as const
  const instead = { says: 'so it is', source: 'A circular' }
  const by = { layer: 'group', event: eventIdOf(commandNamed('group'), 0) } as const
  const above = { layer: 'region', event: eventIdOf(commandNamed('region'), 0) } as const
  const because = { path: 'parameters.quorum', found: 'this', expected: 'that' }
  return [
    ...(
      ['RuleIsFixed', 'LoosensRule', 'OutsideRange', 'PermissionLoosened', 'NotOfThisLayer', 'RulesContradict'] as const
    ).map((_tag) =>
      phrases.setAside({ ...said, by, instead: { ...instead, setBy: null }, because: { _tag, ...because } }),
    ),
    phrases.setAside({
      ...said,
      by,
      instead: { ...instead, setBy: above },
      because: { _tag: 'RuleIsFixed', ...because },
    }),
  ]
}

test.each(languages)('every phrase of %s, word for word', async (language) => {
  const said = [totals, shortfalls, changes, cuts, rules, sources, setAside].map((some) => some(language).join('\n'))
  await expect(`${said.join('\n\n')}\n`).toMatchFileSnapshot(`phrases.${language}.golden.txt`)
})

test('the headings for those who lay the parts out themselves, word for word', () => {
  const of = (language: Language) => {
    const { facts, totalFollows, periodRestsOn, thresholdsRestOn, plannedSessions, stillMissing, layer } =
      headingsOf[language]
    return [facts, totalFollows, periodRestsOn, thresholdsRestOn, plannedSessions, stillMissing, layer.group]
  }
  expect(of('en')).toEqual([
    'Facts:',
    'The total follows these rules:',
    'The period rests on:',
    'The thresholds also rest on:',
    'Planned:',
    'Still missing:',
    'the group’s adaptation',
  ])
  expect(of('nb')).toEqual([
    'Fakta:',
    'Summen følger disse reglene:',
    'Perioden bygger på:',
    'Kravene til møter og timer bygger også på:',
    'Planlagt:',
    'Mangler fortsatt:',
    'smågruppens tilpasning',
  ])
})

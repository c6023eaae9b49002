// naive-any-rules.test-kit.ts: random rules in layers, for the histories of the second evaluator

import fc from 'fast-check'
import type { Day } from './naive-calendar.test-kit.ts'
import { always, anyMoment, inOrder, known, mostly, oneOf, retracted } from './naive-moments.test-kit.ts'
import { byDefault, type NaiveRules, type Permits, type Says, type ToldRules } from './naive-rules.test-kit.ts'

/** Some of the parameters; any of them where nothing stands above. */
const anySays = (): fc.Arbitrary<Says> =>
  fc
    .record(
      {
        window: oneOf<NaiveRules['window']>('group-year', 'group-year', 'rolling-12-months'),
        minutesPerPoint: fc.constant<45>(45),
        rounding: fc.record({
          mode: oneOf<'floor' | 'half-up'>('floor', 'half-up'),
          per: oneOf<'session' | 'window'>('session', 'window'),
          unit: oneOf<0.5 | 1>(0.5, 1),
        }),
        dayCap: fc.constant<'reject'>('reject'),
        declaration: oneOf<NaiveRules['declaration']>('cures-window', { curesDays: 31 }, { curesDays: 59 }),
        membershipTransfer: fc.constant<'adds-up'>('adds-up'),
        yearlyCap: oneOf(2, 4, 7),
        nextPeriod: fc.constant<'from-decision'>('from-decision'),
        quorum: oneOf(1, 2, 3),
        groupThreshold: oneOf(1, 2, 2, 4),
        doctorThresholdMinutes: oneOf(0, 120, 300, 480),
        sessionMinutesMin: oneOf(30, 59, 61, 121),
        mandatory: oneOf(3, 10),
        dayCapMinutes: oneOf(150, 200, 300),
        electiveMax: oneOf(2, 4),
      },
      { requiredKeys: [] },
    )
    .map(({ rounding, ...says }) => {
      if (rounding === undefined) return says
      const isRolling = says.window === 'rolling-12-months'
      return { ...says, rounding: isRolling ? { ...rounding, per: 'session' } : rounding }
    })

/** Rules under which what was attended in two groups is often too little with each and enough together. */
const anyTransfer = (): fc.Arbitrary<Says> =>
  fc.record({
    membershipTransfer: fc.constant<'adds-up'>('adds-up'),
    groupThreshold: oneOf(1, 2),
    doctorThresholdMinutes: oneOf(300, 480, 600),
  })

const isOrdered = (name: string): boolean => !['window', 'rounding', 'nextPeriod'].includes(name)

const anyPermits = (): fc.Arbitrary<Permits> => {
  const permission = (name: string): fc.Arbitrary<'fixed' | 'may-be-stricter' | 'free'> =>
    isOrdered(name) ? oneOf('free', 'free', 'may-be-stricter', 'fixed') : oneOf('free', 'fixed')
  return fc.record({
    window: permission('window'),
    minutesPerPoint: permission('minutesPerPoint'),
    rounding: permission('rounding'),
    dayCap: permission('dayCap'),
    declaration: permission('declaration'),
    membershipTransfer: permission('membershipTransfer'),
    yearlyCap: permission('yearlyCap'),
    nextPeriod: permission('nextPeriod'),
    quorum: permission('quorum'),
    groupThreshold: permission('groupThreshold'),
    doctorThresholdMinutes: permission('doctorThresholdMinutes'),
    sessionMinutesMin: permission('sessionMinutesMin'),
    mandatory: permission('mandatory'),
    dayCapMinutes: permission('dayCapMinutes'),
    electiveMax: permission('electiveMax'),
  })
}

/** What a local pack says: a few of the parameters, some as they are by default. */
const anyLocalSays = (): fc.Arbitrary<Says> =>
  fc
    .tuple(anySays(), fc.subarray(Object.keys(byDefault)), fc.subarray(Object.keys(byDefault)))
    .map(([says, some, back]) => {
      const kept = Object.entries(says).filter(([name]) => some.includes(name))
      const asEver = Object.entries(byDefault).filter(([name]) => back.includes(name) && !some.includes(name))
      const all: Says = Object.fromEntries([...kept, ...asEver.slice(0, 2)])
      const { rounding, window } = all
      const clashes = window === 'rolling-12-months' && typeof rounding === 'object' && rounding.per === 'window'
      return clashes ? { ...all, rounding: 'none' } : all
    })

export const anyRules = (): fc.Arbitrary<ReadonlyArray<ToldRules>> => {
  const from = oneOf('2020-01-01', '2024-01-01', '2024-03-31')
  const span = { from, until: mostly<Day | null>(null, oneOf('2024-05-02', '2025-01-01'), 2) }
  const times = { known: known(), retracted: retracted() }
  const national = (day: Day, known: fc.Arbitrary<string>) =>
    fc
      .record({ says: anySays(), transfer: mostly<Says>({}, anyTransfer(), 2), permits: anyPermits(), known })
      .map(({ says, transfer, permits, known }) => ({ from: day, says: { ...says, ...transfer }, permits, known }))
  const local = { ...span, says: anyLocalSays(), ...times }
  return fc
    .record({
      first: national('2020-01-01', mostly(always, anyMoment(), 6)),
      second: fc.option(national('2024-05-02', known()), { freq: 2 }),
      region: fc.option(fc.record({ ...local, region: oneOf('4601', '0301') }), { freq: 2 }),
      hospital: fc.option(fc.record(local), { freq: 2 }),
      group: fc.option(fc.record({ ...local, group: oneOf('G1', 'G2', 'G3') }), { freq: 2 }),
      own: fc.tuple(
        ...['Kari', 'Ola'].map((doctor) =>
          fc.option(fc.record({ ...local, doctor: fc.constant(doctor) }), { freq: 2 }),
        ),
      ),
    })
    .map(({ first, second, region, hospital, group, own }) => {
      // A local pack names the one that it was made under, and is not known before it.
      const after = <A extends { readonly known: string; readonly retracted: string | null }>(one: A): A =>
        inOrder(one.known < first.known ? { ...one, known: first.known } : one)
      return [
        { layer: 'national', retracted: null, ...first },
        ...(second === null ? [] : [{ layer: 'national' as const, retracted: null, ...second }]),
        ...(region === null ? [] : [after({ layer: 'region' as const, ...region })]),
        ...(hospital === null ? [] : [after({ layer: 'hospital' as const, ...hospital })]),
        ...(group === null ? [] : [after({ layer: 'group' as const, ...group })]),
        ...own.flatMap((one) =>
          one === null ? [] : [after({ layer: 'dispensation' as const, ...one, until: one.until ?? '2030-01-01' })],
        ),
      ]
    })
}

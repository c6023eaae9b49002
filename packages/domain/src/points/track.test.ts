// track.test.ts: specialist training and resertification, and each minute used in one of them

import { describe, expect, test } from 'vitest'
import type { DoctorEvent } from '../doctor/doctor-events.ts'
import { defaultPack } from '../rules/default-pack.ts'
import { inForceAfter, pack, published, source } from '../rules/published.test-kit.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import { activityNamed, doctorNamed, doctorStream, inOslo } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { shownPoints } from '../values/points.ts'
import type { Track } from '../values/track.ts'
import { explanation } from './explanation.ts'
import { assessEachPeriod, points } from './points.ts'
import { kari, story } from './track.test-kit.ts'

const shares = ({ mandatory, elective, overflow }: ReturnType<typeof points>) =>
  [mandatory, elective, overflow].map(shownPoints)

describe('S1-17 in specialist training', () => {
  test('S1-17 20 points are mandatory and 130 elective, as after it', () => {
    const { say, asked } = story('2023-01-01')
    say('SpecialistTrainingStarted', '2019-01-01')
    say('SpecialtyGranted', '2023-01-01')
    const training = asked('specialist-training', '2022-12-31')
    expect(shares(training)).toEqual(['20.00', '100.00', '0.00'])
    expect(training.period).toEqual({ from: '2019-01-01', to: '2023-01-01' })
    expect(shares(asked('resertification', '2024-12-31'))).toEqual(['20.00', '40.00', '0.00'])
  })

  test('S1-17 what is beyond both is overflow', () => {
    const { say, asked } = story(null, 10)
    say('SpecialistTrainingStarted', '2019-01-01')
    expect(shares(asked('specialist-training', '2024-12-31'))).toEqual(['20.00', '130.00', '210.00'])
  })

  test('S1-17 as long as its end is not known it goes on, and there is none before it, after it or without it', () => {
    const { say, asked } = story('2023-01-01')
    const started = say('SpecialistTrainingStarted', '2019-01-01')
    const open = asked('specialist-training', '2020-06-01')
    expect(open).toMatchObject({ period: { from: '2019-01-01', to: '2020-06-02' }, goesOn: true, training: [] })
    expect(open.facts.map(({ id }) => id)).toEqual([started.id])
    say('SpecialistTrainingLeft', '2021-01-01')
    expect(asked('specialist-training', '2018-12-31').period).toBeNull()
    const past = { period: { from: '2019-01-01', to: '2021-01-01' }, goesOn: false }
    expect(asked('specialist-training', '2020-12-31')).toMatchObject({ goesOn: true })
    expect(asked('specialist-training', '2021-01-01')).toMatchObject(past)
    say('SpecialistTrainingStarted', '2022-01-01')
    expect(asked('specialist-training', '2022-01-01').period).toEqual({ from: '2019-01-01', to: '2022-01-02' })
    expect(asked('specialist-training', '2021-12-31')).toMatchObject(past)
  })

  test('S1-17 what was left on the day on which it is begun anew goes on, in whichever order that was recorded', () => {
    const { say, asked } = story('2019-01-01')
    say('SpecialistTrainingStarted', '2019-01-01')
    say('SpecialistTrainingStarted', '2020-01-01')
    say('SpecialistTrainingLeft', '2020-01-01')
    expect(asked('specialist-training', '2024-12-31')).toMatchObject({ period: { from: '2019-01-01' }, goesOn: true })
    expect(asked('resertification', '2024-12-31').training.map(({ from, to }) => [from, to])).toEqual([
      ['2020-01-01', null],
    ])
  })

  test('S1-17 each period is told the training of its own days', () => {
    const { say, evidence } = story('2014-01-01')
    for (const [from, to] of [
      ['2016-01-01', '2019-01-01'],
      ['2022-01-01', '2023-01-01'],
      ['2024-01-01', null],
    ] as const) {
      say('SpecialistTrainingStarted', from)
      if (to !== null) say('SpecialistTrainingLeft', to)
    }
    const question = { effectiveThrough: legalDate('2024-12-31'), asKnownAt: inOslo('2100-01-01') }
    const periods = assessEachPeriod(evidence(), defaultPack, question, 'resertification')(kari)
    expect(periods.map(({ period, training }) => [period?.from, training.map(({ from, to }) => [from, to])])).toEqual([
      ['2014-01-01', [['2016-01-01', '2019-01-01']]],
      ['2019-01-01', [['2022-01-01', '2023-01-01']]],
      ['2024-01-01', [['2024-01-01', null]]],
    ])
  })

  test('S1-17 what was never begun is not left, and what was begun twice goes on', () => {
    const never = story('2019-01-01')
    never.say('SpecialistTrainingLeft', '2020-01-01')
    expect(never.asked('specialist-training', '2024-12-31').period).toBeNull()
    const twice = story('2019-01-01')
    twice.say('SpecialistTrainingStarted', '2019-01-01')
    twice.say('SpecialistTrainingStarted', '2020-01-01')
    expect(twice.asked('specialist-training', '2024-12-31')).toMatchObject({
      period: { from: '2019-01-01' },
      goesOn: true,
    })
  })

  test('S1-17 S1-18 training that was left and begun again is one, and the days between are not its', () => {
    const { say, asked, evidence } = story('2019-01-01')
    const eachOf = (track: Track, asOf: string) =>
      assessEachPeriod(
        evidence(),
        defaultPack,
        { effectiveThrough: legalDate(asOf), asKnownAt: inOslo('2100-01-01') },
        track,
      )(kari).map(({ period }) => `${period?.from} ${period?.to}`)
    const facts = [
      say('SpecialistTrainingStarted', '2019-01-01'),
      say('SpecialistTrainingLeft', '2020-01-01'),
      say('SpecialistTrainingStarted', '2022-01-01'),
      say('SpecialtyGranted', '2023-01-01'),
    ].map(({ id }) => id)
    const yearsOf = (track: Track, asOf: string) => [
      ...new Set(asked(track, asOf).lines.map(({ date }) => date.slice(0, 4))),
    ]
    const training = asked('specialist-training', '2024-12-31')
    expect(training).toMatchObject({ period: { from: '2019-01-01', to: '2023-01-01' }, goesOn: false })
    expect(training.facts.map(({ id }) => id)).toEqual(facts)
    expect(yearsOf('specialist-training', '2024-12-31')).toEqual(['2019', '2022'])
    expect(eachOf('specialist-training', '2024-12-31')).toEqual(['2019-01-01 2023-01-01'])
    expect(yearsOf('resertification', '2023-12-31')).toEqual(['2020', '2021', '2023'])
    // A specialty that was granted ends it: the next training is another.
    say('SpecialistTrainingStarted', '2024-01-01')
    expect(asked('specialist-training', '2024-12-31').period?.from).toBe('2024-01-01')
    expect(yearsOf('specialist-training', '2024-12-31')).toEqual(['2024'])
  })

  test('S1-17 S1-20 what was demanded of training that is over is what the rules of its last day say', () => {
    const { say, evidence } = story('2023-01-01')
    say('SpecialistTrainingStarted', '2019-01-01')
    say('SpecialtyGranted', '2023-01-01')
    const more = { mandatory: { value: 60, source, permission: 'fixed' } }
    const rules = inForceAfter(published.pack(pack('2023-01-01', more)))
    const question = { effectiveThrough: legalDate('2024-12-31'), asKnownAt: inOslo('2100-01-01') }
    const over = points(kari, evidence(), rules, question, 'specialist-training')
    expect(shares(over)).toEqual(['20.00', '100.00', '0.00'])
    const names = { doctor: () => 'Kari', group: () => 'G1' }
    expect(explanation(over, rules, names)).toContain('Mandatory: 20.00 of 20, met')
  })
})

describe('S1-18 a minute is used in one track only', () => {
  test('S1-18 training takes its days out of a period of resertification that holds them, and says so', () => {
    const { say, asked, programme, record } = story('2021-01-01')
    say('SpecialistTrainingStarted', '2020-01-01')
    const granted = say('SpecialtyGranted', '2022-07-01')
    const visit = (name: string, on: string): DoctorEvent => ({
      type: 'ActivityRecorded',
      data: { activity: activityNamed(name), what: { kind: 'elective', on: legalDate(on), points: 5 } },
    })
    for (const [name, on] of [
      ['in training', '2022-06-30'],
      ['after it', '2022-07-01'],
    ] as const)
      record(doctorStream('Kari'), visit(name, on))
    const after = asked('resertification', '2024-12-31')
    expect(after.lines[0]?.date).toBe('2023-01-10')
    expect(after.lines).toHaveLength(10)
    expect(after.training).toMatchObject([{ from: '2020-01-01', to: '2022-07-01' }])
    expect(after.training[0]?.facts.map(({ id }) => id)).toContain(granted.id)
    expect(programme('2024-12-31').lines.map(({ activity }) => activity)).toEqual([activityNamed('after it')])
    const names = { doctor: () => 'Kari', group: () => 'G1' }
    expect(explanation(after, defaultPack, names)[2]).toBe(
      'In specialist training since 2020-01-01 until 2022-07-01: what was attended then is used there.',
    )
    expect(explanation(after, defaultPack, names, 'nb')[2]).toBe(
      'I spesialistutdanning siden 01.01.2020 inntil 01.07.2022: det som ble gjort da, teller der.',
    )
    const during = asked('specialist-training', '2022-06-30')
    expect(explanation(during, defaultPack, names)[1]).toBe('Specialist training since 2020-01-01')
    expect(explanation(during, defaultPack, names, 'nb')[1]).toBe('Spesialistutdanning siden 01.01.2020')
    const open = asked('resertification', '2022-06-30')
    expect(explanation(open, defaultPack, names)[2]).toBe(
      'In specialist training since 2020-01-01: what was attended then is used there.',
    )
    expect(explanation(open, defaultPack, names, 'nb')[2]).toBe(
      'I spesialistutdanning siden 01.01.2020: det som ble gjort da, teller der.',
    )
    const ended = asked('specialist-training', '2023-01-01')
    expect(explanation(ended, defaultPack, names)[1]).toBe(
      'Specialist training 2020-01-01 to 2022-07-01 (that day not included)',
    )
    expect(explanation(ended, defaultPack, names, 'nb')[1]).toBe(
      'Spesialistutdanning 01.01.2020 til 01.07.2022 (den dagen ikke medregnet)',
    )
    const none = asked('specialist-training', '2019-12-31')
    expect(explanation(none, defaultPack, names)[1]).toBe(
      'The doctor has not been in specialist training by that date, so nothing is counted.',
    )
    expect(explanation(none, defaultPack, names, 'nb')[1]).toBe(
      'Legen har ikke vært i spesialistutdanning før den datoen, så ingenting teller.',
    )
  })

  test('S1-18 the thresholds look at the whole window, whatever the track', () => {
    const { say, asked } = story('2019-01-01', 3)
    say('SpecialistTrainingStarted', '2020-02-01')
    say('SpecialtyGranted', '2020-03-01')
    const of2020 = (track: Track, asOf: string) =>
      asked(track, asOf).lines.flatMap(({ date, counted }) => (date.startsWith('2020') ? [`${date} ${counted}`] : []))
    expect(of2020('resertification', '2020-12-31')).toEqual(['2020-01-10 360', '2020-03-10 360'])
    expect(of2020('specialist-training', '2020-02-29')).toEqual(['2020-02-10 0'])
    expect(of2020('specialist-training', '2020-12-31')).toEqual(['2020-02-10 360'])
  })

  test('S1-18 the points that a calendar year can give are used by both tracks together', () => {
    const { say, evidence } = story('2019-01-01')
    say('SpecialistTrainingStarted', '2019-01-01')
    say('SpecialtyGranted', '2020-03-01')
    const rules: RulePack = { ...defaultPack, yearlyCap: { ...defaultPack.yearlyCap, value: 14 } }
    const of2020 = (track: Track) => {
      const question = { effectiveThrough: legalDate('2020-12-31'), asKnownAt: inOslo('2100-01-01') }
      return points(kari, evidence(), rules, question, track).lines.flatMap((line) =>
        line.date.startsWith('2020') ? [`${line.date} ${shownPoints(line.points)}`] : [],
      )
    }
    expect(of2020('specialist-training')).toEqual(['2020-01-10 6.00', '2020-02-10 6.00'])
    expect(of2020('resertification')).toEqual(['2020-03-10 2.00', '2020-04-10 0.00', '2020-05-10 0.00'])
  })

  test('S1-18 training under another record of the doctor is the doctor’s', () => {
    const { say, asked, record } = story('2019-01-01')
    say('SpecialistTrainingStarted', '2020-01-01', 'Kari again')
    expect(asked('resertification', '2020-12-31').lines).toHaveLength(10)
    record(doctorStream('Kari'), { type: 'DoctorsMerged', data: { absorbed: doctorNamed('Kari again') } })
    expect(asked('resertification', '2020-12-31').lines).toHaveLength(5)
  })
})

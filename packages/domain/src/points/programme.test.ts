// programme.test.ts: the 300 points of a period, what is demanded of them, and which cap cuts what

import { describe, expect, test } from 'vitest'
import type { Activity, DoctorEvent } from '../doctor/doctor-events.ts'
import { ruleNames } from '../rules/changes.ts'
import { defaultPack } from '../rules/default-pack.ts'
import type { RuleName } from '../rules/rule-pack.ts'
import { activityNamed, doctorNamed, doctorStream, inOslo, registerWith } from '../testing/index.ts'
import { type Language, languages, phrasesOf } from './language.ts'
import {
  asking,
  clinicDay,
  counted,
  course,
  coursesMet,
  demandsOf,
  elective,
  observership,
  on,
  shownIn,
  supervising,
  visit,
  visitsMet,
} from './programme.test-kit.ts'
import { type DoctorProgramme, programme } from './programme.ts'
import { explainedProgramme, programmeExplanation, programmeLinesOf } from './programme-explained.ts'

describe('the 300 points', () => {
  test('S1-18c G14 small group 150, courses met, visits 20, other elective 10: 280 of 300, not met', () => {
    const answered = asking([...coursesMet, ...visitsMet, elective(10)], { aYear: 30 })
    expect(shownIn(answered.smallGroup.points)).toBe(150)
    expect([answered.points, answered.needed, answered.missing].map(shownIn)).toEqual([280, 300, 20])
    expect(answered.met).toBe(false)
    expect(demandsOf(answered)).toEqual({
      coursePoints: '100',
      courseSubjects: '6',
      clinicalCourses: '5',
      acuteMedicineCourses: '1',
      practiceVisits: '20',
      mandatory: '20',
      electivePoints: '140 short',
    })
  })

  test('S1-18c with 20 more of other work they are met, and what is beyond is shown and worth nothing', () => {
    const answered = asking([...coursesMet, ...visitsMet, elective(35)], { aYear: 30 })
    expect([answered.met, shownIn(answered.points), shownIn(answered.missing)]).toEqual([true, 300, 0])
    expect(Object.values(answered.elective).map(shownIn)).toEqual([130, 30, 5])
    expect(shownIn(answered.lines.at(-1)?.overflow ?? { numerator: 0, denominator: 1 })).toBe(5)
  })

  test('without a period nothing is counted, nor anything before it, after it or later than asked', () => {
    const answered = asking([elective(10)], { asOf: '2020-12-31' })
    expect(answered).toMatchObject({ period: null, met: false, lines: [] })
    const dates = ['2020-12-31', '2021-01-01', '2023-06-01', '2023-06-02'].map((date) => elective(1, date))
    expect(asking(dates, { asOf: '2023-06-01' }).lines.map(({ what }) => what.on)).toEqual(['2021-01-01', '2023-06-01'])
  })
})

describe('what counts towards a demand', () => {
  const toward = (answered: DoctorProgramme) =>
    Object.fromEntries(
      answered.demands.map(({ name, lines }) => [
        name,
        lines.map((one) => (one.what === 'attendance' ? one.label : one.activity)),
      ]),
    )

  test('is named with its facts: the attendances that fill the mandatory points, then those that are elective', () => {
    const answered = asking([elective(10), visit('2022-04-01')], { aYear: 30 })
    const given = answered.smallGroup.lines.filter(({ points }) => points.numerator > 0).map(({ label }) => label)
    const { mandatory, electivePoints, practiceVisits, coursePoints } = toward(answered)
    expect(mandatory?.length).toBeGreaterThan(0)
    expect(given.slice(0, mandatory?.length)).toEqual(mandatory)
    expect(electivePoints?.slice(0, -1)).toEqual(given.slice(-(electivePoints?.length ?? 0) + 1))
    expect(answered.lines.map(({ activity }) => activity)).toEqual([practiceVisits?.[0], electivePoints?.at(-1)])
    expect(coursePoints).toEqual([])
    for (const { facts } of answered.demands.flatMap(({ lines }) => lines)) expect(facts.length).toBeGreaterThan(0)
    const facts = answered.lines.map((line) => line.facts)
    expect(answered.demands.find(({ name }) => name === 'practiceVisits')?.lines.map((line) => line.facts)).toEqual([
      facts[0],
    ])
  })

  test('of courses online no more than count among the clinical ones, and none that is worth nothing', () => {
    const few = [
      course('skin', 15, { form: 'online', course: 'clinical', on: on('2024-01-01') }),
      course('skin', 15, { form: 'online', course: 'clinical', on: on('2024-01-02') }),
      course('skin', 15, { form: 'online', course: 'clinical', on: on('2024-01-03') }),
      course('law', 0, { on: on('2024-01-04') }),
    ]
    const answered = asking(few)
    const { clinicalCourses, courseSubjects } = toward(answered)
    const most = defaultPack.onlineClinicalCourses.value
    const all = answered.lines.map(({ activity }) => activity)
    expect([clinicalCourses, courseSubjects]).toEqual([all.slice(0, most), all.slice(0, 3)])
  })
})

describe('what is demanded of courses', () => {
  test.for<[string, ReadonlyArray<Activity>, Record<string, string>]>([
    ['nothing', [], { coursePoints: '0 short', courseSubjects: '0 short', clinicalCourses: '0 short' }],
    ['one spelling and another are one area', [course('Skin', 10), course(' skin', 10)], { courseSubjects: '1 short' }],
    ['a course of no points has no area', [course('skin', 0)], { courseSubjects: '0 short' }],
    [
      'a clinical course has 15 points at least',
      [course('skin', 14.5, { course: 'clinical' }), course('heart', 15, { course: 'clinical' })],
      { clinicalCourses: '1 short', acuteMedicineCourses: '0 short' },
    ],
    [
      'one of acute medicine is a clinical course too',
      [course('acute medicine', 15, { course: 'acute-medicine' })],
      { clinicalCourses: '1 short', acuteMedicineCourses: '1' },
    ],
    [
      'of those online two are clinical courses',
      ['a', 'b', 'c'].map((subject) =>
        course(subject, 15, { course: 'acute-medicine', form: 'online', on: on('2024-01-01') }),
      ),
      { clinicalCourses: '2 short', acuteMedicineCourses: '2', coursePoints: '45 short' },
    ],
    [
      'what the cap on those online leaves no points of is a subject area all the same, for it takes points only',
      [30, 30, 15, 15].map((worth, nth) => course(`area ${nth}`, worth, { form: 'online', on: on('2024-01-01') })),
      { coursePoints: '75 short', courseSubjects: '4 short' },
    ],
    [
      'while the caps were suspended all were',
      ['a', 'b', 'c'].map((subject) =>
        course(subject, 15, { course: 'clinical', form: 'online', on: on('2023-12-31') }),
      ),
      { clinicalCourses: '3 short' },
    ],
  ])('%s', ([, activities, expected]) => {
    expect(demandsOf(asking(activities))).toMatchObject(expected)
  })

  test('names the rules that limit it, for acute medicine too', () => {
    const behind = new Map(asking([]).demands.map(({ name, rules }) => [name, rules.map((rule) => rule.name)]))
    const online = ['courseDemandsSince', 'clinicalCoursePoints', 'onlineClinicalCourses', 'onlineCapsSuspended']
    expect(behind.get('clinicalCourses')?.toSorted()).toEqual(['clinicalCourses', ...online].toSorted())
    expect(behind.get('acuteMedicineCourses')?.toSorted()).toEqual(['acuteMedicineCourses', ...online].toSorted())
  })

  test('is in force from its date on, for a period that ends later', () => {
    const early = asking([], { anchor: '2006-12-31', asOf: '2011-12-30' })
    expect(demandsOf(early)).toMatchObject({ courseSubjects: '0', clinicalCourses: '0', acuteMedicineCourses: '0' })
    const late = asking([], { anchor: '2007-01-02', asOf: '2011-12-30' })
    expect(demandsOf(late)).toMatchObject({ courseSubjects: '0 short', clinicalCourses: '0 short' })
    const before = asking([], { anchor: '1997-12-31', asOf: '2002-12-30' })
    expect([demandsOf(before).mandatory, shownIn(before.needed)]).toEqual(['0', 280])
    const after = asking([], { anchor: '1998-01-02', asOf: '2002-12-30' })
    expect([demandsOf(after).mandatory, shownIn(after.needed)]).toEqual(['0 short', 300])
  })
})

describe('what caps cut', () => {
  const online = (points: number, date = '2024-01-01', subject = 'skin') =>
    course(subject, points, { form: 'online', on: on(date) })
  test.for<[string, ReadonlyArray<Activity>, ReadonlyArray<string>]>([
    [
      'practice visits: 10 a day',
      [visit('2022-04-01', 7), visit('2022-04-01', 6, 'Per')],
      ['7', '3 practiceVisitDayCap'],
    ],
    [
      'practice visits: 100 in all',
      Array.from({ length: 11 }, (_, nth) => visit(`2022-04-${nth + 10}`, 10, `colleague ${nth}`)),
      [...Array(10).fill('10'), '0 practiceVisitCap'],
    ],
    [
      'practice visits: 5 with the same colleague',
      Array.from({ length: 6 }, (_, nth) => visit(`2022-04-${nth + 10}`, 3)),
      [...Array(5).fill('3'), '0 sameColleagueVisits'],
    ],
    [
      'practice visits: one worth nothing takes none of the five places',
      [visit('2022-04-01', 0), ...Array.from({ length: 6 }, (_, nth) => visit(`2022-04-${nth + 10}`, 3))],
      ['0', ...Array(5).fill('3'), '0 sameColleagueVisits'],
    ],
    ['observership: 10 a day', [observership('2022-04-01', 12)], ['10 observershipDayCap']],
    [
      'observership: 90 in all',
      Array.from({ length: 10 }, (_, nth) => observership(`2022-04-${nth + 10}`, 9.5)),
      [...Array(9).fill('9.5'), '4.5 observershipCap'],
    ],
    ['day visits to clinics: 7 a day', [clinicDay('2022-04-01', 8)], ['7 clinicDayCap']],
    [
      'day visits to clinics: 70 in all',
      Array.from({ length: 11 }, (_, nth) => clinicDay(`2022-04-${nth + 10}`, 7)),
      [...Array(10).fill('7'), '0 clinicCap'],
    ],
    [
      'day visits to clinics: 2 abroad',
      ['01', '02', '03'].map((day) => clinicDay(`2022-04-${day}`, 7, 'abroad')),
      ['7', '7', '0 clinicDaysAbroad'],
    ],
    [
      'supervising an intern: 20 a half-year',
      [supervising('2022-01-01', 15), supervising('2022-06-30', 15), supervising('2022-07-01', 15)],
      ['15', '5 internHalfYearCap', '15'],
    ],
    ['online courses: 75', [online(40), online(40, '2024-02-01')], ['40', '35 onlineCourseCap']],
    ['online courses: no cap from 2020 through 2023', [online(40, '2023-12-31'), online(70)], ['40', '70']],
    [
      'courses in one subject: 60 of the elective ones',
      [course('skin', 90), course('skin', 90, { on: on('2022-04-01') })],
      ['90', '70 subjectCap'],
    ],
  ])('%s', ([, activities, expected]) => {
    expect(counted(asking(activities))).toEqual(expected)
  })

  test('a cap names what it gives, what there was and where it is written', () => {
    const [, second] = asking([visit('2022-04-01', 7), visit('2022-04-01', 6, 'Per')]).lines
    expect(second?.cuts).toEqual([
      {
        points: { numerator: 3, denominator: 1 },
        rule: 'practiceVisitDayCap',
        cap: 10,
        found: { numerator: 13, denominator: 1 },
      },
    ])
    expect(second?.rules).toMatchObject([
      { name: 'practiceVisitDayCap', source: defaultPack.practiceVisitDayCap.source },
    ])
  })

  test('two records of a colleague are one colleague', () => {
    const register = registerWith({ doctors: { Kari: '2021-01-01', Ola: null } })
    for (let nth = 0; nth < 6; nth += 1) {
      const what = visit(`2022-04-${nth + 10}`, 3, nth % 2 === 0 ? 'Ola' : 'Ola again')
      register.record(doctorStream('Kari'), {
        type: 'ActivityRecorded',
        data: { activity: activityNamed(`${nth}`), what },
      })
    }
    const asked = () =>
      programme(doctorNamed('Kari'), register.evidence(), defaultPack, {
        effectiveThrough: on('2025-12-31'),
        asKnownAt: inOslo('2100-01-01'),
      })
    expect(demandsOf(asked()).practiceVisits).toBe('18 short')
    const data = { absorbed: doctorNamed('Ola again') }
    const { id } = register.record(doctorStream('Ola'), { type: 'DoctorsMerged', data })
    expect(demandsOf(asked()).practiceVisits).toBe('15 short')
    expect(asked().lines[0]?.facts.map((fact) => fact.id)).toContain(id)
  })

  test('an activity is corrected and taken back like any fact', () => {
    const register = registerWith({ doctors: { Kari: '2021-01-01' } })
    const fact = (points: number): DoctorEvent => ({
      type: 'ActivityRecorded',
      data: { activity: activityNamed('work'), what: elective(points) },
    })
    const recorded = register.record(doctorStream('Kari'), fact(10))
    const found = () =>
      programme(doctorNamed('Kari'), register.evidence(), defaultPack, {
        effectiveThrough: on('2025-12-31'),
        asKnownAt: inOslo('2100-01-01'),
      }).lines.map((line) => shownIn(line.elective))
    expect(found()).toEqual([10])
    register.correct(recorded, fact(12.5))
    expect(found()).toEqual([12.5])
    register.retract(recorded)
    expect(found()).toEqual([])
  })
})

describe('a programme in words', () => {
  const names = { doctor: (id: string) => (id === doctorNamed('Kari') ? 'Kari' : 'Ola'), group: () => 'G1' }
  const activities = [
    course('skin', 15, { course: 'clinical' }),
    course('acute medicine', 80, { course: 'acute-medicine', form: 'online', on: on('2024-02-01') }),
    course('law', 1, { on: on('2024-03-01') }),
    visit('2022-04-01', 12),
    observership('2022-05-01', 1),
    clinicDay('2022-06-01', 1),
    clinicDay('2022-06-02', 1, 'abroad'),
    supervising('2022-07-01', 1),
    elective(0),
  ]
  const said = (language: 'en' | 'nb') =>
    programmeExplanation(asking(activities), defaultPack, names, language).filter(
      (line) => !/^ +(Rule|Regel|activity recorded|aktivitet registrert|Facts|Fakta)/.test(line) && line !== '',
    )

  test('in English', () => {
    expect(said('en').slice(0, 32)).toMatchInlineSnapshot(`
      [
        "Programme of Kari on 2025-12-31, as known at the end of 2099-12-31",
        "Period 2021-01-01 to 2026-01-01 (that day not included)",
        "105.00 of 300.00 points, 195.00 missing",
        "Elective: 0.00 of small groups, 4.00 of other work; beyond what is asked for, worth nothing: 0.00",
        "An indication, not a decision: that is the authority’s to make.",
        "Courses, points: 91.00 of 100.00, 9.00 missing",
        "  Towards it: 2022-03-01 course, skin, clinical; 2024-02-01 course, acute medicine, acute medicine, online; 2024-03-01 course, law",
        "Courses, subject areas: 3 of 6, 3 missing",
        "  Towards it: 2022-03-01 course, skin, clinical; 2024-02-01 course, acute medicine, acute medicine, online; 2024-03-01 course, law",
        "Clinical courses: 2 of 5, 3 missing",
        "  Towards it: 2022-03-01 course, skin, clinical; 2024-02-01 course, acute medicine, acute medicine, online",
        "Clinical courses in acute medicine: 1 of 1, met",
        "  Towards it: 2024-02-01 course, acute medicine, acute medicine, online",
        "Practice visits, points: 10.00 of 20.00, 10.00 missing",
        "  Towards it: 2022-04-01 practice visit with Ola",
        "Small groups, points: 0.00 of 20.00, 20.00 missing",
        "Elective work, points: 4.00 of 160.00, 156.00 missing",
        "  Towards it: 2022-05-01 hospital observership; 2022-06-01 day visit to a clinic; 2022-06-02 day visit to a clinic, abroad; 2022-07-01 supervision of an intern",
        "2022-03-01 course, skin, clinical: 15.00 points, 15.00 count",
        "  15.00 towards what is demanded of its kind, 0.00 elective, 0.00 beyond what is asked for",
        "2024-02-01 course, acute medicine, acute medicine, online: 80.00 points, 75.00 count",
        "  75.00 towards what is demanded of its kind, 0.00 elective, 0.00 beyond what is asked for",
        "  5.00 points taken off: online courses give at most 75 points in a period (onlineCourseCap)",
        "2024-03-01 course, law: 1.00 points, 1.00 count",
        "  1.00 towards what is demanded of its kind, 0.00 elective, 0.00 beyond what is asked for",
        "2022-04-01 practice visit with Ola: 12.00 points, 10.00 count",
        "  10.00 towards what is demanded of its kind, 0.00 elective, 0.00 beyond what is asked for",
        "  2.00 points taken off: practice visits give at most 10 points a day (practiceVisitDayCap)",
        "2022-05-01 hospital observership: 1.00 points, 1.00 count",
        "  0.00 towards what is demanded of its kind, 1.00 elective, 0.00 beyond what is asked for",
        "2022-06-01 day visit to a clinic: 1.00 points, 1.00 count",
        "  0.00 towards what is demanded of its kind, 1.00 elective, 0.00 beyond what is asked for",
      ]
    `)
  })

  test('in Norwegian', () => {
    expect(said('nb').slice(0, 32)).toMatchInlineSnapshot(`
      [
        "Etterutdanningen til Kari per 31.12.2025, slik det var kjent ved utgangen av 31.12.2099",
        "Periode 01.01.2021 til 01.01.2026 (den dagen ikke medregnet)",
        "105,00 av 300,00 poeng, 195,00 mangler",
        "Valgfrie: 0,00 fra smågrupper, 4,00 fra annet; ut over kravet, uten verdi: 0,00",
        "En veiledende beregning, ikke et vedtak: det fattes av rette myndighet.",
        "Kurs, poeng: 91,00 av 100,00, 9,00 mangler",
        "  Med i det: 01.03.2022 kurs, skin, klinisk; 01.02.2024 kurs, acute medicine, akuttmedisin, nettkurs; 01.03.2024 kurs, law",
        "Kurs, emneområder: 3 av 6, 3 mangler",
        "  Med i det: 01.03.2022 kurs, skin, klinisk; 01.02.2024 kurs, acute medicine, akuttmedisin, nettkurs; 01.03.2024 kurs, law",
        "Kliniske emnekurs: 2 av 5, 3 mangler",
        "  Med i det: 01.03.2022 kurs, skin, klinisk; 01.02.2024 kurs, acute medicine, akuttmedisin, nettkurs",
        "Kliniske emnekurs i akuttmedisin: 1 av 1, oppfylt",
        "  Med i det: 01.02.2024 kurs, acute medicine, akuttmedisin, nettkurs",
        "Praksisbesøk, poeng: 10,00 av 20,00, 10,00 mangler",
        "  Med i det: 01.04.2022 praksisbesøk hos Ola",
        "Smågrupper, poeng: 0,00 av 20,00, 20,00 mangler",
        "Valgfrie aktiviteter, poeng: 4,00 av 160,00, 156,00 mangler",
        "  Med i det: 01.05.2022 hospitering; 01.06.2022 dagsbesøk ved klinikk; 02.06.2022 dagsbesøk ved klinikk, i utlandet; 01.07.2022 veiledning av turnuslege",
        "01.03.2022 kurs, skin, klinisk: 15,00 poeng, 15,00 teller",
        "  15,00 mot kravet til denne typen, 0,00 valgfrie, 0,00 ut over kravet",
        "01.02.2024 kurs, acute medicine, akuttmedisin, nettkurs: 80,00 poeng, 75,00 teller",
        "  75,00 mot kravet til denne typen, 0,00 valgfrie, 0,00 ut over kravet",
        "  5,00 poeng trukket fra: nettkurs gir høyst 75 poeng i perioden (onlineCourseCap)",
        "01.03.2024 kurs, law: 1,00 poeng, 1,00 teller",
        "  1,00 mot kravet til denne typen, 0,00 valgfrie, 0,00 ut over kravet",
        "01.04.2022 praksisbesøk hos Ola: 12,00 poeng, 10,00 teller",
        "  10,00 mot kravet til denne typen, 0,00 valgfrie, 0,00 ut over kravet",
        "  2,00 poeng trukket fra: praksisbesøk gir høyst 10 poeng per dag (practiceVisitDayCap)",
        "01.05.2022 hospitering: 1,00 poeng, 1,00 teller",
        "  0,00 mot kravet til denne typen, 1,00 valgfrie, 0,00 ut over kravet",
        "01.06.2022 dagsbesøk ved klinikk: 1,00 poeng, 1,00 teller",
        "  0,00 mot kravet til denne typen, 1,00 valgfrie, 0,00 ut over kravet",
      ]
    `)
  })

  test('its lines say what kind they are, for those who colour them', () => {
    const kindsOf = (programme: DoctorProgramme) =>
      programmeLinesOf(explainedProgramme(programme, defaultPack, names)).map(({ kind, indent }) => `${kind} ${indent}`)
    const told = kindsOf(asking([elective(10), elective(0, '2022-05-02')], { aYear: 30 }))
    const rulesOf = asking([elective(10)], { aYear: 30 }).demands.map(({ met, rules, lines }) => [
      'blank 0',
      `${met ? 'counts' : 'nothing'} 0`,
      ...(lines.length === 0 ? [] : ['why 2']),
      ...Array(rules.length).fill('rule 2'),
    ])
    const activity = (kind: 'counts' | 'nothing') => ['blank 0', `${kind} 0`, 'why 2', 'heading 2', 'fact 4']
    const expected = [
      'title 0',
      ...Array(4).fill('total 0'),
      ...rulesOf.flat(),
      ...activity('counts'),
      ...activity('nothing'),
      'blank 0',
      'title 0',
    ]
    expect(told.slice(0, expected.length)).toEqual(expected)
    const over = kindsOf(asking([visit('2022-04-01', 12)]))
    const first = over.findIndex((kind, nth) => kind === 'why 2' && over[nth + 1] === 'why 2')
    expect(over.slice(first - 1, first + 5)).toEqual(['counts 0', 'why 2', 'why 2', 'rule 2', 'heading 2', 'fact 4'])
    expect(kindsOf(asking([], { asOf: '2020-12-31' }))).toEqual(['title 0', 'total 0'])
  })

  test('where there is no period, that is all there is to say; what is not demanded yet is said', () => {
    expect(programmeExplanation(asking([], { asOf: '2020-12-31' }), defaultPack, names)).toEqual([
      expect.stringContaining('Programme of Kari on 2020-12-31'),
      'There is no period on that date, so nothing is counted.',
    ])
    const early = programmeExplanation(asking([], { anchor: '2000-01-01', asOf: '2004-01-01' }), defaultPack, names)
    expect(early).toContain('Courses, subject areas: 0 of 6, 6 missing (not demanded before 2012-01-01)')
    const met = asking([...coursesMet, ...visitsMet, elective(160)], { aYear: 9 })
    expect(programmeExplanation(met, defaultPack, names)[2]).toBe('300.00 of 300.00 points, all there')
    expect(programmeExplanation(met, defaultPack, names, 'nb')[2]).toBe('300,00 av 300,00 poeng, alt er på plass')
  })

  test('what each rule of the programme says, and the caps while they are not suspended', () => {
    const told = ruleNames
      .slice(ruleNames.indexOf('coursePoints'))
      .map((name) => languages.map((language) => saidOf(language, name)).join(' / '))
    expect(told).toMatchInlineSnapshot(`
      [
        "courses give 100 points of the programme / kurs gir 100 poeng av etterutdanningen",
        "courses come from at least 6 subject areas / kursene kommer fra minst 6 emneområder",
        "at least 5 clinical courses / minst 5 kliniske emnekurs",
        "a clinical course has at least 15 points / et klinisk emnekurs har minst 15 poeng",
        "at least 1 of the clinical courses in acute medicine / minst 1 av de kliniske emnekursene i akuttmedisin",
        "the demands on subject areas and clinical courses are made since 2012-01-01 / kravene til emneområder og kliniske emnekurs gjelder fra 01.01.2012",
        "small-group work is demanded since 2003-01-01 / smågruppevirksomhet er obligatorisk fra 01.01.2003",
        "practice visits give 20 points of the programme / praksisbesøk gir 20 poeng av etterutdanningen",
        "elective work gives 160 points of the programme / valgfrie aktiviteter gir 160 poeng av etterutdanningen",
        "practice visits give at most 10 points a day / praksisbesøk gir høyst 10 poeng per dag",
        "practice visits give at most 100 points in a period / praksisbesøk gir høyst 100 poeng i perioden",
        "at most 5 practice visits with the same colleague / høyst 5 praksisbesøk med samme kollega",
        "hospital observership gives at most 10 points a day / hospitering gir høyst 10 poeng per dag",
        "hospital observership gives at most 90 points in a period / hospitering gir høyst 90 poeng i perioden",
        "day visits to clinics give at most 7 points a day / dagsbesøk ved klinikk gir høyst 7 poeng per dag",
        "day visits to clinics give at most 70 points in a period / dagsbesøk ved klinikk gir høyst 70 poeng i perioden",
        "at most 2 day visits to clinics abroad / høyst 2 dagsbesøk ved klinikk i utlandet",
        "supervising an intern gives at most 20 points a half-year / veiledning av turnuslege gir høyst 20 poeng per halvår",
        "online courses give at most 75 points in a period / nettkurs gir høyst 75 poeng i perioden",
        "at most 2 online courses among the clinical courses / høyst 2 nettkurs blant de kliniske emnekursene",
        "online courses from 2020-01-01 up to but not including 2024-01-01 are not capped / takene for nettkurs gjelder ikke fra 01.01.2020 inntil 01.01.2024",
        "courses in one subject area give at most 60 elective points / kurs i ett emneområde gir høyst 60 valgfrie poeng",
        "since 2017-03-01 what lapses is the right to a supplementary fee, not the title / fra 01.03.2017 er det retten til takst for spesialist som bortfaller, ikke tittelen",
      ]
    `)
    expect(languages.map((language) => phrasesOf[language].rule.onlineCapsSuspended('none'))).toEqual([
      'online courses are always capped',
      'takene for nettkurs gjelder alltid',
    ])
  })
})

const saidOf = <Name extends RuleName>(language: Language, name: Name): string =>
  phrasesOf[language].rule[name](defaultPack[name].value)

test('a day at a clinic abroad is told as such, and what is demanded with its numbers', () => {
  const asked = asking([clinicDay('2022-04-01', 5, 'abroad'), clinicDay('2022-04-02', 5)])
  const told = (language: 'en' | 'nb') =>
    explainedProgramme(asked, defaultPack, { doctor: () => 'Kari', group: () => 'G1' }, language)
  expect(told('en').lines.map(({ text }) => text)).toEqual([
    '2022-04-01 day visit to a clinic, abroad: 5.00 points, 5.00 count',
    '2022-04-02 day visit to a clinic: 5.00 points, 5.00 count',
  ])
  expect(told('nb').lines.map(({ text }) => text)).toEqual([
    '01.04.2022 dagsbesøk ved klinikk, i utlandet: 5,00 poeng, 5,00 teller',
    '02.04.2022 dagsbesøk ved klinikk: 5,00 poeng, 5,00 teller',
  ])
  expect(told('en').demands[0]?.shown).toEqual({ needed: '100.00', found: '0.00', missing: '100.00' })
})

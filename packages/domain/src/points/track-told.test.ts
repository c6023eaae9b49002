// track-told.test.ts: which track a minute is used in, and by which facts, told in both languages

import { expect, test } from 'vitest'
import { defaultPack } from '../rules/default-pack.ts'
import { statementNamed } from '../testing/index.ts'
import { explained } from './explained.ts'
import { explanation } from './explanation.ts'
import { languages } from './language.ts'
import { explainedProgramme } from './programme-explained.ts'
import { statementText } from './statement-words.ts'
import { statedOf } from './stating.ts'
import { story } from './track.test-kit.ts'

const names = { doctor: () => 'Kari', group: () => 'G1' }

const trained = () => {
  const { say, ...told } = story('2021-01-01')
  const facts = [say('SpecialistTrainingStarted', '2020-01-01'), say('SpecialtyGranted', '2022-07-01')]
  return { ...told, ids: facts.map(({ id }) => id) }
}

test('S1-18 training that takes days out of a period is told with its facts', () => {
  const { asked, ids } = trained()
  const after = asked('resertification', '2024-12-31')
  const sentences = [
    'In specialist training since 2020-01-01 until 2022-07-01: what was attended then is used there.',
    'I spesialistutdanning siden 01.01.2020 inntil 01.07.2022: det som ble gjort da, teller der.',
  ]
  const called = [
    ['specialist training started', 'specialty granted'],
    ['spesialistutdanning påbegynt', 'spesialitet godkjent'],
  ]
  for (const [nth, language] of languages.entries()) {
    const sentence = sentences[nth] ?? ''
    const { training, text } = explained(after, defaultPack, names, language)
    expect(text[2]).toBe(sentence)
    expect(training.map((stay) => ({ ...stay, facts: stay.facts.map(({ id }) => id) }))).toEqual([
      { from: '2020-01-01', to: '2022-07-01', text: sentence, facts: ids },
    ])
    const lines = explanation(after, defaultPack, names, language)
    const facts = training.flatMap((stay) => stay.facts.map((fact) => `  ${fact.text}`))
    expect(lines.slice(lines.lastIndexOf(sentence))).toEqual([sentence, ...facts])
    expect(facts.map((fact) => fact.trim().split(' (')[0])).toEqual(called[nth])
  }
})

test('S1-18 the programme says which days are none of its own', () => {
  const { programme } = trained()
  expect(
    languages.map((language) => explainedProgramme(programme('2024-12-31'), defaultPack, names, language).text[2]),
  ).toEqual([
    'In specialist training since 2020-01-01 until 2022-07-01: what was attended then is used there.',
    'I spesialistutdanning siden 01.01.2020 inntil 01.07.2022: det som ble gjort da, teller der.',
  ])
})

test.each([
  ['resertification', 'Stated for resertification of 2024-12-31, ', 'Attestert for resertifisering per 31.12.2024, '],
  [
    'specialist-training',
    'Stated for specialist training of 2024-12-31, ',
    'Attestert for spesialistutdanning per 31.12.2024, ',
  ],
] as const)('a statement says that it is of %s', (track, ...beginnings) => {
  const now = trained().asked(track, '2024-12-31')
  const stated = statedOf(now, [])
  if (stated === null) throw new TypeError('there is a period')
  const standing = { statement: statementNamed('one'), stated, supersededBy: null, stale: null, now }
  for (const [nth, language] of languages.entries())
    expect(statementText(standing, defaultPack, language)[0]?.startsWith(beginnings[nth] ?? '-')).toBe(true)
})

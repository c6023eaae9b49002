/// <reference lib="dom" />
// training.test.ts: a page names the facts of the training that takes days out of a period

import { explained, languages, legalDate, points } from '@smagruppe/domain'
import { doctorStream, registerWith } from '@smagruppe/domain/testing'
import { parseHTML } from 'linkedom'
import { expect, test } from 'vitest'
import { kari, names, question, rules } from './five-years.test-kit.ts'
import { explanationPage } from './index.ts'

test.each(languages)('in %s', (language) => {
  const register = registerWith({ doctors: { Kari: '2020-01-01' } })
  const data = { on: legalDate('2021-01-01') }
  const started = register.record(doctorStream('Kari'), { type: 'SpecialistTrainingStarted', data })
  const tree = explained(points(kari, register.evidence(), rules, question), rules, names, language)
  const page = parseHTML(explanationPage(tree)).document
  const [training] = tree.training
  const told = page.querySelector('#rules')?.textContent
  expect(told).toContain(training?.text ?? 'no training')
  expect(told).toContain(started.id)
})

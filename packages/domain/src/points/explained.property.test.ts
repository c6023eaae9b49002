// explained.property.test.ts: whatever the register, both languages tell the same

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultPack } from '../rules/default-pack.ts'
import { anyDate, anyRegister, doctorsOfRandomRegisters } from '../testing/generators.ts'
import { carriedOut, doctorNamed, evidenceFrom, historyOfLog, inOslo } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { shownPoints } from '../values/points.ts'
import { type ExplainedPoints, explained } from './explained.ts'
import { points } from './points.ts'

const names = { doctor: String, group: String }

/** Dates, moments and numbers as English writes them. */
const inEnglishNotation = (text: string): string =>
  text
    .replace(/(\d\d)\.(\d\d)\.(\d{4}) kl\. ([\d:]{8}),(\d{3}) ([+-]\d\d:\d\d)/g, '$3-$2-$1T$4.$5$6')
    .replace(/(\d\d)\.(\d\d)\.(\d{4})/g, '$3-$2-$1')
    .replace(/(\d),(\d\d)(?!\d)/g, '$1.$2')

/** All that a text says which is not a word: ids, moments, dates, numbers, reasons, labels, addresses. */
const hard = (text: string): ReadonlyArray<string> =>
  (
    text.match(
      /https:\S+|[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\dT[\d:.+-]+|\d{4}-\d\d-\d\d|\d+\.\d+|\b[A-Z][A-Z_\d]+\b|\d+/g,
    ) ?? []
  )
    .slice()
    .sort()

/** The tree with each text reduced to what is hard in it, and the language left out. */
const reduced = (tree: ExplainedPoints): unknown =>
  JSON.parse(
    JSON.stringify(tree, (key, value: unknown) => {
      if (key === 'language') return undefined
      if (key !== 'text') return value
      return (Array.isArray(value) ? value : [value]).map((text) => hard(inEnglishNotation(String(text))))
    }),
  )

test('both languages name the same numbers, dates, ids and reasons, in the same tree', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyRegister(),
      anyDate(legalDate('2023-01-01'), legalDate('2025-06-30')),
      anyDate(legalDate('2022-06-01'), legalDate('2025-01-01')),
      async (steps, asOf, knownAt) => {
        const { log } = await carriedOut(steps)
        const evidence = evidenceFrom(historyOfLog(log))
        const question = { effectiveThrough: asOf, asKnownAt: inOslo(knownAt) }
        for (const doctor of doctorsOfRandomRegisters) {
          const answer = points(doctorNamed(doctor), evidence, defaultPack, question)
          const english = explained(answer, defaultPack, names, 'en')
          expect(reduced(explained(answer, defaultPack, names, 'nb'))).toEqual(reduced(english))
          const total = `= ${shownPoints(answer.points)} points`
          expect(english.text.filter((sentence) => sentence.endsWith(total))).toHaveLength(
            answer.period === null ? 0 : 1,
          )
          for (const { text, label, date, present, counted, shortfall, cuts } of english.lines) {
            expect(hard(text)).toEqual(expect.arrayContaining([label, date, String(present), String(counted)]))
            if (shortfall !== null && 'needed' in shortfall)
              expect(hard(shortfall.text)).toEqual(
                expect.arrayContaining([String(shortfall.needed), String(shortfall.found)]),
              )
            for (const cut of cuts) expect(hard(cut.text)).toContain(String(cut.minutes))
          }
        }
      },
    ),
    { numRuns: 60 },
  )
})
